import type { Holiday } from './holidays.ts';
import { addDays, daysBetween, isLocalDate } from './local-time.ts';
import type { LocalDate } from './local-time.ts';

/** What a calendar file holds for a list of holidays, and what in it is something else. */
export interface IcsHolidays {
  readonly entries: readonly Holiday[];
  /** One line each, in the file's own words. */
  readonly refused: readonly string[];
}

/** An entry that is longer is no holiday. */
const MAX_DAYS = 31;
const MAX_ENTRIES = 2_000;

/**
 * Reads whole-day entries of an iCalendar file (RFC 5545): `DTSTART` as a date, `DTEND` exclusive. Entries at a time of
 * day, repeating ones and such without a date are refused by name: a holiday that is guessed is worse than one missed.
 */
export function readIcsHolidays(text: string): IcsHolidays {
  const lines = text.replaceAll(/\r?\n[ \t]/gu, '').split(/\r?\n/u);
  const entries: Holiday[] = [];
  const refused: string[] = [];
  let event: Map<string, string> | null = null;
  if (!lines.some((line) => line.trim().toUpperCase() === 'BEGIN:VCALENDAR')) return { entries, refused: ['BEGIN:VCALENDAR ?'] };
  for (const line of lines) {
    const upper = line.trim().toUpperCase();
    if (upper === 'BEGIN:VEVENT') event = new Map();
    else if (upper === 'END:VEVENT' && event !== null) {
      readEvent(event, entries, refused);
      event = null;
    } else if (event !== null) keepProperty(event, line);
    if (entries.length > MAX_ENTRIES) break;
  }
  return { entries: entries.slice(0, MAX_ENTRIES), refused };
}

function keepProperty(event: Map<string, string>, line: string): void {
  const match = /^([A-Za-z-]+)((?:;[^:]*)?):(.*)$/u.exec(line);
  if (match?.[1] !== undefined && match[3] !== undefined) event.set(match[1].toUpperCase(), match[3].trim());
}

function readEvent(event: ReadonlyMap<string, string>, entries: Holiday[], refused: string[]): void {
  const name = unescaped(event.get('SUMMARY') ?? '').slice(0, 200);
  const start = dateOf(event.get('DTSTART'));
  const end = dateOf(event.get('DTEND'));
  const days = start !== null && end !== null ? daysBetween(start, end) : 1;
  if (
    start === null ||
    event.has('RRULE') ||
    event.has('RDATE') ||
    days < 1 ||
    days > MAX_DAYS ||
    event.get('STATUS')?.toUpperCase() === 'CANCELLED'
  ) {
    refused.push(`${name} ${event.get('DTSTART') ?? ''} ${event.get('RRULE') ?? ''}`.trim().slice(0, 200));
    return;
  }
  for (let day = 0; day < days; day += 1) entries.push({ date: addDays(start, day), name });
}

function dateOf(text: string | undefined): LocalDate | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/u.exec(text ?? '');
  if (match === null) return null;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isLocalDate(date) ? date : null;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/gu, (_all, sign: string) => (sign === 'n' || sign === 'N' ? ' ' : sign)).trim();
}
