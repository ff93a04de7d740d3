import { instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { unitedSpans } from '../time/calendar-spans.ts';
import type { SpanPair } from '../time/calendar-spans.ts';
import type { Assignment } from './plan.ts';
import { qualifiedAssignments } from './qualified-assignments.ts';
import type { Roster, Selector } from './roster.ts';

/**
 * Staffed time as a line that holds until the next change: at any `t` up to it, `at(t)` is
 * `base + (since === null ? 0 : t - since)`. Small enough to be kept in a row and added up by SQL.
 */
export interface StaffedLine {
  /** Staffed milliseconds before `since`; while nobody is on, all there were. */
  readonly base: number;
  /** Since when somebody has been on; null while nobody is. */
  readonly since: Instant | null;
}

/**
 * When somebody who fulfils a need is on, as a table: stretches with the staffed time up to the end of each. One person
 * or ten make no difference. Times are epoch milliseconds, lengths real milliseconds.
 */
export class StaffedTime {
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  /** Staffed time up to the end of each stretch, from the table's begin. */
  readonly #sums: Float64Array;

  /** @param spans when somebody is on; in any order, may overlap */
  constructor(spans: readonly Span[]) {
    const united = unitedSpans(spans.map((span): SpanPair => [span.from, span.to]));
    let sum = 0;
    this.#starts = Float64Array.from(united, (span) => span[0]);
    this.#ends = Float64Array.from(united, (span) => span[1]);
    this.#sums = Float64Array.from(united, (span) => (sum += span[1] - span[0]));
  }

  /** Staffed milliseconds from the table's begin to `t`. */
  at(t: number): number {
    const index = this.#firstEndingAfter(t);
    const before = index === 0 ? 0 : (this.#sums[index - 1] ?? 0);
    const start = this.#starts[index];
    return start === undefined || t <= start ? before : before + t - start;
  }

  /** Of the time from `now` to `due`, how many milliseconds have somebody on; 0 when `due` is not after `now`. */
  runway(now: number, due: number): number {
    return due <= now ? 0 : this.at(due) - this.at(now);
  }

  isOn(t: number): boolean {
    const start = this.#starts[this.#firstEndingAfter(t)];
    return start !== undefined && start <= t;
  }

  /** The first instant after `t` at which somebody comes or the last one goes; null when nothing changes any more. */
  nextChange(t: number): Instant | null {
    const index = this.#firstEndingAfter(t);
    const start = this.#starts[index];
    if (start === undefined) return null;
    return instant(start > t ? start : (this.#ends[index] ?? start));
  }

  /** The line that holds from `t` to the next change. */
  lineAt(t: number): StaffedLine {
    const index = this.#firstEndingAfter(t);
    const base = index === 0 ? 0 : (this.#sums[index - 1] ?? 0);
    const start = this.#starts[index];
    return { base, since: start === undefined || start > t ? null : instant(start) };
  }

  /** The stretches within `[from, to)` in which somebody is on, in order. */
  spans(from: number, to: number): readonly Span[] {
    const found: Span[] = [];
    for (let index = this.#firstEndingAfter(from); (this.#starts[index] ?? to) < to; index += 1) {
      found.push({
        from: instant(Math.max(from, this.#starts[index] ?? from)),
        to: instant(Math.min(to, this.#ends[index] ?? to)),
      });
    }
    return found;
  }

  #firstEndingAfter(t: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[middle] ?? 0) > t) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The table of those who fulfil a selector. */
export function staffedTime(roster: Roster, assignments: readonly Assignment[], selector: Selector): StaffedTime {
  return new StaffedTime(qualifiedAssignments(roster, assignments, selector));
}
