import { openTimeOf } from '../time/open-time.ts';
import type { OpenTime } from '../time/open-time.ts';
import type { OpenHours } from '../time/calendar.ts';
import type { PromisedHours } from './policy.ts';

const books = new WeakMap<readonly OpenHours[], Map<string, OpenTime | null>>();

/** The id under which a team's coverage is handed in among the hours. */
export function coverageId(team: string): string {
  return `coverage:${team}`;
}

/**
 * The promised open time, out of all hours that there are; null when one of them is missing. Kept for as long as the
 * array lives: hand in the same array again.
 */
export function promisedTime(promise: PromisedHours, hours: readonly OpenHours[]): OpenTime | null {
  const ids = promise.kind === 'coverage' ? [coverageId(promise.team)] : promise.calendarIds;
  const key = JSON.stringify(ids);
  let book = books.get(hours);
  if (book === undefined) {
    book = new Map();
    books.set(hours, book);
  }
  const known = book.get(key);
  if (known !== undefined) return known;
  const found = ids.map((id) => hours.find((each) => each.id === id)).filter((each) => each !== undefined);
  const made = found.length === ids.length ? openTimeOf(found) : null;
  book.set(key, made);
  return made;
}
