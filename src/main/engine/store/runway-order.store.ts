import { NO_FILTER } from './case-filter.store.ts';
import type { CaseFilter } from './case-filter.store.ts';
import { fewMembers } from './case-totals.store.ts';
import { VIEW_FILTERS, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { namedNeeds, readNeeds } from './runway.store.ts';
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
  /** How many were read before these. */
  offset: number;
  isRead: boolean;
  /** The case that is next, with what it is sorted by; the numbers are kept here because thousands of them are compared. */
  row: Candidate | null;
  group: number;
  left: number;
}

const FIRST_ROWS = 8;
const MORE_ROWS = 32;

/** The statement that reads some cases of one lane of one need. */
export function laneSql(view: ViewId, filter: CaseFilter = NO_FILTER): string {
  return `SELECT id, next_due_at AS due, last_message_at AS last, staffed_due AS staffed FROM cases c INDEXED BY cases_runway
    WHERE need = @need AND lane = @lane AND status < 3 AND merged_into IS NULL AND ${VIEW_FILTERS[view]} AND ${filter.sql}
    ORDER BY next_due_at, last_message_at DESC, id DESC LIMIT @limit OFFSET @offset`;
}

/**
 * Local keys of a view's first unsolved cases by runway; null while nothing is known of staffed time. A need has one
 * staffed time for all its cases, so each lane of each need lies sorted in an index already, whatever the time, and the
 * few dozen of them are merged. To sort all open cases by an expression takes about ten times as long (bench/triage.ts).
 */
export function idsByRunway(db: ReadDb, view: ViewId, limit: number, viewer: Viewer, filter: CaseFilter = NO_FILTER): number[] | null {
  const needs = readNeeds(db);
  if (needs.length === 0) return null;
  const few = fewMembers(db, view, filter, viewer);
  if (few !== null) return sortedMembers(db, few, needs, viewer.now).slice(0, limit);
  const sql = laneSql(view, filter);
  // One object for all statements: to make and to read a new one costs as much as the statement does.
  const bound = { ...viewParameters(viewer), ...filter.parameters, need: 0, lane: 0, opens: 0, limit: 0, offset: 0 };
  const read = (lane: Lane, count: number): void => {
    bound.need = lane.need;
    bound.lane = lane.lane;
    bound.opens = lane.openUntil;
    bound.limit = count;
    bound.offset = lane.offset;
    lane.rows = db.all<Candidate>(sql, bound);
    lane.isRead = lane.rows.length < count;
    lane.position = 0;
  };
  const advance = (lane: Lane): void => {
    lane.position += 1;
    if (lane.position === lane.rows.length && !lane.isRead) {
      lane.offset += lane.rows.length;
      read(lane, MORE_ROWS);
    }
    rank(lane);
  };
  const lanes = lanesOf(namedNeeds(db), needs, viewer.now);
  for (const lane of lanes) {
    read(lane, FIRST_ROWS);
    rank(lane);
  }
  const ids: number[] = [];
  while (ids.length < limit) {
    let first: Lane | null = null;
    for (const lane of lanes) if (lane.row !== null && (first === null || comesBefore(lane, first))) first = lane;
    if (first === null || first.row === null) break;
    ids.push(first.row.id);
    advance(first);
  }
  return ids;
}

/** Few cases are not looked for in a hundred lanes: they are read by their keys, and those of each lane become a lane of their own. */
function sortedMembers(db: ReadDb, members: readonly number[], known: readonly StoredNeed[], now: number): number[] {
  const needs = new Map(known.map((need) => [need.id, need]));
  const rows = db.all<Candidate & { readonly need: number; readonly lane: 0 | 1 }>(MEMBERS_SQL, { members: JSON.stringify(members) });
  const placed = rows.map((row) => {
    const lane = { ...laneOfNeed(row.need, row.lane, needs.get(row.need), now), rows: [row] };
    rank(lane);
    return lane;
  });
  return placed.sort((one, other) => (comesBefore(one, other) ? -1 : 1)).flatMap(({ row }) => row?.id ?? []);
}

const MEMBERS_SQL = `SELECT c.id, c.need, c.lane, c.next_due_at AS due, c.last_message_at AS last, c.staffed_due AS staffed
  FROM json_each(@members) j CROSS JOIN cases c ON c.id = j.value`;

function lanesOf(named: readonly number[], known: readonly StoredNeed[], now: number): readonly Lane[] {
  const needs = new Map(known.map((need) => [need.id, need]));
  return named.flatMap((id) => [laneOfNeed(id, 0, needs.get(id), now), laneOfNeed(id, 1, needs.get(id), now)]);
}

function laneOfNeed(id: number, lane: 0 | 1, need: StoredNeed | undefined, now: number): Lane {
  // Opened a moment ago, while everything was being worked out anew; or what it names is being worked out anew itself.
  if (need === undefined) return laneOf(id, lane, null, now);
  const { base, since, opensAt } = need;
  const staffedNow = base + (since === null ? 0 : now - since);
  const openUntil = since === null ? Math.max(now, opensAt ?? NEVER - 1) : now;
  return laneOf(id, lane, staffedNow, openUntil);
}

function laneOf(need: number, lane: 0 | 1, staffedNow: number | null, openUntil: number): Lane {
  return { need, lane, staffedNow, openUntil, rows: [], position: 0, offset: 0, isRead: false, row: null, group: 0, left: 0 };
}

/** Takes the numbers that the lane's next case is sorted by. */
function rank(lane: Lane): void {
  const row = lane.rows[lane.position] ?? null;
  lane.row = row;
  if (row === null) return;
  const isUnstaffed = row.due <= lane.openUntil;
  lane.group = isUnstaffed ? 0 : 1 + lane.lane;
  if (isUnstaffed) lane.left = 0;
  else lane.left = row.staffed === null || lane.staffedNow === null ? Number.MAX_VALUE : row.staffed - lane.staffedNow;
}

function comesBefore(one: Lane, other: Lane): boolean {
  if (one.group !== other.group) return one.group < other.group;
  if (one.left !== other.left) return one.left < other.left;
  const [a, b] = [one.row, other.row];
  if (a === null || b === null) return b === null;
  return (a.due - b.due || b.last - a.last || b.id - a.id) < 0;
}
