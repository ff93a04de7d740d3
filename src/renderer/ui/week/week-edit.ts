import { DAY_MINUTES } from '../../../shared/domain/time/calendar.ts';
import type { WallWindow, Week } from '../../../shared/domain/time/calendar.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import type { Weekday } from '../../../shared/domain/time/local-time.ts';

/** What one step of a key or of the pointer is. The exact form takes any minute. */
export const STEP_MINUTES = 15;

/** Which window: the day it opens on and its place among that day's. */
export interface WindowPlace {
  readonly weekday: Weekday;
  readonly index: number;
}

export interface EditedWeek {
  readonly week: Week;
  /** Where the window is afterwards; null when it is gone. */
  readonly place: WindowPlace | null;
}

/** How long a window is in wall time; the whole day is 1440. */
export function windowMinutes({ openMinute, closeMinute }: WallWindow): number {
  return closeMinute - openMinute + (closeMinute <= openMinute ? DAY_MINUTES : 0);
}

/** A window by its opening and length. 24:00 stays 24:00; what ends later ends on the next day. */
export function windowOf(openMinute: number, minutes: number): WallWindow {
  const end = openMinute + minutes;
  return { openMinute, closeMinute: end > DAY_MINUTES ? end - DAY_MINUTES : end };
}

function dayAfter(weekday: Weekday, days: number): Weekday {
  return WEEKDAYS[(((WEEKDAYS.indexOf(weekday) + days) % 7) + 7) % 7] ?? 'mon';
}

export function windowAt(week: Week, place: WindowPlace): WallWindow | null {
  return week[place.weekday]?.[place.index] ?? null;
}

/** A new window on a day; windows of a day are kept in the order in which they open. */
export function addWindow(week: Week, weekday: Weekday, window: WallWindow): EditedWeek {
  const windows = [...(week[weekday] ?? []), window].sort((a, b) => a.openMinute - b.openMinute);
  return { week: { ...week, [weekday]: windows }, place: { weekday, index: windows.indexOf(window) } };
}

export function removeWindow(week: Week, { weekday, index }: WindowPlace): Week {
  return { ...week, [weekday]: (week[weekday] ?? []).filter((_window, each) => each !== index) };
}

export function replaceWindow(week: Week, place: WindowPlace, window: WallWindow): EditedWeek {
  return addWindow(removeWindow(week, place), place.weekday, window);
}

/** Moves a window by minutes and days, keeping its length; past midnight it belongs to the next day, past Sunday to Monday. */
export function moveWindow(week: Week, place: WindowPlace, minutes: number, days: number): EditedWeek {
  const window = windowAt(week, place);
  if (window === null) return { week, place: null };
  const shifted = window.openMinute + minutes;
  const over = Math.floor(shifted / DAY_MINUTES);
  const moved = windowOf(shifted - over * DAY_MINUTES, windowMinutes(window));
  return addWindow(removeWindow(week, place), dayAfter(place.weekday, days + over), moved);
}

/** Moves one edge of a window; it is never shorter than a step and never longer than a day. */
export function resizeWindow(week: Week, place: WindowPlace, edge: 'open' | 'close', minutes: number): EditedWeek {
  const window = windowAt(week, place);
  if (window === null) return { week, place: null };
  const length = windowMinutes(window);
  const wanted = Math.min(DAY_MINUTES, Math.max(STEP_MINUTES, edge === 'close' ? length + minutes : length - minutes));
  if (edge === 'close') return replaceWindow(week, place, windowOf(window.openMinute, wanted));
  const open = window.openMinute + length - wanted;
  const over = Math.floor(open / DAY_MINUTES);
  return addWindow(removeWindow(week, place), dayAfter(place.weekday, over), windowOf(open - over * DAY_MINUTES, wanted));
}

/** Gives other days the windows of one. */
export function copyDay(week: Week, from: Weekday, to: readonly Weekday[]): Week {
  const copied: { [Day in Weekday]?: readonly WallWindow[] } = { ...week };
  for (const weekday of to) copied[weekday] = week[from] ?? [];
  return copied;
}

/** The longest stretch of a day without a window, for a new one: from nine to five when that is free. */
export function freeWindow(week: Week, weekday: Weekday): WallWindow | null {
  const taken = piecesOf(week).filter((piece) => piece.weekday === weekday);
  const isFree = (open: number, close: number): boolean => taken.every((piece) => piece.toMinute <= open || piece.fromMinute >= close);
  if (isFree(9 * 60, 17 * 60)) return { openMinute: 9 * 60, closeMinute: 17 * 60 };
  const edges = [0, ...taken.map((piece) => piece.toMinute)];
  let best: WallWindow | null = null;
  for (const open of edges) {
    const close = Math.min(DAY_MINUTES, ...taken.map((piece) => piece.fromMinute).filter((from) => from >= open));
    if (open < close && isFree(open, close) && (best === null || close - open > best.closeMinute - best.openMinute))
      best = { openMinute: open, closeMinute: close };
  }
  return best;
}

/** A part of a window as one day shows it. */
export interface WindowPiece {
  readonly weekday: Weekday;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly place: WindowPlace;
  /** The rest of a window that opened the day before. */
  readonly isRest: boolean;
  /** It goes on after midnight. */
  readonly runsOn: boolean;
}

/** All windows cut at midnight, as they are drawn. */
export function piecesOf(week: Week): readonly WindowPiece[] {
  return WEEKDAYS.flatMap((weekday) =>
    (week[weekday] ?? []).flatMap((window, index) => {
      const place = { weekday, index };
      const end = window.openMinute + windowMinutes(window);
      const first = {
        weekday,
        fromMinute: window.openMinute,
        toMinute: Math.min(end, DAY_MINUTES),
        place,
        isRest: false,
        runsOn: end > DAY_MINUTES,
      };
      if (end <= DAY_MINUTES) return [first];
      return [first, { weekday: dayAfter(weekday, 1), fromMinute: 0, toMinute: end - DAY_MINUTES, place, isRest: true, runsOn: false }];
    }),
  );
}
