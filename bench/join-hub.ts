import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emailConnectors, productionMailProbe } from '../src/main/engine/composition.ts';
import { createInlineParser } from '../src/main/engine/channels/email/parse-pool.ts';
import { createEngine } from '../src/main/engine/create-engine.ts';
import type { Engine } from '../src/main/engine/create-engine.ts';
import { noProbe } from '../src/main/engine/probe.ts';
import type { ShellPort } from '../src/main/engine/ports/shell-port.ts';
import { snapshotWorkIn } from '../src/main/engine/store/snapshot/snapshot-work.ts';
import { inviteLink } from '../src/main/engine/team/hub-invite.ts';
import { HubClient } from '../src/main/engine/team/hub-client.ts';
import { eventSubject, TEAM_STREAM } from '../src/main/engine/team/hub-names.ts';
import { startHubLink } from '../src/main/engine/team/link-host.ts';
import { signerOf } from '../src/main/engine/team/nkey-signature.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import type { CaseId } from '../src/shared/domain/ids.ts';
import { instant } from '../src/shared/domain/time.ts';
import { eventually, TestHub } from '../test/hub/hub-server.ts';
import { fillHub, rawRate, readRate } from './hub-events.ts';
import { calibrate, peakRssMb, spreadOf } from './measure.ts';
import type { Spread } from './measure.ts';
import { caseEventAt, EVENTS_OF_CASE, teamBegins } from './team-events.ts';

/** What joining a team costs: a real hub on loopback, the real link in its worker, the real tables. */
export interface JoiningFigures {
  readonly fixedWork: ReturnType<typeof calibrate>;
  readonly events: number;
  readonly cases: number;
  readonly filledPerSecond: number;
  /** The same stream pushed by the server, and read through the link with its signatures checked; nothing is kept. */
  readonly rawPerSecond: number;
  readonly linkPerSecond: number;
  /** From the command to join until everything is folded: by reading the log. */
  readonly join: { readonly ms: number; readonly perSecond: number; readonly readMs: number; readonly cpuMs: number };
  readonly snapshot: { readonly makeMs: number; readonly bytes: number; readonly unpackedBytes: number };
  /** The same by the snapshot. */
  readonly joinBySnapshot: { readonly ms: number; readonly longestPauseMs: number };
  readonly peakRssMb: number;
  /** From the command of one to the row of the other, and until the log has confirmed it; a bare append and its answer. */
  readonly claim: { readonly seen: Spread; readonly confirmed: Spread; readonly command: Spread; readonly append: Spread };
}

const clock = { now: () => instant(Date.now()) };
const CLAIMS = 60;
/** Of disk, for each event with what the server keeps beside it; the log gets less than half of the disk. */
const BYTES_OF_EVENT = 6_000;

function memoryShell(): ShellPort {
  const secrets = new Map<string, string>();
  const answer = (name: string, input: unknown): unknown => {
    const { ref = '', value = '' } = (input ?? {}) as { ref?: string; value?: string };
    if (name === 'vault.status') return { backend: 'keychain', state: 'ready' };
    if (name === 'secret.get') return secrets.get(ref) ?? null;
    if (name !== 'secret.set') return null;
    secrets.set(ref, value);
    return 'ok';
  };
  return { request: (name, input) => Promise.resolve(answer(name, input) as never) };
}

interface Station {
  readonly engine: Engine;
  /** Throws for an answer that is an error. */
  ask(name: string, input: object): Promise<unknown>;
}

let operations = 0;

/** @param workers folder of the bundled worker threads */
async function startStation(folder: string, name: string, workers: string): Promise<Station> {
  const engine = createEngine({
    workspace: 'main',
    workspacePath: path.join(folder, name),
    clock,
    log: (level, message, fields) => {
      if (level === 'error')
        process.stderr.write(
          `${name}: ${message} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? value.stack : value))}\n`,
        );
    },
    probe: noProbe,
    random: Math.random,
    shell: memoryShell(),
    parser: createInlineParser(),
    mail: productionMailProbe(),
    createConnector: emailConnectors({ parser: () => createInlineParser() }),
    createLink: (invite, workstation) =>
      startHubLink({ workerFile: path.join(workers, 'link-worker.mjs'), invite, workstation, run: randomUUID(), clock, log: () => {} }),
    snapshots: snapshotWorkIn(path.join(workers, 'snapshot-worker.mjs')),
  });
  await engine.started;
  const ask = async (call: string, input: object): Promise<unknown> => {
    operations += 1;
    const answer = await engine.call(call, { opId: makeId('op', `bench-${String(operations)}`), ...input });
    if (!answer.ok) throw new Error(`${call}: ${answer.error.code} ${answer.error.detail}`);
    return answer.value;
  };
  await ask('workspace.setProfile', { name, zone: 'Europe/Lisbon', languages: ['en'] });
  return { engine, ask };
}

/** Joins and waits until everything is there; when reading ended, too. */
async function join(
  station: Station,
  hub: TestHub,
  user: string,
  events: number,
): Promise<{ readonly ms: number; readonly readMs: number }> {
  const startedAt = performance.now();
  await station.ask('team.join', { invite: inviteLink(hub.inviteOf(user)), keepHistory: true, isSamePerson: true });
  let readMs = 0;
  for (;;) {
    const status = station.engine.team.session()?.sync.status();
    if (status !== undefined && status.cursor >= events && readMs === 0) readMs = performance.now() - startedAt;
    if (status !== undefined && status.isLive && status.cursor >= events) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { ms: performance.now() - startedAt, readMs };
}

/** The longest time in which this thread did nothing else. */
function watchPauses(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

function ownerOf({ engine }: Station, caseId: CaseId): string {
  return (
    engine.store.read((db) => db.get<{ owner: string }>('SELECT assignee AS owner FROM cases WHERE uid = @caseId', { caseId }))?.owner ?? ''
  );
}

async function soon(condition: () => boolean, what: string): Promise<void> {
  const endAt = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > endAt) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function measureClaims(one: Station, other: Station, hub: TestHub, count: number): Promise<JoiningFigures['claim']> {
  const times = { seen: [] as number[], confirmed: [] as number[], command: [] as number[], append: [] as number[] };
  const client = new HubClient({ invite: hub.inviteOf('bo'), clock, log: () => {} });
  await eventually(async () => {
    if (client.state().state !== 'online') throw new Error(client.state().detail);
    return Promise.resolve();
  });
  for (let round = 0; round < CLAIMS; round += 1) {
    const caseId = makeId('case', `bench-${String((round * 10) % count)}`);
    const before = ownerOf(other, caseId);
    const action = { kind: round % 2 === 0 || before === '' ? 'claim' : 'release' };
    const startedAt = performance.now();
    await one.ask('cases.apply', { caseIds: [caseId], action });
    times.command.push(performance.now() - startedAt);
    const isConfirmed = (): boolean =>
      one.engine.store.read((db) => db.get('SELECT 1 FROM events WHERE sequence IS NULL AND void IS NULL')) === undefined;
    let confirmedAt = 0;
    await soon(() => {
      if (confirmedAt === 0 && isConfirmed()) confirmedAt = performance.now();
      return confirmedAt > 0 && ownerOf(other, caseId) !== before;
    }, 'the other sees the claim');
    times.confirmed.push(confirmedAt - startedAt);
    times.seen.push(performance.now() - startedAt);
    const bareAt = performance.now();
    await client.connection().request(eventSubject(`case.${caseId}`), 'nothing', { timeout: 10_000 });
    times.append.push(performance.now() - bareAt);
  }
  await client[Symbol.asyncDispose]();
  return {
    seen: spreadOf(times.seen),
    confirmed: spreadOf(times.confirmed),
    command: spreadOf(times.command),
    append: spreadOf(times.append),
  };
}

/** @param workers folder of the bundled worker threads */
export async function measureJoining(workers: string, wanted: number): Promise<JoiningFigures> {
  const cases = Math.ceil(wanted / EVENTS_OF_CASE);
  const users = ['ana', 'bo', 'cy'].map((name) => ({ name, role: 'lead' }) as const);
  await using hub = await TestHub.start({ users, diskBytes: 2 ** 30 + cases * EVENTS_OF_CASE * BYTES_OF_EVENT });
  const folder = mkdtempSync(path.join(tmpdir(), 'meridian-joining-'));
  const stations: Station[] = [];
  try {
    const admin = await hub.connectAs('admin');
    const agent = makeId('agt', 'bench');
    const signer = signerOf(hub.inviteOf('ana').seed);
    const first = teamBegins(signer, 'ana', agent);
    const filler = await hub.joinAs('ana');
    for (const event of first) await fillHub(filler, 1, () => event);
    const fillAt = performance.now();
    const events = await fillHub(filler, cases * EVENTS_OF_CASE, (index) => caseEventAt(signer, 'ana', agent, index));
    const filledPerSecond = events / ((performance.now() - fillAt) / 1_000);

    const rawPerSecond = await rawRate(admin, TEAM_STREAM, events);
    const link = startHubLink({
      workerFile: path.join(workers, 'link-worker.mjs'),
      invite: hub.inviteOf('bo'),
      workstation: 'bench',
      run: 'bench',
      clock,
      log: () => {},
    });
    await eventually(async () => {
      if (link.state().state !== 'online' || link.directory.users().length === 0) throw new Error(link.state().detail);
      return Promise.resolve();
    });
    const { perSecond: linkPerSecond } = await readRate(link.log);
    await link[Symbol.asyncDispose]();

    const bo = await startStation(folder, 'bo', workers);
    stations.push(bo);
    const cpu = process.cpuUsage();
    const joined = await join(bo, hub, 'bo', events);
    const { user, system } = process.cpuUsage(cpu);
    // what one reads into memory and the other does not must not count for both
    const rss = peakRssMb();
    const found = bo.engine.store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM cases'))?.count;
    if (found !== cases) throw new Error(`${String(found)} cases of ${String(cases)}`);

    await soon(
      () => bo.engine.store.read((db) => db.get('SELECT 1 FROM events WHERE sequence IS NULL AND void IS NULL')) === undefined,
      'all is pushed',
    );
    const makeAt = performance.now();
    const outcome = await bo.engine.snapshots?.make();
    if (outcome !== 'made') throw new Error(`no snapshot: ${String(outcome)}`);
    const makeMs = performance.now() - makeAt;
    const [manifest = '{}'] = (await bo.engine.team.session()?.link.snapshots.list()) ?? [];
    const { size, unpackedSize } = JSON.parse(manifest.split('\n')[0] ?? '') as { size: number; unpackedSize: number };

    const cy = await startStation(folder, 'cy', workers);
    stations.push(cy);
    const pauses = watchPauses();
    const quick = await join(cy, hub, 'cy', events);
    const longestPauseMs = pauses();
    const claim = await measureClaims(bo, cy, hub, cases);
    return {
      fixedWork: calibrate(),
      events,
      cases,
      filledPerSecond,
      rawPerSecond,
      linkPerSecond,
      join: { ms: joined.ms, perSecond: events / (joined.ms / 1_000), readMs: joined.readMs, cpuMs: (user + system) / 1_000 },
      snapshot: { makeMs, bytes: size, unpackedBytes: unpackedSize },
      joinBySnapshot: { ms: quick.ms, longestPauseMs },
      peakRssMb: rss,
      claim,
    };
  } finally {
    for (const { engine } of stations) await engine[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}
