import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLocalDateTime, weekdayOf } from '../time/local-time.ts';
import { toLocal } from '../time/zone.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { nextWorkingMorning, sendTimes, SOONEST_MS, tomorrowMorning } from './send-times.ts';
import { freeDaysOf } from './weekends.ts';

const SHANGHAI = { zone: 'Asia/Shanghai' };
const LISBON = { zone: 'Europe/Lisbon' };
const utc = (text: string): Instant => instant(Date.parse(`${text}:00Z`));
const inUtc = (at: Instant): string => new Date(at).toISOString().slice(0, 16);

describe('the next working morning', () => {
  test.each([
    // Tuesday evening in Shanghai: Wednesday, 09:00 there
    ['2026-11-24T12:00', '2026-11-25T01:00'],
    // Wednesday, 08:00 there: today
    ['2026-11-25T00:00', '2026-11-25T01:00'],
    // four minutes before it begins is as good as now
    ['2026-11-25T00:56', '2026-11-26T01:00'],
    ['2026-11-25T00:55', '2026-11-25T01:00'],
    // Friday, noon there: Monday
    ['2026-11-27T04:00', '2026-11-30T01:00'],
    // Saturday in UTC, Sunday there
    ['2026-11-28T20:00', '2026-11-30T01:00'],
  ])('at %s in Shanghai it is %s', (now, expected) => {
    expect(inUtc(nextWorkingMorning(SHANGHAI, utc(now)))).toBe(expected);
  });

  test('where people work on Sundays it is a Sunday, and never a Friday', () => {
    // Thursday evening in Riyadh (UTC+3)
    expect(inUtc(nextWorkingMorning({ zone: 'Asia/Riyadh' }, utc('2026-11-26T18:00')))).toBe('2026-11-29T06:00');
  });

  test('an offset alone has Saturdays and Sundays, too', () => {
    // Friday, 21:00 at UTC+5:30
    expect(inUtc(nextWorkingMorning({ offsetMinutes: 330 }, utc('2026-11-27T15:30')))).toBe('2026-11-30T03:30');
  });

  test('the clocks change in the night before it', () => {
    // Sunday, 25 October 2026: summer time ends in Lisbon at 01:00 UTC
    expect(inUtc(nextWorkingMorning(LISBON, utc('2026-10-24T12:00')))).toBe('2026-10-26T09:00');
    expect(inUtc(tomorrowMorning(LISBON, utc('2026-10-24T12:00')))).toBe('2026-10-25T09:00');
    expect(inUtc(tomorrowMorning(LISBON, utc('2026-10-23T12:00')))).toBe('2026-10-24T08:00');
  });

  const zones = fc.constantFrom(
    'Asia/Shanghai',
    'Europe/Lisbon',
    'America/New_York',
    'Asia/Kathmandu',
    'Asia/Riyadh',
    'Australia/Lord_Howe',
    'Asia/Tehran',
  );
  const instants = fc.integer({ min: utc('2024-01-01T00:00'), max: utc('2031-01-01T00:00') }).map(instant);

  test('is 09:00 of a working day there, soon enough, and none comes before it', () => {
    fc.assert(
      fc.property(zones, instants, (zone, now) => {
        const at = nextWorkingMorning({ zone }, now);
        const local = toLocal(zone, at);
        expect(formatLocalDateTime(local).slice(11, 16)).toBe('09:00');
        expect(freeDaysOf(zone).has(weekdayOf(local))).toBe(false);
        expect(at - now).toBeGreaterThanOrEqual(SOONEST_MS);
        // every earlier hour that is one would have been it
        for (let earlier = at - DAY_MS - 2 * HOUR_MS; earlier < at; earlier += 30 * MINUTE_MS) {
          const clock = toLocal(zone, instant(earlier));
          const isMorning = clock.hour === 9 && clock.minute === 0 && !freeDaysOf(zone).has(weekdayOf(clock));
          expect(isMorning && earlier - now >= SOONEST_MS).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the ready-made times', () => {
  test('are those of both, each once', () => {
    // Sunday noon in Lisbon, Sunday evening in Shanghai
    const times = sendTimes(utc('2026-11-29T12:00'), SHANGHAI, LISBON);
    expect(times[0]?.also).toEqual(['their-tomorrow', 'monday']);
    expect(times.map(({ preset, at }) => [preset, inUtc(at)])).toEqual([
      // Monday: also tomorrow, and the next Monday
      ['their-morning', '2026-11-30T01:00'],
      ['hour', '2026-11-29T13:00'],
      ['my-tomorrow', '2026-11-30T09:00'],
    ]);
  });

  test('know nothing of a customer of whom nothing is known', () => {
    const times = sendTimes(utc('2026-11-25T12:00'), null, LISBON);
    expect(times.map(({ preset, at }) => [preset, inUtc(at)])).toEqual([
      ['hour', '2026-11-25T13:00'],
      ['my-tomorrow', '2026-11-26T09:00'],
      ['monday', '2026-11-30T09:00'],
    ]);
  });

  test('are all still to come, and no two are the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000_000 }).map(instant),
        fc.integer({ min: -840, max: 840 }),
        (now, offsetMinutes) => {
          const ats = sendTimes(now, { offsetMinutes }, LISBON).map(({ at }) => at);
          expect(new Set(ats).size).toBe(ats.length);
          expect(ats.every((at) => at > now)).toBe(true);
        },
      ),
    );
  });
});
