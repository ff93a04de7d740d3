import { MINUTE_MS, SECOND_MS } from '../../src/shared/domain/time.ts';
import { WEEKDAYS, parseLocalDate } from '../../src/shared/domain/time/local-time.ts';
import { calendarProblems, parseMinute } from '../../src/shared/domain/time/calendar.ts';
import type { BusinessCalendar, Span, WallWindow } from '../../src/shared/domain/time/calendar.ts';
import { due, elapsed } from '../../src/shared/domain/time/open-time.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { asList, asNumber, asRow, asRows, asText } from './fields.ts';
import type { Row } from './fields.ts';
import { readInstant, writeInstant } from './instants.ts';
import type { Outcome } from './vectors.ts';

export function checkCalendar(row: Row): Outcome {
  const calendars = readCalendars(row['calendars']);
  const start = readInstant(row['start'], 'start');
  const pauses = asList(row['pauses'], 'pauses').map((pair) => readSpan(pair, 'pause'));
  const dueAt = due(calendars, start, asNumber(row['minutes'], 'minutes') * MINUTE_MS, pauses);
  const openMs = elapsed(calendars, start, readInstant(row['until'], 'until'), pauses);
  return {
    name: `${calendars.map((each) => each.name).join('+')} ${String(row['start'])} ${String(row['minutes'])} min`,
    expected: `due ${writeInstant(readInstant(row['due'], 'due'))}, open ${String(asNumber(row['openSeconds'], 'openSeconds'))} s`,
    found: `due ${dueAt.ok ? writeInstant(dueAt.value) : dueAt.error.code}, open ${String(openMs / SECOND_MS)} s`,
  };
}

/** Calendars of a vector, each valid for all time; ids are their places. */
export function readCalendars(value: unknown): readonly BusinessCalendar[] {
  return asRows(value, 'calendars').map((row, index) => {
    const week = asRow(row['week'], 'week');
    const calendar: BusinessCalendar = {
      id: String(index),
      name: asText(row['zone'], 'zone'),
      versions: [
        {
          effectiveFrom: instant(0),
          zone: asText(row['zone'], 'zone'),
          week: Object.fromEntries(WEEKDAYS.map((day) => [day, readWindows(week[day] ?? [], day)])),
          exceptions: asRows(row['exceptions'] ?? [], 'exceptions').map((exception) => {
            const date = parseLocalDate(asText(exception['date'], 'date'));
            if (date === null) throw new TypeError(`no date: ${String(exception['date'])}`);
            return { date, windows: readWindows(exception['windows'], 'windows') };
          }),
        },
      ],
    };
    const [problem] = calendarProblems(calendar);
    if (problem !== undefined) throw new TypeError(`calendar ${String(index)}: ${problem.code}`);
    return calendar;
  });
}

function readWindows(value: unknown, what: string): readonly WallWindow[] {
  return asList(value, what).map((pair) => {
    const [openMinute, closeMinute] = asList(pair, what).map((end) => parseMinute(asText(end, what)));
    if (typeof openMinute !== 'number' || typeof closeMinute !== 'number') throw new TypeError(`${what} is no window`);
    return { openMinute, closeMinute };
  });
}

function readSpan(value: unknown, what: string): Span {
  const [from, to] = asList(value, what);
  return { from: readInstant(from, what), to: readInstant(to, what) };
}
