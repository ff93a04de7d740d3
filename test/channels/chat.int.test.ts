import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createChatConnector } from '../../src/main/engine/channels/chat/chat-connector.ts';
import type { ChannelConnector, ChannelEvent, ConnectorIo, OutboundMessage } from '../../src/main/engine/channels/connector.ts';
import { createHubLink, type LocalHubLink } from '../../src/main/engine/team/create-hub-link.ts';
import { addUser } from '../../src/main/hub/hub.ts';
import { readState } from '../../src/main/hub/hub-folder.ts';
import type { AccountId, OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { eventually, TestHub } from '../hub/hub-server.ts';
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
