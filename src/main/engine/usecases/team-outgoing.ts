import type { CaseLedger } from './case-ledger.ts';
import { partsOf } from './team-parts.ts';
import type { SizeOf } from './team-parts-of.ts';
import type { IdSource } from '../identity.ts';
import { PENDING_BASE } from '../store/events.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { teamValue } from '../store/team.store.ts';
import type { EventRow } from '../store/team.store.ts';
import type { WireEvent } from '../../../shared/contract/team-wire.ts';
import { wireStream } from '../../../shared/domain/team/strictness.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/** Who says what goes out. */
export interface Speaker {
  readonly user: string;
  readonly workstation: string;
}

/** Events up to this key of the table were there before the workspace joined. */
export function historyUpTo(db: ReadDb): number {
  return teamValue<number>(db, 'history-up-to') ?? 0;
}

/** A pending event as it travels, with what others need to understand it. */
export function wireEventOf(db: ReadDb, row: EventRow, speaker: Speaker, sizeOf: SizeOf): WireEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
  const body = JSON.parse(row.body) as Record<string, unknown>;
  const parts = partsOf(db, { stream: row.stream, type: row.type, body }, sizeOf);
  // what it was written on was never confirmed: to everybody else there is no such ownership
  const epoch = row.epoch !== null && row.epoch >= PENDING_BASE ? 0 : row.epoch;
  return {
    v: 1,
    id: row.id,
    stream: wireStream(row.stream),
    type: row.type,
    sv: row.version,
    ...speakerOf(speaker),
    actor: row.actor,
    hlc: row.hlc,
    at: row.at,
    base: row.base ?? 0,
    epoch,
    body,
    ...(parts === null ? {} : { parts }),
    ...(row.localId <= historyUpTo(db) ? { isHistory: true } : {}),
  };
}

/** An event that goes into the log and into none of this workspace's tables before it comes back. */
export function loggedEvent(
  deps: { readonly ledger: CaseLedger; readonly ids: IdSource; readonly clock: Clock },
  db: ReadDb,
  event: { readonly stream: string; readonly type: string; readonly body: Readonly<Record<string, unknown>>; readonly base: number },
  speaker: Speaker,
): WireEvent {
  return {
    v: 1,
    id: deps.ids.next('evt'),
    stream: wireStream(event.stream),
    type: event.type,
    sv: 1,
    ...speakerOf(speaker),
    actor: null,
    hlc: deps.ledger.stamp(db),
    at: deps.clock.now(),
    base: event.base,
    epoch: null,
    body: event.body,
  };
}

function speakerOf({ user, workstation }: Speaker): Speaker {
  return { user, workstation };
}
