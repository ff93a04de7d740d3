import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '../time.ts';
import type { Instant } from '../time.ts';
import { addDays, daysInMonth, formatLocalDate, parseLocalDate } from '../time/local-time.ts';
import type { LocalDate } from '../time/local-time.ts';
import { localDateOf, startOfDay } from '../time/zone.ts';
import type { Moment } from './case-query.ts';

/** Who asks: moments are the clock's and the zone's. */
export interface Asker {
  readonly now: Instant;
  /** IANA name of the zone whose days are meant. */
  readonly zone: string;
}

/** The instant that is meant, for who asks now. */
export function resolveMoment(moment: Moment, { now, zone }: Asker): Instant {
  if (moment.kind === 'offset') return after(now, moment.ms);
  if (moment.kind === 'day') return startOfDay(zone, addDays(localDateOf(zone, now), moment.days));
  const date = parseLocalDate(moment.date);
  if (date === null) throw new RangeError(`not a date: ${moment.date}`);
  return startOfDay(zone, date);
}

/** More than this is a slip of the finger, and no instant any more. */
const MAX_DURATION_MS = 36_500 * DAY_MS;
const WEEK_DAYS = 7;

const UNITS: Readonly<Record<string, number>> = {
  m: MINUTE_MS,
  min: MINUTE_MS,
  分: MINUTE_MS,
  分钟: MINUTE_MS,
  h: HOUR_MS,
  小时: HOUR_MS,
  d: DAY_MS,
  天: DAY_MS,
  w: WEEK_DAYS * DAY_MS,
  周: WEEK_DAYS * DAY_MS,
};
/** From the largest; what a duration is written with again. */
const WRITTEN_UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['d', DAY_MS],
  ['h', HOUR_MS],
  ['m', MINUTE_MS],
];
const DURATION = /^(-?)((?:\d{1,6}(?:m|min|h|d|w|分钟?|小时|天|周))+)$/u;
const DURATION_PART = /(\d{1,6})(min|m|h|d|w|分钟|分|小时|天|周)/gu;

/** Reads `90m`, `2h`, `1d12h`, `-2h`, `3天`, in milliseconds; null for anything else and for more than a hundred years. */
export function parseDuration(text: string): number | null {
  const found = DURATION.exec(text.toLowerCase());
  if (found === null) return null;
  let ms = 0;
  for (const [, count = '', unit = ''] of (found[2] ?? '').matchAll(DURATION_PART)) ms += Number(count) * (UNITS[unit] ?? 0);
  if (ms > MAX_DURATION_MS) return null;
  return found[1] === '-' && ms > 0 ? -ms : ms;
}

/** As `parseDuration` reads it, in days, hours and minutes; below a minute it is cut off. */
export function formatDuration(ms: number): string {
  let rest = Math.abs(ms);
  let text = ms < 0 ? '-' : '';
  for (const [unit, size] of WRITTEN_UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' || text === '-' ? '0m' : text;
}

const DAYS: Readonly<Record<string, number>> = { today: 0, yesterday: -1, tomorrow: 1, 今天: 0, 昨天: -1, 明天: 1 };
const MOVED_DAY = /^today([+-]\d{1,4})$/u;
const MONTH = /^(\d{4})-(\d{2})$/u;
const YEAR = /^(\d{4})$/u;

/** The days that a word stands for: a day, or a month or year when only that is written. */
export interface DayRange {
  readonly from: Moment;
  readonly before: Moment;
}

/** Reads `today`, `today+2`, `2026-11-29`, `2026-11`, `2026`; null for anything else. */
export function parseDays(text: string): DayRange | null {
  const plain = text.toLowerCase();
  const moved = MOVED_DAY.exec(plain);
  const days = moved === null ? DAYS[plain] : Number(moved[1]);
  if (days !== undefined) return { from: { kind: 'day', days }, before: { kind: 'day', days: days + 1 } };
  const date = parseLocalDate(text);
  if (date !== null) return rangeOf(date, 1);
  const month = MONTH.exec(text);
  const first = month === null ? null : parseLocalDate(`${text}-01`);
  if (first !== null) return rangeOf(first, daysInMonth(first.year, first.month));
  const year = YEAR.exec(text) === null ? null : parseLocalDate(`${text}-01-01`);
  return year === null ? null : { from: dateMoment(year), before: dateMoment({ ...year, year: year.year + 1 }) };
}

function rangeOf(date: LocalDate, days: number): DayRange {
  return { from: dateMoment(date), before: dateMoment(addDays(date, days)) };
}

function dateMoment(date: LocalDate): Moment {
  return { kind: 'date', date: formatLocalDate(date) };
}

/** A day as it is written in a query. */
export function formatDay(moment: Exclude<Moment, { readonly kind: 'offset' }>): string {
  if (moment.kind === 'date') return moment.date;
  const word = Object.entries(DAYS).find(([, days]) => days === moment.days)?.[0];
  return word ?? `today${moment.days < 0 ? '' : '+'}${moment.days}`;
}
