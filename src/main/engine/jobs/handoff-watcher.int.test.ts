import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startHandoffWatcher } from './handoff-watcher.ts';
import type { HandoffWatcher } from './handoff-watcher.ts';
import { lastEventKey, newsSince } from '../store/handoff-news.store.ts';
import { coverageParts } from '../usecases/coverage-parts.ts';
import { applyAction } from '../usecases/apply-action.ts';
import { DutyBook } from '../usecases/duty-book.ts';
import { caseOf, mail, ME, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId, HandoffId } from '../../../shared/domain/ids.ts';
import { MINUTE_MS, instant } from '../../../shared/domain/time.ts';

/** The timers of the watcher: a team without a plan, whose offers end by the clock alone. */

let desk: Desk;
let watcher: HandoffWatcher;
let failures: string[];
let operations = 0;
const op = () => makeId('op', `watch-${(operations += 1)}`);

beforeEach(async () => {
  desk = openDesk();
  failures = [];
  await receive(desk, mail('a1'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { book } = coverageParts(desk.clock);
  watcher = startHandoffWatcher({
    deps: { ...desk, book, duties: new DutyBook(book) },
    shell: { request: () => Promise.resolve(null) } as never,
    log: (_level, message) => failures.push(message),
    tell: () => undefined,
    onClock: () => undefined,
  });
  await watcher.settled();
});
afterEach(async () => {
  await watcher[Symbol.asyncDispose]();
  vi.useRealTimers();
  desk[Symbol.dispose]();
});

/** Offers a case; the offer ends so long after now. */
function offered(caseId: CaseId, ms: number, name: string): HandoffId {
  applyAction(desk, { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  const handoffId = makeId('hnd', name);
  desk.store.write((tx) =>
    desk.ledger.append(
      tx,
      caseId,
      [
        {
          type: 'handoff.offered',
          handoffId,
          fromId: ME,
          fromHubId: null,
          to: { kind: 'queue' },
          reason: 'expertise',
          packet: EMPTY_PACKET,
          expiresAt: instant(desk.time.now + ms),
          senderOffAt: null,
          teamHubs: [],
        },
      ],
      { actor: ME },
    ),
  );
  return handoffId;
}
function stateOf(caseId: CaseId, handoffId: HandoffId): string | undefined {
  return desk.store.read((db) => desk.ledger.ownership(db, caseId)).handoffs.find((each) => each.handoffId === handoffId)?.state;
}
function pass(ms: number): void {
  desk.time.now += ms;
  vi.advanceTimersByTime(ms);
}

test('sleeps by one timer, however often it is woken', async () => {
  for (let kick = 0; kick < 5; kick += 1) {
    watcher.kick();
    await watcher.settled();
  }
  expect(vi.getTimerCount()).toBe(1);
  pass(3 * MINUTE_MS);
  expect(vi.getTimerCount()).toBe(1);
});

test('what happens all the time does not keep time from being looked at', () => {
  const caseId = caseOf(desk, 'a1');
  const handoffId = offered(caseId, MINUTE_MS, 'busy');
  pass(1_000);
  // somebody writes something every few milliseconds, as when a mailbox is fetched
  for (let passed = 0; passed < 2 * MINUTE_MS; passed += 1_000) {
    desk.time.now += 995;
    desk.store.write((tx) => desk.ledger.recordTeamEvent(tx, 'sla', 'sla.noted', {}, { actor: null }));
    pass(5);
  }
  expect(stateOf(caseId, handoffId)).toBe('expired');
});

test('a case that can not be written does not spin, and keeps no other from its time', async () => {
  await receive(desk, mail('b2'));
  const [bad, good] = [caseOf(desk, 'a1'), caseOf(desk, 'b2')];
  const handoffIds = [offered(bad, MINUTE_MS, 'bad'), offered(good, MINUTE_MS, 'good')] as const;
  pass(1_000);
  const append = desk.ledger.append.bind(desk.ledger);
  const spy = vi.spyOn(desk.ledger, 'append').mockImplementation((tx, caseUid, ...rest) => {
    if (caseUid === bad) throw new Error('it can not be written');
    return append(tx, caseUid, ...rest);
  });
  pass(2 * MINUTE_MS);
  expect(stateOf(good, handoffIds[1])).toBe('expired');
  expect(stateOf(bad, handoffIds[0])).toBe('offered');
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.length).toBeLessThan(5);
  spy.mockRestore();
  pass(2 * MINUTE_MS);
  expect(stateOf(bad, handoffIds[0])).toBe('expired');
});

test('what is no news is read once', async () => {
  const before = desk.store.read(lastEventKey);
  await receive(desk, mail('c3'), mail('d4'));
  const { news, lastKey } = desk.store.read((db) => newsSince(db, before));
  expect(news).toEqual([]);
  expect(lastKey).toBe(desk.store.read(lastEventKey));
});
