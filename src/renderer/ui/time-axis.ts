import { MINUTE_MS, instant } from '../../shared/domain/time.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { dateOfEpochDay, epochDayOf, wallOf, weekdayOfEpochDay } from '../../shared/domain/time/local-time.ts';
import type { LocalDate, Weekday } from '../../shared/domain/time/local-time.ts';
import { epochDayAt, instantOfWall, offsetsOf, startOfEpochDay, zoneOffsetMs, zoneTransitions } from '../../shared/domain/time/zone.ts';

/**
 * A stretch of time as a line that is drawn true to real time, with the days of one zone marked on it: a day on which
 * the clocks change is shorter or longer than its neighbours. Places on the line are fractions, 0 to 1.
 */

/** A local day of the axis's zone, whole, also where the window cuts it. */
export interface AxisDay {
  readonly date: LocalDate;
  readonly epochDay: number;
  readonly weekday: Weekday;
  readonly from: Instant;
  readonly to: Instant;
}

/** A change of a zone's clocks. */
export interface AxisSeam {
  readonly at: Instant;
  /** How far the clocks are moved: positive forward, in milliseconds. */
  readonly shiftMs: number;
}

/** A round local time. */
export interface AxisTick {
  readonly at: Instant;
  /** Minutes since local midnight. */
  readonly minute: number;
}

export interface TimeAxis {
  readonly zone: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly days: readonly AxisDay[];
  readonly seams: readonly AxisSeam[];
}

const DAY_MINUTES = 24 * 60;

/** The axis of `[from, to)` with the days of a zone. Throws a RangeError for an unknown zone or an empty stretch. */
export function timeAxis(zone: string, from: Instant, to: Instant): TimeAxis {
  if (to <= from) throw new RangeError('a time axis needs a stretch of time');
  return { zone, from, to, days: axisDays(zone, from, to), seams: axisSeams(zone, from, to) };
}

/** The axis of so many local days of a zone, from midnight to midnight. */
export function dayAxis(zone: string, date: LocalDate, days: number): TimeAxis {
  const first = epochDayOf(date);
  return timeAxis(zone, startOfEpochDay(zone, first), startOfEpochDay(zone, first + days));
}

/** The local days that a stretch touches, oldest first. A date that a zone has skipped (Samoa, 2011) is not among them. */
export function axisDays(zone: string, from: Instant, to: Instant): readonly AxisDay[] {
  const days: AxisDay[] = [];
  for (let epochDay = epochDayAt(zone, from); ; epochDay += 1) {
    const start = startOfEpochDay(zone, epochDay);
    if (start >= to) return days;
    const end = startOfEpochDay(zone, epochDay + 1);
    if (end > start && end > from) {
      days.push({ date: dateOfEpochDay(epochDay), epochDay, weekday: weekdayOfEpochDay(epochDay), from: start, to: end });
    }
  }
}

/** Where the clocks of a zone change within `[from, to)`. */
export function axisSeams(zone: string, from: Instant, to: Instant): readonly AxisSeam[] {
  return zoneTransitions(zone, from, to).map(({ at, beforeMs, afterMs }) => ({ at, shiftMs: afterMs - beforeMs }));
}

/**
 * Round local times in the window, every so many minutes since midnight: on the hour of that zone, which in Kathmandu
 * is a quarter past in UTC. An hour that is skipped has no tick; one that comes twice has two.
 */
export function axisTicks(axis: TimeAxis, everyMinutes: number): readonly AxisTick[] {
  const offsets = offsetsOf(axis.zone);
  const ticks: AxisTick[] = [];
  for (const day of axis.days) {
    const midnight = wallOf(day.date);
    for (let minute = 0; minute < DAY_MINUTES; minute += everyMinutes) {
      const { kind, earlier, later } = offsets.resolve(midnight + minute * MINUTE_MS);
      if (kind === 'gap') continue;
      for (const at of kind === 'overlap' ? [earlier, later] : [earlier]) {
        if (at >= axis.from && at < axis.to) ticks.push({ at: instant(at), minute });
      }
    }
  }
  return ticks.sort((a, b) => a.at - b.at);
}

/** Where an instant is on the axis: 0 at its begin, 1 at its end; outside of them below or above. */
export function fractionAt(axis: Pick<TimeAxis, 'from' | 'to'>, at: number): number {
  return (at - axis.from) / (axis.to - axis.from);
}

/** The instant at a fraction of the axis. */
export function instantAt(axis: Pick<TimeAxis, 'from' | 'to'>, fraction: number): Instant {
  return instant(axis.from + fraction * (axis.to - axis.from));
}

/** A fraction as CSS takes it: `12.5%`, to the thousandth. */
export function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(4))}%`;
}

/** The instant nearest to `at` whose wall time in a zone is a multiple of so many minutes. */
export function snapToWall(zone: string, at: number, stepMinutes: number): Instant {
  const step = stepMinutes * MINUTE_MS;
  const offset = zoneOffsetMs(zone, instant(at));
  const snapped = Math.round((at + offset) / step) * step - offset;
  // Rounded over a change of the clocks the wall time is another one: told again by the clocks of that side.
  if (zoneOffsetMs(zone, instant(snapped)) === offset) return instant(snapped);
  return instantOfWall(zone, Math.round((at + offset) / step) * step);
}

/** Names of days and times in a language, as Intl has them: made from walls, so that no zone plays a part. */
export interface AxisWords {
  /** Mon */
  readonly weekday: (epochDay: number) => string;
  /** M */
  readonly weekdayNarrow: (epochDay: number) => string;
  /** 3 */
  readonly dayOfMonth: (epochDay: number) => string;
  /** 3 Nov */
  readonly date: (epochDay: number) => string;
  /** Monday, 3 November 2025 */
  readonly dateLong: (epochDay: number) => string;
  /** Mon 3 Nov */
  readonly dateShort: (epochDay: number) => string;
  /** November 2025 */
  readonly month: (epochDay: number) => string;
  /** 06:00; the end of a day is 24:00 */
  readonly clock: (minute: number) => string;
}

const wordsByLocale = new Map<string, AxisWords>();

/** The words of a language; made once for each. */
export function axisWords(locale: string): AxisWords {
  const known = wordsByLocale.get(locale);
  if (known !== undefined) return known;
  const words = (options: Intl.DateTimeFormatOptions): ((epochDay: number) => string) => {
    const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: 'UTC' });
    return (epochDay) => format.format(wallOf(dateOfEpochDay(epochDay)));
  };
  const made: AxisWords = {
    weekday: words({ weekday: 'short' }),
    weekdayNarrow: words({ weekday: 'narrow' }),
    dayOfMonth: words({ day: 'numeric' }),
    date: words({ day: 'numeric', month: 'short' }),
    dateLong: words({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    dateShort: words({ weekday: 'short', day: 'numeric', month: 'short' }),
    month: words({ month: 'long', year: 'numeric' }),
    clock: (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  };
  wordsByLocale.set(locale, made);
  return made;
}
