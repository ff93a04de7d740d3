import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveQueries } from './live-queries.ts';
import { ok } from '../../shared/domain/result.ts';

let live: LiveQueries;
beforeEach(() => {
  vi.useFakeTimers();
  live = new LiveQueries();
});
afterEach(() => {
  live[Symbol.dispose]();
  vi.useRealTimers();
});

test('a fact that changes while its answer is on the way is asked for again', async () => {
  let state = 'locked';
  let release: () => void = () => {};
  const asked: string[] = [];
  const got: unknown[] = [];
  live.subscribe(
    'a',
    () => {
      const now = state;
      asked.push(now);
      return { depends: new Set(['@vault']), result: new Promise((resolve) => (release = () => resolve(ok(now)))) };
    },
    (_version, result) => got.push(result),
  );
  state = 'ready';
  live.invalidate(['@vault']);
  await vi.advanceTimersByTimeAsync(10);
  release();
  await vi.waitFor(() => expect(asked).toEqual(['locked', 'ready']));
  release();
  await vi.waitFor(() => expect(got.at(-1)).toEqual(ok('ready')));
});

test('an answer that comes after the page has left is not sent, and nothing is asked again', async () => {
  let release: () => void = () => {};
  let asked = 0;
  const got: unknown[] = [];
  const evaluated = new Promise<ReturnType<typeof ok<number>>>((resolve) => (release = () => resolve(ok(1))));
  live.subscribe(
    'b',
    () => {
      asked += 1;
      return { depends: new Set(['@x']), result: evaluated };
    },
    (_version, result) => got.push(result),
  );
  live.invalidate(['@x']);
  await vi.advanceTimersByTimeAsync(10);
  live.unsubscribe('b');
  release();
  await evaluated;
  await vi.advanceTimersByTimeAsync(10);
  expect(got).toEqual([]);
  expect(asked).toBe(1);
});
