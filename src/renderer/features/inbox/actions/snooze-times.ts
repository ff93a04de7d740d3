import { LONGEST_AHEAD_MS } from '../../../../shared/domain/reminder/parse-when.ts';
import { after, HOUR_MS, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { atWallTime, plusDays, wallTime } from '../format/zone-time.ts';
import type { Place } from '../format/zone-time.ts';

export type SnoozePreset = 'hour' | 'three-hours' | 'tomorrow' | 'monday';

export interface SnoozeTime {
  readonly preset: SnoozePreset;
  readonly until: Instant;
}

const MONDAY = 1;
const WEEK_DAYS = 7;
/** Years from here on have more digits than anything here is made for. */
const NO_YEAR = 10_000;

/** The ready-made snooze times at `now`: mornings are 9:00 on the clock of `place` (the viewer's). Monday is always a coming one. */
export function snoozeTimes(now: Instant, place: Place): readonly SnoozeTime[] {
  const today = wallTime(place, now);
  const morning = (days: number): Instant => atWallTime(place, { ...plusDays(today, days), hour: 9, minute: 0 });
  const toMonday = (MONDAY - today.weekday + WEEK_DAYS) % WEEK_DAYS || WEEK_DAYS;
  return [
    { preset: 'hour', until: after(now, HOUR_MS) },
    { preset: 'three-hours', until: after(now, 3 * HOUR_MS) },
    { preset: 'tomorrow', until: morning(1) },
    { preset: 'monday', until: morning(toMonday) },
  ];
}

/**
 * The value of a date-and-time field (`2026-05-06T09:00`) as a moment in `place`; `past` when it is none or not at least a minute ahead, `far`
 * when it lies further ahead than `mostMs`.
 */
export function snoozeFromField(value: string, place: Place, now: Instant, mostMs = LONGEST_AHEAD_MS): Instant | 'past' | 'far' {
  // a field takes years of up to six digits
  const found = /^(\d{4,6})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/u.exec(value);
  if (found === null) return 'past';
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  if (year >= NO_YEAR) return 'far';
  const until = atWallTime(place, { year, month, day, hour, minute });
  if (until < now + MINUTE_MS) return 'past';
  return until <= now + mostMs ? until : 'far';
}

/** A moment as the value of a date-and-time field, on the clock of `place`. */
export function fieldValue(at: Instant, place: Place): string {
  const wall = wallTime(place, at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(wall.year)}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}
