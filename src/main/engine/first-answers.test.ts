import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awaitFirstAnswers } from './first-answers.ts';
import type { PagePort } from './page-port.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Page {
  readonly port: PagePort;
  readonly heard: unknown[];
  readonly ask: () => void;
}

function page(noticing: (port: PagePort) => PagePort): Page {
  const heard: unknown[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  const port = noticing({
    post: () => undefined,
    onMessage: (listener) => listeners.push(listener),
    onClose: () => undefined,
  });
  port.onMessage((message) => heard.push(message));
  return { port, heard, ask: () => listeners.forEach((listener) => listener('a question')) };
}

async function isGivenAfter(given: Promise<void>, ms: number): Promise<boolean> {
  let isGiven = false;
  void given.then(() => (isGiven = true));
  await vi.advanceTimersByTimeAsync(ms);
  return isGiven;
}

test('what nobody waits for begins when the page has asked nothing for a moment', async () => {
  const first = awaitFirstAnswers();
  const { ask, heard } = page((port) => first.noticing(port));
  for (let count = 0; count < 5; count += 1) {
    ask();
    expect(await isGivenAfter(first.given, 150)).toBe(false);
  }
  expect(heard).toHaveLength(5);
  expect(await isGivenAfter(first.given, 60)).toBe(true);
  // after that nothing is waited for any more
  ask();
  expect(vi.getTimerCount()).toBe(0);
});

test('a page that never stops asking, or never comes, does not keep it waiting', async () => {
  const asking = awaitFirstAnswers();
  const { ask } = page((port) => asking.noticing(port));
  const asked = setInterval(ask, 100);
  expect(await isGivenAfter(asking.given, 2_900)).toBe(false);
  expect(await isGivenAfter(asking.given, 200)).toBe(true);
  clearInterval(asked);
  const alone = awaitFirstAnswers();
  expect(await isGivenAfter(alone.given, 3_000)).toBe(true);
});
