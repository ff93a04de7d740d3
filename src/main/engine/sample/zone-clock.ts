import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

function formatterOf(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formatters.set(key, made);
  return made;
}

const FIELDS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/** Minutes east of UTC in a zone at an instant. */
export function zoneOffsetMinutes(zone: string, at: Instant): number {
  // Zones change their offset at full quarters of an hour only; full hours are near enough for invented people.
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
  const key = `${zone} ${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts = formatterOf('en-US', zone, FIELDS).formatToParts(hour);
  const value = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'), value('second'));
  const offset = Math.round((local - hour) / MINUTE_MS);
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The hour of the day in a zone, with its fraction: 13.5 is half past one in the afternoon. */
export function localHour(zone: string, at: Instant): number {
  const minutes = Math.floor(at / MINUTE_MS) + zoneOffsetMinutes(zone, at);
  return (((minutes % 1_440) + 1_440) % 1_440) / 60;
}

/** A date or time the way people of a locale write it. */
export function formatLocal(at: Instant, locale: string, zone: string, options: Intl.DateTimeFormatOptions): string {
  // Some locales separate with narrow no-break spaces, which no keyboard has.
  return formatterOf(locale, zone, options)
    .format(at)
    .replaceAll(/[\u202f\u00a0]/gu, ' ');
}
