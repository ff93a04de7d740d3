import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAtRest } from './at-rest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const timers = {
  nowMs: () => performance.now(),
  startTimer: (run: () => void, ms: number) => void setTimeout(run, ms),
};

test('happens once in each pause that is long enough, and in no other', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 40 }), (pauses) => {
      const begun = performance.now();
      const ranAt: number[] = [];
      const touch = createAtRest(() => ranAt.push(performance.now() - begun), 30, timers);
      let at = 0;
      const expected: number[] = [];
      for (const pause of pauses) {
        touch();
        if (pause >= 30) expected.push(at + 30);
        vi.advanceTimersByTime(pause);
        at += pause;
      }
      expect(ranAt).toEqual(expected);
      vi.clearAllTimers();
    }),
  );
});

test('starts no timer for a touch while one waits', () => {
  const touch = createAtRest(() => undefined, 30, timers);
  expect(vi.getTimerCount()).toBe(0);
  for (let count = 0; count < 100; count += 1) touch();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(0);
});
