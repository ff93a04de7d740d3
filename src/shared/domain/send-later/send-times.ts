import { addDays, epochDayOf, wallOf, weekdayOfEpochDay } from '../time/local-time.ts';
import type { LocalDate, Weekday } from '../time/local-time.ts';
import { localDateOf, toInstant } from '../time/zone.ts';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { freeDaysOf } from './weekends.ts';

/** When a reply may leave so that its customer reads it at a good time. */

/** Where somebody is: an IANA zone, or only an offset in minutes east of UTC when that is all a mail told us. */
export type SendPlace = { readonly zone: string } | { readonly offsetMinutes: number };

/** When working mornings begin, on the clock of whose morning it is. */
export const MORNING_HOUR = 9;
/** A morning that begins sooner than this is as good as now: whoever chooses "the next morning" means another. */
export const SOONEST_MS = 5 * MINUTE_MS;
/** What somebody plans for longer than this is a slip: nothing that is true today is said in a year. */
export const LONGEST_LATER_MS = 366 * DAY_MS;

/**
 * `their-morning`: the next working morning of the customer; `hour`: in an hour; `their-tomorrow`, `my-tomorrow`: tomorrow's morning, whatever day
 * that is; `monday`: the next Monday morning of the customer, or mine where nothing is known of them.
 */
export const SEND_PRESETS = ['their-morning', 'hour', 'their-tomorrow', 'my-tomorrow', 'monday'] as const;
export type SendPreset = (typeof SEND_PRESETS)[number];

export interface SendTime {
  readonly preset: SendPreset;
  readonly at: Instant;
  /** Whose clock it was chosen by. */
  readonly place: SendPlace;
  /** Others that mean the same instant: whoever looks for one of them finds this. */
  readonly also: readonly SendPreset[];
}

function dateIn(place: SendPlace, at: Instant): LocalDate {
  return localDateOf('zone' in place ? place.zone : 'UTC', 'zone' in place ? at : instant(at + place.offsetMinutes * MINUTE_MS));
}

/** The instant of a morning: moved forward where the clocks skip it, the first where they show it twice. */
function morningOf(place: SendPlace, date: LocalDate): Instant {
  const local = { ...date, hour: MORNING_HOUR, minute: 0, second: 0 };
  return 'zone' in place ? toInstant(place.zone, local) : instant(wallOf(local) - place.offsetMinutes * MINUTE_MS);
}

function isWorkingDay(place: SendPlace, date: LocalDate): boolean {
  return !freeDaysOf('zone' in place ? place.zone : null).has(weekdayOfEpochDay(epochDayOf(date)));
}

function nextMorning(place: SendPlace, now: Instant, fits: (date: LocalDate) => boolean): Instant {
  const today = dateIn(place, now);
  // a week has every weekday, and nobody's week is all free
  for (let days = 0; days <= 8; days += 1) {
    const date = addDays(today, days);
    const at = morningOf(place, date);
    if (at - now >= SOONEST_MS && fits(date)) return at;
  }
  throw new RangeError('no such morning within a week');
}

/** 9:00 of the next working day on the clock of a place, at least five minutes from now; today's where that is still to come. */
export function nextWorkingMorning(place: SendPlace, now: Instant): Instant {
  return nextMorning(place, now, (date) => isWorkingDay(place, date));
}

/** 9:00 of the next such weekday on the clock of a place, at least five minutes from now. */
export function nextWeekdayMorning(place: SendPlace, now: Instant, weekday: Weekday): Instant {
  return nextMorning(place, now, (date) => weekdayOfEpochDay(epochDayOf(date)) === weekday);
}

/** 9:00 of tomorrow on the clock of a place, whatever day of the week that is. */
export function tomorrowMorning(place: SendPlace, now: Instant): Instant {
  return morningOf(place, addDays(dateIn(place, now), 1));
}

/**
 * The ready-made times for a reply; of two that mean the same instant the first is kept.
 * @param theirs where the customer is; null when nobody knows, then there is no morning of theirs to choose
 * @param mine where whoever chooses is
 */
export function sendTimes(now: Instant, theirs: SendPlace | null, mine: SendPlace): readonly SendTime[] {
  const their = theirs ?? mine;
  const all: readonly (Omit<SendTime, 'also'> | null)[] = [
    theirs === null ? null : { preset: 'their-morning', at: nextWorkingMorning(theirs, now), place: theirs },
    { preset: 'hour', at: after(now, HOUR_MS), place: their },
    theirs === null ? null : { preset: 'their-tomorrow', at: tomorrowMorning(theirs, now), place: theirs },
    { preset: 'my-tomorrow', at: tomorrowMorning(mine, now), place: mine },
    { preset: 'monday', at: nextWeekdayMorning(their, now, 'mon'), place: their },
  ];
  const known = all.filter((each) => each !== null);
  return known.flatMap((each, index) => {
    if (known.findIndex(({ at }) => at === each.at) < index) return [];
    const also = known.slice(index + 1).flatMap(({ preset, at }) => (at === each.at ? [preset] : []));
    return [{ ...each, also }];
  });
}
