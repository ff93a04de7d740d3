import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBeginnings } from './begun-later.ts';

const MINUTE_MS = 60_000;

type What = 'one' | 'other';
let failures: unknown[];
let failing: (readonly What[])[];

beforeEach(() => {
  vi.useFakeTimers();
  failures = [];
  failing = [];
});
afterEach(() => vi.useRealTimers());

const beginnings = () =>
  createBeginnings<What>({
    log: () => undefined,
    onFailure: (error) => failures.push(error),
    onFailing: (now) => failing.push(now),
  });

/** Something whose beginning fails so many times, and how often it was tried. */
function flaky(times: number): { readonly begin: () => string; readonly tries: () => number } {
  let tries = 0;
  return {
    begin: () => {
      tries += 1;
      if (tries <= times) throw new Error(`try ${String(tries)}`);
      return 'begun';
    },
    tries: () => tries,
  };
}

test('it is begun once, when it is first asked for', () => {
  using all = beginnings();
  const { begin, tries } = flaky(0);
  const one = all.later('one', begin);
  expect([one.made(), tries()]).toEqual([null, 0]);
  expect([one(), one(), one.made(), tries()]).toEqual(['begun', 'begun', 'begun', 1]);
  expect([failures, failing]).toEqual([[], []]);
});

test('what can not be begun is told once, tried again each minute, and told when it is well', () => {
  using all = beginnings();
  const { begin, tries } = flaky(3);
  const one = all.later('one', begin);
  const other = all.later('other', () => 'fine');
  expect([one(), other()]).toEqual([null, 'fine']);
  // who asks often does not make it be tried more often
  expect([one(), one(), tries()]).toEqual([null, null, 1]);
  vi.advanceTimersByTime(2 * MINUTE_MS);
  expect([tries(), failures.length, failing]).toEqual([3, 1, [['one']]]);
  vi.advanceTimersByTime(MINUTE_MS);
  expect([one(), tries(), failing]).toEqual(['begun', 4, [['one'], []]]);
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect([tries(), vi.getTimerCount()]).toEqual([4, 0]);
});

test('of two parts of one thing both must be well', () => {
  using all = beginnings();
  all.later('one', flaky(1).begin)();
  const slower = all.later('one', flaky(2).begin);
  slower();
  vi.advanceTimersByTime(MINUTE_MS);
  expect(failing.at(-1)).toEqual(['one']);
  vi.advanceTimersByTime(MINUTE_MS);
  expect([slower(), failing.at(-1)]).toEqual(['begun', []]);
});

test('after the end nothing is begun or tried again', () => {
  const all = beginnings();
  const { begin, tries } = flaky(1);
  const one = all.later('one', begin);
  const other = all.later('other', () => 'too late');
  one();
  all[Symbol.dispose]();
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect([one(), tries(), other(), vi.getTimerCount()]).toEqual([null, 1, null, 0]);
});
