import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutboxRunner } from './outbox-runner.ts';
import type { OutboxRunner } from './outbox-runner.ts';
import type { ChannelConnector } from '../channels/connector.ts';
import { caseByUid } from '../store/cases.store.ts';
import { outboxByUid } from '../store/outbox.store.ts';
import { readSettings, saveAgent, saveSettings } from '../store/settings.store.ts';
import { sitDown } from '../store/roster.store.ts';
import { applyAction } from '../usecases/apply-action.ts';
import { addNote, sendReply } from '../usecases/send-reply.ts';
import { sendNow } from '../usecases/time-of-reply.ts';
import { saveDraftText } from '../usecases/write-draft.ts';
import { ACCOUNT, caseOf, mail, ME, openDesk, receive, T0 } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import type { PlainAction } from '../../../shared/domain/case-actions.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import type { Ownership } from '../../../shared/domain/handoff/handoff.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, OutboxId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';

/** What may leave the outbox while a case changes hands. */

const MEI = makeId('agt', 'mei');
let desk: Desk;
let runner: OutboxRunner;
let sent: string[];
let operations = 0;
const op = () => makeId('op', `owner-${(operations += 1)}`);

beforeEach(async () => {
  desk = openDesk();
  sent = [];
  desk.store.write((tx) => {
    saveSettings(tx, { ...readSettings(tx), undoSendSeconds: 0 });
    saveAgent(tx, { agentId: MEI, name: 'Mei', hub: '', zone: 'Asia/Singapore', languages: ['en'], isMe: false });
  });
  runner = createOutboxRunner({
    ...desk,
    log: () => {},
    random: () => 0,
    connectorOf: () =>
      ({
        send: (message: { readonly text: string }) => {
          sent.push(message.text);
          return Promise.resolve({ status: 'sent', at: desk.clock.now(), refused: [] });
        },
      }) as unknown as ChannelConnector,
  });
  await receive(desk, mail('a1'));
});
afterEach(async () => {
  await runner[Symbol.asyncDispose]();
  desk[Symbol.dispose]();
});

function sit(agentId: AgentId): void {
  desk.store.write((tx) => sitDown(tx, agentId));
}
function apply(caseId: CaseId, action: PlainAction): void {
  expect(applyAction(desk, { opId: op(), caseIds: [caseId], action }).ok).toBe(true);
}
function log(caseId: CaseId, actor: AgentId | null, ...bodies: readonly CaseEventBody[]): readonly string[] {
  return desk.store.write((tx) => desk.ledger.append(tx, caseId, bodies, { actor }).eventIds);
}
function ownership(caseId: CaseId): Ownership {
  return desk.store.read((db) => desk.ledger.ownership(db, caseId));
}
function queue(caseId: CaseId, text: string): OutboxId {
  const to = [{ address: 'mei@customer.test', name: '' }];
  const draft = saveDraftText(desk, { opId: op(), caseId, kind: 'reply', text, to, cc: [] });
  if (!draft.ok) throw new Error(draft.error.code);
  const queued = sendReply({ ...desk, signToken: () => null }, { opId: op(), caseId, draftId: draft.value.draftId, thenStatus: null });
  if (!queued.ok) throw new Error(queued.error.code);
  return queued.value.outboxId;
}
async function outcome(outboxId: OutboxId): Promise<string> {
  runner.kick(ACCOUNT.uid);
  const state = (): string => {
    const entry = desk.store.read((db) => outboxByUid(db, outboxId));
    return entry === undefined ? '' : [entry.state, entry.holdReason ?? ''].join(' ').trim();
  };
  await vi.waitFor(() => expect(['queued', 'sending', '']).not.toContain(state()));
  return state();
}
function handedOver(caseId: CaseId, name: string): readonly string[] {
  const handoffId = makeId('hnd', name);
  log(caseId, ME, {
    type: 'handoff.offered',
    handoffId,
    fromId: ME,
    fromHubId: null,
    to: { kind: 'agent', agentId: MEI },
    reason: 'shift-end',
    packet: EMPTY_PACKET,
    expiresAt: instant(T0 + 24 * HOUR_MS),
    senderOffAt: null,
    teamHubs: [],
  });
  return log(caseId, MEI, {
    type: 'handoff.accepted',
    handoffId,
    packetVersion: 1,
    lastInboundId: null,
    readBack: null,
    hubId: null,
    isOnShift: true,
  });
}

test('a reply that was written before the case was handed over is held and never sent', async () => {
  const caseId = caseOf(desk, 'a1');
  const outboxId = queue(caseId, 'from me');
  handedOver(caseId, 'one');
  expect(await outcome(outboxId)).toBe('held owner-changed');
  // whatever the new owner does is no leave for it
  sit(MEI);
  apply(caseId, { kind: 'priority', to: 'high' });
  addNote(desk, { opId: op(), caseId, text: 'mine now' });
  runner.kick(ACCOUNT.uid);
  expect(await outcome(outboxId)).toBe('held owner-changed');
  expect(sent).toEqual([]);
});

test('what its writer does while they stay the owner holds nothing', async () => {
  const caseId = caseOf(desk, 'a1');
  const outboxId = queue(caseId, 'from me');
  apply(caseId, { kind: 'release' });
  apply(caseId, { kind: 'claim' });
  apply(caseId, { kind: 'status', to: 'pending' });
  expect(await outcome(outboxId)).toBe('sent');
});

test('assigning it to a colleague holds the reply, taking that back lets it go', async () => {
  const caseId = caseOf(desk, 'a1');
  const outboxId = queue(caseId, 'from me');
  apply(caseId, { kind: 'assign', agentId: MEI });
  apply(caseId, { kind: 'assign', agentId: ME });
  const second = queue(caseId, 'second');
  expect(await outcome(outboxId)).toBe('sent');
  expect(await outcome(second)).toBe('sent');
  const third = queue(caseId, 'third');
  apply(caseId, { kind: 'assign', agentId: MEI });
  expect(await outcome(third)).toBe('held owner-changed');
});

test('a change of a colleague’s hand is a surprise, whoever sits here', async () => {
  const caseId = caseOf(desk, 'a1');
  const outboxId = queue(caseId, 'from me');
  sit(MEI);
  apply(caseId, { kind: 'status', to: 'hold' });
  expect(await outcome(outboxId)).toBe('held status-changed');
});

test('an escalation by the clock holds what the sender wrote', async () => {
  const caseId = caseOf(desk, 'a1');
  const outboxId = queue(caseId, 'from me');
  log(caseId, null, { type: 'handoff.escalated', handoffId: null, toId: MEI, reason: 'no-receiver' });
  expect(await outcome(outboxId)).toBe('held owner-changed');
});

test('who has accepted without the log’s word waits for it', async () => {
  const caseId = caseOf(desk, 'a1');
  apply(caseId, { kind: 'claim' });
  sit(MEI);
  const [accept] = handedOver(caseId, 'one');
  desk.store.write((tx) => tx.run('UPDATE events SET sequence = NULL WHERE id = @id', { id: accept ?? '' }));
  desk.ledger.forget();
  expect(await outcome(queue(caseId, 'from the new owner'))).toBe('held accept-pending');
  expect(sent).toEqual([]);
});

test('two answers to the same message are shown as that, and who wrote them', async () => {
  const caseId = caseOf(desk, 'a1');
  const first = queue(caseId, 'from me');
  handedOver(caseId, 'one');
  expect(await outcome(first)).toBe('held owner-changed');
  // she has looked at it, and lets the former owner's answer go all the same
  sit(MEI);
  sendNow(desk, { opId: op(), outboxId: first });
  expect(await outcome(first)).toBe('sent');
  expect(ownership(caseId).doubleReplies).toEqual([]);
  expect(await outcome(queue(caseId, 'from her'))).toBe('sent');
  expect(sent).toEqual(['from me', 'from her']);
  expect(ownership(caseId).doubleReplies).toMatchObject([{ authors: [ME, MEI] }]);
  const actors = desk.store.read((db) =>
    db.all<{ actor: string }>("SELECT actor FROM events WHERE type = 'case.replySent' ORDER BY local_id").map((each) => each.actor),
  );
  expect(actors).toEqual([ME, MEI]);
});

test('several answers of one owner are no quarrel', async () => {
  const caseId = caseOf(desk, 'a1');
  for (const text of ['one', 'two']) expect(await outcome(queue(caseId, text))).toBe('sent');
  expect(ownership(caseId).doubleReplies).toEqual([]);
  expect(desk.store.read((db) => caseByUid(db, caseId))?.state.ownerId).toBe(ME);
});
