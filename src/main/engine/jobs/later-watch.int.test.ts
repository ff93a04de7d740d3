import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchClock } from './clock-watch.ts';
import { watchLater } from './later-watch.ts';
import { createOutboxRunner } from './outbox-runner.ts';
import type { OutboxRunner } from './outbox-runner.ts';
import type { ChannelConnector } from '../channels/connector.ts';
import { hasWaitingReply } from '../store/acknowledgements.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { toDeliveryRow } from '../store/deliveries.store.ts';
import { draftOfCase } from '../store/drafts.store.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { changeOutbox, nextDue, nextDueAt, outboxByUid } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { readSettings, saveSettings } from '../store/settings.store.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { timelineOf } from '../store/timeline.store.ts';
import { applyAction } from '../usecases/apply-action.ts';
import type { OutboundGuard } from '../usecases/outbound-guard.ts';
import { recordSent } from '../usecases/record-sent.ts';
import { cancelReply, sendReply } from '../usecases/send-reply.ts';
import { settleReply } from '../usecases/settle-reply.ts';
import { partsOf } from '../usecases/team-parts.ts';
import { reschedule, sendNow } from '../usecases/time-of-reply.ts';
import { saveDraftText } from '../usecases/write-draft.ts';
import { ACCOUNT, caseOf, letThrough, mail, ME, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { CAPABILITIES } from '../../../shared/domain/channel/capabilities.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId, OutboxId } from '../../../shared/domain/ids.ts';
import type { HoldReason } from '../../../shared/domain/outbox.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';

const COLLEAGUE = makeId('agt', 'colleague');
/** So long a reply waits in these tests. */
const WAIT_MS = 9 * HOUR_MS;

let desk: Desk;
let runner: OutboxRunner;
let sent: string[];
/** What has passed by the machine's own clocks; it goes with the wall clock unless a test sets that. */
let setAheadMs: number;
let findings: ReturnType<OutboundGuard>;
let held: HoldReason[];
let look: () => void;
let watch: Disposable;
let caseId: CaseId;
let operations = 0;
const op = () => makeId('op', `later-${(operations += 1)}`);

const connector = {
  capabilities: () => CAPABILITIES.email,
  send: async (message: { readonly text: string }) => {
    sent.push(message.text);
    return Promise.resolve({ status: 'sent', at: desk.clock.now(), refused: [] });
  },
  // a channel that is no channel: it takes everything
} as unknown as ChannelConnector;

function start(): void {
  const machine = { monotonicMs: () => 0, uptimeMs: () => desk.time.now - setAheadMs };
  const deps = {
    ...desk,
    log: () => undefined,
    random: () => 0,
    connectorOf: () => connector,
    guard: { outbound: () => findings },
    clockJump: watchClock(desk.clock, machine),
    onHeld: (_entry: unknown, reason: HoldReason) => void held.push(reason),
  };
  runner = createOutboxRunner(deps);
  const timers = {
    after: (_ms: number, work: () => void) => {
      look = work;
      return () => undefined;
    },
  };
  watch = watchLater({ ...deps, timers });
}

beforeEach(async () => {
  desk = openDesk();
  desk.store.write((tx) => saveSettings(tx, { ...readSettings(tx), undoSendSeconds: 0 }));
  [sent, held, findings, setAheadMs] = [[], [], [], 0];
  start();
  await receive(desk, mail('a1'));
  caseId = caseOf(desk, 'a1');
});
afterEach(async () => {
  watch[Symbol.dispose]();
  await runner[Symbol.asyncDispose]();
  desk[Symbol.dispose]();
});

type More = Partial<Pick<Parameters<typeof sendReply>[1], 'sendAt' | 'promises' | 'overrideReason' | 'thenStatus'>>;

function tryToReply(text: string, more: More = {}): ReturnType<typeof sendReply> {
  const to = [{ address: 'mei@customer.test', name: '' }];
  const draft = saveDraftText(desk, { opId: op(), caseId, kind: 'reply', text, to, cc: [] });
  if (!draft.ok) throw new Error(draft.error.code);
  const guard = { outbound: () => findings, redactor: letThrough, auditKey: new Uint8Array(32) };
  const { draftId } = draft.value;
  return sendReply({ ...desk, signToken: () => null, guard }, { opId: op(), caseId, draftId, thenStatus: null, ...more });
}
function reply(text: string, more: More = {}): OutboxId {
  const queued = tryToReply(text, more);
  if (!queued.ok) throw new Error(queued.error.code);
  return queued.value.outboxId;
}
const later = (ms = WAIT_MS): Instant => after(desk.clock.now(), ms);
const entry = (uid: OutboxId) => desk.store.read((db) => outboxByUid(db, uid));
function known(uid: OutboxId): OutboxEntry {
  const found = entry(uid);
  if (found === undefined) throw new Error('no such reply');
  return found;
}
const statusOf = (): string | undefined => desk.store.read((db) => caseByUid(db, caseId))?.state.status;
const stateOf = (uid: OutboxId) => [entry(uid)?.state, entry(uid)?.holdReason];
const row = () => desk.store.read((db) => rowsOfCases(db, [caseId]))[0];
/** Time passes, and what is due leaves. */
async function passes(ms: number): Promise<void> {
  desk.time.now += ms;
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(desk.store.read((db) => nextDue(db, ACCOUNT.uid, desk.clock.now()))).toBeUndefined());
  await new Promise((resolve) => setTimeout(resolve, 5));
}

test('it leaves at its time and not before, also when the program was started again meanwhile', async () => {
  const uid = reply('good morning', { sendAt: later() });
  await passes(WAIT_MS - MINUTE_MS);
  expect(stateOf(uid)).toEqual(['queued', null]);
  await runner[Symbol.asyncDispose]();
  watch[Symbol.dispose]();
  start();
  await passes(0);
  expect(sent).toEqual([]);
  // nobody has answered so far
  expect(desk.store.read((db) => caseByUid(db, caseId))?.state.waitingSince).not.toBeNull();
  expect(row()).toMatchObject({ queuedReplies: 1, sendsAt: after(desk.clock.now(), MINUTE_MS) });
  await passes(MINUTE_MS);
  await vi.waitFor(() => expect(sent).toEqual(['good morning']));
  await vi.waitFor(() => expect(desk.store.read((db) => caseByUid(db, caseId))?.state.waitingSince).toBeNull());
  expect(row()).toMatchObject({ queuedReplies: 0, sendsAt: null });
});

test('other replies of the case do not wait for it, and it does not wait for an acknowledgement', async () => {
  const uid = reply('in the morning', { sendAt: later() });
  expect(desk.store.read((db) => hasWaitingReply(db, entry(uid)?.caseId ?? 0))).toBe(false);
  reply('at once');
  await passes(1);
  await vi.waitFor(() => expect(sent).toEqual(['at once']));
  // what its writer said meanwhile is no surprise
  look();
  expect(stateOf(uid)).toEqual(['queued', null]);
  await passes(WAIT_MS);
  await vi.waitFor(() => expect(sent).toEqual(['at once', 'in the morning']));
});

test('its time can be changed, it can leave at once, and it can be a draft again', async () => {
  const at = later();
  const uid = reply('one', { sendAt: at });
  expect(reschedule(desk, { opId: op(), outboxId: uid, sendAt: after(at, DAY_MS) })).toMatchObject({ ok: true, value: { before: at } });
  await passes(WAIT_MS + MINUTE_MS);
  expect(sent).toEqual([]);
  expect(row()?.sendsAt).toBe(after(at, DAY_MS));
  expect(sendNow(desk, { opId: op(), outboxId: uid }).ok).toBe(true);
  expect(row()?.sendsAt).toBeNull();
  await passes(1);
  await vi.waitFor(() => expect(sent).toEqual(['one']));
  await vi.waitFor(() => expect(entry(uid)?.state).toBe('sent'));
  expect(reschedule(desk, { opId: op(), outboxId: uid, sendAt: later() })).toMatchObject({ ok: false, error: { code: 'too-late' } });

  const second = reply('two', { sendAt: later() });
  expect(cancelReply(desk, { opId: op(), outboxId: second }).ok).toBe(true);
  expect(desk.store.read((db) => draftOfCase(db, caseId, 'reply'))?.text).toBe('two');
  await passes(WAIT_MS + MINUTE_MS);
  expect(sent).toEqual(['one']);
});

test('it is held back as soon as the customer writes, and may leave at its time all the same', async () => {
  const at = later();
  const uid = reply('one', { sendAt: at });
  await receive(desk, mail('a2', { receivedAt: desk.clock.now(), sentAt: desk.clock.now() }, ['a1']));
  look();
  expect(stateOf(uid)).toEqual(['held', 'customer-wrote']);
  expect(held).toEqual(['customer-wrote']);
  // it stands where it was to be read, and keeps nobody from answering now
  expect(desk.store.read((db) => timelineOf(db, caseId)).findLast((item) => item.kind === 'message')).toMatchObject({ text: 'one', at });
  reply('another answer');
  await passes(1);
  await vi.waitFor(() => expect(sent).toEqual(['another answer']));
  expect(reschedule(desk, { opId: op(), outboxId: uid, sendAt: at })).toMatchObject({ ok: true, value: { before: null } });
  look();
  expect(stateOf(uid)).toEqual(['queued', null]);
  await passes(at - desk.clock.now());
  await vi.waitFor(() => expect(sent).toEqual(['another answer', 'one']));
});

test('it is told to the team as held, so that a program which knows nothing of times does not send it at once', () => {
  const at = later();
  const uid = reply('one', { sendAt: at });
  const told = () => {
    const body = { messageId: entry(uid)?.messageUid ?? '', outboxId: uid, preview: 'one', sendAt: at };
    return desk.store.read((db) => partsOf(db, { stream: `case.${caseId}`, type: 'case.replyQueued', body }))?.['outbox'];
  };
  expect(told()).toMatchObject({ state: 'held', holdReason: null, later: { at, isHeld: false, holdReason: null } });
  desk.store.write((tx) => changeOutbox(tx, uid, { state: 'held', at: desk.clock.now(), holdReason: 'time-missed' }));
  expect(told()).toMatchObject({ state: 'held', holdReason: null, later: { at, isHeld: true, holdReason: 'time-missed' } });
  expect(sendNow(desk, { opId: op(), outboxId: uid }).ok).toBe(true);
  expect(told()).toMatchObject({ state: 'queued' });
  expect(told()).not.toHaveProperty('later');
});

test('what its writer does to the case holds nothing, what a colleague does is held', async () => {
  const uid = reply('one', { sendAt: later(), thenStatus: 'pending' });
  applyAction(desk, { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
  applyAction(desk, { opId: op(), caseIds: [caseId], action: { kind: 'add-label', label: 'kyc' } });
  look();
  expect(stateOf(uid)).toEqual(['queued', null]);
  desk.store.write((tx) => {
    desk.ledger.append(tx, caseId, [{ type: 'case.statusChanged', to: 'hold' }], { actor: COLLEAGUE });
  });
  look();
  expect(stateOf(uid)).toEqual(['held', 'status-changed']);
});

test('its case becomes what its writer wanted when it has left, and not before', async () => {
  const at = later();
  const uid = reply('good night', { sendAt: at, thenStatus: 'solved' });
  expect(statusOf()).toBe('open');
  expect(desk.store.read((db) => toDeliveryRow(db, known(uid), null))).toMatchObject({ laterAt: at, thenStatus: 'solved' });
  // another time changes nothing of it
  reschedule(desk, { opId: op(), outboxId: uid, sendAt: after(at, HOUR_MS) });
  const queued = desk.store.read((db) => eventsOfCase(db, caseId)).filter(({ body }) => body.type === 'case.replyQueued');
  expect(queued.map(({ body }) => 'thenStatus' in body && body.thenStatus)).toEqual(['solved', 'solved']);
  const other = reply('one more thing', { sendAt: after(at, 3 * HOUR_MS) });
  await passes(WAIT_MS + HOUR_MS);
  await vi.waitFor(() => expect(statusOf()).toBe('solved'));
  const events = desk.store.read((db) => eventsOfCase(db, caseId)).slice(-2);
  const messageId = entry(uid)?.messageUid;
  expect(events.map(({ actor, body }) => [actor, body])).toMatchObject([
    [ME, { type: 'case.replySent', messageId }],
    [null, { type: 'case.statusChanged', to: 'solved', afterReply: messageId }],
  ]);
  // what they wrote themselves is no surprise to their other reply
  look();
  expect(stateOf(other)).toEqual(['queued', null]);
});

test('one that is held, taken back or was answered before it was known to have left leaves its case open', async () => {
  const heldOne = reply('good night', { sendAt: later(), thenStatus: 'solved' });
  await receive(desk, mail('a2', {}, ['a1']));
  await passes(WAIT_MS);
  expect([stateOf(heldOne), statusOf()]).toEqual([['held', 'customer-wrote'], 'open']);
  // whoever has seen what the customer wrote and sends it all the same wants the rest, too
  const back = reply('taken back', { sendAt: later(), thenStatus: 'solved' });
  expect(cancelReply(desk, { opId: op(), outboxId: back }).ok).toBe(true);
  sendNow(desk, { opId: op(), outboxId: heldOne });
  await passes(0);
  await vi.waitFor(() => expect(statusOf()).toBe('solved'));
  await receive(desk, mail('a3', {}, ['a1']));
  expect(statusOf()).toBe('open');
  const unknown = reply('did it arrive', { sendAt: later(), thenStatus: 'solved' });
  desk.store.write((tx) => changeOutbox(tx, unknown, { state: 'unknown', at: desk.clock.now() }));
  await receive(desk, mail('a4', {}, ['a1']));
  desk.store.write((tx) => recordSent(desk.ledger, tx, known(unknown), { at: desk.clock.now(), now: desk.clock.now() }));
  expect([entry(unknown)?.state, statusOf()]).toEqual(['sent', 'open']);
});

test('it leaves while its case sleeps, and is held when that is given to somebody else', async () => {
  applyAction(desk, { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  const first = reply('one', { sendAt: later() });
  applyAction(desk, { opId: op(), caseIds: [caseId], action: { kind: 'snooze', until: later(DAY_MS) } });
  await passes(WAIT_MS);
  await vi.waitFor(() => expect(entry(first)?.state).toBe('sent'));
  const second = reply('two', { sendAt: later() });
  applyAction(desk, { opId: op(), caseIds: [caseId], action: { kind: 'assign', agentId: COLLEAGUE } });
  look();
  expect(stateOf(second)).toEqual(['held', 'owner-changed']);
});

test('a machine that slept sends what is an hour late at most; what is later waits for a person, and that is told', async () => {
  const first = reply('soon', { sendAt: later(HOUR_MS) });
  await passes(2 * HOUR_MS);
  await vi.waitFor(() => expect(entry(first)?.state).toBe('sent'));
  const second = reply('much too late', { sendAt: later(HOUR_MS) });
  await passes(2 * HOUR_MS + 1);
  await vi.waitFor(() => expect(stateOf(second)).toEqual(['held', 'time-missed']));
  const third = reply('nobody is online', { sendAt: later(HOUR_MS) });
  desk.time.now += 2 * HOUR_MS + 1;
  look();
  expect(stateOf(third)).toEqual(['held', 'time-missed']);
  // told once each, whoever found it out
  expect(held).toEqual(['time-missed', 'time-missed']);
  expect(sent).toEqual(['soon']);
});

test('what may have arrived is sent again when somebody says so, however late', async () => {
  const uid = reply('one', { sendAt: later() });
  desk.time.now += WAIT_MS;
  desk.store.write((tx) => changeOutbox(tx, uid, { state: 'unknown', at: desk.clock.now() }));
  desk.time.now += DAY_MS;
  expect(settleReply(desk, { opId: op(), outboxId: uid, as: 'again' }).ok).toBe(true);
  await passes(1);
  await vi.waitFor(() => expect(entry(uid)?.state).toBe('sent'));
});

test('a clock that is set ahead makes nothing leave early', async () => {
  const uid = reply('one', { sendAt: later() });
  const other = reply('after it', { sendAt: later(WAIT_MS + 2 * HOUR_MS) });
  setAheadMs = WAIT_MS + MINUTE_MS;
  await passes(setAheadMs);
  expect(sent).toEqual([]);
  expect(stateOf(uid)).toEqual(['held', 'clock-moved']);
  // it goes as it should from there on
  await passes(2 * HOUR_MS);
  await vi.waitFor(() => expect(entry(other)?.state).toBe('sent'));
});

test('in a team true time counts: a fast clock sends nothing early, and other replies leave by it as always', () => {
  const uid = reply('one', { sendAt: later() });
  const aheadMs = 3 * HOUR_MS;
  const dueAt = desk.store.read((db) => nextDueAt(db, ACCOUNT.uid, desk.clock.now(), aheadMs));
  expect(dueAt).toBe(later(WAIT_MS + aheadMs));
  const next = (ms: number) => desk.store.read((db) => nextDue(db, ACCOUNT.uid, later(ms), aheadMs))?.uid;
  expect(next(WAIT_MS + aheadMs - 1)).toBeUndefined();
  expect(next(WAIT_MS + aheadMs)).toBe(uid);
  const now = reply('two');
  expect(next(0)).toBe(now);
});

test('what the guardrails refuse by its time is held, and leaves only as a draft that somebody answers for', async () => {
  const finding = { code: 'look-alike-domain', severity: 'block', from: 0, to: 1, detail: 'examp1e.org' } as const;
  const uid = reply('see examp1e.org', { sendAt: later() });
  findings = [finding];
  await passes(WAIT_MS);
  expect(stateOf(uid)).toEqual(['held', 'guard']);
  const guarded = { ...desk, guard: { outbound: () => findings } };
  for (const answer of [
    sendNow(guarded, { opId: op(), outboxId: uid }),
    reschedule(guarded, { opId: op(), outboxId: uid, sendAt: later() }),
    tryToReply('see examp1e.org', { sendAt: later() }),
  ])
    expect(answer).toMatchObject({ ok: false, error: { code: 'unofficial-link' } });

  // what its writer has answered for is no news, what is found beside it is
  const allowed = reply('do not go to examp1e.org', { sendAt: later(), overrideReason: 'a warning' });
  await passes(WAIT_MS);
  await vi.waitFor(() => expect(entry(allowed)?.state).toBe('sent'));
  const more = reply('do not go to examp1e.org', { sendAt: later(), overrideReason: 'a warning' });
  findings = [finding, { ...finding, detail: 'examqle.org' }];
  await passes(WAIT_MS);
  expect(stateOf(more)).toEqual(['held', 'guard']);
});

test('a promise that is over by then is none, when it is written and when the time is changed', () => {
  const at = later();
  const promise = (dueAt: Instant) => {
    return { text: 'We answer by then', zone: 'Europe/Lisbon', dueLocal: toLocal('Europe/Lisbon', dueAt), source: 'detected' } as const;
  };
  expect(tryToReply('We answer by then', { sendAt: at, promises: [promise(after(at, -MINUTE_MS))] })).toMatchObject({
    error: { code: 'promise-in-the-past' },
  });
  const uid = reply('We answer by then', { sendAt: at, promises: [promise(after(at, HOUR_MS))] });
  const to = (sendAt: Instant) => reschedule(desk, { opId: op(), outboxId: uid, sendAt });
  expect(to(after(at, 2 * HOUR_MS))).toMatchObject({ error: { code: 'promise-in-the-past', detail: 'We answer by then' } });
  expect(to(after(at, 30 * MINUTE_MS)).ok).toBe(true);
});

test('a time that is over, too far or behind what the channel allows is refused with the draft kept', async () => {
  expect(tryToReply('one', { sendAt: desk.clock.now() })).toMatchObject({ error: { code: 'in-the-past' } });
  expect(tryToReply('one', { sendAt: later(400 * DAY_MS) })).toMatchObject({ error: { code: 'too-far' } });
  expect(desk.store.read((db) => draftOfCase(db, caseId, 'reply'))?.text).toBe('one');
  // no channel closes at the moment; some do, such as the messengers of large platforms
  const { windowMs } = CAPABILITIES.email.reply;
  Object.assign(CAPABILITIES.email.reply, { windowMs: DAY_MS });
  try {
    await receive(desk, mail('b2', { receivedAt: desk.clock.now(), sentAt: desk.clock.now() }));
    caseId = caseOf(desk, 'b2');
    expect(tryToReply('two', { sendAt: later(DAY_MS + 1) })).toMatchObject({ error: { code: 'window-over' } });
    const uid = reply('two', { sendAt: later(DAY_MS) });
    expect(reschedule(desk, { opId: op(), outboxId: uid, sendAt: later(DAY_MS + 1) })).toMatchObject({ error: { code: 'window-over' } });
  } finally {
    Object.assign(CAPABILITIES.email.reply, { windowMs });
  }
});
