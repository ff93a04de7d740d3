import { uptime } from 'node:os';

/**
 * How time passes on this machine, for what must not trust wall clocks. Two readings, because a monotonic clock stands still on some
 * systems (Linux) while the machine sleeps. Both are the same in every thread of the process.
 */
export interface MachineClock {
  /** Milliseconds from an arbitrary point. Never goes back; may stand still while the machine sleeps. */
  monotonicMs(): number;
  /** Milliseconds since the machine started, with its sleep. Coarse, and on some systems moved when the wall clock is set. */
  uptimeMs(): number;
}

export const machineClock: MachineClock = {
  monotonicMs: () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
  uptimeMs: () => uptime() * 1_000,
};

/** A moment on both clocks. */
export interface MachineMoment {
  readonly monotonicMs: number;
  readonly uptimeMs: number;
}

export function machineMoment(clock: MachineClock): MachineMoment {
  return { monotonicMs: clock.monotonicMs(), uptimeMs: clock.uptimeMs() };
}

/**
 * Milliseconds that have passed since a moment, at most: whichever clock says more. For "I may still", where too much is safe.
 * @returns never negative
 */
export function longestSince(moment: MachineMoment, clock: MachineClock): number {
  return Math.max(0, clock.monotonicMs() - moment.monotonicMs, clock.uptimeMs() - moment.uptimeMs);
}

/** Milliseconds that have passed since a moment, at least: for "the other may no longer", where too little is safe. */
export function shortestSince(moment: MachineMoment, clock: MachineClock): number {
  return Math.max(0, clock.monotonicMs() - moment.monotonicMs);
}

/** Timers of the runtime, or a test's. */
export interface Timers {
  /** Runs `work` once after so many milliseconds; returns what takes it back. */
  after(ms: number, work: () => void): () => void;
}

/** They do not keep the process alive. */
export const systemTimers: Timers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
