import { DAY_MS, HOUR_MS, MINUTE_MS, after, instant } from '../../time.ts';
import type { Instant } from '../../time.ts';
import type { OpenTime } from '../../time/open-time.ts';
import { addDays, daysInMonth, epochDayOf, isLocalDate, WEEKDAYS, weekdayOf, wallOf } from '../../time/local-time.ts';
import type { LocalDate, Wall } from '../../time/local-time.ts';
import { localDateOf, offsetsOf, toLocal } from '../../time/zone.ts';
import type { ClockReference, DayPart, DayReference, LengthReference, When } from './when.ts';
import { MIDNIGHT, WORKDAY, endOfBusinessDay, ordinaryHours } from './working-days.ts';

/**
 * When a part of a day is over, in minutes since midnight: a promise for "tomorrow morning" is kept until noon. "First
 * thing" is until 10:00, a day without a part until the working day ends, and until midnight once that is past.
 */
export const DAY_PART_ENDS: { readonly [Part in DayPart]: number } = {
  early: 10 * 60,
  morning: 12 * 60,
  noon: 12 * 60,
  afternoon: 18 * 60,
  workday: WORKDAY.closeMinute,
  evening: 21 * 60,
  night: MIDNIGHT,
  'whole-day': MIDNIGHT,
};

/** When "before this part of the day" is over. */
const DAY_PART_BEGINS: { readonly [Part in DayPart]: number } = {
  early: 9 * 60,
  morning: 9 * 60,
  noon: 12 * 60,
  afternoon: 12 * 60,
  // before the end of the working day: its end
  workday: WORKDAY.closeMinute,
  evening: 18 * 60,
  night: 21 * 60,
  'whole-day': MIDNIGHT,
};

/** Hours without a half of the day below this mean the afternoon: nobody answers at three in the night. */
const FIRST_PLAUSIBLE_HOUR = 7;
/** A date further ahead was in the past: nobody promises in November what was due in October. */
const MOST_DAYS_AHEAD = 300;

/** How the answer was found; codes for the page to put into words. */
export type ResolutionReason =
  /** A clock time was said. */
  | 'clock'
  | 'day-part'
  | 'whole-day'
  | 'length'
  | 'business-days'
  /** No calendar was handed in: Monday to Friday, 09:00 to 18:00. */
  | 'ordinary-week'
  /** That time is past today, so tomorrow's was taken. */
  | 'next-day'
  /** `by 3`: the half of the day was chosen. */
  | 'chosen-half'
  /** `next Friday`, `3/4`: the earlier of two readings was taken. */
  | 'earlier-reading'
  /** `2 to 3 days`: the later end. */
  | 'later-end'
  /** `a couple of days`. */
  | 'vague-amount'
  /** `before Friday`: the day itself was left out. */
  | 'day-left-out';

export interface Resolution {
  readonly at: Instant;
  readonly reasons: readonly ResolutionReason[];
}

/**
 * The instant that an expression means when it is written at `writtenAt` and read in `zone`; null when that is past, or
 * when there is no such time. `open` is what business days and hours are counted in; null: an ordinary week.
 *
 * @param dayZone whose today is today
 */
export function resolveWhen(when: When, zone: string, writtenAt: Instant, open: OpenTime | null, dayZone = zone): Resolution | null {
  const found = when.length === null ? wallTime(when, zone, dayZone, writtenAt) : length(when.length, zone, writtenAt, open);
  if (found === null || found.at < writtenAt || found.at > writtenAt + 366 * DAY_MS) return null;
  return when.isRange ? { ...found, reasons: [...found.reasons, 'later-end'] } : found;
}

function length(
  { amount, unit, isRange, isVague }: LengthReference,
  zone: string,
  writtenAt: Instant,
  open: OpenTime | null,
): Resolution | null {
  const reasons: ResolutionReason[] = [];
  if (isRange) reasons.push('later-end');
  if (isVague) reasons.push('vague-amount');
  if (unit === 'minute' || unit === 'hour') {
    return { at: after(writtenAt, amount * (unit === 'hour' ? HOUR_MS : MINUTE_MS)), reasons: ['length', ...reasons] };
  }
  if (unit === 'day' || unit === 'week') {
    // days are told by the calendar: the same time of day, also when one of them has 23 hours
    const at = firstFrom(zone, [wallOf(toLocal(zone, writtenAt)) + amount * (unit === 'week' ? 7 : 1) * DAY_MS], writtenAt);
    return at === null ? null : { at: at.at, reasons: ['length', ...reasons] };
  }
  if (open === null) reasons.push('ordinary-week');
  const hours = open ?? ordinaryHours(zone);
  const at = unit === 'business-day' ? endOfBusinessDay(hours, zone, writtenAt, amount) : hours.due(writtenAt, amount * HOUR_MS);
  return at === null ? null : { at, reasons: ['business-days', ...reasons] };
}

/** Days that an expression can mean, the one to take first. */
interface Days {
  readonly dates: readonly LocalDate[];
  readonly reasons: readonly ResolutionReason[];
}

function wallTime(when: When, zone: string, dayZone: string, writtenAt: Instant): Resolution | null {
  const today = localDateOf(dayZone, writtenAt);
  const days = daysOf(when, today);
  if (days === null) return null;
  const reasons: ResolutionReason[] = [...days.reasons];
  if (when.clock !== null) reasons.push('clock');
  else reasons.push(when.part === null || when.part === 'workday' || when.part === 'whole-day' ? 'whole-day' : 'day-part');
  // without a time of day, "before Friday" is over on Thursday
  const isLeftOut = when.isBefore && when.clock === null && when.part === null && !isEndOfStretch(when.day);
  if (isLeftOut) reasons.push('day-left-out');
  const minutes = minutesOf(when, isLeftOut);
  const walls = days.dates.flatMap((date) => minutes.map((minute) => wallOf(date) + minute * MINUTE_MS));
  const found = firstFrom(zone, walls, writtenAt);
  if (found === null) return null;
  const isAmbiguousHalf =
    when.clock !== null && when.clock.half === null && when.part === null && when.clock.hour > 0 && when.clock.hour < 12;
  if (isAmbiguousHalf) reasons.push('chosen-half');
  if (when.day === null && found.index >= minutes.length) reasons.push('next-day');
  return { at: found.at, reasons };
}

/** `before the end of the week`: the end itself is what was meant. */
function isEndOfStretch(day: DayReference | null): boolean {
  return day?.kind === 'month' || (day?.kind === 'week' && day.point !== 'start');
}

/** The first of some walls that is not past. Of a wall that happens twice, the first occurrence that is not. */
function firstFrom(zone: string, walls: readonly Wall[], writtenAt: Instant): { readonly at: Instant; readonly index: number } | null {
  const offsets = offsetsOf(zone);
  for (const [index, wall] of walls.entries()) {
    const { kind, earlier, later } = offsets.resolve(wall);
    if (kind !== 'gap' && earlier >= writtenAt) return { at: instant(earlier), index };
    if (later >= writtenAt) return { at: instant(later), index };
  }
  return null;
}

/** Minutes since the day's midnight that are tried, in this order. */
function minutesOf(when: When, isLeftOut: boolean): readonly number[] {
  const { clock, part } = when;
  if (clock !== null) return clockMinutes(clock, part);
  // the evening before: its working day if that is not over, else its midnight
  if (isLeftOut) return [WORKDAY.closeMinute - MIDNIGHT, 0];
  if (part === null || part === 'workday') return [WORKDAY.closeMinute, MIDNIGHT];
  return [when.isBefore ? DAY_PART_BEGINS[part] : DAY_PART_ENDS[part]];
}

function clockMinutes({ hour, minute, half }: ClockReference, part: DayPart | null): readonly number[] {
  const early = hour * 60 + minute;
  const late = early + 12 * 60;
  if (half === '24' || hour > 12) return [early];
  if (hour === 12 && part === 'night') return [MIDNIGHT];
  const said = half ?? (part === null ? null : halfOf(part, hour));
  if (said === 'am') return [hour === 12 ? minute : early];
  if (said === 'pm') return [hour === 12 ? early : late];
  if (hour === 12) return [early];
  return hour < FIRST_PLAUSIBLE_HOUR ? [late] : [early, late];
}

function halfOf(part: DayPart, hour: number): 'am' | 'pm' | null {
  switch (part) {
    case 'early':
    case 'morning':
      return 'am';
    case 'noon':
      return hour >= 10 ? null : 'pm';
    case 'afternoon':
    case 'evening':
    case 'night':
      return 'pm';
    case 'workday':
    case 'whole-day':
      return null;
  }
}

function daysOf(when: When, today: LocalDate): Days | null {
  const plain = (dates: readonly LocalDate[]): Days => ({ dates, reasons: [] });
  const { day } = when;
  if (day === null) return plain([today, addDays(today, 1)]);
  switch (day.kind) {
    case 'in-days':
      return plain([addDays(today, day.days)]);
    case 'weekday':
      return weekdays(day, today);
    case 'date':
      return plain(yearsOf(day.year, day.month, day.day, today));
    case 'unclear-date': {
      const dates = [...yearsOf(day.year, day.first, day.second, today), ...yearsOf(day.year, day.second, day.first, today)];
      const inOrder = dates.sort((a, b) => epochDayOf(a) - epochDayOf(b));
      return { dates: inOrder, reasons: inOrder.length > 1 && day.first !== day.second ? ['earlier-reading'] : [] };
    }
    case 'day-of-month':
      return plain([0, 1].map((months) => ({ ...monthLater(today, months), day: day.day })).filter(isLocalDate));
    case 'week':
      // before the weekend: on Friday
      return plain([weekDay(day.weeks, day.point === 'weekend' && when.isBefore ? 'end' : day.point, today)]);
    case 'month': {
      const { year, month } = monthLater(today, day.months);
      return plain([{ year, month, day: daysInMonth(year, month) }]);
    }
  }
}

function weekdays({ weekday, week }: Extract<DayReference, { kind: 'weekday' }>, today: LocalDate): Days {
  const index = WEEKDAYS.indexOf(weekday);
  const todayIndex = WEEKDAYS.indexOf(weekdayOf(today));
  const coming = addDays(today, (index - todayIndex + 7) % 7);
  const ofThisWeek = addDays(today, index - todayIndex);
  const ofNextWeek = addDays(ofThisWeek, 7);
  switch (week) {
    case 'coming':
      return { dates: [coming, addDays(coming, 7)], reasons: [] };
    case 'this':
      return { dates: [ofThisWeek], reasons: [] };
    case 'next':
      return { dates: [ofNextWeek], reasons: [] };
    case 'either': {
      // "next Monday" on a Monday is not today
      const first = epochDayOf(coming) === epochDayOf(today) ? addDays(coming, 7) : coming;
      return { dates: [first], reasons: epochDayOf(first) === epochDayOf(ofNextWeek) ? [] : ['earlier-reading'] };
    }
  }
}

/** Monday, Tuesday, Friday or Sunday of a week; on a weekend the end of "this week" is its Sunday. */
function weekDay(weeks: number, point: 'start' | 'early' | 'end' | 'weekend', today: LocalDate): LocalDate {
  const todayIndex = WEEKDAYS.indexOf(weekdayOf(today));
  const monday = addDays(today, weeks * 7 - todayIndex);
  const index = { start: 0, early: 1, end: 4, weekend: 6 }[point];
  return addDays(monday, point === 'end' && weeks === 0 && todayIndex > 4 ? 6 : index);
}

function yearsOf(year: number | null, month: number, day: number, today: LocalDate): LocalDate[] {
  const years = year === null ? [today.year, today.year + 1] : [year];
  const dates = years.map((each) => ({ year: each, month, day })).filter(isLocalDate);
  const ahead = (date: LocalDate): number => epochDayOf(date) - epochDayOf(today);
  return dates.filter((date) => ahead(date) >= 0 && (year !== null || ahead(date) <= MOST_DAYS_AHEAD)).slice(0, 1);
}

function monthLater({ year, month }: LocalDate, months: number): LocalDate {
  const index = month - 1 + months;
  return { year: year + Math.floor(index / 12), month: (index % 12) + 1, day: 1 };
}
