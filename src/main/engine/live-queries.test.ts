import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

const order: string[] = [];
/** @param ms how long an answer takes */
function subscribe(name: string, urgency: 'screen' | 'margin' | 'reserve', ms = 0): void {
  const evaluate = () => {
    order.push(name);
    vi.advanceTimersByTime(ms);
    return { depends: new Set(['cases']), result: ok(order.length) };
  };
  live.subscribe(name, evaluate, () => undefined, urgency);
}
beforeEach(() => {
  order.length = 0;
});

describe('what is on the screen', () => {
  test('takes a fifth of the time at most while everything changes, and its last answer is of the end', async () => {
    let state = 0;
    const got: unknown[] = [];
    const evaluate = () => {
      const result = ok(state);
      vi.advanceTimersByTime(8);
      return { depends: new Set(['cases']), result };
    };
    live.subscribe('list', evaluate, (_version, result) => got.push(result));
    const begun = performance.now();
    for (; state < 200; state += 1) {
      live.invalidate(['cases']);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(got.length).toBeGreaterThan(20);
    expect((got.length - 2) * 8).toBeLessThanOrEqual((performance.now() - begun) / 5);
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(got.at(-1)).toEqual(ok(200));
  });

  test('follows at once what a person has done, and the first change after a while', async () => {
    subscribe('list', 'screen', 100);
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual(['list', 'list']);
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toHaveLength(2);
    live.hurry();
    expect(order).toHaveLength(3);
    // nothing has changed since
    live.hurry();
    expect(order).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1_000);
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toHaveLength(4);
  });

  test('follows a command whose change was noted only just before its answer', async () => {
    subscribe('list', 'screen', 100);
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(10);
    live.invalidate(['cases']);
    live.hurry();
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toHaveLength(3);
  });
});

describe('what stands in the margin', () => {
  test('is answered after what is on the screen, however they were asked', async () => {
    subscribe('counts', 'margin');
    subscribe('strip', 'margin');
    subscribe('list', 'screen');
    expect(order).toEqual(['list']);
    await vi.advanceTimersByTimeAsync(50);
    expect(order).toEqual(['list', 'counts', 'strip']);
    order.length = 0;
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(50);
    expect(order).toEqual(['list', 'counts', 'strip']);
  });

  test('one a turn: a list that is asked for in between goes before the rest', async () => {
    for (const name of ['a', 'b', 'c']) subscribe(name, 'margin');
    await vi.advanceTimersByTimeAsync(5);
    subscribe('list', 'screen');
    await vi.advanceTimersByTimeAsync(50);
    expect(order).toEqual(['a', 'list', 'b', 'c']);
  });

  test('takes a tenth of the time at most while everything changes, and its last answer is of the end', async () => {
    subscribe('counts', 'margin', 20);
    await vi.advanceTimersByTimeAsync(50);
    order.length = 0;
    const begun = performance.now();
    for (let step = 0; step < 200; step += 1) {
      live.invalidate(['cases']);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(order.length).toBeGreaterThan(2);
    expect(order.length * 20).toBeLessThanOrEqual((performance.now() - begun) / 10 + 20);
    const before = order.length;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(order).toHaveLength(before + 1);
  });

  test('goes before what is only kept in reserve, which is asked once in a second at most and is of the end at last', async () => {
    subscribe('kept', 'reserve', 5);
    subscribe('counts', 'margin');
    await vi.advanceTimersByTimeAsync(50);
    expect(order).toEqual(['counts', 'kept']);
    order.length = 0;
    for (let step = 0; step < 500; step += 1) {
      live.invalidate(['cases']);
      await vi.advanceTimersByTimeAsync(10);
    }
    const asked = order.filter((name) => name === 'kept').length;
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(asked).toBeLessThanOrEqual(5);
    order.length = 0;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(order.filter((name) => name === 'kept')).toHaveLength(1);
  });

  test('what was kept in reserve is answered at once when somebody looks at it, if it has changed', async () => {
    subscribe('kept', 'reserve');
    await vi.advanceTimersByTimeAsync(50);
    order.length = 0;
    live.attend('kept', 'screen');
    expect(order).toEqual([]);
    live.attend('kept', 'reserve');
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(50);
    expect(order).toEqual([]);
    live.attend('kept', 'screen');
    expect(order).toEqual(['kept']);
    // and from then on with everything else that is on the screen
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual(['kept', 'kept']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(order).toEqual(['kept', 'kept']);
  });

  test('what was kept in reserve and stands in the margin waits for no second when it is shown', async () => {
    subscribe('strip', 'reserve');
    await vi.advanceTimersByTimeAsync(50);
    order.length = 0;
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(20);
    live.attend('strip', 'margin');
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual(['strip']);
  });

  test('something that rests for long does not keep what comes later waiting', async () => {
    subscribe('kept', 'reserve');
    await vi.advanceTimersByTimeAsync(50);
    live.invalidate(['cases']);
    await vi.advanceTimersByTimeAsync(50);
    order.length = 0;
    subscribe('counts', 'margin');
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual(['counts']);
  });

  test('is not asked when the page has left meanwhile', async () => {
    subscribe('counts', 'margin');
    live.unsubscribe('counts');
    await vi.advanceTimersByTimeAsync(50);
    expect(order).toEqual([]);
  });
});
