import { describe, expect, test } from 'vitest';
import { agent, assignment, at, hour } from '../../../../test/coverage/team.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { ChannelStaffing, StaffingSettings } from './coverage.ts';
import { DEFAULT_STAFFING, arrivalsOf, demand, pooled, requiredPeople } from './demand.ts';
import type { DemandQuestion } from './demand.ts';
import type { Arrival } from './forecast.ts';

const LIVE: ChannelStaffing = { model: 'live', handleSeconds: 180, targetServiceLevel: 0.8, thresholdSeconds: 20, patienceSeconds: null };
const TICKETS: ChannelStaffing = {
  model: 'tickets',
  handleSeconds: 600,
  targetServiceLevel: 0.8,
  thresholdSeconds: 3600,
  patienceSeconds: null,
};
const SETTINGS: StaffingSettings = { shrinkage: 0.3, maxOccupancy: 0.85, channels: { chat: LIVE, email: TICKETS } };

function arrival(when: Instant, part: Partial<Arrival> = {}): Arrival {
  return { at: when, zone: 'UTC', offsetMinutes: null, channel: 'chat', language: 'en', ...part };
}

/** So many at `hours` after the first of June, in each of the eight weeks before, and as many on the day itself. */
function weekly(hours: number, count: number, part: Partial<Arrival> = {}, weeks = [1, 2, 3, 4, 5, 6, 7, 8]): Arrival[] {
  return weeks.flatMap((week) =>
    Array.from({ length: count }, (_, index) => arrival(instant(hour(hours) - week * 7 * DAY_MS + index), part)),
  );
}

function question(part: Partial<DemandQuestion> = {}): DemandQuestion {
  return {
    from: hour(0),
    to: hour(24),
    bucketMs: HOUR_MS,
    now: hour(10.5),
    historyFrom: at('2026-01-01T00:00:00Z'),
    teamZone: 'UTC',
    holidays: [],
    channels: null,
    language: null,
    ...part,
  };
}

describe('people that are needed', () => {
  test('for a live channel are Erlang’s, with shrinkage (E2)', () => {
    expect(requiredPeople([{ staffing: LIVE, arrivals: 100 }], 1800, SETTINGS)).toBe(20);
    expect(requiredPeople([{ staffing: LIVE, arrivals: 100 }], 1800, { ...SETTINGS, maxOccupancy: 0.7 })).toBe(22);
    expect(requiredPeople([{ staffing: { ...LIVE, patienceSeconds: 300 }, arrivals: 100 }], 1800, SETTINGS)).toBe(19);
  });

  test('for tickets are the work that comes in', () => {
    // 51 tickets of ten minutes are 8.5 hours of work in an hour: ten people at 85 %
    const staffing = { staffing: TICKETS, arrivals: 51 };
    expect(requiredPeople([staffing], 3600, { ...SETTINGS, shrinkage: 0 })).toBe(10);
    expect(requiredPeople([staffing], 3600, SETTINGS)).toBe(15);
  });

  test('are rounded once, not for each channel', () => {
    const little = { staffing: TICKETS, arrivals: 1 };
    expect(requiredPeople([little, little, little], 3600, SETTINGS)).toBe(1);
  });

  test('are nobody when nothing arrives', () => {
    expect(
      requiredPeople(
        [
          { staffing: LIVE, arrivals: 0 },
          { staffing: TICKETS, arrivals: 0 },
        ],
        3600,
        SETTINGS,
      ),
    ).toBe(0);
    expect(requiredPeople([], 3600, SETTINGS)).toBe(0);
  });

  test('answer all live channels as one queue, at the strictest of their targets', () => {
    const other: ChannelStaffing = { ...LIVE, handleSeconds: 540, targetServiceLevel: 0.7, thresholdSeconds: 10, patienceSeconds: 90 };
    const queue = pooled(
      [
        { staffing: LIVE, arrivals: 30 },
        { staffing: other, arrivals: 10 },
      ],
      1800,
      0.85,
    );
    expect(queue).toEqual({
      load: { arrivals: 40, periodSeconds: 1800, handleSeconds: 270, thresholdSeconds: 10, patienceSeconds: 90 },
      target: { serviceLevel: 0.8, maxOccupancy: 0.85, maxAbandoned: null },
    });
    // fewer than one queue for each would take
    const one = requiredPeople([{ staffing: LIVE, arrivals: 20 }], 1800, { ...SETTINGS, shrinkage: 0 });
    const two = requiredPeople(
      [
        { staffing: LIVE, arrivals: 20 },
        { staffing: LIVE, arrivals: 20 },
      ],
      1800,
      { ...SETTINGS, shrinkage: 0 },
    );
    expect(two).toBeLessThan(2 * one);
  });
});

describe('demand, required and scheduled', () => {
  const arrivals = [
    ...weekly(9.2, 30),
    ...weekly(14.5, 12, { channel: 'email' }),
    ...weekly(9.3, 35, {}, [0]),
    ...weekly(10.2, 3, {}, [0]),
  ];
  const [ann, ben] = [agent('ann'), agent('ben')];
  const on = [assignment(ann, 9, 17), assignment(ann, 8, 10), assignment(ben, 9.5, 18)];

  test('stand on one line of time', () => {
    const found = demand(arrivals, on, SETTINGS, question());
    expect(found).toMatchObject({ from: hour(0), bucketMs: HOUR_MS, weeks: 8, channels: ['email', 'chat'] });
    expect(found.buckets).toHaveLength(24);
    expect(found.buckets[9]).toEqual({
      at: hour(9),
      forecast: 30,
      p80: 30,
      actual: 35,
      required: requiredPeople([{ staffing: LIVE, arrivals: 30 }], 3600, SETTINGS),
      scheduled: 1.5,
    });
    expect(found.buckets[14]).toEqual({ at: hour(14), forecast: 12, p80: 12, actual: null, required: 4, scheduled: 2 });
    expect(found.buckets[8]).toMatchObject({ forecast: 0, actual: 0, required: 0, scheduled: 1 });
    expect(found.buckets[18]).toMatchObject({ scheduled: 0 });
  });

  test('what came is told of buckets that have passed in full', () => {
    const found = demand(arrivals, on, SETTINGS, question());
    expect(found.buckets.filter(({ actual }) => actual !== null)).toHaveLength(10);
    expect(demand(arrivals, on, SETTINGS, question({ bucketMs: 30 * MINUTE_MS })).buckets[20]?.actual).toBe(3);
  });

  test('of some channels, and of one language', () => {
    const spoken = [...arrivals, ...weekly(9.2, 5, { language: 'pt-BR' }), ...weekly(9.2, 5, { language: null })];
    expect(demand(spoken, on, SETTINGS, question({ channels: ['email'] })).buckets[9]?.forecast).toBe(0);
    expect(demand(spoken, on, SETTINGS, question({ channels: ['chat'] })).buckets[9]?.forecast).toBe(40);
    expect(demand(spoken, on, SETTINGS, question({ language: 'pt' })).buckets[9]?.forecast).toBe(5);
    expect(arrivalsOf(spoken, { channels: ['chat'], language: 'pt-PT' })).toEqual([]);
  });

  test('a channel that nobody says how to staff is expected, but needs nobody', () => {
    const found = demand(weekly(9.2, 8, { channel: 'x' }), [], SETTINGS, question());
    expect(found.buckets[9]).toMatchObject({ forecast: 8, required: 0 });
    expect(DEFAULT_STAFFING.channels.x?.model).toBe('tickets');
  });

  test('without two weeks of history there is no forecast, and the weeks say so', () => {
    const found = demand(arrivals, on, SETTINGS, question({ historyFrom: hour(-24 * 10) }));
    expect(found.weeks).toBe(1);
    expect(found.buckets[9]).toEqual({ at: hour(9), forecast: 0, p80: 0, actual: 35, required: 0, scheduled: 1.5 });
  });

  test('a channel that began late is forecast from where the history of all begins', () => {
    const late = [...weekly(9.2, 30), ...weekly(14.5, 8, { channel: 'email' }, [1])];
    const found = demand(late, on, SETTINGS, question({ historyFrom: null }));
    expect(found.weeks).toBe(8);
    // eight mails in one of eight weeks
    expect(found.buckets[14]?.forecast).toBe(1);
    expect(found.buckets[14]?.required).toBe(1);
  });
});
