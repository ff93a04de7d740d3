import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { calendarProblems, formatMinute, parseMinute } from './calendar.ts';
import type { BusinessCalendar, CalendarException, CalendarVersion, OpenHours, WallWindow, Week } from './calendar.ts';
import { WEEKDAYS, parseLocalDate, parseLocalDateTime } from './local-time.ts';
import type { Weekday } from './local-time.ts';
import { OpenTime, due, elapsed, openTimeOf } from './open-time.ts';
import { toInstant } from './zone.ts';

const at = (text: string): Instant => instant(Date.parse(text));

function windows(texts: readonly string[]): readonly WallWindow[] {
  return texts.map((text) => {
    const [openMinute = null, closeMinute = null] = text.split('-').map(parseMinute);
    if (openMinute === null || closeMinute === null) throw new Error(text);
    return { openMinute, closeMinute };
  });
}

function days(names: readonly Weekday[], ...texts: readonly string[]): Week {
  return Object.fromEntries(names.map((name) => [name, windows(texts)]));
}

const WORKDAYS = WEEKDAYS.slice(0, 5);

function exception(date: string, ...texts: readonly string[]): CalendarException {
  const parsed = parseLocalDate(date);
  if (parsed === null) throw new Error(date);
  return { date: parsed, windows: windows(texts) };
}

function version(zone: string, week: Week, exceptions: readonly CalendarException[] = [], from = instant(0)): CalendarVersion {
  return { effectiveFrom: from, zone, week, exceptions };
}

function calendar(...versions: readonly CalendarVersion[]): BusinessCalendar {
  return { id: 'calendar', name: 'Calendar', versions };
}

/** When `minutes` of open time from a local time on have passed. */
function dueAfter(zone: string, start: string, minutes: number, hours: readonly OpenHours[]): string {
  const local = parseLocalDateTime(start);
  if (local === null) throw new Error(start);
  const found = due(hours, toInstant(zone, local), minutes * MINUTE_MS, []);
  return found.ok ? new Date(found.value).toISOString().slice(0, 16) : found.error.code;
}

function openHours(hours: OpenHours, from: string, to: string): number {
  return elapsed([hours], at(from), at(to), []) / HOUR_MS;
}

describe('due', () => {
  const office = (zone: string, ...exceptions: readonly CalendarException[]) =>
    calendar(version(zone, days(WORKDAYS, '09:00-17:00'), exceptions));

  test.each([
    ['a weekend', 'America/New_York', '2026-01-30T16:30', 60, [office('America/New_York')], '2026-02-02T14:30'],
    ['a weekend with a clock change', 'Europe/Berlin', '2026-03-27T16:30', 60, [office('Europe/Berlin')], '2026-03-30T07:30'],
    [
      'a spring day',
      'Europe/London',
      '2026-03-28T12:00',
      1440,
      [calendar(version('Europe/London', days(WEEKDAYS, '00:00-24:00')))],
      '2026-03-29T12:00',
    ],
    [
      'an autumn day',
      'Europe/London',
      '2026-10-24T12:00',
      1440,
      [calendar(version('Europe/London', days(WEEKDAYS, '00:00-24:00')))],
      '2026-10-25T11:00',
    ],
    [
      'past midnight',
      'America/Chicago',
      '2026-08-12T01:30',
      60,
      [calendar(version('America/Chicago', days(WEEKDAYS, '21:00-02:00')))],
      '2026-08-13T02:30',
    ],
    [
      'a lunch break',
      'America/Sao_Paulo',
      '2026-03-02T11:40',
      60,
      [calendar(version('America/Sao_Paulo', days(WORKDAYS, '08:00-12:00', '13:30-18:00')))],
      '2026-03-02T17:10',
    ],
    [
      'holidays',
      'Europe/Berlin',
      '2026-12-24T16:00',
      120,
      [office('Europe/Berlin', exception('2026-12-25'), exception('2026-12-26'))],
      '2026-12-28T09:00',
    ],
    [
      'follow the sun',
      'UTC',
      '2026-06-05T15:00',
      480,
      ['Asia/Singapore', 'Europe/Berlin', 'America/New_York'].map((zone) => office(zone)),
      '2026-06-08T03:00',
    ],
    ['the very end of a window', 'Europe/Berlin', '2026-06-01T09:00', 480, [office('Europe/Berlin')], '2026-06-01T15:00'],
  ] as const)('over %s', (_what, zone, start, minutes, hours, expected) => {
    expect(dueAfter(zone, start, minutes, hours)).toBe(expected);
  });

  test('leaves pauses out', () => {
    const hours = [office('Europe/Berlin')];
    const pauses = [{ from: at('2026-06-02T08:00:00Z'), to: at('2026-06-03T09:00:00Z') }];
    const found = due(hours, at('2026-06-02T07:00:00Z'), 8 * HOUR_MS, pauses);
    expect(found).toEqual({ ok: true, value: at('2026-06-04T08:00:00Z') });
  });

  test('unites overlapping pauses, in whatever order', () => {
    const hours = [calendar(version('UTC', days(WEEKDAYS, '00:00-24:00')))];
    const start = at('2026-06-01T00:00:00Z');
    const hour = (from: number, to: number) => ({ from: instant(start + from * HOUR_MS), to: instant(start + to * HOUR_MS) });
    const pauses = [hour(5, 7), hour(1, 3), hour(2, 4), hour(9, 8)];
    expect(due(hours, start, 4 * HOUR_MS, pauses)).toEqual({ ok: true, value: start + 9 * HOUR_MS });
    expect(elapsed(hours, start, instant(start + 9 * HOUR_MS), pauses)).toBe(4 * HOUR_MS);
  });

  test('is before a pause that begins as the target is reached', () => {
    const hours = [calendar(version('UTC', days(WEEKDAYS, '00:00-24:00')))];
    const start = at('2026-06-01T00:00:00Z');
    const pauses = [{ from: instant(start + HOUR_MS), to: instant(start + 2 * HOUR_MS) }];
    expect(due(hours, start, HOUR_MS, pauses)).toEqual({ ok: true, value: start + HOUR_MS });
  });

  test('counts seconds and less', () => {
    const hours = [office('Europe/Berlin')];
    expect(elapsed(hours, at('2026-06-01T06:59:30Z'), at('2026-06-01T07:00:59.500Z'), [])).toBe(59.5 * SECOND_MS);
  });
});

describe('windows', () => {
  const night = calendar(version('America/New_York', days(WEEKDAYS, '00:00-06:00')));

  test('have the length that the clocks give them', () => {
    expect(openHours(night, '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z')).toBe(7);
    expect(openHours(night, '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z')).toBe(5);
  });

  test('count the repeated hour as open up to a close within it', () => {
    const hours = calendar(version('Europe/Berlin', days(['sun'], '00:00-02:30')));
    expect(openHours(hours, '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toBe(3.5);
  });

  test('are moved out of a gap', () => {
    const hours = calendar(version('Europe/Berlin', days(['sun'], '02:15-02:45', '02:30-03:15')));
    const spans = openTimeOf([hours]).spans(at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'));
    expect(spans).toEqual([{ from: at('2026-03-29T01:15:00Z'), to: at('2026-03-29T01:45:00Z') }]);
  });

  test('end on the next day when they end at or before their begin', () => {
    expect(openHours(calendar(version('UTC', days(['mon'], '00:00-00:00'))), '2026-06-01T00:00:00Z', '2026-06-08T00:00:00Z')).toBe(24);
    expect(openHours(calendar(version('UTC', days(['mon'], '09:00-09:00'))), '2026-06-02T00:00:00Z', '2026-06-08T00:00:00Z')).toBe(9);
    expect(openHours(calendar(version('UTC', days(['mon'], '09:00-24:00'))), '2026-06-01T00:00:00Z', '2026-06-08T00:00:00Z')).toBe(15);
  });

  test('are half-open, and united where they overlap or touch', () => {
    const hours = calendar(version('UTC', days(['mon'], '09:00-12:00', '11:00-14:00', '14:00-15:00')));
    const time = openTimeOf([hours, hours]);
    expect(time.spans(at('2026-06-01T00:00:00Z'), at('2026-06-02T00:00:00Z'))).toEqual([
      { from: at('2026-06-01T09:00:00Z'), to: at('2026-06-01T15:00:00Z') },
    ]);
    expect(time.isOpen(at('2026-06-01T09:00:00Z'))).toBe(true);
    expect(time.isOpen(at('2026-06-01T15:00:00Z'))).toBe(false);
    expect(time.nextOpen(at('2026-06-01T15:00:00Z'))).toBe(at('2026-06-08T09:00:00Z'));
    expect(time.nextOpen(at('2026-06-01T10:00:00Z'))).toBe(at('2026-06-01T10:00:00Z'));
  });
});

describe('exceptions', () => {
  // 2026-06-01 is a Monday
  const nights = (...exceptions: readonly CalendarException[]) => calendar(version('UTC', days(['mon', 'tue'], '22:00-06:00'), exceptions));
  const spans = (hours: OpenHours) =>
    new OpenTime([hours])
      .spans(at('2026-06-01T00:00:00Z'), at('2026-06-04T00:00:00Z'))
      .map(({ from, to }) => `${new Date(from).toISOString().slice(8, 16)} ${new Date(to).toISOString().slice(8, 16)}`);

  test('cut their own date out of a window that began the day before, and leave what theirs has after midnight', () => {
    expect(spans(nights())).toEqual(['01T22:00 02T06:00', '02T22:00 03T06:00']);
    expect(spans(nights(exception('2026-06-02')))).toEqual(['01T22:00 02T00:00', '03T00:00 03T06:00']);
  });

  test('open their own windows, also past midnight', () => {
    expect(spans(nights(exception('2026-06-02', '20:00-03:00')))).toEqual(['01T22:00 02T00:00', '02T20:00 03T06:00']);
  });

  test('leave the window of another exception alone', () => {
    expect(spans(nights(exception('2026-06-01', '20:00-03:00'), exception('2026-06-02')))).toEqual([
      '01T20:00 02T03:00',
      '03T00:00 03T06:00',
    ]);
  });

  test('leave no stray hour when midnight happens twice', () => {
    // Havana, 1 November 2026: one o'clock is midnight again
    const evening = calendar(version('America/Havana', days(WEEKDAYS, '20:00-24:00'), [exception('2026-10-31')]));
    expect(openHours(evening, '2026-10-31T12:00:00Z', '2026-11-01T12:00:00Z')).toBe(0);
    const morning = calendar(version('America/Havana', days(WEEKDAYS, '00:00-08:00'), [exception('2026-10-31')]));
    expect(openHours(morning, '2026-10-31T12:00:00Z', '2026-11-01T18:00:00Z')).toBe(9);
  });
});

describe('versions', () => {
  const change = at('2026-06-03T10:00:00Z');
  const both = calendar(version('UTC', days(WEEKDAYS, '08:00-12:00')), version('Asia/Tokyo', days(WEEKDAYS, '18:00-22:00'), [], change));

  test('each count for the time in which they applied', () => {
    // until 10:00 of the third two hours of the first version, then 18:00 to 22:00 in Tokyo is 09:00 to 13:00Z
    expect(openHours(both, '2026-06-03T00:00:00Z', '2026-06-03T10:00:00Z')).toBe(2);
    expect(openHours(both, '2026-06-03T00:00:00Z', '2026-06-04T00:00:00Z')).toBe(5);
    expect(openHours(both, '2026-06-02T00:00:00Z', '2026-06-05T00:00:00Z')).toBe(13);
  });

  test('the first reaches back to before its date', () => {
    const late = calendar(version('UTC', days(WEEKDAYS, '08:00-12:00'), [], change));
    expect(openHours(late, '2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z')).toBe(4);
  });
});

describe('hours that never open', () => {
  const start = at('2026-06-01T00:00:00Z');
  const never = { ok: false, error: { code: 'never-opens' } };
  const once = (day: string) => calendar(version('UTC', {}, [exception(day, '00:00-01:00')]));

  test('are a mistake that is named', () => {
    expect(due([], start, HOUR_MS, [])).toEqual(never);
    expect(due([calendar(version('UTC', {}))], start, HOUR_MS, [])).toEqual(never);
    expect(openTimeOf([]).nextOpen(start)).toBeNull();
  });

  test('count from every instant on the way', () => {
    // the 366th day after the start is 2 June 2027
    expect(due([once('2027-06-01')], start, HOUR_MS, [])).toEqual({ ok: true, value: at('2027-06-01T01:00:00Z') });
    expect(due([once('2027-06-02')], start, HOUR_MS, [])).toEqual(never);
    expect(due([once('2026-06-02'), once('2027-06-02')], start, 2 * HOUR_MS, [])).toEqual({ ok: true, value: at('2027-06-02T01:00:00Z') });
    expect(due([once('2026-06-02'), once('2027-06-04')], start, 2 * HOUR_MS, [])).toEqual(never);
    expect(due([once('2026-06-02')], start, 2 * HOUR_MS, [])).toEqual(never);
  });

  test('are the same mistake whatever was asked before', () => {
    const hours = [once('2026-06-02'), once('2030-01-01')];
    const table = new OpenTime(hours);
    expect(table.due(start, 2 * HOUR_MS)).toBeNull();
    table.elapsed(start, at('2035-01-01T00:00:00Z'));
    expect(table.due(start, 2 * HOUR_MS)).toBeNull();
    // a pause that begins before the open time comes does not hide it, one that bridges the closed years does
    expect(table.due(start, 2 * HOUR_MS, [{ from: at('2027-01-01T00:00:00Z'), to: at('2029-12-01T00:00:00Z') }])).toBeNull();
    const bridged = [{ from: at('2026-06-02T01:00:00Z'), to: at('2029-12-01T00:00:00Z') }];
    expect(table.due(start, 2 * HOUR_MS, bridged)).toBe(at('2030-01-01T01:00:00Z'));
    expect(new OpenTime(hours).due(start, 2 * HOUR_MS, bridged)).toBe(at('2030-01-01T01:00:00Z'));
  });

  test('a date from nowhere costs no thousand years', () => {
    const hours = openTimeOf([calendar(version('UTC', days(WEEKDAYS, '00:00-24:00')))]);
    expect(hours.due(at('9999-01-01T00:00:00Z'), HOUR_MS)).toBeNull();
    expect(hours.due(at('0100-01-01T00:00:00Z'), HOUR_MS)).toBeNull();
    expect(hours.elapsed(at('9999-01-01T00:00:00Z'), at('9999-01-02T00:00:00Z'))).toBe(0);
    expect(hours.elapsed(start, at('9999-01-01T00:00:00Z'))).toBeGreaterThan(100 * 365 * DAY_MS);
  });
});

describe('a calendar is refused', () => {
  const codes = (refused: BusinessCalendar) =>
    calendarProblems(refused).map((problem) => [problem.code, problem.version, problem.weekday ?? problem.exception, problem.window]);
  const fine = version('Europe/Berlin', days(WORKDAYS, '09:00-17:00'), [exception('2026-12-25')]);

  test.each([
    ['when it is fine, never', calendar(fine), []],
    ['without hours', calendar(), [['no-version', null, null, null]]],
    ['when it never opens', calendar(version('UTC', {}, [exception('2026-12-25')])), [['never-opens', 0, null, null]]],
    [
      'when all it opens for is over',
      calendar(version('UTC', {}, [exception('2020-01-01', '09:00-10:00')], at('2026-01-01T00:00:00Z'))),
      [['never-opens', 0, null, null]],
    ],
    ['in a zone nobody knows', calendar({ ...fine, zone: '+01:00' }), [['unknown-zone', 0, null, null]]],
    ['with versions in disorder', calendar(fine, fine), [['version-order', 1, null, null]]],
    [
      'with a date twice',
      calendar({ ...fine, exceptions: [exception('2026-12-25'), exception('2026-12-25')] }),
      [['duplicate-exception', 0, 1, null]],
    ],
    [
      'with a date that is none',
      calendar({ ...fine, exceptions: [{ date: { year: 2026, month: 2, day: 30 }, windows: [] }] }),
      [['bad-date', 0, 0, null]],
    ],
    [
      'with a time that is none',
      calendar({ ...fine, week: { tue: [{ openMinute: 1440, closeMinute: 1441 }] } }),
      [
        ['open-out-of-range', 0, 'tue', 0],
        ['close-out-of-range', 0, 'tue', 0],
      ],
    ],
  ] as const)('%s', (_when, refused, expected) => {
    expect(codes(refused)).toEqual(expected);
  });

  test('one that opens only on dates to come is not', () => {
    expect(codes(calendar(version('UTC', {}, [exception('2026-12-25', '09:00-10:00')], at('2026-01-01T00:00:00Z'))))).toEqual([]);
  });
});

test('minutes read and write up to 24:00', () => {
  expect(['00:00', '09:30', '24:00', '24:01', '09:60', '9:00'].map(parseMinute)).toEqual([0, 570, 1440, null, null, null]);
  expect([0, 570, 1440].map(formatMinute)).toEqual(['00:00', '09:30', '24:00']);
});
