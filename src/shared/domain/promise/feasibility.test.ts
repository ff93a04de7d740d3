import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, assignment, hour, roster } from '../../../../test/coverage/team.ts';
import { promiseFeasible } from '../coverage/on-now.ts';
import { EVERYBODY } from '../coverage/roster.ts';
import { StaffedTime, staffedTime } from '../coverage/staffed-time.ts';
import { HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import { toLocal } from '../time/zone.ts';
import { promiseFeasibility } from './feasibility.ts';
import type { FeasibilityQuestion } from './feasibility.ts';

const zone = 'Asia/Kathmandu';
const span = (from: number, to: number) => ({ from: hour(from), to: hour(to) });
const offered = (at: number) => ({ at: hour(at), local: toLocal(zone, hour(at)) });

function ask(part: Partial<FeasibilityQuestion>): ReturnType<typeof promiseFeasibility> {
  const staffed = new StaffedTime([span(9, 17), span(33, 41)]);
  return promiseFeasibility({
    dueAt: hour(12),
    now: hour(8),
    preparationMs: HOUR_MS / 2,
    staffed,
    plannedUntil: hour(100),
    customerZone: zone,
    ...part,
  });
}

describe('a promise', () => {
  test('is feasible when somebody is on in the time to prepare it', () => {
    expect(ask({})).toEqual({ kind: 'feasible', staffed: [span(11.5, 12)] });
    expect(ask({ dueAt: hour(9.25) })).toEqual({ kind: 'feasible', staffed: [span(9, 9.25)] });
    expect(ask({ dueAt: hour(17.25) })).toEqual({ kind: 'feasible', staffed: [span(16.75, 17)] });
  });

  test('is not feasible in the night; the evening before and the next morning are', () => {
    expect(ask({ dueAt: hour(20) })).toEqual({ kind: 'infeasible', unstaffed: span(19.5, 20), earlier: offered(17), later: offered(33.5) });
  });

  test('is not feasible at the very begin of a shift, nor when its time is past', () => {
    expect(ask({ dueAt: hour(9) })).toMatchObject({ kind: 'infeasible', earlier: null, later: offered(9.5) });
    expect(ask({ dueAt: hour(10), now: hour(11) })).toMatchObject({ kind: 'infeasible', earlier: null, later: offered(11.5) });
  });

  test('can only be prepared from now on', () => {
    expect(ask({ dueAt: hour(17.25), now: hour(17.1) })).toMatchObject({ kind: 'infeasible', earlier: null, later: offered(33.5) });
  });

  test('can not be judged where nothing is planned', () => {
    expect(ask({ dueAt: hour(200) })).toEqual({ kind: 'unplanned', plannedUntil: hour(100) });
    expect(ask({ dueAt: hour(90) })).toMatchObject({ kind: 'infeasible', earlier: offered(41), later: null });
  });
});

const shifts = fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 600 })), { maxLength: 8 });

test('it agrees with the rule of coverage, and what it offers can be kept', () => {
  const ana = agent('ana');
  const team = roster({ agents: [ana] });
  fc.assert(
    fc.property(
      shifts,
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 0, max: 5000 }),
      (lengths, due, preparation, nowMinute) => {
        const at = (minute: number) => instant(hour(0) + minute * MINUTE_MS);
        const assignments = lengths.map(([from, length]) => ({
          ...assignment(ana, 0, 1),
          from: at(from),
          to: at(from + length),
          turnEndsAt: at(from + length),
        }));
        const staffed = staffedTime(team, assignments, EVERYBODY);
        const now = at(Math.min(nowMinute, due));
        const question: FeasibilityQuestion = {
          dueAt: at(due),
          now,
          preparationMs: preparation * MINUTE_MS,
          staffed,
          plannedUntil: at(9000),
          customerZone: zone,
        };
        const answer = promiseFeasibility(question);
        const isKept = (dueAt: number) =>
          promiseFeasible(team, assignments, EVERYBODY, instant(dueAt), Math.min(question.preparationMs, dueAt - now));
        expect(answer.kind).toBe(due > nowMinute && isKept(at(due)) ? 'feasible' : 'infeasible');
        const others = answer.kind === 'infeasible' ? [answer.earlier, answer.later].filter((each) => each !== null) : [];
        expect(others.filter((each) => !isKept(each.at) || each.at < now || each.local.minute % 5 > 0)).toEqual([]);
        expect(answer.kind === 'infeasible' && answer.later !== null ? answer.later.at : at(9001)).toBeGreaterThan(at(due));
      },
    ),
  );
});
