import { NO_FILTER } from './case-filter.store.ts';
import type { CaseFilter } from './case-filter.store.ts';
import { countCases } from './case-totals.store.ts';
import { sourceOf, viewFilterSql, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { BOTS } from './cases.store.ts';
import { tierFromNumber } from './contacts.store.ts';
import { NEVER } from './sla.store.ts';
import type { ReadDb } from './sql.ts';
import type { CaseGroup } from '../../../shared/contract/cases.contract.ts';
import { STATUSES } from '../../../shared/domain/case.ts';
import { dueDayKey } from '../../../shared/domain/saved-view.ts';
import type { Grouping } from '../../../shared/domain/saved-view.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { ViewId } from '../../../shared/domain/views.ts';

/** Days begin on a quarter of an hour in every zone: what falls into one of these is of one day. */
const QUARTER_MS = 15 * 60_000;

const OPEN_CASES = 'cases c INDEXED BY cases_due';

const COLUMNS: { readonly [By in Exclude<Grouping, 'none'>]: string } = {
  assignee: `CASE WHEN c.assignee = '${BOTS}' THEN '' ELSE c.assignee END`,
  status: 'c.status',
  channel: 'c.channel',
  language: "coalesce(c.language, '')",
  tier: 'c.vip',
  'due-day': `CASE WHEN c.next_due_at >= ${NEVER} THEN -1 ELSE c.next_due_at / ${QUARTER_MS} END`,
};

export interface GroupedListing {
  readonly view: ViewId;
  readonly grouping: Exclude<Grouping, 'none'>;
  /** Of whose days the days are. */
  readonly zone: string;
  readonly filter?: CaseFilter | undefined;
}

/** How many cases of a list stand in each group, the largest first; every case is in one. */
export function countGroups(
  db: ReadDb,
  { view, grouping, zone, filter = NO_FILTER }: GroupedListing,
  viewer: Viewer,
): readonly CaseGroup[] {
  // what is due is unsolved: the many solved cases are not read for it
  const isOfOpen = grouping === 'due-day' && view !== 'unstaffed';
  const counted = db.all<{ value: string | number; count: number }>(
    `SELECT ${COLUMNS[grouping]} AS value, count(*) AS count FROM ${isOfOpen ? OPEN_CASES : sourceOf(view)}
     WHERE ${isOfOpen ? 'c.status < 3 AND ' : ''}c.merged_into IS NULL AND ${viewFilterSql(view)} AND ${filter.sql} GROUP BY 1`,
    { ...viewParameters(viewer), ...filter.parameters },
  );
  const groups = new Map<string, number>();
  const add = (key: string, count: number): void => void groups.set(key, (groups.get(key) ?? 0) + count);
  for (const { value, count } of counted) add(keyOf(value, grouping, zone), count);
  if (isOfOpen) {
    const open = counted.reduce((sum, { count }) => sum + count, 0);
    const solved = countCases(db, view, viewer, filter) - open;
    if (solved > 0) add('', solved);
  }
  return [...groups].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

function keyOf(value: string | number, grouping: Exclude<Grouping, 'none'>, zone: string): string {
  if (grouping === 'status') return STATUSES[Number(value)] ?? 'open';
  if (grouping === 'tier') return tierFromNumber(Number(value));
  if (grouping !== 'due-day') return String(value);
  return dueDayKey(Number(value) < 0 ? null : ((Number(value) * QUARTER_MS) as Instant), zone);
}
