// @vitest-environment happy-dom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Input } from '../../../../shared/contract/contract.ts';
import { KEEP_MS } from '../../../bridge/live-queries.ts';
import { liveQueries, transport } from '../../../bridge/client.ts';
import { LISTS_IN_RESERVE, useListsInReserve } from './lists-in-reserve.ts';

const kept = new Set<number>();

beforeEach(() => {
  vi.useFakeTimers();
  liveQueries.forgetUnused();
  kept.clear();
  vi.spyOn(transport, 'subscribe').mockImplementation((_name, input) => {
    const { limit } = input as Input<'cases.list'>;
    kept.add(limit);
    return { attend: () => undefined, stop: () => void kept.delete(limit) };
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A list that is told from others by its length. */
function list(limit: number): Input<'cases.list'> {
  return { view: 'all', sort: 'newest', limit };
}
function look(): { readonly at: (limit: number | null) => void; readonly leave: () => void } {
  const { rerender, unmount } = renderHook(({ listed }) => useListsInReserve(listed), {
    initialProps: { listed: null as Input<'cases.list'> | null },
  });
  return { at: (limit) => rerender({ listed: limit === null ? null : list(limit) }), leave: unmount };
}

test('the lists looked at last are kept, and the one not looked at for longest goes first', () => {
  const { at } = look();
  for (let limit = 1; limit <= LISTS_IN_RESERVE; limit += 1) at(limit);
  vi.advanceTimersByTime(60_000);
  expect(kept.size).toBe(LISTS_IN_RESERVE);
  at(1);
  at(null);
  at(LISTS_IN_RESERVE + 1);
  vi.advanceTimersByTime(KEEP_MS);
  expect(kept.has(1)).toBe(true);
  expect(kept.has(2)).toBe(false);
  expect(kept.size).toBe(LISTS_IN_RESERVE);
});

test('whoever leaves the inbox keeps none', () => {
  const { at, leave } = look();
  at(1);
  at(2);
  leave();
  vi.advanceTimersByTime(KEEP_MS);
  expect([...kept]).toEqual([]);
});
