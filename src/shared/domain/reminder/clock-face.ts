import { MINUTE_MS, after, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { addDays, localOfWall, wallOf, weekdayOf } from '../time/local-time.ts';
import type { LocalDate, LocalDateTime } from '../time/local-time.ts';
import { resolveLocal, toLocal } from '../time/zone.ts';
import type { ResolvedLocal } from '../time/zone.ts';

/** A clock on some wall: that of a zone, or one of which only the distance from UTC is known. */
export interface ClockFace {
  readonly local: (at: Instant) => LocalDateTime;
  readonly resolve: (local: LocalDateTime) => ResolvedLocal;
}

/** The clock of an IANA zone. Throws a RangeError for a zone that the runtime does not know. */
export function zoneFace(zone: string): ClockFace {
  return { local: (at) => toLocal(zone, at), resolve: (local) => resolveLocal(zone, local) };
}

/** A clock that is so many minutes ahead of UTC (negative: behind) and is never moved, as a mail tells of its sender. */
export function offsetFace(offsetMinutes: number): ClockFace {
  const shift = offsetMinutes * MINUTE_MS;
  return {
    local: (at) => localOfWall(at + shift),
    resolve: (local) => {
      const at = instant(wallOf(local) - shift);
      return { kind: 'unique', earlier: at, later: at, instant: at };
    },
  };
}

/** When the morning of a person who is asleep or away begins, on their clock. */
export const MORNING_HOUR = 9;

/** Nine o'clock of a date on a clock. */
export function morningOf(face: ClockFace, date: LocalDate): Instant {
  return face.resolve({ ...dateOf(date), hour: MORNING_HOUR, minute: 0, second: 0 }).instant;
}

/** The next nine o'clock there that is at least a minute away. */
export function nextMorning(face: ClockFace, now: Instant): Instant {
  const today = face.local(now);
  const here = morningOf(face, today);
  return here >= after(now, MINUTE_MS) ? here : morningOf(face, addDays(dateOf(today), 1));
}

/** The next nine o'clock there from Monday to Friday. Holidays are not known here. */
export function nextWorkingMorning(face: ClockFace, now: Instant): Instant {
  let date = dateOf(face.local(now));
  for (;;) {
    const at = morningOf(face, date);
    const day = weekdayOf(date);
    if (at >= after(now, MINUTE_MS) && day !== 'sat' && day !== 'sun') return at;
    date = addDays(date, 1);
  }
}

function dateOf({ year, month, day }: LocalDate): LocalDate {
  return { year, month, day };
}
