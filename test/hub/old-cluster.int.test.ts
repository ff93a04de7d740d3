import { jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventSubject, HUB_DOMAIN, TEAM_STREAM } from '../../src/main/engine/team/hub-names.ts';
import type { HubWire } from '../../src/main/engine/team/hub-wire.ts';
import { JetStreamLog } from '../../src/main/engine/team/jetstream-log.ts';
import { readAck } from '../../src/main/engine/team/publish-ack.ts';
import type { LogEntry } from '../../src/main/engine/team/team-log.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { raceForCases, voidsOf, type GameLog, type Played } from './claim-game.ts';
import { TestCluster } from './cluster.ts';
import { unlinearizableCases, witnessProblems } from './history.ts';

/**
 * The control of the checkers: three of Debian 12's servers, which let several claims of one case win. A checker that finds nothing
 * here is broken; and a team that believes the fold would be safe even there.
 */
const CONTENDERS = 50;
const CONNECTIONS = 9;
const ROUNDS_AT_ONCE = 4;
const MOST_ROUNDS = 100;

let cluster: TestCluster;
const connections: NatsConnection[] = [];
beforeAll(async () => {
  cluster = await TestCluster.start([{ name: 'bo', role: 'agent' }], { isOld: true });
  for (let index = 0; index < CONNECTIONS; index += 1) {
    const { servers } = cluster;
    connections.push(await cluster.joinAs('bo', [...servers.slice(index % 3), ...servers.slice(0, index % 3)]));
  }
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
});

function wireOf(connection: NatsConnection): HubWire {
  return { userName: 'bo', connection: () => connection, subscribe: () => () => {}, onConnect: () => () => {}, doubt: () => {} };
}

/** What this server can answer: entries one by one, from its leader. */
function oldLog(connection: NatsConnection): GameLog {
  const log = new JetStreamLog(wireOf(connection));
  return {
    // the acknowledgement as it comes: the log's own append would look for a proof
    append: async ({ id, stream, data, expected = 0 }) => {
      const header = headers();
      header.set('Nats-Msg-Id', id);
      header.set('Nats-Expected-Last-Subject-Sequence', String(expected));
      return readAck(await connection.request(eventSubject(stream), data, { headers: header, timeout: 5_000 }));
    },
    head: async (stream) => log.head(stream),
    readStream: async (stream, after) => {
      const manager = await jetstreamManager(connection, { domain: HUB_DOMAIN, checkAPI: false });
      const entries: LogEntry[] = [];
      for (;;) {
        const query = { seq: (entries.at(-1)?.sequence ?? after) + 1, next_by_subj: eventSubject(stream) };
        const found = await manager.streams.getMessage(TEAM_STREAM, query);
        if (found === null) return entries;
        const { seq: sequence, time } = found;
        entries.push({ sequence, id: found.header.get('Nats-Msg-Id'), stream, storedAt: instant(time.getTime()), data: found.string() });
      }
    },
  };
}

async function wholeLog(connection: NatsConnection): Promise<readonly LogEntry[]> {
  const manager = await jetstreamManager(connection, { domain: HUB_DOMAIN, checkAPI: false });
  const { last_seq } = (await manager.streams.info(TEAM_STREAM)).state;
  const log = new JetStreamLog(wireOf(connection));
  const entries = await Promise.all(Array.from({ length: last_seq }, async (_unused, index) => log.at(index + 1)));
  return entries.filter((entry) => entry !== null);
}

test('claims that are believed by their acknowledgement are caught, and believed by the fold they pass', async () => {
  const logs = connections.map(oldLog);
  const all: { -readonly [Key in keyof Played]: Played[Key][number][] } = { appends: [], trusted: [], folded: [] };
  let caught: readonly string[] = [];
  let rounds = 0;
  while (caught.length === 0 && rounds < MOST_ROUNDS) {
    const caseIds = Array.from({ length: ROUNDS_AT_ONCE }, (_unused, index) => `case_${String(rounds + index)}`);
    const played = await raceForCases(logs, CONTENDERS, caseIds);
    for (const key of ['appends', 'trusted', 'folded'] as const) (all[key] as unknown[]).push(...played[key]);
    caught = unlinearizableCases(played.trusted);
    rounds += ROUNDS_AT_ONCE;
  }
  console.log(
    `${String(caught.length)} of ${String(ROUNDS_AT_ONCE)} cases had several winners by the acknowledgements, after ${String(rounds)} rounds`,
  );
  expect(caught.length).toBeGreaterThan(0);
  expect(unlinearizableCases(all.folded)).toEqual([]);
  // the log is no witness of the acknowledgements either
  const [connection] = connections;
  if (connection === undefined) throw new Error('no connection');
  const entries = await wholeLog(connection);
  expect(witnessProblems(all.appends, entries).some((problem) => /was stored behind \d+ and not behind \d+/u.test(problem))).toBe(true);
  // of every case exactly one claim counts
  const voids = voidsOf(entries);
  const claims = entries.filter(({ id }) => !voids.has(id) && !id.endsWith('-opened')).map(({ stream }) => stream);
  expect(claims.toSorted()).toEqual([...new Set(entries.map(({ stream }) => stream))].toSorted());
});
