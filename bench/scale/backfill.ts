import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { caseLife } from './case-life.ts';
import type { ScalePlan, Team } from './case-life.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { prepareScale, scaleFolder } from './make-workspace.ts';
import { SLICE } from '../data-set.ts';
import { calibrate, spreadOf } from '../measure.ts';
import type { Spread } from '../measure.ts';
import { INGEST_SLICE_MS } from '../../src/main/engine/jobs/account-sync.ts';
import { startCheckpoints } from '../../src/main/engine/jobs/checkpoints.ts';
import { createSearchIndexer } from '../../src/main/engine/jobs/search-indexer.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import type { ChannelEvent } from '../../src/main/engine/channels/connector.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import { checkpointInWorker } from '../../src/main/engine/store/checkpoint/checkpoint-work.ts';
import { makeId } from '../../src/shared/domain/ids.ts';

interface Asked {
  readonly page: Spread;
  readonly search: Spread;
  readonly thread: Spread;
}

export interface BackfillFigures {
  readonly messages: number;
  readonly perSecond: number;
  readonly noise: readonly ReturnType<typeof calibrate>[];
  /** From when it was wanted until it was there, with what else the thread was doing. */
  readonly before: Asked;
  readonly meanwhile: Asked;
  /** The first change after a start, and the ones after it: the whole call, milliseconds. */
  readonly firstClaimMs: number;
  readonly claims: Spread;
  readonly claimsCpu: Spread;
}

/** Pages, searches and threads that are asked for while so many messages of a mailbox come in and are indexed; on a copy of the workspace. */
export async function measureBackfill(root: string, cases: number, messages: number): Promise<BackfillFigures> {
  const about = await prepareScale(root, cases);
  const place = join(root, 'scale-copy');
  rmSync(place, { recursive: true, force: true });
  cpSync(join(scaleFolder(root, cases), 'workspaces', 'main'), place, { recursive: true });
  try {
    using desk = openDesk(place, about.plan);
    const noise = [calibrate()];
    const claims = await claim(desk);
    const before = await asking(desk, async () => pause(15_000));
    noise.push(calibrate());
    let perSecond = 0;
    let taken = 0;
    const meanwhile = await asking(desk, async () => {
      const begun = performance.now();
      taken = await backfill(desk, about.plan, messages);
      perSecond = (taken * 1000) / (performance.now() - begun);
    });
    noise.push(calibrate());
    return { messages: taken, perSecond, noise, before, meanwhile, ...claims };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const pause = async (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

async function claim(desk: Desk): Promise<Pick<BackfillFigures, 'firstClaimMs' | 'claims' | 'claimsCpu'>> {
  const uids = desk.opened.store.read((db) =>
    db.all<{ uid: string }>("SELECT uid FROM cases WHERE status = 0 AND assignee = '' LIMIT 101").map(({ uid }) => uid),
  );
  const times: number[] = [];
  const cpus: number[] = [];
  for (const [place, uid] of uids.entries()) {
    const cpu = process.cpuUsage();
    const begun = performance.now();
    await desk.ask('cases.apply', { opId: makeId('op', `bench-${place}`), caseIds: [uid], action: { kind: 'claim' } });
    times.push(performance.now() - begun);
    const { user, system } = process.cpuUsage(cpu);
    cpus.push((user + system) / 1000);
  }
  return { firstClaimMs: times[0] ?? Number.NaN, claims: spreadOf(times.slice(1)), claimsCpu: spreadOf(cpus.slice(1)) };
}

const EVERY_MS = 40;
/** A backfill is given up after so long: what is asked meanwhile has its figures then, and the whole bench ten minutes. */
const LONGEST_MS = 150_000;

/** Asks every 40 ms while `work` goes on; what is late because the thread is busy is counted from when it was wanted. */
async function asking(desk: Desk, work: () => Promise<unknown>): Promise<Asked> {
  const uids = desk.opened.store.read((db) =>
    db.all<{ uid: string }>('SELECT uid FROM cases WHERE status < 3 LIMIT 200').map(({ uid }) => uid),
  );
  const words = ['refund', '退款', 'carrier', '환불', 'ref', '注文'];
  const times = { page: [] as number[], search: [] as number[], thread: [] as number[] };
  const kinds = ['page', 'search', 'thread'] as const;
  const going = { isOver: false };
  const loop = async (): Promise<void> => {
    for (let round = 0; !going.isOver; round += 1) {
      const wantedAt = performance.now() + EVERY_MS;
      await pause(EVERY_MS);
      const kind = kinds[round % 3] ?? 'page';
      if (kind === 'page') await desk.ask('cases.list', { view: 'unassigned', sort: 'runway', limit: 200 });
      else if (kind === 'search') await desk.ask('cases.search', { text: words[Math.floor(round / 3) % words.length], limit: 50 });
      else await desk.ask('cases.timeline', { caseId: uids[round % uids.length] });
      // the first ones read what nobody has read yet
      if (round >= 18) times[kind].push(performance.now() - wantedAt);
    }
  };
  const asked = loop();
  await work();
  going.isOver = true;
  await asked;
  return { page: spreadOf(times.page), search: spreadOf(times.search), thread: spreadOf(times.thread) };
}

/** As the app takes a mailbox: slices through `ingestBatch`, a turn for everybody else after each, the search index beside it. */
export async function backfill(desk: Desk, plan: ScalePlan, messages: number): Promise<number> {
  const { store, blobs } = desk.opened;
  const turn = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const deps = {
    slices: { ms: INGEST_SLICE_MS, turn },
    store,
    blobs,
    ledger: desk.ledger,
    ids: desk.ids,
    clock: desk.clock,
    probe: noProbe,
    verifyToken: () => null,
  };
  const indexer = createSearchIndexer({ store, search: desk.search, clock: desk.clock, log: () => undefined });
  const team: Team = {
    me: makeId('agt', 'berlin-0'),
    agents: store.read((db) => db.all<Team['agents'][number]>('SELECT uid AS agentId, name FROM agents ORDER BY uid')),
  };
  const work = checkpointInWorker(new URL('checkpoint-worker.mjs', import.meta.url));
  const checkpoints = startCheckpoints({ store, search: desk.search, work, log: () => undefined });
  const slice = new Map<StoredAccount, ChannelEvent[]>();
  let taken = 0;
  // cases that the workspace does not have, from the same customers
  const more: ScalePlan = { ...plan, cases: 5_000_000, open: 0 };
  const until = performance.now() + LONGEST_MS;
  for (let index = 1_000_000; taken < messages && performance.now() < until; index += 1) {
    const life = caseLife(more, team, index);
    for (const step of life.steps) {
      if (step.kind !== 'arrival' || taken >= messages) continue;
      const events = slice.get(life.account) ?? [];
      events.push({ kind: 'message', message: step.message, remoteRef: step.ref });
      slice.set(life.account, events);
      taken += 1;
      if (events.length < SLICE) continue;
      slice.delete(life.account);
      await ingestBatch(deps, life.account, { events, cursor: '{}', more: true, backfill: null }, life.account.uid);
      await turn();
    }
  }
  await indexer[Symbol.asyncDispose]();
  await checkpoints[Symbol.asyncDispose]();
  return taken;
}
