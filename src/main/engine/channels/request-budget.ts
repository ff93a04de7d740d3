import type { RateBudget } from './connector.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';

/** Requests of the last day by the hour in which they were made (hours since 1970), for keeping over a restart. */
export type UsedByHour = readonly (readonly [hour: number, requests: number])[];

export interface RequestLimits {
  readonly perMinute: number;
  readonly perDay: number;
  /** The part of both that reading leaves for sending, 0 to 1. */
  readonly reserve: number;
}

/** Counts our own requests where a service limits them and does not say how many are left. */
export interface RequestBudget {
  /** Takes one request. Null when it may be made now, else the earliest instant at which it may. */
  take(purpose: 'read' | 'send'): Instant | null;
  /** The service itself has said that nothing may be asked before: nothing at all, or nothing sent, which has limits of its own, too. */
  closeUntil(at: Instant, what: 'all' | 'sends'): void;
  /** What is left by whichever limit is nearer. */
  state(): RateBudget;
  /** How often one may read for ever when each time costs so many requests, in milliseconds. */
  paceMs(requests: number): number;
  usedByHour(): UsedByHour;
  /** What was used before we were started counts, too. */
  remember(used: UsedByHour): void;
}

export function createRequestBudget(limits: RequestLimits, clock: Clock): RequestBudget {
  const hours = new Map<number, number>();
  let minute: Instant[] = [];
  let closedUntil = instant(0);
  let sendsClosedUntil = instant(0);

  function forget(now: Instant): void {
    minute = minute.filter((at) => at > now - MINUTE_MS && at <= now);
    // an hour counts until all of it is a day old: the service may count by the second
    for (const hour of hours.keys()) if ((hour + 1) * HOUR_MS <= now - DAY_MS || hour * HOUR_MS > now) hours.delete(hour);
  }

  const usedToday = (): number => [...hours.values()].reduce((sum, count) => sum + count, 0);

  /** When the oldest of what counts for the day stops counting. */
  const dayResetAt = (now: Instant): Instant => {
    const oldest = Math.min(...hours.keys(), Math.floor(now / HOUR_MS));
    return instant((oldest + 1) * HOUR_MS + DAY_MS);
  };

  return {
    take: (purpose) => {
      const now = clock.now();
      forget(now);
      if (now < closedUntil) return closedUntil;
      if (purpose === 'send' && now < sendsClosedUntil) return sendsClosedUntil;
      const share = purpose === 'send' ? 1 : 1 - limits.reserve;
      if (usedToday() >= Math.max(1, Math.floor(limits.perDay * share))) return dayResetAt(now);
      const allowed = Math.max(1, Math.floor(limits.perMinute * share));
      const blocking = minute[minute.length - allowed];
      if (blocking !== undefined) return after(blocking, MINUTE_MS);
      minute.push(now);
      const hour = Math.floor(now / HOUR_MS);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
      return null;
    },
    closeUntil: (at, what) => {
      if (what === 'all') closedUntil = instant(Math.max(at, closedUntil));
      else sendsClosedUntil = instant(Math.max(at, sendsClosedUntil));
    },
    state: () => {
      const now = clock.now();
      forget(now);
      if (now < closedUntil) return { left: 0, limit: limits.perMinute, resetAt: closedUntil };
      const dayLeft = Math.max(0, limits.perDay - usedToday());
      const minuteLeft = Math.max(0, limits.perMinute - minute.length);
      const isMinuteNearer = minuteLeft / limits.perMinute < dayLeft / limits.perDay;
      return isMinuteNearer
        ? { left: minuteLeft, limit: limits.perMinute, resetAt: after(minute[0] ?? now, MINUTE_MS) }
        : { left: dayLeft, limit: limits.perDay, resetAt: dayResetAt(now) };
    },
    paceMs: (requests) => {
      const ofDay = DAY_MS / Math.max(1, limits.perDay * (1 - limits.reserve));
      const ofMinute = MINUTE_MS / Math.max(1, limits.perMinute * (1 - limits.reserve));
      return Math.ceil((Math.max(ofDay, ofMinute) * requests) / SECOND_MS) * SECOND_MS;
    },
    usedByHour: () => {
      forget(clock.now());
      return [...hours];
    },
    remember: (used) => {
      for (const [hour, requests] of used) hours.set(hour, (hours.get(hour) ?? 0) + requests);
    },
  };
}
