import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentsNeeded, erlangB, erlangC, offeredLoad, queueFigures, scheduledFor, staffingTable } from './erlang.ts';
import type { LiveLoad, LiveTarget } from './erlang.ts';

const CALLS: LiveLoad = { arrivals: 100, periodSeconds: 1800, handleSeconds: 180, thresholdSeconds: 20, patienceSeconds: null };
const TARGET: LiveTarget = { serviceLevel: 0.8, maxOccupancy: 0.85, maxAbandoned: null };

function load(
  arrivals: number,
  periodSeconds: number,
  handleSeconds: number,
  thresholdSeconds: number,
  patience: number | null = null,
): LiveLoad {
  return { arrivals, periodSeconds, handleSeconds, thresholdSeconds, patienceSeconds: patience };
}

/** Relative error of what was found. */
function error(found: number | null, expected: number): number {
  return Math.abs((found ?? Number.NaN) / expected - 1);
}

describe('probabilities', () => {
  test('exact ones (E8)', () => {
    expect(error(erlangC(1, 0.5), 0.5)).toBeLessThan(1e-9);
    expect(error(erlangC(2, 1), 1 / 3)).toBeLessThan(1e-9);
    expect(error(erlangC(3, 2), 4 / 9)).toBeLessThan(1e-9);
    expect(error(erlangC(10, 8), 0.4091801508)).toBeLessThan(1e-9);
    expect(error(erlangB(1, 1), 0.5)).toBeLessThan(1e-9);
    expect(error(erlangB(2, 1), 0.2)).toBeLessThan(1e-9);
    expect(erlangB(10, 5)).toBeCloseTo(0.0183845703, 10);
    const lines = Array.from({ length: 40 }, (_, agents) => agents).find((agents) => erlangB(agents, 10) <= 0.02);
    expect(lines).toBe(17);
  });

  test('against the formulas with factorials', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.double({ min: 0.01, max: 24, noNaN: true }), (agents, erlangs) => {
        let term = 1;
        let sum = 1;
        for (let count = 1; count <= agents; count += 1) {
          term *= erlangs / count;
          sum += term;
        }
        expect(error(erlangB(agents, erlangs), term / sum)).toBeLessThan(1e-9);
        const busy = (term * agents) / (agents - erlangs);
        expect(error(erlangC(agents, erlangs), erlangs >= agents ? 1 : busy / (sum - term + busy))).toBeLessThan(1e-9);
      }),
    );
  });
});

describe('Erlang C', () => {
  test('a hundred calls in half an hour (E1)', () => {
    expect(error(offeredLoad(CALLS), 10)).toBeLessThan(1e-9);
    const figures = queueFigures(CALLS, 14);
    expect(error(figures.probabilityOfWait, 0.1741319335950498)).toBeLessThan(1e-9);
    expect(error(figures.serviceLevel, 0.8883500191794669)).toBeLessThan(1e-9);
    expect(error(figures.averageWaitSeconds, 7.83593701)).toBeLessThan(1e-8);
    expect(error(figures.occupancy, 10 / 14)).toBeLessThan(1e-9);
    expect(figures.abandoned).toBe(0);
  });

  test.each([
    [11, 0.6821182047, 0.3896138],
    [12, 0.4493882243, 0.640158],
    [13, 0.285270453, 0.7955948],
  ])('the same with %i people (E1b)', (agents, wait, serviceLevel) => {
    expect(error(queueFigures(CALLS, agents).probabilityOfWait, wait)).toBeLessThan(1e-9);
    expect(error(queueFigures(CALLS, agents).serviceLevel, serviceLevel)).toBeLessThan(1e-7);
  });

  test.each([
    ['E2', CALLS, TARGET, 0.3, 14, 20],
    ['E3', CALLS, { ...TARGET, maxOccupancy: 0.7 }, 0.3, 15, 22],
    ['E4', load(25, 600, 180, 20), { ...TARGET, maxOccupancy: 1 }, 0.3, 11, 16],
    ['E6', load(250, 3600, 330, 30), { ...TARGET, maxOccupancy: 1 }, 0, 28, 28],
  ] as const)('how many it takes (%s)', (_name, calls, target, shrinkage, raw, scheduled) => {
    expect(agentsNeeded(calls, target)).toBe(raw);
    expect(scheduledFor(raw, shrinkage)).toBe(scheduled);
  });

  test('details of E3, E4 and E6', () => {
    const three = queueFigures(CALLS, 15);
    expect([three.serviceLevel, three.occupancy, three.probabilityOfWait].map((each) => each.toFixed(3))).toEqual([
      '0.941',
      '0.667',
      '0.102',
    ]);
    expect(queueFigures(load(25, 600, 180, 20), 10).serviceLevel).toBeCloseTo(0.7678, 4);
    expect(queueFigures(load(250, 3600, 330, 30), 27).serviceLevel).toBeCloseTo(0.782, 3);
    expect(queueFigures(load(250, 3600, 330, 30), 28).serviceLevel).toBeCloseTo(0.857, 3);
  });

  test.each([
    [3, 0.59785, 266.667],
    [4, 0.857612, 52.174],
    [5, 0.955772, 11.94],
    [6, 0.987922, 2.703],
  ])('a small team with %i people (E5)', (agents, serviceLevel, wait) => {
    const figures = queueFigures(load(12, 3600, 600, 60), agents);
    expect(figures.serviceLevel).toBeCloseTo(serviceLevel, 5);
    expect(figures.averageWaitSeconds).toBeCloseTo(wait, 3);
  });

  test('a large team (E7)', () => {
    const figures = queueFigures(load(360, 1800, 240, 15), 55);
    expect(figures.occupancy).toBeCloseTo(0.872727, 6);
    expect(figures.probabilityOfWait).toBeCloseTo(0.2387009, 7);
    expect(figures.averageWaitSeconds).toBeCloseTo(8.18403, 5);
    expect(figures.serviceLevel).toBeCloseTo(0.8458831, 7);
  });

  test('Palm’s example without patience (E11)', () => {
    const figures = queueFigures(load(48, 60, 60, 58.14), 50);
    expect(figures.averageWaitSeconds).toBeCloseTo(20.83, 2);
    expect(figures.longWaits).toBeCloseTo(0.1, 4);
    expect(figures.queueLength).toBeCloseTo(16.67, 2);
    expect(figures.occupancy).toBeCloseTo(0.96, 10);
  });
});

describe('Erlang A', () => {
  test('a hundred calls in half an hour with patience of five minutes (E9)', () => {
    const figures = queueFigures({ ...CALLS, patienceSeconds: 300 }, 14);
    expect(figures.probabilityOfWait).toBeCloseTo(0.14526, 5);
    expect(figures.abandoned).toBeCloseTo(0.013984, 6);
    expect(figures.occupancy).toBeCloseTo(0.704297, 6);
    expect((figures.averageWaitSeconds ?? 0) / 60).toBeCloseTo(0.069919, 6);
    expect(figures.serviceLevel).toBeCloseTo(0.916792, 6);
  });

  test('how many it takes when one in twenty may give up (E10)', () => {
    const calls = { ...CALLS, patienceSeconds: 300 };
    const raw = agentsNeeded(calls, { ...TARGET, maxAbandoned: 0.05 });
    expect(raw).toBe(13);
    expect(scheduledFor(raw, 0.3)).toBe(19);
    const figures = queueFigures(calls, 13);
    expect(figures.serviceLevel).toBeCloseTo(0.858, 3);
    expect(figures.occupancy).toBeCloseTo(0.75, 3);
    expect(figures.abandoned).toBeCloseTo(0.025, 3);
    expect(figures.probabilityOfWait).toBeCloseTo(0.226, 3);
    expect((figures.averageWaitSeconds ?? 0) / 60).toBeCloseTo(0.125, 3);
  });

  test('Palm’s example (E11)', () => {
    const figures = queueFigures(load(48, 60, 60, 12.44, 120), 50);
    expect(figures.abandoned).toBeCloseTo(0.0309, 4);
    expect(figures.averageWaitSeconds).toBeCloseTo(3.71, 2);
    expect(figures.queueLength).toBeCloseTo(2.97, 2);
    expect(figures.occupancy).toBeCloseTo(0.93, 3);
    expect(figures.longWaits).toBeCloseTo(0.1, 3);
  });

  test('is Erlang C when patience has no end', () => {
    const patient = queueFigures({ ...CALLS, patienceSeconds: 7 * 86_400 }, 14);
    const endless = queueFigures(CALLS, 14);
    expect(error(patient.probabilityOfWait, endless.probabilityOfWait)).toBeLessThan(1e-3);
    expect(error(patient.serviceLevel, endless.serviceLevel)).toBeLessThan(1e-3);
    expect(error(patient.averageWaitSeconds, endless.averageWaitSeconds ?? 0)).toBeLessThan(1e-3);
  });

  /** The stationary distribution state by state, and waits by integrating their densities: slow, plain and another way. */
  function plainly(calls: LiveLoad, patienceSeconds: number, agents: number): { served: number; late: number; abandoned: number } {
    const arrive = calls.arrivals / calls.periodSeconds;
    const serve = 1 / calls.handleSeconds;
    const leave = 1 / patienceSeconds;
    const chances = [1];
    for (let state = 1; state < 400; state += 1) {
      chances.push(((chances.at(-1) ?? 0) * arrive) / (Math.min(state, agents) * serve + Math.max(0, state - agents) * leave));
    }
    const all = chances.reduce((sum, each) => sum + each, 0);
    let served = 0;
    let late = 0;
    let queue = 0;
    chances.forEach((chance, state) => {
      queue += (chance / all) * Math.max(0, state - agents);
      if (state < agents) served += chance / all;
    });
    // Euler steps through the phases that those ahead must leave by; who waits leaves by giving up
    const steps = 40_000;
    const step = calls.thresholdSeconds / steps;
    let phases = chances.slice(agents).map((chance) => chance / all);
    for (let at = 0; at < steps; at += 1) {
      served += (phases[0] ?? 0) * agents * serve * step;
      phases = phases.slice(0, 60).map((chance, ahead) => {
        const out = agents * serve + ahead * leave + leave;
        const inward = (phases[ahead + 1] ?? 0) * (agents * serve + (ahead + 1) * leave);
        return chance + (inward - chance * out) * step;
      });
    }
    late = phases.reduce((sum, each) => sum + each, 0);
    return { served, late, abandoned: (leave * queue) / arrive };
  }

  test.each([
    [load(20, 600, 120, 30, 90), 4],
    [load(20, 600, 120, 45, 200), 6],
    [load(9, 600, 200, 20, 60), 2],
  ])('waits as those who wait would: %o with %i', (calls, agents) => {
    const slow = plainly(calls, calls.patienceSeconds ?? 0, agents);
    const figures = queueFigures(calls, agents);
    expect(figures.serviceLevel).toBeCloseTo(slow.served, 3);
    expect(figures.longWaits).toBeCloseTo(slow.late, 3);
    expect(figures.abandoned).toBeCloseTo(slow.abandoned, 8);
  });
});

describe('edges', () => {
  test('nothing arrives', () => {
    for (const patienceSeconds of [null, 60]) {
      const quiet = { ...CALLS, arrivals: 0, patienceSeconds };
      expect(queueFigures(quiet, 3)).toMatchObject({ probabilityOfWait: 0, serviceLevel: 1, averageWaitSeconds: 0, occupancy: 0 });
      expect(queueFigures(quiet, 0)).toMatchObject({ serviceLevel: 1, occupancy: 0 });
      expect(agentsNeeded(quiet, TARGET)).toBe(0);
    }
  });

  test('no more people than work', () => {
    expect(queueFigures(CALLS, 10)).toMatchObject({
      probabilityOfWait: 1,
      serviceLevel: 0,
      averageWaitSeconds: null,
      queueLength: null,
      occupancy: 1,
    });
    const impatient = queueFigures({ ...CALLS, patienceSeconds: 120 }, 10);
    expect(impatient.averageWaitSeconds).toBeGreaterThan(0);
    expect(impatient.abandoned).toBeGreaterThan(0);
    expect(impatient.occupancy).toBeLessThan(1);
  });

  test('nobody at all: everybody gives up after their patience', () => {
    const figures = queueFigures({ ...CALLS, patienceSeconds: 120 }, 0);
    expect(figures.serviceLevel).toBe(0);
    expect(error(figures.abandoned, 1)).toBeLessThan(1e-9);
    expect(error(figures.averageWaitSeconds, 120)).toBeLessThan(1e-9);
    expect(error(figures.longWaits, Math.exp(-20 / 120))).toBeLessThan(1e-9);
    expect(figures.occupancy).toBe(1);
  });

  test.each([null, 60, 3600, 100_000])('two thousand people are finite and sensible (patience %s)', (patienceSeconds) => {
    for (const arrivals of [10, 9_900, 10_000, 10_500, 30_000]) {
      const figures = queueFigures({ ...CALLS, periodSeconds: 900, arrivals, patienceSeconds }, 2_000);
      for (const share of [figures.probabilityOfWait, figures.serviceLevel, figures.longWaits, figures.occupancy, figures.abandoned]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });

  test('two thousand with work for two thousand and one: as many give up as can not be served', () => {
    // A = 2100 of 2000: in the fluid limit the hundred too many give up
    const figures = queueFigures({ ...CALLS, periodSeconds: 900, arrivals: 10_500, patienceSeconds: 3600 }, 2_000);
    expect(figures.abandoned).toBeCloseTo(1 - 2000 / 2100, 4);
    expect(figures.occupancy).toBeCloseTo(1, 4);
  });

  test('impossible input is refused', () => {
    const refused: (() => unknown)[] = [
      () => queueFigures({ ...CALLS, arrivals: -1 }, 3),
      () => queueFigures({ ...CALLS, periodSeconds: 0 }, 3),
      () => queueFigures({ ...CALLS, handleSeconds: Number.NaN }, 3),
      () => queueFigures({ ...CALLS, patienceSeconds: 0 }, 3),
      () => queueFigures(CALLS, 1.5),
      () => queueFigures(CALLS, -1),
      () => agentsNeeded(CALLS, { ...TARGET, serviceLevel: 1.2 }),
      () => agentsNeeded(CALLS, { ...TARGET, maxOccupancy: 0 }),
      () => scheduledFor(3, 1),
      () => scheduledFor(3, -0.1),
    ];
    for (const each of refused) expect(each).toThrow(RangeError);
  });
});

describe('how many it takes', () => {
  const loads = fc.record({
    arrivals: fc.integer({ min: 0, max: 400 }),
    periodSeconds: fc.constantFrom(900, 1800, 3600),
    handleSeconds: fc.integer({ min: 20, max: 1200 }),
    thresholdSeconds: fc.integer({ min: 0, max: 300 }),
    patienceSeconds: fc.option(fc.integer({ min: 10, max: 3600 }), { nil: null }),
  });
  const targets = fc.record({
    serviceLevel: fc.double({ min: 0.3, max: 0.999, noNaN: true }),
    maxOccupancy: fc.double({ min: 0.3, max: 1, noNaN: true }),
    maxAbandoned: fc.option(fc.double({ min: 0.001, max: 1, noNaN: true }), { nil: null }),
  });

  test('is the first of all numbers that is enough, and more is never worse', () => {
    fc.assert(
      fc.property(loads, targets, (calls, target) => {
        const answer = agentsNeeded(calls, target);
        const isEnough = (agents: number): boolean => {
          const { serviceLevel, occupancy, abandoned } = queueFigures(calls, agents);
          return (
            serviceLevel >= target.serviceLevel &&
            occupancy <= target.maxOccupancy + 1e-9 &&
            (target.maxAbandoned === null || abandoned <= target.maxAbandoned)
          );
        };
        expect(isEnough(answer)).toBe(true);
        for (let fewer = 0; fewer < answer; fewer += 1) expect(isEnough(fewer)).toBe(false);
        expect(queueFigures(calls, answer + 1).serviceLevel).toBeGreaterThanOrEqual(queueFigures(calls, answer).serviceLevel - 1e-12);
      }),
      { numRuns: 60 },
    );
  });

  test('is planned with shrinkage, but not by the error of a double', () => {
    expect(21 / 0.7).toBeGreaterThan(30);
    expect(scheduledFor(21, 0.3)).toBe(30);
    expect(scheduledFor(0, 0.3)).toBe(0);
    expect(scheduledFor(7, 0)).toBe(7);
  });

  test('is a table, never one number', () => {
    const table = staffingTable(load(12, 3600, 600, 60), TARGET, 0.3, 2);
    expect(table.map(({ agents, scheduled, isEnough, isAnswer }) => [agents, scheduled, isEnough, isAnswer])).toEqual([
      [2, 3, false, false],
      [3, 5, false, false],
      [4, 6, true, true],
      [5, 8, true, false],
      [6, 9, true, false],
    ]);
    expect(table[2]?.serviceLevel).toBeCloseTo(0.857612, 6);
    expect(staffingTable({ ...CALLS, arrivals: 0 }, TARGET, 0, 2).map(({ agents }) => agents)).toEqual([0, 1, 2]);
  });
});
