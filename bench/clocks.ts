import { addDays as addDateDays } from 'date-fns';
import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';
import { DateTime } from 'luxon';
import { WEEKDAYS } from '../src/shared/domain/time/local-time.ts';
import type { Weekday } from '../src/shared/domain/time/local-time.ts';
import { openTimeOf } from '../src/shared/domain/time/open-time.ts';
import type { BusinessCalendar, WallWindow } from '../src/shared/domain/time/calendar.ts';
import { HOUR_MS, instant } from '../src/shared/domain/time.ts';
import type { Instant } from '../src/shared/domain/time.ts';

/** Six calendars in six zones: lunch breaks, half-hour zones, both hemispheres' daylight saving time. */
const ZONES = ['Asia/Singapore', 'Europe/Lisbon', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Adelaide', 'America/New_York'] as const;
const WINDOWS: readonly WallWindow[] = [
  { openMinute: 9 * 60, closeMinute: 12 * 60 + 30 },
  { openMinute: 13 * 60 + 30, closeMinute: 18 * 60 },
];
const WORKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

interface Clock {
  readonly zone: string;
  readonly start: Instant;
  readonly targetMs: number;
}

/** Seeded, so that every run measures the same clocks; a third lie within two days of a change of clocks. */
function clocks(count: number): Clock[] {
  let seed = 20_261_124;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const changes = [
    Date.UTC(2026, 2, 29, 1),
    Date.UTC(2026, 9, 25, 1),
    Date.UTC(2026, 2, 8, 10),
    Date.UTC(2026, 10, 1, 9),
    Date.UTC(2026, 3, 4, 16),
  ];
  return Array.from({ length: count }, (_unused, index) => {
    const base =
      index % 3 === 0
        ? (changes[Math.floor(random() * changes.length)] ?? 0) + (random() - 0.5) * 4 * 24 * HOUR_MS
        : Date.UTC(2026, 0, 1) + random() * 365 * 24 * HOUR_MS;
    return {
      zone: ZONES[index % ZONES.length] ?? 'UTC',
      start: instant(Math.round(base / 60_000) * 60_000),
      targetMs: Math.ceil(random() * 40 * 60) * 60_000,
    };
  });
}

function calendarOf(zone: string): BusinessCalendar {
  const week = Object.fromEntries(WORKDAYS.map((day) => [day, WINDOWS]));
  return { id: zone, name: zone, versions: [{ effectiveFrom: instant(0), zone, week, exceptions: [] }] };
}

/** Day by day with a library, as one writes it at first: the open spans of a local day, from wall times. */
type SpansOfDay = (clock: Clock, day: number) => readonly (readonly [number, number])[];

function naiveDue(clock: Clock, spansOfDay: SpansOfDay): number {
  let left = clock.targetMs;
  for (let day = 0; day < 366; day += 1) {
    for (const [open, close] of spansOfDay(clock, day)) {
      const from = Math.max(open, clock.start);
      if (close <= from) continue;
      if (close - from >= left) return from + left;
      left -= close - from;
    }
  }
  return Number.NaN;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

const withDateFns: SpansOfDay = ({ zone, start }, day) => {
  const date = formatInTimeZone(addDateDays(new Date(start), day), zone, 'yyyy-MM-dd');
  if (!WORKDAYS.includes(WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'sun')) return [];
  const at = (minute: number): number => fromZonedTime(`${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`, zone).getTime();
  return WINDOWS.map(({ openMinute, closeMinute }) => [at(openMinute), at(closeMinute)]);
};

const withLuxon: SpansOfDay = ({ zone, start }, day) => {
  const date = DateTime.fromMillis(start, { zone }).startOf('day').plus({ days: day });
  if (date.weekday > 5) return [];
  const at = (minute: number): number => date.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
  return WINDOWS.map(({ openMinute, closeMinute }) => [at(openMinute), at(closeMinute)]);
};

export interface ClockResult {
  readonly clocks: number;
  readonly duePerSecond: number;
  readonly elapsedPerSecond: number;
  /** Per library: how fast a straightforward implementation is, and on how many of the same clocks it agrees. */
  readonly baselines: readonly {
    readonly library: string;
    readonly clocks: number;
    readonly duePerSecond: number;
    readonly agree: number;
  }[];
}

function perSecond(count: number, work: () => void): number {
  const begun = performance.now();
  work();
  return (count / (performance.now() - begun)) * 1000;
}

/** Due and elapsed for many clocks by the open-time tables, next to a call-by-call implementation with two libraries. */
export function measureClocks(count: number): ClockResult {
  const all = clocks(count);
  const books = new Map(ZONES.map((zone) => [zone as string, openTimeOf([calendarOf(zone)])]));
  const dueOf = (clock: Clock): number => books.get(clock.zone)?.due(clock.start, clock.targetMs, []) ?? Number.NaN;
  const due = new Float64Array(count);
  // The tables are made once in the life of the app, so that is not what is measured.
  for (const clock of all.slice(0, 1_000)) dueOf(clock);
  const duePerSecond = perSecond(count, () => {
    for (const [index, clock] of all.entries()) due[index] = dueOf(clock);
  });
  let wrong = 0;
  const elapsedPerSecond = perSecond(count, () => {
    for (const [index, clock] of all.entries()) {
      if (books.get(clock.zone)?.elapsed(clock.start, instant(due[index] ?? 0), []) !== clock.targetMs) wrong += 1;
    }
  });
  if (wrong > 0) throw new Error(`elapsed until due is not the target for ${wrong} clocks`);
  const sample = all.slice(0, Math.max(200, Math.floor(count / 100)));
  const baselines = (
    [
      ['date-fns-tz', withDateFns],
      ['luxon', withLuxon],
    ] as const
  ).map(([library, spans]) => {
    let agree = 0;
    const rate = perSecond(sample.length, () => {
      for (const [index, clock] of sample.entries()) if (naiveDue(clock, spans) === due[index]) agree += 1;
    });
    return { library, clocks: sample.length, duePerSecond: rate, agree };
  });
  return { clocks: count, duePerSecond, elapsedPerSecond, baselines };
}
