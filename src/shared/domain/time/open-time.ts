import { DAY_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { fail, ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { OpenHours, Span } from './calendar.ts';
import { openSpans, unitedSpans } from './calendar-spans.ts';
import type { SpanPair } from './calendar-spans.ts';

/** Hours without any open time for this long are a mistake in their configuration, which leads are shown. */
export const NEVER_OPENS_MS = 366 * DAY_MS;

/** No open time within 366 days of an instant at which some was looked for. */
export interface NeverOpens {
  readonly code: 'never-opens';
}

/** The table grows by this much; about a year. */
const CHUNK_MS = 366 * DAY_MS;
/**
 * Open time is known for 1970 to 2200; outside nothing is open. A date that a stranger wrote into a mail must not make
 * the table grow by thousands of years.
 */
const EARLIEST = 0;
const LATEST = 230 * CHUNK_MS;

/**
 * The union of some hours as a table: intervals with the open time before each. It grows by the year as it is asked
 * about earlier or later times, and answers by binary search. All numbers are epoch milliseconds; all lengths are real
 * milliseconds, never minutes.
 */
export class OpenTime {
  readonly #hours: readonly OpenHours[];
  readonly #chunks = new Map<number, readonly SpanPair[]>();
  /** The covered chunks are `[#low, #high)`. */
  #low = 0;
  #high = 0;
  #starts = new Float64Array(0);
  #ends = new Float64Array(0);
  /** Open time up to the end of each interval, from the table's begin. */
  #sums = new Float64Array(0);
  /** Closed stretches between two intervals that are too long, for a start before them. */
  #voids: readonly SpanPair[] = [];

  constructor(hours: readonly OpenHours[]) {
    this.#hours = hours;
  }

  /** Open milliseconds in `[from, to)` less the pauses; 0 when `to` is not after `from`. */
  elapsed(from: number, to: number, pauses: readonly Span[] = []): number {
    if (to <= from) return 0;
    this.#cover(from, to);
    let open = this.#sumAt(to) - this.#sumAt(from);
    for (const [begin, end] of pausePairs(pauses)) {
      const first = Math.max(begin, from);
      const last = Math.min(end, to);
      if (first < last) open -= this.#sumAt(last) - this.#sumAt(first);
    }
    return open;
  }

  /**
   * The earliest instant at which `targetMs` of open time have passed since `start`, pauses not counted; null when there
   * is a time on the way from which nothing is open for 366 days.
   */
  due(start: number, targetMs: number, pauses: readonly Span[] = []): Instant | null {
    if (start < EARLIEST) return null;
    let at = start;
    let left = targetMs;
    for (const [from, to] of pausePairs(pauses)) {
      if (to <= at) continue;
      if (from > at) {
        const found = this.#reach(at, left, from);
        if (found !== 'beyond') return found;
        left -= this.elapsed(at, from);
      }
      at = to;
    }
    const found = this.#reach(at, left, Number.POSITIVE_INFINITY);
    return found === 'beyond' ? null : found;
  }

  /** The first open instant at or after `at`; null when there is none within 366 days. */
  nextOpen(at: number): Instant | null {
    this.#cover(at, at + NEVER_OPENS_MS);
    const index = this.#firstEndingAfter(at);
    const start = this.#starts[index];
    if (start === undefined || start - at >= NEVER_OPENS_MS) return null;
    return instant(Math.max(at, start));
  }

  isOpen(at: number): boolean {
    return this.elapsed(at, at + 1) > 0;
  }

  /** The open stretches within `[from, to)`, in order. */
  spans(from: number, to: number): readonly Span[] {
    if (to <= from) return [];
    this.#cover(from, to);
    const found: Span[] = [];
    for (let index = this.#firstEndingAfter(from); (this.#starts[index] ?? to) < to; index += 1) {
      const begin = Math.max(from, this.#starts[index] ?? from);
      found.push({ from: instant(begin), to: instant(Math.min(to, this.#ends[index] ?? to)) });
    }
    return found;
  }

  /** Where `left` open milliseconds from `at` on have passed; `beyond` when that is after `limit`. */
  #reach(at: number, left: number, limit: number): Instant | null | 'beyond' {
    if (left <= 0) return instant(at);
    // An open hour soon is enough for most; the table grows only as far as the answer needs.
    this.#cover(at, at + NEVER_OPENS_MS);
    const begin = this.#firstEndingAfter(at);
    const base = this.#sumBefore(begin, at);
    for (;;) {
      const needed = base + left;
      const last = this.#sums.length - 1;
      if (last >= 0 && needed <= (this.#sums[last] ?? 0)) {
        const index = this.#firstSumReaching(needed, begin);
        const found = (this.#ends[index] ?? 0) - ((this.#sums[index] ?? 0) - needed);
        // A void that begins before the limit makes the hours wrong, even when a pause begins within it.
        if (this.#hasVoid(at, Math.min(found, limit))) return null;
        return found <= limit ? instant(found) : 'beyond';
      }
      const end = Math.max(at, this.#ends[last] ?? at);
      const covered = this.#high * CHUNK_MS;
      if (end < limit && covered - end >= NEVER_OPENS_MS) return null;
      // only now the last interval is known to end after the limit, or to be followed by another in time
      if (covered - limit >= NEVER_OPENS_MS) return this.#hasVoid(at, limit) ? null : 'beyond';
      if (covered >= LATEST) return null;
      this.#cover(at, covered + 1);
    }
  }

  /** Whether nothing opens for 366 days from some instant in `[from, to)` on. */
  #hasVoid(from: number, to: number): boolean {
    return this.#voids.length > 0 && this.#voids.some((span) => span[0] < to && span[1] - Math.max(span[0], from) >= NEVER_OPENS_MS);
  }

  #sumAt(at: number): number {
    return this.#sumBefore(this.#firstEndingAfter(at), at);
  }

  /** As `#sumAt`, with the index of the first interval that ends after `at`. */
  #sumBefore(index: number, at: number): number {
    const before = index === 0 ? 0 : (this.#sums[index - 1] ?? 0);
    const start = this.#starts[index];
    return start === undefined || at <= start ? before : before + at - start;
  }

  /** Index of the first interval that ends after `at`; the table's length when there is none. */
  #firstEndingAfter(at: number): number {
    return firstAbove(this.#ends, at);
  }

  /** Most due times are a few intervals away: the steps double from `begin` on before the rest is halved. */
  #firstSumReaching(sum: number, begin: number): number {
    const sums = this.#sums;
    let low = begin;
    let high = begin;
    for (let step = 1; high < sums.length && (sums[high] ?? 0) < sum; step *= 2) {
      low = high + 1;
      high += step;
    }
    high = Math.min(high, sums.length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) >= sum) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #cover(from: number, to: number): void {
    if (this.#high > this.#low && from >= this.#low * CHUNK_MS && to <= this.#high * CHUNK_MS) return;
    const low = Math.floor(Math.min(Math.max(from, EARLIEST), LATEST) / CHUNK_MS);
    const high = Math.ceil(Math.min(Math.max(to, EARLIEST), LATEST) / CHUNK_MS);
    const isEmpty = this.#high === this.#low;
    const wasLow = this.#low;
    const wasHigh = this.#high;
    this.#low = isEmpty ? low : Math.min(this.#low, low);
    this.#high = isEmpty ? Math.max(high, low + 1) : Math.max(this.#high, high);
    if (this.#low !== wasLow || this.#high !== wasHigh) this.#rebuild();
  }

  #rebuild(): void {
    const parts: SpanPair[] = [];
    for (let index = this.#low; index < this.#high; index += 1) {
      let chunk = this.#chunks.get(index);
      if (chunk === undefined) {
        const begin = index * CHUNK_MS;
        chunk = unitedSpans(this.#hours.flatMap((hours) => openSpans(hours, begin, begin + CHUNK_MS)));
        this.#chunks.set(index, chunk);
      }
      parts.push(...chunk);
    }
    const spans = unitedSpans(parts);
    this.#starts = Float64Array.from(spans, (span) => span[0]);
    this.#ends = Float64Array.from(spans, (span) => span[1]);
    let sum = 0;
    this.#sums = Float64Array.from(spans, (span) => (sum += span[1] - span[0]));
    const begin = this.#low * CHUNK_MS;
    this.#voids = spans
      .map((span, index): SpanPair => [spans[index - 1]?.[1] ?? begin, span[0]])
      .filter((span) => span[1] - span[0] >= NEVER_OPENS_MS);
  }
}

/** Index of the first value greater than `limit`. */
function firstAbove(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

const NO_PAUSES: readonly SpanPair[] = [];

function pausePairs(pauses: readonly Span[]): readonly SpanPair[] {
  return pauses.length === 0 ? NO_PAUSES : unitedSpans(pauses.map((pause): SpanPair => [pause.from, pause.to]));
}

const tables = new WeakMap<readonly OpenHours[], OpenTime>();

/** The table of these hours' union. It is kept for as long as the array lives: hand in the same array again. */
export function openTimeOf(hours: readonly OpenHours[]): OpenTime {
  const known = tables.get(hours);
  if (known !== undefined) return known;
  const made = new OpenTime(hours);
  tables.set(hours, made);
  return made;
}

/** Open milliseconds in `[from, to)` of the union of hours, less the pauses. Zones: each calendar's own. */
export function elapsed(hours: readonly OpenHours[], from: Instant, to: Instant, pauses: readonly Span[]): number {
  return openTimeOf(hours).elapsed(from, to, pauses);
}

/** The earliest instant with `elapsed == targetMs` since `start`, or the configuration error that leads are shown. */
export function due(hours: readonly OpenHours[], start: Instant, targetMs: number, pauses: readonly Span[]): Result<Instant, NeverOpens> {
  const found = openTimeOf(hours).due(start, targetMs, pauses);
  return found === null ? fail({ code: 'never-opens' }) : ok(found);
}
