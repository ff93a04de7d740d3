/** Three servers and another region. Not part of `npm test`: `npm run hub-check`. */
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventSubject, HUB_DOMAIN, TEAM_STREAM } from '../../src/main/engine/team/hub-names.ts';
import { mirrorTo, reloadServers, revoke, setReplicas } from '../../src/main/hub/hub.ts';
import { TestCluster } from './cluster.ts';
import { eventually } from './hub-server.ts';

const CLIENTS = 20;
const ROUNDS = 30;

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start([
    { name: 'ana', role: 'lead' },
    { name: 'bo', role: 'agent' },
    { name: 'cy', role: 'agent' },
    { name: 'region', role: 'region' },
  ]);
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
});

async function append(connection: NatsConnection, stream: string, data: string, expected: number): Promise<number> {
  const log = jetstream(connection, { domain: HUB_DOMAIN });
  return (await log.publish(eventSubject(stream), data, { expect: { lastSubjectSequence: expected } })).seq;
}

test('three copies of every stream, on a second run unchanged', async () => {
  const manager = await jetstreamManager(await cluster.connectAs('admin'));
  for await (const { config } of manager.streams.list()) expect(config.num_replicas).toBe(3);
  expect((await setReplicas(cluster.folder.root, 3)).every(({ outcome }) => outcome === 'same')).toBe(true);
});

test('of many claims of one case on three servers exactly one is stored', async () => {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_unused, at) => {
      const [own = '', ...others] = [...cluster.servers.slice(at % 3), ...cluster.servers.slice(0, at % 3)];
      return cluster.joinAs(at % 2 === 0 ? 'bo' : 'cy', [own, ...others]);
    }),
  );
  const winners: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const claims = clients.map(async (client, at) => append(client, `case.case_race-${String(round)}`, String(at), 0));
    winners.push((await Promise.allSettled(claims)).filter(({ status }) => status === 'fulfilled').length);
  }
  expect(winners).toEqual(winners.map(() => 1));
});

test('with the leader killed the team goes on within seconds, and nothing that was acknowledged is lost', async () => {
  const admin = await jetstreamManager(await cluster.connectAs('admin'));
  const leader = Number(/^node-(\d)$/u.exec((await admin.streams.info(TEAM_STREAM)).cluster?.leader ?? '')?.[1]);
  const agent = await cluster.joinAs('bo', cluster.servers.toSpliced(leader, 1));
  const acknowledged = [await append(agent, 'case.case_before', 'before', 0)];
  await cluster.crash(leader);
  const startedAt = performance.now();
  acknowledged.push(await eventually(async () => append(agent, 'case.case_after', 'after', 0), 60_000));
  console.log(`a write was stored again after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  await cluster.run(leader);
  const back = await eventually(async () => cluster.joinAs('bo', cluster.servers.slice(leader, leader + 1)));
  const manager = await jetstreamManager(back, { domain: HUB_DOMAIN });
  for (const seq of acknowledged) {
    expect(await eventually(async () => manager.streams.getMessage(TEAM_STREAM, { seq }))).toMatchObject({ seq });
  }
});

test('another region reads its copy, writes through to the hub, and catches up after it was killed', async () => {
  await cluster.runRegion();
  const made = await eventually(async () => mirrorTo(cluster.folder.root, `tls://${cluster.regionServer}`));
  expect(made.map(({ outcome }) => outcome)).toEqual(made.map(() => 'made'));
  expect((await mirrorTo(cluster.folder.root, `tls://${cluster.regionServer}`)).every(({ outcome }) => outcome === 'same')).toBe(true);
  const far = await cluster.joinAs('ana', [`tls://${cluster.regionServer}`]);
  const near = await cluster.joinAs('bo');
  const heard = new Promise<string>((resolve) => {
    far.subscribe('feed.team.case.case_near', { max: 1, callback: (_error, message) => resolve(message.string()) });
  });
  await far.flush();
  const written = await append(far, 'case.case_far', 'from afar', 0);
  const answered = await append(near, 'case.case_near', 'from near', 0);
  expect(await heard).toBe('from near');
  // compare-and-set is decided by the hub, also for who is connected to the region
  await expect(append(far, 'case.case_near', 'late', 0)).rejects.toMatchObject({ code: 10_071 });
  const copy = await jetstreamManager(far);
  for (const [seq, text] of [
    [written, 'from afar'],
    [answered, 'from near'],
  ] as const) {
    const message = await eventually(async () => {
      const found = await copy.direct.getMessage(TEAM_STREAM, { seq });
      if (found === null) throw new Error(`${String(seq)} has not arrived`);
      return found;
    });
    expect(message.string()).toBe(text);
  }
  await cluster.crashRegion();
  const missed = await append(near, 'case.case_missed', 'while it was away', 0);
  await cluster.runRegion();
  const again = await jetstreamManager(await eventually(async () => cluster.joinAs('ana', [`tls://${cluster.regionServer}`])));
  await eventually(async () => {
    expect((await again.direct.getMessage(TEAM_STREAM, { seq: missed }))?.string()).toBe('while it was away');
  });
});

test('who is revoked is cut from every server of the cluster', async () => {
  const everywhere = await Promise.all(cluster.servers.map(async (server) => cluster.joinAs('cy', [server])));
  await eventually(async () => revoke(cluster.folder.root, 'cy', 1_000));
  expect(await reloadServers(cluster.folder.root)).toBeGreaterThanOrEqual(3);
  await Promise.all(everywhere.map(async (connection) => connection.closed()));
  for (const server of cluster.servers) await expect(cluster.joinAs('cy', [server])).rejects.toThrow(/authorization violation/iu);
});
