import type { Instant } from '../time.ts';
import { DAY_MS } from '../time.ts';
import { WEEKDAYS, epochDayOf, isLocalDate } from './local-time.ts';
import type { LocalDate, Weekday } from './local-time.ts';
import { isKnownZone, startOfEpochDay } from './zone.ts';

export const DAY_MINUTES = 24 * 60;

/**
 * Open from one wall time to another, half-open. Minutes since local midnight: `open` 0 to 1439, `close` 0 to 1440
 * (24:00). A close at or before the open is on the next local day, and the window belongs to the day it opens on.
 */
export interface WallWindow {
  readonly openMinute: number;
  readonly closeMinute: number;
}

/**
 * A date with its own hours, such as a holiday. It takes away what the weekly windows have within the date, also of a
 * window that opened the day before, and opens its own windows (none: closed), which may run past midnight.
 */
export interface CalendarException {
  readonly date: LocalDate;
  readonly windows: readonly WallWindow[];
  /** What people call it: Christmas. */
  readonly name?: string;
}

export type Week = { readonly [Day in Weekday]?: readonly WallWindow[] };

/** The hours that apply from an instant on, until the next version's. */
export interface CalendarVersion {
  readonly effectiveFrom: Instant;
  /** IANA name of the zone whose clocks the hours are told by. */
  readonly zone: string;
  readonly week: Week;
  readonly exceptions: readonly CalendarException[];
}

/** Business hours. The first version also applies to the time before its `effectiveFrom`: there was nothing else. */
export interface BusinessCalendar {
  readonly id: string;
  readonly name: string;
  /** By `effectiveFrom`, oldest first. */
  readonly versions: readonly CalendarVersion[];
  /** Out of use: nobody may promise it any more. Old cases keep their clocks by it. */
  readonly isRetired?: true;
}

/** A stretch of time, half-open. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Open hours that were worked out elsewhere, such as the union of a team's published shifts. In any order. */
export interface SpanCalendar {
  readonly id: string;
  readonly spans: readonly Span[];
}

export type OpenHours = BusinessCalendar | SpanCalendar;

export type CalendarProblemCode =
  | 'no-version'
  | 'version-order'
  | 'unknown-zone'
  | 'open-out-of-range'
  | 'close-out-of-range'
  | 'bad-date'
  | 'duplicate-exception'
  | 'never-opens';

/** What is wrong with a calendar, and where: a weekday's or an exception's window, by index. */
export interface CalendarProblem {
  readonly code: CalendarProblemCode;
  readonly version: number | null;
  readonly weekday: Weekday | null;
  readonly exception: number | null;
  readonly window: number | null;
}

const NOWHERE = { version: null, weekday: null, exception: null, window: null } as const;

/** Everything that must be put right before a calendar may be saved, row by row; empty when it is fine. */
export function calendarProblems(calendar: BusinessCalendar): readonly CalendarProblem[] {
  if (calendar.versions.length === 0) return [{ ...NOWHERE, code: 'no-version' }];
  return calendar.versions.flatMap((version, index) => {
    const previous = calendar.versions[index - 1];
    const isLate = previous !== undefined && previous.effectiveFrom >= version.effectiveFrom;
    const order: CalendarProblem[] = isLate ? [{ ...NOWHERE, version: index, code: 'version-order' }] : [];
    return [...order, ...versionProblems(version, index)];
  });
}

function versionProblems(version: CalendarVersion, index: number): readonly CalendarProblem[] {
  const at = { ...NOWHERE, version: index };
  const problems: CalendarProblem[] = [];
  if (!isKnownZone(version.zone)) problems.push({ ...at, code: 'unknown-zone' });
  for (const weekday of WEEKDAYS) {
    problems.push(...windowProblems(version.week[weekday] ?? [], { ...at, weekday }));
  }
  const dates = new Set<number>();
  version.exceptions.forEach(({ date, windows }, exception) => {
    const row = { ...at, exception };
    if (!isLocalDate(date)) problems.push({ ...row, code: 'bad-date' });
    else if (dates.has(epochDayOf(date))) problems.push({ ...row, code: 'duplicate-exception' });
    dates.add(epochDayOf(date));
    problems.push(...windowProblems(windows, row));
  });
  return problems.length === 0 && !everOpens(version) ? [{ ...at, code: 'never-opens' }] : problems;
}

function windowProblems(windows: readonly WallWindow[], at: Omit<CalendarProblem, 'code'>): readonly CalendarProblem[] {
  return windows.flatMap(({ openMinute, closeMinute }, window) => {
    const found: CalendarProblem[] = [];
    if (!isMinute(openMinute, DAY_MINUTES - 1)) found.push({ ...at, window, code: 'open-out-of-range' });
    if (!isMinute(closeMinute, DAY_MINUTES)) found.push({ ...at, window, code: 'close-out-of-range' });
    return found;
  });
}

function isMinute(value: number, greatest: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= greatest;
}

/** Weekly windows open sooner or later, whatever finite number of exceptions there is; exceptions only from the version's date on. */
function everOpens(version: CalendarVersion): boolean {
  if (WEEKDAYS.some((weekday) => (version.week[weekday] ?? []).length > 0)) return true;
  return version.exceptions.some(
    ({ date, windows }) => windows.length > 0 && startOfEpochDay(version.zone, epochDayOf(date) + 1) + DAY_MS > version.effectiveFrom,
  );
}

const CLOCK = /^(\d{2}):(\d{2})$/u;

/** Reads `HH:MM` up to `24:00` as minutes since midnight; null for anything else. */
export function parseMinute(text: string): number | null {
  const found = CLOCK.exec(text);
  if (found === null) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) <= 59 && minute <= DAY_MINUTES ? minute : null;
}

/** Minutes since midnight as `HH:MM`. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
