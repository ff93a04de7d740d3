import type { CaseLedger } from './case-ledger.ts';
import { saveLogCursor, logCursor, markDirty, unplace, wireAt, wiresBehind } from '../store/team.store.ts';
import type { Store } from '../store/sql.ts';
import type { TeamLog } from '../team/team-log.ts';
import { LogRefused } from '../team/team-log.ts';
import { caseOf } from './team-apply.ts';
import { localStream } from '../../../shared/domain/team/strictness.ts';

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

/** The last place at which both have the same entry. Up to the copy the logs are one, so it can be found by halving. */
async function lastCommon({ store, log }: RewindDeps, atMost: number): Promise<number> {
  let low = 0;
  let high = atMost;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const own = store.read((db) => wireAt(db, middle));
    const theirs = await log.at(middle);
    if (own !== undefined && theirs?.id === own.eventId) low = middle;
    else high = middle - 1;
  }
  return low;
}

function fallBack({ store, ledger }: RewindDeps, restored: number): void {
  store.write((tx) => {
    const cursor = logCursor(tx);
    if (cursor === null) return;
    const id = restored === 0 ? null : (wireAt(tx, restored)?.eventId ?? null);
    for (const { stream } of wiresBehind(tx, restored, -1)) if (caseOf(localStream(stream)) !== null) markDirty(tx, stream, restored + 1);
    unplace(tx, restored);
    saveLogCursor(tx, { ...cursor, sequence: restored, id });
  });
  ledger.forget();
}
