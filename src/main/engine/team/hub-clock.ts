import type { NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../../shared/domain/time.ts';
import { roundTrip } from './hub-dial.ts';
import type { LinkProblem } from './hub-link.ts';
import { TEAM_STREAM } from './hub-names.ts';
import { askStream, StreamMissing } from './stream-info.ts';
import { within } from './within.ts';

/** One look at the hub's clock. */
export interface ClockSample {
  /** Time that the question took, in milliseconds of a clock that never jumps. */
  readonly roundTripMs: number;
  /** How far this machine's clock is ahead of the hub's, if both ways took equally long. */
  readonly aheadMs: number;
}

/** Compares clocks by a question that writes nothing. Throws what `askStream` throws. */
async function lookAtClock(connection: NatsConnection, clock: Clock, timeoutMs: number): Promise<ClockSample> {
  const startedAt = performance.now();
  const { toldAt } = await askStream(connection, TEAM_STREAM, timeoutMs);
  const roundTripMs = performance.now() - startedAt;
  return { roundTripMs, aheadMs: clock.now() - roundTripMs / 2 - toldAt };
}

/** What came of a look at a server and at the log behind it. */
export type Look =
  | { readonly isWell: true; readonly roundTripMs: number; readonly sample: ClockSample }
  /** `hasAnswered`: the server did, and the log did not. */
  | { readonly isWell: false; readonly hasAnswered: boolean; readonly code: LinkProblem; readonly detail: string };

/** Never throws. */
export async function lookAtHub(connection: NatsConnection, clock: Clock, limitMs: number): Promise<Look> {
  let hasAnswered = false;
  try {
    const roundTripMs = await within(roundTrip(connection, 1), limitMs, 'the server');
    hasAnswered = true;
    return { isWell: true, roundTripMs, sample: await lookAtClock(connection, clock, limitMs) };
  } catch (error) {
    const code = error instanceof StreamMissing ? 'no-log' : 'unreachable';
    return { isWell: false, hasAnswered, code, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** The error of a sample is at most half of its round trip, so the quickest of the latest ones counts (as in RFC 5905, 10). */
export function quickest(samples: readonly ClockSample[]): ClockSample | null {
  return samples.reduce<ClockSample | null>((best, each) => (best === null || each.roundTripMs < best.roundTripMs ? each : best), null);
}
