import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPromiseWatcher } from './promise-watcher.ts';
import { startSlaWatcher } from './sla-watcher.ts';
import { coverageParts } from '../usecases/coverage-parts.ts';
import { promiseMade } from '../usecases/promise-commands.ts';
import { RuleRuns } from '../usecases/rule-runs.ts';
import { caseOf, mail, ME, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, MINUTE_MS, instant } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';

/** A watcher that is woken again and again must not leave timers behind that wake it for ever. */

let desk: Desk;
beforeEach(async () => {
  desk = openDesk();
  await receive(desk, mail('a1'));
  const dueLocal = toLocal('UTC', instant(desk.time.now + 5 * HOUR_MS));
  const promise = { text: 'back soon', zone: 'UTC', dueLocal, source: 'typed' } as const;
  const made = promiseMade(promise, null, { promiseId: makeId('prm', 'one'), toldAt: desk.clock.now(), pastCode: 'past' });
  desk.store.write((tx) => desk.ledger.append(tx, caseOf(desk, 'a1'), [made], { actor: ME }));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  desk[Symbol.dispose]();
});

const quiet = { shell: { request: () => Promise.resolve(null) } as never, log: () => undefined, tell: () => undefined };

test.each([
  ['promises', () => startPromiseWatcher({ ...quiet, context: desk, book: coverageParts(desk.clock).book })],
  [
    'clocks',
    () =>
      startSlaWatcher({
        ...quiet,
        context: desk,
        book: coverageParts(desk.clock).book,
        onClock: () => undefined,
        runs: new RuleRuns(() => undefined),
      }),
  ],
])('the watcher of %s sleeps by one timer', async (_what, start) => {
  const watcher = start();
  for (let kick = 0; kick < 5; kick += 1) watcher.kick();
  expect(vi.getTimerCount()).toBe(1);
  desk.time.now += HOUR_MS;
  vi.advanceTimersByTime(MINUTE_MS);
  expect(vi.getTimerCount()).toBe(1);
  await watcher[Symbol.asyncDispose]();
  expect(vi.getTimerCount()).toBe(0);
});
