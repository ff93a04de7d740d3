import { useSession } from './session.ts';
import { NO_TRAIL, placeOf, stepped, went } from './trail.ts';
import type { Place, Trail } from './trail.ts';
import { noteVisit } from './visits.ts';

let trail: Trail = NO_TRAIL;
/** How long one must be somewhere to have been there. */
const VISIT_AFTER_MS = 1_200;

/** Follows where this window goes, for Back and Forward, and for what was visited lately. Returns how to stop. */
export function followHistory(): () => void {
  let settled: ReturnType<typeof setTimeout> | undefined;
  const note = (place: Place): void => {
    clearTimeout(settled);
    settled = setTimeout(() => noteVisitOf(place), VISIT_AFTER_MS);
  };
  let before = placeOf(useSession.getState());
  trail = went(NO_TRAIL, before, performance.now());
  note(before);
  const stop = useSession.subscribe((session) => {
    const place = placeOf(session);
    if (PARTS.every((part) => before[part] === place[part])) return;
    const hasMoved = MOVES.some((part) => before[part] !== place[part]);
    before = place;
    trail = went(trail, place, performance.now());
    if (hasMoved) note(place);
  });
  return () => {
    clearTimeout(settled);
    stop();
  };
}

const MOVES = ['route', 'settingsPage', 'handoffsTab', 'coverageTab', 'view', 'savedViewId', 'searchText', 'selectedCaseId'] as const;
const PARTS = [...MOVES, 'listLook', 'checkedCaseIds'] as const;

function noteVisitOf(place: Place): void {
  if (place.route !== 'inbox') return;
  if (place.selectedCaseId !== null) noteVisit('case', place.selectedCaseId);
  if (place.savedViewId !== null) noteVisit('view', place.savedViewId);
  else if (place.searchText.trim() === '') noteVisit('view', place.view);
}

/** Whether there is a way back (-1) or forward (1). */
export function canGo(by: -1 | 1): boolean {
  return stepped(trail, by) !== null;
}

/** Goes to where one was before, or was before one went back. The list is where it was, and so are its checks. */
export function go(by: -1 | 1): void {
  const found = stepped(trail, by);
  if (found === null) return;
  trail = found.trail;
  useSession.setState({ ...found.place, isPaletteOpen: false });
}
