import { after, DAY_MS, HOUR_MS } from '../../../../shared/domain/time.ts';
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

/** The steps at which the level changes, in milliseconds after the message came. */
const STEPS = [HOUR_MS, 4 * HOUR_MS, DAY_MS] as const;

/** When the level of a message from `waitingSince` changes next after `now`; null when it changes no more. */
export function nextLevelChange(waitingSince: Instant, now: Instant): Instant | null {
  const step = STEPS.find((each) => waitingSince + each > now);
  return step === undefined ? null : after(waitingSince, step);
}
