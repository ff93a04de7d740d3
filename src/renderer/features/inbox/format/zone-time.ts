import { DAY_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { isKnownZone, zoneOffsetMs } from '../../../../shared/domain/time/zone.ts';

/**
 * Wall-clock time of a place, by the zone module. A place is an IANA zone, or only an offset
 * in minutes east of UTC when that is all a mail told us.
 */
export type Place = { readonly zone: string } | { readonly offsetMinutes: number };

export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** A zone that somebody sets while the app runs is known so much later, in milliseconds. */
const ZONE_KEPT_MS = 5_000;
let viewer: { readonly zone: string; readonly until: number } | null = null;

/** The zone this computer is set to. Asked for with each list that is drawn, and two milliseconds to find out. */
export function viewerZone(): string {
  const now = performance.now();
  if (viewer === null || now >= viewer.until)
    viewer = { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone, until: now + ZONE_KEPT_MS };
  return viewer.zone;
}

/** Where a customer is, from what is known; null when nothing is. */
export function placeOf(zone: string | null, offsetMinutes: number | null): Place | null {
  if (zone !== null && isKnownZone(zone)) return { zone };
  return offsetMinutes === null ? null : { offsetMinutes };
}

/** Minutes east of UTC at that moment in that place. */
export function offsetAt(place: Place, at: Instant): number {
  if ('offsetMinutes' in place) return place.offsetMinutes;
  return isKnownZone(place.zone) ? Math.round(zoneOffsetMs(place.zone, at) / MINUTE_MS) : 0;
}

/** What the clock on the wall shows there at that moment. */
export function wallTime(place: Place, at: Instant): WallTime {
  const shifted = new Date(at + offsetAt(place, at) * MINUTE_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}

/**
 * The moment at which the clock there shows this time. A time that occurs twice (clocks set back) is the first of the
 * two; one that does not occur (clocks set forward) is as much later as the clocks were moved.
 */
export function atWallTime(
  place: Place,
  wall: { readonly year: number; readonly month: number; readonly day: number; readonly hour: number; readonly minute: number },
): Instant {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const before = offsetAt(place, instant(asUtc - DAY_MS));
  const later = offsetAt(place, instant(asUtc + DAY_MS));
  const early = instant(asUtc - before * MINUTE_MS);
  if (offsetAt(place, early) === before) return early;
  const late = instant(asUtc - later * MINUTE_MS);
  // In a gap neither offset fits; the offset from before the change moves the time past the gap.
  return offsetAt(place, late) === later ? late : early;
}

/** `wall` moved by whole calendar days. */
export function plusDays<Wall extends { readonly year: number; readonly month: number; readonly day: number }>(
  wall: Wall,
  days: number,
): Wall {
  const moved = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return { ...wall, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Night: people sleep, and a message sent now is read in the morning. */
export type PartOfDay = 'night' | 'early' | 'working' | 'evening';

/** What kind of hour it is for somebody whose clock shows `hour` (0-23) on `weekday` (0 is Sunday). */
export function partOfDay(hour: number): PartOfDay {
  if (hour < 6 || hour >= 23) return 'night';
  if (hour < 9) return 'early';
  return hour < 18 ? 'working' : 'evening';
}
