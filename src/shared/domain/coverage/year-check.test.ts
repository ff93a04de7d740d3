import { describe, expect, test } from 'vitest';
import { ZONE_DATA, agent, at, date, hub, plan, requirement, roster, rotation, template } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { DAY_MINUTES, formatMinute } from '../time/calendar.ts';
import { WEEKDAYS, formatLocalDate, parseLocalDateTime } from '../time/local-time.ts';
import type { YearCheck, YearHole, YearRequirement } from './coverage.ts';
import { wallSpan } from './derive.ts';
import type { Absence, Plan, Shift, ShiftBody } from './plan.ts';
import { EMPTY_PLAN } from './plan.ts';
import { rotationShifts } from './rotations.ts';
import { EVERYBODY } from './roster.ts';
import type { Requirement, Roster, ShiftTemplate } from './roster.ts';
import { yearCheck } from './year-check.ts';

const BEFORE = at('2025-12-30T00:00Z');
const JANUARY = at('2026-01-01T00:00Z');
const WORKDAYS = WEEKDAYS.slice(0, 5);

/** A team in which each template has one person of its own, always the same. */
function team(templates: readonly ShiftTemplate[], requirements: readonly Requirement[], part: Partial<Roster> = {}): Roster {
  const people = templates.map((each) => agent(each.name, { zone: each.zone, hubId: each.hubId }));
  const rotations = templates.map((each, index) => rotation(each.name, [each], people.slice(index, index + 1)));
  return roster({ agents: people, templates, rotations, requirements, ...part });
}

function check(of: Roster, plans: Plan = EMPTY_PLAN, plannedUntil = BEFORE, from = JANUARY): YearCheck {
  return yearCheck(of, plans, from, { zoneData: ZONE_DATA, plannedUntil });
}
function iso(when: number): string {
  return new Date(when).toISOString().slice(0, 16);
}
/** `mon-fri 21:00-22:00 gap` */
function hole({ days, startMinute, endMinute, state }: YearHole): string {
  const named = days.length > 1 ? `${days[0] ?? ''}-${days.at(-1) ?? ''}` : (days[0] ?? '');
  return `${named} ${formatMinute(startMinute)}-${formatMinute(endMinute)} ${state}`;
}
function only(requirements: readonly YearRequirement[]): YearRequirement {
  const [first] = requirements;
  if (first === undefined || requirements.length > 1) throw new Error(`${String(requirements.length)} requirements`);
  return first;
}
/** For each regime: when it begins, wanted and covered hours a week, the holes. */
function regimes(found: YearCheck): readonly (readonly [string, number, number, string])[] {
  return found.regimes.map(({ from, requirements }) => {
    const { weeklyWantedMs, weeklyCoveredMs, holes } = only(requirements);
    return [iso(from), weeklyWantedMs / HOUR_MS, weeklyCoveredMs / HOUR_MS, holes.map(hole).join(', ')];
  });
}

describe('Singapore, Berlin and New York, 9 to 17 on workdays', () => {
  // winter: 01-09, 08-16 and 14-22 UTC, so 21 hours a day without a hole; New York is at 13-21 from 8 March to 1 November
  const cities = [template('sin', 'Asia/Singapore'), template('ber', 'Europe/Berlin'), template('nyc', 'America/New_York')];
  const sun = requirement('sun', {
    window: { zone: 'UTC', week: Object.fromEntries(WORKDAYS.map((day) => [day, [{ openMinute: 60, closeMinute: 22 * 60 }]])) },
  });
  const found = check(team(cities, [sun]));

  test('cover 105 hours a week in winter and 100 from 8 March to 1 November', () => {
    expect(regimes(found)).toEqual([
      ['2026-01-01T00:00', 105, 105, ''],
      ['2026-03-08T07:00', 105, 100, 'mon-fri 21:00-22:00 gap'],
      ['2026-03-29T01:00', 105, 100, 'mon-fri 21:00-22:00 gap'],
      ['2026-10-25T01:00', 105, 100, 'mon-fri 21:00-22:00 gap'],
      ['2026-11-01T06:00', 105, 105, ''],
    ]);
    expect(found.exceptions).toEqual([]);
    expect([iso(found.from), iso(found.to)]).toEqual(['2026-01-01T00:00', '2027-01-01T00:00']);
  });

  test('have their hole first on 9 March and last on 30 October', () => {
    const times = found.regimes.flatMap((regime) =>
      only(regime.requirements).holes.map(({ firstAt, lastAt }) => [iso(firstAt), iso(lastAt)]),
    );
    expect(times).toEqual([
      ['2026-03-09T21:00', '2026-03-27T21:00'],
      ['2026-03-30T21:00', '2026-10-23T21:00'],
      ['2026-10-26T21:00', '2026-10-30T21:00'],
    ]);
  });

  test('say which clocks begin a stretch', () => {
    expect(found.regimes.map((regime) => regime.changes)).toEqual([
      [],
      [{ zone: 'America/New_York', beforeMs: -5 * HOUR_MS, afterMs: -4 * HOUR_MS }],
      [{ zone: 'Europe/Berlin', beforeMs: HOUR_MS, afterMs: 2 * HOUR_MS }],
      [{ zone: 'Europe/Berlin', beforeMs: 2 * HOUR_MS, afterMs: HOUR_MS }],
      [{ zone: 'America/New_York', beforeMs: -4 * HOUR_MS, afterMs: -5 * HOUR_MS }],
    ]);
  });

  test('tell so from any day on', () => {
    const later = check(team(cities, [sun]), EMPTY_PLAN, BEFORE, at('2026-10-27T15:00Z'));
    expect([iso(later.from), iso(later.to)]).toEqual(['2026-10-27T00:00', '2027-10-27T00:00']);
    // three days are left of the first stretch, and its week has only these
    expect(regimes(later).slice(0, 3)).toEqual([
      ['2026-10-27T00:00', 84, 80, 'tue-fri 21:00-22:00 gap'],
      ['2026-11-01T06:00', 105, 105, ''],
      ['2027-03-14T07:00', 105, 100, 'mon-fri 21:00-22:00 gap'],
    ]);
  });
});

describe('Sydney, London and San Francisco every day', () => {
  const cities = (startMinute: number, days = WEEKDAYS as readonly (typeof WEEKDAYS)[number][]) =>
    [
      ['syd', 'Australia/Sydney'],
      ['lon', 'Europe/London'],
      ['sfo', 'America/Los_Angeles'],
    ].map(([name = '', zone = '']) => template(name, zone, { days, startMinute }));
  const always = requirement('always');
  const froms = [
    '2026-01-01T00:00',
    '2026-03-08T10:00',
    '2026-03-29T01:00',
    '2026-04-04T16:00',
    '2026-10-03T16:00',
    '2026-10-25T01:00',
    '2026-11-01T09:00',
  ];

  test('9 to 17: three hours are open in winter and around the changes, one in summer', () => {
    const found = check(team(cities(9 * 60), [always]));
    const holes = ['06:00-09:00', '06:00-09:00', '06:00-08:00', '07:00-08:00', '06:00-08:00', '06:00-09:00', '06:00-09:00'];
    const open = [3, 3, 2, 1, 2, 3, 3];
    expect(regimes(found)).toEqual(
      froms.map((from, index) => [from, 168, 168 - 7 * (open[index] ?? 0), `mon-sun ${holes[index] ?? ''} gap`]),
    );
    expect(found.exceptions).toEqual([]);
  });

  test('8 to 17: none is open in summer', () => {
    const found = check(team(cities(8 * 60), [always]));
    const holes = ['06:00-08:00', '06:00-08:00', '06:00-07:00', null, '06:00-07:00', '06:00-08:00', '06:00-08:00'];
    const open = [2, 2, 1, 0, 1, 2, 2];
    expect(regimes(found)).toEqual(
      froms.map((from, index) => [
        from,
        168,
        168 - 7 * (open[index] ?? 0),
        holes[index] === null ? '' : `mon-sun ${holes[index] ?? ''} gap`,
      ]),
    );
    expect(found.exceptions).toEqual([]);
  });

  test('with Kathmandu 10 to 18 and Sydney from 8 on nothing is open in January, March and July; seams are at a quarter', () => {
    const kathmandu = template('ktm', 'Asia/Kathmandu', { days: WEEKDAYS, startMinute: 600, endMinute: 1080 });
    const [sydney, ...rest] = cities(9 * 60);
    if (sydney === undefined) throw new Error('no Sydney');
    const two = { ...always, minimum: 2, target: 2 };
    const templates = [{ ...sydney, startMinute: 480, endMinute: 960 }, ...rest, kathmandu];
    const gaps = regimes(check(team(templates, [always])));
    expect([0, 1, 3].map((index) => gaps[index]?.[3])).toEqual(['', '', '']);
    // January: 21-05, 04:15-12:15, 09-17 and 17-01 UTC
    const [january] = regimes(check(team(templates, [two])));
    expect(january?.[3]).toBe('mon-sun 01:00-04:15 thin, mon-sun 05:00-09:00 thin, mon-sun 12:15-21:00 thin');
  });

  test('on workdays only: the weekend is open day by day', () => {
    const [january] = regimes(check(team(cities(9 * 60, WORKDAYS), [always])));
    // Sydney's Monday begins on Sunday at 22:00 UTC, San Francisco's Friday ends on Saturday at 01:00
    expect(january).toEqual([
      '2026-01-01T00:00',
      168,
      168 - 4 * 3 - 24 - 24 + 2 + 1 - 3,
      'mon-fri 06:00-09:00 gap, sat 01:00-24:00 gap, sun 00:00-22:00 gap',
    ]);
  });
});

describe('a hole past midnight', () => {
  test('is told with its end on the next day', () => {
    const day = template('day', 'Europe/London', { days: WEEKDAYS, startMinute: 8 * 60, endMinute: 20 * 60 });
    const found = check(team([day], [requirement('always')]));
    expect(found.regimes.map(({ requirements }) => only(requirements).holes.map(hole))).toEqual([
      ['mon-sun 20:00-08:00 gap'],
      ['mon-sun 19:00-07:00 gap'],
      ['mon-sun 20:00-08:00 gap'],
    ]);
    expect(found.regimes.map(({ requirements }) => only(requirements).weeklyCoveredMs / HOUR_MS)).toEqual([84, 84, 84]);
    expect(found.exceptions).toEqual([]);
  });
});

describe('a hole of the ordinary week', () => {
  test('is dated by when it really is: behind what was planned better', () => {
    const office = template('office', 'UTC');
    const week = Object.fromEntries(WORKDAYS.map((day) => [day, [{ openMinute: 540, closeMinute: 1080 }]]));
    const of = team([office], [requirement('till-six', { window: { zone: 'UTC', week } })]);
    const until = at('2026-03-12T00:00Z');
    const shifts = planned(of, until).map((shift): Shift => {
      const body = shift.published;
      return body === null ? shift : { ...shift, published: { ...body, endAt: instant(body.endAt + HOUR_MS) } };
    });
    const found = check(of, plan({ shifts }), until);
    expect(regimes(found)).toEqual([['2026-01-01T00:00', 45, 40, 'mon-fri 17:00-18:00 gap']]);
    expect(only(found.regimes[0]?.requirements ?? []).holes.map(({ firstAt, lastAt }) => [iso(firstAt), iso(lastAt)])).toEqual([
      ['2026-03-12T17:00', '2026-12-31T17:00'],
    ]);
    expect(found.exceptions).toEqual([]);
  });
});

describe('days that are worse', () => {
  const lisbon = hub('lisbon', 'Europe/Lisbon', {
    holidays: [
      { date: date('2026-06-10'), name: 'Dia de Portugal' },
      { date: date('2026-06-13'), name: 'Santo António' },
    ],
  });
  const office = template('office', 'Europe/Lisbon', { hubId: lisbon.hubId });
  const wanted = requirement('wanted', {
    minimum: 1,
    window: { zone: 'Europe/Lisbon', week: Object.fromEntries(WORKDAYS.map((day) => [day, [{ openMinute: 540, closeMinute: 1020 }]])) },
  });
  const staffed = team([office], [wanted], { hubs: [lisbon] });

  function away(name: string, from: string, to: string, part: Partial<Absence> = {}): Absence {
    const [startLocal, endLocal] = [from, to].map((text) => parseLocalDateTime(text));
    if (!startLocal || !endLocal) throw new Error(`${from} ${to}`);
    return {
      ...wallSpan('Europe/Lisbon', startLocal, endLocal, ZONE_DATA),
      absenceId: makeId('abs', `${name}-${from.slice(0, 10)}`),
      agentId: makeId('agt', name),
      kind: 'pto',
      state: 'approved',
      note: '',
      requestedAt: JANUARY,
      decidedBy: null,
      ...part,
    };
  }
  const worse = (found: YearCheck) =>
    found.exceptions.map(({ date: day, from, to, state, reason, hubIds, agentIds, label }) =>
      [formatLocalDate(day), iso(from).slice(11), iso(to).slice(11), state, reason, ...hubIds, ...agentIds, label].join(' ').trim(),
    );

  test('for a holiday on which the hub’s shifts are not made, if it is a workday', () => {
    expect(worse(check(staffed))).toEqual(['2026-06-10 08:00 16:00 gap holiday hub_lisbon Dia de Portugal']);
  });

  test('not when the shifts are made nevertheless', () => {
    const works = team([{ ...office, onHolidays: 'work' }], [wanted], { hubs: [lisbon] });
    expect(worse(check(works))).toEqual([]);
  });

  test('for an approved absence, day by day', () => {
    const absences = [
      away('office', '2026-01-20T12:00', '2026-01-22T10:00'),
      away('office', '2026-02-03T00:00', '2026-02-04T00:00', { state: 'requested' }),
    ];
    expect(worse(check(staffed, plan({ absences })))).toEqual([
      '2026-01-20 12:00 17:00 gap absence agt_office',
      '2026-01-21 09:00 17:00 gap absence agt_office',
      '2026-01-22 09:00 10:00 gap absence agt_office',
      '2026-06-10 08:00 16:00 gap holiday hub_lisbon Dia de Portugal',
    ]);
  });

  test('for a holiday that somebody takes as their own', () => {
    const works = team([{ ...office, onHolidays: 'work' }], [wanted], { hubs: [lisbon] });
    const absences = [away('office', '2026-06-10T00:00', '2026-06-11T00:00', { kind: 'holiday' })];
    expect(worse(check(works, plan({ absences })))).toEqual(['2026-06-10 08:00 16:00 gap holiday hub_lisbon agt_office Dia de Portugal']);
  });

  test('for a holiday that was left out of a plan by hand', () => {
    const until = at('2026-07-01T00:00Z');
    const works = team([{ ...office, onHolidays: 'work' }], [wanted], { hubs: [lisbon] });
    const shifts = planned(works, until).filter((shift) => !iso(shift.published?.startAt ?? 0).startsWith('2026-06-10'));
    expect(worse(check(works, plan({ shifts }), until))).toEqual(['2026-06-10 08:00 16:00 gap holiday hub_lisbon Dia de Portugal']);
  });

  test('because of the plan: a draft that takes a shift out, and rotations behind it', () => {
    const until = at('2026-02-01T00:00Z');
    const shifts = planned(staffed, until).map((shift): Shift =>
      iso(shift.published?.startAt ?? 0).startsWith('2026-01-20') ? { ...shift, draft: { kind: 'removed' } } : shift,
    );
    const found = check(staffed, plan({ shifts }), until);
    expect(worse(found)).toEqual(['2026-01-20 09:00 17:00 gap plan', '2026-06-10 08:00 16:00 gap holiday hub_lisbon Dia de Portugal']);
    expect(found.plannedUntil).toBe(until);
  });

  test('also where the plan has taken out what a rotation would make', () => {
    const until = at('2026-01-10T00:00Z');
    const shifts = planned(staffed, at('2026-02-01T00:00Z')).flatMap((shift): readonly Shift[] => {
      const startAt = shift.published?.startAt ?? 0;
      if (iso(startAt).startsWith('2026-01-20')) return [{ ...shift, published: null, cancelled: shift.published }];
      return startAt < until ? [shift] : [];
    });
    expect(worse(check(staffed, plan({ shifts }), until))[0]).toBe('2026-01-20 09:00 17:00 gap plan');
  });

  test('because somebody with planned shifts has left: that is no absence', () => {
    const until = at('2026-02-01T00:00Z');
    const shifts = planned(staffed, until);
    const [person] = staffed.agents;
    if (person === undefined) throw new Error('nobody');
    const leaving = { ...person, contract: { ...person.contract, until: date('2026-01-29') } };
    const successor = agent('successor');
    const of = {
      ...staffed,
      agents: [leaving, successor],
      rotations: staffed.rotations.map((each) => ({ ...each, agentIds: [successor.agentId] })),
    };
    expect(worse(check(of, plan({ shifts }), until))[0]).toBe('2026-01-30 09:00 17:00 gap plan');
  });

  test('because nothing was planned in between', () => {
    const until = at('2026-01-09T00:00Z');
    expect(worse(check(staffed, EMPTY_PLAN, until))).toEqual([
      '2026-01-01 09:00 17:00 gap plan',
      '2026-01-02 09:00 17:00 gap plan',
      '2026-01-05 09:00 17:00 gap plan',
      '2026-01-06 09:00 17:00 gap plan',
      '2026-01-07 09:00 17:00 gap plan',
      '2026-01-08 09:00 17:00 gap plan',
      '2026-06-10 08:00 16:00 gap holiday hub_lisbon Dia de Portugal',
    ]);
  });

  test('because clocks are set hour after hour on one day', () => {
    // The year's second stretch begins when New York's clocks change, at 07:00 UTC on 8 March, but Los Angeles' shift of
    // midnight begins at 08:00 on that day still, and at 07:00 from the next day on.
    const night = template('night', 'America/Los_Angeles', { days: WEEKDAYS, startMinute: 0, endMinute: 480 });
    const of = team([night], [requirement('always')], { hubs: [hub('nyc', 'America/New_York')] });
    expect(worse(check(of))).toEqual(['2026-03-08 07:00 08:00 gap clock-change']);
  });

  test('a single person too few is thin', () => {
    const two = { ...wanted, minimum: 2, target: 2 };
    const other = template('other', 'Europe/Lisbon');
    const pair = team([office, other], [two], { hubs: [lisbon] });
    const absences = [away('other', '2026-01-20T00:00', '2026-01-21T00:00')];
    expect(worse(check(pair, plan({ absences })))).toEqual([
      '2026-01-20 09:00 17:00 thin absence agt_other',
      '2026-06-10 08:00 16:00 thin holiday hub_lisbon Dia de Portugal',
    ]);
  });

  test('is not a matter of minutes', () => {
    const absences = [away('office', '2026-01-20T12:00', '2026-01-20T12:04'), away('office', '2026-01-21T12:00', '2026-01-21T12:05')];
    expect(worse(check(staffed, plan({ absences })))).toEqual([
      '2026-01-21 12:00 12:05 gap absence agt_office',
      '2026-06-10 08:00 16:00 gap holiday hub_lisbon Dia de Portugal',
    ]);
  });

  test('concerns only requirements that are in use and people who qualify', () => {
    expect(check(team([office], [{ ...wanted, isActive: false }])).regimes.every((each) => each.requirements.length === 0)).toBe(true);
    const leads = { ...wanted, selector: { ...EVERYBODY, tiers: ['lead'] as const } };
    const found = check(team([office], [leads], { hubs: [lisbon] }));
    // nobody ever: that is the ordinary week, and no day is worse
    expect(worse(found)).toEqual([]);
    expect(only(found.regimes[0]?.requirements ?? [])).toMatchObject({ weeklyWantedMs: 40 * HOUR_MS, weeklyCoveredMs: 0 });
  });
});

/** Published shifts as the rotations make them. */
function planned(of: Roster, until: Instant): readonly Shift[] {
  return of.rotations
    .flatMap((each) => rotationShifts(of, each, date('2025-12-28'), date('2027-01-10'), ZONE_DATA))
    .filter(({ body }) => body.startAt < until)
    .map(({ shiftId, body }) => ({ shiftId, revision: 1, published: body, cancelled: null, draft: { kind: 'same' } }));
}

test('every quarter of an hour of the year is what its exception says, or no worse than its week says', () => {
  const cities = [
    template('syd', 'Australia/Sydney', { days: WEEKDAYS, startMinute: 480 }),
    template('lon', 'Europe/London'),
    template('sfo', 'America/Los_Angeles', { startMinute: 600, endMinute: 1110 }),
    template('ktm', 'Asia/Kathmandu', { days: ['sun', 'tue', 'thu'], cycleWeeks: 3, activeWeeks: [0, 2] }),
  ];
  // open from 20:00 to 18:00
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, [{ openMinute: 1200, closeMinute: 1080 }]]));
  const of = team(cities, [requirement('two', { minimum: 2, window: { zone: 'Europe/London', week } })]);
  const found = check(of);
  const shifts = planned(of, at('2027-01-05T00:00Z')).flatMap((shift) => shift.published ?? []);
  const byDay = new Map<number, ShiftBody[]>();
  for (const each of shifts) {
    const day = Math.floor(each.startAt / DAY_MS);
    byDay.set(day, [...(byDay.get(day) ?? []), each]);
  }
  const ranks = ['ok', 'thin', 'gap'];
  const counts = { quarters: 0, ordinary: 0, exceptional: 0 };
  const wrong: string[] = [];
  for (let now = JANUARY as number; now < found.to; now += 15 * MINUTE_MS) {
    const day = Math.floor(now / DAY_MS);
    const around = [...(byDay.get(day - 1) ?? []), ...(byDay.get(day) ?? [])];
    const people = new Set(around.filter((each) => each.startAt <= now && now < each.endAt).map((each) => each.agentId)).size;
    const london = Math.floor((now + (isSummer(now) ? HOUR_MS : 0)) / MINUTE_MS) % DAY_MINUTES;
    const real = (london >= 1080 && london < 1200) || people >= 2 ? 'ok' : people === 0 ? 'gap' : 'thin';
    const told = stateAt(found, instant(now));
    const isRight = told.exception === null ? ranks.indexOf(real) <= ranks.indexOf(told.week) : told.exception === real;
    if (!isRight) wrong.push(`${iso(now)} is ${real}, told ${told.exception ?? told.week}`);
    counts.quarters += 1;
    if (told.week === real) counts.ordinary += 1;
    if (told.exception !== null) counts.exceptional += 1;
  }
  expect(wrong).toEqual([]);
  expect(counts.quarters).toBe(365 * 96);
  // in one week of three nobody is in Kathmandu, for eight hours on three days
  expect(counts.ordinary).toBeGreaterThanOrEqual((1 - 24 / 168 / 3) * counts.quarters);
  expect(counts.exceptional).toBeGreaterThan(0);
});

function isSummer(now: number): boolean {
  return now >= at('2026-03-29T01:00Z') && now < at('2026-10-25T01:00Z');
}

function stateAt(found: YearCheck, now: Instant): { readonly week: string; readonly exception: string | null } {
  const regime = found.regimes.find(({ from, to }) => from <= now && now < to);
  const day = Math.floor(now / DAY_MS);
  const minute = (now - day * DAY_MS) / MINUTE_MS;
  const on = (offset: number): string => WEEKDAYS[(((day + 3 + offset) % 7) + 7) % 7] ?? '';
  const holes = regime?.requirements.flatMap((each) => each.holes) ?? [];
  const here = holes.filter(({ days, startMinute, endMinute }) => {
    const isNight = endMinute <= startMinute;
    const today = days.some((each) => each === on(0)) && minute >= startMinute && (isNight || minute < endMinute);
    return today || (isNight && days.some((each) => each === on(-1)) && minute < endMinute);
  });
  const exception = found.exceptions.find((each) => each.from <= now && now < each.to);
  return { week: here.some((each) => each.state === 'gap') ? 'gap' : here.length > 0 ? 'thin' : 'ok', exception: exception?.state ?? null };
}
