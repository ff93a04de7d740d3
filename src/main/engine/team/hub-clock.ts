import type { NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../../shared/domain/time.ts';
import { TEAM_STREAM } from './hub-names.ts';
import { askStream } from './stream-info.ts';

/** One look at the hub's clock. */
export interface ClockSample {
  /** Time that the question took, in milliseconds of a clock that never jumps. */
  readonly roundTripMs: number;
  /** How far this machine's clock is ahead of the hub's, if both ways took equally long. */
  readonly aheadMs: number;
}

/** Compares clocks by a question that writes nothing. Throws what `askStream` throws. */
export async function lookAtClock(connection: NatsConnection, clock: Clock, timeoutMs: number): Promise<ClockSample> {
  const startedAt = performance.now();
  const { toldAt } = await askStream(connection, TEAM_STREAM, timeoutMs);
  const roundTripMs = performance.now() - startedAt;
  return { roundTripMs, aheadMs: clock.now() - roundTripMs / 2 - toldAt };
}

/** The error of a sample is at most half of its round trip, so the quickest of the latest ones counts (as in RFC 5905, 10). */
export function quickest(samples: readonly ClockSample[]): ClockSample | null {
  return samples.reduce<ClockSample | null>((best, each) => (best === null || each.roundTripMs < best.roundTripMs ? each : best), null);
}
