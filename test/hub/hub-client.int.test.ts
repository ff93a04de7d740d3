import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HubClient } from '../../src/main/engine/team/hub-client.ts';
import type { HubInvite } from '../../src/main/engine/team/hub-invite.ts';
import { JetStreamLog } from '../../src/main/engine/team/jetstream-log.ts';
import { LogUnavailable } from '../../src/main/engine/team/team-log.ts';
import { revoke } from '../../src/main/hub/hub.ts';
import { makeAuthority, makeServerCertificate } from '../../src/main/hub/certificates.ts';
import { instant, type Clock } from '../../src/shared/domain/time.ts';
import { freePorts } from '../mail-server/ports.ts';
import { eventually, TestHub } from './hub-server.ts';

const machine: Clock = { now: () => instant(Date.now()) };
const USERS = [
  { name: 'ana', role: 'lead' },
  { name: 'bo', role: 'agent' },
] as const;

let hub: TestHub;
const clients: HubClient[] = [];
beforeEach(async () => {
  hub = await TestHub.start({ users: USERS });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map(async (client) => client[Symbol.asyncDispose]()));
  await hub[Symbol.asyncDispose]();
});

function join(invite: HubInvite, clock = machine): HubClient {
  const client = new HubClient({ invite, clock, log: () => {} });
  clients.push(client);
  return client;
}

async function becomes(client: HubClient, state: string, code: string | null = null): Promise<void> {
  await eventually(async () => {
    const now = client.state();
    if (now.state !== state || now.code !== code) throw new Error(`the link is ${JSON.stringify(now)}`);
    return Promise.resolve();
  }, 30_000);
}

/** What a link comes to that is made now. */
async function reached(invite: HubInvite): Promise<readonly [string, string | null]> {
  const client = join(invite);
  return eventually(async () => {
    const { state, code } = client.state();
    if (state === 'connecting') throw new Error('still connecting');
    return Promise.resolve([state, code] as const);
  });
}

test('a link comes up, measures, survives a crash of the hub by itself, and hears again what it heard before', async () => {
  const client = join(hub.inviteOf('bo'), { now: () => instant(Date.now() + 90_000) });
  const heard: string[] = [];
  let connections = 0;
  client.subscribe('feed.team.>', (message) => void heard.push(message.string()));
  client.onConnect(() => (connections += 1));
  expect(() => client.connection()).toThrow(LogUnavailable);
  await becomes(client, 'online');
  const [address = ''] = hub.inviteOf('bo').servers;
  expect(client.state().address).toBe(address);
  expect(client.state().server).toMatch(new RegExp(`^${hub.inviteOf('bo').hub.id}-1 \\d+\\.\\d+\\.\\d+$`, 'u'));
  expect(client.state().roundTripMs).toBeGreaterThan(0);
  // the machine's clock is the hub's here, and this workstation's is a minute and a half ahead of it
  expect(Math.abs((client.state().clockAheadMs ?? 0) - 90_000)).toBeLessThan(250);
  const log = new JetStreamLog(client);
  await log.append({ id: 'one', stream: 'case.case_1', data: 'before' });
  await expect.poll(() => heard).toEqual(['before']);
  await hub.crash();
  await becomes(client, 'offline', 'unreachable');
  await expect(log.identity()).rejects.toThrow(LogUnavailable);
  await hub.run();
  await becomes(client, 'online');
  expect(connections).toBe(2);
  await log.append({ id: 'two', stream: 'case.case_1', data: 'after' });
  await expect.poll(() => heard).toEqual(['before', 'after']);
});

test('a link that is lost is online no longer, also while an answer is awaited', async () => {
  const client = join(hub.inviteOf('bo'));
  await becomes(client, 'online');
  const connection = client.connection();
  await hub.freeze();
  client.nudge();
  const after = connection.closed().then(() => client.state().state);
  await connection.close();
  expect(await after).toBe('connecting');
  expect(() => client.connection()).toThrow(LogUnavailable);
  hub.thaw();
  await becomes(client, 'online');
});

test('an older server in the place of the hub is refused when the link comes back, and gets nothing', async () => {
  const client = join(hub.inviteOf('bo'));
  await becomes(client, 'online');
  const log = new JetStreamLog(client);
  await log.append({ id: 'one', stream: 'case.case_1', data: 'x' });
  await hub.crash();
  await hub.runOld();
  await becomes(client, 'refused', 'hub-too-old');
  expect(client.state().detail).toContain('2.12.3');
  await expect(log.append({ id: 'two', stream: 'case.case_1', data: 'y' })).rejects.toThrow(LogUnavailable);
  expect(await readFile(path.join(hub.root, 'old.log'), 'utf8')).not.toContain('team.case');
  await hub.crash();
  await hub.run();
  client.nudge();
  await becomes(client, 'online');
});

test('who is revoked is told so, also when tried again, and whoever was not goes on', async () => {
  const [client, other] = [join(hub.inviteOf('bo')), join(hub.inviteOf('ana'))];
  await Promise.all([becomes(client, 'online'), becomes(other, 'online')]);
  await revoke(hub.folder.root, 'bo', Date.now());
  await becomes(client, 'refused', 'revoked');
  await becomes(join(hub.inviteOf('bo')), 'refused', 'revoked');
  expect(other.state()).toMatchObject({ state: 'online' });
});

test('another authority, another hub, one that was not set up, and none at all are told apart', async () => {
  const invited = hub.inviteOf('bo');
  const [unused = 0] = await freePorts(1);
  const folder = await mkdtemp(path.join(tmpdir(), 'meridian-authority-'));
  await makeAuthority(folder, 'Another');
  const stranger = { ...invited, authority: await readFile(path.join(folder, 'ca.crt'), 'utf8') };
  await rm(folder, { recursive: true });
  expect(await reached(stranger)).toEqual(['refused', 'wrong-certificate']);
  expect(await reached({ ...invited, hub: { ...invited.hub, id: 'hub-of-others' } })).toEqual(['refused', 'other-hub']);
  expect(await reached({ ...invited, servers: [`tls://localhost:${String(unused)}`] })).toEqual(['offline', 'unreachable']);
  await using bare = await TestHub.start({ users: USERS, isBare: true });
  expect(await reached(bare.inviteOf('bo'))).toEqual(['offline', 'no-log']);
});

test('a server that is named by its number must have that in its certificate', async () => {
  const invited = hub.inviteOf('bo');
  const byNumber = { ...invited, servers: invited.servers.map((address) => address.replace('localhost', '127.0.0.1')) };
  expect(await reached(byNumber)).toEqual(['online', null]);
  await makeServerCertificate(hub.folder.keys, hub.folder.keys, 'Test hub', ['localhost']);
  await hub.crash();
  await hub.run();
  expect(await reached(invited)).toEqual(['online', null]);
  expect(await reached(byNumber)).toEqual(['refused', 'wrong-certificate']);
});

test('addresses are tried in turn, and each is measured', async () => {
  const invited = hub.inviteOf('bo');
  const [unused = 0] = await freePorts(1);
  const [address = ''] = invited.servers;
  const dead = `tls://localhost:${String(unused)}`;
  const client = join({ ...invited, servers: [dead, address] });
  await becomes(client, 'online');
  expect(client.state().address).toBe(address);
  const [first, second] = await client.measure();
  expect(first).toEqual({ address: dead, roundTripMs: null });
  expect(second?.address).toBe(address);
  expect(second?.roundTripMs).toBeGreaterThan(0);
});

test('a hub that is frozen is noticed by who waits for an answer, or by a nudge, and is back when it thaws', async () => {
  const [writing, nudged] = [join(hub.inviteOf('bo')), join(hub.inviteOf('ana'))];
  await Promise.all([becomes(writing, 'online'), becomes(nudged, 'online')]);
  await hub.freeze();
  const startedAt = performance.now();
  const append = new JetStreamLog(writing).append({ id: 'one', stream: 'case.case_1', data: 'x' });
  nudged.nudge();
  try {
    await expect(append).rejects.toThrow(LogUnavailable);
    await expect.poll(() => [writing, nudged].map((client) => client.state().state), { timeout: 10_000 }).not.toContain('online');
    // without a question it takes up to twenty seconds
    expect(performance.now() - startedAt).toBeLessThan(9_000);
  } finally {
    hub.thaw();
  }
  await Promise.all([becomes(writing, 'online'), becomes(nudged, 'online')]);
  // it had been sent: whether it was stored is known only now
  expect((await new JetStreamLog(nudged).append({ id: 'one', stream: 'case.case_1', data: 'x' })).kind).toMatch(/^(stored|repeated)$/u);
  expect(await new JetStreamLog(nudged).read(0, 10)).toHaveLength(1);
});
