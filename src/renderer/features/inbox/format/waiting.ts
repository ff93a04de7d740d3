import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';

/**
 * How long a customer has been waiting for us. Until a team has agreed on its own targets these are plain steps:
 * fresh (under an hour), waiting, long (over four hours), very-long (over a day).
 */
export type WaitingLevel = 'none' | 'fresh' | 'waiting' | 'long' | 'very-long';

export interface Waiting {
  readonly level: WaitingLevel;
  /** Milliseconds, never negative; 0 when nothing waits. */
  readonly forMs: number;
}

/** Reads how long the oldest unanswered message waits at `now`. A message from the future (a wrong clock) waits 0 ms. */
export function waitingAt(waitingSince: Instant | null, now: Instant): Waiting {
  if (waitingSince === null) return { level: 'none', forMs: 0 };
  const forMs = Math.max(0, now - waitingSince);
  if (forMs < HOUR_MS) return { level: 'fresh', forMs };
  if (forMs < 4 * HOUR_MS) return { level: 'waiting', forMs };
  return { level: forMs < DAY_MS ? 'long' : 'very-long', forMs };
}

/** The one or two largest units of a duration: days and hours, hours and minutes, or minutes. */
export interface DurationParts {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** Splits a duration for display; below one minute everything is 0. From two days on hours are left out, from ten hours on minutes. */
export function durationParts(ms: number): DurationParts {
  const days = Math.floor(ms / DAY_MS);
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  if (days >= 2) return { days, hours: 0, minutes: 0 };
  if (days === 1) return { days, hours, minutes: 0 };
  return { days: 0, hours, minutes: hours >= 10 ? 0 : minutes };
}

/** A duration in the shortest words of the language: `3h 5m`, `2d`. Less than a minute is 0 minutes. */
export function formatDuration(ms: number, locale: string): string {
  const { days, hours, minutes } = durationParts(ms);
  const unit = (value: number, name: 'day' | 'hour' | 'minute'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(value);
  const parts = [
    days > 0 ? unit(days, 'day') : '',
    hours > 0 ? unit(hours, 'hour') : '',
    minutes > 0 || (days === 0 && hours === 0) ? unit(minutes, 'minute') : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
