import { pause } from './signals.ts';

export interface PollTimings {
  /** Between two looks for something new, in milliseconds. */
  readonly pollMs: number;
  /** Between two proofs that the service can be reached, in milliseconds. */
  readonly pingMs: number;
}

/**
 * What a channel without push does while it waits: wakes the engine in intervals, and finds out between them whether the service can be
 * reached, so that an outage is not first noticed by the next look. Resolves when the signal aborts; throws what `ping` throws.
 */
export async function watchByPolling(
  timings: PollTimings,
  wake: () => void,
  ping: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let wokenAt = performance.now();
  while (!signal.aborted) {
    const leftMs = Math.max(1, wokenAt + timings.pollMs - performance.now());
    await pause(Math.min(timings.pingMs, leftMs), signal);
    if (signal.aborted) return;
    if (performance.now() - wokenAt >= timings.pollMs - 1) {
      wokenAt = performance.now();
      wake();
    } else {
      await ping(signal);
    }
  }
}
