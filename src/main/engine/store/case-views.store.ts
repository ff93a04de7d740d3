import type { CaseFilter, FilterClock } from './case-filter.store.ts';
import { NOT_WAITING } from './cases.store.ts';
import type { SqlParameters } from './sql.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { DUE_SOON_MS } from '../../../shared/domain/views.ts';
import type { ViewId } from '../../../shared/domain/views.ts';

/**
 * Which cases a view shows. Statuses are numbers, in the order of STATUSES: 0 open, 1 pending, 2 hold, 3 solved. `@opens` stands for when the
 * next qualified person comes (`coverage_needs.opens_at`). Every view of open cases says `status < 3`, however plain that is: the partial
 * indexes are used for nothing else.
 */
export const VIEW_FILTERS: { readonly [View in ViewId]: string } = {
  mine: "assignee = @me AND @me <> '' AND status < 3 AND snoozed_until = 0",
  unassigned: "assignee = '' AND status < 3 AND snoozed_until = 0",
  vip: 'vip > 0 AND status < 3 AND snoozed_until = 0',
  'due-soon': 'status < 3 AND next_due_at > @now AND next_due_at <= @soon AND snoozed_until = 0',
  overdue: 'status < 3 AND next_due_at <= @now',
  unstaffed: 'status < 3 AND next_due_at > @now AND next_due_at <= @opens AND snoozed_until = 0',
  'waiting-us': `status < 3 AND status = 0 AND waiting_since < ${NOT_WAITING} AND snoozed_until = 0`,
  'waiting-customer': `status < 3 AND (status = 1 OR (status = 0 AND waiting_since = ${NOT_WAITING})) AND snoozed_until = 0`,
  snoozed: 'snoozed_until > 0 AND status < 3',
  solved: 'status = 3',
  all: '1 = 1',
};

/** Who asks, and when: some views look at the clock. */
export interface Viewer {
  readonly me: AgentId | null;
  readonly now: Instant;
}

export function viewParameters({ me, now }: Viewer): SqlParameters {
  return { me: me ?? '', now, soon: after(now, DUE_SOON_MS) };
}

const CLOCKS: Partial<Readonly<Record<ViewId, readonly FilterClock['name'][]>>> = {
  'due-soon': ['now', 'soon'],
  overdue: ['now'],
  unstaffed: ['now'],
};

const OPENS = 'coalesce((SELECT w.opens_at FROM coverage_needs w WHERE w.id = c.need), 0)';

/** A view as a filter over `cases c`: what is counted. */
export function viewFilter(view: ViewId, viewer: Viewer): CaseFilter {
  return asFilter(VIEW_FILTERS[view].replaceAll('@opens', OPENS), CLOCKS[view] ?? [], viewer);
}

/** Conditions of views, `moving` being the parameters in them that are compared with due times. */
export function asFilter(sql: string, moving: readonly FilterClock['name'][], viewer: Viewer): CaseFilter {
  const all = viewParameters(viewer);
  const parameters = Object.fromEntries(Object.entries(all).filter(([name]) => sql.includes(`@${name}`)));
  const clocks = moving.map((name): FilterClock => ({ name, column: 'next_due_at' }));
  const moves = new Set<string>(moving);
  const key = `${sql} ${JSON.stringify(Object.entries(parameters).filter(([name]) => !moves.has(name)))}`;
  return { sql, key, point: sql, parameters, clocks, asksNeeds: sql.includes('coverage_needs'), isOpen: sql.includes('status < 3') };
}

/** What both let through. Their parameters have different names. */
export function bothOf(one: CaseFilter, other: CaseFilter): CaseFilter {
  return {
    sql: `${one.sql} AND ${other.sql}`,
    key: one.key === null || other.key === null ? null : `${one.key} & ${other.key}`,
    point: `${one.point} AND ${other.point}`,
    parameters: { ...one.parameters, ...other.parameters },
    clocks: [...one.clocks, ...other.clocks],
    asksNeeds: one.asksNeeds || other.asksNeeds,
    isOpen: one.isOpen || other.isOpen,
  };
}

/** Where the cases of a view are looked for. What breaches before anyone starts is a range of due times in each need. */
export function sourceOf(view: ViewId): string {
  return view === 'unstaffed'
    ? 'coverage_needs w CROSS JOIN cases c INDEXED BY cases_runway ON c.need = w.id AND c.lane IN (0, 1)'
    : 'cases c';
}

/** What a view asks of a case from there. */
export function viewFilterSql(view: ViewId): string {
  return VIEW_FILTERS[view].replaceAll('@opens', 'w.opens_at');
}
