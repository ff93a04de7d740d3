import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { giveBackAtRest } from './give-back-at-rest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('asks for it when nobody has touched the page for half a minute, once, and again after the next time', () => {
  const gc = vi.fn<(options: object) => void>();
  const page = Object.assign(new EventTarget(), { gc });
  giveBackAtRest(page);
  vi.advanceTimersByTime(29_000);
  page.dispatchEvent(new Event('pointermove'));
  vi.advanceTimersByTime(29_000);
  expect(gc).not.toHaveBeenCalled();
  vi.advanceTimersByTime(120_000);
  expect(gc).toHaveBeenCalledExactlyOnceWith({ type: 'major', execution: 'async' });
  page.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(30_000);
  expect(gc).toHaveBeenCalledTimes(2);
});

test('a browser that does not let it is left alone', () => {
  const page = new EventTarget();
  giveBackAtRest(page);
  page.dispatchEvent(new Event('pointermove'));
  expect(vi.getTimerCount()).toBe(0);
});
