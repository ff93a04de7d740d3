import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { parseLocalDateTime, weekdayOf } from '../time/local-time.ts';
import { toInstant, toLocal, zoneTransitions } from '../time/zone.ts';
import { unsocialMinutes, weightedUnsocial } from './unsocial.ts';

const HUB = { weekend: ['sat', 'sun'], holidays: [{ date: { year: 2026, month: 12, day: 25 }, name: 'Christmas' }] } as const;

function at(zone: string, text: string): Instant {
  const local = parseLocalDateTime(text);
  if (local === null) throw new TypeError(text);
  return toInstant(zone, local);
}

describe('minutes of local night', () => {
  // reference: night vectors; New York's clocks go forward on 8 March and back on 1 November 2026, Lord Howe's by half an hour
  test.each([
    ['America/New_York', '2026-03-07T22:00', '2026-03-08T06:00', 420],
    ['America/New_York', '2026-10-31T22:00', '2026-11-01T06:00', 540],
    ['Australia/Lord_Howe', '2026-04-04T22:00', '2026-04-05T06:00', 510],
    ['Europe/London', '2026-06-01T22:00', '2026-06-02T06:00', 480],
  ])('%s %s to %s: %i', (zone, from, to, minutes) => {
    expect(unsocialMinutes({ zone }, null, at(zone, from), at(zone, to)).night).toBe(minutes);
  });

  test.each([
    ['Asia/Kathmandu', 240],
    ['Europe/London', 0],
  ])('22 November 2026, 12:15 to 20:15 UTC in %s: %i', (zone, minutes) => {
    expect(unsocialMinutes({ zone }, null, at('UTC', '2026-11-22T12:15'), at('UTC', '2026-11-22T20:15')).night).toBe(minutes);
  });

  test('a stretch that begins after midnight is in the night that began the day before', () => {
    expect(unsocialMinutes({ zone: 'UTC' }, null, at('UTC', '2026-06-03T01:00'), at('UTC', '2026-06-03T09:00')).night).toBe(300);
  });

  test('several nights add up', () => {
    expect(unsocialMinutes({ zone: 'UTC' }, null, at('UTC', '2026-06-01T00:00'), at('UTC', '2026-06-03T23:00')).night).toBe(
      (6 + 8 + 8 + 1) * 60,
    );
  });
});

describe('weekends and holidays', () => {
  test('are days of the person’s zone and of the hub’s choice', () => {
    // Friday 20:00 in New York is Saturday in London
    const from = at('America/New_York', '2026-06-05T20:00');
    const to = at('America/New_York', '2026-06-06T04:00');
    expect(unsocialMinutes({ zone: 'America/New_York' }, HUB, from, to).weekend).toBe(240);
    expect(unsocialMinutes({ zone: 'Europe/London' }, HUB, from, to).weekend).toBe(480);
    expect(unsocialMinutes({ zone: 'America/New_York' }, { ...HUB, weekend: ['fri', 'sat'] }, from, to).weekend).toBe(480);
    expect(unsocialMinutes({ zone: 'America/New_York' }, { ...HUB, weekend: [] }, from, to).weekend).toBe(0);
  });

  test('last as long as the clocks make them', () => {
    const zone = 'America/New_York';
    expect(unsocialMinutes({ zone }, HUB, at(zone, '2026-03-07T00:00'), at(zone, '2026-03-09T00:00')).weekend).toBe(47 * 60);
    // Cairo’s 24 April 2026, a Friday, begins at 01:00
    const cairo = { weekend: ['fri', 'sat'], holidays: [] } as const;
    const day = unsocialMinutes(
      { zone: 'Africa/Cairo' },
      cairo,
      at('Africa/Cairo', '2026-04-23T12:00'),
      at('Africa/Cairo', '2026-04-25T00:00'),
    );
    expect(day.weekend).toBe(23 * 60);
  });

  test('a holiday is the local date', () => {
    const night = unsocialMinutes(
      { zone: 'Europe/Lisbon' },
      HUB,
      at('Europe/Lisbon', '2026-12-24T20:00'),
      at('Europe/Lisbon', '2026-12-25T04:00'),
    );
    expect(night).toEqual({ night: 360, weekend: 0, holiday: 240 });
    // as night and, twice, as a holiday
    expect(weightedUnsocial(night)).toBe(360 + 2 * 240);
  });

  test('without a hub Saturday and Sunday are the weekend', () => {
    expect(unsocialMinutes({ zone: 'UTC' }, null, at('UTC', '2026-06-05T00:00'), at('UTC', '2026-06-09T00:00')).weekend).toBe(48 * 60);
  });
});

describe('against a count of every minute', () => {
  const zones = ['America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo', 'Europe/London', 'Pacific/Apia'];

  function counted(zone: string, from: Instant, to: Instant): { night: number; weekend: number; holiday: number } {
    const sum = { night: 0, weekend: 0, holiday: 0 };
    for (let minute = from; minute < to; minute = instant(minute + MINUTE_MS)) {
      const local = toLocal(zone, minute);
      if (local.hour >= 22 || local.hour < 6) sum.night += 1;
      if (['sat', 'sun'].includes(weekdayOf(local))) sum.weekend += 1;
      if (local.month === 12 && local.day === 25) sum.holiday += 1;
    }
    return sum;
  }

  test('any stretch at any time of the year', () => {
    const first = at('UTC', '2026-01-01T00:00');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 364 * 24 * 4 }),
        fc.integer({ min: 0, max: 60 * 4 }),
        (zone, quarter, length) => {
          const from = instant(first + quarter * 15 * MINUTE_MS);
          const to = instant(from + length * 15 * MINUTE_MS);
          expect(unsocialMinutes({ zone }, HUB, from, to)).toEqual(counted(zone, from, to));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the days around each change of clocks', () => {
    const year = [at('UTC', '2026-01-01T00:00'), at('UTC', '2027-01-01T00:00')] as const;
    const changes = zones.flatMap((zone) => zoneTransitions(zone, ...year).map((change) => ({ zone, change: change.at })));
    expect(changes).toHaveLength(8);
    for (const { zone, change } of changes) {
      for (let hours = -30; hours <= 12; hours += 3) {
        const from = instant(change + hours * HOUR_MS);
        const to = instant(from + 9 * HOUR_MS);
        expect(unsocialMinutes({ zone }, HUB, from, to)).toEqual(counted(zone, from, to));
      }
    }
  });

  test('nothing at all', () => {
    const now = at('UTC', '2026-06-05T23:00');
    expect(unsocialMinutes({ zone: 'UTC' }, HUB, now, now)).toEqual({ night: 0, weekend: 0, holiday: 0 });
  });
});
