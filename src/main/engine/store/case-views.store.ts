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
