import { MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { zoneOffsetMs } from '../../../shared/domain/time/zone.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formatters.set(key, made);
  return made;
}

/** Minutes east of UTC in a zone at an instant. */
export function zoneOffsetMinutes(zone: string, at: Instant): number {
  return Math.round(zoneOffsetMs(zone, at) / MINUTE_MS);
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
