import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ability, agent, assignment, hour, roster } from '../../../../test/coverage/team.ts';
import { instant } from '../time.ts';
import { HOUR_MS } from '../time.ts';
import { EVERYBODY } from './roster.ts';
import { StaffedTime, staffedTime } from './staffed-time.ts';

const span = (from: number, to: number) => ({ from: hour(from), to: hour(to) });

describe('staffed time', () => {
  const table = new StaffedTime([span(9, 17), span(12, 20), span(20, 22), span(30, 31), span(40, 40)]);

  test('counts once what several people work', () => {
    expect([0, 9, 10, 22, 26, 30.5, 31, 100].map((each) => table.at(hour(each)) / HOUR_MS)).toEqual([0, 0, 1, 13, 13, 13.5, 14, 14]);
    expect(table.spans(hour(10), hour(30.25))).toEqual([span(10, 22), span(30, 30.25)]);
    expect(table.spans(hour(22), hour(30))).toEqual([]);
  });

  test('knows whether somebody is on, half-open, and when that changes', () => {
    expect([8.999, 9, 21.999, 22, 30, 31].map((each) => table.isOn(hour(each)))).toEqual([false, true, true, false, true, false]);
    expect([0, 9, 21, 22, 30, 31].map((each) => table.nextChange(hour(each)))).toEqual([
      hour(9),
      hour(22),
      hour(22),
      hour(30),
      hour(31),
      null,
    ]);
  });

  test('is a line between two changes', () => {
    expect(table.lineAt(hour(3))).toEqual({ base: 0, since: null });
    expect(table.lineAt(hour(9))).toEqual({ base: 0, since: hour(9) });
    expect(table.lineAt(hour(22))).toEqual({ base: 13 * HOUR_MS, since: null });
    expect(table.lineAt(hour(30.5))).toEqual({ base: 13 * HOUR_MS, since: hour(30) });
    expect(table.lineAt(hour(99))).toEqual({ base: 14 * HOUR_MS, since: null });
  });

  test('of nobody is no time', () => {
    const empty = new StaffedTime([]);
    expect([empty.at(hour(5)), empty.isOn(hour(5)), empty.nextChange(hour(5)), empty.runway(hour(0), hour(5))]).toEqual([
      0,
      false,
      null,
      0,
    ]);
  });

  test('has no runway left for what is overdue', () => {
    expect(table.runway(hour(12), hour(12))).toBe(0);
    expect(table.runway(hour(12), hour(10))).toBe(0);
  });

  test('is of those who fulfil the need only', () => {
    const mei = agent('mei', { languages: [ability('zh')] });
    const tom = agent('tom', { languages: [ability('en')] });
    const shifts = [assignment(mei, 1, 3), assignment(tom, 2, 8), assignment(agent('stranger'), 0, 24)];
    const team = roster({ agents: [mei, tom] });
    expect(staffedTime(team, shifts, { ...EVERYBODY, languages: ['zh-Hans'] }).spans(hour(0), hour(24))).toEqual([span(1, 3)]);
    expect(staffedTime(team, shifts, EVERYBODY).spans(hour(0), hour(24))).toEqual([span(1, 8)]);
    expect(staffedTime(team, shifts, { ...EVERYBODY, languages: ['ko'] }).spans(hour(0), hour(24))).toEqual([]);
  });
});

test('any table says what counting every millisecond says, and its lines hold until the next change', () => {
  const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 25 })), { maxLength: 8 });
  fc.assert(
    fc.property(spans, fc.integer({ min: -5, max: 90 }), fc.integer({ min: -5, max: 90 }), (drawn, now, due) => {
      const table = new StaffedTime(drawn.map(([from, length]) => ({ from: instant(from), to: instant(from + length) })));
      const isOn = (t: number): boolean => drawn.some(([from, length]) => from <= t && t < from + length);
      let staffed = 0;
      for (let t = now; t < due; t += 1) if (isOn(t)) staffed += 1;
      expect(table.runway(now, due)).toBe(staffed);
      expect(table.isOn(now)).toBe(isOn(now));
      const { base, since } = table.lineAt(now);
      const until = table.nextChange(now) ?? 120;
      for (let t = now; t <= until; t += 1) expect(base + (since === null ? 0 : t - since)).toBe(table.at(t));
      for (let t = now; t < until; t += 1) expect(isOn(t)).toBe(isOn(now));
      expect(until === 120 || isOn(until) !== isOn(now)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
