import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ANA, at, by, ME, message, OPENED, queued, received, scene } from '../../../../test/team/case-log.ts';
import type { Done } from '../../../../test/team/case-log.ts';
import { projectCase } from '../case.ts';
import type { CaseEvent, CaseEventBody } from '../case.ts';
import { handoffLogEventOf } from '../case-owners.ts';
import { foldOwnership } from '../handoff/ownership-fold.ts';
import { makeId } from '../ids.ts';
import { rebaseCase } from './rebase.ts';
import type { CaseRebase } from './rebase.ts';
import { isReport } from './rebase-rules.ts';
import type { Verdict } from './verdict.ts';

const STATUSES = ['open', 'pending', 'hold', 'solved'] as const;
const word = fc.constantFrom('a', 'b');
const person = fc.constantFrom(ME, ANA);
const noted = word.map((name): CaseEventBody => ({ type: 'case.noteAdded', messageId: message(`note-${name}`) }));
/** What touches nothing that anybody decides. */
const unrelated: fc.Arbitrary<CaseEventBody> = fc.oneof(
  noted,
  word.map((name): CaseEventBody => ({ type: 'case.labelAdded', label: `other-${name}` })),
  fc.constant<CaseEventBody>({ type: 'case.attributesChanged', language: 'de' }),
  word.map((name) => received(`auto-${name}`, 4, 'auto-reply')),
);
/** What a person decides about the case itself. */
const deed: fc.Arbitrary<CaseEventBody> = fc.oneof(
  fc.constantFrom(...STATUSES).map((to): CaseEventBody => ({ type: 'case.statusChanged', to })),
  fc.constantFrom('low', 'normal', 'high' as const).map((to): CaseEventBody => ({ type: 'case.priorityChanged', to })),
  fc.constantFrom(800, 900).map((minutes): CaseEventBody => ({ type: 'case.snoozed', until: at(minutes) })),
  fc.constant<CaseEventBody>({ type: 'case.woken', reason: 'agent' }),
  fc.constant<CaseEventBody>({ type: 'case.noReplyNeeded' }),
  word.map((name): CaseEventBody => ({ type: 'case.parked', reason: name })),
  fc
    .tuple(word, fc.constantFrom('case.labelAdded' as const, 'case.labelRemoved' as const))
    .map(([label, type]): CaseEventBody => ({ type, label })),
  word.map(queued),
  word.map((name): CaseEventBody => ({ type: 'case.replyCancelled', messageId: message(name) })),
  word.map((name): CaseEventBody => ({ type: 'case.replySent', messageId: message(name), at: at(5) })),
  word.map((name): CaseEventBody => ({ type: 'promise.kept', promiseId: makeId('prm', name) })),
);
const move: fc.Arbitrary<CaseEventBody> = fc.oneof(
  person.map((agentId): CaseEventBody => ({ type: 'case.claimed', agentId })),
  person.map((agentId): CaseEventBody => ({ type: 'case.assigned', agentId })),
  fc.constant<CaseEventBody>({ type: 'case.released' }),
);
const program: fc.Arbitrary<Done> = fc.oneof(
  word.map((name) => by(null, received(`new-${name}`, 4))),
  fc.constant(by(null, { type: 'case.woken', reason: 'time' as const })),
  fc.constant(by(null, { type: 'case.merged', into: makeId('case', 'two') })),
);
const known = fc.constant<readonly Done[]>([by(null, OPENED), by(null, received('first'))]);
// of two who did not know of each other the log's first counts: most were written on the ownership that was known
const epoch = fc.constantFrom(0, 0, 0, 3);
const others: fc.Arbitrary<Done> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.oneof(deed, move), epoch).map(([body, seen]) => by(ANA, body, { epoch: seen })) },
  { weight: 2, arbitrary: program },
  { weight: 1, arbitrary: unrelated.map((body) => by(ANA, body)) },
);
const mine = fc.oneof({ weight: 5, arbitrary: fc.oneof(deed, move, noted).map((body) => by(ME, body)) }, { weight: 1, arbitrary: program });
const lives = fc.record({ known, theirs: fc.array(others, { maxLength: 6 }), mine: fc.array(mine, { minLength: 1, maxLength: 6 }) });
const RUNS = { numRuns: 150 };

function judge(input: CaseRebase): readonly Verdict[] {
  return rebaseCase(input).map(({ verdict }) => verdict);
}

/** The log once everything that is passed on is stored behind what is there. */
function pushed(input: CaseRebase): readonly CaseEvent[] {
  let last = input.confirmed.length;
  const passed = rebaseCase(input).filter(({ verdict }) => verdict.kind === 'apply' || verdict.kind === 'merge');
  return [...input.confirmed, ...passed.map(({ event }) => ({ ...event, sequence: (last += 1), isPending: false }))];
}

test('the same log and the same pending events give the same verdicts everywhere, one for each event', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const input = scene(life.known, life.theirs, life.mine);
      const there: CaseRebase = structuredClone({ confirmed: input.confirmed, pending: input.pending, isMine: null } as never);
      const judged = rebaseCase(input);
      expect(judged.map(({ event }) => event.id)).toEqual(input.pending.map(({ event }) => event.id));
      expect(judge({ ...there, isMine: () => false })).toEqual(judged.map(({ verdict }) => verdict));
    }),
    RUNS,
  );
});

test('what a person did is passed on or shown to them, but for what they took back themselves', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const judged = rebaseCase(scene(life.known, life.theirs, life.mine));
      const verdictOf = (id: string | null): Verdict | undefined => judged.find(({ event }) => event.id === id)?.verdict;
      const lost = judged.filter(({ event, verdict }) => {
        switch (verdict.kind) {
          case 'apply':
          case 'merge':
            return false;
          case 'drop':
            return event.actor !== null && !isReport(event);
          case 'undone':
            return !judged.some((each) => each.event.id === verdict.by && each.event.actor === event.actor);
          case 'needs-you': {
            // what follows another is shown with it
            const shown = verdict.follows === null ? verdict : verdictOf(verdict.follows);
            return event.actor === null || shown?.kind !== 'needs-you' || shown.follows !== null;
          }
        }
      });
      expect(lost).toEqual([]);
    }),
    RUNS,
  );
});

test('nobody is asked about what others did alike', () => {
  fc.assert(
    fc.property(known, fc.array(unrelated, { maxLength: 3 }), fc.oneof(deed, move), (before, beside, body) => {
      const theirs = [...beside.map((each) => by(ANA, each)), by(ANA, body)];
      const [verdict] = judge(scene(before, theirs, [by(ME, body)]));
      expect(verdict?.kind).not.toBe('needs-you');
    }),
    RUNS,
  );
});

test('what nobody touched is passed on as it is', () => {
  fc.assert(
    fc.property(
      known,
      fc.array(unrelated, { maxLength: 5 }),
      fc.array(fc.oneof(deed, move), { minLength: 1, maxLength: 1 }),
      (before, beside, bodies) => {
        const theirs = beside.map((body) => by(ANA, body));
        expect(
          judge(
            scene(
              before,
              theirs,
              bodies.map((body) => by(ME, body)),
            ),
          ),
        ).toEqual([{ kind: 'apply' }]);
      },
    ),
    RUNS,
  );
});

test('what others do beside it changes no verdict', () => {
  fc.assert(
    fc.property(lives, fc.array(unrelated, { minLength: 1, maxLength: 4 }), (life, beside) => {
      const more = [...life.theirs, ...beside.map((body) => by(ANA, body))];
      expect(judge(scene(life.known, more, life.mine))).toEqual(judge(scene(life.known, life.theirs, life.mine)));
    }),
    RUNS,
  );
});

test('what is passed on can be judged again when the log has gone on: it is not asked about twice', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const input = scene(life.known, life.theirs, life.mine);
      const log = pushed(input);
      const own = new Set(input.pending.map(({ event }) => event.id));
      const rest = input.pending.filter(({ event }) => log.some(({ id }) => id === event.id));
      expect(judge({ confirmed: log, pending: rest, isMine: (id) => own.has(id) })).toEqual(rest.map(() => ({ kind: 'apply' })));
    }),
    RUNS,
  );
});

test('a message that its author had not seen is never hidden by what they did', () => {
  const asks = fc.array(fc.oneof(deed, move, noted), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(known, fc.array(others, { maxLength: 4 }), asks, (before, theirs, bodies) => {
      // a report that an answer went out is no wish of anybody
      const wishes = bodies.filter(({ type }) => type !== 'case.replySent');
      const input = scene(
        before,
        [...theirs, by(null, received('new-z', 400))],
        wishes.map((body) => by(ME, body)),
      );
      const state = projectCase(pushed(input));
      expect(state).toMatchObject({ status: 'open', snoozedUntil: null });
      expect(state?.waitingSince).not.toBeNull();
    }),
    RUNS,
  );
});

test('a claim that is passed on against others comes to what its author wanted', () => {
  fc.assert(
    fc.property(known, fc.array(others, { minLength: 1, maxLength: 5 }), (before, theirs) => {
      fc.pre(!theirs.some(({ body }) => body.type === 'case.merged'));
      const input = scene(before, theirs, [by(ME, { type: 'case.claimed', agentId: ME })]);
      const [judged] = rebaseCase(input);
      if (judged === undefined) throw new Error('one event has one verdict');
      const { event, verdict } = judged;
      const rewritten = verdict.kind === 'merge' && verdict.epoch !== null ? { ...event, epoch: verdict.epoch } : event;
      const confirmed = [...input.confirmed, { ...rewritten, isPending: false, sequence: input.confirmed.length + 1 }];
      const { confirmed: ownership } = foldOwnership(confirmed.flatMap((each) => handoffLogEventOf(each) ?? []));
      const assignee = ownership.isInQueue ? null : ownership.ownerId;
      // whoever is not told otherwise has the case; whoever is asked would have got nothing
      expect(assignee === ME).toBe(verdict.kind === 'apply' || verdict.kind === 'merge');
    }),
    RUNS,
  );
});
