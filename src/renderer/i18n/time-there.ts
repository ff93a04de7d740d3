import type { SendPlace } from '../../shared/domain/send-later/send-times.ts';
import { after, MINUTE_MS } from '../../shared/domain/time.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { formatsFor } from './formats.ts';
import type { Formats } from './formats.ts';

/** `Mon 14:05` on the clock of a place. */
export function weekdayTimeThere(formats: Formats, at: Instant, place: SendPlace): string {
  return 'zone' in place ? formats.weekdayTimeIn(at, place.zone) : formats.weekdayTimeAtOffset(at, place.offsetMinutes);
}

/** Date and time on the clock of a place. */
export function dateTimeThere(formats: Formats, at: Instant, place: SendPlace): string {
  if ('zone' in place) return formatsFor(formats.locale, place.zone).dateTime(at);
  // a clock of which only the distance from UTC is known shows what UTC shows then, moved by it
  return formatsFor(formats.locale, 'UTC').dateTime(after(at, place.offsetMinutes * MINUTE_MS));
}
