/** Writers and players on a cluster while something is done to it, and what the checkers say of all that they were told. */
import type { NatsConnection } from '@nats-io/transport-node';
import { HubClient } from '../../src/main/engine/team/hub-client.ts';
import { JetStreamLog } from '../../src/main/engine/team/jetstream-log.ts';
import type { LogEntry, TeamLog } from '../../src/main/engine/team/team-log.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { playCases, storeSurely, voidsOf } from './claim-game.ts';
import type { TestCluster } from './cluster.ts';
import { unlinearizableCases, witnessProblems, type AppendOperation, type CaseOperation } from './history.ts';
import { eventually } from './hub-server.ts';

const WRITERS = 24;
const PLAYERS = 8;
const CASES = 4;
const WARM_UP_MS = 2_000;

export const USERS = [
  { name: 'ana', role: 'lead' },
  { name: 'bo', role: 'agent' },
  { name: 'cy', role: 'agent' },
] as const;

/** A workstation whose first server is the one of the given number. */
export async function openLog(cluster: TestCluster, index: number): Promise<{ readonly log: TeamLog; readonly client: HubClient }> {
  const invited = cluster.inviteOf(USERS[index % USERS.length]?.name ?? '');
  const first = index % invited.servers.length;
  const invite = { ...invited, servers: [...invited.servers.slice(first), ...invited.servers.slice(0, first)] };
  const client = new HubClient({ invite, clock: { now: () => instant(Date.now()) }, log: () => {} });
  await eventually(async () => {
    if (client.state().state !== 'online') throw new Error(JSON.stringify(client.state()));
    return Promise.resolve();
  }, 60_000);
  return { log: new JetStreamLog(client), client };
}

export async function readAll(log: TeamLog): Promise<readonly LogEntry[]> {
  return eventually(async () => {
    const entries: LogEntry[] = [];
    for (;;) {
      const more = await log.read(entries.length, 4_000);
      entries.push(...more);
      if (more.length < 4_000) return entries;
    }
  }, 60_000);
}

export interface FaultReport {
  readonly acknowledged: number;
  readonly unknown: number;
  readonly refused: number;
  /** Longest time without any acknowledgement, and of a single workstation. */
  readonly silenceMs: number;
  readonly longestWaitMs: number;
  readonly problems: readonly string[];
  readonly notLinearizable: readonly string[];
  readonly reads: number;
}

/** One writer keeps a chain of strict events: each is stored only behind the one before. */
async function writeChain(log: TeamLog, writer: number, isOver: () => boolean): Promise<readonly AppendOperation[]> {
  const operations: AppendOperation[] = [];
  const stream = `case.case_chain-${String(writer)}`;
  let head = 0;
  for (let index = 0; !isOver(); index += 1) {
    const id = `w${String(writer)}-${String(index)}`;
    const data = JSON.stringify({ kind: 'open', actor: `agt_w${String(writer)}`, epoch: 0, text: 'x'.repeat(400) });
    const told = await storeSurely(log, { id, stream, data, expected: head });
    operations.push(told);
    if (told.outcome === 'ok' && told.sequence !== undefined) head = told.sequence;
    // the log knows less than it acknowledged: what follows is stored behind what is left
    else head = await eventually(async () => (await log.head(stream))?.sequence ?? 0, 60_000);
  }
  return operations;
}

/** Runs the load, does what `fault` does, and judges all that anybody was told. */
export async function underLoad(
  cluster: TestCluster,
  name: string,
  fault: (admin: NatsConnection) => Promise<void>,
  coolMs = 3_000,
): Promise<FaultReport> {
  const opened = await Promise.all(Array.from({ length: 9 }, async (_unused, index) => openLog(cluster, index)));
  const logAt = (index: number): TeamLog => {
    const found = opened[index % opened.length];
    if (found === undefined) throw new Error('no log');
    return found.log;
  };
  let isOver = false;
  const over = (): boolean => isOver;
  const caseIds = Array.from({ length: CASES }, (_unused, index) => `case_${name}-${String(index)}`);
  const writing = Array.from({ length: WRITERS }, async (_unused, index) => writeChain(logAt(index), index, over));
  const playing = Array.from({ length: PLAYERS }, async (_unused, index) =>
    playCases(logAt(index), `agt_p${String(index)}`, caseIds, over),
  );
  try {
    await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
    await fault(await eventually(async () => cluster.adminAnywhere()));
    await new Promise((resolve) => setTimeout(resolve, coolMs));
  } finally {
    isOver = true;
  }
  const written = (await Promise.all(writing)).flat();
  const played = await Promise.all(playing);
  const appends = [...written, ...played.flatMap((each) => each.appends)];
  const folded: readonly CaseOperation[] = played.flatMap((each) => each.folded);
  const reader = await openLog(cluster, 1);
  const entries = await readAll(reader.log);
  await Promise.all([reader, ...opened].map(async ({ client }) => client[Symbol.asyncDispose]()));
  const voids = voidsOf(entries.filter(({ stream }) => caseIds.some((caseId) => stream === `case.${caseId}`)));
  const ends = appends
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ endedAt }) => endedAt)
    .toSorted((a, b) => a - b);
  const gaps = ends.slice(1).map((end, index) => end - (ends[index] ?? end));
  return {
    acknowledged: ends.length,
    unknown: appends.filter(({ outcome }) => outcome === 'unknown').length,
    refused: appends.filter(({ outcome }) => outcome === 'refused').length,
    silenceMs: Math.round(Math.max(0, ...gaps)),
    longestWaitMs: Math.round(appends.reduce((longest, { startedAt, endedAt }) => Math.max(longest, endedAt - startedAt), 0)),
    problems: witnessProblems(appends, entries, (id) => voids.has(id)),
    notLinearizable: unlinearizableCases(folded),
    reads: folded.filter(({ kind }) => kind === 'read').length,
  };
}

export function tellReport(name: string, { problems, notLinearizable, ...figures }: FaultReport): void {
  console.log(
    name,
    JSON.stringify({ ...figures, problems: problems.length, notLinearizable: notLinearizable.length }),
    problems.slice(0, 5),
  );
}
