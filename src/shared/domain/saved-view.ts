import type { SavedViewId } from './ids.ts';
import type { CaseQuery } from './query/case-query.ts';
import type { SortId } from './views.ts';

/** By what the cases of a list stand together. `due-day`: the day of the next due time, in the zone of who looks. */
export const GROUPINGS = ['none', 'assignee', 'status', 'channel', 'language', 'tier', 'due-day'] as const;
export type Grouping = (typeof GROUPINGS)[number];

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
