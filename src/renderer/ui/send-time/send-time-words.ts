import type { TFunction } from 'i18next';
import { nextWorkingMorning } from '../../../shared/domain/send-later/send-times.ts';
import type { SendPlace } from '../../../shared/domain/send-later/send-times.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { formatsFor, isZone } from '../../i18n/formats.ts';
import type { Formats } from '../../i18n/formats.ts';
import { zoneLabel } from '../../i18n/zones.ts';

/** Of whom one must know what time it is for them. */
export interface SendCustomer {
  readonly name: string;
  readonly zone: string | null;
  readonly offsetMinutes: number | null;
}

/** Where the customer is, from what is known; null when nothing is. */
export function placeOfCustomer({ zone, offsetMinutes }: SendCustomer): SendPlace | null {
  if (zone !== null && isZone(zone)) return { zone };
  return offsetMinutes === null ? null : { offsetMinutes };
}

/** The city of a zone. */
export function cityOf(zone: string): string {
  return zoneLabel(zone).split(', ')[0] ?? zone;
}

/** A time as short as it can be told there: without the day where that is today for both. */
function timeThere(formats: Formats, at: Instant, now: Instant, place: SendPlace, withDay: boolean): string {
  if ('offsetMinutes' in place)
    return withDay ? formats.weekdayTimeAtOffset(at, place.offsetMinutes) : formats.timeAtOffset(at, place.offsetMinutes);
  const there = formatsFor(formats.locale, place.zone);
  return withDay ? dayTime(there, at, now) : there.time(at);
}

/** With the weekday within a week, also when it is today; farther away with the date. */
function dayTime(formats: Formats, at: Instant, now: Instant): string {
  const soon = formats.soonTime(at, now);
  return soon === formats.time(at) ? formats.weekdayTimeIn(at, formats.zone) : soon;
}

/** When a reply leaves, on the customer's clock and on the reader's: "Mon 09:00 in Shanghai (Mon 01:00 yours)". */
export function sendTimeWords(t: TFunction<'sendLater'>, formats: Formats, at: Instant, now: Instant, customer: SendCustomer): string {
  const place = placeOfCustomer(customer);
  const isToday = formats.dayKey(at) === formats.dayKey(now) && (place === null || isSameDay(formats, at, now, place));
  const mine = isToday ? formats.time(at) : dayTime(formats, at, now);
  if (place === null) return t('at.mine', { mine });
  const theirs = timeThere(formats, at, now, place, !isToday);
  if ('offsetMinutes' in place) return t(theirs === mine ? 'at.customerSame' : 'at.customer', { theirs, mine, name: customer.name });
  return t(theirs === mine ? 'at.same' : 'at.both', { theirs, mine, place: cityOf(place.zone) });
}

function isSameDay(formats: Formats, at: Instant, now: Instant, place: SendPlace): boolean {
  if ('offsetMinutes' in place) {
    const day = (moment: Instant): number => Math.floor((moment + place.offsetMinutes * MINUTE_MS) / DAY_MS);
    return day(at) === day(now);
  }
  const there = formatsFor(formats.locale, place.zone);
  return there.dayKey(at) === there.dayKey(now);
}

/** The time that a field of one's own begins with: the next working morning there. */
export function firstGuess(zone: string, now: Instant): Instant {
  return nextWorkingMorning({ zone }, now);
}
