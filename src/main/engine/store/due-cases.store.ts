import { VIEW_FILTERS, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { NAMED_NEEDS } from './runway.store.ts';
import { NEVER } from './sla.store.ts';
import type { ReadDb } from './sql.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { ViewId } from '../../../shared/domain/views.ts';

/** Open cases by when they fall due, for the strip over the inbox and for what can be worked off in time. */

export interface DueCase {
  readonly id: number;
  readonly at: Instant;
  /** It breaches before anyone qualified starts. */
  readonly isUnstaffed: boolean;
}

/** The index has due times by need and lane. */
function dueSql(view: ViewId): string {
  return `SELECT c.id, c.next_due_at AS at, c.next_due_at > @now AND c.next_due_at <= w.opens AS unstaffed
    FROM (SELECT named.id, coalesce(needs.opens_at, 0) AS opens FROM ${NAMED_NEEDS} named LEFT JOIN coverage_needs needs ON needs.id = named.id) w
    CROSS JOIN cases c INDEXED BY cases_runway ON c.need = w.id AND c.lane IN (0, 1)
    WHERE c.status < 3 AND c.merged_into IS NULL AND c.next_due_at >= @from AND c.next_due_at < @to AND ${VIEW_FILTERS[view].replaceAll('@opens', 'w.opens')}`;
}

/** The open cases of a view that fall due in `[from, to)`, by due time. */
export function dueCases(db: ReadDb, view: ViewId, stretch: { readonly from: Instant; readonly to: Instant }, viewer: Viewer): DueCase[] {
  return db
    .all<{ id: number; at: Instant; unstaffed: number }>(dueSql(view), { ...viewParameters(viewer), ...stretch })
    .map(({ id, at, unstaffed }) => ({ id, at, isUnstaffed: unstaffed === 1 }))
    .sort((a, b) => a.at - b.at || a.id - b.id);
}

export function caseUidsOf(db: ReadDb, ids: readonly number[]): Map<number, CaseId> {
  return new Map(
    db
      .all<{ id: number; uid: CaseId }>('SELECT c.id, c.uid FROM json_each(@ids) j CROSS JOIN cases c ON c.id = j.value', {
        ids: JSON.stringify(ids),
      })
      .map((row) => [row.id, row.uid]),
  );
}

/** What the open cases of a view ask for: their needs, by local key. Empty while nothing is known of it. */
export function needsOfView(db: ReadDb, view: ViewId, viewer: Viewer): number[] {
  return db
    .all<{ id: number }>(
      `SELECT w.id FROM coverage_needs w WHERE EXISTS (SELECT 1 FROM cases c INDEXED BY cases_runway
         WHERE c.need = w.id AND c.status < 3 AND c.merged_into IS NULL AND ${VIEW_FILTERS[view].replaceAll('@opens', 'w.opens_at')}) ORDER BY w.id`,
      viewParameters(viewer),
    )
    .map((row) => row.id);
}

/** Open cases that are due some time, with the channel that says how much work they are. */
export function dueWork(db: ReadDb): { readonly caseId: CaseId; readonly channel: Channel; readonly dueAt: Instant }[] {
  return db.all(
    `SELECT uid AS caseId, channel, next_due_at AS dueAt FROM cases
     WHERE status < 3 AND merged_into IS NULL AND next_due_at < ${NEVER} ORDER BY lane, next_due_at`,
  );
}
