import type { CaseLedger } from './case-ledger.ts';
import {
  idAtPlace,
  logCursor,
  markDirty,
  rememberedPlace,
  saveLogCursor,
  streamsBehind,
  unplace,
  wireTime,
  wiresBehind,
} from '../store/team.store.ts';
import type { Store } from '../store/sql.ts';
import type { TeamLog } from '../team/team-log.ts';
import { LogRefused } from '../team/team-log.ts';
import { caseOf, retime } from './team-apply.ts';

interface RewindDeps {
  readonly store: Store;
  readonly ledger: CaseLedger;
  readonly log: TeamLog;
  readonly lastSequence: number;
}

/**
 * The hub was put back to an old copy of its log. What it has lost is offered to it again, entry by entry, each for its old place: then
 * everything is as it was, ownerships included. Where somebody has written to such a place already, the rest is pending again, with the
 * bytes that were signed, and is judged on top of what is there. What was given back is stored later than at first; everybody must have
 * one time for it.
 * @returns how many entries the hub had lost, as far as this workstation knows
 */
export async function resyncAfterRewind(deps: RewindDeps): Promise<number> {
  const { store, log, ledger } = deps;
  const cursor = store.read(logCursor);
  if (cursor === null) return 0;
  const common = await lastCommon(deps, Math.min(deps.lastSequence, cursor.sequence));
  const { place: there, isOther } = await takeOver(deps, common, cursor.sequence);
  let restored = there;
  const last = isOther ? there : cursor.sequence;
  while (restored < last) {
    const [wire] = store.read((db) => wiresBehind(db, restored, 1));
    if (wire === undefined || wire.sequence !== restored + 1) break;
    try {
      const appended = await log.append({ id: wire.eventId, stream: wire.stream, data: wire.data, place: wire.sequence });
      if (appended.kind === 'moved' && (await log.at(wire.sequence))?.id !== wire.eventId) break;
      if (appended.kind !== 'moved' && appended.sequence !== wire.sequence) break;
    } catch (error) {
      // what only a lead may write must be brought by a lead
      if (!(error instanceof LogRefused)) throw error;
      break;
    }
    restored = wire.sequence;
  }
  if (restored > there) await takeOver(deps, there, restored);
  if (restored < cursor.sequence) fallBack(deps, restored);
  ledger.forget();
  return cursor.sequence - there;
}

/**
 * The last place at which both have the same entry, stored at the same time. Up to the copy the logs are one, so it can be found by
 * halving; behind it nothing has the time that it had. Where the bytes of an entry are not here, the event that came with a snapshot says
 * what it was.
 */
async function lastCommon({ store, log }: RewindDeps, atMost: number): Promise<number> {
  let low = 0;
  let high = atMost;
  while (low < high) {
    const bounds = { low, high, middle: Math.ceil((low + high) / 2) };
    const place = store.read((db) => rememberedPlace(db, bounds.middle, bounds.low, bounds.high));
    // nothing that anybody could read was there
    if (place === null) break;
    const own = store.read((db) => ({ id: idAtPlace(db, place), storedAt: wireTime(db, place) }));
    const theirs = await log.at(place);
    if (theirs !== null && theirs.id === own.id && (own.storedAt ?? theirs.storedAt) === theirs.storedAt) low = place;
    else high = place - 1;
  }
  return low;
}

const BATCH = 500;

/**
 * What somebody has given back already is as it was, but for its time, which is taken over.
 * @returns the last place at which it is, and whether something else is behind it
 */
async function takeOver(
  { store, log }: Pick<RewindDeps, 'store' | 'log'>,
  from: number,
  to: number,
): Promise<{ readonly place: number; readonly isOther: boolean }> {
  let place = from;
  while (place < to) {
    const entries = (await log.read(place, BATCH)).filter(({ sequence }) => sequence <= to);
    const other = entries.findIndex((entry) => (store.read((db) => idAtPlace(db, entry.sequence)) ?? entry.id) !== entry.id);
    const same = other === -1 ? entries : entries.slice(0, other);
    if (same.length > 0)
      store.write((tx) => {
        for (const entry of same) retime(tx, entry);
      });
    place = same.at(-1)?.sequence ?? place;
    if (other !== -1) return { place, isOther: true };
    if (entries.length === 0) break;
  }
  return { place, isOther: false };
}

function fallBack({ store }: RewindDeps, restored: number): void {
  store.write((tx) => {
    const cursor = logCursor(tx);
    if (cursor === null) return;
    const id = restored === 0 ? null : idAtPlace(tx, restored);
    for (const stream of streamsBehind(tx, restored)) if (caseOf(stream) !== null) markDirty(tx, stream, restored + 1);
    unplace(tx, restored);
    saveLogCursor(tx, { ...cursor, sequence: restored, id });
  });
}
