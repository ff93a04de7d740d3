import type { Instant } from './time.ts';

/**
 * Hybrid logical clock: the largest wall time seen, and a counter for what happens within it. Orders events of one
 * cause chain even when a machine's clock is wrong. Text form sorts by byte: time (base 36, 9 digits), counter (4 digits), node.
 */
export interface Hlc {
  readonly wallMs: number;
  readonly counter: number;
}

export const HLC_ZERO: Hlc = { wallMs: 0, counter: 0 };

/** The next timestamp for a local event. */
export function nextHlc(previous: Hlc, now: Instant): Hlc {
  return now > previous.wallMs ? { wallMs: now, counter: 0 } : { wallMs: previous.wallMs, counter: previous.counter + 1 };
}

/** The clock after an event from elsewhere was seen. */
export function receiveHlc(previous: Hlc, seen: Hlc, now: Instant): Hlc {
  const wallMs = Math.max(previous.wallMs, seen.wallMs, now);
  if (wallMs === previous.wallMs && wallMs === seen.wallMs) return { wallMs, counter: Math.max(previous.counter, seen.counter) + 1 };
  if (wallMs === previous.wallMs) return { wallMs, counter: previous.counter + 1 };
  if (wallMs === seen.wallMs) return { wallMs, counter: seen.counter + 1 };
  return { wallMs, counter: 0 };
}

export function formatHlc(hlc: Hlc, node: string): string {
  return `${hlc.wallMs.toString(36).padStart(9, '0')}-${hlc.counter.toString(36).padStart(4, '0')}-${node}`;
}

/** Throws a RangeError on text that `formatHlc` did not write. */
export function parseHlc(text: string): Hlc & { readonly node: string } {
  const match = /^([0-9a-z]{9})-([0-9a-z]{4,})-(.+)$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) throw new RangeError(`not a timestamp: ${text}`);
  return { wallMs: Number.parseInt(match[1], 36), counter: Number.parseInt(match[2], 36), node: match[3] };
}
