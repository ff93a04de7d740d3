import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZONE_DATA, absence, bodies, body, breakAt, override, plan, quarters, shift } from '../../../../test/coverage/plan.ts';
import { ability, agent, at, date, hub, roster, template } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import { HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { PlanStretches } from './assignments.ts';
import { wallSpan } from './derive.ts';
import { SAME } from './plan.ts';
import type { Plan, Shift, ShiftBody } from './plan.ts';
import { EVERYBODY } from './roster.ts';
import type { AgentProfile, Roster } from './roster.ts';
import { draftProblems, shiftProblems } from './validate.ts';
import type { ShiftProblem, ShiftProblemCode } from './validate.ts';

const ANN = agent('ann');
const BEN = agent('ben');
const NOW = at('2026-01-01T00:00Z');
const MINE = makeId('shf', 'mine');

function problems(is: ShiftBody, others: readonly Shift[] = [], part: Partial<Plan> = {}, team: Partial<Roster> = {}, now = NOW) {
  const all = roster({ agents: [ANN, BEN], ...team });
  return shiftProblems(all, plan({ shifts: others, ...part }), 'draft', MINE, is, { now, zoneData: ZONE_DATA });
}
function codes(...args: Parameters<typeof problems>): readonly ShiftProblemCode[] {
  return problems(...args).map((each) => each.code);
}
function only<Code extends ShiftProblemCode>(code: Code, all: readonly ShiftProblem[]): ShiftProblem & { readonly code: Code } {
  const isIt = (each: ShiftProblem): each is ShiftProblem & { readonly code: Code } => each.code === code;
  const found = all.filter(isIt);
  expect(found).toHaveLength(1);
  const [first] = found;
  if (first === undefined) throw new Error(`no ${code}`);
  return first;
}
function clock(is: Instant): string {
  return new Date(is).toISOString().slice(8, 16).replace('T', ' ');
}
/** `start-later 01 17:00-01 20:00`, told in UTC. */
function corrections(problem: ShiftProblem): readonly string[] {
  return problem.corrections.map(
    ({ kind, body: to }) => `${kind} ${clock(to.startAt)}-${clock(to.endAt)}${to.agentId === null ? ' open' : ''}`,
  );
}

const DAY = body(ANN, '2026-06-01T09:00', '2026-06-01T17:00');

describe('a shift', () => {
  test('that is fine has no problems', () => {
    expect(problems(DAY, [shift('other', body(BEN, '2026-06-01T09:00', '2026-06-01T17:00'))])).toEqual([]);
    expect(
      problems(body(null, '2026-06-01T09:00', '2026-06-01T17:00'), [shift('other', body(null, '2026-06-01T09:00', '2026-06-01T17:00'))]),
    ).toEqual([]);
  });

  test('is compared with others, and not with what the plan says of itself', () => {
    expect(problems(DAY, [shift('mine', body(ANN, '2026-06-01T08:00', '2026-06-01T16:00'))])).toEqual([]);
  });
});

describe('overlap', () => {
  const other = shift('other', body(ANN, '2026-06-01T05:00', '2026-06-01T12:00'));

  test('is an error, with the time in common and three ways out', () => {
    const found = only('overlap', problems(DAY, [other]));
    expect(found).toMatchObject({ severity: 'error', otherShiftId: other.shiftId, from: DAY.startAt, to: at('2026-06-01T12:00Z') });
    expect(corrections(found)).toEqual(['start-later 01 12:00-01 17:00', 'move 01 12:00-01 20:00', 'unassign 01 09:00-01 17:00 open']);
  });

  test('at the end is put right by ending earlier', () => {
    const later = shift('other', body(ANN, '2026-06-01T15:00', '2026-06-01T23:00'));
    expect(corrections(only('overlap', problems(DAY, [later])))).toEqual([
      'end-earlier 01 09:00-01 15:00',
      'move 01 23:00-02 07:00',
      'unassign 01 09:00-01 17:00 open',
    ]);
  });

  test('is not put right by another overlap', () => {
    const evening = shift('evening', body(ANN, '2026-06-01T18:00', '2026-06-01T21:00'));
    expect(corrections(only('overlap', problems(DAY, [other, evening])))).toEqual([
      'start-later 01 12:00-01 17:00',
      'unassign 01 09:00-01 17:00 open',
    ]);
  });

  test('is told for each of the others', () => {
    const two = [other, shift('b', body(ANN, '2026-06-01T16:00', '2026-06-01T18:00'))];
    expect(problems(DAY, two).filter((each) => each.code === 'overlap')).toHaveLength(2);
  });

  test('goes by who really works: overrides and absences', () => {
    const given = override('o', other, BEN, '2026-06-01T09:00', '2026-06-01T12:00');
    expect(codes(DAY, [other], { overrides: [given] })).not.toContain('overlap');
    const away = absence('x', ANN, '2026-06-01T09:00', '2026-06-01T12:00');
    expect(codes(DAY, [other], { absences: [away] })).not.toContain('overlap');
    const bens = shift('bens', body(BEN, '2026-06-01T05:00', '2026-06-01T13:00'));
    const taken = override('o', bens, ANN, '2026-06-01T10:00', '2026-06-01T11:00');
    expect(only('overlap', problems(DAY, [bens], { overrides: [taken] }))).toMatchObject({
      otherShiftId: bens.shiftId,
      from: at('2026-06-01T10:00Z'),
      to: at('2026-06-01T11:00Z'),
    });
  });

  test('is found with a shift that began many days before', () => {
    const week = shift('week', body(ANN, '2026-05-25T00:00', '2026-06-01T12:00'));
    expect(codes(DAY, [week, shift('old', body(ANN, '2026-05-20T00:00', '2026-05-20T08:00'))])).toEqual(['overlap', 'too-long']);
  });

  test('touching is none', () => {
    expect(codes(DAY, [shift('other', body(ANN, '2026-06-01T17:00', '2026-06-01T20:00'))])).toEqual([]);
  });

  test('is looked for in the side of the plan that is asked for', () => {
    const removed = shift('other', body(ANN, '2026-06-01T05:00', '2026-06-01T12:00'), { kind: 'removed' });
    expect(codes(DAY, [removed])).toEqual([]);
    const all = roster({ agents: [ANN] });
    const published = shiftProblems(all, plan({ shifts: [removed] }), 'published', MINE, DAY, { now: NOW, zoneData: ZONE_DATA });
    expect(published.map((each) => each.code)).toEqual(['overlap']);
  });

  test('takes breaks along when it moves a shift', () => {
    const lunch = { ...DAY, breaks: [breakAt('UTC', '2026-06-01T13:00', '2026-06-01T13:30')] };
    const found = only('overlap', problems(lunch, [other]));
    expect(found.corrections.find((each) => each.kind === 'move')?.body.breaks).toEqual([
      breakAt('UTC', '2026-06-01T16:00', '2026-06-01T16:30'),
    ]);
  });
});

describe('rest', () => {
  const evening = shift('evening', body(ANN, '2026-05-31T15:00', '2026-05-31T23:00'));

  test('of less than 11 hours before is a warning, with the earliest start that rests', () => {
    const found = only('short-rest', problems(DAY, [evening]));
    expect(found).toMatchObject({ severity: 'warning', side: 'before', otherShiftId: evening.shiftId, restMs: 10 * HOUR_MS });
    expect(corrections(found)).toEqual(['start-later 01 10:00-01 17:00', 'move 01 10:00-01 18:00', 'unassign 01 09:00-01 17:00 open']);
  });

  test('of less than 11 hours behind is a warning, with the latest end that rests', () => {
    const morning = shift('morning', body(ANN, '2026-06-02T03:00', '2026-06-02T09:00'));
    const found = only('short-rest', problems(DAY, [morning]));
    expect(found).toMatchObject({ side: 'after', otherShiftId: morning.shiftId, restMs: 10 * HOUR_MS });
    expect(corrections(found)).toEqual(['end-earlier 01 09:00-01 16:00', 'unassign 01 09:00-01 17:00 open']);
  });

  test('of 11 hours is enough', () => {
    expect(codes(DAY, [shift('a', body(ANN, '2026-05-31T14:00', '2026-05-31T22:00'))])).toEqual([]);
    expect(codes(DAY, [shift('a', body(ANN, '2026-06-02T04:00', '2026-06-02T09:00'))])).toEqual([]);
  });

  test('is between turns: shifts that touch are one', () => {
    const touching = shift('touching', body(ANN, '2026-06-01T05:00', '2026-06-01T09:00'));
    expect(codes(DAY, [evening, touching])).toEqual([]);
    const between = problems(body(ANN, '2026-06-01T05:00', '2026-06-01T09:00'), [evening, shift('day', DAY)]);
    expect(only('short-rest', between)).toMatchObject({ side: 'before', otherShiftId: evening.shiftId, restMs: 6 * HOUR_MS });
  });

  test('goes by the hours that pass, not by those on the wall', () => {
    // 22:00 to 09:00 on the wall are 10 hours on the night in which the clocks are set forward
    const berlin = { zone: 'Europe/Berlin' };
    const late = shift('late', body(ANN, '2026-03-28T14:00', '2026-03-28T22:00', berlin));
    const found = only('short-rest', problems(body(ANN, '2026-03-29T09:00', '2026-03-29T17:00', berlin), [late]));
    expect(found.restMs).toBe(10 * HOUR_MS);
    expect(found.corrections[0]?.body.startLocal).toMatchObject({ day: 29, hour: 10 });
  });

  test('inside a shift that was given away for a while is none', () => {
    const taken = { ...override('o', shift('mine', DAY), BEN, '2026-06-01T11:00', '2026-06-01T13:00'), shiftId: MINE };
    expect(codes(DAY, [], { overrides: [taken] })).toEqual([]);
  });
});

describe('length', () => {
  test('of nothing is an error, and the next day offered', () => {
    const none = body(ANN, '2026-06-01T22:00', '2026-06-01T06:00');
    const found = only('no-length', problems(none));
    expect(found.severity).toBe('error');
    expect(corrections(found)).toEqual(['next-day 01 22:00-02 06:00']);
    expect(corrections(only('no-length', problems(body(ANN, '2026-06-03T22:00', '2026-06-01T22:00'))))).toEqual([
      'next-day 03 22:00-04 22:00',
    ]);
    expect(codes(none, [shift('other', body(ANN, '2026-06-01T05:00', '2026-06-01T23:00'))])).toEqual(['no-length']);
  });

  test('that the clocks skip is moved behind them', () => {
    const skipped = body(ANN, '2026-03-29T02:00', '2026-03-29T03:00', { zone: 'Europe/Berlin' });
    const found = only('no-length', problems(skipped));
    expect(corrections(found)).toEqual(['move 29 01:00-29 02:00']);
    expect(codes(skipped)).toEqual(['no-length', 'start-skipped']);
  });

  test('of more than 16 hours is a warning, over all shifts that touch', () => {
    const long = body(ANN, '2026-06-01T05:00', '2026-06-01T22:00');
    expect(only('too-long', problems(long)).lengthMs).toBe(17 * HOUR_MS);
    expect(corrections(only('too-long', problems(long)))).toEqual(['end-earlier 01 05:00-01 21:00', 'start-later 01 06:00-01 22:00']);
    expect(codes(body(ANN, '2026-06-01T05:00', '2026-06-01T21:00'))).toEqual([]);
    expect(codes({ ...long, agentId: null })).toEqual(['too-long']);
    const evening = shift('evening', body(ANN, '2026-06-01T17:00', '2026-06-02T02:00'));
    expect(corrections(only('too-long', problems(DAY, [evening])))).toEqual([
      'start-later 01 10:00-01 17:00',
      'unassign 01 09:00-01 17:00 open',
    ]);
    // another shift at the same time makes the turn so long: to shorten this one is of no use
    expect(
      corrections(
        only(
          'too-long',
          problems(body(ANN, '2026-06-01T00:00', '2026-06-01T08:00'), [shift('other', body(ANN, '2026-06-01T00:00', '2026-06-01T17:00'))]),
        ),
      ),
    ).toEqual(['unassign 01 00:00-01 08:00 open']);
  });
});

describe('wall times', () => {
  const berlin = { zone: 'Europe/Berlin' };

  test('that do not exist are moved to those that are shown; the instants stay', () => {
    const start = body(ANN, '2026-03-29T02:30', '2026-03-29T10:00', berlin);
    const found = only('start-skipped', problems(start));
    expect(found).toMatchObject({ severity: 'warning', meant: { hour: 2, minute: 30 }, shown: { hour: 3, minute: 30 } });
    expect(found.corrections).toEqual([{ kind: 'wall-time', body: body(ANN, '2026-03-29T03:30', '2026-03-29T10:00', berlin) }]);
    const end = body(ANN, '2026-03-28T22:00', '2026-03-29T02:30', berlin);
    expect(only('end-skipped', problems(end)).corrections).toEqual([
      { kind: 'wall-time', body: body(ANN, '2026-03-28T22:00', '2026-03-29T03:30', berlin) },
    ]);
  });

  test('that happen twice are the first, or told by UTC the second', () => {
    const start = body(ANN, '2026-10-25T02:30', '2026-10-25T10:00', berlin);
    const found = only('start-twice', problems(start));
    expect(found).toMatchObject({ severity: 'warning', first: at('2026-10-25T00:30Z'), second: at('2026-10-25T01:30Z') });
    expect(found.corrections).toEqual([
      { kind: 'first', body: start },
      { kind: 'second', body: body(ANN, '2026-10-25T01:30', '2026-10-25T09:00') },
    ]);
    expect(codes(body(ANN, '2026-10-25T01:30', '2026-10-25T09:00'))).toEqual([]);
    const end = only('end-twice', problems(body(ANN, '2026-10-24T20:00', '2026-10-25T02:00', berlin)));
    expect(corrections(end)).toEqual(['first 24 18:00-25 00:00', 'second 24 18:00-25 01:00']);
  });

  test('that are both doubtful are told both', () => {
    expect(codes(body(ANN, '2026-10-25T02:00', '2026-10-25T02:30', berlin))).toEqual(['start-twice', 'end-twice']);
  });
});

describe('people', () => {
  test('who are away', () => {
    const cases: readonly (readonly [string, string, readonly string[]])[] = [
      ['2026-06-01T06:00', '2026-06-01T11:00', ['start-later 01 11:00-01 17:00', 'unassign 01 09:00-01 17:00 open']],
      ['2026-06-01T15:00', '2026-06-02T00:00', ['end-earlier 01 09:00-01 15:00', 'unassign 01 09:00-01 17:00 open']],
      ['2026-06-01T11:00', '2026-06-01T15:00', ['unassign 01 09:00-01 17:00 open']],
      ['2026-06-01T00:00', '2026-06-02T00:00', ['unassign 01 09:00-01 17:00 open']],
    ];
    for (const [start, end, expected] of cases) {
      const away = absence('x', ANN, start, end);
      const found = only('absent', problems(DAY, [], { absences: [away] }));
      expect(found).toMatchObject({ severity: 'warning', absenceId: away.absenceId });
      expect(corrections(found)).toEqual(expected);
    }
    expect(codes(DAY, [], { absences: [absence('x', ANN, '2026-06-01T09:00', '2026-06-01T17:00', { state: 'requested' })] })).toEqual([]);
    expect(codes(DAY, [], { absences: [absence('x', BEN, '2026-06-01T09:00', '2026-06-01T17:00')] })).toEqual([]);
  });

  test('who are not, or no longer, in the team', () => {
    const until: AgentProfile = { ...ANN, contract: { hoursPerWeek: 40, from: null, until: date('2026-06-01') } };
    const night = body(ANN, '2026-06-01T20:00', '2026-06-02T04:00');
    const found = only('outside-contract', problems(night, [], {}, { agents: [until] }));
    expect(found).toMatchObject({ severity: 'warning', from: at('2026-06-02T00:00Z'), to: at('2026-06-02T04:00Z') });
    expect(corrections(found)).toEqual(['end-earlier 01 20:00-02 00:00', 'unassign 01 20:00-02 04:00 open']);
    expect(codes(DAY, [], {}, { agents: [{ ...ANN, isActive: false }] })).toEqual(['outside-contract']);
    expect(codes(DAY, [], {}, { agents: [] })).toEqual(['outside-contract']);
  });

  test('outside their usual hours', () => {
    const pattern = { mon: [{ openMinute: 10 * 60, closeMinute: 16 * 60 }] };
    const found = only('outside-pattern', problems(DAY, [], {}, { agents: [{ ...ANN, pattern }] }));
    expect(found).toMatchObject({
      severity: 'warning',
      from: at('2026-06-01T09:00Z'),
      to: at('2026-06-01T10:00Z'),
      outsideMs: 2 * HOUR_MS,
    });
    const wide = { sun: [{ openMinute: 22 * 60, closeMinute: 9.5 * 60 }], mon: [{ openMinute: 9.5 * 60, closeMinute: 17 * 60 }] };
    expect(codes(DAY, [], {}, { agents: [{ ...ANN, pattern: wide }] })).toEqual([]);
    expect(codes(DAY, [], {}, { agents: [{ ...ANN, pattern: { mon: [] } }] })).toEqual([]);
    // 09:00 in UTC is 17:00 in Singapore
    expect(only('outside-pattern', problems(DAY, [], {}, { agents: [{ ...ANN, pattern, zone: 'Asia/Singapore' }] })).outsideMs).toBe(
      8 * HOUR_MS,
    );
  });

  test('who can not do what the shift asks for, at its beginning or at its end', () => {
    const needs = { ...EVERYBODY, skills: ['withdrawals'] };
    const night = body(ANN, '2026-06-01T20:00', '2026-06-02T04:00', { needs });
    const able = (from: string | null, until: string | null) => [
      {
        ...ANN,
        skills: [ability('withdrawals', { from: from === null ? null : date(from), until: until === null ? null : date(until) })],
      },
    ];
    expect(codes(night, [], {}, { agents: able(null, null) })).toEqual([]);
    expect(only('not-qualified', problems(night)).at).toBe(night.startAt);
    expect(corrections(only('not-qualified', problems(night)))).toEqual(['unassign 01 20:00-02 04:00 open']);
    expect(only('not-qualified', problems(night, [], {}, { agents: able('2026-06-02', null) })).at).toBe(night.startAt);
    expect(only('not-qualified', problems(night, [], {}, { agents: able(null, '2026-06-01') })).at).toBe(night.endAt - 1);
  });
});

describe('days', () => {
  const lisbon = hub('lisbon', 'Europe/Lisbon', { holidays: [{ date: date('2026-06-10'), name: 'Dia de Portugal' }] });
  const team = { hubs: [lisbon], agents: [ANN, { ...BEN, hubId: lisbon.hubId }] };

  test('that are holidays of the hub, by its own date', () => {
    // 23:30 in UTC is half past midnight in Lisbon
    const found = problems(body(ANN, '2026-06-09T23:30', '2026-06-10T06:00', { hubId: lisbon.hubId }), [], {}, team);
    expect(only('holiday', found)).toMatchObject({ severity: 'warning', hubId: lisbon.hubId, holiday: { name: 'Dia de Portugal' } });
    expect(codes(body(ANN, '2026-06-09T22:30', '2026-06-10T06:00', { hubId: lisbon.hubId }), [], {}, team)).toEqual([]);
    expect(codes(body(ANN, '2026-06-10T09:00', '2026-06-10T17:00'), [], {}, team)).toEqual([]);
    expect(codes(body(BEN, '2026-06-10T09:00', '2026-06-10T17:00'), [], {}, team)).toEqual(['holiday']);
  });

  test('that a template works on purpose are no problem', () => {
    const works = template('works', 'UTC', { onHolidays: 'work' });
    const skips = template('skips', 'UTC');
    const made = (of: typeof works) => body(BEN, '2026-06-10T09:00', '2026-06-10T17:00', { templateId: of.templateId });
    expect(codes(made(works), [], {}, { ...team, templates: [works, skips] })).toEqual([]);
    expect(codes(made(skips), [], {}, { ...team, templates: [works, skips] })).toEqual(['holiday']);
  });

  test('that are over are not changed unnoticed', () => {
    const noon = at('2026-06-01T12:00Z');
    const past = (to: ShiftBody, published: ShiftBody | null) =>
      problems(to, [{ ...shift('mine', published), draft: SAME }], {}, {}, noon).map((each) =>
        each.code === 'in-the-past' ? clock(each.from) : each.code,
      );
    expect(past(DAY, null)).toEqual(['01 09:00']);
    expect(past(DAY, DAY)).toEqual([]);
    expect(past(body(ANN, '2026-06-01T13:00', '2026-06-01T17:00'), null)).toEqual([]);
    expect(past({ ...DAY, agentId: BEN.agentId }, DAY)).toEqual(['01 09:00']);
    expect(past(body(ANN, '2026-06-01T09:00', '2026-06-01T16:00'), DAY)).toEqual([]);
    expect(past(body(ANN, '2026-06-01T09:00', '2026-06-01T11:00'), DAY)).toEqual(['01 11:00']);
    expect(past(body(ANN, '2026-06-01T13:00', '2026-06-01T17:00'), DAY)).toEqual(['01 09:00']);
  });
});

describe('a draft', () => {
  test('has the problems of its changed shifts, errors first', () => {
    const published = shift('published', DAY);
    const drafted = shift('drafted', null, { kind: 'changed', body: body(ANN, '2026-06-01T10:00', '2026-06-02T04:00') });
    const removed = shift('removed', body(ANN, '2026-06-01T09:00', '2026-06-01T20:00'), { kind: 'removed' });
    const found = draftProblems(roster({ agents: [ANN] }), plan({ shifts: [published, drafted, removed] }), {
      now: NOW,
      zoneData: ZONE_DATA,
    });
    expect(found.map(({ shiftId, problem }) => `${shiftId} ${problem.code}`)).toEqual(['shf_drafted overlap', 'shf_drafted too-long']);
  });
});

const PEOPLE = [ANN, { ...BEN, contract: { hoursPerWeek: 40, from: null, until: date('2026-10-25') } }];
const team = roster({ agents: PEOPLE });
const rows = fc
  .array(bodies(PEOPLE.map((each) => each.agentId)), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((is, index) => shift(String(index), is)));
const span = fc.tuple(quarters, quarters).map(([start, end]) => wallSpan('UTC', start, end, ZONE_DATA));
const plans = fc
  .record({
    shifts: rows,
    overrides: fc.array(fc.tuple(span, fc.nat({ max: 5 }), fc.constantFrom(...PEOPLE)), { maxLength: 3 }),
    absences: fc.array(fc.tuple(span, fc.constantFrom(...PEOPLE)), { maxLength: 2 }),
  })
  .map(({ shifts, overrides, absences }) =>
    plan({
      shifts,
      overrides: overrides.map(([times, of, person], index) => ({
        ...override(String(index), shift(String(of), null), person, '2026-06-01T00:00', '2026-06-01T00:00'),
        ...times,
      })),
      absences: absences.map(([times, person], index) => ({
        ...absence(String(index), person, '2026-06-01T00:00', '2026-06-01T00:00'),
        ...times,
      })),
    }),
  );
const anyPlan = fc.tuple(plans, fc.nat());
const circumstances = { now: NOW, zoneData: ZONE_DATA };

function chosen([of, pick]: readonly [Plan, number]): readonly [Plan, Shift, ShiftBody] {
  const one = of.shifts[pick % of.shifts.length];
  if (one === undefined || one.published === null) throw new Error('no shift');
  return [of, one, one.published];
}

/** Pairs of shifts that make the person of one of them work in two places, looked up for each pair. */
function doubles(of: Plan, one: Shift, is: ShiftBody): readonly string[] {
  const stretches = new PlanStretches(team, of);
  const worked = (each: Shift, each2: ShiftBody | null) =>
    each2 === null ? [] : stretches.of(each.shiftId, each2).filter((part) => part.agentId === is.agentId && part.away === null);
  const mine = is.agentId === null ? [] : worked(one, is);
  return of.shifts
    .filter((each) => each.shiftId !== one.shiftId)
    .filter((each) => worked(each, each.published).some((a) => mine.some((b) => a.from < b.to && b.from < a.to)))
    .map((each) => each.shiftId)
    .sort();
}

describe('any plan', () => {
  test('has the overlaps that a look at each pair finds', () => {
    fc.assert(
      fc.property(anyPlan, (each) => {
        const [of, one, is] = chosen(each);
        const found = shiftProblems(team, of, 'published', one.shiftId, is, circumstances);
        const overlaps = found.flatMap((problem) => (problem.code === 'overlap' ? [problem.otherShiftId] : []));
        expect(overlaps.toSorted()).toEqual(doubles(of, one, is));
        expect(found.some((problem) => problem.code === 'no-length')).toBe(is.startAt >= is.endAt);
      }),
      { numRuns: 300 },
    );
  });

  test('is put right by every correction, and not by another overlap', () => {
    fc.assert(
      fc.property(anyPlan, (each) => {
        const [of, one, is] = chosen(each);
        for (const problem of shiftProblems(team, of, 'published', one.shiftId, is, circumstances)) {
          for (const { kind, body: to } of problem.corrections) {
            const left = shiftProblems(team, of, 'published', one.shiftId, to, circumstances);
            const same = left.filter(
              (other) => other.code === problem.code && JSON.stringify(target(other)) === JSON.stringify(target(problem)),
            );
            expect({ kind, problem: kind === 'first' ? [] : same.map(target) }).toEqual({ kind, problem: [] });
            // these two leave the instants as they are, also of a shift of no length
            const isKept = kind === 'first' || kind === 'wall-time';
            expect({ kind, isLong: to.startAt < to.endAt || (isKept && is.startAt >= is.endAt) }).toEqual({ kind, isLong: true });
            const isFree = problem.code !== 'overlap' || left.every((other) => other.code !== 'overlap');
            expect({ kind, isFree }).toEqual({ kind, isFree: true });
            expect(to).toEqual({ ...to, ...wallSpan(to.zone, to.startLocal, to.endLocal, ZONE_DATA) });
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** What a problem is about: a correction must not leave the same. */
function target(problem: ShiftProblem): unknown {
  switch (problem.code) {
    case 'overlap':
    case 'short-rest':
      return [problem.code, problem.otherShiftId];
    case 'absent':
      return [problem.code, problem.absenceId, problem.from, problem.to];
    case 'outside-contract':
      return [problem.code, problem.from, problem.to];
    default:
      return [problem.code];
  }
}
