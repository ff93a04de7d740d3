import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caseOfMessage, customerMail, HAND_ACCOUNT, startWithChannel } from './hand-channel.ts';
import type { HandChannel } from './hand-channel.ts';
import { body, drafted, HARUKA, setUp, TOMAS } from './roster-team.ts';
import { introduce, op, reply, settingsFor, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { IdSource, messageIdFor } from '../../src/main/engine/identity.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import { openBlobStore } from '../../src/main/engine/store/blobs.store.ts';
import { createAcknowledger } from '../../src/main/engine/usecases/acknowledge.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import { headerOf } from '../mail-server/mail-fields.ts';
import { startMailServer } from '../mail-server/mail-server.ts';
import type { MailServer } from '../mail-server/mail-server.ts';
import type { Output } from '../../src/shared/contract/contract.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { ACKNOWLEDGEMENT_TEMPLATES } from '../../src/shared/domain/promise/acknowledgement-texts.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

const ON = { isOn: true, readingMinutes: 15, templates: [] };

async function switchOn(station: Workstation): Promise<void> {
  await station.ask('acknowledgements.save', { opId: op(), settings: ON });
}
async function log(station: Workstation): Promise<Output<'acknowledgements.log'>> {
  return station.ask('acknowledgements.log', { limit: 20 });
}

describe('over a channel by hand', () => {
  /** A Wednesday at nine in Lisbon, six in the evening in Tokyo; tests move the clock by hand. */
  const T0 = Date.UTC(2026, 10, 25, 9);
  let nowMs = T0;
  const clock = { now: () => instant(nowMs) };
  let station: Workstation;
  let channel: HandChannel;

  beforeEach(async () => {
    nowMs = T0;
    ({ station, channel } = await startWithChannel(clock));
    await setUp(station);
    await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
    await station.ask('plan.edit', {
      opId: op(),
      changes: [
        drafted('tomas', body(TOMAS.agentId, '2026-11-25T08:00', '2026-11-25T20:00')),
        drafted('haruka', body(HARUKA.agentId, '2026-11-25T19:00', '2026-11-25T23:00')),
      ],
    });
    await station.ask('plan.publish', { opId: op(), note: '' });
    await switchOn(station);
  });
  afterEach(() => station[Symbol.asyncDispose]());

  async function arrive(change: Partial<NormalizedMessage> = {}): Promise<CaseId> {
    const mail = customerMail(clock, change);
    channel.deliver(mail);
    await until(() => caseOfMessage(station, mail) !== null, 'the mail is a case');
    return caseOfMessage(station, mail) ?? ('' as CaseId);
  }
  const kinds = async () => (await log(station)).map(({ kind, reasons }) => [kind, ...reasons]);
  /** The mailbox comes back and tries what waited. */
  async function reconnect(): Promise<void> {
    channel.restore();
    await station.ask('accounts.syncNow', { opId: op(), accountId: null });
  }
  async function offline(): Promise<void> {
    channel.cut();
    await until(async () => (await station.ask('accounts.list', {}))[0]?.state === 'offline', 'the mailbox is offline');
  }

  test('a customer is told when a person who speaks their language reads it, on their clock and in their words', async () => {
    // the policy promises eight hours; Haruka, who speaks Japanese, comes in ten and reads for a quarter of an hour
    const caseId = await arrive({ subject: '質問', language: 'ja', text: 'いつ届きますか。' });
    await until(async () => (await kinds())[0]?.[0] === 'sent', 'it is sent');
    const [mail] = channel.sent;
    expect(mail?.text).toContain('日本語を話す担当者が、お客様の現地時間で11月26日（木）04:15までに拝読いたします。');
    expect(mail).toMatchObject({
      subject: 'Auto: 質問',
      to: [{ address: 'mei@customer.test', name: 'Mei Tanaka' }],
      automatic: { headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', 'X-Loop': HAND_ACCOUNT.address } },
    });
    // nobody has answered: the case waits as before, its clock runs, and nothing is anybody's
    const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
    expect(row).toMatchObject({
      waitingSince: T0,
      assigneeId: null,
      status: 'open',
      queuedReplies: 0,
      sla: { metric: 'first-reply', state: 'running' },
    });
    const items = (await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message');
    expect(items.map((item) => [item.direction, item.auto, item.agentId])).toEqual([
      ['in', 'none', null],
      ['out', 'auto-reply', null],
    ]);
    expect(items[1]?.text).toBe(mail?.text);
    expect((await log(station))[0]).toMatchObject({ kind: 'sent', text: mail?.text, messageId: items[1]?.messageId, subject: '質問' });
    // a person answers the customer, not the machine
    await reply(station, caseId, 'お待たせしました。', 'mei@customer.test');
    await until(() => channel.sent.length === 2, 'the reply is sent');
    expect(channel.sent[1]?.parentKeys).toEqual(mail?.parentKeys);
  });

  test('it is written anew right before it leaves, also when it has to be sent again', async () => {
    const said: string[] = [];
    channel.answer = async (message) => {
      said.push(message.text);
      return Promise.resolve({ status: 'rejected', permanent: false, code: 'greylisted', detail: 'try later' });
    };
    const caseId = await arrive();
    await until(() => said.length === 1, 'the first attempt');
    expect(said[0]).toContain('reads this by 02:05 on Thursday 26 November your time');
    nowMs += 30 * MINUTE_MS;
    channel.answer = channel.accept;
    // whatever wakes the outbox: the row's time has come
    station.engine.store.write((tx) => tx.run('UPDATE outbox SET next_attempt_at = 0'));
    await until(async () => (await kinds())[0]?.[0] === 'sent', 'it is sent');
    const text = channel.sent.at(-1)?.text;
    expect(text).toContain('reads this by 02:35 on Thursday 26 November your time');
    const [, answer] = (await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message');
    expect(answer?.text).toBe(text);
    const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
    // lists go on showing what the customer wrote
    expect(row).toMatchObject({ preview: 'When will it arrive?', lastDirection: 'in', messageCount: 2, lastMessageAt: T0 });
  });

  test('what became untrue on the way to the hand-over does not leave', async () => {
    let attempts = 0;
    channel.answer = async (message, hooks) => {
      attempts += 1;
      // the connection took ten minutes
      if (attempts === 1) nowMs += 10 * MINUTE_MS;
      return channel.accept(message, hooks);
    };
    await arrive();
    await until(() => attempts === 1, 'the first attempt');
    await until(
      () => station.engine.store.read((db) => db.get("SELECT 1 FROM outbox WHERE state = 'queued' AND attempts = 1")) !== undefined,
      'it waits again',
    );
    expect(await kinds()).toEqual([['queued']]);
    station.engine.store.write((tx) => tx.run('UPDATE outbox SET next_attempt_at = 0'));
    await until(async () => (await kinds())[0]?.[0] === 'sent', 'it is sent');
    expect(channel.sent.map((each) => /by ([\d:]+)/u.exec(each.text)?.[1])).toEqual(['02:05', '02:15']);
  });

  test('no time is told that nobody can keep, or on a clock that nobody knows', async () => {
    await arrive({ senderOffsetMinutes: null });
    await until(() => channel.sent.length === 1, 'it is sent');
    expect(channel.sent[0]?.text).toContain(ACKNOWLEDGEMENT_TEMPLATES.en.untimed);
    // the plan ends at eleven in the evening: eight hours of reading can not be promised
    await station.ask('acknowledgements.save', { opId: op(), settings: { ...ON, readingMinutes: 480 } });
    nowMs += 8 * HOUR_MS;
    await arrive({ from: { address: 'ken@customer.test', name: '' } });
    await until(() => channel.sent.length === 2, 'it is sent');
    expect(channel.sent[1]?.text).toContain(ACKNOWLEDGEMENT_TEMPLATES.en.untimed);
  });

  /** A mail that was fetched while nothing can be sent, as when the network goes at that moment. */
  async function arriveOffline(book = coverageParts(clock).book): Promise<CaseId> {
    await offline();
    const { store, ledger } = station.engine;
    const ids = new IdSource(clock);
    const acknowledger = createAcknowledger({ ledger, clock, book, signToken: () => null, log: () => undefined });
    const blobs = openBlobStore(':memory:');
    const mail = customerMail(clock);
    const events = [{ kind: 'message', message: mail, remoteRef: 'offline' } as const];
    const deps = { store, ledger, blobs, clock, ids, acknowledger, probe: noProbe, verifyToken: () => null };
    await ingestBatch(deps, HAND_ACCOUNT, { events, cursor: '0', more: false, backfill: null }, HAND_ACCOUNT.uid);
    blobs[Symbol.dispose]();
    return caseOfMessage(station, mail) ?? ('' as CaseId);
  }

  test('a person who answers first has the only word, and what waited too long is not sent', async () => {
    const caseId = await arriveOffline();
    expect(await kinds()).toEqual([['queued']]);
    await reply(station, caseId, 'It is on its way.', 'mei@customer.test');
    await reconnect();
    await until(() => channel.sent.length === 1, 'the reply is sent');
    expect(channel.sent[0]?.text).toBe('It is on its way.');
    expect(await kinds()).toEqual([['dropped', 'answered']]);

    nowMs += 25 * HOUR_MS;
    await arriveOffline();
    nowMs += HOUR_MS + 1;
    await reconnect();
    await until(async () => (await kinds())[0]?.[0] === 'dropped', 'it is dropped');
    expect((await kinds())[0]).toEqual(['dropped', 'too-late', 'account-offline']);

    nowMs += 25 * HOUR_MS;
    await arriveOffline();
    await station.ask('acknowledgements.save', { opId: op(), settings: { ...ON, isOn: false } });
    await reconnect();
    await until(async () => (await kinds())[0]?.[0] === 'dropped', 'it is dropped');
    expect((await kinds())[0]).toEqual(['dropped', 'switched-off']);
    expect(channel.sent).toHaveLength(1);
  });

  test('a text that can not be written keeps no message from coming', async () => {
    const broken = coverageParts(clock).book;
    broken.roster = () => {
      throw new Error('broken by the test');
    };
    const caseId = await arriveOffline(broken);
    expect((await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message')).toHaveLength(1);
    expect(await kinds()).toEqual([]);
  });

  test('a reply waits for no machine', async () => {
    channel.answer = async (message, hooks) =>
      message.automatic === undefined
        ? channel.accept(message, hooks)
        : Promise.resolve({ status: 'unknown', detail: 'the line went dead' });
    const caseId = await arrive();
    await until(() => channel.sent.length === 1, 'its fate is unknown');
    const { outboxId } = await reply(station, caseId, 'It is on its way.', 'mei@customer.test');
    await until(() => channel.sent.length === 2, 'the reply is sent all the same');
    const states = (await station.ask('cases.timeline', { caseId })).flatMap((item) =>
      item.kind === 'message' && item.delivery !== null ? [[item.delivery.outboxId === outboxId, item.delivery.state]] : [],
    );
    expect(states).toEqual([
      [false, 'unknown'],
      [true, 'sent'],
    ]);
  });

  test('machines, lists and history are left alone, and the log says why', async () => {
    const hints = customerMail(clock).answerHints;
    if (hints === undefined) throw new Error('a mail without hints');
    await arrive({ subject: 'a', auto: 'auto-reply', answerHints: { ...hints, autoSubmitted: 'auto-replied', returnPath: '' } });
    await arrive({ subject: 'b', answerHints: { ...hints, hasListHeader: true } });
    await arrive({ subject: 'c', to: [{ address: 'somebody@else.test', name: '' }] });
    await arrive({ subject: 'd', receivedAt: instant(T0 - 2 * HOUR_MS) });
    expect(await kinds()).toEqual([
      ['silent', 'too-old'],
      ['silent', 'not-addressed-to-us'],
      ['silent', 'list'],
      ['silent', 'automatic', 'null-sender'],
    ]);
    // a backfill of years is not even written down, nor what no channel tells anything about
    await arrive({ subject: 'e', receivedAt: instant(T0 - 48 * HOUR_MS) });
    const { answerHints: _, ...plain } = customerMail(clock);
    channel.deliver(plain);
    await until(() => caseOfMessage(station, plain) !== null, 'the mail is a case');
    expect(await kinds()).toHaveLength(4);
    expect(channel.sent).toEqual([]);
  });

  test('a customer is answered once a day', async () => {
    await arrive();
    await until(async () => (await kinds())[0]?.[0] === 'sent', 'it is sent');
    nowMs += HOUR_MS;
    await arrive({ subject: 'and another thing' });
    expect(await kinds()).toEqual([['silent', 'answered-recently'], ['sent']]);
    nowMs += 23 * HOUR_MS;
    await arrive({ subject: 'tomorrow' });
    await until(() => channel.sent.length === 2, 'it is sent');
  });

  test('what a colleague’s workstation has answered is not answered twice: it has the same id everywhere', async () => {
    const copyOf = (clientKey: string, parent: NormalizedMessage) =>
      customerMail(clock, {
        direction: 'out',
        from: { address: HAND_ACCOUNT.address, name: '' },
        to: [{ address: 'mei@customer.test', name: '' }],
        auto: 'auto-reply',
        thread: { tokens: [], ownKey: clientKey, parentKeys: [parent.thread.ownKey ?? ''] },
      });
    // theirs was filed while ours waited
    channel.answer = async () => Promise.resolve({ status: 'rejected', permanent: false, code: 'greylisted', detail: '' });
    const mail = customerMail(clock);
    channel.deliver(mail);
    await until(() => channel.sent.length === 1, 'the first attempt');
    channel.deliver(copyOf(channel.sent[0]?.clientKey ?? '', mail));
    await until(async () => (await kinds())[0]?.[0] === 'sent', 'it counts as sent');
    // theirs was filed before the question was even fetched
    nowMs += 25 * HOUR_MS;
    const next = customerMail(clock, { subject: 'another day' });
    const key = `<a.${messageIdFor(HAND_ACCOUNT.uid, next.nativeKey).slice('msg_'.length)}@team.test>`;
    channel.deliver(copyOf(key, next), next);
    await until(() => caseOfMessage(station, next) !== null, 'the mail is a case');
    expect(await kinds()).toEqual([['silent', 'answered-recently'], ['sent']]);
    expect(channel.sent).toHaveLength(1);
  });

  test('what the server refuses for good is told in the log and troubles nobody', async () => {
    channel.answer = async () =>
      Promise.resolve({ status: 'rejected', permanent: true, code: 'sender-refused', detail: '550 no null sender here' });
    const caseId = await arrive();
    await until(async () => (await kinds())[0]?.[0] === 'failed', 'it has failed');
    expect((await log(station))[0]?.text).toBe('550 no null sender here');
    expect(await station.ask('outbox.list', {})).toEqual([]);
    expect((await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message')).toHaveLength(1);
    expect((await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows[0]).toMatchObject({
      failedReplies: 0,
      queuedReplies: 0,
    });
  });

  test('only leads change it, a text that lies is not saved, and a preview shows what would be said', async () => {
    const english = { ...ACKNOWLEDGEMENT_TEMPLATES.en, untimed: 'We will answer within 24 hours.' };
    expect(await station.call('acknowledgements.save', { opId: op(), settings: { ...ON, templates: [english] } })).toMatchObject({
      error: { code: 'bad-template' },
    });
    const own = {
      ...ACKNOWLEDGEMENT_TEMPLATES.en,
      reading: 'Somebody looks at it by {time}.',
      speaking: 'Somebody who speaks {language} looks at it by {time}.',
    };
    await station.ask('acknowledgements.save', { opId: op(), settings: { ...ON, templates: [own] } });
    const view = await station.ask('acknowledgements.get', {});
    expect(view.texts.map(({ template, isOwn, problems }) => [template.language, isOwn, problems.length])).toContainEqual(['en', true, 0]);
    const preview = await station.ask('acknowledgements.preview', { language: 'en', zone: 'Europe/Lisbon', template: null });
    expect(preview).toMatchObject({ facts: { kind: 'timed', readBy: T0 + 8 * HOUR_MS + 5 * MINUTE_MS }, language: 'en' });
    expect(preview.text).toContain('Somebody who speaks English looks at it by 17:05.');
    // Tomás becomes the lead, and I am none
    const lead = { ...TOMAS, tiers: ['lead'] as const };
    await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: lead }] });
    expect(await station.call('acknowledgements.save', { opId: op(), settings: ON })).toMatchObject({ error: { code: 'not-allowed' } });
    expect((await station.ask('acknowledgements.get', {})).canChange).toBe(false);
  });
});

describe('over real mail servers', () => {
  let server: MailServer;
  const stations: Workstation[] = [];
  beforeAll(async () => {
    server = await startMailServer();
  });
  afterAll(async () => {
    await server.stop();
  });
  afterEach(async () => {
    for (const each of stations.splice(0)) await each[Symbol.asyncDispose]();
  });

  test('it comes from nobody, says that a machine wrote it, answers in the thread, and no two of them ever talk', async () => {
    const ours = await startWorkstation();
    const theirs = await startWorkstation();
    stations.push(ours, theirs);
    const mailboxes = [
      [ours, 'support@team.test'],
      [theirs, 'customer@example.test'],
    ] as const;
    for (const [station, address] of mailboxes) {
      await introduce(station);
      const settings = settingsFor(server, { address, user: address, name: address, plusAddressing: address === 'support@team.test' });
      await station.ask('accounts.add', { opId: op(), settings, password: server.password(address) });
      await until(async () => (await station.ask('accounts.list', {})).every((each) => each.state === 'live'), `${address} is live`);
      await switchOn(station);
    }
    const { messageId } = await server.deliver(
      { from: 'Casey <customer@example.test>', to: 'support@team.test', subject: 'Where is my order?' },
      { from: 'customer@example.test' },
    );
    const { raw } = await server.mailbox('customer@example.test').waitFor(() => true);
    expect(headerOf(raw, 'Return-Path')).toBe('<>');
    expect(headerOf(raw, 'Auto-Submitted')).toBe('auto-replied');
    expect(headerOf(raw, 'X-Loop')).toBe('support@team.test');
    expect(headerOf(raw, 'Subject')).toBe('Auto: Where is my order?');
    expect([headerOf(raw, 'In-Reply-To'), headerOf(raw, 'References')]).toEqual([messageId, messageId]);
    expect(headerOf(raw, 'From')).toContain('support@team.test');
    expect(headerOf(raw, 'Reply-To')).toMatch(/support\+t_[a-z0-9.]+@team\.test/u);
    // the other workspace acknowledges mail, too, and leaves this one alone
    await until(async () => (await log(theirs)).length > 0, 'the other side has decided');
    expect((await log(theirs)).map(({ kind, reasons }) => [kind, ...reasons])).toEqual([
      ['silent', 'automatic', 'null-sender', 'suppressed', 'loop'],
    ]);
    await until(async () => (await log(ours))[0]?.kind === 'sent', 'ours knows that it is sent');
    await server.settled();
    expect(await server.mailbox('support@team.test').list()).toHaveLength(1);
    // our own copy in the folder of sent mail is the message that is there already
    await server.mailbox('support@team.test').waitFor((mail) => mail.subject === 'Auto: Where is my order?', { folder: 'Sent' });
    await ours.ask('accounts.syncNow', { opId: op(), accountId: null });
    const [row] = (await ours.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
    expect(row).toMatchObject({ messageCount: 2, assigneeId: null });
    expect(row?.waitingSince).not.toBeNull();
  });
});
