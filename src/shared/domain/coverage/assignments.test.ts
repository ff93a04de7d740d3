import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZONE_DATA, absence, bodies, body, breakAt, override, plan, quarters, shift } from '../../../../test/coverage/plan.ts';
import { agent, at, date, roster } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import type { ShiftId } from '../ids.ts';
import { DAY_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { epochDayOf } from '../time/local-time.ts';
import { epochDayAt } from '../time/zone.ts';
import { assignments } from './assignments.ts';
import { wallSpan } from './derive.ts';
import { bodyIn } from './draft.ts';
import { SAME } from './plan.ts';
import type { Absence, Override, Plan, PlanLayer, Shift, ShiftBreak } from './plan.ts';
import type { AgentProfile } from './roster.ts';

const ANN = agent('ann');
const BEN = agent('ben');
const TEAM = roster({ agents: [ANN, BEN] });
const FROM = at('2026-06-01T00:00Z');
const TO = at('2026-06-03T00:00Z');

function clock(is: Instant): string {
  return new Date(is).toISOString().slice(8, 16).replace('T', ' ');
}
function found(of: Plan, layer: PlanLayer = 'published', team = TEAM) {
  return assignments(team, of, layer, FROM, TO, ZONE_DATA);
}
/** `ann 01 09:00-01 12:00 until 01 17:00`. */
function worked(of: Plan, layer: PlanLayer = 'published', team = TEAM): readonly string[] {
  return found(of, layer, team).assignments.map(
    (each) => `${each.agentId.slice(4)}${each.isOverride ? '*' : ''} ${clock(each.from)}-${clock(each.to)} until ${clock(each.turnEndsAt)}`,
  );
}
function empty(of: Plan, team = TEAM): readonly string[] {
  return found(of, 'published', team).empty.map(
    (each) => `${each.reason} ${each.agentId?.slice(4) ?? '-'} ${clock(each.from)}-${clock(each.to)}`,
  );
}

const LUNCH = breakAt('UTC', '2026-06-01T12:00', '2026-06-01T13:00');
const DAY = shift('day', body(ANN, '2026-06-01T09:00', '2026-06-01T17:00'));
const LONG = shift('long', body(ANN, '2026-06-01T09:00', '2026-06-01T17:00', { breaks: [LUNCH] }));

describe('who works', () => {
  test('is who has the shift, on the side of the plan that is asked for', () => {
    const moved = shift('day', DAY.published, { kind: 'changed', body: body(BEN, '2026-06-01T10:00', '2026-06-01T18:00') });
    expect(worked(plan({ shifts: [moved] }))).toEqual(['ann 01 09:00-01 17:00 until 01 17:00']);
    expect(worked(plan({ shifts: [moved] }), 'draft')).toEqual(['ben 01 10:00-01 18:00 until 01 18:00']);
    expect(worked(plan({ shifts: [shift('day', DAY.published, { kind: 'removed' })] }), 'draft')).toEqual([]);
  });

  test('is clipped to what is asked for; the turn is not', () => {
    const night = shift('night', body(ANN, '2026-06-02T22:00', '2026-06-03T06:00'));
    const before = shift('before', body(BEN, '2026-05-31T22:00', '2026-06-01T06:00'));
    const outside = [
      shift('touching', body(BEN, '2026-05-31T16:00', '2026-06-01T00:00')),
      shift('next', body(BEN, '2026-06-03T00:00', '2026-06-03T08:00')),
    ];
    expect(worked(plan({ shifts: [night, before, ...outside] }))).toEqual([
      'ben 01 00:00-01 06:00 until 01 06:00',
      'ann 02 22:00-03 00:00 until 03 06:00',
    ]);
  });

  test('a shift of no length or less counts for nothing', () => {
    const none = [
      shift('none', body(ANN, '2026-06-01T09:00', '2026-06-01T09:00')),
      shift('less', body(null, '2026-06-01T09:00', '2026-06-01T08:00')),
    ];
    expect(found(plan({ shifts: none }))).toEqual({ assignments: [], empty: [] });
  });

  test('breaks cut the work and end no turn', () => {
    expect(worked(plan({ shifts: [LONG] }))).toEqual(['ann 01 09:00-01 12:00 until 01 17:00', 'ann 01 13:00-01 17:00 until 01 17:00']);
    expect(empty(plan({ shifts: [LONG] }))).toEqual([]);
  });

  test('a turn goes on through shifts that touch, also behind what is asked for', () => {
    const shifts = [
      shift('a', body(ANN, '2026-06-02T14:00', '2026-06-02T18:00')),
      shift('b', body(ANN, '2026-06-02T18:00', '2026-06-02T22:00')),
      shift('c', body(ANN, '2026-06-02T22:00', '2026-06-03T02:00')),
      shift('d', body(ANN, '2026-06-03T02:00', '2026-06-03T04:00')),
      shift('e', body(ANN, '2026-06-03T04:15', '2026-06-03T06:00')),
      shift('f', body(BEN, '2026-06-03T04:00', '2026-06-03T06:00')),
    ];
    expect(worked(plan({ shifts })).every((each) => each.endsWith('until 03 04:00'))).toBe(true);
    expect(worked(plan({ shifts }))).toHaveLength(3);
  });

  test('a turn does not end with a shorter shift inside a longer one', () => {
    const shifts = [DAY, shift('inside', body(ANN, '2026-06-01T10:00', '2026-06-01T11:00'))];
    expect(worked(plan({ shifts }))).toEqual(['ann 01 09:00-01 17:00 until 01 17:00', 'ann 01 10:00-01 11:00 until 01 17:00']);
  });

  test('open shifts are worked by nobody, and told whole', () => {
    const open = shift('open', { ...body(null, '2026-06-01T09:00', '2026-06-01T17:00'), breaks: [LUNCH] });
    expect(worked(plan({ shifts: [open] }))).toEqual([]);
    expect(empty(plan({ shifts: [open] }))).toEqual(['open - 01 09:00-01 17:00']);
  });

  test('times of other time-zone data are marked, those of overrides, too', () => {
    const stale = (of: Plan) => found(of).assignments.map((each) => each.isStale);
    const old = shift('old', body(ANN, '2026-06-01T09:00', '2026-06-01T17:00', { zoneData: '2025c' }));
    expect(stale(plan({ shifts: [old] }))).toEqual([true]);
    const taken = override('o', DAY, BEN, '2026-06-01T12:00', '2026-06-01T13:00', { zoneData: '2025c' });
    expect(stale(plan({ shifts: [DAY], overrides: [taken] }))).toEqual([false, true, false]);
  });
});

describe('overrides', () => {
  test('give their stretch to somebody else, and end the turn of who had it', () => {
    const taken = override('o', DAY, BEN, '2026-06-01T11:00', '2026-06-01T13:00');
    expect(worked(plan({ shifts: [DAY], overrides: [taken] }))).toEqual([
      'ann 01 09:00-01 11:00 until 01 11:00',
      'ben* 01 11:00-01 13:00 until 01 13:00',
      'ann 01 13:00-01 17:00 until 01 17:00',
    ]);
  });

  test('are cut to their shift, and count for no other', () => {
    const taken = override('o', DAY, BEN, '2026-06-01T16:00', '2026-06-01T20:00');
    const other = shift('other', body(ANN, '2026-06-01T17:00', '2026-06-01T21:00'));
    expect(worked(plan({ shifts: [DAY, other], overrides: [taken] }))).toEqual([
      'ann 01 09:00-01 16:00 until 01 16:00',
      'ben* 01 16:00-01 17:00 until 01 17:00',
      'ann 01 17:00-01 21:00 until 01 21:00',
    ]);
  });

  test('that overlap: the later decision counts, then the greater id', () => {
    const first = override('a', DAY, BEN, '2026-06-01T10:00', '2026-06-01T14:00', { at: instant(1) });
    const second = override('b', DAY, ANN, '2026-06-01T12:00', '2026-06-01T16:00', { at: instant(2) });
    const nested = override('c', DAY, null, '2026-06-01T11:00', '2026-06-01T11:30', { at: instant(1) });
    for (const overrides of [
      [first, second, nested],
      [nested, second, first],
    ]) {
      expect(worked(plan({ shifts: [DAY], overrides }))).toEqual([
        'ann 01 09:00-01 10:00 until 01 10:00',
        'ben* 01 10:00-01 11:00 until 01 11:00',
        'ben* 01 11:30-01 12:00 until 01 12:00',
        'ann* 01 12:00-01 16:00 until 01 17:00',
        'ann 01 16:00-01 17:00 until 01 17:00',
      ]);
      expect(empty(plan({ shifts: [DAY], overrides }))).toEqual(['open - 01 11:00-01 11:30']);
    }
    const before = { ...nested, at: instant(0) };
    expect(empty(plan({ shifts: [DAY], overrides: [first, before] }))).toEqual([]);
  });

  test('that are cancelled are none', () => {
    const taken = override('o', DAY, BEN, '2026-06-01T11:00', '2026-06-01T13:00', { isCancelled: true });
    expect(worked(plan({ shifts: [DAY], overrides: [taken] }))).toEqual(worked(plan({ shifts: [DAY] })));
  });

  test('have the breaks of the shift, unless they cover a break', () => {
    const afternoon = override('o', LONG, BEN, '2026-06-01T11:00', '2026-06-01T17:00');
    expect(worked(plan({ shifts: [LONG], overrides: [afternoon] }))).toEqual([
      'ann 01 09:00-01 11:00 until 01 11:00',
      'ben* 01 11:00-01 12:00 until 01 17:00',
      'ben* 01 13:00-01 17:00 until 01 17:00',
    ]);
    const lunch = override('o', LONG, BEN, '2026-06-01T12:00', '2026-06-01T12:30');
    expect(worked(plan({ shifts: [LONG], overrides: [lunch] }))[1]).toBe('ben* 01 12:00-01 12:30 until 01 12:30');
  });
});

describe('who is away', () => {
  test('does not work, and leaves their stretch empty', () => {
    const away = absence('x', ANN, '2026-06-01T15:00', '2026-06-02T10:00');
    expect(worked(plan({ shifts: [DAY], absences: [away] }))).toEqual(['ann 01 09:00-01 15:00 until 01 15:00']);
    expect(empty(plan({ shifts: [DAY], absences: [away] }))).toEqual(['absent ann 01 15:00-01 17:00']);
  });

  test('is away only when that is approved, and nobody else with them', () => {
    for (const state of ['requested', 'declined', 'cancelled'] as const) {
      expect(empty(plan({ shifts: [DAY], absences: [absence('x', ANN, '2026-06-01T15:00', '2026-06-02T10:00', { state })] }))).toEqual([]);
    }
    expect(empty(plan({ shifts: [DAY], absences: [absence('x', BEN, '2026-06-01T15:00', '2026-06-02T10:00')] }))).toEqual([]);
  });

  test('is away once in absences that overlap', () => {
    const absences = [
      absence('y', ANN, '2026-06-01T11:00', '2026-06-01T14:00'),
      absence('x', ANN, '2026-06-01T10:00', '2026-06-01T12:00'),
      absence('z', ANN, '2026-06-01T10:30', '2026-06-01T11:00'),
    ];
    expect(worked(plan({ shifts: [DAY], absences }))).toEqual([
      'ann 01 09:00-01 10:00 until 01 10:00',
      'ann 01 14:00-01 17:00 until 01 17:00',
    ]);
    expect(empty(plan({ shifts: [DAY], absences }))).toEqual(['absent ann 01 10:00-01 12:00', 'absent ann 01 12:00-01 14:00']);
  });

  test('who took over can be away as well', () => {
    const taken = override('o', DAY, BEN, '2026-06-01T09:00', '2026-06-01T17:00');
    const absences = [absence('x', BEN, '2026-06-01T15:00', '2026-06-02T10:00'), absence('y', ANN, '2026-06-01T09:00', '2026-06-01T17:00')];
    expect(worked(plan({ shifts: [DAY], overrides: [taken], absences }))).toEqual(['ben* 01 09:00-01 15:00 until 01 15:00']);
    expect(empty(plan({ shifts: [DAY], overrides: [taken], absences }))).toEqual(['absent ben 01 15:00-01 17:00']);
  });
});

describe('who is not in the team', () => {
  const contract = (from: string | null, until: string | null) => ({
    hoursPerWeek: 40,
    from: from === null ? null : date(from),
    until: until === null ? null : date(until),
  });
  const night = shift('night', body(ANN, '2026-06-01T18:00', '2026-06-02T06:00'));
  const of = plan({ shifts: [night], absences: [absence('x', ANN, '2026-06-01T18:00', '2026-06-02T02:00')] });
  const as = (part: Partial<AgentProfile>) => roster({ agents: [{ ...ANN, ...part }] });

  test('is gone from the midnight of their own zone behind the last day', () => {
    expect(empty(of, as({ contract: contract(null, '2026-06-01') }))).toEqual([
      'absent ann 01 18:00-02 00:00',
      'left ann 02 00:00-02 06:00',
    ]);
    expect(empty(of, as({ contract: contract(null, '2026-06-01'), zone: 'Asia/Tokyo' }))).toEqual(['left ann 01 18:00-02 06:00']);
    expect(empty(of, as({ contract: contract('2026-06-02', null) }))).toEqual([
      'left ann 01 18:00-02 00:00',
      'absent ann 02 00:00-02 02:00',
    ]);
    expect(worked(of, 'published', as({ contract: contract('2026-06-02', null) }))).toEqual(['ann 02 02:00-02 06:00 until 02 06:00']);
  });

  test('was there until the last day, if that is known; else never', () => {
    expect(empty(of, as({ isActive: false }))).toEqual(['left ann 01 18:00-02 06:00']);
    expect(worked(of, 'published', as({ isActive: false, contract: contract(null, '2026-06-02') }))).toEqual([
      'ann 02 02:00-02 06:00 until 02 06:00',
    ]);
    expect(empty(of, roster({}))).toEqual(['left ann 01 18:00-02 06:00']);
  });
});

const PEOPLE: readonly AgentProfile[] = [
  ANN,
  { ...BEN, zone: 'America/New_York', contract: { hoursPerWeek: 40, from: null, until: date('2026-10-25') } },
  agent('cho', { zone: 'Asia/Kathmandu', contract: { hoursPerWeek: 20, from: date('2026-10-25'), until: null } }),
  agent('dee', { isActive: false }),
];
const anyone = fc.constantFrom(...PEOPLE);
const SHIFTS: readonly ShiftId[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => makeId('shf', name));
const span = fc
  .tuple(quarters, quarters, fc.constantFrom('UTC', 'Europe/Berlin'))
  .map(([start, end, zone]) => wallSpan(zone, start, end, ZONE_DATA));

const shifts: fc.Arbitrary<readonly Shift[]> = fc
  .array(fc.tuple(bodies(PEOPLE.map((each) => each.agentId)), fc.boolean()), { maxLength: 6 })
  .map((all) =>
    all.map(([is, isDraft], index): Shift => ({
      shiftId: SHIFTS[index] ?? makeId('shf', 'z'),
      revision: 0,
      published: isDraft ? null : is,
      cancelled: null,
      draft: isDraft ? { kind: 'changed', body: is } : SAME,
    })),
  );
const overrides: fc.Arbitrary<readonly Override[]> = fc
  .array(
    fc.record({
      span,
      of: fc.constantFrom(...SHIFTS),
      agentIn: fc.option(anyone),
      at: fc.integer({ min: 0, max: 2 }),
      isCancelled: fc.constantFrom(false, false, true),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map((each, index) => ({
      ...override(String(index), { ...DAY, shiftId: each.of }, each.agentIn, '2026-06-01T00:00', '2026-06-01T00:00'),
      ...each.span,
      at: instant(each.at),
      isCancelled: each.isCancelled,
    })),
  );
const absences: fc.Arbitrary<readonly Absence[]> = fc
  .array(fc.record({ span, of: anyone, state: fc.constantFrom('approved', 'approved', 'requested') }), { maxLength: 4 })
  .map((all) =>
    all.map((each, index): Absence => ({
      ...absence(String(index), each.of, '2026-06-01T00:00', '2026-06-01T00:00'),
      ...each.span,
      state: each.state === 'approved' ? 'approved' : 'requested',
    })),
  );
const plans = fc.record({ shifts, overrides, absences }).map((part) => plan(part));

const QUARTER_MS = 15 * MINUTE_MS;

/** What a shift is at one moment. */
interface Moment {
  readonly agentId: string | null;
  readonly state: 'worked' | 'break' | 'open' | 'absent' | 'left';
  readonly isOverride: boolean;
}

/** The decision about a shift that counts at a moment: the last, by its id among those made at one time. */
function decisionAt(of: Plan, shiftId: ShiftId, moment: number): Override | null {
  let last: Override | null = null;
  for (const one of of.overrides) {
    if (one.shiftId !== shiftId || one.isCancelled || !holds(one, moment)) continue;
    if (last === null || one.at > last.at || (one.at === last.at && one.overrideId > last.overrideId)) last = one;
  }
  return last;
}

function holds(each: { readonly startAt: number; readonly endAt: number }, moment: number): boolean {
  return each.startAt <= moment && moment < each.endAt;
}

function isInTeam(agentId: string, moment: number): boolean {
  const person = PEOPLE.find((one) => one.agentId === agentId);
  if (person === undefined || (!person.isActive && person.contract.until === null)) return false;
  const today = epochDayAt(person.zone, instant(moment));
  const { from, until } = person.contract;
  return (from === null || epochDayOf(from) <= today) && (until === null || today <= epochDayOf(until));
}

/** Looks at one moment of one shift with nothing but the definition. */
function momentOf(of: Plan, layer: PlanLayer, each: Shift, moment: number): Moment | null {
  const is = bodyIn(each, layer);
  if (is === null || !holds(is, moment)) return null;
  const decision = decisionAt(of, each.shiftId, moment);
  const agentId = decision === null ? is.agentId : decision.agentIn;
  const isOverride = decision !== null;
  if (agentId === null) return { agentId, state: 'open', isOverride };
  if (!isInTeam(agentId, moment)) return { agentId, state: 'left', isOverride };
  const isAway = of.absences.some((one) => one.agentId === agentId && one.state === 'approved' && holds(one, moment));
  if (isAway) return { agentId, state: 'absent', isOverride };
  const covers = (one: ShiftBreak): boolean => decision !== null && one.startAt <= decision.startAt && decision.endAt <= one.endAt;
  const isResting = is.breaks.some((one) => holds(one, moment) && !covers(one));
  return { agentId, state: isResting ? 'break' : 'worked', isOverride };
}

describe('any plan', () => {
  const bound = fc.integer({ min: 0, max: 96 * 5 }).map((quarter) => instant(Date.UTC(2026, 9, 23) + quarter * QUARTER_MS));
  const window = fc.tuple(bound, bound).map(([a, b]) => [instant(Math.min(a, b)), instant(Math.max(a, b))] as const);
  const layers = fc.constantFrom<PlanLayer>('published', 'draft');
  const team = roster({ agents: PEOPLE });

  test('is worked as a walk through its quarters of an hour finds', () => {
    fc.assert(
      fc.property(plans, window, layers, (of, [from, to], layer) => {
        const answer = assignments(team, of, layer, from, to, ZONE_DATA);
        for (let moment: number = from; moment < to; moment += QUARTER_MS) {
          const isOn = (each: { readonly from: number; readonly to: number }): boolean => each.from <= moment && moment < each.to;
          const told = [
            ...answer.assignments.filter(isOn).map((each) => `${each.shiftId} ${each.agentId} worked ${String(each.isOverride)}`),
            ...answer.empty.filter(isOn).map((each) => `${each.shiftId} ${String(each.agentId)} ${each.reason}`),
          ];
          const seen = of.shifts.flatMap((each) => {
            const is = momentOf(of, layer, each, moment);
            if (is === null || is.state === 'break') return [];
            return [`${each.shiftId} ${String(is.agentId)} ${is.state}${is.state === 'worked' ? ` ${String(is.isOverride)}` : ''}`];
          });
          expect(told.toSorted()).toEqual(seen.toSorted());
        }
      }),
      { numRuns: 150 },
    );
  });

  test('is told in order, within the time, without empty pieces and in as few as can be', () => {
    fc.assert(
      fc.property(plans, window, layers, (of, [from, to], layer) => {
        const answer = assignments(team, of, layer, from, to, ZONE_DATA);
        for (const list of [answer.assignments, answer.empty]) {
          for (const [index, each] of list.entries()) {
            expect(each.from).toBeGreaterThanOrEqual(from);
            expect(each.to).toBeLessThanOrEqual(to);
            expect(each.from).toBeLessThan(each.to);
            expect(each.from).toBeGreaterThanOrEqual(list[index - 1]?.from ?? from);
          }
        }
        // only another decision about the same person may stand between two pieces that touch
        const touching = answer.assignments.filter((each) =>
          answer.assignments.some((one) => one.shiftId === each.shiftId && one.agentId === each.agentId && one.from === each.to),
        );
        const decided = new Set(of.overrides.filter((one) => !one.isCancelled).map((one) => one.shiftId));
        expect(touching.filter((each) => !decided.has(each.shiftId))).toEqual([]);
      }),
    );
  });

  test('has turns that end when its person is first gone', () => {
    fc.assert(
      fc.property(plans, window, layers, (of, [from, to], layer) => {
        for (const each of assignments(team, of, layer, from, to, ZONE_DATA).assignments) {
          let end: number = each.from;
          const isOn = (moment: number): boolean =>
            of.shifts.some((one) => {
              const is = momentOf(of, layer, one, moment);
              return is?.agentId === each.agentId && (is.state === 'worked' || is.state === 'break');
            });
          while (isOn(end)) end += QUARTER_MS;
          // a turn is followed for a day
          const isFollowed = end <= to + DAY_MS;
          expect(isFollowed ? each.turnEndsAt : Math.min(each.turnEndsAt, to + DAY_MS)).toBe(isFollowed ? end : to + DAY_MS);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is the same in one piece as in two', () => {
    fc.assert(
      fc.property(plans, window, layers, fc.nat(), (of, [from, to], layer, cut) => {
        const middle = instant(from + (cut % (to - from + 1)));
        const minutes = (begin: Instant, end: Instant) =>
          assignments(team, of, layer, begin, end, ZONE_DATA).assignments.reduce((sum, each) => sum + each.to - each.from, 0);
        expect(minutes(from, middle) + minutes(middle, to)).toBe(minutes(from, to));
      }),
    );
  });
});
