import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, assignment, hour } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import { HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import { staffedCapacity, ticketFeasibility } from './feasibility.ts';
import type { CapacityStep, Job } from './feasibility.ts';

const ALL = { maxOccupancy: 1, shrinkage: 0 };
const [ann, ben, cho] = ['ann', 'ben', 'cho'].map((name) => agent(name)) as [
  ReturnType<typeof agent>,
  ReturnType<typeof agent>,
  ReturnType<typeof agent>,
];

function job(due: number, hours: number): Job {
  return { caseId: makeId('case', `due-${String(due).replace('.', '-')}`), dueAt: hour(due), effortMs: hours * HOUR_MS };
}

function inHours(found: ReturnType<typeof ticketFeasibility>): (readonly [number, number])[] {
  return found.missed.map(({ dueAt, missingMs }) => [(dueAt - hour(0)) / HOUR_MS, Number((missingMs / HOUR_MS).toFixed(6))]);
}

describe('deadlines', () => {
  // reference: two people in the first hour, one for three, nobody for two, then two again
  const steps: readonly CapacityStep[] = [
    { from: hour(0), to: hour(1), rate: 2 },
    { from: hour(1), to: hour(4), rate: 1 },
    { from: hour(6), to: hour(10), rate: 2 },
  ];
  const jobs = [job(2, 1.5), job(3, 1), job(4, 2.8), job(8, 4)];

  test('the first that can not be met, and the later ones', () => {
    const found = ticketFeasibility(jobs, steps, hour(0));
    // work 1.5, 2.5, 5.3 and 9.3 hours against 3, 4, 5 and 9
    expect(inHours(found)).toEqual([
      [4, 0.3],
      [8, 0.3],
    ]);
    expect(found).toMatchObject({ jobs: 4, workMs: 558 * MINUTE_MS });
  });

  test('the order of the jobs says nothing', () => {
    expect(ticketFeasibility(jobs.toReversed(), steps, hour(0))).toEqual(ticketFeasibility(jobs, steps, hour(0)));
  });

  test('one that is late again holds up those behind it only as long as the work does', () => {
    expect(inHours(ticketFeasibility([...jobs, job(10, 0.1)], steps, hour(0))).map(([due]) => due)).toEqual([4, 8]);
  });

  test('exactly enough is enough', () => {
    expect(ticketFeasibility([job(2, 3), job(4, 2)], steps, hour(0)).missed).toEqual([]);
    expect(inHours(ticketFeasibility([job(2, 3), job(4, 2.01)], steps, hour(0)))).toEqual([[4, 0.01]]);
  });

  test('what is overdue comes first, and capacity of the past is gone', () => {
    expect(inHours(ticketFeasibility([job(-1, 1), job(4, 3)], steps, hour(0)))).toEqual([[-1, 1]]);
    expect(inHours(ticketFeasibility([job(4, 3)], steps, hour(2)))).toEqual([[4, 1]]);
  });

  test('nobody on shift, and nothing to do', () => {
    expect(inHours(ticketFeasibility([job(4, 3)], [], hour(0)))).toEqual([[4, 3]]);
    expect(ticketFeasibility([], steps, hour(0))).toEqual({ jobs: 0, workMs: 0, missed: [] });
  });
});

describe('capacity', () => {
  test('is people on shift, each once, less shrinkage and idle time', () => {
    const steps = staffedCapacity(
      [assignment(ann, 0, 8), assignment(ann, 4, 9), assignment(ben, 2, 6), assignment(cho, -5, -1)],
      hour(1),
      hour(20),
      { maxOccupancy: 0.8, shrinkage: 0.25 },
    );
    expect(steps.map(({ from, to, rate }) => [(from - hour(0)) / HOUR_MS, (to - hour(0)) / HOUR_MS, Number(rate.toFixed(9))])).toEqual([
      [1, 2, 0.6],
      [2, 6, 1.2],
      [6, 9, 0.6],
    ]);
  });

  test('has no step while nobody is there', () => {
    const steps = staffedCapacity([assignment(ann, 0, 2), assignment(ben, 5, 6), assignment(cho, 6, 7)], hour(0), hour(9), ALL);
    expect(steps.map(({ from, to }) => [(from - hour(0)) / HOUR_MS, (to - hour(0)) / HOUR_MS])).toEqual([
      [0, 2],
      [5, 6],
      [6, 7],
    ]);
  });
});

describe('against working it off minute by minute', () => {
  const people = [ann, ben, cho];
  const planned = fc.array(
    fc.record({ who: fc.constantFrom(...people), from: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 16 }) }),
    { maxLength: 8 },
  );
  const work = fc.array(fc.record({ due: fc.integer({ min: 0, max: 60 }), minutes: fc.integer({ min: 1, max: 300 }) }), { maxLength: 12 });

  test('the same deadlines are missed', () => {
    fc.assert(
      fc.property(planned, work, (shifts, due) => {
        const assignments = shifts.map(({ who, from, length }) => assignment(who, from / 4, (from + length) / 4));
        const jobs = due.map(({ due: quarter, minutes }, index) => ({
          caseId: makeId('case', String(index).padStart(2, '0')),
          dueAt: hour(quarter / 4),
          effortMs: minutes * MINUTE_MS,
        }));
        const found = ticketFeasibility(jobs, staffedCapacity(assignments, hour(0), hour(20), ALL), hour(0));
        // everybody who is on in a minute does a minute of work, of what is due first
        const finished = new Map<string, number>();
        const left = [...jobs].sort((a, b) => a.dueAt - b.dueAt || (a.caseId < b.caseId ? -1 : 1)).map((each) => ({ ...each }));
        for (let minute = hour(0); minute < hour(20); minute = instant(minute + MINUTE_MS)) {
          let hands = new Set(assignments.filter((each) => each.from <= minute && minute < each.to).map((each) => each.agentId)).size;
          for (const each of left) {
            const done = Math.min(hands * MINUTE_MS, each.effortMs);
            each.effortMs -= done;
            hands -= done / MINUTE_MS;
            if (each.effortMs === 0 && !finished.has(each.caseId)) finished.set(each.caseId, minute + MINUTE_MS);
          }
        }
        const late = left.filter(({ caseId, dueAt }) => (finished.get(caseId) ?? Number.POSITIVE_INFINITY) > dueAt);
        expect(found.missed.map(({ caseId }) => caseId)).toEqual(late.map(({ caseId }) => caseId));
      }),
      { numRuns: 100 },
    );
  });
});
