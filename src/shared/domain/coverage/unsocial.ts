import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { WEEKDAYS, epochDayOf, weekdayOfEpochDay } from '../time/local-time.ts';
import type { Weekday } from '../time/local-time.ts';
import { epochDayAt, instantOfWall, startOfEpochDay } from '../time/zone.ts';
import type { AgentProfile, Hub } from './roster.ts';

/** Local night begins at 22:00 and ends at 06:00 of the next day, by the clocks of the person's own zone. */
export const NIGHT_START_MS = 22 * HOUR_MS;
export const NIGHT_END_MS = 6 * HOUR_MS;

/** Days off of somebody without a hub. */
const USUAL_WEEKEND: readonly Weekday[] = ['sat', 'sun'];

/** Minutes of work at times that others have off. A minute may be of several kinds, and then counts in each of them. */
export interface UnsocialMinutes {
  readonly night: number;
  readonly weekend: number;
  readonly holiday: number;
}

/**
 * What a minute of each kind weighs, in minutes of night. A minute of a holiday weighs twice: there are few holidays,
 * and who works one has lost it. A Saturday night weighs as night and as weekend.
 */
export const UNSOCIAL_WEIGHTS: UnsocialMinutes = { night: 1, weekend: 1, holiday: 2 };

/** The kinds as one number, for comparison. */
export function weightedUnsocial(minutes: UnsocialMinutes): number {
  return minutes.night * UNSOCIAL_WEIGHTS.night + minutes.weekend * UNSOCIAL_WEIGHTS.weekend + minutes.holiday * UNSOCIAL_WEIGHTS.holiday;
}

/**
 * How much of `[from, to)` is night, weekend and holiday for a person. All by the clocks of the person's own zone; which
 * days are weekend and holiday is said by their hub. Without a hub Saturday and Sunday are the weekend, and there is no
 * holiday. Nights and days are as long as the clocks make them: a night of 22:00 to 06:00 has seven to nine hours.
 */
export function unsocialMinutes(
  agent: Pick<AgentProfile, 'zone'>,
  hub: Pick<Hub, 'weekend' | 'holidays'> | null,
  from: Instant,
  to: Instant,
): UnsocialMinutes {
  const zone = agent.zone;
  const weekend = new Set((hub?.weekend ?? USUAL_WEEKEND).map((day) => WEEKDAYS.indexOf(day)));
  const holidays = new Set((hub?.holidays ?? []).map(({ date }) => epochDayOf(date)));
  let night = 0;
  let weekendMs = 0;
  let holiday = 0;
  // the night that `from` may be in has begun the day before
  for (let day = epochDayAt(zone, from) - 1; day <= epochDayAt(zone, to); day += 1) {
    const dayBegin = day * DAY_MS;
    night += within(
      { from: instantOfWall(zone, dayBegin + NIGHT_START_MS), to: instantOfWall(zone, dayBegin + DAY_MS + NIGHT_END_MS) },
      from,
      to,
    );
    const isWeekend = weekend.has(WEEKDAYS.indexOf(weekdayOfEpochDay(day)));
    const isHoliday = holidays.has(day);
    if (!isWeekend && !isHoliday) continue;
    const ofDay = within({ from: startOfEpochDay(zone, day), to: startOfEpochDay(zone, day + 1) }, from, to);
    if (isWeekend) weekendMs += ofDay;
    if (isHoliday) holiday += ofDay;
  }
  return { night: night / MINUTE_MS, weekend: weekendMs / MINUTE_MS, holiday: holiday / MINUTE_MS };
}

/** Milliseconds of a span that are within `[from, to)`. */
function within(span: Span, from: Instant, to: Instant): number {
  return Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
}
