import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DESKS, WORDS } from '../../../../test/handoff/acts.ts';
import type { Action } from '../../../../test/handoff/acts.ts';
import {
  logProblems,
  momentProblems,
  offerProblems,
  replyProblems,
  sendProblems,
  viewProblems,
} from '../../../../test/handoff/invariants.ts';
import { World } from '../../../../test/handoff/world.ts';
import { foldOwnership } from './ownership-fold.ts';

/**
 * Two agents (with two devices each), a lead and a customer, in every order that chance finds: what they do, when their
 * workstations reach the log, and in which order the log's events reach them.
 */

const desk = fc.constantFrom(...DESKS);
const pick = fc.nat({ max: 11 });
const act = fc.record({ kind: fc.constant('act' as const), desk, word: fc.constantFrom(...WORDS), pick });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 10, arbitrary: act },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick' as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'customer' as const }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('publish' as const, 'deliver' as const, 'send' as const), desk, pick }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('sync' as const), desk, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('engine' as const), desk }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('scene' as const), pick }) },
);
const shift = fc.record({ from: fc.integer({ min: -4, max: 20 }), length: fc.integer({ min: 1, max: 9 }) });
/** Mostly people who are there when it begins, so that there is somebody to offer it to. */
const hours = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ from: fc.integer({ min: -4, max: 0 }), length: fc.integer({ min: 2, max: 12 }) }).map((each) => [each]),
  },
  { weight: 1, arbitrary: fc.array(shift, { maxLength: 3 }) },
);
const lives = fc.record({
  hours: fc.record({ mei: hours, ana: hours, lea: hours }),
  skews: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 5, maxLength: 5 }),
  actions: fc.array(action, { minLength: 1, maxLength: 80, size: 'max' }),
  order: fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
});

test('whatever happens, in whatever order it becomes known, all rules of handoffs hold', () => {
  fc.assert(
    fc.property(lives, ({ hours, skews, actions, order }) => {
      const world = new World(hours, skews);
      for (const each of actions) {
        world.run(each);
        expect(momentProblems(world, world.confirmed)).toEqual([]);
        expect('desk' in each ? viewProblems(world, world.desk(each.desk)) : []).toEqual([]);
      }
      // everybody comes back, in any order, and the clock's work is done
      for (const seed of order) {
        const name = DESKS[seed % DESKS.length] ?? 'mei';
        world.sync(world.desk(name), seed);
      }
      for (const name of DESKS) world.sync(world.desk(name), 0);
      // a clock that is slow waits for its time
      const punctual = world.desks.reduce((one, other) => (other.skewMs > one.skewMs ? other : one));
      world.engine(punctual);
      for (const each of world.desks) world.sync(each, 1);

      expect(logProblems(world)).toEqual([]);
      expect(offerProblems(world)).toEqual([]);
      expect(momentProblems(world, world.confirmed)).toEqual([]);
      expect(sendProblems(world)).toEqual([]);
      expect(replyProblems(world)).toEqual([]);
      for (const replica of world.desks) {
        const { confirmed, pending } = world.view(replica);
        expect(pending).toEqual([]);
        expect(confirmed).toEqual(world.confirmed);
        // the order of arrival and repetitions play no part
        expect(foldOwnership([...replica.received, ...replica.received.slice(0, 3)]).confirmed).toEqual(world.confirmed);
      }
    }),
    { numRuns: 300 },
  );
}, 120_000);
