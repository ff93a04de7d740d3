import type { Stretch } from './assignments.ts';

/** Stretches of one person, to be found by time. */
export class WorkedStretches {
  readonly #sorted: readonly Stretch[];
  /** The longest of them: a stretch that reaches into a time starts at most so long before it. */
  readonly #longestMs: number;

  constructor(stretches: Stretch[]) {
    this.#sorted = stretches.sort((a, b) => a.from - b.from);
    this.#longestMs = stretches.reduce((longest, each) => Math.max(longest, each.to - each.from), 0);
  }

  /** Those that reach into `[from, to)`, in order. */
  around(from: number, to: number): readonly Stretch[] {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.from ?? 0) < from - this.#longestMs) low = middle + 1;
      else high = middle;
    }
    const found: Stretch[] = [];
    for (let index = low; index < this.#sorted.length; index += 1) {
      const each = this.#sorted[index];
      if (each === undefined || each.from >= to) break;
      if (each.to > from) found.push(each);
    }
    return found;
  }
}
