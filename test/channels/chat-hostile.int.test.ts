import { afterEach, expect, test } from 'vitest';
import { createChatConnector } from '../../src/main/engine/channels/chat/chat-connector.ts';
import { ChatIntake } from '../../src/main/engine/channels/chat/chat-intake.ts';
import { ChatSeals } from '../../src/main/engine/channels/chat/chat-seals.ts';
import { ChatVisitors } from '../../src/main/engine/channels/chat/chat-visitors.ts';
import type { ChannelConnector, ChannelEvent, ConnectorIo, Conversations, SentMessage } from '../../src/main/engine/channels/connector.ts';
import { toBase64Url } from '../../src/shared/domain/chat/chat-frames.ts';
import { PIECE_BYTES, type ChatFile, type FromVisitor } from '../../src/shared/domain/chat/chat-wire.ts';
import type { AccountId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { createHash } from 'node:crypto';
import { ChatVisitor, newSiteKeys, type SiteKeys } from './chat-visitor.ts';
import { FakeChatLine } from './memory-chat-line.ts';

/** What visitors may do to a site on purpose, and what machines do to it by accident. No hub: see FakeChatLine. */

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const signal = new AbortController().signal;
const WHO = { locale: 'en', zone: null, offsetMinutes: 0, identity: null } as const;

async function visitorOf(keys: SiteKeys): Promise<ChatVisitor> {
  // it never connects here: what it says is put into the fake
  return ChatVisitor.make({ site: 'shop', password: '', siteKey: keys.publicKey, authority: '', server: () => '' });
}

function message(id: string, text: string, files: readonly ChatFile[] = []): FromVisitor {
  return { t: 'message', id: `message-${id}`, at: 0, text, intake: null, files, ...WHO };
}

function ioOf(line: FakeChatLine, more: Partial<ConnectorIo> = {}): ConnectorIo {
  return { clock: { now: () => instant(line.now) }, log: () => {}, onHealth: () => {}, hub: () => line.link(), ...more };
}

function connectorOf(line: FakeChatLine, keys: SiteKeys, more: Partial<ConnectorIo> = {}): ChannelConnector {
  const made = createChatConnector({
    accountId: 'acc_chat' as AccountId,
    settings: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: keys.publicKey, playbook: null },
    secret: keys.privateKey,
    io: ioOf(line, more),
  });
  ends.push(async () => made[Symbol.asyncDispose]());
  return made;
}

function textsOf(events: readonly ChannelEvent[]): string[] {
  return events.flatMap((event) => (event.kind === 'message' ? [event.message.text] : []));
}

test('what could not be stored for a while is not taken for a flood when it is fetched again', async () => {
  const keys = await newSiteKeys();
  const line = new FakeChatLine();
  const chat = connectorOf(line, keys);
  const mei = await visitorOf(keys);
  for (let each = 0; each < 3; each += 1) await line.put(mei, message(String(each), `word ${String(each)}`));
  // a full disk: the same batch is fetched for minutes
  for (let tries = 0; tries < 60; tries += 1) await chat.pull(null, { maxMessages: 50, signal });
  expect(textsOf((await chat.pull(null, { maxMessages: 50, signal })).events)).toEqual(['word 0', 'word 1', 'word 2']);
  // and a flood stays one, each time it is looked at
  for (let each = 0; each < 150; each += 1) await line.put(mei, message(`flood-${String(each)}`, 'flood'));
  const counts: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    let [cursor, count]: [string | null, number] = [null, 0];
    for (let isMore = true; isMore;) {
      const batch = await chat.pull(cursor, { maxMessages: 500, signal });
      count += textsOf(batch.events).length;
      ({ cursor, more: isMore } = batch);
    }
    counts.push(count);
  }
  expect(counts).toEqual([100, 100, 100]);
});

test('what is said between the last look and the first ring is not left lying', async () => {
  const keys = await newSiteKeys();
  const line = new FakeChatLine();
  const chat = connectorOf(line, keys);
  const mei = await visitorOf(keys);
  const { cursor } = await chat.pull(null, { maxMessages: 50, signal });
  await line.put(mei, message('first', 'Anybody?'));
  const stop = new AbortController();
  let rings = 0;
  const watching = chat.watch(() => (rings += 1), stop.signal);
  await expect.poll(() => rings).toBe(1);
  expect(textsOf((await chat.pull(cursor, { maxMessages: 50, signal })).events)).toEqual(['Anybody?']);
  stop.abort();
  await watching;
});

/** Puts the pieces of a file into the stream. */
async function upload(line: FakeChatLine, mei: ChatVisitor, letter: string, bytes: Uint8Array): Promise<ChatFile> {
  const fileId = letter.repeat(24);
  const pieces = Math.ceil(bytes.length / PIECE_BYTES);
  for (let index = 0; index < pieces; index += 1) {
    const data = toBase64Url(bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
    await line.put(mei, { t: 'piece', id: `${fileId}-${String(index)}`, fileId, index, data });
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileId, name: `${letter}.bin`, type: 'image/png', size: bytes.length, sha256, pieces };
}

async function intakeOf(line: FakeChatLine, keys: SiteKeys, mostPieceBytes: number): Promise<ChatIntake> {
  const seals = await ChatSeals.make('shop', keys.privateKey);
  const conversations: Conversations = {
    sentAfter: () => [],
    standing: () => ({ with: 'nobody', name: null, backAt: null, isOffline: false, newest: null }),
    checkCode: () => null,
  };
  const visitors = new ChatVisitors({ conversations, newId: () => '', tell: () => Promise.resolve() });
  return new ChatIntake({
    site: 'shop',
    identitySecret: null,
    io: ioOf(line),
    seals: () => Promise.resolve(seals),
    visitors,
    mostPieceBytes,
  });
}

test('the files of one message may be more than is kept of pieces, and a message that names them for ever costs little', async () => {
  const keys = await newSiteKeys();
  const line = new FakeChatLine();
  const mei = await visitorOf(keys);
  const bytes = (salt: number): Uint8Array => new Uint8Array(70_000).map((_each, index) => (index * salt) % 251);
  const files = [await upload(line, mei, 'a', bytes(3)), await upload(line, mei, 'b', bytes(5)), await upload(line, mei, 'c', bytes(7))];
  await line.put(mei, message('files', 'Three files', files));
  const intake = await intakeOf(line, keys, 100_000);
  const { events, cursor } = await intake.pull(null, 50, signal);
  expect(events).toMatchObject([{ kind: 'message', files: [{ name: 'a.bin' }, { name: 'b.bin' }, { name: 'c.bin' }] }]);
  expect(events[0]).toMatchObject({ message: { warnings: [] } });
  // the same files again and again: each time the whole of what was uploaded would be read
  for (let each = 0; each < 60; each += 1) await line.put(mei, message(`again-${String(each)}`, 'Again', files));
  line.reads = 0;
  expect(textsOf((await intake.pull(cursor, 100, signal)).events)).toHaveLength(60);
  // one page each for ten of them, and the page with the messages
  expect(line.reads).toBeLessThan(12);
});

test('hello is cheap to say, and its answer is not given as often as it is said', async () => {
  const keys = await newSiteKeys();
  const line = new FakeChatLine();
  const mei = await visitorOf(keys);
  const file = { name: 'form.pdf', type: 'application/pdf', bytes: new Uint8Array(300_000) };
  const sent: SentMessage = {
    clientKey: '<m.first@shop>',
    at: instant(line.now),
    author: { kind: 'agent', name: 'Ana' },
    text: 'The form',
    options: [],
    files: () => [file],
  };
  const conversations: Conversations = {
    sentAfter: () => [sent],
    standing: () => ({ with: 'nobody', name: null, backAt: null, isOffline: false, newest: null }),
    checkCode: () => null,
  };
  const chat = connectorOf(line, keys, { conversations });
  let cursor: string | null = null;
  const round = async (): Promise<void> => {
    const batch = await chat.pull(cursor, { maxMessages: 50, signal });
    ({ cursor } = batch);
    await chat.commit?.(cursor);
  };
  for (let each = 0; each < 40; each += 1) {
    await line.put(mei, { t: 'hello', id: `hello-${String(each)}-mei`, last: null, page: '', ...WHO });
    await round();
  }
  // answered after all that was said before it
  await line.put(mei, { t: 'check', id: 'check-of-mei', code: 'ABCD' });
  await round();
  await expect.poll(() => line.published.some(({ id }) => id.startsWith('checked-'))).toBe(true);
  const told = (): number => line.published.filter(({ id }) => id.startsWith('missed-')).length;
  const early = told();
  expect(early).toBe(5);
  // who was made to wait is answered all the same
  line.now += 61_000;
  await round();
  await expect.poll(() => line.published.some(({ id }) => id.startsWith('missed-hello-39-mei'))).toBe(true);
  expect(told()).toBe(early + 1);
});

test('codes are not looked for as often as somebody likes to ask', async () => {
  const keys = await newSiteKeys();
  const line = new FakeChatLine();
  const asked: string[] = [];
  const conversations: Conversations = {
    sentAfter: () => [],
    standing: () => ({ with: 'nobody', name: null, backAt: null, isOffline: false, newest: null }),
    checkCode: (code) => {
      asked.push(code);
      return null;
    },
  };
  const chat = connectorOf(line, keys, { conversations });
  // one who asks without end, and many who ask once each
  const crowd = await Promise.all(Array.from({ length: 40 }, async () => visitorOf(keys)));
  const [first] = crowd;
  if (first === undefined) throw new Error('nobody is there');
  for (let each = 0; each < 50; each += 1) await line.put(first, { t: 'check', id: `check-a-${String(each)}`, code: 'FIRST' });
  for (const each of crowd) await line.put(each, { t: 'check', id: 'check-of-the-crowd', code: 'CROWD' });
  const { cursor } = await chat.pull(null, { maxMessages: 50, signal });
  await chat.commit?.(cursor);
  await expect.poll(() => line.published.filter(({ id }) => id.startsWith('checked-')).length).toBe(30);
  expect(asked.filter((code) => code === 'FIRST')).toHaveLength(5);
});
