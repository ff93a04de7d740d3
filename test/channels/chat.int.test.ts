import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { channelConnector } from '../../src/main/engine/channels/channel-connector.ts';
import { createChatConnector } from '../../src/main/engine/channels/chat/chat-connector.ts';
import type { ChannelConnector, ChannelEvent, ConnectorIo, OutboundMessage } from '../../src/main/engine/channels/connector.ts';
import { createHubLink, type LocalHubLink } from '../../src/main/engine/team/create-hub-link.ts';
import { addUser } from '../../src/main/hub/hub.ts';
import { readState } from '../../src/main/hub/hub-folder.ts';
import type { AccountId, CaseId, OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { op, until } from '../engine/workstation.ts';
import { eventually, TestHub } from '../hub/hub-server.ts';
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

async function link(user = 'gate'): Promise<LocalHubLink> {
  const made = createHubLink({ invite: hub.inviteOf(user), workstation: `ws_${user}`, run: '1', clock, log: () => {} });
  ends.push(async () => made[Symbol.asyncDispose]());
  await eventually(async () => {
    if (made.state().state !== 'online') throw new Error(JSON.stringify(made.state()));
    return Promise.resolve();
  });
  return made;
}

function connector(of: LocalHubLink, more: Partial<ConnectorIo> = {}): ChannelConnector {
  const made = createChatConnector({
    accountId: ACCOUNT,
    settings: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: keys.publicKey, playbook: null },
    secret: keys.privateKey,
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
  // Bo looks, and writes: the channel runs at Ana's
  await bo.ask('team.tellPresence', { opId: op(), viewing: caseId, writing: true });
  await expect.poll(() => mei.last('typing')).toMatchObject({ on: true, name: 'Bo' });
  await expect.poll(() => mei.last('got')).toMatchObject({ upTo: first, isRead: true });
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
