import { expect, test } from 'vitest';
import { projectCase } from '../case.ts';
import type { CaseEvent, CaseEventBody, CaseState } from '../case.ts';
import { makeId } from '../ids.ts';
import { slaEventsOf } from '../sla/case-sla-events.ts';
import { evaluate } from '../sla/evaluate.ts';
import type { Policy } from '../sla/policy.ts';
import type { BusinessCalendar } from '../time/calendar.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../time.ts';

const T0 = Date.UTC(2026, 5, 1);
const at = (minute: number) => instant(T0 + minute * MINUTE_MS);
const DAY = [{ openMinute: 0, closeMinute: 1440 }];
const WEEK = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY };
const ALWAYS: BusinessCalendar = {
  id: 'always',
  name: 'Always',
  versions: [{ effectiveFrom: instant(0), zone: 'UTC', week: WEEK, exceptions: [] }],
};
const OPENED: CaseEventBody = {
  type: 'case.opened',
  channel: 'chat',
  accountId: makeId('acc', 'a'),
  contactId: makeId('con', 'c'),
  subject: '',
};
const received = (minute: number, preview: string): CaseEventBody => ({
  type: 'case.messageReceived',
  messageId: makeId('msg', `in${minute}`),
  contactId: makeId('con', 'c'),
  at: at(minute),
  auto: 'none',
  preview,
  subject: '',
});
const answered = (minute: number): CaseEventBody => ({ type: 'case.replySent', messageId: makeId('msg', 'out'), at: at(minute) });
const failed: CaseEventBody = { type: 'case.replyFailed', messageId: makeId('msg', 'out'), reason: 'refused' };

function log(bodies: readonly CaseEventBody[]): readonly CaseEvent[] {
  return [OPENED, ...bodies].map((body, index) => ({
    id: `evt_${String(index)}`,
    sequence: index + 1,
    isPending: false,
    hlc: String(index).padStart(6, '0'),
    epoch: null,
    at: at(index),
    actor: null,
    body,
  }));
}
function fold(...bodies: readonly CaseEventBody[]): CaseState {
  const state = projectCase(log(bodies));
  if (state === null) throw new Error('not opened');
  return state;
}

test('who asks again is counted until we answer, and again when the answer never arrived', () => {
  const asking = [received(1, 'My withdrawal is missing'), received(5, 'any update??'), received(9, 'hello?')];
  expect(fold(received(1, 'hello?')).asked).toBeNull();
  expect(fold(...asking)).toMatchObject({ asked: { count: 2, lastAt: at(9) }, waitingSince: at(1) });
  expect(fold(...asking, answered(10)).asked).toBeNull();
  expect(fold(...asking, answered(10), failed).asked).toEqual({ count: 2, lastAt: at(9) });
  expect(fold(...asking, answered(10), received(11, 'any update??')).asked).toBeNull();
  expect(fold(...asking, { type: 'case.noReplyNeeded' }).asked).toEqual({ count: 1, lastAt: at(9) });
});

test('messages count in the order of their time, whatever order the channel brings them in', () => {
  const state = fold(received(5, 'any update??'), received(1, 'My withdrawal is missing'));
  expect(state).toMatchObject({ asked: { count: 1, lastAt: at(5) }, waitingSince: at(1) });
});

test('of a long text whose end is not known nothing is said, and a flood is counted no further than it is looked at', () => {
  const long = 'a'.repeat(200);
  expect(fold(received(1, long), received(2, long)).asked).toBeNull();
  const flood = Array.from({ length: 80 }, (_, index) => received(index + 1, '???'));
  expect(fold(...flood).asked).toEqual({ count: 49, lastAt: at(80) });
});

test('asking again neither restarts nor adds a clock', () => {
  const policy: Policy = {
    id: 'p',
    version: 1,
    name: 'P',
    position: 1,
    effectiveFrom: instant(0),
    isActive: true,
    conditions: {},
    promise: { kind: 'calendars', calendarIds: ['always'] },
    targets: { low: {}, normal: { 'first-reply': HOUR_MS, 'next-reply': HOUR_MS }, high: {}, urgent: {} },
    defaultPriority: 'normal',
    pauseOn: [],
    reopenWindowMs: 0,
  };
  const clocks = (...bodies: readonly CaseEventBody[]) =>
    evaluate(slaEventsOf(log(bodies)), [policy], [ALWAYS], at(100)).map(({ metric, startedAt, dueAt, state }) => ({
      metric,
      startedAt,
      dueAt,
      state,
    }));
  const first = received(1, 'My withdrawal is missing');
  expect(clocks(first)).toEqual([{ metric: 'first-reply', startedAt: at(1), dueAt: at(61), state: 'overdue' }]);
  expect(clocks(first, received(50, 'any update??'), received(70, '在吗'))).toEqual(clocks(first));
  const later = [first, answered(10), received(20, 'It is still missing')];
  expect(clocks(...later, received(60, 'hello?'))).toEqual(clocks(...later));
  expect(clocks(...later)).not.toEqual(clocks(first));
});
