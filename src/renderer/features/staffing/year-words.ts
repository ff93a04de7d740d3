import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import type { Weekday } from '../../../shared/domain/time/local-time.ts';
import type { YearHole } from '../../../shared/domain/coverage/coverage.ts';
import type { RequirementWindow } from '../../../shared/domain/coverage/roster.ts';
import { openSpans } from '../../../shared/domain/time/calendar-spans.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
/** 1970-01-05, a Monday, as days since 1970-01-01. */
const MONDAY = 4;

/** Stretches of an ordinary week in minutes since Monday 00:00 on a clock `offsetMs` east of UTC; what runs past Sunday goes on at its begin. */
export function holeStretches(hole: YearHole, offsetMs: number): readonly (readonly [from: number, to: number])[] {
  const length = hole.endMinute - hole.startMinute + (hole.endMinute <= hole.startMinute ? DAY_MINUTES : 0);
  return hole.days.flatMap((day) => {
    const begin = WEEKDAYS.indexOf(day) * DAY_MINUTES + hole.startMinute + offsetMs / MINUTE_MS;
    const from = ((begin % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
    const to = from + length;
    return to <= WEEK_MINUTES ? [[from, to] as const] : [[from, WEEK_MINUTES] as const, [0, to - WEEK_MINUTES] as const];
  });
}

/** When a requirement counts in the first whole week from `from` on, as minutes since Monday 00:00 on a clock `offsetMs` east of UTC. */
export function wantedStretches(
  window: RequirementWindow | null,
  from: Instant,
  offsetMs: number,
): readonly (readonly [from: number, to: number])[] {
  if (window === null) return [[0, WEEK_MINUTES]];
  const wall = from + offsetMs;
  const monday = Math.ceil((wall - MONDAY * DAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + MONDAY * DAY_MS - offsetMs;
  const version = { effectiveFrom: instant(0), zone: window.zone, week: window.week, exceptions: [] };
  const calendar = { id: 'requirement', name: '', versions: [version] };
  return openSpans(calendar, monday, monday + 7 * DAY_MS).map(([begin, end]) => [(begin - monday) / MINUTE_MS, (end - monday) / MINUTE_MS]);
}

/** A hole's days and times on a clock `offsetMs` east of UTC. */
export function shiftedHole(
  hole: YearHole,
  offsetMs: number,
): { readonly days: readonly Weekday[]; readonly fromMinute: number; readonly toMinute: number } {
  const start = hole.startMinute + offsetMs / MINUTE_MS;
  const moved = Math.floor(start / DAY_MINUTES);
  const days = hole.days.map((day) => WEEKDAYS[(((WEEKDAYS.indexOf(day) + moved) % 7) + 7) % 7] ?? day);
  const inDay = (minute: number): number => ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const end = inDay(hole.endMinute + offsetMs / MINUTE_MS);
  return { days: WEEKDAYS.filter((day) => days.includes(day)), fromMinute: inDay(start), toMinute: end === 0 ? DAY_MINUTES : end };
}

/** Runs of neighbouring days: Mon to Fri, and Sun. A run may go around the end of the week only when all of it is there. */
export function dayRuns(days: readonly Weekday[]): readonly (readonly [first: Weekday, last: Weekday])[] {
  const runs: [Weekday, Weekday][] = [];
  for (const day of WEEKDAYS) {
    if (!days.includes(day)) continue;
    const last = runs.at(-1);
    if (last !== undefined && WEEKDAYS.indexOf(last[1]) === WEEKDAYS.indexOf(day) - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** Hours, to a quarter. */
export function hoursOf(ms: number): number {
  return Math.round((ms / HOUR_MS) * 4) / 4;
}

/** A day's place for words that are made from days since 1970-01-01. */
export function epochDayOfWeekday(day: Weekday): number {
  return MONDAY + WEEKDAYS.indexOf(day);
}
