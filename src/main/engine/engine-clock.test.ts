import { expect, test } from 'vitest';
import { EngineClock } from './engine-clock.ts';

const NOW = Date.UTC(2026, 10, 25, 9);

test('a normal start has the clock of the machine, and nothing moves it', () => {
  const clock = new EngineClock(() => NOW, null);
  expect(clock.moveTo(60_000)).toBe(false);
  expect(clock.now()).toBe(NOW);
});

test('the clock of a test runs ahead of the machine and with it, and never back', () => {
  let machine = NOW;
  const clock = new EngineClock(() => machine, 0);
  expect(clock.moveTo(60_000)).toBe(true);
  machine += 5;
  expect(clock.now()).toBe(NOW + 60_005);
  expect(clock.moveTo(30_000)).toBe(false);
  expect(clock.now()).toBe(NOW + 60_005);
});
