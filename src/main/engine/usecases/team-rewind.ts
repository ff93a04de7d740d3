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
import type { LogEntry, TeamLog } from '../team/team-log.ts';
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
 * bytes that were signed, and is judged on top of what is there.
 * @returns how many entries the hub had lost, as far as this workstation knows
 */
export async function resyncAfterRewind(deps: RewindDeps): Promise<number> {
  const { store, log } = deps;
  const cursor = store.read(logCursor);
  if (cursor === null) return 0;
  const common = await lastCommon(deps, Math.min(deps.lastSequence, cursor.sequence));
  const missing = cursor.sequence - common;
  let restored = common;
  while (restored < cursor.sequence) {
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
  if (restored < cursor.sequence) fallBack(deps, restored);
  return missing;
}

/**
 * The last place at which both have the same entry. Up to the copy the logs are one, so it can be found by halving. Where the bytes of
 * an entry are not here, the event that came with a snapshot says what it was.
 */
async function lastCommon({ store, log }: RewindDeps, atMost: number): Promise<number> {
  let low = 0;
  let high = atMost;
  while (low < high) {
    const bounds = { low, high, middle: Math.ceil((low + high) / 2) };
    const place = store.read((db) => rememberedPlace(db, bounds.middle, bounds.low, bounds.high));
    // nothing that anybody could read was there
    if (place === null) break;
    const own = store.read((db) => idAtPlace(db, place));
    const theirs = await log.at(place);
    if (theirs?.id === own) low = place;
    else high = place - 1;
  }
  return low;
}

const BATCH = 500;

/**
 * Takes over the times of entries that somebody has given the hub again after it was put back: it stored them later than at first.
 * Nothing is asked of the log but its entry at the cursor while that is as it was.
 * @returns whether any were taken over
 */
export async function followTimes({ store, ledger, log }: Pick<RewindDeps, 'store' | 'ledger' | 'log'>, there: LogEntry): Promise<boolean> {
  const isSame = (sequence: number, storedAt: number | undefined): boolean => {
    const own = store.read((db) => wireTime(db, sequence));
    // what a snapshot stands for was told by it
    return own === null || own === storedAt;
  };
  if (isSame(there.sequence, there.storedAt)) return false;
  let low = 0;
  let high = there.sequence;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSame(middle, (await log.at(middle))?.storedAt)) low = middle;
    else high = middle - 1;
  }
  for (let at = low; at < there.sequence;) {
    const entries = (await log.read(at, BATCH)).filter(({ sequence }) => sequence <= there.sequence);
    const last = entries.at(-1)?.sequence;
    if (last === undefined) return true;
    store.write((tx) => {
      for (const entry of entries) retime(tx, entry);
    });
    at = last;
  }
  ledger.forget();
  return true;
}

function fallBack({ store, ledger }: RewindDeps, restored: number): void {
  store.write((tx) => {
    const cursor = logCursor(tx);
    if (cursor === null) return;
    const id = restored === 0 ? null : idAtPlace(tx, restored);
    for (const stream of streamsBehind(tx, restored)) if (caseOf(stream) !== null) markDirty(tx, stream, restored + 1);
    unplace(tx, restored);
    saveLogCursor(tx, { ...cursor, sequence: restored, id });
  });
  ledger.forget();
}
