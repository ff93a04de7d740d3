import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jetstream, jetstreamManager, type StreamConfig } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parseInvite } from '../../src/main/engine/team/hub-invite.ts';
import { CHAT_STREAM, eventSubject, FILES_STREAM, HUB_DOMAIN, PEOPLE_BUCKET, TEAM_STREAM } from '../../src/main/engine/team/hub-names.ts';
import { connectAs, revoke, setUpStreams } from '../../src/main/hub/hub.ts';
import { runHub, type HubMachine } from '../../src/main/hub/hub-command.ts';
import { hubFolder, readState } from '../../src/main/hub/hub-folder.ts';
import { provision } from '../../src/main/hub/provision.ts';
import { serve } from '../../src/main/hub/serve.ts';
import { freePorts } from '../mail-server/ports.ts';
import { join, natsServers, readTemplate, startControl, TestHub } from './hub-server.ts';

const CUT_LIMIT_MS = 5_000;

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meridian-hub-'));
  cleanUps.push(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** One server for the tests about what a hub stores and lets in; they build on each other. */
let shared: TestHub;
beforeAll(async () => {
  shared = await TestHub.start({ isBare: true });
});
afterAll(async () => {
  await shared[Symbol.asyncDispose]();
});

test('provisioning makes what is missing, and finds nothing to do the next time', async () => {
  const admin = await shared.connectAs('admin');
  const state = await readState(shared.folder);
  const manager = await jetstreamManager(admin);
  const first = await provision(admin, state);
  expect(first.map(({ outcome }) => outcome)).toEqual(first.map(() => 'made'));
  const made = async (): Promise<object> => ({ ...(await manager.streams.info(TEAM_STREAM)), ts: '' });
  const before = await made();
  expect((await provision(admin, state)).map(({ outcome }) => outcome)).toEqual(first.map(() => 'same'));
  expect(await made()).toEqual(before);
});

test('what differs is changed; what is wrong and cannot be changed is named', async () => {
  const admin = await shared.connectAs('admin');
  const state = await readState(shared.folder);
  const manager = await jetstreamManager(admin);
  await manager.streams.update(TEAM_STREAM, { duplicate_window: 5e9 });
  const again = await provision(admin, state);
  expect(again.filter(({ outcome }) => outcome !== 'same')).toEqual([{ stream: TEAM_STREAM, outcome: 'changed' }]);
  await manager.streams.delete(FILES_STREAM);
  await manager.streams.add({ name: FILES_STREAM, subjects: ['file.*.*.*'], storage: 'memory' });
  await expect(provision(admin, state)).rejects.toThrow(/stream FILES is not as it must be/u);
  await manager.streams.delete(FILES_STREAM);
  const healed = await setUpStreams(shared.folder, state);
  expect(healed?.filter(({ outcome }) => outcome !== 'same')).toEqual([{ stream: FILES_STREAM, outcome: 'made' }]);
});

test('the streams keep what they promise: nothing is dropped, purged, rolled up or left without limits', async () => {
  const manager = await jetstreamManager(await shared.connectAs('admin'));
  const configs = new Map<string, StreamConfig>();
  for await (const { config } of manager.streams.list()) configs.set(config.name, config);
  expect(configs.size).toBe(7);
  // where anybody may write, the oldest makes room
  expect(configs.get(CHAT_STREAM)).toMatchObject({
    discard: 'old',
    max_age: 30 * 86_400e9,
    max_msg_size: 131_072,
    allow_rollup_hdrs: false,
  });
  for (const config of configs.values()) {
    if (config.name === CHAT_STREAM) continue;
    expect(config).toMatchObject({ storage: 'file', retention: 'limits', discard: 'new', max_msgs: -1, max_consumers: 5_000 });
    expect(config).toMatchObject({ allow_direct: true, allow_rollup_hdrs: config.name === 'OBJ_snap' });
    expect(config.max_bytes).toBeGreaterThan(0);
  }
  expect(configs.get(TEAM_STREAM)).toMatchObject({
    max_age: 0,
    deny_delete: true,
    deny_purge: true,
    allow_atomic: true,
    max_msg_size: 65_536,
    republish: { src: 'team.>', dest: 'feed.team.>' },
  });
  expect(configs.get(FILES_STREAM)).toMatchObject({
    max_age: 0,
    deny_delete: true,
    max_msgs_per_subject: 1,
    discard_new_per_subject: true,
  });
  // the reservations of all streams fit into what the server may use: one that does not fit is refused only when it is made
  const reserved = [...configs.values()].reduce((sum, { max_bytes }) => sum + max_bytes, 0);
  expect(reserved).toBeLessThanOrEqual((await readState(shared.folder)).diskBytes);
});

test('what was acknowledged is there after the server was killed', async () => {
  const acknowledged: number[] = [];
  const log = jetstream(await shared.joinAs('bo'), { domain: HUB_DOMAIN });
  for (let at = 0; at < 20; at += 1) acknowledged.push((await log.publish(eventSubject('case.case_kept'), String(at))).seq);
  await shared.crash();
  await shared.run();
  const manager = await jetstreamManager(await shared.joinAs('bo'), { domain: HUB_DOMAIN });
  for (const [at, seq] of acknowledged.entries()) {
    expect((await manager.direct.getMessage(TEAM_STREAM, { seq }))?.string()).toBe(String(at));
  }
});

test('revoking cuts a live connection, keeps others, lets nobody in again, and leaves what was written', async () => {
  const [agent, lead] = [await shared.joinAs('bo'), await shared.joinAs('ana')];
  const { seq } = await jetstream(agent, { domain: HUB_DOMAIN }).publish(eventSubject('case.case_left'), 'by bo');
  const startedAt = performance.now();
  expect(await revoke(shared.folder.root, 'bo', 1_000)).toEqual({ running: true, ended: 1 });
  await agent.closed();
  expect(performance.now() - startedAt).toBeLessThan(CUT_LIMIT_MS);
  await expect(shared.joinAs('bo')).rejects.toThrow(/authorization violation/iu);
  const manager = await jetstreamManager(lead, { domain: HUB_DOMAIN });
  expect((await manager.direct.getMessage(TEAM_STREAM, { seq }))?.string()).toBe('by bo');
  const people = await new Kvm(jetstream(lead, { domain: HUB_DOMAIN })).open(PEOPLE_BUCKET);
  expect((await people.get('bo'))?.json()).toMatchObject({ name: 'bo', keys: [{ revokedAt: 11_000 }] });
  expect(lead.isClosed()).toBe(false);
  // also when the hub starts again
  await shared.crash();
  await shared.run();
  await expect(shared.joinAs('bo')).rejects.toThrow(/authorization violation/iu);
  await (await shared.joinAs('ana')).flush();
});

test('a hub on the old server of Debian 12 is refused when we connect, by name and with what to do', async () => {
  const { folder, stop } = await startControl();
  cleanUps.push(stop);
  const refusal = connectAs(folder, await readState(folder), 'admin');
  await expect(refusal).rejects.toThrow(/nats-server 2\.9\.10.*needs 2\.12\.3 or newer.*Upgrade/u);
});

test('the old server is not started on a hub: its data stays untouched', async () => {
  const { control } = await natsServers();
  const before = await readdir(shared.folder.root, { recursive: true });
  const never = new AbortController().signal;
  const options = { server: control.file, say: () => {}, warn: () => {}, nowMs: () => Date.now(), signal: never };
  await expect(serve(shared.folder.root, options)).rejects.toThrow(/2\.9\.10/u);
  expect(await readdir(shared.folder.root, { recursive: true })).toEqual(before);
});

test('the whole way by the command: init, start, add people, invite, join, revoke, end', async () => {
  const { server } = await natsServers();
  const folder = path.join(await emptyFolder(), 'hub');
  const [port = 0] = await freePorts(1);
  const said: string[] = [];
  const warned: string[] = [];
  const stop = new AbortController();
  let ready = (): void => {};
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const machine: HubMachine = {
    folder,
    readTemplate,
    findServer: () => server.file,
    nowMs: () => Date.now(),
    say: (line) => void said.push(line),
    warn: (line) => void warned.push(line),
    signal: stop.signal,
    onReady: ready,
  };
  const hub = async (...words: string[]): Promise<string[]> => {
    said.length = 0;
    if ((await runHub(words, machine)) !== 0) throw new Error(warned.join('\n'));
    return [...said];
  };
  await hub('init', '--name', 'Night shift', '--host', 'localhost', '--listen', '127.0.0.1', '--port', String(port), '--disk', '1');
  // before its first start: people can be added already
  expect((await hub('add-user', 'ana', '--role', 'lead', '--agent', 'agt_ana')).join('\n')).toContain('does not run now');
  const running = runHub(['start'], machine);
  cleanUps.push(async () => {
    stop.abort();
    await running;
  });
  await Promise.race([isReady, running.then(() => expect.fail(warned.join('\n')))]);
  await hub('add-user', 'bo', '--role', 'agent');
  // the rest of the team by its list, as the app exports it
  const list = path.join(folder, '..', 'team.csv');
  await writeFile(list, 'id,name,tiers\r\nagt_ana,Ana Reis,lead\r\nagt_min,Kim Min-ji,L1; L2\r\nagt_jia,陈佳慧,lead\r\n');
  const added = (await hub('add-team', '--from', list)).join('\n');
  for (const line of [/ana +lead, there already: Ana Reis/u, /kim-min-ji +agent, new/u, /agent-jia +lead, new/u])
    expect(added).toMatch(line);
  const invites = path.join(folder, '..', 'invites');
  await writeFile(list, 'name\nKim Min-ji\nKim Min-ji\n');
  expect(await runHub(['add-team', '--from', list], machine)).toBe(1);
  expect(warned.at(-1)).toContain('twice');
  await hub('invite', '--all', '--out', invites);
  expect((await readdir(invites)).toSorted()).toEqual(['agent-jia.invite', 'ana.invite', 'bo.invite', 'kim-min-ji.invite']);
  const min = parseInvite(await readFile(path.join(invites, 'kim-min-ji.invite'), 'utf8'));
  expect(min).toMatchObject({ user: { name: 'kim-min-ji', role: 'agent', agentId: 'agt_min' } });
  if (min === null) throw new Error('the file holds no invite');
  await (await join(min)).close();
  // everybody has one now; who was revoked gets none by the way
  await hub('revoke', 'agent-jia');
  await hub('revoke', 'ana');
  await hub('revoke', 'bo');
  const again = (await hub('invite', '--all', '--out', invites)).join('\n');
  for (const line of [/kim-min-ji: has an invite/u, /agent-jia: was revoked/u, /nobody had to be/u]) expect(again).toMatch(line);
  const link = (await hub('invite', 'ana')).find((line) => line.startsWith('meridian:')) ?? '';
  expect(warned.at(-1)).toContain('SECRET');
  const invited = parseInvite(link);
  expect(invited).toMatchObject({
    hub: { name: 'Night shift' },
    servers: [`tls://localhost:${String(port)}`],
    user: { name: 'ana', role: 'lead', agentId: 'agt_ana' },
  });
  if (invited === null) throw new Error('unreachable');
  const file = path.join(folder, '..', 'bo.invite');
  await hub('invite', 'bo', '--out', file);
  expect((await stat(file)).mode & 0o077).toBe(0);
  const other = parseInvite(await readFile(file, 'utf8'));
  // a file that is there is not overwritten, and no key is made that nobody would have
  expect(await runHub(['invite', 'bo', '--out', file], machine)).toBe(1);
  // nor do two commands change the hub at once: the lock of this very process stands for another that runs
  await writeFile(path.join(folder, 'hub.lock'), String(process.pid));
  expect(await runHub(['revoke', 'ana'], machine)).toBe(1);
  expect(warned.at(-1)).toContain('another hub command');
  // one that was killed does not lock for ever
  await writeFile(path.join(folder, 'hub.lock'), '999999999');
  if (other === null) throw new Error('the file holds no invite');
  const [ana, bo] = [await join(invited), await join(other)];
  await jetstream(bo, { domain: HUB_DOMAIN }).publish(eventSubject('case.case_1'), '{}');
  const status = (await hub('status')).join('\n');
  expect(status).toMatch(/nats-server 2\.\d+\.\d+\S*, healthy/u);
  expect(status).toMatch(/TEAM +1 messages/u);
  expect(status).toMatch(/ana +lead \(channels\), keys 1, 1 connected/u);
  expect(status).toMatch(/bo +agent, keys 1, 1 connected/u);
  expect(await hub('streams')).toEqual(expect.arrayContaining([expect.stringMatching(/^TEAM +same$/u)]));
  expect(await runHub(['streams', '--replicas', '3'], machine)).toBe(1);
  expect((await hub('policy')).join('\n')).toMatch(/keeps a copy.*\n.*: any/u);
  expect((await hub('policy', '--on-leave', 'erase', '--least-version', '0.2.0')).join('\n')).toMatch(/erases its copy\n.*: 0\.2\.0/u);
  expect((await readState(hubFolder(folder))).policy).toEqual({ onLeave: 'erase', leastVersion: '0.2.0' });
  expect(await runHub(['policy', '--on-leave', 'burn'], machine)).toBe(1);
  expect(await runHub(['policy', '--least-version', 'newest'], machine)).toBe(1);
  expect(await hub('reload')).toContain('servers that read their users again: 1');
  await hub('server-files', path.join(folder, '..', 'hub2'), '--host', 'hub2.example.test');
  const certificate = async (file: string): Promise<X509Certificate> => new X509Certificate(await readFile(path.join(folder, file)));
  const [authority, second] = [await certificate('keys/ca.crt'), await certificate('../hub2/keys/server.crt')];
  expect([second.verify(authority.publicKey), second.checkHost('hub2.example.test')]).toEqual([true, 'hub2.example.test']);
  expect(await readdir(path.join(folder, '../hub2'), { recursive: true })).not.toContain('keys/ca.key');
  await hub('revoke', 'bo');
  await bo.closed();
  // the secret half of an invited key is nowhere on the hub
  for (const name of await readdir(folder, { recursive: true })) {
    const isFile = (await stat(path.join(folder, name))).isFile();
    expect(isFile ? await readFile(path.join(folder, name), 'latin1') : '').not.toContain(invited.seed);
  }
  const renewed = ana.closed();
  await hub('renew');
  await (await join(invited)).close();
  expect(ana.isClosed()).toBe(false);
  stop.abort();
  expect(await running).toBe(0);
  await renewed;
  expect(await runHub(['status'], machine)).toBe(1);
});
