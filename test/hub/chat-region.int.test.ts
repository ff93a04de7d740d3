import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromSeed } from '@nats-io/nkeys';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createChatConnector } from '../../src/main/engine/channels/chat/chat-connector.ts';
import { ConnectorError } from '../../src/main/engine/channels/connector.ts';
import type {
  ChannelConnector,
  ChannelEvent,
  Conversations,
  OutboundMessage,
  SentMessage,
} from '../../src/main/engine/channels/connector.ts';
import { createHubLink, type LocalHubLink } from '../../src/main/engine/team/create-hub-link.ts';
import { addUser } from '../../src/main/hub/hub.ts';
import { readSeed, readState } from '../../src/main/hub/hub-folder.ts';
import { fillTemplate } from '../../src/main/hub/server-config.ts';
import type { AccountId, OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { ChatVisitor, newSiteKeys, type SiteKeys } from '../channels/chat-visitor.ts';
import { freePorts } from '../mail-server/ports.ts';
import { eventually, natsServers, readTemplate, ServerProcess, TestHub } from './hub-server.ts';
import { Relay } from './relay.ts';

/** Live chat through the server of another region (a leaf node), with visitors and holders on either side, and a line between that is cut. */

const clock = { now: () => instant(Date.now()) };
const signal = new AbortController().signal;
const ends: (() => Promise<unknown>)[] = [];
let hub: TestHub;
let far: ServerProcess;
let between: Relay;
let keys: SiteKeys;
let password = '';
let addresses: Readonly<Record<'hub' | 'region', string>>;

beforeAll(async () => {
  hub = await TestHub.start({
    users: [
      { name: 'gate', role: 'gateway' },
      { name: 'tokyo', role: 'region' },
    ],
  });
  await addUser(hub.folder.root, { name: 'shop', role: 'widget', holdsChannels: false, agentId: null });
  keys = await newSiteKeys();
  const { users, port } = await readState(hub.folder);
  password = users.find(({ name }) => name === 'shop')?.password ?? '';
  const [leafPort = 0, farPort = 0] = await freePorts(2);
  // as resources/hub/README.md has it: the block of the cluster's template
  const block = /^leafnodes \{[\s\S]*?^\}/mu.exec(await readTemplate('cluster/nats.conf'))?.[0] ?? '';
  const leaf = fillTemplate(block, { LEAF_LISTEN: `127.0.0.1:${String(leafPort)}`, KEYS: hub.folder.keys });
  // what the hub tells of itself must not lead around the relay
  await appendFile(hub.folder.config, `\n${leaf.replace('leafnodes {', 'leafnodes {\n  no_advertise: true')}\n`);
  await hub.crash();
  await hub.run();
  between = await Relay.start(leafPort);
  const place = path.join(hub.root, 'region');
  await mkdir(place);
  for (const file of ['users.conf', 'sites.conf'])
    await writeFile(path.join(place, file), await readFile(path.join(hub.folder.root, file)));
  const values = {
    SERVER_NAME: 'region-1',
    LISTEN: `127.0.0.1:${String(farPort)}`,
    KEYS: hub.folder.keys,
    STORE: path.join(place, 'store'),
    MAX_FILE: String(2 ** 28),
    REGION: 'tokyo',
    HUB_URL: `tls://127.0.0.1:${String(between.port)}`,
    REGION_SEED: hub.inviteOf('tokyo').seed,
    SYSTEM_KEY: fromSeed(await readSeed(hub.folder, 'system')).getPublicKey(),
  };
  const config = path.join(place, 'nats.conf');
  await writeFile(config, fillTemplate(await readTemplate('region/nats.conf'), values), { mode: 0o600 });
  const log = path.join(place, 'nats.log');
  far = await ServerProcess.start((await natsServers()).server.file, config, log);
  await eventually(async () => {
    const said = await readFile(log, 'utf8');
    if (!said.includes('Leafnode connection created')) throw new Error(said);
  });
  addresses = { hub: `tls://127.0.0.1:${String(port)}`, region: `tls://127.0.0.1:${String(farPort)}` };
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await far.end();
  await between[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

type Side = 'hub' | 'region';

const NOTHING: Conversations = {
  sentAfter: () => [],
  standing: () => ({ with: 'nobody', name: null, backAt: null, isOffline: false, newest: null }),
  checkCode: () => null,
};

async function holderAt(
  side: Side,
  conversations: Partial<Conversations> = {},
): Promise<{ readonly link: LocalHubLink; readonly chat: ChannelConnector }> {
  const invite = { ...hub.inviteOf('gate'), servers: [addresses[side]] };
  const link = createHubLink({ invite, workstation: `ws_${side}`, run: '1', clock, log: () => {}, random: () => 0 });
  ends.push(async () => link[Symbol.asyncDispose]());
  await eventually(async () => {
    if (link.state().state !== 'online') throw new Error(JSON.stringify(link.state()));
    return Promise.resolve();
  });
  const chat = createChatConnector({
    accountId: 'acc_chat' as AccountId,
    settings: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: keys.publicKey, playbook: null },
    secret: keys.privateKey,
    io: { clock, log: () => {}, onHealth: () => {}, hub: () => link, conversations: { ...NOTHING, ...conversations } },
  });
  ends.push(async () => chat[Symbol.asyncDispose]());
  return { link, chat };
}

async function visitorAt(side: Side): Promise<ChatVisitor> {
  const { authority } = hub.inviteOf('gate');
  const made = await ChatVisitor.make({ site: 'shop', password, siteKey: keys.publicKey, authority, server: () => addresses[side] });
  ends.push(async () => made[Symbol.asyncDispose]());
  return made;
}

function answer(to: ChatVisitor, text: string): OutboundMessage {
  const key = `${side(text)}-${to.name}`;
  return {
    outboxId: `out_${key}` as OutboxId,
    clientKey: `<m.${key}@shop>`,
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
  };
}
const side = (text: string): string => text.replaceAll(/\W/gu, '');

/** What visitors said behind a cursor, once the line is there. */
async function pullAll(
  chat: ChannelConnector,
  start: string | null,
): Promise<{ readonly texts: string[]; readonly cursor: string | null }> {
  const events: ChannelEvent[] = [];
  let cursor = start;
  for (;;) {
    try {
      const batch = await chat.pull(cursor, { maxMessages: 50, signal });
      events.push(...batch.events);
      ({ cursor } = batch);
      await chat.commit?.(cursor);
      if (!batch.more) break;
    } catch (error) {
      if (!(error instanceof ConnectorError) || !error.retryable) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { texts: events.flatMap((event) => (event.kind === 'message' ? [event.message.text] : [])), cursor };
}

const PLACES: readonly (readonly [visitor: Side, holder: Side])[] = [
  ['region', 'hub'],
  ['hub', 'region'],
];

test.each(PLACES)(
  'with the visitor at the %s and the holder at the %s, each word comes once, also over a line that was cut',
  async (here, there) => {
    const sent: SentMessage[] = [];
    const { chat } = await holderAt(there, {
      sentAfter: (_conversation, last) => sent.slice(sent.findIndex((each) => each.clientKey === last) + 1),
    });
    const mei = await visitorAt(here);
    const stop = new AbortController();
    ends.push(async () => Promise.resolve(stop.abort()));
    let rings = 0;
    const before = await pullAll(chat, null);
    void chat.watch(() => (rings += 1), stop.signal);
    await expect.poll(() => rings).toBe(1);
    await mei.say('one');
    // the ring comes through, and the word with it
    await expect.poll(() => rings).toBeGreaterThan(1);
    const first = await pullAll(chat, before.cursor);
    expect(first.texts).toEqual(['one']);
    const send = async (text: string): Promise<void> => {
      const message = answer(mei, text);
      const told = await chat.send(message, { signal, onHandover: () => {} });
      const fate = told.status === 'unknown' ? await eventually(async () => chat.reconcile(message.clientKey, signal)) : told.status;
      expect(fate).toBe('sent');
      sent.push({
        clientKey: message.clientKey,
        at: clock.now(),
        author: { kind: 'agent', name: 'Ana' },
        text,
        options: [],
        files: () => [],
      });
    };
    await send('answer one');
    await expect.poll(() => mei.messages.map(({ text }) => text)).toEqual(['answer one']);

    // the line between the servers ends in the middle of what is said, by either side
    between.dropNext('near');
    await mei.say('two');
    between.dropNext('far');
    await send('answer two');
    await mei.say('three');
    await mei.hello();
    const second = await pullAll(chat, first.cursor);
    expect(second.texts).toEqual(['two', 'three']);
    await expect.poll(() => mei.messages.map(({ text }) => text)).toEqual(['answer one', 'answer two']);
    expect((await pullAll(chat, second.cursor)).texts).toEqual([]);
  },
  40_000,
);

test('what was said while the line between the servers was down is stored, and comes when the page says hello', async () => {
  const mei = await visitorAt('region');
  const lost = answer(mei, 'lost');
  const author = { kind: 'agent', name: 'Ana' } as const;
  const sent = { clientKey: lost.clientKey, at: clock.now(), author, text: 'lost', options: [], files: () => [] };
  const { chat } = await holderAt('hub', { sentAfter: (conversation) => (conversation === mei.conversation ? [sent] : []) });
  await mei.say('Hello');
  const { cursor } = await pullAll(chat, null);
  // the line ends with the very bytes of the answer; the page's own connection stays
  between.dropNext('far');
  expect(await chat.send(lost, { signal, onHandover: () => {} })).toMatchObject({ status: 'sent' });
  await mei.say('Are you there?');
  expect(mei.messages).toEqual([]);
  await mei.hello();
  expect((await pullAll(chat, cursor)).texts).toEqual(['Are you there?']);
  await expect.poll(() => mei.messages.map(({ text }) => text)).toEqual(['lost']);
  expect(mei.repeats).toBe(0);
});
