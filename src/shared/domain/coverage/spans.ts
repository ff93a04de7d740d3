import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';

/** Arithmetic with half-open stretches of time; lists are sorted and none of their stretches touches another. */

export function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}

export function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

/** Sorts stretches and unites what overlaps or touches; what has no length is left out. */
export function united(spans: readonly Span[]): readonly Span[] {
  const result: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of spans.filter((span) => span.from < span.to).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last === undefined || from > last.to) result.push({ from, to });
    else last.to = later(last.to, to);
  }
  return result;
}

/** What of `spans` is in none of `taken`. */
export function minus(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let index = 0;
  for (const { from, to } of spans) {
    let begin = from;
    for (; (taken[index]?.to ?? to) < to; index += 1) {
      const hole = taken[index];
      if (hole === undefined) break;
      if (hole.from > begin) left.push({ from: begin, to: hole.from });
      begin = later(begin, hole.to);
    }
    const end = earlier(to, taken[index]?.from ?? to);
    if (begin < end) left.push({ from: begin, to: end });
  }
  return left;
}

/** Milliseconds of all stretches together. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

export function overlaps(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}
