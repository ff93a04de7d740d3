import type { SavedViewId } from './ids.ts';
import { BOT, NOBODY, UNKNOWN_LANGUAGE } from './query/case-query.ts';
import type { CaseQuery, Condition } from './query/case-query.ts';
import { addDays, formatLocalDate, parseLocalDate } from './time/local-time.ts';
import { localDateOf } from './time/zone.ts';
import type { Instant } from './time.ts';
import type { SortId } from './views.ts';

/** By what the cases of a list stand together. `due-day`: the day of the next due time, in the zone of who looks. */
export const GROUPINGS = ['none', 'assignee', 'status', 'channel', 'language', 'tier', 'due-day'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The day by which a case with this next due time is grouped, as `2026-11-29` in a zone; empty where it has none. */
export function dueDayKey(dueAt: Instant | null, zone: string): string {
  return dueAt === null ? '' : formatLocalDate(localDateOf(zone, dueAt));
}

/** Beyond every due time that anybody could have. */
const FAR_MS = 1e13;

/**
 * What lets the cases of one group through, and perhaps a few others that share the value: `zh` is every Chinese. Who asks looks at the rows again.
 * @param key as in the rows: the value, or nothing for who has none
 */
export function conditionsOfGroup(grouping: Grouping, key: string): readonly Condition[] {
  switch (grouping) {
    case 'none':
      return [];
    case 'assignee':
      return [{ field: 'assignee', not: false, values: key === '' ? [NOBODY, BOT] : [key] }];
    case 'language':
      return [{ field: 'language', not: false, values: [key === '' ? UNKNOWN_LANGUAGE : key] }];
    case 'status':
    case 'channel':
    case 'tier':
      return [{ field: grouping, not: false, values: [key] }];
    case 'due-day': {
      const day = parseLocalDate(key);
      if (day === null) return [{ field: 'due', not: true, side: 'before', moment: { kind: 'offset', ms: FAR_MS } }];
      const next = formatLocalDate(addDays(day, 1));
      return [
        { field: 'due', not: false, side: 'from', moment: { kind: 'date', date: key } },
        { field: 'due', not: false, side: 'before', moment: { kind: 'date', date: next } },
      ];
    }
  }
}

/** How a list is shown. */
export interface ListLook {
  readonly sort: SortId;
  /** Ids of columns; one that is not known hides nothing. */
  readonly hiddenColumns: readonly string[];
  readonly grouping: Grouping;
}

/** A question about cases that somebody keeps under a name, and how its answer is shown. */
export interface SavedView extends CaseQuery, ListLook {
  readonly viewId: SavedViewId;
  readonly name: string;
}

export const MAX_VIEW_NAME = 80;
/** How many views one person, and a team, may keep: each is counted live. */
export const MAX_PRIVATE_VIEWS = 50;
export const MAX_SHARED_VIEWS = 50;

/**
 * The views in the order that somebody gave them; those that are in no order follow, by name.
 * @param order ids, the first one first; ids of views that are gone mean nothing
 */
export function inOrder<View extends Pick<SavedView, 'viewId' | 'name'>>(
  views: readonly View[],
  order: readonly SavedViewId[],
): readonly View[] {
  const places = new Map(order.map((viewId, index) => [viewId, index]));
  const placeOf = (view: View): number => places.get(view.viewId) ?? order.length;
  return [...views].sort((a, b) => placeOf(a) - placeOf(b) || compareText(a.name, b.name) || compareText(a.viewId, b.viewId));
}

/** By code points, so that it is the same everywhere. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
