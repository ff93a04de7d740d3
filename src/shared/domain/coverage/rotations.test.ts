import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, date, hub, roster, rotation, template } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import { WEEKDAYS, addDays, dateOfEpochDay, epochDayOf, formatLocalDate, weekdayOf } from '../time/local-time.ts';
import type { LocalDate } from '../time/local-time.ts';
import { applyChanges, publish } from './draft.ts';
import { SAME } from './plan.ts';
import { ROTATION_STEPS } from './roster.ts';
import type { Roster, Rotation, ShiftTemplate } from './roster.ts';
import { closeRotation, rotationChanges, rotationShifts } from './rotations.ts';
import type { RotationChange, RotationShift } from './rotations.ts';

const [ANN, BEN, CHO, DEE] = ['ann', 'ben', 'cho', 'dee'].map((name) => agent(name)) as [
  ReturnType<typeof agent>,
  ReturnType<typeof agent>,
  ReturnType<typeof agent>,
  ReturnType<typeof agent>,
];
const PEOPLE = [ANN, BEN, CHO, DEE];

function team(templates: readonly ShiftTemplate[], part: Partial<Roster> = {}): Roster {
  return roster({ agents: PEOPLE, templates, ...part });
}
/** `06-01 ann`, by the local date on which each shift starts. */
function lines(made: readonly RotationShift[]): readonly string[] {
  return made.map(({ body }) => `${formatLocalDate(body.startLocal).slice(5)} ${body.agentId?.slice(4) ?? '-'}`);
}
function turns(of: Roster, each: Rotation, from: string, to: string): readonly string[] {
  return lines(rotationShifts(of, each, date(from), date(to), 'data'));
}
const names = (all: readonly string[]) => all.map((each) => each.slice(6)).join(' ');

describe('step shift', () => {
  const office = template('office', 'UTC');
  const one = rotation('one', [office], [ANN, BEN, CHO], {
    seats: 1,
    step: 'shift',
    anchorDate: date('2026-06-01'),
    from: date('2026-01-01'),
  });

  test('takes turns on days that there is a shift on: closed days take none', () => {
    // 1 June 2026 is a Monday
    expect(turns(team([office]), one, '2026-06-01', '2026-06-09')).toEqual([
      '06-01 ann',
      '06-02 ben',
      '06-03 cho',
      '06-04 ann',
      '06-05 ben',
      '06-08 cho',
      '06-09 ann',
    ]);
  });

  test('takes no turn on holidays that are skipped', () => {
    const berlin = hub('berlin', 'Europe/Berlin', { holidays: [{ date: date('2026-06-04'), name: 'Corpus Christi' }] });
    const closed = { ...office, hubId: berlin.hubId };
    const open: ShiftTemplate = { ...closed, onHolidays: 'work' };
    expect(names(turns(team([closed], { hubs: [berlin] }), one, '2026-06-01', '2026-06-05'))).toBe('ann ben cho ann');
    expect(names(turns(team([open], { hubs: [berlin] }), one, '2026-06-01', '2026-06-05'))).toBe('ann ben cho ann ben');
  });

  test('goes backwards from the anchor, too', () => {
    expect(turns(team([office]), one, '2026-05-27', '2026-06-02')).toEqual([
      '05-27 ann',
      '05-28 ben',
      '05-29 cho',
      '06-01 ann',
      '06-02 ben',
    ]);
  });

  test('runs through several templates in order of time', () => {
    const late = template('late', 'UTC', { startMinute: 14 * 60, endMinute: 22 * 60 });
    const both = { ...one, templateIds: [late.templateId, office.templateId] };
    const made = rotationShifts(team([office, late]), both, date('2026-06-01'), date('2026-06-02'), 'data');
    expect(made.map(({ body }) => `${body.templateId ?? ''} ${body.agentId ?? ''}`)).toEqual([
      'tpl_office agt_ann',
      'tpl_late agt_ben',
      'tpl_office agt_cho',
      'tpl_late agt_ann',
    ]);
  });

  test('counts templates of far zones by time, whichever dates are asked for', () => {
    // at 20:00 UTC it is the next day already in Kiritimati, and in Niue still the day before at 08:00 UTC
    const east = template('east', 'Pacific/Kiritimati', { days: WEEKDAYS, startMinute: 9 * 60, endMinute: 17 * 60 });
    const west = template('west', 'Pacific/Niue', { days: WEEKDAYS, startMinute: 21 * 60, endMinute: 23 * 60 });
    const far = { ...one, templateIds: [east.templateId, west.templateId] };
    const all = rotationShifts(team([east, west]), far, date('2026-06-01'), date('2026-06-12'), 'data');
    const single = Array.from({ length: 12 }, (_, day) => addDays(date('2026-06-01'), day)).flatMap((day) =>
      rotationShifts(team([east, west]), far, day, day, 'data'),
    );
    const byId = (list: readonly RotationShift[]) => list.map((each) => `${each.shiftId} ${each.body.agentId ?? ''}`).sort();
    expect(byId(single)).toEqual(byId(all));
    // the last in the west starts behind the next day's in the east, which was not asked for
    for (const [index, each] of all.slice(0, -1).entries()) {
      expect(each.body.agentId).toBe([ANN, BEN, CHO][index % 3]?.agentId);
    }
  });
});

describe('step day and week', () => {
  const daily = template('daily', 'Asia/Kathmandu', { days: WEEKDAYS });

  test('a day is a local day, closed or not', () => {
    const weekdays = template('weekdays', 'UTC');
    const each = rotation('d', [weekdays], [ANN, BEN, CHO], { seats: 1, step: 'day', anchorDate: date('2026-06-01') });
    expect(names(turns(team([weekdays]), each, '2026-06-01', '2026-06-09'))).toBe('ann ben cho ann ben ben cho');
  });

  test('a week is seven local days from the anchor, on whichever weekday it is', () => {
    const each = rotation('w', [daily], [ANN, BEN], { seats: 1, anchorDate: date('2026-06-04') });
    expect(turns(team([daily]), each, '2026-06-03', '2026-06-11')).toEqual([
      '06-03 ben',
      '06-04 ann',
      '06-05 ann',
      '06-06 ann',
      '06-07 ann',
      '06-08 ann',
      '06-09 ann',
      '06-10 ann',
      '06-11 ben',
    ]);
  });

  test('a week does not drift with the clocks', () => {
    const office = template('ny', 'America/New_York', { days: ['mon'] });
    const each = rotation('w', [office], [ANN, BEN], { seats: 1, anchorDate: date('2026-02-23') });
    const made = rotationShifts(team([office]), each, date('2026-02-23'), date('2026-03-16'), 'data');
    expect(lines(made)).toEqual(['02-23 ann', '03-02 ben', '03-09 ann', '03-16 ben']);
    expect(made.map(({ body }) => new Date(body.startAt).toISOString().slice(11, 16))).toEqual(['14:00', '14:00', '13:00', '13:00']);
  });

  test('all the shifts of a turn are the same people', () => {
    const weekend = template('weekend', 'UTC', { days: ['sat', 'sun'], startMinute: 0, endMinute: 0 });
    const office = template('office', 'UTC');
    const each = rotation('w', [office, weekend], [ANN, BEN], { seats: 1, anchorDate: date('2026-06-01') });
    expect(names(turns(team([office, weekend]), each, '2026-06-01', '2026-06-08'))).toBe('ann ann ann ann ann ann ann ben');
  });
});

describe('seats', () => {
  const office = template('office', 'UTC');
  const two = rotation('two', [office], [ANN, BEN, CHO], { seats: 2, step: 'shift', anchorDate: date('2026-06-01') });

  test('take people one after the other, and go on behind them', () => {
    expect(names(turns(team([office]), two, '2026-06-01', '2026-06-03'))).toBe('ann ben cho ann ben cho');
  });

  test('are everybody when there are as many', () => {
    const made = turns(team([office]), { ...two, seats: 3 }, '2026-06-01', '2026-06-02');
    expect(names(made)).toBe('ann ben cho ann ben cho');
  });

  test('that there are no people for are open, and nobody sits in two', () => {
    expect(names(turns(team([office]), { ...two, seats: 4 }, '2026-06-01', '2026-06-01'))).toBe('ann ben cho -');
    const twice = { ...two, agentIds: [ANN.agentId, ANN.agentId, BEN.agentId] };
    expect(names(turns(team([office]), twice, '2026-06-01', '2026-06-03'))).toBe('ann - ben ann ann ben');
  });
});

describe('people', () => {
  const office = template('office', 'America/Los_Angeles');
  const each = rotation('p', [office], [ANN, BEN], { seats: 1, step: 'shift', anchorDate: date('2026-06-01') });

  test('keep their place when they are gone, and their shifts are open', () => {
    const agents = [{ ...ANN, contract: { hoursPerWeek: 40, from: null, until: date('2026-06-03') } }, BEN];
    expect(names(turns(team([office], { agents }), each, '2026-06-01', '2026-06-05'))).toBe('ann ben ann ben -');
    expect(names(turns(team([office], { agents: [BEN, { ...ANN, isActive: false }] }), each, '2026-06-01', '2026-06-03'))).toBe('- ben -');
    expect(names(turns(team([office], { agents: [BEN] }), each, '2026-06-01', '2026-06-03'))).toBe('- ben -');
  });

  test('are employed by the dates of their own zone', () => {
    // 09:00 on 1 June in Los Angeles is 2 June in Sydney
    const from = { hoursPerWeek: 40, from: date('2026-06-02'), until: null };
    const first = (zone: string) =>
      names(turns(team([office], { agents: [{ ...ANN, zone, contract: from }, BEN] }), each, '2026-06-01', '2026-06-01'));
    expect(first('Australia/Sydney')).toBe('ann');
    expect(first('America/Los_Angeles')).toBe('-');
  });

  test('there must be some, and the rotation and its templates in use', () => {
    expect(turns(team([office]), { ...each, agentIds: [] }, '2026-06-01', '2026-06-05')).toEqual([]);
    expect(turns(team([office]), { ...each, isActive: false }, '2026-06-01', '2026-06-05')).toEqual([]);
    expect(turns(team([{ ...office, isActive: false }]), each, '2026-06-01', '2026-06-05')).toEqual([]);
    expect(turns(team([]), each, '2026-06-01', '2026-06-05')).toEqual([]);
  });
});

describe('shift ids', () => {
  test('are told by rotation, template, date and seat', () => {
    const office = template('0123456789office', 'UTC');
    const each = rotation('duty', [office], [ANN, BEN], { step: 'shift', anchorDate: date('2026-06-01') });
    expect(rotationShifts(team([office]), each, date('2026-06-01'), date('2026-06-01'), 'data').map((made) => made.shiftId)).toEqual([
      'shf_duty-6789office-20260601-0',
      'shf_duty-6789office-20260601-1',
    ]);
  });

  test('of two templates whose ids end alike are different', () => {
    const early = template('early-frankfurt', 'UTC');
    const late = template('late-frankfurt', 'UTC', { startMinute: 14 * 60, endMinute: 22 * 60 });
    const each = rotation('duty', [early, late], [ANN, BEN], { seats: 1, step: 'shift' });
    const made = rotationShifts(team([early, late]), each, date('2026-06-01'), date('2026-06-12'), 'data');
    expect(new Set(made.map(({ shiftId }) => shiftId)).size).toBe(20);
  });
});

const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays(date('2026-02-01'), days));
const scenario = fc
  .record({
    zones: fc.array(fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Niue'), {
      minLength: 1,
      maxLength: 3,
    }),
    weekdays: fc.array(fc.subarray([...WEEKDAYS], { minLength: 1 }), { minLength: 3, maxLength: 3 }),
    step: fc.constantFrom(...ROTATION_STEPS),
    seats: fc.integer({ min: 1, max: 4 }),
    people: fc.integer({ min: 1, max: 4 }),
    anchor: day,
    holidays: fc.array(day, { maxLength: 5 }),
  })
  .map(({ zones, weekdays, step, seats, people, anchor, holidays }) => {
    const site = hub('site', 'UTC', { holidays: holidays.map((each) => ({ date: each, name: 'holiday' })) });
    const templates = zones.map((zone, index) =>
      template(`t${String(index)}`, zone, {
        hubId: site.hubId,
        days: weekdays[index] ?? [],
        startMinute: index * 6 * 60,
        endMinute: index * 6 * 60 + 360,
      }),
    );
    const each = rotation('any', templates, PEOPLE.slice(0, people), { seats, step, anchorDate: anchor, from: date('2025-01-01') });
    return { team: team(templates, { hubs: [site] }), rotation: each };
  });

/** Turn by turn, with a finger on the list. */
function byHand(of: Roster, each: Rotation, from: LocalDate, to: LocalDate): readonly string[] {
  const closed = new Set((of.hubs[0]?.holidays ?? []).map((holiday) => epochDayOf(holiday.date)));
  const first = Math.min(epochDayOf(from), epochDayOf(each.anchorDate)) - 14;
  const starts: { readonly day: number; readonly place: number; readonly at: number }[] = [];
  for (let current = first; current <= Math.max(epochDayOf(to), epochDayOf(each.anchorDate)) + 14; current += 1) {
    of.templates.forEach((shape, place) => {
      const local = dateOfEpochDay(current);
      if (!shape.days.includes(weekdayOf(local)) || closed.has(current)) return;
      const made = rotationShifts(of, { ...each, templateIds: [shape.templateId], step: 'day', seats: 1 }, local, local, '');
      starts.push({ day: current, place, at: made[0]?.body.startAt ?? 0 });
    });
  }
  const anchor = epochDayOf(each.anchorDate);
  const inOrder = starts.toSorted((a, b) => Number(a.day >= anchor) - Number(b.day >= anchor) || a.at - b.at || a.place - b.place);
  const zero = inOrder.findIndex((start) => start.day >= anchor);
  return inOrder
    .map((start, index) => {
      const past = start.day < anchor ? Math.ceil((anchor - start.day) / 7) * -1 : Math.floor((start.day - anchor) / 7);
      const turn = each.step === 'shift' ? index - zero : each.step === 'day' ? start.day - anchor : past;
      const ids = each.agentIds;
      const seated = Array.from({ length: each.seats }, (_, seat) => {
        const place = (turn * each.seats + seat) % ids.length;
        return seat < ids.length ? ids[place < 0 ? place + ids.length : place] : null;
      });
      return { ...start, text: `${String(start.day)} ${String(start.place)} ${seated.map((id) => id ?? '-').join(' ')}` };
    })
    .filter((start) => epochDayOf(from) <= start.day && start.day <= epochDayOf(to))
    .map((start) => start.text)
    .sort();
}

function grouped(each: Rotation, made: readonly RotationShift[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { shiftId, body } of made) {
    const place = each.templateIds.findIndex((templateId) => templateId === body.templateId);
    const key = `${String(epochDayOf(body.startLocal))} ${String(place)}`;
    const seats = groups.get(key) ?? [];
    seats[Number(shiftId.at(-1))] = body.agentId ?? '-';
    groups.set(key, seats);
  }
  return [...groups].map(([key, seats]) => `${key} ${seats.join(' ')}`).sort();
}

describe('rotations of all kinds', () => {
  test('take turns as by hand', () => {
    fc.assert(
      fc.property(scenario, day, fc.integer({ min: 0, max: 20 }), (each, from, length) => {
        const to = addDays(from, length);
        const made = rotationShifts(each.team, each.rotation, from, to, 'data');
        expect(grouped(each.rotation, made)).toEqual(byHand(each.team, each.rotation, from, to));
        expect(made.map(({ body }) => body.startAt)).toEqual(made.map(({ body }) => body.startAt).toSorted((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });

  const changes = fc.record(
    {
      seats: fc.integer({ min: 1, max: 3 }),
      step: fc.constantFrom(...ROTATION_STEPS),
      agentIds: fc.subarray(PEOPLE.map((each) => each.agentId)),
    },
    { requiredKeys: [] },
  );

  test('keep their history when they are closed', () => {
    fc.assert(
      fc.property(scenario, day, changes, (each, from, change) => {
        const { closed, opened } = closeRotation(each.rotation, from, change, makeId('rot', 'next'));
        const all = (of: Rotation) => rotationShifts(each.team, of, date('2026-01-01'), date('2026-08-01'), 'data');
        const isBefore = ({ body }: RotationShift): boolean => epochDayOf(body.startLocal) < epochDayOf(from);
        expect(all(closed)).toEqual(all(each.rotation).filter(isBefore));
        expect(all(opened).some(isBefore)).toBe(false);
        expect(opened).toMatchObject({ supersedes: closed.rotationId, version: closed.version + 1, from });
      }),
      { numRuns: 60 },
    );
  });

  test('go on with the same turns when only people in the places change', () => {
    fc.assert(
      fc.property(scenario, day, (each, from) => {
        const swapped = each.rotation.agentIds.map((agentId) => (agentId === ANN.agentId ? DEE.agentId : agentId));
        fc.pre(each.rotation.agentIds.length < 4);
        const { opened } = closeRotation(each.rotation, from, { agentIds: swapped }, makeId('rot', 'next'));
        const to = addDays(from, 30);
        const people = (of: Rotation) => rotationShifts(each.team, of, from, to, 'data').map(({ body }) => body.agentId);
        expect(people(opened)).toEqual(people(each.rotation).map((agentId) => (agentId === ANN.agentId ? DEE.agentId : agentId)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('closing', () => {
  const office = template('office', 'UTC');
  const each = rotation('r', [office], [ANN, BEN], { seats: 1, from: date('2026-06-01'), until: date('2026-06-30') });

  test('puts a rotation that has not begun out of use', () => {
    const { closed, opened } = closeRotation(each, date('2026-05-01'), {}, makeId('rot', 'next'));
    expect(closed.isActive).toBe(false);
    expect(opened).toMatchObject({ isActive: true, from: date('2026-05-01'), until: date('2026-06-30'), anchorDate: each.anchorDate });
    expect(closeRotation(each, date('2026-06-02'), {}, makeId('rot', 'next')).closed).toMatchObject({
      isActive: true,
      until: date('2026-06-01'),
    });
  });

  test('begins the turns anew when their count changes, even if the change repeats the old anchor', () => {
    const opened = (change: RotationChange) => closeRotation(each, date('2026-06-08'), change, makeId('rot', 'next')).opened.anchorDate;
    expect(opened({ seats: 2 })).toEqual(date('2026-06-08'));
    expect(opened({ seats: 2, anchorDate: each.anchorDate })).toEqual(date('2026-06-08'));
    expect(opened({ seats: 2, anchorDate: date('2026-06-09') })).toEqual(date('2026-06-09'));
    expect(opened({ name: 'other', agentIds: [CHO.agentId, ANN.agentId] })).toEqual(each.anchorDate);
    expect(opened({ anchorDate: date('2026-06-09') })).toEqual(date('2026-06-09'));
  });

  test('of one that has ended opens one without an end', () => {
    const { closed, opened } = closeRotation(each, date('2026-08-01'), { seats: 2 }, makeId('rot', 'next'));
    expect(closed).toEqual(each);
    expect(opened).toMatchObject({ from: date('2026-08-01'), until: null, anchorDate: date('2026-08-01') });
    expect(closeRotation(each, date('2026-08-01'), { until: date('2026-09-01') }, makeId('rot', 'next')).opened.until).toEqual(
      date('2026-09-01'),
    );
  });
});

describe('changes', () => {
  const office = template('office', 'UTC');
  const each = rotation('r', [office], [ANN, BEN], { seats: 1, step: 'shift', anchorDate: date('2026-06-01') });
  const [from, to] = [date('2026-06-01'), date('2026-06-12')];
  const of = team([office]);

  test('make what is missing, once', () => {
    const made = rotationChanges(of, each, [], from, to, 'data');
    expect(made).toHaveLength(10);
    const { shifts } = applyChanges([], made);
    expect(rotationChanges(of, each, shifts, from, to, 'data')).toEqual([]);
    expect(rotationChanges(of, each, publish(shifts).shifts, from, to, 'data')).toEqual([]);
  });

  test('leave alone what was changed by hand, also when it was moved to another day', () => {
    const { shifts } = applyChanges([], rotationChanges(of, each, [], from, to, 'data'));
    const last = shifts.at(-1);
    if (last?.draft.kind !== 'changed') throw new Error('no shift');
    const { body } = last.draft;
    const moved = { ...body, startLocal: { ...body.startLocal, day: 3 }, endLocal: { ...body.endLocal, day: 3 } };
    const changed = applyChanges(shifts, [{ shiftId: last.shiftId, draft: { kind: 'changed', body: moved } }]).shifts;
    expect(rotationChanges(of, each, changed, from, to, 'data')).toEqual([]);
    expect(rotationChanges(of, each, changed, from, date('2026-06-05'), 'data')).toEqual([]);
  });

  test('replace the shifts of a version by those of the next', () => {
    const { shifts } = publish(applyChanges([], rotationChanges(of, each, [], from, to, 'data')).shifts);
    const { closed, opened } = closeRotation(each, date('2026-06-08'), { agentIds: [CHO.agentId] }, makeId('rot', 'next'));
    const removals = rotationChanges(of, closed, shifts, from, to, 'data');
    expect(removals.map((change) => change.draft.kind)).toEqual(Array.from({ length: 5 }, () => 'removed'));
    const cleared = applyChanges(shifts, removals).shifts;
    const after = publish(applyChanges(cleared, rotationChanges(of, opened, cleared, from, to, 'data')).shifts).shifts;
    const left = after.flatMap((row) => (row.published === null ? [] : [row.published]));
    expect(left.map((body) => body.agentId === CHO.agentId)).toEqual([
      ...Array.from({ length: 5 }, () => false),
      ...Array.from({ length: 5 }, () => true),
    ]);
  });

  test('leave the shifts of others alone', () => {
    const manual = { shiftId: makeId('shf', 'manual'), revision: 0, published: null, cancelled: null, draft: SAME };
    const [first] = rotationShifts(of, { ...each, rotationId: makeId('rot', 'r-2') }, from, from, 'data');
    if (first === undefined) throw new Error('no shift');
    const other = { ...manual, shiftId: first.shiftId, published: first.body };
    const gone = { ...each, agentIds: [] };
    expect(rotationChanges(of, gone, [other], from, to, 'data')).toEqual([]);
  });
});
