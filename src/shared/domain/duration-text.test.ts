import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration-text.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time.ts';

test.each([
  ['4h', 4 * HOUR_MS],
  ['30m', 30 * MINUTE_MS],
  ['2d', 48 * HOUR_MS],
  ['1h 30m', 90 * MINUTE_MS],
  ['1h30', null],
  ['1.5h', 90 * MINUTE_MS],
  ['1,5 h', 90 * MINUTE_MS],
  [' 2 Days 3 hours ', 2 * DAY_MS + 3 * HOUR_MS],
  ['4:30', 4 * HOUR_MS + 30 * MINUTE_MS],
  ['0:05', 5 * MINUTE_MS],
  ['2 天 3 小时', 2 * DAY_MS + 3 * HOUR_MS],
  ['15分钟', 15 * MINUTE_MS],
  ['0', 0],
])('%j is %j', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', ' ', '4', '4x', 'h', '-4h', '4h 2h', '30m 1h', '4:60', '1..5h', '4h!', 'toString', '1constructor', '9'.repeat(30) + 'd'])(
  '%j is refused',
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);

test('days are told from two on, so that one is never taken for a working day', () => {
  expect([DAY_MS, 36 * HOUR_MS, 2 * DAY_MS, 61 * MINUTE_MS, 5 * MINUTE_MS, 0].map(formatDuration)).toEqual([
    '24h',
    '36h',
    '2d',
    '1h 1m',
    '5m',
    '0',
  ]);
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * 24 * 60 }), (minutes) => {
      expect(parseDuration(formatDuration(minutes * MINUTE_MS))).toBe(minutes * MINUTE_MS);
    }),
  );
});
