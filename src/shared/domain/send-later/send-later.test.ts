import { expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../time.ts';
import { judgeSendTime, jumpBetween, lateBy, sendTimeProblem } from './send-later.ts';

const AT = instant(Date.UTC(2026, 10, 30, 1));

test('a reply waits for its time, may be an hour late, and then waits for a person', () => {
  expect(judgeSendTime(AT, after(AT, -1))).toBe('wait');
  expect(judgeSendTime(AT, AT)).toBe('go');
  expect(judgeSendTime(AT, after(AT, HOUR_MS))).toBe('go');
  expect(judgeSendTime(AT, after(AT, HOUR_MS + 1))).toBe('time-missed');
});

test('what only a jump of the clock has made due is not sent', () => {
  const jump = { from: after(AT, -3 * HOUR_MS), to: after(AT, MINUTE_MS) };
  expect(judgeSendTime(AT, after(AT, 2 * MINUTE_MS), jump)).toBe('clock-moved');
  // it was due before the jump, or falls due after it
  expect(judgeSendTime(jump.from, after(jump.from, MINUTE_MS), jump)).toBe('go');
  expect(judgeSendTime(after(jump.to, 1), after(jump.to, 2), jump)).toBe('go');
});

test('a clock that is put right by minutes has not jumped, one that is set by hours has', () => {
  expect(jumpBetween(AT, HOUR_MS, after(AT, HOUR_MS + 5 * MINUTE_MS))).toBeNull();
  expect(jumpBetween(AT, HOUR_MS, after(AT, 4 * HOUR_MS))).toEqual({ from: after(AT, HOUR_MS), to: after(AT, 4 * HOUR_MS) });
  // set back: nothing is due too early
  expect(jumpBetween(AT, HOUR_MS, after(AT, -HOUR_MS))).toBeNull();
});

test('a time that is over, or longer away than a year, is none to choose', () => {
  expect(sendTimeProblem(AT, AT)).toBe('in-the-past');
  expect(sendTimeProblem(after(AT, 1), AT)).toBeNull();
  expect(sendTimeProblem(after(AT, 366 * DAY_MS), AT)).toBeNull();
  expect(sendTimeProblem(after(AT, 366 * DAY_MS + 1), AT)).toBe('too-far');
});

test('it is told from two minutes on that a reply left late', () => {
  expect(lateBy(null, AT)).toBeNull();
  expect(lateBy(AT, after(AT, 2 * MINUTE_MS - SECOND_MS))).toBeNull();
  expect(lateBy(AT, after(AT, 40 * MINUTE_MS))).toBe(40 * MINUTE_MS);
});
