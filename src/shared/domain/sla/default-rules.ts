import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { BusinessCalendar, WallWindow } from '../time/calendar.ts';
import { DEFAULT_PAUSE_ON, DEFAULT_REOPEN_WINDOW_MS } from './policy.ts';
import type { Policy, Targets } from './policy.ts';

const WHOLE_DAY: readonly WallWindow[] = [{ openMinute: 0, closeMinute: 1_440 }];
const OFFICE: readonly WallWindow[] = [{ openMinute: 9 * 60, closeMinute: 18 * 60 }];

function targets(firstReplyMs: number, nextReplyMs: number, resolutionMs: number): Targets {
  return { 'first-reply': firstReplyMs, 'next-reply': nextReplyMs, resolution: resolutionMs };
}

/**
 * What a new workspace promises until its lead decides: around the clock, VIPs within the hour, everybody else within the
 * working day. Generous enough to be kept by a small team, and a start to edit from rather than an empty page.
 * @param zone the zone of the office hours that are offered beside
 * @param from from when on cases are given a policy; older ones were never promised anything
 */
export function defaultRules(
  zone: string,
  from: Instant,
): { readonly calendars: readonly BusinessCalendar[]; readonly policies: readonly Policy[] } {
  const calendars: BusinessCalendar[] = [
    {
      id: 'around-the-clock',
      name: '24/7',
      versions: [
        {
          effectiveFrom: from,
          zone: 'UTC',
          week: { mon: WHOLE_DAY, tue: WHOLE_DAY, wed: WHOLE_DAY, thu: WHOLE_DAY, fri: WHOLE_DAY, sat: WHOLE_DAY, sun: WHOLE_DAY },
          exceptions: [],
        },
      ],
    },
    {
      id: 'office-hours',
      name: '9-18',
      versions: [{ effectiveFrom: from, zone, week: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE }, exceptions: [] }],
    },
  ];
  const common = {
    version: 1,
    effectiveFrom: from,
    isActive: true,
    promise: { kind: 'calendars' as const, calendarIds: ['around-the-clock'] },
    defaultPriority: 'normal' as const,
    pauseOn: DEFAULT_PAUSE_ON,
    reopenWindowMs: DEFAULT_REOPEN_WINDOW_MS,
  };
  return {
    calendars,
    policies: [
      {
        ...common,
        id: 'vip',
        name: 'VIP',
        position: 0,
        conditions: { tiers: ['vip', 'vip-plus'] },
        targets: {
          urgent: targets(15 * MINUTE_MS, 30 * MINUTE_MS, 4 * HOUR_MS),
          high: targets(30 * MINUTE_MS, HOUR_MS, 8 * HOUR_MS),
          normal: targets(HOUR_MS, 2 * HOUR_MS, 24 * HOUR_MS),
          low: targets(4 * HOUR_MS, 8 * HOUR_MS, 72 * HOUR_MS),
        },
      },
      {
        ...common,
        id: 'standard',
        name: 'Standard',
        position: 1,
        conditions: {},
        targets: {
          urgent: targets(HOUR_MS, 2 * HOUR_MS, 12 * HOUR_MS),
          high: targets(4 * HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS),
          normal: targets(8 * HOUR_MS, 12 * HOUR_MS, 72 * HOUR_MS),
          low: targets(24 * HOUR_MS, 24 * HOUR_MS, 120 * HOUR_MS),
        },
      },
    ],
  };
}
