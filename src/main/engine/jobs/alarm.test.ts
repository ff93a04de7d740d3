import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAlarm } from './alarm.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const START = Date.UTC(2026, 10, 29);
let rung: number[];
let logged: string[];
beforeEach(() => {
  rung = [];
  logged = [];
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

function alarm(nextAt: (now: Instant) => Instant | null): ReturnType<typeof createAlarm> {
  return createAlarm({
    clock: { now: () => instant(Date.now()) },
    nextAt,
    onRing: () => rung.push(Date.now() - START),
    log: (level, message) => logged.push(`${level}: ${message}`),
    what: 'the next thing',
    longestMs: HOUR_MS,
    shortestMs: SECOND_MS,
  });
}

test('it rings at the next time, within its bounds, and once', () => {
  let next: number | null = START + 5 * MINUTE_MS;
  const set = alarm(() => (next === null ? null : instant(next)));
  set.set();
  set.set();
  vi.advanceTimersByTime(HOUR_MS);
  expect(rung).toEqual([5 * MINUTE_MS]);
  next = START;
  set.set();
  vi.advanceTimersByTime(HOUR_MS);
  next = START + 100 * HOUR_MS;
  set.set();
  vi.advanceTimersByTime(HOUR_MS);
  expect(rung).toEqual([5 * MINUTE_MS, HOUR_MS + SECOND_MS, 3 * HOUR_MS]);
  next = null;
  set.set();
  expect(vi.getTimerCount()).toBe(0);
});

test('a look that fails ends nothing and is made again in a minute', () => {
  const broken = alarm(() => {
    throw new Error('disk I/O error');
  });
  broken.set();
  expect(logged).toEqual(['error: the next thing could not be looked up']);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(rung).toEqual([MINUTE_MS]);
});

test('once stopped it never rings, whoever sets it', () => {
  const stopped = alarm((now) => instant(now + MINUTE_MS));
  stopped.set();
  stopped.stop();
  stopped.set();
  vi.advanceTimersByTime(HOUR_MS);
  expect(rung).toEqual([]);
});
