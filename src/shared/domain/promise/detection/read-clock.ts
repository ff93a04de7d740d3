import { isLocalDate } from '../../time/local-time.ts';
import type { AtomValue } from './atoms.ts';
import { readNumber } from './numbers.ts';
import type { DayPart, DayReference, LengthReference, LengthUnit } from './when.ts';

/** What all languages read alike. Texts are folded; what does not exist (`25:00`, the 31st of April) is null. */

/** A clock time of digits. `half` as written; without one, `09:00` and `14:00` need none. */
export function clockOf(hourText: string, minuteText: string | undefined, half: 'am' | 'pm' | null, part?: DayPart): AtomValue | null {
  const hour = readNumber(hourText);
  const minute = minuteText === undefined ? 0 : readNumber(minuteText);
  if (hour === null || minute === null || hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null;
  if (half !== null && (hour > 12 || hour === 0)) return null;
  const needsNone = hour > 12 || hour === 0 || (minuteText !== undefined && /^\d\d$/u.test(hourText) && part === undefined);
  const clock = { hour, minute, half: half ?? (needsNone ? ('24' as const) : null) };
  return part === undefined ? { kind: 'clock', clock } : { kind: 'clock', clock, part };
}

/** A length of time; `amount` is empty for one of it. Null for amounts that no one promises. */
export function lengthOf(amountText: string, upperText: string | undefined, unit: LengthUnit, isVague = false): AtomValue | null {
  const amount = readNumber(upperText ?? amountText);
  if (amount === null || amount === 0) return null;
  const length: LengthReference = { amount, unit, isRange: upperText !== undefined, isVague };
  return { kind: 'length', length };
}

export function dateOf(year: string | undefined, month: number, day: string | number): AtomValue | null {
  const fullYear = year === undefined || year === '' ? null : year.length === 2 ? 2000 + Number(year) : Number(year);
  const date: DayReference = { kind: 'date', year: fullYear, month, day: Number(day) };
  // the 29th of February exists in some year
  return isLocalDate({ year: fullYear ?? 2024, month, day: Number(day) }) ? { kind: 'day', day: date } : null;
}

/** `24/11`: by the order of the language unless only the other one gives a date; without an order and with two readings it is unclear. */
export function slashDate(first: string, second: string, year: string | undefined, isDayFirst: boolean | null): AtomValue | null {
  // around the clock, and half of something
  if (first === '24' && second === '7') return null;
  const dayFirst = dateOf(year, Number(second), first);
  const monthFirst = dateOf(year, Number(first), second);
  if (isDayFirst !== null) return isDayFirst ? dayFirst : monthFirst;
  if (dayFirst === null || monthFirst === null) return dayFirst ?? monthFirst;
  const { day } = dayFirst.kind === 'day' ? dayFirst : { day: null };
  return {
    kind: 'day',
    day: { kind: 'unclear-date', year: day?.kind === 'date' ? day.year : null, first: Number(first), second: Number(second) },
  };
}

export function dayOf(day: DayReference, part?: DayPart): AtomValue {
  return part === undefined ? { kind: 'day', day } : { kind: 'day', day, part };
}

export function inDays(days: number, part?: DayPart): AtomValue {
  return dayOf({ kind: 'in-days', days }, part);
}
