import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS, instant } from '../time.ts';
import type { BusinessCalendar, CalendarVersion, Span, WallWindow } from './calendar.ts';
import { WEEKDAYS, dateOfEpochDay } from './local-time.ts';
import { OpenTime } from './open-time.ts';
import { runtimeOffset } from './zone-offsets.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Africa/Cairo',
  'America/Santiago',
  'America/St_Johns',
  'UTC',
] as const;

const BEGIN = Date.UTC(2025, 11, 1);
const END = Date.UTC(2027, 0, 31);

/** Moments near the clock changes of many zones, and any others. */
const moments = fc
  .oneof(
    fc.integer({ min: BEGIN / SECOND_MS, max: END / SECOND_MS }),
    ...[
      [2026, 2, 8],
      [2026, 2, 29],
      [2026, 3, 5],
      [2026, 3, 24],
      [2026, 8, 6],
      [2026, 8, 27],
      [2026, 9, 4],
      [2026, 9, 25],
      [2026, 10, 1],
    ].map(([year = 0, month = 0, day = 0]) => {
      const middle = Date.UTC(year, month, day) / SECOND_MS;
      return fc.integer({ min: middle - 2 * 86_400, max: middle + 2 * 86_400 });
    }),
  )
  .map((second) => instant(second * SECOND_MS));

function calendars(minutes: readonly number[]): fc.Arbitrary<BusinessCalendar> {
  const window: fc.Arbitrary<WallWindow> = fc
    .tuple(fc.constantFrom(...minutes), fc.constantFrom(...minutes, 1440))
    .map(([open, closeMinute]) => ({ openMinute: open % 1440, closeMinute }));
  const windows = fc.array(window, { maxLength: 3 });
  const firstDay = Math.floor(BEGIN / DAY_MS);
  const version: fc.Arbitrary<CalendarVersion> = fc.record({
    effectiveFrom: fc.constant(instant(0)),
    zone: fc.constantFrom(...ZONES),
    week: fc.tuple(window, ...WEEKDAYS.map(() => windows)).map(([sure, ...rest]) => ({
      ...Object.fromEntries(WEEKDAYS.map((day, index) => [day, rest[index] ?? []])),
      mon: [sure],
    })),
    exceptions: fc.uniqueArray(
      fc.record({
        date: fc.integer({ min: firstDay, max: firstDay + 420 }).map(dateOfEpochDay),
        windows: fc.array(window, { maxLength: 2 }),
      }),
      { maxLength: 12, selector: ({ date }) => `${String(date.month)}-${String(date.day)}-${String(date.year)}` },
    ),
  });
  return version.map((each) => ({ id: 'calendar', name: 'Calendar', versions: [each] }));
}

/** Every quarter of the day, in and around clock changes. */
const anyHours = fc.array(calendars(Array.from({ length: 96 }, (_, quarter) => quarter * 15)), { minLength: 1, maxLength: 3 });
const pauses: fc.Arbitrary<readonly Span[]> = fc.array(
  fc.tuple(moments, fc.integer({ min: 0, max: 5 * 86_400 })).map(([from, seconds]) => ({ from, to: instant(from + seconds * SECOND_MS) })),
  { maxLength: 4 },
);
const targets = fc
  .oneof(
    fc.integer({ min: 1, max: 4 * 86_400 }),
    fc.integer({ min: 1, max: 240 }).map((minutes) => minutes * 60),
  )
  .map((seconds) => seconds * SECOND_MS);

function reached(time: OpenTime, start: number, target: number, without: readonly Span[] = []): number {
  const found = time.due(start, target, without);
  if (found === null) throw new Error('never opens');
  return found;
}

describe('open time', () => {
  test('elapsed until due is the target, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(anyHours, moments, targets, pauses, (hours, start, target, without) => {
        const time = new OpenTime(hours);
        const due = reached(time, start, target, without);
        expect(time.elapsed(start, due, without)).toBe(target);
        expect(time.elapsed(start, due - 1, without)).toBe(target - 1);
      }),
      { numRuns: 150 },
    );
  });

  test('due is monotone in start and target, and a pause never brings it nearer', () => {
    fc.assert(
      fc.property(
        anyHours,
        moments,
        targets,
        targets,
        fc.integer({ min: 0, max: 9 * 86_400 }),
        pauses,
        (hours, start, target, more, later, without) => {
          const time = new OpenTime(hours);
          const due = reached(time, start, target, without);
          expect(reached(time, start, target + more, without)).toBeGreaterThan(due);
          expect(reached(time, start + later * SECOND_MS, target, without)).toBeGreaterThanOrEqual(due);
          expect(due).toBeGreaterThanOrEqual(reached(time, start, target, without.slice(1)));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('splitting a stretch changes no elapsed time', () => {
    fc.assert(
      fc.property(anyHours, fc.tuple(moments, moments, moments), pauses, (hours, three, without) => {
        const time = new OpenTime(hours);
        const [from = 0, middle = 0, to = 0] = three.toSorted((a, b) => a - b);
        expect(time.elapsed(from, middle, without) + time.elapsed(middle, to, without)).toBe(time.elapsed(from, to, without));
        expect(time.elapsed(to, from, without)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test('versions count for their own time each', () => {
    fc.assert(
      fc.property(anyHours, anyHours, moments, fc.tuple(moments, moments), (older, newer, change, ends) => {
        const [from = 0, to = 0] = ends.toSorted((a, b) => a - b);
        const [first] = older.flatMap((each) => each.versions);
        const [second] = newer.flatMap((each) => each.versions);
        if (first === undefined || second === undefined) throw new Error('no version');
        const alone = (version: CalendarVersion) => new OpenTime([{ id: 'one', name: '', versions: [version] }]);
        const both = new OpenTime([{ id: 'both', name: '', versions: [first, { ...second, effectiveFrom: change }] }]);
        const expected = alone(first).elapsed(from, Math.min(to, change)) + alone(second).elapsed(Math.max(from, change), to);
        expect(both.elapsed(from, to)).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });

  test('what was asked before changes no answer', () => {
    fc.assert(
      fc.property(anyHours, fc.array(fc.tuple(moments, targets), { minLength: 2, maxLength: 5 }), (hours, asked) => {
        const warm = new OpenTime(hours);
        warm.elapsed(Date.UTC(2020, 0, 1), Date.UTC(2020, 5, 1));
        for (const [start, target] of asked) {
          expect(warm.due(start, target)).toBe(new OpenTime(hours).due(start, target));
          expect(warm.elapsed(start, start + target)).toBe(new OpenTime(hours).elapsed(start, start + target));
        }
      }),
      { numRuns: 40 },
    );
  });

  /**
   * Asks the runtime what the clocks show, quarter by quarter of an hour, and looks it up in the hours: as slow and as plain as can
   * be. Windows begin and end outside the hours that the clocks jump over or repeat, where only the rules decide.
   */
  test('agrees with stepping through the time', () => {
    const plain = fc.array(calendars([0, 5.25, 6, 9, 12.5, 13.75, 17, 20, 22].map((hour) => hour * 60)), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(plain, moments, (hours, start) => {
        // every window and every offset of these zones is a multiple of a quarter of an hour
        const quarter = 15 * MINUTE_MS;
        const from = Math.floor(start / quarter) * quarter;
        let open = 0;
        for (let at = from; at < from + 3 * DAY_MS; at += quarter) {
          if (hours.some((each) => isOpenByTheClock(each, at))) open += quarter;
        }
        expect(new OpenTime(hours).elapsed(from, from + 3 * DAY_MS)).toBe(open);
      }),
      { numRuns: 200 },
    );
  });
});

function isOpenByTheClock(calendar: BusinessCalendar, at: number): boolean {
  const [version] = calendar.versions;
  if (version === undefined) return false;
  const wall = at + runtimeOffset(version.zone, at);
  const day = Math.floor(wall / DAY_MS);
  const minute = (wall - day * DAY_MS) / MINUTE_MS;
  const exceptionOn = (which: number) =>
    version.exceptions.find(({ date }) => Date.UTC(date.year, date.month - 1, date.day) === which * DAY_MS)?.windows;
  const weeklyOn = (which: number) => version.week[WEEKDAYS[(((which + 3) % 7) + 7) % 7] ?? 'mon'] ?? [];
  const today = ({ openMinute, closeMinute }: WallWindow) => minute >= openMinute && (closeMinute <= openMinute || minute < closeMinute);
  const sinceYesterday = ({ openMinute, closeMinute }: WallWindow) => closeMinute <= openMinute && minute < closeMinute;
  const own = exceptionOn(day);
  const isWeeklyOpen = own === undefined && (weeklyOn(day).some(today) || weeklyOn(day - 1).some(sinceYesterday));
  return isWeeklyOpen || (own ?? []).some(today) || (exceptionOn(day - 1) ?? []).some(sinceYesterday);
}
