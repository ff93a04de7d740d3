import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyAction } from './apply-action.ts';
import { undoOperation } from './undo-operation.ts';
import { keepPromise, makePromise, releasePromise } from './promise-commands.ts';
import { rebuildProjections } from './rebuild-projections.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { saveAgent } from '../store/settings.store.ts';
import { sitDown } from '../store/roster.store.ts';
import { caseOf, mail, ME, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import type { PlainAction } from '../../../shared/domain/case-actions.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, HandoffId, PromiseId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';

/** Whatever was done, in whatever order: the tables say what the events say. */

const PEOPLE: readonly AgentId[] = [ME, makeId('agt', 'mei'), makeId('agt', 'kim')];
const KEYS = ['a1', 'b2', 'c3'] as const;

const step = fc.record({
  what: fc.constantFrom(
    'act',
    'act',
    'offer',
    'offer',
    'answer',
    'answer',
    'answer',
    'promise',
    'promise',
    'settle',
    'write',
    'pass',
    'join',
    'undo',
  ),
  who: fc.nat({ max: 2 }),
  which: fc.nat({ max: 2 }),
  pick: fc.nat({ max: 11 }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

class Life {
  readonly desk: Desk;
  #count = 0;
  readonly #done: ReturnType<Life['op']>[] = [];
  constructor(desk: Desk) {
    this.desk = desk;
  }
  op() {
    return makeId('op', `life-${(this.#count += 1)}`);
  }
  #caseOf(which: number): CaseId {
    const uid = caseOf(this.desk, KEYS[which] ?? 'a1');
    return this.desk.store.read((db) => currentCaseUid(db, uid));
  }
  async take({ what, who, which, pick }: Step): Promise<void> {
    const { desk } = this;
    const me = PEOPLE[who] ?? ME;
    const other = PEOPLE[(who + 1) % 3] ?? ME;
    desk.time.now += 1_000;
    desk.store.write((tx) => sitDown(tx, me));
    const caseId = this.#caseOf(which);
    const log = (...bodies: readonly CaseEventBody[]): void => {
      desk.store.write((tx) => desk.ledger.append(tx, caseId, bodies, { actor: me }));
    };
    const { ownerId, handoffs } = desk.store.read((db) => desk.ledger.ownership(db, caseId));
    const handoff = handoffs.at(-1);
    const promises = desk.store.read((db) => desk.ledger.promises(db, caseId));
    const promiseId: PromiseId = promises[pick % Math.max(1, promises.length)]?.promiseId ?? makeId('prm', 'none');
    switch (what) {
      case 'act': {
        const opId = this.op();
        const actions: readonly PlainAction[] = [
          { kind: 'claim' },
          { kind: 'claim' },
          { kind: 'release' },
          { kind: 'assign', agentId: other },
          { kind: 'status', to: 'solved' },
          { kind: 'status', to: 'open' },
          { kind: 'park', reason: 'tomorrow' },
          { kind: 'add-label', label: 'x' },
        ];
        const action = actions[pick % actions.length] ?? { kind: 'claim' };
        if (applyAction(desk, { opId, caseIds: [caseId], action }).ok) this.#done.push(opId);
        return;
      }
      case 'undo':
        undoOperation(desk, { opId: this.op(), undoes: this.#done.at(-1 - (pick % 3)) ?? this.op() });
        return;
      case 'offer':
        log({
          type: 'handoff.offered',
          handoffId: makeId('hnd', `h${(this.#count += 1)}`),
          fromId: ownerId ?? me,
          fromHubId: null,
          to: pick % 2 === 0 ? { kind: 'queue' } : { kind: 'agent', agentId: other },
          reason: 'absence',
          packet: EMPTY_PACKET,
          expiresAt: instant(desk.time.now + HOUR_MS),
          senderOffAt: null,
          teamHubs: [],
        });
        return;
      case 'answer':
        if (handoff !== undefined) log(answerTo(handoff.handoffId, pick));
        return;
      case 'promise': {
        const dueLocal = toLocal('UTC', instant(desk.time.now + (pick + 1) * 20 * MINUTE_MS));
        makePromise(desk, { opId: this.op(), caseId, promise: { text: 'soon', zone: 'UTC', dueLocal, source: 'typed' } });
        return;
      }
      case 'settle':
        if (pick % 2 === 0) keepPromise(desk, { opId: this.op(), caseId, promiseId });
        else releasePromise(desk, { opId: this.op(), caseId, promiseId, reason: 'withdrawn' });
        return;
      case 'write':
        await receive(desk, mail(`m${(this.#count += 1)}`, { receivedAt: instant(desk.time.now) }, [KEYS[which] ?? 'a1']));
        return;
      case 'pass':
        desk.time.now += (pick + 1) * 10 * MINUTE_MS;
        // what the watcher of promises does
        desk.store.write((tx) => {
          for (const key of KEYS) desk.ledger.retime(tx, currentCaseUid(tx, caseOf(desk, key)));
        });
        return;
      case 'join':
        if (pick < 4)
          await receive(desk, mail(`j${(this.#count += 1)}`, { direction: 'out', auto: 'auto-generated' }, ['a1', KEYS[which] ?? 'b2']));
    }
  }
}

function answerTo(handoffId: HandoffId, pick: number): CaseEventBody {
  const bodies: readonly CaseEventBody[] = [
    { type: 'handoff.accepted', handoffId, packetVersion: 1, lastInboundId: null, readBack: null, hubId: null, isOnShift: true },
    { type: 'handoff.declined', handoffId, reason: 'no' },
    { type: 'handoff.withdrawn', handoffId },
    { type: 'handoff.returned', handoffId, reason: 'back' },
    { type: 'handoff.expired', handoffId },
    { type: 'handoff.escalated', handoffId, toId: PEOPLE[2] ?? ME, reason: 'no-receiver' },
    { type: 'handoff.settled', handoffId, how: 'action' },
    { type: 'handoff.asked', handoffId, text: 'why' },
  ];
  return bodies[pick % bodies.length] ?? { type: 'handoff.withdrawn', handoffId };
}

/** Everything that is derived of ownership and promises, by what names it and not by local keys. */
function tables(desk: Desk): unknown {
  return desk.store.read((db) => ({
    cases: db.all(
      'SELECT uid, status, assignee, owner, open_handoff, next_promise, merged_into, state FROM cases WHERE merged_into IS NULL ORDER BY uid',
    ),
    handoffs: db.all(
      `SELECT h.uid, c.uid AS case_uid, h.state, h.live, h.from_uid, h.to_kind, h.to_uid, h.receiver, h.owner, h.offered_at, h.expires_at, h.body
       FROM handoffs h JOIN cases c ON c.id = h.case_id ORDER BY h.uid`,
    ),
    promises: db.all(
      'SELECT p.uid, c.uid AS case_uid, p.state, p.owner, p.due_at, p.body FROM promises p JOIN cases c ON c.id = p.case_id ORDER BY p.uid',
    ),
  }));
}

test('what is derived is the same when it is made anew from the events', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
      using desk = openDesk();
      desk.store.write((tx) => {
        for (const agentId of PEOPLE.slice(1)) saveAgent(tx, { agentId, name: agentId, hub: '', zone: 'UTC', languages: [], isMe: false });
      });
      await receive(desk, ...KEYS.map((key) => mail(key)));
      const life = new Life(desk);
      for (const each of steps) await life.take(each);
      const before = tables(desk);
      desk.ledger.forget();
      rebuildProjections(desk.store, desk.ledger, () => undefined);
      expect(tables(desk)).toEqual(before);
    }),
    { numRuns: 20 },
  );
}, 60_000);
