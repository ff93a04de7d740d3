import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBeginnings } from './begun-later.ts';
import type { Beginnings } from './begun-later.ts';

const logged: string[] = [];
const failures: unknown[] = [];
const failing: (readonly string[])[] = [];
let beginnings: Beginnings<'clocks' | 'handoffs'>;

beforeEach(() => {
  vi.useFakeTimers();
  for (const list of [logged, failures, failing]) list.length = 0;
  beginnings = createBeginnings({
    log: (_level, message) => logged.push(message),
    onFailure: (error) => failures.push(error),
    onFailing: (what) => failing.push(what),
  });
});
afterEach(() => {
  beginnings[Symbol.dispose]();
  vi.useRealTimers();
});

/** Fails so many times, and then begins. */
function brittle(times: number): { readonly begin: () => string; readonly tries: () => number } {
  let tries = 0;
  return {
    begin: () => {
      tries += 1;
      if (tries <= times) throw new Error('not now');
      return 'begun';
    },
    tries: () => tries,
  };
}

test('what is begun later is begun once, and not at all if nobody asks', () => {
  const begin = vi.fn<() => { readonly name: string }>(() => ({ name: 'clocks' }));
  const clocks = beginnings.later('clocks', begin);
  expect(clocks.made()).toBeNull();
  expect(begin).not.toHaveBeenCalled();
  expect(clocks()).toBe(clocks());
  expect(clocks.made()).toBe(clocks());
  expect(begin).toHaveBeenCalledTimes(1);
  expect(failing).toEqual([]);
});

test('one that can not be begun is told, keeps no other from beginning, and begins when it can', async () => {
  const first = brittle(2);
  const clocks = beginnings.later('clocks', first.begin);
  const handoffs = beginnings.later('handoffs', () => 'handoffs');
  expect(clocks()).toBeNull();
  expect(handoffs()).toBe('handoffs');
  expect(failing).toEqual([['clocks']]);
  expect(failures).toEqual([new Error('not now')]);
  expect(logged).toEqual(['clocks could not be begun']);
  // asking does not make it be tried
  expect(clocks()).toBeNull();
  expect(first.tries()).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(first.tries()).toBe(2);
  expect(failing).toEqual([['clocks']]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(clocks()).toBe('begun');
  expect(failing).toEqual([['clocks'], []]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(first.tries()).toBe(3);
});

test('two of one name are well when both are', async () => {
  const [one, other] = [brittle(1), brittle(2)];
  for (const each of [one, other]) beginnings.later('clocks', each.begin)();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(failing.at(-1)).toEqual(['clocks']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(failing.at(-1)).toEqual([]);
});

test('nothing is begun any more when all is over', async () => {
  const first = brittle(1);
  const clocks = beginnings.later('clocks', first.begin);
  const handoffs = beginnings.later('handoffs', () => 'handoffs');
  clocks();
  beginnings[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(first.tries()).toBe(1);
  expect(handoffs()).toBeNull();
});
