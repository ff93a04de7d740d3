import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyAction } from './apply-action.ts';
import { rebuildProjections } from './rebuild-projections.ts';
import { handoffByUid } from '../store/handoffs.store.ts';
import { casesOfLiveHandoffs } from '../store/handoff-lists.store.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { saveAgent } from '../store/settings.store.ts';
import { sitDown } from '../store/roster.store.ts';
import { caseOf, mail, ME, openDesk, receive, T0 } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import type { Ownership } from '../../../shared/domain/handoff/handoff.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';

/** Two threads turn out to be one: the case that stays keeps its owner, and what was offered of it. */

const [MEI, KIM] = [makeId('agt', 'mei'), makeId('agt', 'kim')];
let desk: Desk;
let stays: CaseId;
let goes: CaseId;
let operations = 0;
const op = () => makeId('op', `join-${(operations += 1)}`);

beforeEach(async () => {
  desk = openDesk();
  desk.store.write((tx) => {
    for (const agentId of [MEI, KIM]) saveAgent(tx, { agentId, name: agentId, hub: '', zone: 'UTC', languages: [], isMe: false });
  });
  await receive(desk, mail('a1'), mail('b2'));
  const [first, second] = [caseOf(desk, 'a1'), caseOf(desk, 'b2')].sort();
  if (first === undefined || second === undefined) throw new Error('two cases were expected');
  [stays, goes] = [first, second];
});
afterEach(() => desk[Symbol.dispose]());

function claim(caseId: CaseId, agentId: AgentId): void {
  desk.store.write((tx) => sitDown(tx, agentId));
  expect(applyAction(desk, { opId: op(), caseIds: [caseId], action: { kind: 'claim' } }).ok).toBe(true);
}
function log(caseId: CaseId, actor: AgentId, body: CaseEventBody): void {
  desk.store.write((tx) => desk.ledger.append(tx, caseId, [body], { actor }));
}
function offer(caseId: CaseId, fromId: AgentId, name: string, toId: AgentId = KIM): void {
  log(caseId, fromId, {
    type: 'handoff.offered',
    handoffId: makeId('hnd', name),
    fromId,
    fromHubId: null,
    to: { kind: 'agent', agentId: toId },
    reason: 'shift-end',
    packet: EMPTY_PACKET,
    expiresAt: instant(T0 + 24 * HOUR_MS),
    senderOffAt: null,
    teamHubs: [],
  });
}
function accept(caseId: CaseId, agentId: AgentId, name: string): void {
  log(caseId, agentId, {
    type: 'handoff.accepted',
    handoffId: makeId('hnd', name),
    packetVersion: 1,
    lastInboundId: null,
    readBack: null,
    hubId: null,
    isOnShift: true,
  });
}
const join = () => receive(desk, mail('c0', { direction: 'out', auto: 'auto-generated' }, ['a1', 'b2']));
function ownership(): Ownership {
  return desk.store.read((db) => desk.ledger.ownership(db, currentCaseUid(db, stays)));
}
function short(): string {
  const { ownerId, handoffs } = ownership();
  return [ownerId, ...handoffs.map((each) => `${each.handoffId} ${each.state}`)].join(', ');
}

test('its owner does not change because the other case was claimed before', async () => {
  claim(goes, ME);
  claim(stays, MEI);
  const { epoch } = ownership();
  await join();
  expect(ownership()).toMatchObject({ ownerId: MEI, epoch });
});

test('what was accepted of it stays accepted, and what is offered stays offered', async () => {
  claim(goes, ME);
  claim(stays, MEI);
  offer(stays, MEI, 'one');
  accept(stays, KIM, 'one');
  offer(stays, KIM, 'two', ME);
  await join();
  expect(short()).toBe('agt_kim, hnd_one accepted, hnd_two offered');
});

test('the other case is handed over no more, and what was is still told', async () => {
  claim(stays, MEI);
  claim(goes, ME);
  offer(goes, ME, 'theirs');
  await join();
  expect(short()).toBe('agt_mei, hnd_theirs superseded');
  const stored = desk.store.read((db) => handoffByUid(db, makeId('hnd', 'theirs')));
  expect(stored).toMatchObject({ caseUid: stays, handoff: { state: 'superseded', steps: [{ detail: 'merged' }] } });
});

test('what was accepted of the other case and not begun waits for nothing any more', async () => {
  claim(stays, MEI);
  claim(goes, ME);
  offer(goes, ME, 'theirs');
  accept(goes, KIM, 'theirs');
  await join();
  expect(short()).toBe('agt_mei, hnd_theirs superseded');
  expect(desk.store.read(casesOfLiveHandoffs)).toEqual([]);
});

test.each([
  ['to who owned the other', false],
  ['to the queue, with who answered for the other', true],
])('a case that nobody owned goes %s', async (_where, isInQueue) => {
  claim(goes, ME);
  if (isInQueue) applyAction(desk, { opId: op(), caseIds: [goes], action: { kind: 'release' } });
  await join();
  expect(ownership()).toMatchObject({ ownerId: ME, isInQueue });
  const before = ownership();
  const rows = desk.store.read((db) => db.all('SELECT uid, owner, assignee, state FROM cases WHERE uid = @stays', { stays }));
  rebuildProjections(desk.store, desk.ledger, () => undefined);
  desk.ledger.forget();
  expect(ownership()).toEqual(before);
  expect(desk.store.read((db) => db.all('SELECT uid, owner, assignee, state FROM cases WHERE uid = @stays', { stays }))).toEqual(rows);
  // and can be taken as any other
  claim(stays, MEI);
  expect(ownership().ownerId).toBe(MEI);
});
