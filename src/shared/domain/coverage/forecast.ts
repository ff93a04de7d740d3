import type { Channel } from '../message.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { dateOfEpochDay, epochDayOf } from '../time/local-time.ts';
import type { LocalDate, Wall } from '../time/local-time.ts';
import { epochDayAt, isKnownZone, offsetsOf, startOfEpochDay } from '../time/zone.ts';
import type { ForecastBucket } from './coverage.ts';

/** Something of a customer that somebody had to take up: it opened a case, or is part of a live conversation. */
export interface Arrival {
  readonly at: Instant;
  /** The customer's zone, else how far their clock is ahead of UTC, else neither: then the team's zone is taken. */
  readonly zone: string | null;
  readonly offsetMinutes: number | null;
  readonly channel: Channel;
  /** BCP 47; null when unknown. */
  readonly language: string | null;
}

export interface ForecastQuestion {
  readonly from: Instant;
  readonly to: Instant;
  /** Length of a bucket: a quarter of an hour, half an hour or an hour. The first begins at `from`. */
  readonly bucketMs: number;
  readonly now: Instant;
  /** Since when everything that came is known; null: since the first arrival. */
  readonly historyFrom: Instant | null;
  readonly teamZone: string;
  /** Days that are no measure of others, by the team's clocks. */
  readonly holidays: readonly LocalDate[];
}

/** A day of the past that the forecast does not look at. */
export interface DayLeftOut {
  readonly date: LocalDate;
  readonly reason: 'holiday' | 'outlier';
}

export interface Forecast {
  /** None when there are fewer than `LEAST_WEEKS` whole weeks of history. */
  readonly buckets: readonly ForecastBucket[];
  /** Whole weeks of history, `MOST_WEEKS` at most. */
  readonly weeks: number;
  readonly leftOut: readonly DayLeftOut[];
}

export const MOST_WEEKS = 8;
export const LEAST_WEEKS = 2;
const WEEK_MS = 7 * DAY_MS;
/** No clock was ever set by more than this in one go, but at the date line. */
const CLOCK_CHANGE_MS = 2 * HOUR_MS;
/** Modified z-scores beyond this are outliers (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). */
const OUTLIER_SCORE = 3.5;
/** The median absolute deviation of a normal distribution in standard deviations. */
const MAD_TO_SIGMA = 1.4826;
/** Days of one weekday that tell what is usual. */
const LEAST_DAYS = 4;

/**
 * How much will arrive: for each bucket the mean of the same weekday and time of day over the last eight weeks that have
 * passed. Weekday and time are those of each customer's own clock, because demand follows it; what a customer's clock
 * shows then is mapped to UTC for the day that is asked for. In an hour that is repeated the same arrives in both runs,
 * in one that is skipped nothing; where the hour was skipped in the past, the hour after it counts instead.
 *
 * Days of the past are left out, by the team's clocks: `holidays`, and outliers, whose number of arrivals is further
 * from the median of their weekday than 3.5 robust standard deviations or 3.5 roots of the median, whichever is more (for
 * Poisson arrivals the root is the standard deviation). Where less than two weeks would be left, all count.
 * @param all the arrivals that history and outliers are judged by, when `arrivals` are only some of them, such as one channel's
 */
export function forecast(arrivals: readonly Arrival[], question: ForecastQuestion, all: readonly Arrival[] = arrivals): Forecast {
  const { from, to, bucketMs, now } = question;
  const historyFrom = question.historyFrom ?? all.reduce<Instant>((first, { at }) => (at < first ? at : first), now);
  const weeks = Math.max(0, Math.min(MOST_WEEKS, Math.floor((now - historyFrom) / WEEK_MS)));
  const leftOut = daysLeftOut(all, question, historyFrom);
  if (weeks < LEAST_WEEKS) return { buckets: [], weeks, leftOut };
  const counts = countedByWeek(arrivals, question);
  const skipped = new Set(leftOut.map(({ date }) => epochDayOf(date)));
  const buckets = Array.from({ length: bucketCount(question) }, (_, index) => {
    const at = from + index * bucketMs;
    const end = Math.min(at + bucketMs, to);
    const usable = weeksBefore(at, end, historyFrom, now);
    const ordinary = usable.filter((week) => !skipped.has(epochDayAt(question.teamZone, instant(at - week * WEEK_MS))));
    const used = ordinary.length >= LEAST_WEEKS ? ordinary : usable;
    const totals = used.map((week) => counts.get(index)?.get(week) ?? 0).sort((a, b) => a - b);
    return {
      at: instant(at),
      mean: totals.length === 0 ? 0 : totals.reduce((sum, each) => sum + each, 0) / totals.length,
      p80: percentile(totals, 0.8),
      weeks: totals.length,
    };
  });
  return { buckets, weeks, leftOut };
}

export function bucketCount({ from, to, bucketMs }: Pick<ForecastQuestion, 'from' | 'to' | 'bucketMs'>): number {
  return Math.max(0, Math.ceil((to - from) / bucketMs));
}

/** The least of sorted values that so many of all are not above (nearest rank); 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? 0;
}

/** How many weeks before a bucket its history lies: the last eight that have passed and are known in full. */
function weeksBefore(begin: number, end: number, historyFrom: Instant, now: Instant): readonly number[] {
  const first = Math.max(1, Math.ceil((end + CLOCK_CHANGE_MS - now) / WEEK_MS));
  const last = Math.min(first + MOST_WEEKS - 1, Math.floor((begin - historyFrom) / WEEK_MS));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Arrivals that the customers' clocks map into each bucket, by how many weeks before it they came. */
function countedByWeek(
  arrivals: readonly Arrival[],
  { from, to, bucketMs, teamZone }: ForecastQuestion,
): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const counts = new Map<number, Map<number, number>>();
  for (const arrival of arrivals) {
    const clock = clockOf(arrival, teamZone);
    const firstWeek = Math.max(1, Math.ceil((from - arrival.at - CLOCK_CHANGE_MS) / WEEK_MS));
    const lastWeek = Math.floor((to - arrival.at + CLOCK_CHANGE_MS) / WEEK_MS);
    if (firstWeek > lastWeek) continue;
    for (const wall of clock.walls(arrival.at)) {
      for (let week = firstWeek; week <= lastWeek; week += 1) {
        for (const at of clock.instants(wall + week * WEEK_MS)) {
          if (at < from || at >= to) continue;
          const index = Math.floor((at - from) / bucketMs);
          const byWeek = counts.get(index) ?? new Map<number, number>();
          byWeek.set(week, (byWeek.get(week) ?? 0) + 1);
          counts.set(index, byWeek);
        }
      }
    }
  }
  return counts;
}

/** A customer's clock, in both directions. */
interface CustomerClock {
  /** The times of day that an arrival stands for. */
  readonly walls: (at: Instant) => readonly Wall[];
  readonly instants: (wall: Wall) => readonly number[];
}

function clockOf({ zone, offsetMinutes }: Arrival, teamZone: string): CustomerClock {
  if (zone !== null && isKnownZone(zone)) return zonedClock(zone);
  if (offsetMinutes === null) return zonedClock(teamZone);
  const offset = offsetMinutes * MINUTE_MS;
  return { walls: (at) => [at + offset], instants: (wall) => [wall - offset] };
}

function zonedClock(zone: string): CustomerClock {
  const offsets = offsetsOf(zone);
  return {
    walls: (at) => {
      const wall = at + offsets.offsetAt(at);
      // of a repeated hour the first run tells how busy it is
      if (offsets.first(wall) !== at) return [];
      const skipped = offsets
        .transitions(at - CLOCK_CHANGE_MS, at + 1)
        .map(({ before, after }) => wall - (after - before))
        .filter((earlier) => earlier < wall && offsets.resolve(earlier).kind === 'gap' && offsets.first(earlier) === at);
      return [wall, ...skipped];
    },
    instants: (wall) => {
      const { kind, earlier, later } = offsets.resolve(wall);
      return kind === 'gap' ? [] : kind === 'overlap' ? [earlier, later] : [earlier];
    },
  };
}

function daysLeftOut(
  arrivals: readonly Arrival[],
  { teamZone, holidays, now }: ForecastQuestion,
  historyFrom: Instant,
): readonly DayLeftOut[] {
  // the weeks that any bucket may look back to; whole days only
  const first = epochDayAt(teamZone, instant(Math.max(historyFrom, now - (MOST_WEEKS + 1) * WEEK_MS))) + 1;
  const last = epochDayAt(teamZone, now) - 1;
  const perDay = new Map<number, number>();
  const begin = startOfEpochDay(teamZone, first);
  for (const { at } of arrivals) {
    if (at < begin || at > now) continue;
    const day = epochDayAt(teamZone, at);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  const off = new Set(holidays.map(epochDayOf));
  const found: DayLeftOut[] = [];
  for (let weekday = 0; weekday < 7; weekday += 1) {
    const days: number[] = [];
    for (let day = first + weekday; day <= last; day += 7) {
      if (off.has(day)) found.push({ date: dateOfEpochDay(day), reason: 'holiday' });
      else days.push(day);
    }
    const isOutlier = outlierTest(days.map((day) => perDay.get(day) ?? 0));
    for (const day of days) if (isOutlier(perDay.get(day) ?? 0)) found.push({ date: dateOfEpochDay(day), reason: 'outlier' });
  }
  return found.sort((a, b) => epochDayOf(a.date) - epochDayOf(b.date));
}

function outlierTest(values: readonly number[]): (value: number) => boolean {
  if (values.length < LEAST_DAYS) return () => false;
  const middle = median(values);
  const spread = Math.max(MAD_TO_SIGMA * median(values.map((value) => Math.abs(value - middle))), Math.sqrt(Math.max(1, middle)));
  return (value) => Math.abs(value - middle) > OUTLIER_SCORE * spread;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
