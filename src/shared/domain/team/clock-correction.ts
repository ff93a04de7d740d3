import { receiveHlc } from '../hlc.ts';
import type { Hlc } from '../hlc.ts';
import { instant, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';

/**
 * Clocks of workstations are wrong. What happened in which order is the log's; here is what keeps the times beside it true enough
 * to be shown and counted.
 */

/** Clocks that are kept well differ by seconds; what is further ahead of the log is wrong. */
export const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;

/**
 * The time to write down for what happens at `at` by this machine's clock.
 * @param clockAheadMs how far it is ahead of the hub's; null while that was never measured
 */
export function correctedAt(at: Instant, clockAheadMs: number | null): Instant {
  // a machine that is decades behind must not write what no instant of the log's format can be
  return instant(Math.max(0, at - (clockAheadMs ?? 0)));
}

/**
 * When an event happened, as it counts: its author's word, but never later than the log stored it, and never earlier than what its
 * author had seen.
 * @param seenAt when the newest event of the stream happened that the author had seen, as it counts; null when there was none
 */
export function confirmedAt(at: Instant, storedAt: Instant, seenAt: Instant | null = null): Instant {
  return instant(Math.min(Math.max(at, seenAt ?? at), storedAt));
}

/**
 * Our clock after one of another workstation was seen. One from the far future is not taken over: it would stamp everything that
 * anybody does from then on with that time. Its event counts by its place in the log all the same.
 * @param now the log's own time of the event that bore it
 */
export function acceptedHlc(previous: Hlc, seen: Hlc, now: Instant, toleranceMs = CLOCK_TOLERANCE_MS): Hlc {
  return seen.wallMs > now + toleranceMs ? previous : receiveHlc(previous, seen, now);
}

/** The timestamp of a confirmed event as it is compared with others: no later than the log's own time, like its `at`. */
export function confirmedHlc(seen: Hlc, storedAt: Instant): Hlc {
  return seen.wallMs > storedAt ? { wallMs: storedAt, counter: 0 } : seen;
}
