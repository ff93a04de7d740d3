/** A point in time: milliseconds since 1970-01-01T00:00:00Z. Never a wall time. */
export type Instant = number & { readonly __brand: 'Instant' };

/** Marks a number of epoch milliseconds as an instant. Throws a RangeError when it is not a finite number. */
export function instant(epochMs: number): Instant {
  if (!Number.isFinite(epochMs)) throw new RangeError(`not an instant: ${epochMs}`);
  // The one place where a number becomes an instant.
  return Math.trunc(epochMs) as Instant;
}

/** The only way that domain and engine code learn what time it is; tests inject a clock they move by hand. */
export interface Clock {
  /** The current instant by the machine's clock. */
  now(): Instant;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `at` moved by `ms` milliseconds (negative moves back). */
export function after(at: Instant, ms: number): Instant {
  return instant(at + ms);
}
