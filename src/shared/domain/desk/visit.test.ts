import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, instant } from '../time.ts';
import { habit, newestFirst } from './visit.ts';

const now = instant(Date.UTC(2026, 10, 29));

test('half of a habit is forgotten in a week, and it grows with use', () => {
  expect(habit({ at: now, times: 8 }, now)).toBe(8);
  expect(habit({ at: instant(now - 7 * DAY_MS), times: 8 }, now)).toBe(4);
  expect(habit({ at: now, times: 0 }, now)).toBe(0);
});

test('a clock that was set back makes no habit stronger', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 1_000 }), (days, times) => {
      const value = habit({ at: instant(now + days * DAY_MS), times }, now);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(times);
    }),
  );
});

test('the newest comes first, and of equal ones always the same', () => {
  const visits = ['b', 'a', 'c'].map((target, index) => ({ target, at: instant(index === 2 ? now + 1 : now) }));
  expect(newestFirst(visits).map((each) => each.target)).toEqual(['c', 'a', 'b']);
});
