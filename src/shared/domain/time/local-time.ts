import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts';

/** A day on a calendar on the wall, in no zone. Proleptic Gregorian; months and days count from 1. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What a clock on the wall shows, in no zone. */
export interface LocalTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What calendar and clock on the wall show together. Only a zone makes an instant of it. */
export interface LocalDateTime extends LocalDate, LocalTime {}

/**
 * A local date and time as one number: the milliseconds since 1970-01-01T00:00 that a clock without any zone change
 * would have counted. It orders and adds like a number, and is no instant.
 */
export type Wall = number;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Number of days of a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for a date that exists on the calendar: not 30 February. */
export function isLocalDate(date: LocalDate): boolean {
  const { year, month, day } = date;
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return false;
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days since 1970-01-01 (negative before it). Years are counted from March, so that the leap day is a year's last. */
export function epochDayOf(date: LocalDate): number {
  const year = date.month <= 2 ? date.year - 1 : date.year;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5) + date.day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date that is `epochDay` days after 1970-01-01. */
export function dateOfEpochDay(epochDay: number): LocalDate {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** The date `days` later (negative: earlier). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfEpochDay(epochDayOf(date) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

export function weekdayOfEpochDay(epochDay: number): Weekday {
  // 1970-01-01 was a Thursday, index 3
  return WEEKDAYS[(((epochDay + 3) % 7) + 7) % 7] ?? 'mon';
}

export function weekdayOf(date: LocalDate): Weekday {
  return weekdayOfEpochDay(epochDayOf(date));
}

/** The wall of a local date at midnight, or of a local date and time. */
export function wallOf(local: LocalDate | LocalDateTime): Wall {
  const midnight = epochDayOf(local) * DAY_MS;
  return 'hour' in local ? midnight + local.hour * HOUR_MS + local.minute * MINUTE_MS + local.second * SECOND_MS : midnight;
}

/** The local date and time of a wall, to the second below. */
export function localOfWall(wall: Wall): LocalDateTime {
  const epochDay = Math.floor(wall / DAY_MS);
  const ofDay = wall - epochDay * DAY_MS;
  return {
    ...dateOfEpochDay(epochDay),
    hour: Math.floor(ofDay / HOUR_MS),
    minute: Math.floor((ofDay % HOUR_MS) / MINUTE_MS),
    second: Math.floor((ofDay % MINUTE_MS) / SECOND_MS),
  };
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2}))?$/u;

/** Reads `YYYY-MM-DD`; null for anything else and for days that do not exist. */
export function parseLocalDate(text: string): LocalDate | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const date = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
  return isLocalDate(date) ? date : null;
}

/** Reads `HH:MM` or `HH:MM:SS` up to 23:59:59; null for anything else. */
export function parseLocalTime(text: string): LocalTime | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const time = { hour: Number(found[1]), minute: Number(found[2]), second: Number(found[3] ?? 0) };
  return time.hour <= 23 && time.minute <= 59 && time.second <= 59 ? time : null;
}

/** Reads `YYYY-MM-DDTHH:MM` with or without seconds; null for anything else, also with an offset behind it. */
export function parseLocalDateTime(text: string): LocalDateTime | null {
  const [dateText = '', timeText = '', ...rest] = text.split('T');
  const date = parseLocalDate(dateText);
  const time = parseLocalTime(timeText);
  return date === null || time === null || rest.length > 0 ? null : { ...date, ...time };
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `YYYY-MM-DD`. */
export function formatLocalDate(date: LocalDate): string {
  return `${padded(date.year, 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}`;
}

/** `HH:MM`, with seconds only when there are any. */
export function formatLocalTime(time: LocalTime): string {
  return `${padded(time.hour, 2)}:${padded(time.minute, 2)}${time.second === 0 ? '' : `:${padded(time.second, 2)}`}`;
}

/** `YYYY-MM-DDTHH:MM`, with seconds only when there are any. */
export function formatLocalDateTime(local: LocalDateTime): string {
  return `${formatLocalDate(local)}T${formatLocalTime(local)}`;
}
