import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, chatMessage } from './bot-talk.ts';
import { HandChannel } from './hand-channel.ts';
import { introduce, op, reply, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { OutboundMessage } from '../../src/main/engine/channels/connector.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { PHRASES } from '../../src/shared/domain/bot/phrases.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../src/shared/domain/time.ts';

const PLAYBOOKS = join(import.meta.dirname, '../../resources/playbooks');
const EN = PHRASES['en'];
const ZH = PHRASES['zh-CN'];
if (EN === undefined || ZH === undefined) throw new Error('the bot has no words');

/** A Wednesday at nine in Lisbon; tests move the clock by hand. */
const T0 = Date.UTC(2026, 10, 25, 9);
let nowMs = T0;
const clock = { now: () => instant(nowMs) };
let station: Workstation;
let channel: HandChannel;

async function start(folder?: string): Promise<void> {
  // the service goes on while a workstation is started again
  if (folder === undefined) channel = new HandChannel(clock);
  station = await startWorkstation({
    clock,
    playbookFolder: PLAYBOOKS,
    secrets: new Map([[`account:${ACCOUNT.uid}`, 'key']]),
    ...(folder === undefined ? {} : { folder }),
    createConnector: () => channel.connector(),
    prepare: async ({ store }) => {
      store.write((tx) => saveAccount(tx, ACCOUNT));
      return Promise.resolve();
    },
  });
}

beforeEach(async () => {
  nowMs = T0;
  await start();
  await introduce(station);
});
afterEach(() => station[Symbol.asyncDispose]());

const chat = (text: string, change: Partial<NormalizedMessage> = {}, visitor = 'v1'): NormalizedMessage =>
  chatMessage(clock, text, change, visitor);
const said = (): string[] => channel.sent.map(({ text }) => text);
const theCase = async () => {
  const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
  if (row === undefined) throw new Error('there is no case');
  return row;
};
const inView = async (view: 'unassigned' | 'waiting-us'): Promise<number> =>
  (await station.ask('cases.list', { view, sort: 'newest', limit: 5 })).total;
async function events(caseId: CaseId): Promise<string[]> {
  return (await station.ask('cases.timeline', { caseId })).flatMap((item) => (item.kind === 'event' ? [item.body.type] : []));
}

/** The customer writes, and the bot answers as often as this. */
async function say(text: string, answers = 1, change: Partial<NormalizedMessage> = {}): Promise<OutboundMessage | undefined> {
  const before = channel.sent.length;
  nowMs += MINUTE_MS;
  channel.deliver(chat(text, change));
  await until(() => channel.sent.length === before + answers, `the bot answers to ${text}`);
  await settled();
  return channel.sent.at(-1);
}
/** The clock stands: what is to be tried again is tried now. */
function retryNow(): void {
  station.engine.store.write((tx) => tx.run('UPDATE outbox SET next_attempt_at = 0'));
}
/** Nothing is on its way. */
async function settled(): Promise<void> {
  await until(
    () => station.engine.store.read((db) => db.get("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')")) === undefined,
    'nothing is on its way',
  );
}
async function arrived(message: NormalizedMessage): Promise<void> {
  channel.deliver(message);
  await until(
    () =>
      station.engine.store.read((db) =>
        db.get("SELECT 1 FROM messages WHERE origin ->> '$.nativeKey' = @key", { key: message.nativeKey }),
      ) !== undefined,
    'the message is stored',
  );
}

describe('the bot answers first', () => {
  test('leads through its playbook, waits for nobody, and lets go with what it has found out', async () => {
    const first = await say('hi');
    expect(first?.bot?.options).toEqual([
      'A deposit has not arrived',
      'A withdrawal takes too long',
      'I can not sign in',
      'Something else',
      EN.person,
    ]);
    expect(first).toMatchObject({ conversation: 'v1', automatic: {} });
    expect(await theCase()).toMatchObject({
      bot: { playbook: 'general' },
      assigneeId: null,
      waitingSince: null,
      sla: { metric: 'resolution' },
    });
    expect([await inView('unassigned'), await inView('waiting-us')]).toEqual([0, 0]);
    expect((await station.ask('cases.counts', {})).unread).toBe(0);

    await say('A withdrawal takes too long');
    await say('3');
    await say('yesterday at noon');
    expect(said().at(-1)).toContain(EN.stuck.split('{sentence}')[0]);
    expect(said().at(-1)).not.toContain('{sentence}');
    const row = await theCase();
    expect(row).toMatchObject({ bot: null, status: 'open', priority: 'normal', waitingSince: T0 + MINUTE_MS });
    // the clock of people starts when a person is asked for
    expect(row.sla).toMatchObject({ metric: 'first-reply', startedAt: nowMs });
    expect([await inView('unassigned'), (await station.ask('cases.counts', {})).unread]).toEqual([1, 1]);
    const items = (await station.ask('cases.timeline', { caseId: row.caseId })).filter((item) => item.kind === 'message');
    expect(items.map((item) => item.auto)).toEqual(['none', 'bot', 'none', 'bot', 'none', 'bot', 'none', 'bot']);
    expect(items.at(-2)?.origin?.intake).toMatchObject({ when: 'yesterday at noon', happened: 'hi' });
    // what the customer could press, and what they took: to the question of the third nothing but a person was offered
    expect(items.map(({ offered }) => offered?.find(({ isTaken }) => isTaken)?.label)).toEqual([
      undefined,
      'A withdrawal takes too long',
      undefined,
      'Failed or cancelled',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(items.map(({ offered }) => offered?.length)).toEqual([undefined, 5, undefined, 4, undefined, 1, undefined, undefined]);
    // people have it now
    await arrived(chat('hello?'));
    await settled();
    expect(channel.sent).toHaveLength(4);
  });

  test('twice asked for in Chinese, a person has it at once, and is told of', async () => {
    expect((await say('转人工'))?.bot?.options).toEqual([ZH.person, ZH.goOn]);
    await say('我要人工客服');
    expect(said().at(-1)).toContain('正在为您转接人工客服');
    const { caseId } = await theCase();
    expect(await events(caseId)).toEqual(['case.botStarted', 'case.botEnded']);
    expect(station.shell.asked.filter(({ name }) => name === 'notify')).toHaveLength(1);
  });

  test('danger is handed over with the first word, and goes first', async () => {
    await say('my account was hacked, please help');
    expect(await theCase()).toMatchObject({ bot: null, priority: 'high', sla: { metric: 'first-reply' } });
  });

  test('what helped is solved without anybody', async () => {
    for (const text of ['A withdrawal takes too long', 'In review', 'today', 'yes']) await say(text);
    expect(said().at(-1)).toBe(EN.solved);
    expect(await theCase()).toMatchObject({ bot: null, status: 'solved' });
    // what comes after that is a person's
    nowMs += HOUR_MS;
    await arrived(chat('it has not come after all'));
    expect(await theCase()).toMatchObject({ bot: null, status: 'open', sla: { metric: 'next-reply' } });
  });

  test('a thought in several messages is answered once', async () => {
    channel.cut();
    await until(async () => (await station.ask('channels.list', {}))[0]?.state === 'offline', 'offline');
    const parts = ['hi', 'there is a problem', 'with something'].map((text, index) => {
      nowMs = T0 + MINUTE_MS + index * SECOND_MS;
      return chat(text);
    });
    channel.deliver(...parts);
    channel.restore();
    await station.ask('accounts.syncNow', { opId: op(), accountId: null });
    await until(() => channel.sent.length === 1, 'it answers');
    await settled();
    expect(channel.sent).toHaveLength(1);
  });

  test('tickets, groups, machines and history are people’s', async () => {
    const alone = { nativeId: 'x', handle: null, verification: 'none', facts: {} } as const;
    await arrived(chat('a ticket', { channel: 'web' }, 'a'));
    await arrived(
      chat(
        'a group',
        { channel: 'telegram', origin: { conversation: 'b', nativeKey: 'group', author: alone, isPrivate: false }, nativeKey: 'group' },
        'b',
      ),
    );
    await arrived(chat('a machine', { auto: 'auto-generated' }, 'c'));
    await arrived(chat('yesterday', { receivedAt: instant(T0 - HOUR_MS), sentAt: instant(T0 - HOUR_MS) }, 'd'));
    await settled();
    expect(channel.sent).toEqual([]);
    expect((await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 9 })).rows.map(({ bot }) => bot)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a person', () => {
  test('who takes it has it, may give it back, and every step can be undone', async () => {
    await say('hi');
    const { caseId } = await theCase();
    const opId = op();
    await station.ask('cases.takeFromBot', { opId, caseId });
    expect(await theCase()).toMatchObject({ bot: null, assigneeName: 'Ana Reis', sla: { metric: 'first-reply' } });
    expect(await station.call('cases.takeFromBot', { opId: op(), caseId })).toMatchObject({ error: { code: 'not-bots' } });
    await station.ask('cases.undo', { opId: op(), undoes: opId });
    expect(await theCase()).toMatchObject({ bot: { playbook: 'general' }, assigneeId: null });
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
    expect((await events(caseId)).filter((type) => type.startsWith('case.bot'))).toEqual([
      'case.botStarted',
      'case.botEnded',
      'case.botStarted',
      'case.botEnded',
    ]);
    const giving = op();
    await station.ask('cases.giveToBot', { opId: giving, caseId });
    expect(await station.call('cases.giveToBot', { opId: op(), caseId })).toMatchObject({ error: { code: 'already-bots' } });
    // a new time begins anew
    expect((await say('hello again'))?.text).toContain('What is it about?');
    await station.ask('cases.undo', { opId: op(), undoes: giving });
    expect((await theCase()).bot).toBeNull();
  });

  test('who answers is not talked over: what the bot had to say is never said', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    channel.answer = async (message, hooks) => {
      // the bot's words are on their way to the hand-over
      if (message.bot !== undefined) await gate;
      return channel.accept(message, hooks);
    };
    channel.deliver(chat('hi'));
    await until(() => channel.sent.length === 1, 'the bot is about to speak');
    const { caseId } = await theCase();
    const answering = reply(station, caseId, 'I am here.', 'v1@chat');
    await answering;
    expect((await theCase()).bot).toBeNull();
    release();
    await until(() => channel.sent.length === 2, 'the person has answered');
    retryNow();
    await settled();
    const messages = (await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message');
    expect(messages.map((item) => [item.auto, item.delivery?.state])).toEqual([
      ['none', undefined],
      ['none', 'sent'],
    ]);
    expect((await theCase()).sla?.metric).not.toBe('first-reply');
  });

  test('an answer by which the case was taken and that never leaves is owed all the same', async () => {
    await say('hi');
    const { caseId } = await theCase();
    channel.answer = async () => Promise.resolve({ status: 'rejected', permanent: true, code: 'refused', detail: '' });
    await reply(station, caseId, 'I am here.', 'v1@chat');
    await until(async () => (await theCase()).failedReplies === 1, 'it has failed');
    expect(await theCase()).toMatchObject({ bot: null, sla: { metric: 'first-reply' } });
  });

  test('the last word is dropped, too, when somebody has taken the case before it left', async () => {
    channel.answer = async () => Promise.resolve({ status: 'rejected', permanent: false, code: 'busy', detail: '' });
    channel.deliver(chat('my account was hacked'));
    await until(() => channel.sent.length === 1, 'the first attempt');
    const { caseId } = await theCase();
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
    channel.answer = channel.accept;
    retryNow();
    await settled();
    expect(channel.sent).toHaveLength(1);
  });
});

describe('nothing is lost', () => {
  test('with the process: what was to be said is said once, and the conversation goes on where it was', async () => {
    await say('hi');
    channel.answer = async (_message, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('the process ends')), { once: true });
      });
    const before = channel.sent.length;
    nowMs += MINUTE_MS;
    channel.deliver(chat('A withdrawal takes too long'));
    await until(() => channel.sent.length === before + 1, 'it was about to be said');
    const { folder } = station;
    await station.quit();
    channel.answer = channel.accept;
    await start(folder);
    retryNow();
    await until(() => channel.sent.length === before + 2, 'it is said after the start');
    await settled();
    const [, cut, again] = channel.sent;
    expect([again?.text, again?.clientKey]).toEqual([cut?.text, cut?.clientKey]);
    await say('failed');
    expect(said().at(-1)).toContain('which words stand beside it?');
  });

  test('with a broken file: the bot lets go, people answer, and the settings say where to look', async () => {
    await say('hi');
    const { mkdirSync, writeFileSync } = await import('node:fs');
    mkdirSync(join(station.folder, 'playbooks'));
    writeFileSync(join(station.folder, 'playbooks/general.yaml'), 'name: [');
    await say('A withdrawal takes too long');
    expect(await theCase()).toMatchObject({ bot: null, sla: { metric: 'first-reply' } });
    await arrived(chat('hi', {}, 'v2'));
    await settled();
    expect(channel.sent).toHaveLength(2);
    const { rows } = await station.ask('bot.playbooks', {});
    expect(rows.find(({ id }) => id === 'general')).toMatchObject({
      isOwn: true,
      usedBy: ['Shop'],
      problems: [{ file: 'general.yaml', line: 1 }],
    });
  });
});
