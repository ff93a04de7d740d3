import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../shared/domain/sla/evaluate.ts';
import { defaultRules } from '../../../../shared/domain/sla/default-rules.ts';
import { promisedTime } from '../../../../shared/domain/sla/promise.ts';
import type { SlaEvent } from '../../../../shared/domain/sla/sla-event.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { OpenTime } from '../../../../shared/domain/time/open-time.ts';
import type { SlaBadge } from '../../../../shared/contract/sla.contract.ts';
import { nextLookChange, shownOpenMs, slaLook } from './sla-look.ts';

// Friday 2026-11-20, 16:00 in Lisbon (UTC).
const FRIDAY_16 = instant(Date.UTC(2026, 10, 20, 16));
const hours = (at: number, count: number): Instant => instant(at + count * HOUR_MS);
const rules = defaultRules('Europe/Lisbon', instant(0));

function clockOf(
  calendarId: string,
  targetMs: number,
  events: readonly SlaEvent[] = [],
  at: Instant = FRIDAY_16,
): { readonly badge: SlaBadge; readonly openTime: OpenTime } {
  const [policy] = rules.policies;
  if (policy === undefined) throw new Error('no policy');
  const promise = { kind: 'calendars' as const, calendarIds: [calendarId] };
  const target = { resolution: targetMs };
  const mine = { ...policy, conditions: {}, promise, targets: { low: target, normal: target, high: target, urgent: target } };
  const opened: SlaEvent = {
    id: 'e1',
    sequence: 1,
    at,
    body: {
      type: 'opened',
      isHeldByBot: false,
      attributes: { channel: 'email', tier: 'standard', priority: null, language: null, team: null, labels: [] },
    },
  };
  const last = events.at(-1)?.at ?? at;
  const [badge] = evaluate([opened, ...events], [mine], rules.calendars, last);
  const openTime = promisedTime(promise, rules.calendars);
  if (badge === undefined || openTime === null) throw new Error('no clock');
  return { badge, openTime };
}

describe('how a clock looks', () => {
  const { badge, openTime } = clockOf('around-the-clock', 10 * HOUR_MS);

  test.each([
    ['ok', 0, 10],
    ['ok', 4.99, 5.01],
    ['soon', 5, 5],
    ['urgent', 8, 2],
    ['urgent', 10, 0],
    ['overdue', 12, 2],
  ] as const)('%s after %d hours', (level, after, openHours) => {
    const look = slaLook(badge, openTime, hours(FRIDAY_16, after));
    expect([look.level, (look.openMs ?? -1) / HOUR_MS]).toEqual([level, expect.closeTo(openHours, 6)]);
  });

  test('counts office hours only, and knows that they are no days', () => {
    const office = clockOf('office-hours', 24 * HOUR_MS);
    const look = slaLook(office.badge, office.openTime, FRIDAY_16);
    expect(look).toEqual({ level: 'ok', openMs: 24 * HOUR_MS, isAroundTheClock: false });
    // Two hours on Friday, nothing at the weekend.
    expect(slaLook(office.badge, office.openTime, hours(FRIDAY_16, 40)).openMs).toBe(22 * HOUR_MS);
    expect(slaLook(badge, openTime, FRIDAY_16).isAroundTheClock).toBe(true);
  });

  test('a paused clock keeps what it has', () => {
    const paused = clockOf('around-the-clock', 10 * HOUR_MS, [
      { id: 'e2', sequence: 2, at: hours(FRIDAY_16, 3), body: { type: 'status-changed', to: 'pending' } },
    ]);
    expect(slaLook(paused.badge, paused.openTime, hours(FRIDAY_16, 90))).toMatchObject({ level: 'paused', openMs: 7 * HOUR_MS });
    expect(nextLookChange(paused.badge, paused.openTime, hours(FRIDAY_16, 90))).toBeNull();
  });

  test('nothing promised, a calendar that is missing, and an ended clock are told apart', () => {
    expect(slaLook(null, null, FRIDAY_16).level).toBe('none');
    expect(slaLook({ ...badge, dueAt: null, problem: 'unknown-hours' }, null, FRIDAY_16).level).toBe('problem');
    expect(slaLook({ ...badge, state: 'met', endedAt: hours(FRIDAY_16, 1) }, openTime, hours(FRIDAY_16, 50))).toMatchObject({
      level: 'met',
      openMs: null,
    });
  });

  test('the state goes on while the promise is not known', () => {
    expect(slaLook(badge, null, hours(FRIDAY_16, 11))).toMatchObject({ level: 'overdue', openMs: null });
  });
});

describe('when it changes next', () => {
  /** What is shown: equal before a change, different at it. */
  const shown = (badge: SlaBadge, openTime: OpenTime, at: Instant): string => {
    const look = slaLook(badge, openTime, at);
    return `${look.level} ${String(shownOpenMs(look.openMs ?? -1))}`;
  };

  test.each([
    ['around-the-clock', 10 * HOUR_MS],
    ['office-hours', 24 * HOUR_MS],
    ['office-hours', 90 * MINUTE_MS],
  ])('%s: every wake shows something new, and nothing changes between', (calendarId, targetMs) => {
    const { badge, openTime } = clockOf(calendarId, targetMs);
    let now = FRIDAY_16;
    let wakes = 0;
    for (; wakes < 260; wakes += 1) {
      const next = nextLookChange(badge, openTime, now);
      if (next === null) throw new Error('a clock that goes on changes again');
      expect(next).toBeGreaterThan(now);
      expect(shown(badge, openTime, instant(next - 1))).toBe(shown(badge, openTime, now));
      expect(shown(badge, openTime, next)).not.toBe(shown(badge, openTime, instant(next - 1)));
      now = next;
    }
  });

  test('a weekend is slept through', () => {
    const { badge, openTime } = clockOf('office-hours', 24 * HOUR_MS);
    const friday18 = hours(FRIDAY_16, 2);
    const next = nextLookChange(badge, openTime, instant(friday18 + 1_000));
    expect(next).toBe(Date.UTC(2026, 10, 23, 9, 0, 0, 1));
  });
});
