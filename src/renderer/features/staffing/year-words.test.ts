import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { YearHole } from '../../../shared/domain/coverage/coverage.ts';
import { instant } from '../../../shared/domain/time.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import { dayRuns, holeStretches, shiftedHole, wantedStretches } from './year-words.ts';

const hole = (days: YearHole['days'], startMinute: number, endMinute: number): YearHole => ({
  days,
  startMinute,
  endMinute,
  state: 'gap',
  firstAt: instant(0),
  lastAt: instant(0),
});

test('a hole of 21:00 to 22:00 UTC is 05:00 to 06:00 of the next day in Singapore', () => {
  const moved = shiftedHole(hole(['mon', 'fri', 'sun'], 21 * 60, 22 * 60), 8 * HOUR_MS);
  expect(moved).toEqual({ days: ['mon', 'tue', 'sat'], fromMinute: 300, toMinute: 360 });
});

test('what ends at midnight ends at 24:00, also behind the shift of the clock', () => {
  expect(shiftedHole(hole(['mon'], 1_320, 1_440), 0)).toEqual({ days: ['mon'], fromMinute: 1_320, toMinute: 1_440 });
  expect(shiftedHole(hole(['mon'], 1_020, 1_095), 5.75 * HOUR_MS)).toEqual({ days: ['mon'], fromMinute: 1_365, toMinute: 1_440 });
});

test('a hole over the end of the week is drawn at both ends of the strip', () => {
  expect(holeStretches(hole(['sun'], 1_380, 60), 0)).toEqual([
    [6 * 1_440 + 1_380, 10_080],
    [0, 60],
  ]);
});

test('drawn stretches are as long as the hole, whatever the clock', () => {
  const quarter = fc.integer({ min: 0, max: 95 }).map((value) => value * 15);
  const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
  const offset = fc.integer({ min: -48, max: 56 }).map((value) => value * 15 * MINUTE_MS);
  fc.assert(
    fc.property(days, quarter, quarter, offset, (on, start, length, offsetMs) => {
      const minutes = length + 15;
      const end = (start + minutes) % 1_440;
      const drawn = holeStretches(hole(on, start, end === 0 ? 1_440 : end), offsetMs);
      expect(drawn.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(minutes * on.length);
      for (const [from, to] of drawn) expect(from >= 0 && from < to && to <= 10_080).toBe(true);
    }),
  );
});

test('neighbouring days are one run', () => {
  expect(dayRuns(['mon', 'tue', 'wed', 'sat'])).toEqual([
    ['mon', 'wed'],
    ['sat', 'sat'],
  ]);
});

test('the hours of a requirement stand where the viewer has them, also over the end of the week', () => {
  const at = instant(Date.UTC(2026, 10, 29));
  const mondays = { zone: 'Asia/Tokyo', week: { mon: [{ openMinute: 0, closeMinute: 120 }] } };
  expect(wantedStretches(mondays, at, 9 * HOUR_MS)).toEqual([[0, 120]]);
  // Monday 00:00 in Tokyo is Sunday 15:00 UTC.
  expect(wantedStretches(mondays, at, 0)).toEqual([[6 * 1_440 + 900, 6 * 1_440 + 1_020]]);
  expect(wantedStretches(null, at, 0)).toEqual([[0, 10_080]]);
});
