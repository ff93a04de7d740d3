import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wall } from '../../../../test/coverage/plan.ts';
import { at, date } from '../../../../test/coverage/team.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { addDays } from '../time/local-time.ts';
import { instantOfWall, toInstant, zoneOffsetMs } from '../time/zone.ts';
import { forecast, percentile } from './forecast.ts';
import type { Arrival, ForecastQuestion } from './forecast.ts';

const QUARTER = 15 * MINUTE_MS;

function arrival(when: Instant, part: Partial<Arrival> = {}): Arrival {
  return { at: when, zone: null, offsetMinutes: null, channel: 'chat', language: 'en', ...part };
}

/** The same wall time in each of some weeks before a date, so often. */
function weekly(zone: string, last: string, counts: readonly number[], part: Partial<Arrival> = { zone }): Arrival[] {
  const local = wall(last);
  return counts.flatMap((count, week) =>
    Array.from({ length: count }, () => arrival(toInstant(zone, { ...local, ...addDays(local, -7 * week) }), part)),
  );
}

/** From a Monday to the next, asked on the Sunday before. */
function question(part: Partial<ForecastQuestion> = {}): ForecastQuestion {
  return {
    from: at('2026-06-15T00:00:00Z'),
    to: at('2026-06-22T00:00:00Z'),
    bucketMs: QUARTER,
    now: at('2026-06-14T20:00:00Z'),
    historyFrom: at('2026-01-01T00:00:00Z'),
    teamZone: 'Europe/Lisbon',
    holidays: [],
    ...part,
  };
}

/** Buckets in which anything is expected, by their begin in UTC. */
function expected(arrivals: readonly Arrival[], of: ForecastQuestion): Record<string, number> {
  const { buckets } = forecast(arrivals, of);
  return Object.fromEntries(
    buckets
      .filter(({ mean }) => mean > 0)
      .map(({ at: begin, mean }) => [new Date(begin).toISOString().slice(0, 16), Number(mean.toFixed(6))]),
  );
}

describe('the mean of the same weekday and time of day', () => {
  test('over eight weeks', () => {
    // Mondays at 10:05 UTC
    const arrivals = weekly('UTC', '2026-06-08T10:05', [3, 5, 4, 4, 4, 4, 4, 4, 9]);
    const found = forecast(arrivals, question());
    expect(found).toMatchObject({ weeks: 8, leftOut: [] });
    expect(found.buckets).toHaveLength(7 * 96);
    expect(found.buckets[41]).toEqual({ at: at('2026-06-15T10:15:00Z'), mean: 0, p80: 0, weeks: 8 });
    expect(found.buckets[40]).toEqual({ at: at('2026-06-15T10:00:00Z'), mean: 4, p80: 4, weeks: 8 });
    expect(expected(arrivals, question())).toEqual({ '2026-06-15T10:00': 4 });
  });

  test('in coarser buckets', () => {
    const arrivals = [...weekly('UTC', '2026-06-08T10:05', Array(8).fill(2)), ...weekly('UTC', '2026-06-08T10:40', Array(8).fill(1))];
    expect(expected(arrivals, question({ bucketMs: 30 * MINUTE_MS }))).toEqual({ '2026-06-15T10:00': 2, '2026-06-15T10:30': 1 });
    expect(expected(arrivals, question({ bucketMs: HOUR_MS }))).toEqual({ '2026-06-15T10:00': 3 });
    expect(forecast(arrivals, question({ bucketMs: HOUR_MS })).buckets[10]?.p80).toBe(3);
  });

  test('by the customer’s clock: after a change of clocks it is another hour in UTC', () => {
    // New York went to summer time on 8 March; a Wednesday, 09:30
    const arrivals = weekly('America/New_York', '2026-03-04T09:30', Array(8).fill(2));
    const of = question({ from: at('2026-03-09T00:00:00Z'), to: at('2026-03-16T00:00:00Z'), now: at('2026-03-08T20:00:00Z') });
    expect(expected(arrivals, of)).toEqual({ '2026-03-11T13:30': 2 });
  });

  test('of zones at odd minutes, and of the date there', () => {
    // Monday 00:10 in Kathmandu is Sunday 18:25 UTC
    const arrivals = weekly('Asia/Kathmandu', '2026-06-15T00:10', Array(8).fill(1));
    expect(expected(arrivals, question({ now: at('2026-06-15T00:00:00Z') }))).toEqual({ '2026-06-21T18:15': 1 });
  });

  test('by the offset of who has no zone, and by the team’s clock of who has neither', () => {
    const winter = ['2026-03-02T09:00', Array(8).fill(1)] as const;
    const of = question({ from: at('2026-04-06T00:00:00Z'), to: at('2026-04-13T00:00:00Z'), now: at('2026-03-08T20:00:00Z') });
    expect(expected(weekly('UTC', ...winter, { offsetMinutes: 60 }), of)).toEqual({ '2026-04-06T09:00': 1 });
    // Lisbon is an hour ahead by then
    expect(expected(weekly('UTC', ...winter, {}), of)).toEqual({ '2026-04-06T08:00': 1 });
    expect(expected(weekly('UTC', ...winter, { zone: 'Mars/Olympus' }), of)).toEqual({ '2026-04-06T08:00': 1 });
  });

  test('of time that is further ahead, by the weeks that have passed', () => {
    const arrivals = weekly('UTC', '2026-06-08T10:05', [3, 1, 0, 0, 0, 0, 0, 0]);
    const of = question({ from: at('2026-06-29T00:00:00Z'), to: at('2026-06-30T00:00:00Z') });
    expect(expected(arrivals, of)).toEqual({ '2026-06-29T10:00': 0.5 });
    expect(forecast(arrivals, of).buckets[40]?.weeks).toBe(8);
  });

  test('a week that has not passed in full says nothing', () => {
    // on Monday at noon: next Monday’s ten o’clock knows today’s, its three o’clock does not
    const arrivals = [...weekly('UTC', '2026-06-08T10:05', Array(8).fill(1)), ...weekly('UTC', '2026-06-08T15:05', Array(8).fill(1))];
    const of = question({ now: at('2026-06-15T13:00:00Z'), from: at('2026-06-22T00:00:00Z'), to: at('2026-06-23T00:00:00Z') });
    expect(expected(arrivals, of)).toEqual({ '2026-06-22T10:00': 0.875, '2026-06-22T15:00': 1 });
  });
});

describe('history', () => {
  const arrivals = weekly('UTC', '2026-06-08T10:05', [3, 3, 3]);

  test('of less than two weeks is no forecast', () => {
    const found = forecast(arrivals, question({ historyFrom: at('2026-06-01T00:00:00Z') }));
    expect(found).toEqual({ buckets: [], weeks: 1, leftOut: [] });
    expect(forecast([], question({ historyFrom: null }))).toMatchObject({ buckets: [], weeks: 0 });
  });

  test('of two weeks is one', () => {
    const found = forecast(arrivals, question({ historyFrom: at('2026-05-31T00:00:00Z') }));
    expect(found.weeks).toBe(2);
    expect(found.buckets[40]).toMatchObject({ mean: 3, weeks: 2 });
  });

  test('begins with the first arrival when nobody says since when', () => {
    expect(forecast(arrivals, question({ historyFrom: null })).weeks).toBe(2);
  });
});

describe('days that are left out', () => {
  test('holidays', () => {
    const arrivals = weekly('UTC', '2026-06-08T10:05', [4, 0, 4, 4, 4, 4, 4, 4]);
    const found = forecast(arrivals, question({ holidays: [date('2026-06-01'), date('2027-01-01')] }));
    expect(found.buckets[40]).toMatchObject({ mean: 4, weeks: 7 });
    expect(found.leftOut).toEqual([{ date: date('2026-06-01'), reason: 'holiday' }]);
  });

  test('outliers: a day far from what its weekday usually has', () => {
    const arrivals = weekly('UTC', '2026-06-08T10:05', [20, 22, 19, 240, 21, 20, 20, 18, 20]);
    const found = forecast(arrivals, question());
    expect(found.leftOut).toEqual([{ date: date('2026-05-18'), reason: 'outlier' }]);
    expect(found.buckets[40]).toMatchObject({ mean: 20, weeks: 7 });
  });

  test('but not what chance does with small numbers', () => {
    expect(forecast(weekly('UTC', '2026-06-08T10:05', [1, 1, 1, 4, 1, 0, 1, 1]), question()).leftOut).toEqual([]);
  });

  test('nor one of three days: nobody knows yet what is usual', () => {
    const found = forecast(weekly('UTC', '2026-06-08T10:05', [20, 20, 240]), question({ historyFrom: at('2026-05-24T00:00:00Z') }));
    expect(found.leftOut).toEqual([]);
  });

  test('unless less than two weeks would be left', () => {
    const holidays = Array.from({ length: 7 }, (_, week) => addDays(date('2026-06-08'), -7 * week));
    const found = forecast(weekly('UTC', '2026-06-08T10:05', [4, 4, 4, 4, 4, 4, 4, 4]), question({ holidays }));
    expect(found.buckets[40]).toMatchObject({ mean: 4, weeks: 8 });
  });
});

describe('P80', () => {
  test('is the least that eight of ten weeks did not exceed', () => {
    expect(percentile([0, 0, 0, 0, 0, 1, 2, 9], 0.8)).toBe(2);
    expect(percentile([1, 2, 3, 4, 5], 0.8)).toBe(4);
    expect(percentile([7], 0.8)).toBe(7);
    expect(percentile([], 0.8)).toBe(0);
    expect(forecast(weekly('UTC', '2026-06-08T10:05', [5, 0, 1, 2, 0, 1, 3, 0]), question()).buckets[40]?.p80).toBe(3);
  });
});

describe('the seams of clocks', () => {
  const zone = 'Europe/Berlin';
  const of = question({ from: at('2026-03-29T00:00:00Z'), to: at('2026-03-30T00:00:00Z'), now: at('2026-03-28T12:00:00Z') });

  test('in a skipped hour nothing arrives', () => {
    expect(expected(weekly(zone, '2026-03-22T02:30', Array(8).fill(1)), of)).toEqual({});
    expect(expected(weekly(zone, '2026-03-22T03:30', Array(8).fill(1)), of)).toEqual({ '2026-03-29T01:30': 1 });
  });

  test('in a repeated hour it arrives in both runs', () => {
    const autumn = { from: at('2026-10-25T00:00:00Z'), to: at('2026-10-26T00:00:00Z'), now: at('2026-10-24T12:00:00Z') };
    const found = expected(weekly(zone, '2026-10-18T02:30', Array(8).fill(1)), { ...of, ...autumn });
    expect(found).toEqual({ '2026-10-25T00:30': 1, '2026-10-25T01:30': 1 });
  });

  test('a past hour that was skipped is told by the one after it, of a repeated one the first run counts', () => {
    const week = {
      from: at('2026-04-05T00:00:00Z'),
      to: at('2026-04-06T00:00:00Z'),
      now: at('2026-04-04T12:00:00Z'),
      historyFrom: at('2026-03-20T00:00:00Z'),
    };
    const spring = [arrival(at('2026-03-29T01:30:00Z'), { zone })];
    expect(expected(spring, { ...of, ...week })).toEqual({ '2026-04-05T00:30': 0.5, '2026-04-05T01:30': 0.5 });
    const after = {
      from: at('2026-11-01T00:00:00Z'),
      to: at('2026-11-02T00:00:00Z'),
      now: at('2026-10-31T12:00:00Z'),
      historyFrom: at('2026-10-17T00:00:00Z'),
    };
    const autumn = [arrival(at('2026-10-25T00:30:00Z'), { zone }), arrival(at('2026-10-25T01:40:00Z'), { zone })];
    expect(expected(autumn, { ...of, ...after })).toEqual({ '2026-11-01T01:30': 0.5 });
  });

  test('what comes an hour later by UTC comes into the window, too', () => {
    const after = { from: at('2026-10-27T00:00:00Z'), to: at('2026-10-28T00:00:00Z'), now: at('2026-10-26T12:00:00Z') };
    expect(expected(weekly(zone, '2026-10-20T01:30', Array(8).fill(1)), { ...of, ...after })).toEqual({ '2026-10-27T00:30': 1 });
  });

  test('against asking every bucket what was at its wall time then', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];
    fc.assert(
      fc.property(
        fc.constantFrom('2026-04-05', '2026-03-10', '2026-11-01', '2026-10-27', '2026-04-26'),
        // one in each 24 hours, so two a day at most: four on one day would be an outlier among days of none
        fc.uniqueArray(
          fc.record({ zone: fc.constantFrom(...zones), quarter: fc.integer({ min: 0, max: 56 * 96 - 1 }), second: fc.nat(899) }),
          {
            selector: ({ quarter }) => Math.floor(quarter / 96),
            maxLength: 56,
          },
        ),
        (day, made) => {
          const from = at(`${day}T00:00:00Z`);
          const now = instant(from - 3 * HOUR_MS);
          const arrivals = made.map(({ zone: of, quarter, second }) =>
            arrival(instant(now - (quarter + 1) * QUARTER + second * 1000), { zone: of }),
          );
          const found = forecast(
            arrivals,
            question({ from, to: instant(from + 3 * DAY_MS), now, historyFrom: instant(now - 200 * DAY_MS) }),
          );
          const slow = found.buckets.map(({ at: begin }) => {
            let sum = 0;
            for (const of of zones) {
              const local = begin + zoneOffsetMs(of, begin);
              for (let week = 1; week <= 8; week += 1) {
                const then = instantOfWall(of, local - 7 * week * DAY_MS);
                sum += arrivals.filter((each) => each.zone === of && each.at >= then && each.at < then + QUARTER).length;
              }
            }
            return sum / 8;
          });
          expect(found.leftOut).toEqual([]);
          expect(found.buckets.map(({ mean }) => mean)).toEqual(slow);
        },
      ),
      { numRuns: 40 },
    );
  });
});
