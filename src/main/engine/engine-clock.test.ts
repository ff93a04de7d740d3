import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineClock } from './engine-clock.ts';

const NOW = Date.UTC(2026, 10, 25, 9);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a normal start has the clock of the machine, and nothing moves it', () => {
  const clock = new EngineClock(null);
  expect(clock.moveTo(60_000)).toBe(false);
  expect(clock.now()).toBe(NOW);
});

test('the clock of a test runs ahead of the machine and with it, and never back', () => {
  const clock = new EngineClock(0);
  expect(clock.moveTo(60_000)).toBe(true);
  vi.setSystemTime(NOW + 5);
  expect(clock.now()).toBe(NOW + 60_005);
  expect(clock.moveTo(30_000)).toBe(false);
  expect(clock.now()).toBe(NOW + 60_005);
});
