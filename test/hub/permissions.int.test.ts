import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CHAT_STREAM,
  eventSubject,
  fileChunkSubject,
  FILES_STREAM,
  HUB_DOMAIN,
  inboxPrefixOf,
  LEASE_BUCKET,
  PEOPLE_BUCKET,
  TEAM_STREAM,
} from '../../src/main/engine/team/hub-names.ts';
import { readState } from '../../src/main/hub/hub-folder.ts';
import { TestHub } from './hub-server.ts';

const SHA = 'a'.repeat(64);
const everyone = ['lead', 'agent', 'channels', 'gateway', 'widget'] as const;
/** The members of the team, a web site, and the server of another region, which has a table of its own. */
type Who = (typeof everyone)[number] | 'region';
const NAMES: Readonly<Record<Who, string>> = {
  region: 'tokyo',
  lead: 'ana',
  agent: 'bo',
  channels: 'cy',
  gateway: 'gate',
  widget: 'site',
};
const members: readonly Who[] = ['lead', 'agent', 'channels', 'gateway'];
const holders: readonly Who[] = ['lead', 'channels', 'gateway'];

/** `{me}` stands for the user's own name. What is not named is refused to everybody. */
const TABLE: readonly (readonly ['publish' | 'subscribe', string, readonly Who[]])[] = [
  // the log
  ['publish', 'team.case.case_1', members],
  ['publish', 'team.absence.abs_1', members],
  ['publish', 'team.swap.swp_1', members],
  ['publish', 'team.agent.agt_1', members],
  ['publish', 'team.shift.shf_1', ['lead']],
  ['publish', 'team.publication.pub_1', ['lead']],
  ['publish', 'team.rotation.rot_1', ['lead']],
  ['publish', 'team.contact.con_1', members],
  ['publish', 'team.account.acc_1', members],
  ['publish', 'team.setting.sla', ['lead']],
  ['publish', 'team.policy.pol_1', []],
  ['publish', 'team.send.out_1', holders],
  ['publish', 'team.seen.email.abc', holders],
  ['publish', 'team.unheard.of_1', []],
  ['publish', 'team.case.case_1.more', []],
  // reading it: by number and subject, here and through another region's leaf node
  ['publish', '$JS.API.STREAM.INFO.TEAM', members],
  ['publish', '$JS.API.STREAM.MSG.GET.TEAM', members],
  ['publish', '$JS.API.DIRECT.GET.TEAM', members],
  ['publish', '$JS.API.DIRECT.GET.TEAM.team.case.case_1', members],
  ['publish', '$JS.hub.API.DIRECT.GET.TEAM', members],
  ['subscribe', 'feed.team.>', members],
  ['subscribe', 'feed.kv.people.>', members],
  // what is refused is visible on the subjects themselves
  ['subscribe', 'team.>', []],
  ['subscribe', 'team.case.*', []],
  ['subscribe', '>', []],
  // a false feed
  ['publish', 'feed.team.case.case_1', []],
  // changing what is stored
  ['publish', '$JS.API.STREAM.PURGE.TEAM', []],
  ['publish', '$JS.hub.API.STREAM.PURGE.TEAM', []],
  ['publish', '$JS.API.STREAM.MSG.DELETE.TEAM', []],
  ['publish', '$JS.API.STREAM.DELETE.TEAM', []],
  ['publish', '$JS.API.STREAM.UPDATE.TEAM', []],
  ['publish', '$JS.API.STREAM.CREATE.OTHER', []],
  ['publish', '$JS.API.STREAM.SNAPSHOT.TEAM', []],
  ['publish', '$JS.API.STREAM.PURGE.FILES', []],
  ['publish', '$JS.API.STREAM.PURGE.OBJ_snap', ['lead', 'gateway']],
  ['publish', '$JS.API.CONSUMER.CREATE.TEAM.own', []],
  ['publish', '$JS.API.CONSUMER.DURABLE.CREATE.TEAM.own', []],
  ['publish', '$JS.hub.API.CONSUMER.CREATE.TEAM.own', []],
  // files, under one's own name only
  ['publish', `file.{me}.${SHA}.0`, members],
  ['publish', `file.other.${SHA}.0`, []],
  ['publish', '$JS.API.DIRECT.GET.FILES', members],
  ['publish', '$O.snap.M.c25hcA==', ['lead', 'gateway']],
  ['publish', '$O.files.M.c25hcA==', []],
  // who is who, and who holds what
  ['publish', '$KV.people.{me}', []],
  ['publish', '$KV.settings.hub', []],
  ['publish', '$KV.lease.acc_1', holders],
  // presence and other people's answers
  ['publish', 'presence.{me}', members],
  ['publish', 'presence.other', []],
  ['subscribe', 'presence.*', members],
  ['subscribe', '_INBOX_{me}.>', everyone],
  ['subscribe', '_INBOX_other.>', []],
  ['subscribe', '_INBOX.>', []],
  // visitors of a web site
  ['publish', 'chat.in.{me}.visit1', ['widget']],
  ['publish', 'chat.in.other.visit1', []],
  ['subscribe', 'chat.out.{me}.*', ['widget']],
  ['subscribe', 'chat.out.other.*', []],
  // raw, so that what is refused could be seen: nobody
  ['subscribe', 'chat.in.*.*', []],
  ['subscribe', 'feed.chat.in.>', members],
  ['publish', 'chat.out.{me}.visit1', holders],
  ['publish', 'live.in.{me}.visit1', ['widget']],
  ['publish', 'live.in.other.visit1', []],
  ['subscribe', 'live.out.{me}.*', ['widget']],
  ['subscribe', 'live.out.other.*', []],
  ['subscribe', 'live.in.*.*', holders],
  ['publish', 'live.out.{me}.visit1', holders],
  ['publish', 'feed.chat.in.{me}.visit1', []],
  ['publish', '$JS.API.DIRECT.GET.CHAT', holders],
  ['publish', '$JS.API.STREAM.INFO.CHAT', holders],
  ['publish', '$JS.API.STREAM.PURGE.CHAT', []],
  ['publish', '$JS.API.STREAM.MSG.DELETE.CHAT', []],
  ['publish', '$JS.API.CONSUMER.CREATE.CHAT.own', []],
  // the server itself
  ['publish', '$SYS.REQ.SERVER.PING', []],
  ['subscribe', '$SYS.>', []],
  ['subscribe', '$JS.EVENT.>', []],
];

let hub: TestHub;
const connections = new Map<Who, NatsConnection>();
/** What the server refused on each connection, in its words. */
const refusals = new Map<Who, string[]>();

async function listen(who: Who, connection: NatsConnection): Promise<void> {
  const words: string[] = [];
  refusals.set(who, words);
  for await (const each of connection.status()) {
    if (each.type === 'error') words.push(each.error.message);
  }
}

beforeAll(async () => {
  hub = await TestHub.start();
  for (const who of [...everyone, 'region'] as const) {
    const connection = await hub.joinAs(NAMES[who]);
    connections.set(who, connection);
    void listen(who, connection);
  }
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

function as(who: Who): NatsConnection {
  const connection = connections.get(who);
  if (connection === undefined) throw new Error(`${who} is not connected`);
  return connection;
}

/** Whether the server let it pass. Its refusal arrives before the answer to the ping that `flush` sends. */
async function isAllowed(who: Who, action: 'publish' | 'subscribe', subject: string): Promise<boolean> {
  const connection = as(who);
  const words = refusals.get(who) ?? [];
  words.length = 0;
  if (action === 'publish') connection.publish(subject, '{}');
  else connection.subscribe(subject, { callback: () => {} }).unsubscribe();
  await connection.flush();
  // the refusal was read; the listener gets it in a turn of its own
  await new Promise((resolve) => setImmediate(resolve));
  return words.length === 0;
}

test.each(TABLE)('%s %s: %j', async (action, subject, allowed) => {
  const passed: Who[] = [];
  for (const who of everyone) {
    if (await isAllowed(who, action, subject.replace('{me}', NAMES[who]))) passed.push(who);
  }
  expect(passed).toEqual(everyone.filter((who) => allowed.includes(who)));
});

test.each([
  ...['team.case.case_1', 'team.shift.shf_1', 'team.seen.email.abc', 'presence.bo', `file.bo.${SHA}.0`, '$KV.lease.acc_1'].map(
    (subject) => [subject, true],
  ),
  ...['$JS.API.CONSUMER.CREATE.TEAM.copy', '$JS.API.DIRECT.GET.TEAM'].map((subject) => [subject, true]),
  ...['$KV.people.bo', '$KV.settings.hub', 'feed.team.case.case_1', '$SYS.REQ.SERVER.PING'].map((subject) => [subject, false]),
  ...['PURGE', 'DELETE', 'UPDATE', 'MSG.DELETE', 'SNAPSHOT'].map((call) => [`$JS.API.STREAM.${call}.TEAM`, false]),
  ...['$JS.API.CONSUMER.CREATE.KV_lease.copy', '$JS.API.STREAM.CREATE.OTHER'].map((subject) => [subject, false]),
] as [string, boolean][])('the server of another region publishes %s: %s', async (subject, may) => {
  expect(await isAllowed('region', 'publish', subject)).toBe(may);
});

test('an agent writes, claims by compare-and-set, reads and hears the feed, without any consumer', async () => {
  const agent = as('agent');
  const log = jetstream(agent, { domain: HUB_DOMAIN });
  const subject = eventSubject('case.case_full');
  const heard = new Promise<string>((resolve) => {
    agent.subscribe(`feed.${subject}`, {
      max: 1,
      callback: (_error, message) => resolve(`${message.headers?.get('Nats-Sequence')} ${message.string()}`),
    });
  });
  await agent.flush();
  const first = await log.publish(subject, 'first', { msgID: 'one', expect: { lastSubjectSequence: 0 } });
  // a retry of what was stored is recognised by its id, unless it also expects what is no longer so: then it looks like a defeat
  expect(await log.publish(subject, 'first', { msgID: 'one' })).toMatchObject({ duplicate: true, seq: first.seq });
  await expect(log.publish(subject, 'first', { msgID: 'one', expect: { lastSubjectSequence: 0 } })).rejects.toMatchObject({ code: 10_071 });
  await expect(log.publish(subject, 'second', { msgID: 'two', expect: { lastSubjectSequence: 0 } })).rejects.toMatchObject({
    code: 10_071,
  });
  expect(await heard).toBe(`${String(first.seq)} first`);
  const manager = await jetstreamManager(agent, { domain: HUB_DOMAIN });
  expect((await manager.direct.getMessage(TEAM_STREAM, { seq: first.seq }))?.string()).toBe('first');
  expect((await manager.streams.getMessage(TEAM_STREAM, { last_by_subj: subject }))?.seq).toBe(first.seq);
  const batch: string[] = [];
  for await (const message of await manager.direct.getBatch(TEAM_STREAM, { seq: first.seq, batch: 1 })) batch.push(message.string());
  expect(batch).toEqual(['first']);
  expect((await manager.streams.info(TEAM_STREAM)).state.consumer_count).toBe(0);
});

test('a member reads who is who, and cannot change it', async () => {
  const people = await new Kvm(jetstream(as('agent'), { domain: HUB_DOMAIN })).open(PEOPLE_BUCKET);
  expect((await people.get('ana'))?.json()).toMatchObject({ name: 'ana', role: 'lead', keys: [{ revokedAt: null }] });
});

test('a lease is held by one, and its revision grows', async () => {
  const [mine, theirs] = await Promise.all(
    (['channels', 'gateway'] as const).map(async (who) => new Kvm(jetstream(as(who), { domain: HUB_DOMAIN })).open(LEASE_BUCKET)),
  );
  const fence = await mine?.create('acc_one', 'cy');
  await expect(theirs?.create('acc_one', 'gate')).rejects.toThrow(/wrong last sequence/u);
  expect(await mine?.update('acc_one', 'cy', fence ?? 0)).toBeGreaterThan(fence ?? Number.MAX_SAFE_INTEGER);
});

test('a chunk of a file is stored once: nothing takes its place, whoever tries', async () => {
  const log = jetstream(as('agent'), { domain: HUB_DOMAIN });
  const subject = fileChunkSubject('bo', SHA, 7);
  await log.publish(subject, 'the chunk');
  await expect(log.publish(subject, 'another')).rejects.toMatchObject({ code: 10_077 });
  const manager = await jetstreamManager(as('lead'), { domain: HUB_DOMAIN });
  expect((await manager.direct.getMessage(FILES_STREAM, { last_by_subj: subject }))?.string()).toBe('the chunk');
});

test('a roll-up header erases nothing of the log or the files; where it is allowed, it would erase all', async () => {
  const erase = headers();
  erase.set('Nats-Rollup', 'all');
  const lead = jetstream(as('lead'), { domain: HUB_DOMAIN });
  for (const subject of [eventSubject('case.case_1'), fileChunkSubject('ana', SHA, 1)]) {
    await expect(lead.publish(subject, 'gone', { headers: erase })).rejects.toMatchObject({ code: 10_111 });
  }
  // the control: an object store as the library makes it. This is why attachments are not kept in one
  const admin = await hub.connectAs('admin');
  const manager = await jetstreamManager(admin);
  for (const name of ['one', 'two']) await lead.publish(`$O.snap.C.${name}`, name);
  expect((await manager.streams.info('OBJ_snap')).state.messages).toBeGreaterThan(1);
  await lead.publish('$O.snap.C.three', 'gone', { headers: erase });
  expect((await manager.streams.info('OBJ_snap')).state.messages).toBe(1);
});

test('a consumer delivers with the rights of the server: so nobody but the administrator makes one', async () => {
  const heard: string[] = [];
  as('agent').subscribe('feed.team.case.case_forged', { callback: (_error, message) => void heard.push(message.subject) });
  await as('agent').flush();
  const wish = { name: 'forger', deliver_subject: 'feed.team.case.case_forged', ack_policy: 'none', deliver_policy: 'all' } as const;
  // without the domain in the subject: the server names it without, so that the client can tell whose refusal it is
  const asked = (await jetstreamManager(as('lead'))).consumers.add(TEAM_STREAM, wish);
  await expect(asked).rejects.toThrow(/permissions violation/iu);
  // the control: with the right to make one, old events come out of the feed as if they were new
  const manager = await jetstreamManager(await hub.connectAs('admin'));
  await manager.consumers.add(TEAM_STREAM, wish);
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  await manager.consumers.delete(TEAM_STREAM, 'forger');
});

/** What a page does: signs in with what every visitor can read. */
async function visit(): Promise<NatsConnection> {
  const { users } = await readState(hub.folder);
  const pass = users.find(({ name }) => name === 'site')?.password ?? '';
  const invited = hub.inviteOf('site');
  return connect({
    servers: [...invited.servers],
    user: 'site',
    pass,
    tls: { ca: invited.authority },
    inboxPrefix: inboxPrefixOf('site'),
    reconnect: false,
  });
}

test('what a visitor stores is acknowledged to them, heard by the holder once, and answered', async () => {
  const site = await visit();
  const heard: string[] = [];
  const heardBySite: string[] = [];
  as('gateway').subscribe('feed.chat.in.>', { callback: (_error, message) => void heard.push(`${message.subject} ${message.string()}`) });
  as('gateway').subscribe('live.in.*.*', { callback: (_error, message) => void heard.push(`${message.subject} ${message.string()}`) });
  for (const subject of ['chat.out.site.visit2', 'live.out.site.visit2'])
    site.subscribe(subject, { callback: (_error, message) => void heardBySite.push(`${message.subject} ${message.string()}`) });
  await Promise.all([as('gateway').flush(), site.flush()]);
  const header = headers();
  header.set('Nats-Msg-Id', 'one');
  const ask = async (): Promise<unknown> =>
    (await site.request('chat.in.site.visit2', 'hello', { headers: header, timeout: 5_000 })).json();
  const first = await ask();
  expect(first).toMatchObject({ stream: CHAT_STREAM });
  expect(await ask()).toMatchObject({ ...(first as object), duplicate: true });
  site.publish('live.in.site.visit2', 'typing');
  await site.flush();
  expect((await as('gateway').request('chat.out.site.visit2', 'answer', { timeout: 5_000 })).json()).toMatchObject({ stream: CHAT_STREAM });
  as('gateway').publish('live.out.site.visit2', 'typing too');
  await expect.poll(() => heardBySite).toEqual(['chat.out.site.visit2 answer', 'live.out.site.visit2 typing too']);
  await expect.poll(() => heard).toEqual(['feed.chat.in.site.visit2 hello', 'live.in.site.visit2 typing']);
  await site.close();
});

test('a server acknowledges to any address that is named: of the team, a web site reaches none', async () => {
  const admin = await hub.connectAs('admin');
  const manager = await jetstreamManager(admin);
  const stored = async (stream: string): Promise<number> => (await manager.streams.info(stream)).state.last_seq;
  const targets = ['team.case.case_forged', '$KV.lease.channel.forged', 'presence.bo', 'feed.team.case.case_forged', 'live.in.site.visit3'];
  const heard: string[] = [];
  for (const target of targets) admin.subscribe(target, { callback: (_error, message) => void heard.push(message.subject) });
  await admin.flush();
  const before = await Promise.all([TEAM_STREAM, 'KV_lease', 'FILES'].map(stored));
  const chats = await stored(CHAT_STREAM);
  const site = await visit();
  for (const reply of [...targets, '$JS.API.STREAM.DELETE.FILES', '$JS.API.STREAM.PURGE.OBJ_snap'])
    site.publish('chat.in.site.visit3', 'x', { reply });
  await site.flush();
  await expect.poll(async () => stored(CHAT_STREAM)).toBe(chats + targets.length + 2);
  expect(await Promise.all([TEAM_STREAM, 'KV_lease', 'FILES'].map(stored))).toEqual(before);
  // the control: a member of the team's account reaches what the web site does not. This is why web sites have an account of their own
  as('gateway').publish('chat.out.site.visit3', 'x', { reply: 'presence.bo' });
  await expect.poll(() => heard).toEqual(['presence.bo']);
  await site.close();
});

test('a visitor who floods pushes out their own words and nobody else, and cannot store what is too large or roll up', async () => {
  const manager = await jetstreamManager(await hub.connectAs('admin'));
  await manager.streams.update(CHAT_STREAM, { max_msgs_per_subject: 5 });
  const site = await visit();
  await site.request('chat.in.site.quiet', 'still here');
  for (let each = 0; each < 20; each += 1) site.publish('chat.in.site.loud', String(each));
  await site.flush();
  await expect.poll(async () => (await manager.direct.getMessage(CHAT_STREAM, { last_by_subj: 'chat.in.site.loud' }))?.string()).toBe('19');
  expect((await manager.streams.info(CHAT_STREAM, { subjects_filter: 'chat.in.site.*' })).state.subjects).toMatchObject({
    'chat.in.site.quiet': 1,
    'chat.in.site.loud': 5,
  });
  expect((await site.request('chat.in.site.loud', new Uint8Array(140 * 1024))).json()).toMatchObject({ error: { err_code: 10_054 } });
  const erase = headers();
  erase.set('Nats-Rollup', 'all');
  expect((await site.request('chat.in.site.loud', 'gone', { headers: erase, timeout: 5_000 })).json()).toMatchObject({
    error: { err_code: 10_111 },
  });
  await site.close();
});
