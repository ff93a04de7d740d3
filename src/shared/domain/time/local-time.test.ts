import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dateOfEpochDay,
  daysBetween,
  epochDayOf,
  formatLocalDate,
  formatLocalDateTime,
  localOfWall,
  parseLocalDate,
  parseLocalDateTime,
  parseLocalTime,
  wallOf,
  weekdayOf,
} from './local-time.ts';

describe('local dates', () => {
  test('are counted as the Gregorian calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(dateOfEpochDay(day)).toEqual(expected);
        expect(epochDayOf(expected)).toBe(day);
        expect(weekdayOf(expected)).toBe(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][date.getUTCDay()]);
      }),
      { numRuns: 2000 },
    );
  });

  test('move over leap days and years', () => {
    expect(formatLocalDate(addDays({ year: 2028, month: 2, day: 28 }, 1))).toBe('2028-02-29');
    expect(formatLocalDate(addDays({ year: 2026, month: 3, day: 1 }, -1))).toBe('2026-02-28');
    expect(daysBetween({ year: 2026, month: 12, day: 31 }, { year: 2027, month: 1, day: 1 })).toBe(1);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '26-01-01', '2026-1-1', '0000-01-01', '2026-01-01Z', ''])(
    '%s is none',
    (text) => {
      expect(parseLocalDate(text)).toBeNull();
    },
  );

  test.each(['24:00', '23:60', '12:00:60', '7:00', '12:00Z', ''])('%s is no time', (text) => {
    expect(parseLocalTime(text)).toBeNull();
  });

  test.each(['2026-11-01T01:30', '2026-11-01T01:30:05', '0001-01-01T00:00'])('%s reads and writes', (text) => {
    const local = parseLocalDateTime(text);
    expect(local === null ? null : formatLocalDateTime(local)).toBe(text);
    expect(local === null ? null : localOfWall(wallOf(local))).toEqual(local);
  });

  test('refuse an offset behind the time', () => {
    expect(parseLocalDateTime('2026-11-01T01:30Z')).toBeNull();
    expect(parseLocalDateTime('2026-11-01T01:30+02:00')).toBeNull();
    expect(parseLocalDateTime('2026-11-01T01:30T')).toBeNull();
  });
});
