import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeTelegram, refuse } from './fake-telegram.ts';
import { Refusal } from './bot-request.ts';
import { createTelegramConnector } from '../../../src/main/engine/channels/telegram/telegram-connector.ts';
import type {
  ChannelConnector,
  ChannelEvent,
  ConnectorError,
  Health,
  KnownMessages,
  OutboundMessage,
} from '../../../src/main/engine/channels/connector.ts';
import { checkBot, removeWebhook } from '../../../src/main/engine/channels/telegram/check-bot.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../src/shared/domain/message.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** What is Telegram's own; what every channel has to keep is asked by the conformance kit. The service is a FAKE. */

const MEI = { id: 48_211, is_bot: false, first_name: 'Mei', last_name: 'Chen', username: 'mei_c', language_code: 'zh-hans' } as const;
const JUN = { id: 48_212, is_bot: false, first_name: 'Jun' } as const;
const GROUP = -100_123;
const FORUM = -1_001_234_567_890;
const never = new AbortController().signal;

let fake: FakeTelegram;
let connector: ChannelConnector;
let cursor: string | null;
let logged: string[];
let health: Health[];

function connect(groups: 'addressed' | 'all' | 'none' = 'addressed', fence?: () => number | null, known?: KnownMessages): ChannelConnector {
  return createTelegramConnector(
    { accountId: makeId('acc', 'bot'), botId: '7000001', name: 'Team Support', groups, server: fake.url, token: fake.token },
    {
      clock: { now: () => instant(fake.now()) },
      log: (level, message, fields) => logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
      onHealth: (each) => health.push(each),
      timings: { pollSeconds: 1, slackMs: 1_000, requestMs: 2_000, albumMs: 30 },
      ...(fence === undefined ? {} : { fence }),
      ...(known === undefined ? {} : { known }),
    },
  );
}

beforeEach(async () => {
  fake = await FakeTelegram.start();
  logged = [];
  health = [];
  cursor = null;
  fake.privateChat(MEI);
  fake.privateChat(JUN);
  fake.group(GROUP, 'Traders');
  connector = connect();
  await connector.connect(never);
});
afterEach(async () => {
  await connector[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

async function pull(maxMessages = 50): Promise<readonly ChannelEvent[]> {
  const events: ChannelEvent[] = [];
  for (let more = true; more;) {
    const batch = await connector.pull(cursor, { maxMessages, signal: never });
    events.push(...batch.events);
    ({ cursor, more } = batch);
    await connector.commit?.(batch.cursor);
  }
  return events;
}
async function messages(): Promise<readonly NormalizedMessage[]> {
  return (await pull()).flatMap((event) => (event.kind === 'message' ? [event.message] : []));
}
async function only(): Promise<NormalizedMessage> {
  const [message, ...others] = await messages();
  if (message === undefined || others.length > 0)
    throw new Error(`one message was expected, not ${others.length + (message === undefined ? 0 : 1)}`);
  return message;
}
let serial = 0;
function outbound(change: Partial<OutboundMessage>): OutboundMessage {
  serial += 1;
  return {
    outboxId: makeId('out', `t-${serial}`),
    clientKey: `key-${serial}`,
    subject: '',
    to: [],
    cc: [],
    text: 'An answer.',
    parentKeys: [],
    threadToken: null,
    attachments: [],
    writtenAt: instant(0),
    conversation: `p:${MEI.id}`,
    ...change,
  };
}
const hooks = { onHandover: () => {}, signal: never };
const reachable = (text: string): { text: string; entities: { type: 'mention'; offset: number; length: number }[] } => ({
  text: `@team_support_bot ${text}`,
  entities: [{ type: 'mention', offset: 0, length: 17 }],
});

describe('receiving', () => {
  test('who writes is known by the number that never changes, and shown by the name that they chose', async () => {
    fake.say(MEI.id, MEI, { text: '提现还没到账' });
    const message = await only();
    expect(message).toMatchObject({
      channel: 'telegram',
      from: { address: '48211@telegram', name: 'Mei Chen' },
      text: '提现还没到账',
      nativeKey: '48211/1',
      thread: { parentKeys: ['conv:p:48211'], ownKey: null },
      auto: 'none',
      origin: {
        conversation: 'p:48211',
        isPrivate: true,
        author: { nativeId: '48211', handle: '@mei_c', verification: 'platform', facts: { 'telegram.language': 'zh-hans' } },
      },
    });
    expect(message.answerHints).toMatchObject({ from: ['48211@telegram'], returnPath: null });
  });

  test('a forwarded message is somebody else’s word, and says so', async () => {
    fake.say(MEI.id, MEI, { text: 'Send your phrase here', forward_origin: { type: 'user', date: 1, sender_user: JUN } });
    expect(await only()).toMatchObject({
      text: '[Forwarded from Jun]\nSend your phrase here',
      warnings: ['forwarded'],
      origin: { author: { nativeId: '48211', facts: { forwarded: 'user 48212 (Jun)' } } },
    });
  });

  test('nothing is confirmed before it was stored', async () => {
    fake.say(MEI.id, MEI, { text: 'one' });
    const batch = await connector.pull(null, { maxMessages: 5, signal: never });
    expect(fake.waitingUpdates).toBe(1);
    // the engine went down here: the same comes again
    expect((await connector.pull(null, { maxMessages: 5, signal: never })).events).toEqual(batch.events);
    await connector.commit?.(batch.cursor);
    expect(fake.waitingUpdates).toBe(1);
    await connector.pull(batch.cursor, { maxMessages: 5, signal: never });
    expect(fake.waitingUpdates).toBe(0);
  });

  test('an album is one message with its files, whatever was said in between', async () => {
    const file = (name: string): Record<string, unknown> => ({
      media_group_id: 'a1',
      document: { ...fake.keepFile(Buffer.from(name), name), file_name: name },
    });
    fake.say(MEI.id, MEI, file('one.txt'));
    fake.say(JUN.id, JUN, { text: 'in between' });
    fake.say(MEI.id, MEI, { ...file('two.txt'), caption: 'Both receipts' });
    const events = await pull(1);
    expect(events.map((event) => (event.kind === 'message' ? [event.message.text, event.files?.map(({ name }) => name)] : []))).toEqual([
      ['Both receipts', ['one.txt', 'two.txt']],
      ['in between', []],
    ]);
    expect(await pull()).toEqual([]);
  });

  test('pictures of an album that come late are waited for', async () => {
    fake.say(MEI.id, MEI, { media_group_id: 'a2', caption: 'Three', document: fake.keepFile(Buffer.from('1'), '1') });
    const pulling = pull();
    await new Promise((resolve) => setTimeout(resolve, 10));
    fake.say(MEI.id, MEI, { media_group_id: 'a2', document: fake.keepFile(Buffer.from('2'), '2') });
    const [event] = await pulling;
    expect(event?.kind === 'message' ? event.files?.length : 0).toBe(2);
  });

  test('a file that is too large for bots is named, and one that fails for good does not stop the channel', async () => {
    fake.say(MEI.id, MEI, { document: { ...fake.keepFile(Buffer.from('x'), 'big.mp4'), file_name: 'big.mp4', file_size: 31_200_000 } });
    fake.say(MEI.id, MEI, {
      caption: 'a log',
      document: { ...fake.keepFile(Buffer.from('x'), 'a'), file_id: 'unknown', file_name: 'a.log' },
    });
    fake.say(MEI.id, MEI, { text: 'after it' });
    expect((await messages()).map(({ text }) => text)).toEqual([
      '[File big.mp4, 31.2 MB: Telegram gives bots files up to 20 MB only. Ask for it by another way.]',
      'a log\n[File a.log, 0.0 MB: it could not be fetched.]',
      'after it',
    ]);
  });

  test('what is no text can be read', async () => {
    const sticker = {
      emoji: '😀',
      file_id: 's',
      file_unique_id: 's',
      type: 'regular',
      width: 1,
      height: 1,
      is_animated: false,
      is_video: false,
    };
    for (const fields of [
      { sticker },
      { location: { latitude: 59.329_3, longitude: 18.068_6 } },
      { contact: { phone_number: '+46700000000', first_name: 'Jun' } },
      { voice: { ...fake.keepFile(Buffer.from('v'), 'v.ogg'), duration: 72 } },
      { text: 'our site', entities: [{ type: 'text_link', offset: 4, length: 4, url: 'https://evil.example/' }] },
      { rich_message: { blocks: [{ type: 'paragraph', text: ['A ', { type: 'bold', text: 'bold' }, ' word'] }] } },
      { hologram: { size: 3 } },
    ])
      fake.say(MEI.id, MEI, fields as Parameters<FakeTelegram['say']>[2]);
    expect((await messages()).map(({ text }) => text)).toEqual([
      '[Sticker 😀]',
      '[Location: 59.32930, 18.06860]',
      '[Contact: Jun, +46700000000]',
      '[Voice message, 1:12]',
      'our site (https://evil.example/)',
      'A bold word',
      '[A message of a kind that can not be shown: hologram]',
    ]);
  });

  test('edits are told with the time of the edit, and a live location that moves is none', async () => {
    const { message_id: id } = fake.say(MEI.id, MEI, { text: 'before' });
    fake.edit(MEI.id, id, { text: 'after' });
    const { message_id: moving } = fake.say(MEI.id, MEI, { location: { latitude: 1, longitude: 2, live_period: 900 } });
    fake.edit(MEI.id, moving, { location: { latitude: 1.5, longitude: 2, live_period: 900 } });
    const events = await pull();
    expect(events.map(({ kind }) => kind)).toEqual(['message', 'edited', 'message']);
    expect(events[1]).toMatchObject({ remoteRef: '48211/1', text: 'after' });
  });

  test('after a week of silence numbers may begin anew below ours, and nothing is lost', async () => {
    fake.say(MEI.id, MEI, { text: 'before' });
    await pull();
    await pull();
    const week = 8 * 86_400_000;
    fake.now = () => Date.now() + week;
    fake.restartNumbers();
    fake.say(MEI.id, MEI, { text: 'after the holidays' });
    expect((await only()).text).toBe('after the holidays');
  });
});

describe('groups', () => {
  test('with privacy mode only what is meant for the bot comes, and each member has a conversation', async () => {
    fake.say(GROUP, MEI, { text: 'chatter' });
    fake.say(GROUP, MEI, { text: '/status@team_support_bot', entities: [{ type: 'bot_command', offset: 0, length: 24 }] });
    expect(await only()).toMatchObject({ origin: { conversation: 'g:-100123:0:48211', isPrivate: false, isSummon: true } });
  });

  test.each([
    ['addressed', ['g:-100123:0:48211', 'g:-100123:0:48212']],
    ['all', ['g:-100123:0:48211', 'g:-100123:0:48212', 'g:-100123:0:48211']],
    ['none', []],
  ] as const)('a bot that sees all takes what the setting says: %s', async (groups, conversations) => {
    fake.hasPrivacyMode = false;
    await connector[Symbol.asyncDispose]();
    connector = connect(groups);
    await connector.connect(never);
    const first = fake.say(GROUP, MEI, reachable('help'));
    fake.say(GROUP, JUN, reachable('me too'));
    // whoever answers somebody else speaks in their conversation
    fake.say(GROUP, JUN, { text: 'same here', reply_to_message: { ...first, reply_to_message: undefined } as never });
    expect((await messages()).map(({ origin }) => origin?.conversation)).toEqual(conversations);
  });

  test('whoever answers our answer joins its conversation, also after a new start', async () => {
    fake.say(GROUP, MEI, { text: '/ask@team_support_bot when?', entities: [{ type: 'bot_command', offset: 0, length: 21 }] });
    const asked = await only();
    const target = { conversation: asked.origin?.conversation ?? '', inReplyTo: asked.nativeKey };
    expect(await connector.send(outbound(target), hooks)).toMatchObject({ status: 'sent' });
    expect(fake.sent).toMatchObject([{ chat: GROUP, answers: 1, text: 'An answer.' }]);
    await pull();
    await connector[Symbol.asyncDispose]();
    connector = connect();
    await connector.connect(never);
    const ours = fake.message(GROUP, fake.sent[0]?.messageIds[0] ?? 0);
    fake.say(GROUP, JUN, { text: 'I have that, too', reply_to_message: ours as never });
    expect(await only()).toMatchObject({ from: { address: '48212@telegram' }, origin: { conversation: 'g:-100123:0:48211' } });
  });

  /** Another workstation holds the account from now on: it has the team's messages, and nothing of where we were among the updates. */
  async function handOver(known: Readonly<Record<string, string>>): Promise<void> {
    await connector[Symbol.asyncDispose]();
    cursor = null;
    connector = connect('addressed', undefined, {
      conversationOf: (ref) => known[ref] ?? null,
      conversationBelow: (prefix) => Object.entries(known).find(([ref]) => ref.startsWith(prefix))?.[1] ?? null,
    });
    await connector.connect(never);
  }

  /** What was not confirmed before comes again. */
  const newest = async (): Promise<NormalizedMessage | undefined> => (await messages()).at(-1);

  test('whoever answers our answer joins its conversation where another workstation sent it', async () => {
    fake.say(GROUP, MEI, reachableCommand());
    const asked = await only();
    const sent = await connector.send(outbound({ conversation: asked.origin?.conversation ?? '', inReplyTo: asked.nativeKey }), hooks);
    await pull();
    const number = fake.sent[0]?.messageIds[0] ?? 0;
    expect(sent).toMatchObject({ status: 'sent', refs: [`${GROUP}/${number}`] });
    await handOver({ [`${GROUP}/${number}`]: asked.origin?.conversation ?? '' });
    const answer = fake.say(GROUP, JUN, { text: 'I have that, too', reply_to_message: fake.message(GROUP, number) as never });
    expect(await newest()).toMatchObject({ from: { address: '48212@telegram' }, origin: { conversation: 'g:-100123:0:48211' } });
    // and so does who answers them, after the next change
    await handOver({ [`${GROUP}/${answer.message_id}`]: 'g:-100123:0:48211' });
    fake.say(
      GROUP,
      { ...JUN, id: 48_213 },
      { ...reachableCommand(), reply_to_message: { ...answer, reply_to_message: undefined } as never },
    );
    expect(await newest()).toMatchObject({ from: { address: '48213@telegram' }, origin: { conversation: 'g:-100123:0:48211' } });
  });

  test('what is told of another chat leads no answer away', async () => {
    fake.say(GROUP, MEI, reachableCommand());
    const asked = await only();
    await connector.send(outbound({ conversation: asked.origin?.conversation ?? '' }), hooks);
    await pull();
    const number = fake.sent[0]?.messageIds[0] ?? 0;
    await handOver({ [`${GROUP}/${number}`]: 'g:-100999:0:48211' });
    fake.say(GROUP, JUN, { text: 'I have that, too', reply_to_message: fake.message(GROUP, number) as never });
    expect(await newest()).toMatchObject({ origin: { conversation: 'g:-100123:0:48212' } });
  });

  test('a supergroup keeps its conversations where another workstation was told of its move', async () => {
    fake.say(GROUP, MEI, reachableCommand());
    const { origin } = await only();
    fake.migrate(GROUP, FORUM, JUN);
    fake.say(FORUM, MEI, reachableCommand());
    const [moved] = await messages();
    // the next question confirms it: the service tells nobody again
    await pull();
    await handOver({ [moved?.nativeKey ?? '']: moved?.origin?.conversation ?? '' });
    fake.say(FORUM, JUN, reachableCommand());
    expect((await newest())?.origin?.conversation).toBe('g:-100123:0:48212');
    expect(await connector.send(outbound({ conversation: origin?.conversation ?? '' }), hooks)).toMatchObject({ status: 'sent' });
    expect(fake.sent).toMatchObject([{ chat: FORUM }]);
  });

  test('topics are conversations of their own, and are answered where they are', async () => {
    fake.group(FORUM, 'Forum', [7]);
    fake.say(FORUM, MEI, { ...reachableCommand(), is_topic_message: true, message_thread_id: 7 });
    const asked = await only();
    expect(asked.origin?.conversation).toBe(`g:${FORUM}:7:48211`);
    await connector.send(outbound({ conversation: asked.origin?.conversation ?? '' }), hooks);
    expect(fake.sent).toMatchObject([{ chat: FORUM, topic: 7 }]);
  });

  test('a group that becomes a supergroup keeps its conversations, both ways', async () => {
    fake.say(GROUP, MEI, reachableCommand());
    const { origin } = await only();
    fake.migrate(GROUP, FORUM, JUN);
    // not told yet: the refusal says where the group has gone
    expect(await connector.send(outbound({ conversation: origin?.conversation ?? '' }), hooks)).toMatchObject({ status: 'sent' });
    expect(fake.sent).toMatchObject([{ chat: FORUM }]);
    fake.say(FORUM, MEI, reachableCommand());
    expect((await messages()).map((each) => each.origin?.conversation)).toEqual([origin?.conversation]);
  });

  test('machines are marked', async () => {
    fake.hasPrivacyMode = false;
    fake.say(GROUP, { id: 99, is_bot: true, first_name: 'Helper', username: 'helper_bot' }, reachable('beep'));
    expect(await only()).toMatchObject({ auto: 'auto-generated', origin: { author: { facts: { 'telegram.is-bot': 'true' } } } });
  });
});

function reachableCommand(): { text: string; entities: { type: 'bot_command'; offset: number; length: number }[] } {
  return { text: '/ask@team_support_bot', entities: [{ type: 'bot_command', offset: 0, length: 21 }] };
}

describe('commands', () => {
  test('/start and /help are answered in the customer’s language once they are stored, and are no case', async () => {
    fake.say(MEI.id, MEI, { text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] });
    const batch = await connector.pull(null, { maxMessages: 5, signal: never });
    expect(batch.events).toEqual([]);
    expect(fake.sent).toEqual([]);
    await connector.commit?.(batch.cursor);
    await expect.poll(() => fake.sent.length).toBe(1);
    expect(fake.sent[0]?.text).toMatch(/^这里是 Team Support/u);
  });

  test('a link that opened the chat is told', async () => {
    fake.say(MEI.id, MEI, { text: '/start order_42', entities: [{ type: 'bot_command', offset: 0, length: 6 }] });
    expect((await only()).text).toBe('[Opened with the link code order_42]');
  });
});

describe('sending', () => {
  const PNG = Buffer.from('\u0089PNG fake', 'latin1');

  test('files go with the text, as pictures where they are', async () => {
    const file = { name: 'a "b"; c.txt', type: 'text/plain', bytes: Buffer.from('file') };
    const picture = { name: 'a.png', type: 'image/png', bytes: PNG };
    const others = [1, 2].map((id) => fake.privateChat({ ...JUN, id }));
    await connector.send(outbound({ text: 'See it', attachments: [file] }), hooks);
    await connector.send(outbound({ text: 'See both', attachments: [picture, picture], conversation: `p:${JUN.id}` }), hooks);
    await connector.send(outbound({ text: 'Mixed', attachments: [picture, file], conversation: `p:${others[0]}` }), hooks);
    await connector.send(outbound({ text: 'x'.repeat(2_000), attachments: [file], conversation: `p:${others[1]}` }), hooks);
    expect(fake.sent.map(({ method, text, files }) => [method, text.slice(0, 10), files.map(({ name }) => name)])).toEqual([
      ['sendDocument', 'See it', ['a _b__ c.txt']],
      ['sendMediaGroup', 'See both', ['a.png', 'a.png']],
      ['sendMediaGroup', 'Mixed', ['a.png', 'a _b__ c.txt']],
      ['sendMessage', 'xxxxxxxxxx', []],
      ['sendDocument', '', ['a _b__ c.txt']],
    ]);
    expect(fake.sent[0]?.files[0]?.bytes.toString()).toBe('file');
  });

  test('a picture that the service can not take goes as a file', async () => {
    const broken = { name: 'odd.png', type: 'image/png', bytes: Buffer.from('no picture') };
    expect(await connector.send(outbound({ attachments: [broken] }), hooks)).toMatchObject({ status: 'sent' });
    expect(fake.sent.map(({ method }) => method)).toEqual(['sendDocument']);
  });

  test('who has blocked us is a reason that stays', async () => {
    fake.block(MEI.id);
    expect(await connector.send(outbound({}), hooks)).toMatchObject({ status: 'rejected', permanent: true, code: 'blocked-by-customer' });
    expect(await connector.send(outbound({ conversation: 'p:999' }), hooks)).toMatchObject({ code: 'chat-not-found', permanent: true });
  });

  test('one message a second in a chat is kept; 20 a minute in a group wait in the outbox', async () => {
    const begun = Date.now();
    for (const text of ['one', 'two']) expect(await connector.send(outbound({ text }), hooks)).toMatchObject({ status: 'sent' });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(990);
    let at = Date.now();
    fake.now = () => at;
    for (let index = 0; index < 20; index += 1) {
      fake.keepsLimits = false;
      at += 1_000;
      expect(await connector.send(outbound({ conversation: `g:${GROUP}:0:48211` }), hooks)).toMatchObject({ status: 'sent' });
    }
    at += 1_000;
    const sent = fake.sent.length;
    expect(await connector.send(outbound({ conversation: `g:${GROUP}:0:48212` }), hooks)).toMatchObject({
      status: 'rejected',
      permanent: false,
      code: 'rate-limited',
      retryAt: at + 40_000,
    });
    expect(fake.sent.length).toBe(sent);
    expect(health.at(-1)?.budget).toMatchObject({ limit: 30 });
  });

  test('a refusal after the words were delivered is unclear, and never sent again', async () => {
    fake.trouble('send', (response) => refuse(response, new Refusal(413, 'Request Entity Too Large')), 0);
    const file = { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('a') };
    const sending = connector.send(outbound({ text: 'y'.repeat(1_500), attachments: [file] }), hooks);
    await expect.poll(() => fake.sent.length).toBe(1);
    fake.block(MEI.id);
    expect(await sending).toMatchObject({ status: 'unknown' });
  });

  test('that somebody types is shown at most every four seconds', async () => {
    connector.typing?.(`p:${MEI.id}`, true, 'Ana');
    connector.typing?.(`p:${MEI.id}`, true, 'Ana');
    connector.typing?.('nothing', true, 'Ana');
    await expect.poll(() => fake.actions).toEqual([{ chat: MEI.id, action: 'typing' }]);
  });
});

describe('one poller', () => {
  async function failure(work: Promise<unknown>): Promise<ConnectorError> {
    return work.then(
      () => {
        throw new Error('it did not fail');
      },
      (error: unknown) => error as ConnectorError,
    );
  }

  test('another one that takes over is told and not fought', async () => {
    await pull();
    const watching = failure(connector.watch(() => {}, never));
    await expect.poll(() => fake.calls.filter(({ method }) => method === 'getUpdates').length).toBe(2);
    const other = connect();
    await other.connect(never);
    await other.pull(null, { maxMessages: 1, signal: never });
    expect(await watching).toMatchObject({ code: 'other-poller', health: 'down', retryable: false });
    await other[Symbol.asyncDispose]();
  });

  test('without the lease nothing is asked, and what was asked under an older one is not handed on', async () => {
    let fence: number | null = null;
    const owned = connect('addressed', () => fence);
    const before = fake.calls.length;
    expect(await failure(owned.pull(null, { maxMessages: 1, signal: never }))).toMatchObject({ code: 'not-holder' });
    expect(fake.calls.length).toBe(before);
    fence = 3;
    fake.say(MEI.id, MEI, { text: 'for whoever holds it' });
    fake.trouble('pull', (response) => {
      fence = 4;
      refuse(response, new Refusal(429, 'Too Many Requests', { retry_after: 0 }));
    });
    await failure(owned.pull(null, { maxMessages: 1, signal: never }));
    const pulling = failure(owned.pull(null, { maxMessages: 1, signal: never }));
    fence = 5;
    expect(await pulling).toMatchObject({ code: 'not-holder' });
    expect(fake.waitingUpdates).toBe(1);
    await owned[Symbol.asyncDispose]();
  });

  test('a webhook is told with its host, and taken away when a person wants that', async () => {
    const settings = {
      kind: 'telegram',
      botId: '7000001',
      username: '',
      name: 'Team',
      groups: 'addressed',
      server: fake.url,
      playbook: null,
    } as const;
    fake.webhook = 'https://hooks.example.com/secret-path';
    expect(await checkBot(settings, fake.token, never)).toEqual({ ok: false, code: 'webhook-set', detail: 'hooks.example.com' });
    expect(await failure(connector.connect(never))).toMatchObject({ code: 'webhook-set' });
    await removeWebhook(settings, fake.token, never);
    expect(await checkBot(settings, fake.token, never)).toMatchObject({
      ok: true,
      settings: { botId: '7000001', username: 'team_support_bot' },
    });
    // a new one is called what customers see, and greets by that name
    expect(await checkBot({ ...settings, name: '-' }, fake.token, never)).toMatchObject({ settings: { name: 'Team Support' } });
    expect(await checkBot(settings, fake.token, never)).toMatchObject({ settings: { name: 'Team' } });
    expect(await checkBot(settings, `${fake.token}x`, never)).toMatchObject({ ok: false, code: 'wrong-token' });
    expect(await checkBot(settings, 'no token', never)).toMatchObject({ ok: false, code: 'not-a-token' });
  });
});
