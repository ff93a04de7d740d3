import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import type { HandChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { Input, QueryName, Output } from '../../src/shared/contract/contract.ts';
import type { CallResult, EngineToPage, PageToEngine } from '../../src/shared/contract/define.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { Condition } from '../../src/shared/domain/query/case-query.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../src/shared/domain/time.ts';

/** What a window that is only looked at shows of customers who have heard nothing for a day. */

const T0 = Date.UTC(2026, 10, 25, 9);
/** Moved by hand, until timers are. */
let nowMs = T0;
let isStepped = false;
const clock = { now: () => instant(isStepped ? Date.now() : nowMs) };
/** What changed is gathered, and counts wait for what is on the screen. */
const SHOWN_MS = 25;
/** Longer than anything is gathered. */
const GATHERED_MS = 400;
const STALE: readonly Condition[] = [{ field: 'is', not: false, values: ['stale'] }];

let station: Workstation;
let channel: HandChannel;
beforeEach(async () => {
  nowMs = T0;
  isStepped = false;
  ({ station, channel } = await startWithChannel(clock));
  await introduce(station);
});
afterEach(async () => {
  vi.useRealTimers();
  await station[Symbol.asyncDispose]();
});

/**
 * From here on time passes only as it is told to, with all timers. What was gathered before is told first: its timer is one of the system, and until that
 * ends nothing else would be told. The machine wakes up at this moment, so that all watchers have set theirs.
 */
async function step(fromMs: number): Promise<void> {
  await new Promise((done) => void setTimeout(done, GATHERED_MS));
  isStepped = true;
  vi.useFakeTimers({ now: fromMs, toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
  station.engine.handleShellEvent({ type: 'power', state: 'resume' });
}
/** So often the engine hands over to what else waits, at most, until a question is answered: no time passes meanwhile. */
const TURNS = 50;
async function passUntil(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms - Date.now());
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
}

/** A window with live queries; each tells its newest answer. */
function openWindow() {
  const answers = new Map<number, unknown>();
  let deliver: (message: PageToEngine) => void = () => undefined;
  station.engine.attachPage({
    post: (message: EngineToPage) => {
      if (message.t === 'data') answers.set(message.id, message.result);
    },
    onMessage: (listener) => {
      deliver = listener;
    },
    onClose: () => undefined,
  });
  let queries = 0;
  return <Name extends QueryName>(name: Name, input: Input<Name>): (() => Output<Name> | null) => {
    queries += 1;
    const id = queries;
    deliver({ t: 'subscribe', id, name, input, isShown: true });
    return () => {
      const answer = answers.get(id) as CallResult<Output<Name>, string> | undefined;
      return answer?.ok === true ? answer.value : null;
    };
  };
}

/** The count and the cases of the view without news, and from when on each case of the list is marked, as a window shows them. */
function watchView() {
  const watch = openWindow();
  const count = watch('cases.countFilters', { filters: [STALE], zone: 'UTC' });
  const view = watch('cases.list', { view: 'all', sort: 'newest', limit: 10, filter: { conditions: STALE, zone: 'UTC' } });
  const list = watch('cases.list', { view: 'all', sort: 'newest', limit: 10 });
  return () => ({
    count: count()?.[0],
    view: view()
      ?.rows.map(({ caseId }) => caseId)
      .toSorted(),
    marked: list()?.rows.filter(({ followUpAt }) => followUpAt !== null && followUpAt <= clock.now()).length,
  });
}

async function arrive(change: Parameters<typeof customerMail>[1] = {}): Promise<{ readonly caseId: CaseId; readonly key: string }> {
  const mail = customerMail(clock, change);
  channel.deliver(mail);
  await until(() => caseOfMessage(station, mail) !== null, 'the mail is a case');
  const caseId = caseOfMessage(station, mail);
  if (caseId === null) throw new Error('no case');
  return { caseId, key: mail.thread.ownKey ?? '' };
}

const NONE = { count: 0, view: [], marked: 0 };

async function answer(caseId: CaseId): Promise<void> {
  const detail = await station.ask('cases.detail', { caseId });
  const draft = { caseId, kind: 'reply' as const, to: detail?.replyTo ?? [], cc: [], text: 'We look into it.' };
  const { draftId } = await station.ask('drafts.save', { opId: op(), ...draft });
  await station.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
}

test('as the day ends the view, its count and the mark come by themselves, and go when the customer is answered', async () => {
  const { caseId } = await arrive();
  await step(T0 + 23 * HOUR_MS);
  const shown = watchView();
  await passUntil(T0 + DAY_MS - 1);
  expect(shown()).toEqual(NONE);
  await passUntil(T0 + DAY_MS + SHOWN_MS);
  expect(shown()).toEqual({ count: 1, view: [caseId], marked: 1 });

  // what is no news to them changes nothing
  await station.ask('cases.addNote', { opId: op(), caseId, text: 'Asked the bank.' });
  await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'priority', to: 'high' } });
  await passUntil(Date.now() + SECOND_MS);
  expect(shown()).toEqual({ count: 1, view: [caseId], marked: 1 });
  await answer(caseId);
  for (let seconds = 0; channel.sent.length === 0 && seconds < 60; seconds += 1) await passUntil(Date.now() + SECOND_MS);
  await passUntil(Date.now() + SECOND_MS);
  expect(shown()).toEqual(NONE);
});

test('each customer at their own moment', async () => {
  const first = await arrive();
  nowMs = T0 + HOUR_MS;
  const second = await arrive({ from: { address: 'noa@customer.test', name: 'Noa' } });
  await step(T0 + 23 * HOUR_MS);
  const shown = watchView();
  await passUntil(T0 + DAY_MS + SHOWN_MS);
  const one = { count: 1, view: [first.caseId], marked: 1 };
  expect(shown()).toEqual(one);
  await passUntil(T0 + DAY_MS + HOUR_MS - 1);
  expect(shown()).toEqual(one);
  await passUntil(T0 + DAY_MS + HOUR_MS + SHOWN_MS);
  expect(shown()).toEqual({ count: 2, view: [first.caseId, second.caseId].toSorted(), marked: 2 });
});

test('asking again after an answer is followed up a day after that answer, and not moved by asking once more', async () => {
  const { caseId, key } = await arrive();
  nowMs = T0 + HOUR_MS;
  await answer(caseId);
  await until(() => channel.sent.length === 1, 'it has left');
  for (const hours of [20, 24]) {
    nowMs = T0 + hours * HOUR_MS;
    const thread = { tokens: [], ownKey: `<again-${hours}@customer.test>`, parentKeys: [key] };
    await arrive({ thread, text: 'any update??', preview: 'any update??' });
  }
  await step(nowMs);
  const shown = watchView();
  await passUntil(T0 + HOUR_MS + DAY_MS - 1);
  expect(shown()).toEqual(NONE);
  await passUntil(T0 + HOUR_MS + DAY_MS + SHOWN_MS);
  expect(shown()).toEqual({ count: 1, view: [caseId], marked: 1 });
});

test('a mail that is fetched shortly before its day ends is in time', async () => {
  // what the beginning has changed is gathered by timers of before, which would never end once time is stepped
  const begun = performance.now();
  await until(() => performance.now() - begun > GATHERED_MS, 'the beginning has been looked at');
  await step(T0 + DAY_MS - MINUTE_MS);
  const shown = watchView();
  const late = customerMail(clock, { sentAt: instant(T0), receivedAt: instant(T0) });
  channel.deliver(late);
  for (let seconds = 0; caseOfMessage(station, late) === null && seconds < 30; seconds += 1) await passUntil(Date.now() + SECOND_MS);
  const caseId = caseOfMessage(station, late);
  await passUntil(T0 + DAY_MS - 1);
  expect(shown()).toEqual(NONE);
  await passUntil(T0 + DAY_MS + SHOWN_MS);
  expect(shown()).toEqual({ count: 1, view: [caseId], marked: 1 });
});
