import type { Roster, Rotation } from '../../../../shared/domain/coverage/roster.ts';
import { rotationShifts } from '../../../../shared/domain/coverage/rotations.ts';
import { dateOfEpochDay, epochDayOf, weekdayOfEpochDay, WEEKDAYS } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../../shared/domain/time/local-time.ts';

export interface DateStretch {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * The dates that generating proposes. Shown days that are still to come are what is meant. Else it goes from today, or
 * from the first day of the rotations when that is later, to the end of the four weeks after that week.
 */
export function proposedDates(shown: DateStretch, today: LocalDate, rotations: readonly Rotation[]): DateStretch {
  if (epochDayOf(shown.from) > epochDayOf(today)) return shown;
  const begins = Math.min(...rotations.map((each) => epochDayOf(each.from)));
  const first = Number.isFinite(begins) ? Math.max(epochDayOf(today), begins) : epochDayOf(today);
  const sunday = first + 6 - WEEKDAYS.indexOf(weekdayOfEpochDay(first));
  return { from: dateOfEpochDay(first), to: dateOfEpochDay(Math.max(sunday + 28, epochDayOf(shown.to))) };
}

export type NothingReason = { readonly kind: 'later'; readonly from: LocalDate } | { readonly kind: 'ended' | 'nobody' | 'no-day' };

/** Why rotations make no shift at all in a stretch; null when they make some, whether these are there already or not. */
export function nothingToMake(
  roster: Roster,
  rotations: readonly Rotation[],
  { from, to }: DateStretch,
  zoneData: string,
): NothingReason | null {
  if (rotations.some((each) => rotationShifts(roster, each, from, to, zoneData).length > 0)) return null;
  const later = rotations.filter((each) => epochDayOf(each.from) > epochDayOf(to));
  const first = later.toSorted((a, b) => epochDayOf(a.from) - epochDayOf(b.from))[0];
  if (first !== undefined && later.length === rotations.length) return { kind: 'later', from: first.from };
  if (rotations.every((each) => each.until !== null && epochDayOf(each.until) < epochDayOf(from))) return { kind: 'ended' };
  if (rotations.every((each) => each.agentIds.length === 0)) return { kind: 'nobody' };
  return { kind: 'no-day' };
}
