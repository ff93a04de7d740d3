import { keptCount, keptMembers } from './case-counts.store.ts';
import { NO_FILTER } from './case-filter.store.ts';
import type { CaseFilter } from './case-filter.store.ts';
import { asFilter, bothOf, sourceOf, VIEW_FILTERS, viewFilter, viewFilterSql, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { BOTS } from './cases.store.ts';
import type { ReadDb } from './sql.ts';
import type { ViewCounts } from '../../../shared/contract/cases.contract.ts';
import type { ViewId } from '../../../shared/domain/views.ts';

/** Where they are counted: unsolved ones in the index that has nearly everything that is asked of them, and not among all others. */
function countedOf(view: ViewId, filter: CaseFilter): string {
  return filter.isOpen && view !== 'unstaffed' ? 'cases c INDEXED BY cases_due' : sourceOf(view);
}

/** More are found in the order of an index sooner than looked up one by one. */
const FEW_MEMBERS = 2_500;

/** The local keys of the cases of a view that a filter lets through, where they are remembered and few; else null. */
export function fewMembers(db: ReadDb, view: ViewId, filter: CaseFilter, viewer: Viewer): readonly number[] | null {
  // these are never few, and to remember all of them is dear
  if (filter === NO_FILTER && (view === 'all' || view === 'solved')) return null;
  return keptMembers(db, bothOf(viewFilter(view, viewer), filter), FEW_MEMBERS);
}

/** How many cases of a view a filter lets through. */
export function countCases(db: ReadDb, view: ViewId, viewer: Viewer, filter: CaseFilter = NO_FILTER): number {
  if (filter === NO_FILTER && view === 'all') return countAll(db);
  if (filter === NO_FILTER && view === 'solved') return countAll(db) - countOpen(db, viewer);
  return (
    keptCount(db, bothOf(viewFilter(view, viewer), filter)) ??
    db.get<{ count: number }>(
      `SELECT count(*) AS count FROM ${countedOf(view, filter)} WHERE c.merged_into IS NULL AND ${viewFilterSql(view)} AND ${filter.sql}`,
      { ...viewParameters(viewer), ...filter.parameters },
    )?.count ??
    0
  );
}

/** Without a condition SQLite counts the cells of an index's pages, and not its entries one by one: the past costs next to nothing. */
function countAll(db: ReadDb): number {
  const row = db.get<{ all: number; merged: number }>(
    'SELECT (SELECT count(*) FROM cases) AS "all", (SELECT count(*) FROM cases WHERE merged_into IS NOT NULL) AS merged',
  );
  return (row?.all ?? 0) - (row?.merged ?? 0);
}

const OPEN = 'status < 3';
const UNREAD = `status < 3 AND unread = 1 AND snoozed_until = 0 AND assignee <> '${BOTS}'`;

function countOpen(db: ReadDb, viewer: Viewer): number {
  return (
    keptCount(db, asFilter(OPEN, [], viewer)) ??
    db.get<{ count: number }>('SELECT count(*) AS count FROM cases INDEXED BY cases_waiting WHERE status < 3 AND merged_into IS NULL')
      ?.count ??
    0
  );
}

/** Views of unsolved cases, counted together; the rest is counted apart. */
const OPEN_VIEWS = ['mine', 'unassigned', 'vip', 'due-soon', 'overdue', 'waiting-us', 'waiting-customer', 'snoozed'] as const;

/** All view counts: those that are kept, else in one pass over one index. */
export function countViews(db: ReadDb, viewer: Viewer): ViewCounts {
  return keptCounts(db, viewer) ?? countedViews(db, viewer);
}

function keptCounts(db: ReadDb, viewer: Viewer): ViewCounts | null {
  const unread = keptCount(db, asFilter(UNREAD, [], viewer));
  if (unread === null) return null;
  const count = (view: ViewId): number => countCases(db, view, viewer);
  const all = countAll(db);
  return {
    mine: count('mine'),
    unassigned: count('unassigned'),
    vip: count('vip'),
    'due-soon': count('due-soon'),
    overdue: count('overdue'),
    unstaffed: count('unstaffed'),
    'waiting-us': count('waiting-us'),
    'waiting-customer': count('waiting-customer'),
    snoozed: count('snoozed'),
    solved: all - countOpen(db, viewer),
    all,
    unread,
  };
}

/** The same by reading all unsolved cases. */
export function countedViews(db: ReadDb, viewer: Viewer): ViewCounts {
  const columns = OPEN_VIEWS.map((view) => `count(*) FILTER (WHERE ${VIEW_FILTERS[view]}) AS "${view}"`).join(', ');
  const open = db.get<Record<(typeof OPEN_VIEWS)[number] | 'unread' | 'total', number>>(
    `SELECT ${columns}, count(*) FILTER (WHERE unread = 1 AND snoozed_until = 0 AND assignee <> '${BOTS}') AS unread, count(*) AS total
     FROM cases INDEXED BY cases_due WHERE status < 3 AND merged_into IS NULL`,
    viewParameters(viewer),
  );
  if (open === undefined) throw new Error('an aggregate always has a row');
  const all = countAll(db);
  const { total, ...counts } = open;
  return { ...counts, unstaffed: countCases(db, 'unstaffed', viewer), solved: all - total, all };
}

/**
 * How many cases each filter lets through, in their order. The filters of unsolved cases are counted in one pass over one index; they must
 * have been compiled with different prefixes.
 */
export function countFilters(db: ReadDb, filters: readonly CaseFilter[]): number[] {
  const kept = filters.flatMap((filter) => keptCount(db, filter) ?? []);
  return kept.length === filters.length ? kept : countedFilters(db, filters);
}

/** The same by reading all cases that the filters may let through. */
export function countedFilters(db: ReadDb, filters: readonly CaseFilter[]): number[] {
  const open = filters.flatMap((filter, index) => (filter.isOpen ? [{ filter, index }] : []));
  const counts = new Map<number, number>();
  if (open.length > 0) {
    const columns = open.map(({ filter, index }) => `count(*) FILTER (WHERE ${filter.sql}) AS n${index}`).join(', ');
    const row = db.get<Record<string, number>>(
      `SELECT ${columns} FROM cases c INDEXED BY cases_due WHERE c.status < 3 AND c.merged_into IS NULL`,
      Object.fromEntries(open.flatMap(({ filter }) => Object.entries(filter.parameters))),
    );
    for (const { index } of open) counts.set(index, row?.[`n${index}`] ?? 0);
  }
  return filters.map(
    (filter, index) =>
      counts.get(index) ??
      db.get<{ count: number }>(`SELECT count(*) AS count FROM cases c WHERE c.merged_into IS NULL AND ${filter.sql}`, filter.parameters)
        ?.count ??
      0,
  );
}
