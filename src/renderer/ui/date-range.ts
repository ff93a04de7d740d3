import { instant } from '../../shared/domain/time.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Span } from '../../shared/domain/time/calendar.ts';
import { dateOfEpochDay, daysBetween, epochDayOf } from '../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../shared/domain/time/local-time.ts';
import { epochDayAt, startOfEpochDay } from '../../shared/domain/time/zone.ts';

/** A stretch of whole days: so many back and ahead of today, or between two dates of one's own. */
export interface RangeValue<Preset extends string> {
  readonly preset: Preset | 'own';
  readonly from: LocalDate | null;
  /** The last day that belongs to it. */
  readonly to: LocalDate | null;
}

export interface RangePreset<Preset extends string> {
  readonly value: Preset;
  /** Whole days before today, and after it. */
  readonly back: number;
  readonly ahead: number;
}

/** Longer stretches are not asked for. */
const MOST_DAYS = 730;

/** Why there is no stretch: a date is missing, they are in the wrong order, or there are more than two years between them. */
export type RangeProblem = 'incomplete' | 'order' | 'too-long';

/** The stretch as instants, from the begin of its first day to the end of its last in a zone; or why there is none. */
export function spanOfRange<Preset extends string>(
  range: RangeValue<Preset>,
  presets: readonly RangePreset<Preset>[],
  zone: string,
  now: Instant,
): Span | RangeProblem {
  const preset = presets.find((each) => each.value === range.preset);
  if (preset !== undefined) {
    const today = epochDayAt(zone, now);
    return { from: startOfEpochDay(zone, today - preset.back), to: startOfEpochDay(zone, today + preset.ahead + 1) };
  }
  if (range.from === null || range.to === null) return 'incomplete';
  const days = daysBetween(range.from, range.to);
  if (days < 0) return 'order';
  if (days > MOST_DAYS) return 'too-long';
  return { from: startOfEpochDay(zone, epochDayOf(range.from)), to: startOfEpochDay(zone, epochDayOf(range.to) + 1) };
}

/** Dates of one's own to begin with: those of the stretch that was shown before. */
export function ownDates(span: Span | RangeProblem, zone: string): { readonly from: LocalDate | null; readonly to: LocalDate | null } {
  if (typeof span === 'string') return { from: null, to: null };
  return { from: dateOfEpochDay(epochDayAt(zone, span.from)), to: dateOfEpochDay(epochDayAt(zone, instant(span.to - 1))) };
}

/** When today becomes another day in a zone. */
export function nextDayIn(zone: string): (now: Instant) => Instant {
  return (now) => startOfEpochDay(zone, epochDayAt(zone, now) + 1);
}
