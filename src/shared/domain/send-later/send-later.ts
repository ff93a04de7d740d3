import { after, HOUR_MS, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { LONGEST_LATER_MS } from './send-times.ts';

/** The rules for a reply that leaves at a time of its own. */

/**
 * So much later than planned it may leave by itself, in milliseconds. What would be later waits for a person: "good morning" at night, or "today" on
 * the next day, is worse than another hour.
 */
export const MOST_LATE_MS = HOUR_MS;

/** From so much on it is told that a reply left late; before that it is the ordinary way of things. */
export const LATE_TOLD_MS = 2 * MINUTE_MS;

/** A stretch that the wall clock jumped over while the machine went on as always: what fell due in it may not be due at all. */
export interface ClockJump {
  /** What the wall clock would have shown by the machine's own clocks. */
  readonly from: Instant;
  /** What it showed instead. */
  readonly to: Instant;
}

/**
 * Whether a reply may leave by its time. `wait`: not yet; `go`; `time-missed`: it is later than it may leave by itself; `clock-moved`: only a clock that
 * jumped says that it is time.
 */
export type TimeVerdict = 'wait' | 'go' | 'time-missed' | 'clock-moved';

/** @param now by the log's clock in a team, else by the machine's */
export function judgeSendTime(laterAt: Instant, now: Instant, jump: ClockJump | null = null): TimeVerdict {
  if (now < laterAt) return 'wait';
  if (now - laterAt > MOST_LATE_MS) return 'time-missed';
  return jump !== null && laterAt > jump.from && laterAt <= jump.to ? 'clock-moved' : 'go';
}

/** What is wrong with a time that somebody chose; null when nothing is. */
export function sendTimeProblem(at: Instant, now: Instant): 'in-the-past' | 'too-far' | null {
  if (at <= now) return 'in-the-past';
  return at - now > LONGEST_LATER_MS ? 'too-far' : null;
}

/** By how many milliseconds a reply left late, where that is to be told; null where it left in time or was not planned. */
export function lateBy(laterAt: Instant | null, sentAt: Instant): number | null {
  if (laterAt === null || sentAt - laterAt < LATE_TOLD_MS) return null;
  return sentAt - laterAt;
}

/** The wall clock is this much ahead of what has passed before a jump is seen: machines are put right by seconds all the time. */
export const JUMP_MS = 5 * MINUTE_MS;

/**
 * Whether the wall clock jumped ahead between two looks.
 * @param before what it showed at the first look
 * @param passedMs what has passed since by the machine's own clocks, its sleep among it
 * @param now what it shows
 */
export function jumpBetween(before: Instant, passedMs: number, now: Instant): ClockJump | null {
  const expected = after(before, passedMs);
  return now - expected > JUMP_MS ? { from: expected, to: now } : null;
}
