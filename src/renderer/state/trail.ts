import type { Session } from './session.ts';

/** What is looked at: what Back leads to. */
export type Place = Pick<
  Session,
  | 'route'
  | 'settingsPage'
  | 'handoffsTab'
  | 'coverageTab'
  | 'view'
  | 'savedViewId'
  | 'searchText'
  | 'listLook'
  | 'selectedCaseId'
  | 'checkedCaseIds'
>;

interface Stop {
  readonly place: Place;
  /** When it became what it is, in milliseconds of the page. */
  readonly atMs: number;
}

/** Where somebody has been in this window, and where among it they are. */
export interface Trail {
  readonly stops: readonly Stop[];
  readonly index: number;
}

export const NO_TRAIL: Trail = { stops: [], index: -1 };

const MAX_STOPS = 100;
/** Who goes through cases, or types a question, faster than this has not been at those in between. */
const WALK_MS = 900;

export function placeOf(session: Session): Place {
  const { route, settingsPage, handoffsTab, coverageTab, view, savedViewId, searchText, listLook, selectedCaseId, checkedCaseIds } =
    session;
  return { route, settingsPage, handoffsTab, coverageTab, view, savedViewId, searchText, listLook, selectedCaseId, checkedCaseIds };
}

/** What makes two places one: a page of the settings is one place, however the list of the inbox stands behind it. */
function nameOf(place: Place, isWithoutDetail = false): string {
  switch (place.route) {
    case 'inbox':
      return JSON.stringify(
        isWithoutDetail
          ? ['inbox', place.view, place.savedViewId, place.searchText !== '', place.selectedCaseId !== null]
          : ['inbox', place.view, place.savedViewId, place.searchText.trim(), place.selectedCaseId],
      );
    case 'settings':
      return `settings ${place.settingsPage}`;
    case 'handoffs':
      return `handoffs ${place.handoffsTab}`;
    case 'coverage':
      return `coverage ${place.coverageTab}`;
    default:
      return place.route;
  }
}

/** Being at `place` now. Going somewhere after Back makes an end of what lay ahead, as in a browser. */
export function went(trail: Trail, place: Place, atMs: number): Trail {
  const current = trail.stops[trail.index];
  if (current !== undefined && nameOf(current.place) === nameOf(place)) {
    // the same place with other checks: they are found again
    return { ...trail, stops: trail.stops.with(trail.index, { ...current, place }) };
  }
  const isOnTheWay = current !== undefined && atMs - current.atMs < WALK_MS && nameOf(current.place, true) === nameOf(place, true);
  const before = trail.stops.slice(0, isOnTheWay ? trail.index : trail.index + 1);
  // whoever walked back to where they came from has not left
  const last = before.at(-1);
  const kept = isOnTheWay && last !== undefined && nameOf(last.place) === nameOf(place) ? before.slice(0, -1) : before;
  const stops = [...kept, { place, atMs }].slice(-MAX_STOPS);
  return { stops, index: stops.length - 1 };
}

/** One step back (-1) or forward (1); null where there is none. */
export function stepped(trail: Trail, by: -1 | 1): { readonly trail: Trail; readonly place: Place } | null {
  const stop = trail.stops[trail.index + by];
  return stop === undefined ? null : { trail: { ...trail, index: trail.index + by }, place: stop.place };
}
