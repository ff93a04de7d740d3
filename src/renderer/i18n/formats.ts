import { DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../shared/domain/time.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { zoneOffsetMs } from '../../shared/domain/time/zone.ts';

export type Locale = 'en' | 'zh-CN';

/** Words for times, numbers and sizes in one language and one zone. Made once per pair; see `formatsFor`. */
export interface Formats {
  readonly locale: Locale;
  readonly zone: string;
  number(value: number): string;
  bytes(value: number): string;
  /** 14:05 */
  time(at: Instant): string;
  /** 3 Mar, or 3 Mar 2024 in another year */
  date(at: Instant, now: Instant): string;
  /** 3 Mar, 14:05 */
  dateTime(at: Instant): string;
  /** Monday, 3 March 2025 at 14:05:09 GMT+8 */
  dateTimeFull(at: Instant): string;
  /** Today, yesterday, or the weekday with its date. */
  dayHeading(at: Instant, now: Instant): string;
  /** For lists: the time today, the weekday this week, else the date. */
  listTime(at: Instant, now: Instant): string;
  /** 14:05 today, Mon 14:05 within a week, else 3 Mar, 14:05 */
  soonTime(at: Instant, now: Instant): string;
  /** 5 minutes ago, in 2 hours, in 8 seconds; just now */
  relative(at: Instant, now: Instant): string;
  /** 5m, 2h, 3d: how far away, without direction */
  relativeShort(at: Instant, now: Instant): string;
  /** 2h 5m: the two largest units of a span in milliseconds */
  duration(ms: number): string;
  /** 27h 15m: a span of working time, in hours and minutes because a working day is no day */
  hours(ms: number): string;
  /** 14:05 in another IANA zone */
  timeIn(at: Instant, zone: string): string;
  /** Mon 14:05 in another IANA zone */
  weekdayTimeIn(at: Instant, zone: string): string;
  /** 14:05 on a clock so many minutes east of UTC */
  timeAtOffset(at: Instant, offsetMinutes: number): string;
  /** Mon 14:05 on a clock so many minutes east of UTC */
  weekdayTimeAtOffset(at: Instant, offsetMinutes: number): string;
  /** A key that is equal for instants on the same calendar day in this zone. */
  dayKey(at: Instant): string;
  languageName(tag: string): string;
  list(items: readonly string[]): string;
  /** VIP, VIP+: without a word before the last */
  series(items: readonly string[]): string;
}

const cache = new Map<string, Formats>();

/** The formats of a language and a zone; an unknown zone falls back to the machine's own. */
export function formatsFor(locale: Locale, zone: string): Formats {
  const key = `${locale} ${zone}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = makeFormats(locale, isZone(zone) ? zone : machineZone());
  cache.set(key, made);
  return made;
}

/** The zone that this machine is set to. */
export function machineZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** True when the runtime knows this IANA zone. */
export function isZone(zone: string): boolean {
  const known = zonesKnown.get(zone);
  if (known !== undefined) return known;
  let isKnown = true;
  try {
    offsetFormat(zone);
  } catch {
    isKnown = false;
  }
  zonesKnown.set(zone, isKnown);
  return isKnown;
}
const zonesKnown = new Map<string, boolean>();

/** How many minutes east of UTC the clocks of a zone are at an instant, by the zone module: it knows laws that the runtime does not. */
export function zoneOffsetMinutes(zone: string, at: Instant): number {
  return Math.round(zoneOffsetMs(zone, at) / MINUTE_MS);
}

/** UTC+8, UTC-3:30, UTC */
export function offsetText(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60;
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

const offsetFormats = new Map<string, Intl.DateTimeFormat>();
function offsetFormat(zone: string): Intl.DateTimeFormat {
  const known = offsetFormats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  offsetFormats.set(zone, made);
  return made;
}

const UNITS = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
] as const;
type Unit = (typeof UNITS)[number][0];

function largestUnit(ms: number): readonly [Unit, number] | null {
  for (const [unit, size] of UNITS) if (ms >= size) return [unit, size];
  return null;
}

/** When the words of `relative` and `relativeShort` for `at` change next after `now`. */
export function nextRelativeChange(at: Instant, now: Instant): Instant {
  const span = Math.abs(now - at);
  // What is less than a minute ahead counts down by seconds, rounded up.
  if (at > now && span < MINUTE_MS) return instant(at - (Math.ceil(span / SECOND_MS) - 1) * SECOND_MS);
  const size = largestUnit(span)?.[1] ?? MINUTE_MS;
  return changeAfter(at, now, size);
}

/** When the words of `duration` for the span between `at` and `now` change next after `now`. */
export function nextDurationChange(at: Instant, now: Instant): Instant {
  const span = Math.abs(now - at);
  return changeAfter(at, now, span >= DAY_MS ? HOUR_MS : MINUTE_MS);
}

function changeAfter(at: Instant, now: Instant, unitMs: number): Instant {
  const count = Math.floor(Math.abs(now - at) / unitMs);
  // Going away, the count grows at the next whole unit; coming closer, it falls just after this one.
  return now >= at ? instant(at + (count + 1) * unitMs) : instant(at - count * unitMs + 1);
}

function makeFormats(locale: Locale, zone: string): Formats {
  const dates = new Map<string, Intl.DateTimeFormat>();
  // Wall times come from the zone module alone; Intl only puts them into words, as if they were UTC.
  const wallFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = JSON.stringify(options);
    const known = dates.get(key);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: 'UTC' });
    dates.set(key, made);
    return made;
  };
  const date = (options: Intl.DateTimeFormatOptions, place = zone): { format(at: Instant): string } => ({
    format: (at) => wallFormat(options).format(at + zoneOffsetMs(place, at)),
  });
  const clockTime = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const weekdayTime = { weekday: 'short', ...clockTime } as const;
  // Intl sets 周一 and a time without a space, and dates with one
  const spaced = (text: string): string => text.replace(/(?<=\p{Script=Han})(?=\d{2}:)/u, ' ');
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  const relativeWords = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const dayWords = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unitFormats = new Map<string, Intl.NumberFormat>();
  const units = (value: number, unit: string, digits = 0): string => {
    const known =
      unitFormats.get(unit) ??
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: UNIT_DISPLAYS[unit] ?? 'narrow',
        maximumFractionDigits: digits,
      });
    unitFormats.set(unit, known);
    return known.format(value);
  };
  const dayKey = (at: Instant): string => date({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
  const daysBetween = (at: Instant, now: Instant): number => {
    const days = (when: Instant): number => Math.floor((when + zoneOffsetMinutes(zone, when) * MINUTE_MS) / DAY_MS);
    return days(at) - days(now);
  };
  const shortDate = (at: Instant, now: Instant): string => {
    const sameYear = date({ year: 'numeric' }).format(at) === date({ year: 'numeric' }).format(now);
    return date({ day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
  };
  const shifted = (at: Instant, offsetMinutes: number): number => at + offsetMinutes * MINUTE_MS;
  const justNow = locale === 'en' ? 'just now' : '刚刚';

  return {
    locale,
    zone,
    dayKey,
    number: (value) => numbers.format(value),
    bytes: (value) => byteText(value, units),
    time: (at) => date(clockTime).format(at),
    date: shortDate,
    dateTime: (at) => date({ day: 'numeric', month: 'short', ...clockTime }).format(at),
    dateTimeFull: (at) =>
      `${date({ dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' }).format(at)} ${offsetText(zoneOffsetMinutes(zone, at))}`,
    dayHeading: (at, now) => {
      const days = daysBetween(at, now);
      if (days === 0 || days === -1 || days === 1) return capitalised(dayWords.format(days, 'day'), locale);
      return date({ weekday: 'long', day: 'numeric', month: 'long', ...(Math.abs(days) > 300 ? { year: 'numeric' } : {}) }).format(at);
    },
    listTime: (at, now) => {
      const days = daysBetween(at, now);
      if (days === 0) return date(clockTime).format(at);
      return days < 0 && days > -7 ? date({ weekday: 'short' }).format(at) : shortDate(at, now);
    },
    soonTime: (at, now) => {
      const days = daysBetween(at, now);
      if (days === 0) return date(clockTime).format(at);
      return spaced(date(Math.abs(days) < 7 ? weekdayTime : { day: 'numeric', month: 'short', ...clockTime }).format(at));
    },
    relative: (at, now) => {
      const found = largestUnit(Math.abs(now - at));
      if (found === null) return now >= at ? justNow : relativeWords.format(Math.ceil((at - now) / SECOND_MS), 'second');
      const count = Math.floor(Math.abs(now - at) / found[1]);
      return relativeWords.format(now >= at ? -count : count, found[0]);
    },
    relativeShort: (at, now) => {
      const found = largestUnit(Math.abs(now - at));
      return found === null ? (locale === 'en' ? 'now' : justNow) : units(Math.floor(Math.abs(now - at) / found[1]), found[0]);
    },
    duration: (ms) => {
      const found = largestUnit(Math.max(0, ms));
      if (found === null) return units(0, 'minute');
      const [unit, size] = ms >= DAY_MS ? (['day', DAY_MS] as const) : found;
      const first = units(Math.floor(ms / size), unit);
      const rest = ms % size;
      if (unit === 'day' && rest >= HOUR_MS) return `${first} ${units(Math.floor(rest / HOUR_MS), 'hour')}`;
      if (unit === 'hour' && rest >= MINUTE_MS) return `${first} ${units(Math.floor(rest / MINUTE_MS), 'minute')}`;
      return first;
    },
    hours: (ms) => {
      const whole = Math.floor(Math.max(0, ms) / HOUR_MS);
      const minutes = Math.floor((Math.max(0, ms) % HOUR_MS) / MINUTE_MS);
      if (whole === 0) return units(minutes, 'minute');
      return minutes === 0 ? units(whole, 'hour') : `${units(whole, 'hour')} ${units(minutes, 'minute')}`;
    },
    timeIn: (at, other) => (isZone(other) ? date(clockTime, other).format(at) : ''),
    weekdayTimeIn: (at, other) => (isZone(other) ? spaced(date(weekdayTime, other).format(at)) : ''),
    timeAtOffset: (at, offset) => wallFormat(clockTime).format(shifted(at, offset)),
    weekdayTimeAtOffset: (at, offset) => spaced(wallFormat(weekdayTime).format(shifted(at, offset))),
    languageName: (tag) => {
      try {
        return languages.of(tag) ?? tag;
      } catch {
        return tag;
      }
    },
    list: (items) => lists.format(items),
    series: (items) => items.join(locale.startsWith('zh') ? '、' : ', '),
  };
}

/** In `short` a byte has no plural. */
const UNIT_DISPLAYS: Readonly<Record<string, 'short' | 'long'>> = { byte: 'long', kilobyte: 'short', megabyte: 'short', gigabyte: 'short' };

function byteText(value: number, units: (value: number, unit: string, digits?: number) => string): string {
  if (value < 1_000) return units(value, 'byte');
  if (value < 1_000_000) return units(value / 1_000, 'kilobyte');
  if (value < 1_000_000_000) return units(value / 1_000_000, 'megabyte', 1);
  return units(value / 1_000_000_000, 'gigabyte', 1);
}

function capitalised(text: string, locale: Locale): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
