import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absence, body, breakAt, override, plan, shift } from '../../../../test/coverage/plan.ts';
import { agent, at, date, hub, roster } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import type { FairnessRow } from './coverage.ts';
import { FAIRNESS_WEIGHTS, fairness, jainIndex, unsocialLoads } from './fairness.ts';
import type { FairnessExtras } from './fairness.ts';
import { assignments } from './assignments.ts';
import type { Plan, Publication, PublishedChange, Swap } from './plan.ts';
import type { AgentProfile, Roster } from './roster.ts';

/** Twelve weeks from Monday on; New York's clocks go forward on 8 March. */
const FROM = at('2026-02-16T00:00:00Z');
const TO = at('2026-05-11T00:00:00Z');
const WINDOW_DAYS = 84;
const NOTHING: FairnessExtras = { publications: [], inheritedBreaches: new Map() };

const newYork = hub('newyork', 'America/New_York', { holidays: [{ date: date('2026-04-03'), name: 'Good Friday' }] });
const ann = agent('ann', { zone: 'America/New_York', hubId: newYork.hubId });
const ben = agent('ben', { zone: 'America/New_York', hubId: newYork.hubId });
const cho = agent('cho', { zone: 'Asia/Kathmandu' });
const TEAM = roster({ hubs: [newYork], agents: [ann, ben, cho] });

function rowsOf(team: Roster, of: Plan, extras = NOTHING): (person: AgentProfile) => FairnessRow | undefined {
  const { rows } = fairness(team, of, FROM, TO, extras);
  return (person) => rows.find((row) => row.agentId === person.agentId);
}

function publication(atText: string, changes: readonly PublishedChange[], by: AgentProfile | null = null): Publication {
  return {
    publicationId: makeId('pub', atText.replaceAll(':', '-')),
    at: at(atText),
    by: by?.agentId ?? null,
    note: '',
    reverts: null,
    changes,
  };
}

describe('the burden of each', () => {
  test('is told in local time: the same hours are night in one place and day in another', () => {
    const hours = { zone: 'UTC' };
    const rows = rowsOf(
      TEAM,
      plan({
        shifts: [
          // 22:00 to 06:00 in New York in the night in which the clocks go forward, on a weekend
          shift('one', body(ann, '2026-03-07T22:00', '2026-03-08T06:00', { zone: 'America/New_York' })),
          // 12:15 to 20:15 UTC is 18:00 to 02:00 in Kathmandu
          shift('two', body(cho, '2026-03-10T12:15', '2026-03-10T20:15', hours)),
        ],
      }),
    );
    expect(rows(ann)).toMatchObject({ scheduledMinutes: 420, nightMinutes: 420, weekendMinutes: 420, holidayMinutes: 0 });
    expect(rows(cho)).toMatchObject({ scheduledMinutes: 480, nightMinutes: 240, weekendMinutes: 0 });
  });

  test('counts holidays of the person’s hub, without breaks and absences', () => {
    const rows = rowsOf(
      TEAM,
      plan({
        shifts: [
          shift(
            'one',
            body(ann, '2026-04-03T09:00', '2026-04-03T17:00', {
              zone: 'America/New_York',
              breaks: [breakAt('America/New_York', '2026-04-03T12:00', '2026-04-03T13:00')],
            }),
          ),
          shift('two', body(ben, '2026-04-03T09:00', '2026-04-03T17:00', { zone: 'America/New_York' })),
        ],
        absences: [absence('ill', ben, '2026-04-03T00:00', '2026-04-04T00:00')],
      }),
    );
    expect(rows(ann)).toMatchObject({ holidayMinutes: 420, scheduledMinutes: 420, burden: 2 * 420 });
    expect(rows(ben)).toMatchObject({ holidayMinutes: 0, scheduledMinutes: 0 });
  });

  test('is measured in the window only', () => {
    const rows = rowsOf(
      TEAM,
      plan({
        shifts: [
          shift('first', body(cho, '2026-02-15T20:00', '2026-02-16T02:00')),
          shift('last', body(cho, '2026-05-10T22:00', '2026-05-11T06:00')),
          shift('behind', body(cho, '2026-05-12T20:00', '2026-05-13T02:00')),
        ],
      }),
    );
    expect(rows(cho)?.scheduledMinutes).toBe(120 + 120);
  });

  test('somebody without any shift is in it, somebody who was never there is not', () => {
    const left = agent('left', { contract: { hoursPerWeek: 40, from: null, until: date('2026-01-31') } });
    const next = agent('next', { contract: { hoursPerWeek: 40, from: date('2026-06-01'), until: null } });
    const { rows } = fairness(roster({ agents: [cho, left, next, ben] }), plan({}), FROM, TO, NOTHING);
    expect(rows.map((row) => row.agentId)).toEqual([cho.agentId, ben.agentId]);
    expect(rows.every((row) => row.burden === 0 && row.deviation === 0)).toBe(true);
  });

  test('is the weighted sum over the share of a contract and the share of the window', () => {
    const half = agent('half', { contract: { hoursPerWeek: 20, from: null, until: null } });
    // employed for the last 42 of 84 days
    const late = agent('late', { contract: { hoursPerWeek: 40, from: date('2026-03-30'), until: null } });
    const whole = agent('whole');
    const night = (person: AgentProfile, name: string) => shift(name, body(person, '2026-04-01T22:00', '2026-04-02T06:00'));
    const rows = rowsOf(roster({ agents: [half, late, whole] }), plan({ shifts: [night(half, 'a'), night(late, 'b'), night(whole, 'c')] }));
    expect([half, late, whole].map((person) => rows(person)?.burden)).toEqual([960, 960, 480]);
    expect([half, late, whole].map((person) => rows(person)?.deviation.toFixed(3))).toEqual(['0.200', '0.200', '-0.400']);
    expect(rows(half)?.contractShare).toBe(0.5);
  });

  test('a first day is measured as a first week', () => {
    const fresh = agent('fresh', { contract: { hoursPerWeek: 40, from: date('2026-05-10'), until: null } });
    const rows = rowsOf(roster({ agents: [fresh] }), plan({ shifts: [shift('a', body(fresh, '2026-05-10T00:00', '2026-05-10T06:00'))] }));
    // Sunday, 360 minutes of night and of weekend
    expect(rows(fresh)?.burden).toBeCloseTo((720 * WINDOW_DAYS) / 7, 6);
  });

  test('without contract hours is finite', () => {
    const none = agent('none', { contract: { hoursPerWeek: 0, from: null, until: null } });
    const rows = rowsOf(roster({ agents: [none] }), plan({ shifts: [shift('a', body(none, '2026-04-01T22:00', '2026-04-02T06:00'))] }));
    expect(rows(none)).toMatchObject({ contractShare: 0, burden: 480 * 40 });
  });

  test('adds what else was asked of somebody', () => {
    const rows = rowsOf(TEAM, plan({}), { publications: [], inheritedBreaches: new Map([[ann.agentId, 3]]) });
    expect(rows(ann)).toMatchObject({ inheritedBreaches: 3, burden: 3 * FAIRNESS_WEIGHTS.inheritedBreach });
  });
});

describe('short rests', () => {
  const shortRests = (of: Plan): number | undefined => rowsOf(TEAM, of)(cho)?.shortRests;

  test('are those under eleven hours between two turns', () => {
    const evening = shift('one', body(cho, '2026-03-10T12:00', '2026-03-10T20:00'));
    expect(shortRests(plan({ shifts: [evening, shift('two', body(cho, '2026-03-11T06:59', '2026-03-11T12:00'))] }))).toBe(1);
    expect(shortRests(plan({ shifts: [evening, shift('two', body(cho, '2026-03-11T07:00', '2026-03-11T12:00'))] }))).toBe(0);
  });

  test('a break is none, nor is a shift that follows at once', () => {
    const pause = breakAt('UTC', '2026-03-10T14:00', '2026-03-10T15:00');
    const first = shift('one', body(cho, '2026-03-10T12:00', '2026-03-10T18:00', { breaks: [pause] }));
    expect(shortRests(plan({ shifts: [first, shift('two', body(cho, '2026-03-10T18:00', '2026-03-10T22:00'))] }))).toBe(0);
  });

  test('the clocks take an hour of it', () => {
    // 23:00 to 10:00 on the wall is ten hours in the night in which the clocks go forward
    const part = { zone: 'America/New_York' };
    const of = plan({
      shifts: [
        shift('one', body(ann, '2026-03-07T15:00', '2026-03-07T23:00', part)),
        shift('two', body(ann, '2026-03-08T10:00', '2026-03-08T18:00', part)),
        shift('three', body(ann, '2026-03-09T05:00', '2026-03-09T12:00', part)),
      ],
    });
    expect(rowsOf(TEAM, of)(ann)?.shortRests).toBe(1);
  });

  test('one before the window counts with the turn in it', () => {
    const of = plan({
      shifts: [
        shift('one', body(cho, '2026-02-15T12:00', '2026-02-15T23:00')),
        shift('two', body(cho, '2026-02-16T05:00', '2026-02-16T10:00')),
      ],
    });
    expect(shortRests(of)).toBe(1);
  });
});

describe('late changes', () => {
  const before = body(ann, '2026-03-10T12:00', '2026-03-10T20:00');
  const moved = body(ann, '2026-03-10T14:00', '2026-03-10T22:00');
  const changes = (from: typeof before | null, to: typeof before | null): PublishedChange[] => [
    { shiftId: makeId('shf', 'x'), before: from, after: to },
  ];
  const late = (person: AgentProfile, ...publications: readonly Publication[]): number | undefined =>
    rowsOf(TEAM, plan({}), { ...NOTHING, publications })(person)?.lateChanges;

  test('are published with less than 48 hours’ notice', () => {
    expect(late(ann, publication('2026-03-08T12:00:01Z', changes(before, moved)))).toBe(1);
    expect(late(ann, publication('2026-03-08T12:00:00Z', changes(before, moved)))).toBe(0);
    expect(late(ann, publication('2026-03-09T12:00:00Z', changes(before, before)))).toBe(0);
  });

  test('count in the window in which they were made', () => {
    const soon = body(ann, '2026-02-16T12:00', '2026-02-16T20:00');
    expect(late(ann, publication('2026-02-15T23:00:00Z', changes(null, soon)))).toBe(0);
    expect(late(ann, publication('2026-02-16T00:00:00Z', changes(null, soon)))).toBe(1);
  });

  test('concern both, the one who gets the shift and the one who loses it', () => {
    const passed = publication('2026-03-09T12:00:00Z', changes(before, body(ben, '2026-03-10T12:00', '2026-03-10T20:00')));
    expect([late(ann, passed), late(ben, passed), late(cho, passed)]).toEqual([1, 1, 0]);
  });

  test('are none when somebody made them for themselves', () => {
    expect(late(ann, publication('2026-03-09T12:00:00Z', changes(before, moved), ann))).toBe(0);
  });

  test('by an override count for both, but not by a swap or one that was taken back', () => {
    const of = shift('one', before);
    const rows = (part: Parameters<typeof override>[5]) =>
      rowsOf(TEAM, plan({ shifts: [of], overrides: [override('o', of, ben, '2026-03-10T12:00', '2026-03-10T15:00', part)] }));
    const soon = { at: at('2026-03-09T08:00:00Z') };
    expect([ann, ben, cho].map((person) => rows(soon)(person)?.lateChanges)).toEqual([1, 1, 0]);
    expect([ann, ben].map((person) => rows({ ...soon, by: ben.agentId })(person)?.lateChanges)).toEqual([1, 0]);
    expect([ann, ben].map((person) => rows({ ...soon, isCancelled: true })(person)?.lateChanges)).toEqual([0, 0]);
    expect([ann, ben].map((person) => rows({ ...soon, swapId: makeId('swp', 's') })(person)?.lateChanges)).toEqual([0, 0]);
    expect([ann, ben].map((person) => rows({ at: at('2026-03-01T08:00:00Z') })(person)?.lateChanges)).toEqual([0, 0]);
    // given back to whom it was anyway: one change for one person
    const again = plan({ shifts: [of], overrides: [override('o', of, ann, '2026-03-10T12:00', '2026-03-10T15:00', soon)] });
    expect(rowsOf(TEAM, again)(ann)?.lateChanges).toBe(1);
  });
});

describe('swaps', () => {
  const swapId = makeId('swp', 's');
  const of = shift('one', body(ann, '2026-03-10T12:00', '2026-03-10T20:00'));
  const back = shift('two', body(ben, '2026-03-12T12:00', '2026-03-12T20:00'));
  const when = { at: at('2026-03-09T08:00:00Z'), swapId };
  const swap: Swap = {
    swapId,
    shiftId: of.shiftId,
    fromAt: at('2026-03-10T12:00:00Z'),
    toAt: at('2026-03-10T20:00:00Z'),
    fromAgent: ann.agentId,
    toAgent: ben.agentId,
    returnShiftId: null,
    state: 'approved',
    reason: '',
    askedAt: at('2026-03-08T08:00:00Z'),
    decidedBy: null,
  };

  test('are absorbed by who takes over', () => {
    const overrides = [override('o', of, ben, '2026-03-10T12:00', '2026-03-10T20:00', when)];
    const rows = rowsOf(TEAM, plan({ shifts: [of], overrides, swaps: [swap] }));
    expect([ann, ben].map((person) => rows(person)?.swapsAbsorbed)).toEqual([0, 1]);
    expect(rows(ben)?.burden).toBe(FAIRNESS_WEIGHTS.swapAbsorbed);
  });

  test('in which both take one are none', () => {
    const overrides = [
      override('o', of, ben, '2026-03-10T12:00', '2026-03-10T20:00', when),
      override('p', back, ann, '2026-03-12T12:00', '2026-03-12T20:00', when),
    ];
    const rows = rowsOf(TEAM, plan({ shifts: [of, back], overrides, swaps: [{ ...swap, returnShiftId: back.shiftId }] }));
    expect([ann, ben].map((person) => rows(person)?.swapsAbsorbed)).toEqual([0, 0]);
  });
});

describe('Jain’s index', () => {
  // reference: fairness vectors
  test.each([
    [[40, 40, 40], 1],
    [[60, 40, 20], 0.857143],
    [[8, 8, 0], 0.666667],
    [[5, 4, 4], 0.988304],
    [[12, 6, 6, 0], 0.666667],
  ])('%j', (values, expected) => {
    expect(jainIndex(values)).toBeCloseTo(expected, 6);
  });

  test('of nothing is 1', () => {
    expect(jainIndex([])).toBe(1);
    expect(jainIndex([0, 0])).toBe(1);
  });

  test('lies between 1/n and 1, and does not see the unit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }), (values) => {
        const index = jainIndex(values);
        expect(index).toBeGreaterThanOrEqual(1 / values.length - 1e-12);
        expect(index).toBeLessThanOrEqual(1 + 1e-12);
        expect(jainIndex(values.map((value) => value * 60))).toBeCloseTo(index, 9);
      }),
    );
  });

  test('is that of the burdens', () => {
    const three = ['x', 'y', 'z'].map((name) => agent(name));
    const [x, y] = three;
    // 8, 8 and no hours of night
    const of = plan({
      shifts: [
        shift('a', body(x ?? null, '2026-04-01T22:00', '2026-04-02T06:00')),
        shift('b', body(y ?? null, '2026-04-01T22:00', '2026-04-02T06:00')),
      ],
    });
    expect(fairness(roster({ agents: three }), of, FROM, TO, NOTHING).jain).toBeCloseTo(0.666667, 6);
    expect(fairness(roster({}), plan({}), FROM, TO, NOTHING)).toEqual({ from: FROM, to: TO, rows: [], jain: 1 });
  });
});

describe('unsocial loads for suggestions', () => {
  test('are weighted, by contract, and know the last time', () => {
    const half = agent('half', { contract: { hoursPerWeek: 20, from: null, until: null } });
    const team = roster({ agents: [half, cho] });
    const of = plan({
      shifts: [
        shift('a', body(half, '2026-04-01T20:00', '2026-04-01T23:00')),
        shift('b', body(half, '2026-04-06T09:00', '2026-04-06T17:00')),
      ],
    });
    const loads = unsocialLoads(team, assignments(team, of, 'published', FROM, TO, '').assignments, FROM, TO);
    expect(loads.get(half.agentId)).toEqual({ minutes: 120, lastAt: at('2026-04-01T23:00:00Z') });
    expect(loads.get(cho.agentId)).toEqual({ minutes: 0, lastAt: null });
  });
});
