import { webcrypto } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { channelConnector } from '../../src/main/engine/channels/channel-connector.ts';
import { createChatConnector } from '../../src/main/engine/channels/chat/chat-connector.ts';
import type { ChannelConnector, ChannelEvent, ConnectorIo, OutboundMessage } from '../../src/main/engine/channels/connector.ts';
import { createInlineParser } from '../../src/main/engine/channels/email/parse-pool.ts';
import { inviteLink } from '../../src/main/engine/team/hub-invite.ts';
import { runGateway, type GatewayStatus } from '../../src/main/gateway/gateway.ts';
import { readSettings } from '../../src/main/gateway/gateway-settings.ts';
import { askGateway } from '../../src/main/gateway/gateway-socket.ts';
import { readChatSecret, siteKeyText } from '../../src/main/engine/channels/chat/chat-secret.ts';
import { ConnectorError } from '../../src/main/engine/channels/connector.ts';
import { CHAT_STREAM } from '../../src/main/engine/team/hub-names.ts';
import { LogUnavailable } from '../../src/main/engine/team/team-log.ts';
import { createHubLink, type LocalHubLink } from '../../src/main/engine/team/create-hub-link.ts';
import { addUser, setUpStreams } from '../../src/main/hub/hub.ts';
import { readState } from '../../src/main/hub/hub-folder.ts';
import type { AccountId, CaseId, OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { op, until } from '../engine/workstation.ts';
import { eventually, TestHub } from '../hub/hub-server.ts';
import { Relay } from '../hub/relay.ts';
import { fromBase64Url, sealFrame } from '../../src/shared/domain/chat/chat-frames.ts';
import { sealInfo } from '../../src/shared/domain/chat/chat-seal.ts';
import { chatSubject, type FromVisitor } from '../../src/shared/domain/chat/chat-wire.ts';
import { webSealing } from '../../src/shared/domain/chat/web-sealing.ts';
import { joinHub, startRealStation, type RealStation } from '../team/real-station.ts';
import { ChatVisitor, newSiteKeys, type SiteKeys, type VisitorOptions } from './chat-visitor.ts';

const clock = { now: () => instant(Date.now()) };
const ACCOUNT = 'acc_chat' as AccountId;

let hub: TestHub;
let keys: SiteKeys;
let password = '';
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  hub = await TestHub.start({
    users: [
      { name: 'gate', role: 'gateway' },
      { name: 'ana', role: 'lead' },
      { name: 'bo', role: 'agent' },
    ],
  });
  // a site that comes while the hub runs
  await addUser(hub.folder.root, { name: 'shop', role: 'widget', holdsChannels: false, agentId: null });
  password = (await readState(hub.folder)).users.find(({ name }) => name === 'shop')?.password ?? '';
  keys = await newSiteKeys();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

async function link(user = 'gate', servers: readonly string[] = hub.inviteOf(user).servers): Promise<LocalHubLink> {
  const invite = { ...hub.inviteOf(user), servers };
  const made = createHubLink({ invite, workstation: `ws_${user}`, run: '1', clock, log: () => {}, random: () => 0 });
  ends.push(async () => made[Symbol.asyncDispose]());
  await eventually(async () => {
    if (made.state().state !== 'online') throw new Error(JSON.stringify(made.state()));
    return Promise.resolve();
  });
  return made;
}

function connector(of: LocalHubLink, more: Partial<ConnectorIo> = {}, secret = keys.privateKey): ChannelConnector {
  const made = createChatConnector({
    accountId: ACCOUNT,
    settings: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: keys.publicKey, playbook: null },
    secret,
    io: { clock, log: () => {}, onHealth: () => {}, hub: () => of, ...more },
  });
  ends.push(async () => made[Symbol.asyncDispose]());
  return made;
}

async function visitor(more: Partial<VisitorOptions> = {}): Promise<ChatVisitor> {
  const { servers, authority } = hub.inviteOf('gate');
  const made = await ChatVisitor.make({
    site: 'shop',
    password,
    siteKey: keys.publicKey,
    authority,
    server: () => servers[0] ?? '',
    ...more,
  });
  ends.push(async () => made[Symbol.asyncDispose]());
  return made;
}

const signal = new AbortController().signal;

/** Everything that is there, as the engine would fetch it. */
async function pullAll(from: ChannelConnector, start: string | null = null): Promise<{ events: ChannelEvent[]; cursor: string | null }> {
  const events: ChannelEvent[] = [];
  let cursor = start;
  for (;;) {
    const batch = await from.pull(cursor, { maxMessages: 50, signal });
    events.push(...batch.events);
    cursor = batch.cursor;
    await from.commit?.(cursor);
    if (!batch.more) return { events, cursor };
  }
}

function texts(events: readonly ChannelEvent[]): string[] {
  return events.flatMap((event) => (event.kind === 'message' ? [event.message.text] : []));
}

let sends = 0;
function answer(to: ChatVisitor, text: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
  sends += 1;
  return {
    outboxId: `out_${String(sends)}` as OutboxId,
    clientKey: `<m.${String(sends)}abcdef@shop>`,
    subject: '',
    to: [],
    cc: [],
    text,
    parentKeys: [],
    threadToken: null,
    attachments: [],
    conversation: to.conversation,
    authorName: 'Ana',
    writtenAt: clock.now(),
    ...more,
  };
}

const hooks = { signal, onHandover: () => {} };

test('a message in, an answer out', async () => {
  const chat = connector(await link());
  await chat.connect(signal);
  const mei = await visitor();
  await mei.say('Where is my parcel?');
  const { events } = await pullAll(chat);
  expect(events).toMatchObject([
    {
      kind: 'message',
      message: {
        channel: 'chat',
        text: 'Where is my parcel?',
        from: { address: `${mei.name}@chat` },
        origin: { conversation: mei.conversation },
      },
    },
  ]);
  expect(await chat.send(answer(mei, 'On its way.'), hooks)).toMatchObject({ status: 'sent' });
  await expect.poll(() => mei.messages).toMatchObject([{ text: 'On its way.', author: { kind: 'agent', name: 'Ana' } }]);
});

/** A relay in front of the hub, whose connections a test cuts. */
async function relay(): Promise<Relay> {
  const made = await Relay.start((await readState(hub.folder)).port);
  ends.push(async () => made[Symbol.asyncDispose]());
  return made;
}

test('whatever is cut, each word arrives once and in order: requests and answers, of visitors and of the team', async () => {
  const [outside, inside] = [await relay(), await relay()];
  const through = await link('gate', [`tls://127.0.0.1:${String(inside.port)}`]);
  const chat = connector(through);
  const mei = await visitor({ server: () => `tls://127.0.0.1:${String(outside.port)}` });
  await mei.connect();
  const seen: string[] = [];
  let cursor: string | null = null;
  const online = async (): Promise<void> => until(() => Promise.resolve(through.state().state === 'online'), 'the link is back');
  const pull = async (): Promise<void> => {
    for (;;) {
      try {
        const found = await pullAll(chat, cursor);
        seen.push(...texts(found.events).filter((text) => text.startsWith('visitor ')));
        cursor = found.cursor;
        return;
      } catch (error) {
        if (!(error instanceof ConnectorError) || !error.retryable) throw error;
        await online();
      }
    }
  };
  /** Asked again when the link is back, as the outbox asks. */
  const reconciled = async (clientKey: string): Promise<string | undefined> => {
    for (;;) {
      try {
        return await chat.reconcile(clientKey, signal);
      } catch (error) {
        if (!(error instanceof LogUnavailable) && !(error instanceof ConnectorError && error.retryable)) throw error;
        await online();
      }
    }
  };
  for (const [index, from] of (['near', 'far', 'near', 'far'] as const).entries()) {
    outside.dropNext(from);
    await mei.say(`visitor ${String(index)}`);
    inside.dropNext(from);
    await pull();
    await online();
    inside.dropNext(from);
    const message = answer(mei, `team ${String(index)}`);
    const result = await chat.send(message, hooks);
    expect(result.status).toBe('unknown');
    expect(await reconciled(message.clientKey)).toBe('sent');
    await expect.poll(() => mei.messages.length).toBe(index + 1);
  }
  expect(seen).toEqual(['visitor 0', 'visitor 1', 'visitor 2', 'visitor 3']);
  expect(mei.messages.map(({ text }) => text)).toEqual(['team 0', 'team 1', 'team 2', 'team 3']);
  expect(mei.repeats).toBe(0);
});

test('what was sent before a crash is found by its key, and sent again it is shown once', async () => {
  const mei = await visitor();
  await mei.say('Hello');
  const before = connector(await link());
  const message = answer(mei, 'Good morning');
  await before.send(message, hooks);
  const after = connector(await link('ana'));
  const hint = { text: message.text, writtenAt: message.writtenAt, conversation: mei.conversation };
  expect(await after.reconcile(message.clientKey, signal, hint)).toBe('sent');
  expect(await after.reconcile('<m.never@shop>', signal, hint)).toBe('not-found');
  expect(await after.reconcile(message.clientKey, signal)).toBe('undecidable');
  await after.send(message, hooks);
  await after.send(answer(mei, 'And more'), hooks);
  await expect.poll(() => mei.messages.map(({ text }) => text)).toEqual(['Good morning', 'And more']);
  expect(mei.repeats).toBe(0);
});

test('fetched and not stored, it comes again, here and at another holder; said twice, it is the same message', async () => {
  const mei = await visitor();
  const id = await mei.say('One');
  // as after hours, when the hub has forgotten the id
  const subject = chatSubject('chat', 'in', 'shop', mei.name);
  const again = {
    t: 'message',
    id,
    at: 1,
    text: 'One',
    locale: 'en',
    zone: null,
    offsetMinutes: 0,
    identity: null,
    intake: null,
    files: [],
  } as const;
  await mei.storeRaw(subject, await mei.sealed(subject, again), 'another id');
  const keysOf = (events: readonly ChannelEvent[]): string[] =>
    events.flatMap((event) =>
      event.kind === 'message' && event.message.origin?.conversation === mei.conversation ? [event.message.nativeKey] : [],
    );
  const first = connector(await link());
  const once = keysOf((await pullAll(first)).events);
  expect(once).toEqual([`${mei.name}:${id}`, `${mei.name}:${id}`]);
  expect(keysOf((await pullAll(first)).events)).toEqual(once);
  expect(keysOf((await pullAll(connector(await link('ana')))).events)).toEqual(once);
});

/** What `who` would say to pass for `other`: sealed as `other` would, with the only key that they have. */
async function forged(who: ChatVisitor, other: ChatVisitor, said: FromVisitor): Promise<string> {
  const sealing = webSealing(webcrypto);
  const siteKey = fromBase64Url(keys.publicKey) ?? new Uint8Array();
  const key = await sealing.derive(who.keys.privateKey, siteKey, sealInfo('in', 'shop', other.name));
  const utf8 = { encode: (text: string) => new TextEncoder().encode(text), decode: () => '' };
  return sealFrame({ sealing, utf8 }, key, chatSubject('chat', 'in', 'shop', other.name), said, who.keys.publicRaw);
}

test('what is no word of a visitor is passed over, counted, and stops nothing', async () => {
  const told: unknown[] = [];
  const chat = connector(await link(), { log: (level, message, fields) => void (level === 'warn' && told.push([message, fields])) });
  const { cursor } = await pullAll(chat);
  const [mei, jun] = [await visitor(), await visitor()];
  const at = (who: ChatVisitor): string => chatSubject('chat', 'in', 'shop', who.name);
  const put = async (subject: string, data: string): Promise<void> => mei.storeRaw(subject, data, mei.newId());
  const hello = {
    t: 'hello',
    id: 'hello-hello',
    last: null,
    locale: 'en',
    zone: null,
    offsetMinutes: 0,
    page: '',
    identity: null,
  } as const;
  const foreign = await newSiteKeys();
  // another site's visitor, with a key of the same name
  const stranger = await visitor({ siteKey: foreign.publicKey });
  const entries: [string, string][] = [
    [at(mei), 'not even JSON'],
    [at(mei), '{"v":1}'],
    [at(mei), `{"v":1,"iv":"AAAAAAAAAAAAAAAA","box":"${'A'.repeat(120_000)}"}`],
    // under a name that is not that of the key
    [at(jun), await mei.sealed(at(jun), hello)],
    [at(jun), await forged(mei, jun, { ...hello, t: 'message', at: 1, text: 'I am Jun', intake: null, files: [] })],
    // moved from where it was said
    [at(mei), await mei.sealed(chatSubject('live', 'in', 'shop', mei.name), hello)],
    [at(mei), await mei.sealed(chatSubject('chat', 'in', 'other', mei.name), hello)],
    // sealed for somebody else
    [at(stranger), await stranger.sealed(at(stranger), hello)],
    [at(mei), await mei.sealed(at(mei), { ...hello, t: 'dance' } as never)],
    [at(mei), await mei.sealed(at(mei), { t: 'typing', on: true })],
    [at(mei), await mei.sealed(at(mei), { ...hello, t: 'message', at: 1, text: 'x'.repeat(4_001), files: [], intake: null } as never)],
    [at(mei), await mei.sealed(at(mei), [[[]]] as never)],
  ];
  for (const [subject, data] of entries) await put(subject, data);
  await put('chat.in.shop.not-a-visitor', 'x');
  await mei.say('A word');
  const found = await pullAll(chat, cursor);
  expect(texts(found.events)).toEqual(['A word']);
  expect(found.events).toHaveLength(1);
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toMatch(/JSON|AAAA|dance/u);
  // somebody who writes as no person can
  for (let each = 0; each < 110; each += 1) await mei.say(`flood ${String(each)}`);
  const flooded = texts((await pullAll(chat, found.cursor)).events).length;
  expect(flooded).toBeGreaterThanOrEqual(99);
  expect(flooded).toBeLessThan(110);
});

test('files come in pieces, also over a restart; what is not what it says is told and not taken', async () => {
  const bytes = new Uint8Array(70_001).map((_each, index) => index % 253);
  const through = await link();
  const chat = connector(through);
  const mei = await visitor();
  const whole = await mei.upload('../../photo.png', 'image/png', bytes);
  const before = await pullAll(chat);
  await mei.say('Two files', { files: [whole, { ...whole, fileId: 'f'.repeat(24) }] });
  // the pieces were fetched by a program that has ended since
  const event = (await pullAll(connector(through), before.cursor)).events.at(-1);
  if (event?.kind !== 'message') throw new Error('no message');
  expect(event.files?.map(({ name, type, bytes: got }) => [name, type, Buffer.compare(got, bytes)])).toEqual([
    ['photo.png', 'image/png', 0],
  ]);
  expect(event.message.warnings).toEqual(['file-damaged']);
  expect(event.message.origin?.author.facts['chat.broken-files']).toBe('../../photo.png');
  await mei.say('Another', { files: [{ ...whole, sha256: '0'.repeat(64) }] });
  const wrong = (await pullAll(chat, before.cursor)).events.at(-1);
  expect(wrong).toMatchObject({ kind: 'message', message: { text: 'Another', warnings: ['file-damaged'] } });
  expect(wrong).not.toHaveProperty('files');
  await chat.send(answer(mei, 'The form', { attachments: [{ name: 'form.pdf', type: 'application/pdf', bytes }] }), hooks);
  await expect.poll(() => mei.messages.at(-1)?.files).toMatchObject([{ name: 'form.pdf', size: 70_001, pieces: 3 }]);
  const [file] = mei.messages.at(-1)?.files ?? [];
  expect(Buffer.compare((file === undefined ? null : mei.file(file)) ?? new Uint8Array(), bytes)).toBe(0);
});

test('a form becomes a ticket; who was signed is another contact than who was not', async () => {
  const secret = 'an identity secret of the site, long enough';
  const token = await new SignJWT({ name: 'Mei Chen', email: 'mei@shop.example' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('u-17')
    .setAudience('shop')
    .setExpirationTime('5 minutes')
    .sign(new TextEncoder().encode(secret));
  let identity: string | null = null;
  const mei = await visitor({ identity: () => identity });
  await mei.ticket({ name: 'Mei', email: 'Mei@Customer.test', subject: 'Refund', text: 'I want my money back.' });
  identity = token;
  await mei.say('It is me');
  identity = `${token}x`;
  await mei.say('And me');
  const chat = connector(await link(), {}, JSON.stringify({ v: 1, key: keys.privateKey, identitySecret: secret }));
  const messages = (await pullAll(chat)).events.flatMap((event) =>
    event.kind === 'message' && event.message.origin?.conversation === mei.conversation ? [event.message] : [],
  );
  expect(messages).toMatchObject([
    {
      channel: 'web',
      subject: 'Refund',
      from: { address: `${mei.name}@chat`, name: 'Mei' },
      replyTo: [{ address: 'mei@customer.test', name: 'Mei' }],
      origin: { author: { verification: 'none' } },
    },
    {
      channel: 'chat',
      from: { address: 'user=3a=u-17~shop@chat', name: 'Mei Chen' },
      replyTo: [{ address: 'mei@shop.example', name: 'Mei Chen' }],
      origin: {
        author: {
          nativeId: 'user:u-17~shop',
          verification: 'signed',
          facts: { 'identity.sub': 'u-17', 'identity.email': 'mei@shop.example' },
        },
      },
    },
    {
      from: { address: `${mei.name}@chat` },
      replyTo: [],
      origin: { author: { nativeId: mei.name, verification: 'failed', facts: { 'identity.problem': 'wrong-signature' } } },
    },
  ]);
});

test('after days all is fetched, and nobody is answered who has gone; a hub that lost its stream is read anew', async () => {
  const days = 3 * 86_400_000;
  const mei = await visitor();
  const through = await link();
  const today = connector(through);
  const { cursor } = await pullAll(today);
  await mei.hello();
  await mei.say('On Friday');
  const monday = connector(through, { clock: { now: () => instant(Date.now() + days) } });
  expect(texts((await pullAll(monday, cursor)).events)).toEqual(['On Friday']);
  await monday[Symbol.asyncDispose]();
  expect(mei.told).toEqual([]);
  const answered = await pullAll(today, cursor);
  await expect.poll(() => mei.last('state')).toBeDefined();
  // an operator begins the stream anew
  const manager = await jetstreamManager(await hub.connectAs('admin'));
  await manager.streams.delete(CHAT_STREAM);
  await setUpStreams(hub.folder, await readState(hub.folder));
  await mei.say('After that');
  expect(texts((await pullAll(today, answered.cursor)).events)).toEqual(['After that']);
});

test('without a team there is no chat, and with a false key none either', async () => {
  const through = await link();
  await expect(connector(through, { hub: () => null }).connect(signal)).rejects.toMatchObject({ code: 'no-hub', retryable: true });
  const others = await newSiteKeys();
  await expect(connector(through, {}, others.privateKey).connect(signal)).rejects.toMatchObject({
    code: 'site-key-wrong',
    retryable: false,
  });
  expect(() => readChatSecret('{"v":1,"key":"secret words"}')).toThrow(/wrong in: key, identitySecret/u);
});

test('a gateway holds a site by its site key, which is one line in a file of its own', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'meridian-site-'));
  ends.push(async () => rm(root, { recursive: true, force: true }));
  const settingsFile = path.join(root, 'settings.json');
  await writeFile(settingsFile, JSON.stringify({ sites: ['shop.sitekey'] }));
  const put = async (text: string): Promise<void> => writeFile(path.join(root, 'shop.sitekey'), text, { mode: 0o600 });
  await put('meridian-site:bm8ga2V5');
  await expect(readSettings(settingsFile, null)).rejects.toThrow(/shop\.sitekey is no site key/u);
  const own = { key: keys.privateKey, identitySecret: null };
  await put(`${siteKeyText({ kind: 'chat', site: 'shop', name: 'Shop', publicKey: keys.publicKey, playbook: null }, own)}\n`);
  const stop = new AbortController();
  const folder = path.join(root, 'work');
  const running = runGateway({
    folder,
    settings: await readSettings(settingsFile, null),
    invite: inviteLink(hub.inviteOf('gate')),
    version: '0.0.0',
    clock,
    log: () => {},
    parser: createInlineParser(),
    createLink: (invite, workstation) => createHubLink({ invite, workstation, run: '1', clock, log: () => {} }),
    signal: stop.signal,
  });
  const sites = async (): Promise<GatewayStatus['sites']> =>
    (JSON.parse((await askGateway(folder)) ?? '{"sites":[]}') as GatewayStatus).sites;
  await until(async () => (await sites()).some(({ isHeldHere, state }) => isHeldHere && state === 'live'), 'it holds the site');
  expect(await sites()).toMatchObject([{ site: 'shop', code: null }]);
  const mei = await visitor();
  const id = await mei.say('Is anybody there?');
  await expect.poll(() => mei.last('got')).toMatchObject({ upTo: id });
  stop.abort();
  expect(await running).toBe('stopped');
});

test('in a team: an agent elsewhere is seen typing, reads, claims and answers; what a visitor missed comes when they are back', async () => {
  const ana = await startRealStation('Ana', { createConnector: channelConnector });
  ends.push(async () => ana[Symbol.asyncDispose]());
  const settings = { kind: 'chat', site: 'shop', name: 'Shop', publicKey: keys.publicKey, playbook: null } as const;
  expect(await ana.ask('channels.check', { settings, secret: keys.privateKey })).toMatchObject({ ok: false, code: 'no-hub' });
  await joinHub(ana, hub, 'ana');
  await until(async () => (await ana.ask('team.get', {}))?.phase === 'live', 'Ana has joined');
  await until(async () => (await ana.ask('channels.check', { settings, secret: keys.privateKey })).ok, 'the site can be held');
  const others = await newSiteKeys();
  expect(await ana.ask('channels.check', { settings, secret: others.privateKey })).toMatchObject({ ok: false, code: 'site-key-wrong' });
  await ana.ask('channels.add', { opId: op(), settings, secret: keys.privateKey });
  await until(async () => (await ana.ask('channels.list', {}))[0]?.state === 'live', 'the channel is live');
  const bo = await startRealStation('Bo', { createConnector: channelConnector });
  ends.push(async () => bo[Symbol.asyncDispose]());
  await joinHub(bo, hub, 'bo');
  const mei = await visitor();
  await mei.hello();
  await expect.poll(() => mei.last('state')).toMatchObject({ with: 'nobody', backAt: null, isOffline: false });
  const first = await mei.say('Where is my parcel?');
  await expect.poll(() => mei.last('got')).toMatchObject({ upTo: first, isRead: false });
  const caseId = await newestCase(bo, 'Where is my parcel?');
  await mei.type();
  await until(async () => (await ana.ask('channels.typing', {})).cases.includes(caseId), 'the visitor is seen typing');
  const second = await mei.say('It was blue.');
  await until(async () => JSON.stringify(await ana.ask('cases.timeline', { caseId })).includes('It was blue.'), 'it was said');
  expect((await ana.ask('channels.typing', {})).cases).toEqual([]);
  // Bo looks, and writes: the channel runs at Ana's
  await bo.ask('team.tellPresence', { opId: op(), viewing: caseId, writing: true });
  await expect.poll(() => mei.last('typing')).toMatchObject({ on: true, name: 'Bo' });
  await expect.poll(() => mei.last('got')).toMatchObject({ upTo: second, isRead: true });
  await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  await expect.poll(() => mei.last('state'), { timeout: 10_000 }).toMatchObject({ with: 'agent', name: 'Bo' });
  await reply(bo, caseId, 'It leaves today.');
  await expect
    .poll(() => mei.messages, { timeout: 10_000 })
    .toMatchObject([{ text: 'It leaves today.', author: { kind: 'agent', name: 'Bo' } }]);
  await bo.ask('team.tellPresence', { opId: op(), viewing: null, writing: false });
  await expect.poll(() => mei.last('typing')).toMatchObject({ on: false });
  await mei.read();
  await until(async () => JSON.stringify(await bo.ask('cases.timeline', { caseId })).includes('"readAt":1'), 'Bo sees that it was read');
  // the page is closed while Bo writes on
  await mei.disconnect();
  await reply(bo, caseId, 'It has left.');
  await until(async () => {
    const isHere = JSON.stringify(await ana.ask('cases.timeline', { caseId })).includes('It has left.');
    return isHere && (await ana.ask('outbox.list', {})).length === 0;
  }, 'it was sent');
  await mei.hello();
  await expect.poll(() => mei.messages.map(({ text }) => text)).toEqual(['It leaves today.', 'It has left.']);
  expect(mei.last('missed')?.messages).toMatchObject([{ text: 'It has left.', author: { kind: 'agent', name: 'Bo' } }]);
});

async function newestCase(station: RealStation, subject: string): Promise<CaseId> {
  const found: CaseId[] = [];
  await until(async () => {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    found.push(...rows.filter((row) => row.subject === subject).map((row) => row.caseId));
    return found.length > 0;
  }, `the case ${subject}`);
  const [caseId] = found;
  if (caseId === undefined) throw new Error('no case');
  return caseId;
}

async function reply(station: RealStation, caseId: CaseId, text: string): Promise<void> {
  const { draftId } = await station.ask('drafts.save', {
    opId: op(),
    caseId,
    kind: 'reply',
    text,
    to: [{ address: 'customer@chat', name: '' }],
    cc: [],
  });
  await station.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
}
