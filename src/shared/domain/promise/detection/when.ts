import type { Weekday } from '../../time/local-time.ts';

/** What a stretch of text says about a time, before anything is known of calendars and zones. */

export const PROMISE_LANGUAGES = ['en', 'zh', 'ja', 'es', 'pt'] as const;
/** Languages in which promises are found; `zh` is simplified and traditional Chinese. */
export type PromiseLanguage = (typeof PROMISE_LANGUAGES)[number];

export type DayReference =
  /** 0 is today. */
  | { readonly kind: 'in-days'; readonly days: number }
  /** The first such day from today on; of this week; of next week; or as `either`: of next week or the first, people differ. */
  | { readonly kind: 'weekday'; readonly weekday: Weekday; readonly week: 'coming' | 'this' | 'next' | 'either' }
  | { readonly kind: 'date'; readonly year: number | null; readonly month: number; readonly day: number }
  /** `3/4`: may be the third of April or the fourth of March. */
  | { readonly kind: 'unclear-date'; readonly year: number | null; readonly first: number; readonly second: number }
  /** The 24th. */
  | { readonly kind: 'day-of-month'; readonly day: number }
  | { readonly kind: 'week'; readonly weeks: number; readonly point: 'start' | 'early' | 'end' | 'weekend' }
  /** Its last day. */
  | { readonly kind: 'month'; readonly months: number };

/** Stretches of a day; when each is over is in `DAY_PART_ENDS`. */
export type DayPart = 'early' | 'morning' | 'noon' | 'afternoon' | 'workday' | 'evening' | 'night' | 'whole-day';

export interface ClockReference {
  /** 0 to 24. */
  readonly hour: number;
  readonly minute: number;
  /** As it was written; `null` when the half of the day was not said, `24` when it needs no half (`09:00`, `14:00`). */
  readonly half: 'am' | 'pm' | '24' | null;
}

export type LengthUnit = 'minute' | 'hour' | 'day' | 'week' | 'business-hour' | 'business-day';

export interface LengthReference {
  /** The longest that was said, of a range the upper end. */
  readonly amount: number;
  readonly unit: LengthUnit;
  readonly isRange: boolean;
  /** `a couple of`. */
  readonly isVague: boolean;
}

export type ZoneReference =
  | { readonly kind: 'customer' }
  | { readonly kind: 'writer' }
  /** IANA names that it can stand for; one, unless people use the same letters for several. */
  | { readonly kind: 'zones'; readonly zones: readonly string[] }
  /** `UTC+8`: milliseconds east of UTC. */
  | { readonly kind: 'offset'; readonly offsetMs: number };

/** The parts of one expression (`by 14:00 your time tomorrow`). At least one of day, part, clock and length is there. */
export interface When {
  readonly day: DayReference | null;
  readonly part: DayPart | null;
  readonly clock: ClockReference | null;
  readonly length: LengthReference | null;
  readonly zone: ZoneReference | null;
  /** `before Friday`: the day itself is too late. */
  readonly isBefore: boolean;
  /** Of two clocks (`between 9 and 11`) the later one was taken. */
  readonly isRange: boolean;
}
