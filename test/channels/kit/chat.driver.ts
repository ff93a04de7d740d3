import { jetstreamManager } from '@nats-io/jetstream';
import type { Customer, Driver, Peer, Received, Said } from './peer.ts';
import { until } from './station.ts';
import { ChatVisitor, newSiteKeys } from '../chat-visitor.ts';
import { TestHub } from '../../hub/hub-server.ts';
import { Relay } from '../../hub/relay.ts';
import { startProxy } from '../../mail-server/proxy.ts';
import { createChatConnector } from '../../../src/main/engine/channels/chat/chat-connector.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import { createHubLink } from '../../../src/main/engine/team/create-hub-link.ts';
import { CHAT_STREAM } from '../../../src/main/engine/team/hub-names.ts';
import { setUpStreams, addUser } from '../../../src/main/hub/hub.ts';
import { readState } from '../../../src/main/hub/hub-folder.ts';
import { CAPABILITIES } from '../../../src/shared/domain/channel/capabilities.ts';
import { chatSubject } from '../../../src/shared/domain/chat/chat-wire.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** Live chat over a real hub (nats-server). Every peer is a web site of its own, with visitors who keep to the wire as the widget does. */

let running: Promise<TestHub> | null = null;
let sites = 0;
const SITES = 30;

async function theHub(): Promise<TestHub> {
  running ??= (async () => {
    const hub = await TestHub.start({ users: [{ name: 'gate', role: 'gateway' }] });
    // before anything runs: a hub that takes over other users has moments without an answer
    for (let site = 1; site <= SITES; site += 1)
      await addUser(hub.folder.root, { name: `kit${site}`, role: 'widget', holdsChannels: false, agentId: null });
    return hub;
  })();
  return running;
}

async function startPeer(): Promise<Peer> {
  const hub = await theHub();
  sites += 1;
  const site = `kit${sites}`;
  const state = await readState(hub.folder);
  const password = state.users.find(({ name }) => name === site)?.password ?? '';
  const keys = await newSiteKeys();
  const relay = await Relay.start(state.port);
  const proxy = await startProxy({ host: '127.0.0.1', port: relay.port });
  const invite = { ...hub.inviteOf('gate'), servers: [`tls://127.0.0.1:${proxy.port}`] };
  const clock = { now: () => instant(Date.now()) };
  const link = createHubLink({ invite, workstation: `ws_${site}`, run: '1', clock, log: () => {}, random: () => 0 });
  await until(() => link.state().state === 'online', 'the link to the hub is there', 30_000);
  const { servers, authority } = hub.inviteOf('gate');
  const visitors = new Map<Customer, ChatVisitor>();
  const visitorOf = async (customer: Customer): Promise<ChatVisitor> => {
    const known = visitors.get(customer);
    if (known !== undefined) return known;
    const made = await ChatVisitor.make({ site, password, siteKey: keys.publicKey, authority, server: () => servers[0] ?? '' });
    await made.hello();
    visitors.set(customer, made);
    return made;
  };
  const settings = { kind: 'chat', site, name: 'Shop', publicKey: keys.publicKey, playbook: null } as const;
  const uid = accountIdFor('chat', site);
  let typing = 0;
  let requests = 0;

  return {
    account: {
      uid,
      kind: 'chat',
      address: site,
      name: settings.name,
      tokenKey: '00'.repeat(32),
      createdAt: instant(0),
      removedAt: null,
      settings: null,
      channel: settings,
    },
    secret: keys.privateKey,
    secrets: [keys.privateKey, password],
    connector: (io, options = {}) => {
      requests += 1;
      return createChatConnector({ accountId: uid, settings, secret: options.secret ?? keys.privateKey, io: { ...io, hub: () => link } });
    },
    inject: async ({ text, from = 'mei', at, files = [] }: Said) => {
      const who = await visitorOf(from);
      const id = files.length === 0 ? await who.say(text, at === undefined ? {} : { at }) : await who.sayWithFiles(text, files);
      return `${from} ${id}`;
    },
    readAll: async () => {
      const who = await visitorOf('mei');
      while (who.messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await who.read();
    },
    type: async (from) => (await visitorOf(from)).type(),
    sent: async () => {
      const all: Received[] = [];
      for (const who of visitors.values())
        for (const message of who.messages)
          all.push({
            text: message.text,
            files: (message.files ?? []).flatMap((file) => {
              const bytes = who.file(file);
              return bytes === null ? [] : [{ name: file.name, bytes }];
            }),
          });
      return Promise.resolve(all);
    },
    sawTyping: async () => {
      const seen = [...visitors.values()].flatMap(({ told }) => told.filter(({ t }) => t === 'typing')).length;
      const isNew = seen > typing;
      typing = seen;
      return Promise.resolve(isNew);
    },
    requests: () => requests,
    dropTcp: () => {
      proxy.dropAll();
      link.nudge();
    },
    blackHole: () => proxy.blackHole(),
    restore: async () => {
      await proxy.restore();
      await until(
        () => {
          link.nudge();
          return link.state().state === 'online';
        },
        'the link to the hub is back',
        30_000,
      );
    },
    cutNextSend: (stage) => {
      if (stage === 'connect') void proxy.refuse();
      else relay.dropNext(stage === 'body' ? 'near' : 'far');
    },
    rotateAuth: async () => Promise.reject(new Error('see the reasons')),
    restart: async () => proxy.dropAll(),
    resetCursorDomain: async () => {
      const manager = await jetstreamManager(await hub.connectAs('admin'));
      await manager.streams.delete(CHAT_STREAM);
      await setUpStreams(hub.folder, await readState(hub.folder));
    },
    hostile: async () => {
      const mei = await visitorOf('mei');
      const subject = chatSubject('chat', 'in', site, mei.name);
      const entries = [
        'not even JSON',
        '{"v":1}',
        `{"v":1,"iv":"AAAAAAAAAAAAAAAA","box":"${'A'.repeat(120_000)}"}`,
        await mei.sealed(subject, { t: 'dance' } as never),
        await mei.sealed(subject, [[[]]] as never),
        await mei.sealed(subject, { t: 'message', id: mei.newId(), at: 1, text: 'x'.repeat(4_001), files: [], intake: null } as never),
        await mei.sealed(chatSubject('chat', 'in', 'other', mei.name), { t: 'typing', on: true }),
      ];
      for (const data of entries) await mei.storeRaw(subject, data, mei.newId());
      return entries.length;
    },
    repeat: async (ref) => {
      const [from = 'mei', id = ''] = ref.split(' ');
      const who = await visitorOf(from as Customer);
      const subject = chatSubject('chat', 'in', site, who.name);
      const again = {
        t: 'message',
        id,
        at: Date.now(),
        text: 'the same again',
        locale: 'en',
        zone: null,
        offsetMinutes: 0,
        identity: null,
        intake: null,
        files: [],
      } as const;
      // as after hours, when the hub has forgotten that it has it
      await who.storeRaw(subject, await who.sealed(subject, again), who.newId());
    },
    settled: async () => Promise.resolve(),
    [Symbol.asyncDispose]: async () => {
      for (const who of visitors.values()) await who[Symbol.asyncDispose]();
      await link[Symbol.asyncDispose]();
      await proxy.stop();
      await relay[Symbol.asyncDispose]();
    },
  };
}

export const chatDriver: Driver = {
  connector: 'chat',
  peer: 'hub (nats-server)',
  kind: 'real',
  channel: 'chat',
  capabilities: CAPABILITIES.chat,
  reasons: {
    fault: 'the hub is the team’s own and refuses nobody for asking often; lines that fail are C3 and C9',
    edit: 'visitors do not edit',
    remove: 'visitors take nothing back',
    bounce: 'what is stored by the hub is there',
    rotateAuth: 'the account has a key that opens what visitors say and no password; who may use the hub is tried with the hub',
  },
  retryForms: [],
  byCommand: ['C2', 'C3', 'C9', 'C18'],
  alone: ['C4'],
  obstacle: () => null,
  start: startPeer,
  close: async () => {
    const hub = await running;
    running = null;
    await hub?.[Symbol.asyncDispose]();
  },
};
