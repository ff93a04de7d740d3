import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { at, date, template } from '../../../../test/coverage/team.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { WEEKDAYS, addDays, epochDayOf, formatLocalDate } from '../time/local-time.ts';
import type { LocalDate } from '../time/local-time.ts';
import type { ShiftTemplate } from './roster.ts';
import { templateShifts } from './templates.ts';
import type { TemplateShift } from './templates.ts';

const ALL = WEEKDAYS;

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}
function shiftsOf(each: ShiftTemplate, from: string, to: string): readonly TemplateShift[] {
  return templateShifts(each, date(from), date(to), []);
}
function spans(each: ShiftTemplate, from: string, to: string): readonly string[] {
  return shiftsOf(each, from, to).map(({ startAt, endAt }) => `${iso(startAt)} ${iso(endAt)}`);
}
function days(each: ShiftTemplate, from: string, to: string): readonly string[] {
  return shiftsOf(each, from, to).map((shift) => formatLocalDate(shift.date).slice(5));
}

describe('shifts of a template', () => {
  test('keep their wall times over a change of the clocks', () => {
    const office = template('office', 'America/New_York');
    expect(spans(office, '2026-03-06', '2026-03-09')).toEqual(['2026-03-06T14:00 2026-03-06T22:00', '2026-03-09T13:00 2026-03-09T21:00']);
  });

  test('have zones of half and of quarter hours', () => {
    expect(spans(template('k', 'Asia/Kathmandu'), '2026-01-15', '2026-01-15')).toEqual(['2026-01-15T03:15 2026-01-15T11:15']);
    expect(spans(template('c', 'Pacific/Chatham', { days: ALL }), '2026-01-15', '2026-01-15')).toEqual([
      '2026-01-14T19:15 2026-01-15T03:15',
    ]);
  });

  // lengths of a night from 22:00 to 06:00 over changes of the clocks
  test.each([
    ['America/New_York', '2026-03-07', 7],
    ['America/New_York', '2026-10-31', 9],
    ['Australia/Lord_Howe', '2026-04-04', 8.5],
    ['Australia/Lord_Howe', '2026-10-03', 7.5],
    ['Africa/Cairo', '2026-04-23', 7],
    ['Africa/Cairo', '2026-10-29', 9],
    ['Antarctica/Troll', '2026-03-28', 6],
  ])('in %s of the night of %s last %s hours', (zone, day, hours) => {
    const night = template('night', zone, { days: ALL, startMinute: 22 * 60, endMinute: 6 * 60 });
    expect(shiftsOf(night, day, day).map(({ startAt, endAt }) => (endAt - startAt) / HOUR_MS)).toEqual([hours]);
  });

  test('that start in a skipped hour start behind it', () => {
    const midnight = template('midnight', 'Africa/Cairo', { days: ALL, startMinute: 0, endMinute: 8 * 60 });
    expect(shiftsOf(midnight, '2026-04-23', '2026-04-25').map(({ startAt }) => startAt)).toEqual([
      at('2026-04-22T22:00Z'),
      at('2026-04-23T22:00Z'),
      at('2026-04-24T21:00Z'),
    ]);
  });

  test('do not exist on a date that does not exist', () => {
    const noon = template('noon', 'Pacific/Apia', { days: ALL, startMinute: 12 * 60, endMinute: 20 * 60 });
    expect(spans(noon, '2011-12-29', '2012-01-01')).toEqual([
      '2011-12-29T22:00 2011-12-30T06:00',
      '2011-12-30T22:00 2011-12-31T06:00',
      '2011-12-31T22:00 2012-01-01T06:00',
    ]);
    expect(days(noon, '2011-12-29', '2012-01-01')).toEqual(['12-29', '12-31', '01-01']);
    // a night into the date that is left out ends when its hour is next shown
    const night = template('night', 'Pacific/Apia', { days: ALL, startMinute: 22 * 60, endMinute: 6 * 60 });
    expect(spans(night, '2011-12-29', '2011-12-30')).toEqual(['2011-12-30T08:00 2011-12-30T16:00']);
  });

  test('of which the clocks leave nothing are none', () => {
    const skipped = template('skipped', 'Europe/Berlin', { days: ALL, startMinute: 2 * 60, endMinute: 3 * 60 });
    expect(days(skipped, '2026-03-28', '2026-03-30')).toEqual(['03-28', '03-30']);
    const turned = template('turned', 'Europe/Berlin', { days: ALL, startMinute: 150, endMinute: 180 });
    expect(days(turned, '2026-03-28', '2026-03-30')).toEqual(['03-28', '03-30']);
    const whole = template('whole', 'Europe/Berlin', { days: ALL, startMinute: 0, endMinute: 0 });
    expect(shiftsOf(whole, '2026-03-29', '2026-03-29').map(({ startAt, endAt }) => endAt - startAt)).toEqual([23 * HOUR_MS]);
  });

  test('are not made on holidays, unless they are to be worked', () => {
    const holidays = [{ date: date('2026-05-01'), name: 'Labour Day' }];
    const nights = template('n', 'Asia/Singapore', { days: ALL, startMinute: 22 * 60, endMinute: 6 * 60 });
    const made = (each: ShiftTemplate) => templateShifts(each, date('2026-04-30'), date('2026-05-02'), holidays).length;
    expect(made(nights)).toBe(2);
    expect(made({ ...nights, onHolidays: 'work' })).toBe(3);
  });

  test('are not made before, behind or without validity', () => {
    const some = template('v', 'UTC', { days: ALL, validFrom: date('2026-06-02'), validUntil: date('2026-06-03') });
    expect(days(some, '2026-06-01', '2026-06-05')).toEqual(['06-02', '06-03']);
    expect(days({ ...some, isActive: false }, '2026-06-01', '2026-06-05')).toEqual([]);
    expect(days(some, '2026-06-03', '2026-06-01')).toEqual([]);
  });

  test('count the weeks of a cycle from the anchor date, in both directions', () => {
    // anchored on a Wednesday: its weeks run from Wednesday to Tuesday
    const cycle = template('w', 'UTC', { days: ALL, cycleWeeks: 3, activeWeeks: [0], anchorDate: date('2026-06-03') });
    expect(days(cycle, '2026-06-01', '2026-06-30')).toEqual(
      ['03', '04', '05', '06', '07', '08', '09', '24', '25', '26', '27', '28', '29', '30'].map((day) => `06-${day}`),
    );
    expect(days(cycle, '2026-05-10', '2026-06-02')).toEqual(['13', '14', '15', '16', '17', '18', '19'].map((day) => `05-${day}`));
    expect(days({ ...cycle, activeWeeks: [2] }, '2026-05-20', '2026-06-03').at(-1)).toBe('06-02');
  });

  test('have breaks, those before the start minute on the next day', () => {
    const night = template('n', 'Europe/Berlin', {
      days: ALL,
      startMinute: 20 * 60,
      endMinute: 6 * 60,
      breaks: [
        { openMinute: 3 * 60, closeMinute: 3 * 60 + 15 },
        { openMinute: 23 * 60 + 30, closeMinute: 15 },
        { openMinute: 12 * 60, closeMinute: 13 * 60 },
        { openMinute: 5 * 60 + 30, closeMinute: 6 * 60 + 30 },
      ],
    });
    expect(
      shiftsOf(night, '2026-10-24', '2026-10-24').flatMap(({ breaks }) => breaks.map((each) => `${iso(each.startAt)} ${iso(each.endAt)}`)),
    ).toEqual(['2026-10-24T21:30 2026-10-24T22:15', '2026-10-25T02:00 2026-10-25T02:15', '2026-10-25T04:30 2026-10-25T05:00']);
  });
});

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Africa/Cairo',
  'America/Santiago',
  'America/St_Johns',
  'Asia/Beirut',
  'America/Havana',
];
const minutes = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
const anyTemplate = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    days: fc.subarray([...WEEKDAYS]),
    startMinute: minutes,
    endMinute: fc.oneof(minutes, fc.constant(1440)),
    cycleWeeks: fc.integer({ min: 1, max: 4 }),
    active: fc.subarray([0, 1, 2, 3]),
    anchor: fc.integer({ min: -200, max: 900 }),
    breaks: fc.array(
      fc.tuple(minutes, minutes).map(([openMinute, closeMinute]) => ({ openMinute, closeMinute })),
      { maxLength: 2 },
    ),
  })
  .map(({ active, anchor, ...part }) =>
    template('any', part.zone, { ...part, activeWeeks: active, anchorDate: addDays(date('2026-01-01'), anchor) }),
  );
const anyDay = fc.integer({ min: 0, max: 700 }).map((day) => addDays(date('2025-06-01'), day));

/** The same rules once more, day by day, by another implementation of time zones. */
function byTemporal(each: ShiftTemplate, from: LocalDate, to: LocalDate): readonly string[] {
  const found: string[] = [];
  const anchor = Temporal.PlainDate.from(each.anchorDate);
  const last = Temporal.PlainDate.from(to);
  for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const weekday = WEEKDAYS[day.dayOfWeek - 1] ?? 'mon';
    let week = 0;
    for (let first = anchor; Temporal.PlainDate.compare(first, day) > 0; first = first.subtract({ weeks: 1 })) week -= 1;
    for (let next = anchor.add({ weeks: 1 }); Temporal.PlainDate.compare(next, day) <= 0; next = next.add({ weeks: 1 })) week += 1;
    while (week < 0) week += each.cycleWeeks;
    while (week >= each.cycleWeeks) week -= each.cycleWeeks;
    if (!each.days.includes(weekday) || (each.cycleWeeks > 1 && !each.activeWeeks.includes(week))) continue;
    const instantOf = (minute: number): number =>
      day.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(each.zone, { disambiguation: 'compatible' }).epochMilliseconds;
    const start = instantOf(each.startMinute);
    const end = instantOf(each.endMinute <= each.startMinute ? each.endMinute + 1440 : each.endMinute);
    if (start < end) found.push(`${day.toString()} ${iso(start)} ${iso(end)}`);
  }
  return found;
}

describe('templates of all kinds', () => {
  test('are read as another implementation of time zones reads them', () => {
    fc.assert(
      fc.property(anyTemplate, anyDay, fc.integer({ min: 0, max: 20 }), (each, from, length) => {
        const to = addDays(from, length);
        const found = templateShifts(each, from, to, []).map(
          (shift) => `${formatLocalDate(shift.date)} ${iso(shift.startAt)} ${iso(shift.endAt)}`,
        );
        expect(found).toEqual(byTemporal(each, from, to));
      }),
      { numRuns: 150 },
    );
  });

  test('make the same shifts in one piece as in two', () => {
    fc.assert(
      fc.property(anyTemplate, anyDay, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (each, from, first, second) => {
        const middle = addDays(from, first);
        const to = addDays(middle, second);
        expect([...templateShifts(each, from, middle, []), ...templateShifts(each, addDays(middle, 1), to, [])]).toEqual(
          templateShifts(each, from, to, []),
        );
      }),
    );
  });

  test('have breaks within their shifts, and shifts on their dates', () => {
    fc.assert(
      fc.property(anyTemplate, anyDay, (each, from) => {
        for (const shift of templateShifts(each, from, addDays(from, 20), [])) {
          expect(epochDayOf(shift.startLocal)).toBe(epochDayOf(shift.date));
          expect(shift.endAt - shift.startAt).toBeLessThanOrEqual(DAY_MS + 120 * MINUTE_MS);
          for (const pause of shift.breaks) {
            expect(pause.startAt).toBeGreaterThanOrEqual(shift.startAt);
            expect(pause.startAt).toBeLessThan(pause.endAt);
            expect(pause.endAt).toBeLessThanOrEqual(shift.endAt);
          }
        }
      }),
    );
  });
});
