import { VIEW_FILTERS, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { readNeeds } from './runway.store.ts';
import type { StoredNeed } from './runway.store.ts';
import { NEVER } from './sla.store.ts';
import type { ReadDb } from './sql.ts';
import type { ViewId } from '../../../shared/domain/views.ts';

/** A case as the order sees it. */
interface Candidate {
  readonly id: number;
  readonly due: number;
  readonly last: number;
  readonly staffed: number | null;
}

/** What goes first, and the staffed time that is left. */
interface Ranked extends Candidate {
  readonly group: number;
  readonly left: number;
}

/** One lane of one need. In it due times and runways have the same order, so the index gives it sorted, a part at a time. */
interface Lane {
  readonly need: number;
  readonly lane: 0 | 1;
  /** Staffed time up to now; null for what was not worked out yet. */
  readonly staffedNow: number | null;
  /** What falls due until then has nobody who could take it. */
  readonly openUntil: number;
  rows: readonly Candidate[];
  position: number;
  limit: number;
}

const FIRST_ROWS = 8;
const NO_NEED = 0;

/** The statement that reads the first cases of one lane of one need. */
export function laneSql(view: ViewId): string {
  return `SELECT id, next_due_at AS due, last_message_at AS last, staffed_due AS staffed FROM cases INDEXED BY cases_runway
    WHERE need = @need AND lane = @lane AND status < 3 AND merged_into IS NULL AND ${VIEW_FILTERS[view]}
    ORDER BY next_due_at, last_message_at DESC, id DESC LIMIT @limit`;
}

/**
 * Local keys of a view's first unsolved cases by runway; null while nothing is known of staffed time. Sorting all of them
 * by an expression takes 12 ms for 20,000. A need has one staffed time for all its cases, so each lane of each need lies
 * sorted in an index already, at any time, and the few dozen of them are merged: 1.3 ms.
 */
export function idsByRunway(db: ReadDb, view: ViewId, limit: number, viewer: Viewer): number[] | null {
  const needs = readNeeds(db);
  if (needs.length === 0) return null;
  const sql = laneSql(view);
  const parameters = viewParameters(viewer);
  const fill = (lane: Lane): void => {
    lane.rows = db.all<Candidate>(sql, { ...parameters, need: lane.need, lane: lane.lane, limit: lane.limit, opens: lane.openUntil });
  };
  const lanes = lanesOf(needs, viewer.now);
  let heads = lanes.flatMap((lane) => {
    fill(lane);
    return nextOf(lane) ?? [];
  });
  const ids: number[] = [];
  while (ids.length < limit && heads.length > 0) {
    let first = 0;
    for (let index = 1; index < heads.length; index += 1) if (comesBefore(heads[index], heads[first])) first = index;
    const head = heads[first];
    if (head === undefined) break;
    ids.push(head.row.id);
    head.lane.position += 1;
    if (head.lane.position === head.lane.limit) {
      head.lane.limit = Math.min(limit, head.lane.limit * 4);
      fill(head.lane);
    }
    const next = nextOf(head.lane);
    if (next === null) heads = heads.filter((_, index) => index !== first);
    else heads[first] = next;
  }
  return ids;
}

interface Head {
  readonly lane: Lane;
  readonly row: Ranked;
}

function lanesOf(needs: readonly StoredNeed[], now: number): readonly Lane[] {
  const lines = [
    ...needs.map((need) => ({
      need: need.id,
      staffedNow: need.base + (need.since === null ? 0 : now - need.since),
      openUntil: need.since === null ? Math.max(now, need.opensAt ?? NEVER - 1) : now,
    })),
    // Opened a moment ago, while everything was being worked out anew.
    { need: NO_NEED, staffedNow: null, openUntil: now },
  ];
  return lines.flatMap((line) => ([0, 1] as const).map((lane) => ({ ...line, lane, rows: [], position: 0, limit: FIRST_ROWS })));
}

function nextOf(lane: Lane): Head | null {
  const row = lane.rows[lane.position];
  if (row === undefined) return null;
  if (row.due <= lane.openUntil) return { lane, row: { ...row, group: 0, left: 0 } };
  const left = row.staffed === null || lane.staffedNow === null ? Number.MAX_VALUE : row.staffed - lane.staffedNow;
  return { lane, row: { ...row, group: 1 + lane.lane, left } };
}

function comesBefore(one: Head | undefined, other: Head | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one.row, other.row];
  return (a.group - b.group || a.left - b.left || a.due - b.due || b.last - a.last || b.id - a.id) < 0;
}
