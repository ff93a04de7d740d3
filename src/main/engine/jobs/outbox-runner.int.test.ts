import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutboxRunner } from './outbox-runner.ts';
import type { OutboxRunner } from './outbox-runner.ts';
import type { ChannelConnector, SendHooks, SendResult } from '../channels/connector.ts';
import { insertAttachment } from '../store/messages.store.ts';
import { outboxByUid } from '../store/outbox.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { saveSettings, readSettings } from '../store/settings.store.ts';
import { timelineOf } from '../store/timeline.store.ts';
import { sendReply } from '../usecases/send-reply.ts';
import { settleReply } from '../usecases/settle-reply.ts';
import { saveDraftText } from '../usecases/write-draft.ts';
import { ACCOUNT, caseOf, mail, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { CAPABILITIES } from '../../../shared/domain/channel/capabilities.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId, OutboxId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { MAX_ATTEMPTS } from '../../../shared/domain/outbox.ts';

/** A channel that is no channel: it answers what the test tells it. */
interface FakeChannel extends Pick<ChannelConnector, 'capabilities' | 'send' | 'reconcile'> {
  /** Whether it keeps one of two messages with the same key. */
  idempotency: 'key' | 'probe';
  sent: number;
  answer: (hooks: SendHooks) => Promise<SendResult>;
  found: () => Promise<'sent' | 'not-found'>;
}

let desk: Desk;
let runner: OutboxRunner;
let channel: FakeChannel;
let problems: string[];
let operations = 0;
const op = () => makeId('op', `outbox-${(operations += 1)}`);

beforeEach(() => {
  desk = openDesk();
  desk.store.write((tx) => saveSettings(tx, { ...readSettings(tx), undoSendSeconds: 0 }));
  problems = [];
  channel = {
    sent: 0,
    idempotency: 'probe',
    capabilities: () => ({ ...CAPABILITIES.email, sendIdempotency: channel.idempotency }),
    answer: async () => Promise.resolve({ status: 'sent', at: desk.clock.now(), refused: [] }),
    found: async () => Promise.resolve('not-found'),
    send: async (_message, hooks) => {
      channel.sent += 1;
      return channel.answer(hooks);
    },
    reconcile: async () => channel.found(),
  };
  runner = createOutboxRunner({
    ...desk,
    log: (level, message) => (level === 'error' ? problems.push(message) : 0),
    random: () => 0,
    connectorOf: () => channel as unknown as ChannelConnector,
    retryStoringMs: 10,
  });
});
afterEach(async () => {
  await runner[Symbol.asyncDispose]();
  desk[Symbol.dispose]();
});

function queue(caseId: CaseId, text = 'an answer', withFile = false): OutboxId {
  const to = [{ address: 'mei@customer.test', name: '' }];
  const draft = saveDraftText(desk, { opId: op(), caseId, kind: 'reply', text, to, cc: [] });
  if (!draft.ok) throw new Error(draft.error.code);
  if (withFile)
    desk.store.write((tx) =>
      insertAttachment(tx, {
        uid: makeId('att', 'lost'),
        messageId: null,
        draftUid: draft.value.draftId,
        position: 0,
        inline: false,
        sizeBytes: 1,
        sha256: 'not there',
        inSource: false,
        contentId: null,
        embedded: null,
        type: 'text/plain',
        name: 'lost.txt',
      }),
    );
  const queued = sendReply({ ...desk, signToken: () => null }, { opId: op(), caseId, draftId: draft.value.draftId, thenStatus: null });
  if (!queued.ok) throw new Error(queued.error.code);
  return queued.value.outboxId;
}
const refuse = (): never => {
  throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
};
const entry = (uid: OutboxId) => desk.store.read((db) => outboxByUid(db, uid));

test('a case that is merged away while its reply is being sent does not make us forget that it was sent', async () => {
  await receive(desk, mail('a1'), mail('b2'));
  const [stays, goes] = [caseOf(desk, 'a1'), caseOf(desk, 'b2')].sort();
  if (stays === undefined || goes === undefined) throw new Error('two cases were expected');
  const uid = queue(goes);
  channel.answer = async (hooks) => {
    hooks.onHandover();
    await receive(desk, mail('c0', { direction: 'out', auto: 'auto-generated' }, ['a1', 'b2']));
    return { status: 'sent', at: desk.clock.now(), refused: [] };
  };
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(entry(uid)?.state).toBe('sent'));
  expect(desk.store.read((db) => currentCaseUid(db, goes))).toBe(stays);
  expect(desk.store.read((db) => caseByUid(db, stays))?.state.queuedReplies).toEqual([]);
  expect(problems).toEqual([]);
});

test('a file that is gone fails the reply in plain words, and the next one leaves', async () => {
  await receive(desk, mail('a1'));
  const lost = queue(caseOf(desk, 'a1'), 'with a file', true);
  const next = queue(caseOf(desk, 'a1'), 'without');
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(entry(next)?.state).toBe('sent'));
  expect(entry(lost)).toMatchObject({ state: 'failed', code: 'attachment-missing' });
  expect(channel.sent).toBe(1);
});

test('an answer that can not be stored (full disk) is stored when it can, and nothing is sent twice', async () => {
  await receive(desk, mail('a1'));
  const uid = queue(caseOf(desk, 'a1'));
  channel.answer = async () => {
    vi.spyOn(desk.store, 'write').mockImplementationOnce(refuse).mockImplementationOnce(refuse);
    return Promise.resolve({ status: 'sent', at: desk.clock.now(), refused: [] });
  };
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(entry(uid)?.state).toBe('sent'));
  expect(channel.sent).toBe(1);
});

test('a look-up whose result can not be stored is no unhandled rejection', async () => {
  await receive(desk, mail('a1'));
  const uid = queue(caseOf(desk, 'a1'));
  channel.answer = async () => Promise.resolve({ status: 'unknown', detail: '' });
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(entry(uid)?.state).toBe('unknown'));
  channel.found = async () => Promise.resolve('sent');
  vi.spyOn(desk.store, 'write').mockImplementationOnce(refuse);
  await expect(runner.reconcile(ACCOUNT.uid)).resolves.toBeUndefined();
  await runner.reconcile(ACCOUNT.uid);
  expect(entry(uid)?.state).toBe('sent');
});

test('what a channel with keys does not know is told again by itself; elsewhere a person decides', async () => {
  await receive(desk, mail('a1'), mail('b2'));
  const asked = queue(caseOf(desk, 'a1'));
  channel.answer = async (hooks) => {
    hooks.onHandover();
    return Promise.resolve({ status: 'unknown', detail: '' });
  };
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(entry(asked)?.state).toBe('unknown'));
  expect(channel.sent).toBe(1);
  channel.idempotency = 'key';
  channel.answer = async () => Promise.resolve({ status: 'sent', at: desk.clock.now(), refused: [] });
  await runner.reconcile(ACCOUNT.uid);
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(entry(asked)?.state).toBe('sent'));
  expect(channel.sent).toBe(2);
  // one that never answers is left to a person in the end
  const silent = queue(caseOf(desk, 'b2'));
  channel.answer = async (hooks) => {
    hooks.onHandover();
    return Promise.resolve({ status: 'unknown', detail: '' });
  };
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(entry(silent)).toMatchObject({ state: 'unknown', attempts: MAX_ATTEMPTS }));
});

test('a reply of unknown fate that arrived answers nothing that the customer wrote after it', async () => {
  await receive(desk, mail('a1'));
  const caseId = caseOf(desk, 'a1');
  const outboxId = queue(caseId);
  channel.answer = async (hooks) => {
    hooks.onHandover();
    return Promise.reject(new Error('the line is dead'));
  };
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(desk.store.read((db) => outboxByUid(db, outboxId))?.state).toBe('unknown'));
  desk.time.now += 60_000;
  const wrote = instant(desk.time.now);
  await receive(desk, mail('a2', { receivedAt: wrote, sentAt: wrote }, ['a1']));
  desk.time.now += 60_000;
  expect(settleReply(desk, { opId: op(), outboxId, as: 'sent' }).ok).toBe(true);
  const state = desk.store.read((db) => caseByUid(db, caseId))?.state;
  expect(state?.queuedReplies).toEqual([]);
  expect(state?.waitingSince).toBe(wrote);
});

test('alone, too, a reply may be dropped: its text stays, and what it promised is taken back', async () => {
  await receive(desk, mail('a1'));
  const outboxId = queue(caseOf(desk, 'a1'));
  channel.answer = async (hooks) => {
    hooks.onHandover();
    return Promise.reject(new Error('the line is dead'));
  };
  runner.kick(ACCOUNT.uid);
  await vi.waitFor(() => expect(desk.store.read((db) => outboxByUid(db, outboxId))?.state).toBe('unknown'));
  expect(settleReply(desk, { opId: op(), outboxId, as: 'dropped' }).ok).toBe(true);
  const shown = desk.store.read((db) => timelineOf(db, caseOf(desk, 'a1')));
  expect(shown.filter((item) => item.kind === 'message' && item.direction === 'out')).toMatchObject([
    { text: 'an answer', delivery: { state: 'cancelled', code: 'dropped' } },
  ]);
  expect(settleReply(desk, { opId: op(), outboxId, as: 'again' })).toMatchObject({ ok: false, error: { code: 'too-late' } });
});
