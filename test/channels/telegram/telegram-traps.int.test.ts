import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeTelegram, refuse } from './fake-telegram.ts';
import { Refusal } from './bot-request.ts';
import { createTelegramConnector } from '../../../src/main/engine/channels/telegram/telegram-connector.ts';
import { checkBot } from '../../../src/main/engine/channels/telegram/check-bot.ts';
import type { ChannelConnector, ChannelEvent, OutboundMessage } from '../../../src/main/engine/channels/connector.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** What went wrong once, or nearly: things that happen at the same time, and numbers that mean something else than they did. The service is a FAKE. */

const MEI = { id: 48_211, is_bot: false, first_name: 'Mei' } as const;
const JUN = { id: 48_212, is_bot: false, first_name: 'Jun' } as const;
const GROUP = -100_123;
const FORUM = -1_001_234_567_890;
const ASK = { text: '/ask@team_support_bot when?', entities: [{ type: 'bot_command' as const, offset: 0, length: 21 }] };
const never = new AbortController().signal;
const hooks = { onHandover: () => {}, signal: never };

let fake: FakeTelegram;
let connector: ChannelConnector;
let cursor: string | null;

function connect(): ChannelConnector {
  return createTelegramConnector(
    { accountId: makeId('acc', 'bot'), botId: '7000001', name: 'Team Support', groups: 'addressed', server: fake.url, token: fake.token },
    {
      clock: { now: () => instant(fake.now()) },
      log: () => {},
      onHealth: () => {},
      timings: { pollSeconds: 1, slackMs: 1_000, requestMs: 2_000, albumMs: 30 },
    },
  );
}

beforeEach(async () => {
  fake = await FakeTelegram.start();
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

async function pull(): Promise<readonly ChannelEvent[]> {
  const events: ChannelEvent[] = [];
  for (let more = true; more;) {
    const batch = await connector.pull(cursor, { maxMessages: 50, signal: never });
    events.push(...batch.events);
    ({ cursor, more } = batch);
    await connector.commit?.(batch.cursor);
  }
  return events;
}
async function conversations(): Promise<readonly (string | undefined)[]> {
  return (await pull()).flatMap((event) => (event.kind === 'message' ? [event.message.origin?.conversation] : []));
}
let serial = 0;
function outbound(change: Partial<OutboundMessage>): OutboundMessage {
  serial += 1;
  const fixed = { subject: '', to: [], cc: [], parentKeys: [], threadToken: null, attachments: [], writtenAt: instant(0) };
  return { outboxId: makeId('out', `t-${serial}`), clientKey: `key-${serial}`, text: 'An answer.', ...fixed, ...change };
}

test('what is learnt by sending while something is fetched is not forgotten', async () => {
  fake.say(GROUP, MEI, ASK);
  const [conversation = ''] = await conversations();
  let release: () => void = () => {};
  fake.trouble('file', (response) => {
    release = () => response.writeHead(200).end('a file');
  });
  fake.say(MEI.id, MEI, { document: { ...fake.keepFile(Buffer.from('a file'), 'a.txt'), file_name: 'a.txt' } });
  const fetching = pull();
  await expect.poll(() => fake.calls.some(({ method }) => method === 'file')).toBe(true);
  expect(await connector.send(outbound({ conversation }), hooks)).toMatchObject({ status: 'sent' });
  release();
  await fetching;
  // somebody else answers our answer: it belongs to who asked
  fake.say(GROUP, JUN, { text: 'I have that, too', reply_to_message: fake.message(GROUP, fake.sent[0]?.messageIds[0] ?? 0) as never });
  expect(await conversations()).toEqual([conversation]);
});

test('a workstation that takes over knows nothing of who joined whom, and loses nobody’s words', async () => {
  fake.say(GROUP, MEI, ASK);
  const [conversation = ''] = await conversations();
  const taken = cursor;
  expect(await connector.send(outbound({ conversation }), hooks)).toMatchObject({ status: 'sent' });
  await pull();
  // the position is a workstation's own: this one was here before the answer was sent
  cursor = taken;
  await connector[Symbol.asyncDispose]();
  connector = connect();
  await connector.connect(never);
  const ours = fake.message(GROUP, fake.sent[0]?.messageIds[0] ?? 0) as never;
  fake.say(GROUP, MEI, { text: 'thank you', reply_to_message: ours });
  fake.say(GROUP, JUN, { text: 'I have that, too', reply_to_message: ours });
  // who asked stays in their conversation; who joined it begins one of their own, and is answered there
  expect(await conversations()).toEqual([conversation, `g:${GROUP}:0:${JUN.id}`]);
  expect(await pull()).toEqual([]);
});

test('in a group that has moved nobody else’s message is answered: numbers begin anew there', async () => {
  fake.say(GROUP, MEI, ASK);
  const [event] = await pull();
  const asked = event?.kind === 'message' ? event.message : null;
  fake.migrate(GROUP, FORUM, JUN);
  fake.say(FORUM, JUN, { text: 'something else' });
  const to = { conversation: asked?.origin?.conversation ?? '', inReplyTo: asked?.nativeKey ?? '' };
  // told by the refusal first, and known before the second
  fake.keepsLimits = false;
  for (let times = 0; times < 2; times += 1) expect(await connector.send(outbound(to), hooks)).toMatchObject({ status: 'sent' });
  expect(fake.sent.map(({ chat, answers }) => [chat, answers])).toEqual([
    [FORUM, null],
    [FORUM, null],
  ]);
  fake.say(FORUM, MEI, ASK);
  const again = (await pull()).flatMap((each) => (each.kind === 'message' ? [each.message] : [])).at(-1);
  await connector.send(outbound({ ...to, inReplyTo: again?.nativeKey ?? '' }), hooks);
  expect(fake.sent.at(-1)?.answers).toBe(Number(again?.nativeKey.split('/')[1]));
});

test('words that were changed to name the bot are heard', async () => {
  fake.hasPrivacyMode = false;
  const { message_id: id } = fake.say(GROUP, MEI, { text: 'when does it come?' });
  expect(await pull()).toEqual([]);
  fake.edit(GROUP, id, { text: '@team_support_bot when does it come?', entities: [{ type: 'mention', offset: 0, length: 17 }] });
  expect(await pull()).toMatchObject([
    { kind: 'message', message: { text: '@team_support_bot when does it come?', nativeKey: `${GROUP}/${id}` } },
    { kind: 'edited', remoteRef: `${GROUP}/${id}` },
  ]);
  fake.edit(GROUP, id, { text: 'never mind', entities: [] });
  expect(await pull()).toMatchObject([{ kind: 'edited', text: 'never mind' }]);
});

test('a token goes nowhere without TLS but within one’s own network', async () => {
  const settings = { kind: 'telegram', botId: '7000001', username: '', name: 'x', groups: 'none', playbook: null } as const;
  const answer = await checkBot({ ...settings, server: 'http://bots.example.com' }, fake.token, never);
  expect(answer).toEqual({ ok: false, code: 'tls-required', detail: 'tls-required' });
  expect(await checkBot({ ...settings, server: fake.url }, fake.token, never)).toMatchObject({ ok: true });
});

test('a service that has enough of what is shown on the side is not written to either', async () => {
  fake.trouble('action', (response) => refuse(response, new Refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 })));
  connector.typing?.(`p:${MEI.id}`, true, 'Ana');
  await expect.poll(() => fake.calls.some(({ method }) => method === 'sendChatAction')).toBe(true);
  const tried = async (): Promise<unknown> => connector.send(outbound({ conversation: `p:${MEI.id}` }), hooks);
  await expect.poll(tried).toMatchObject({ status: 'rejected', permanent: false, code: 'rate-limited' });
  expect(fake.sent.length).toBeLessThan(2);
});

test('a service that does not say how long is asked again after a while', async () => {
  fake.trouble('pull', (response) => refuse(response, new Refusal(429, 'Too Many Requests')));
  const begun = fake.now();
  const error: unknown = await connector.pull(null, { maxMessages: 1, signal: never }).catch((each: unknown) => each);
  expect(error).toMatchObject({ code: 'rate-limited', retryable: true });
  const retryAt = error instanceof Error && 'retryAt' in error ? Number(error.retryAt) : 0;
  expect(retryAt - begun).toBeGreaterThanOrEqual(5_000);
  expect(retryAt - begun).toBeLessThan(10_000);
});

test('files of up to 20 MiB come, as the service means its 20 MB, and what it says is too large ends there', async () => {
  const bytes = Buffer.alloc(20 * 1024 * 1024);
  fake.say(MEI.id, MEI, { document: { ...fake.keepFile(bytes, 'film.mp4'), file_name: 'film.mp4' } });
  const [event] = await pull();
  expect(event?.kind === 'message' ? [event.message.text, event.files?.[0]?.bytes.length] : null).toEqual(['', bytes.length]);
  fake.trouble('send', (response) => refuse(response, new Refusal(413, 'Request Entity Too Large')));
  expect(await connector.send(outbound({ conversation: `p:${MEI.id}` }), hooks)).toMatchObject({
    status: 'rejected',
    permanent: true,
    code: 'file-too-large',
  });
});
