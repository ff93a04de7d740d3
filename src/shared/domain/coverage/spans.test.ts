import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { lengthOf, minus, united } from './spans.ts';

const drawn = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 })), { maxLength: 7 });

function spansOf(pairs: readonly (readonly [number, number])[]): readonly Span[] {
  return pairs.map(([from, length]) => ({ from: instant(from), to: instant(from + length) }));
}
/** Every whole number that is in one of the spans. */
function numbers(spans: readonly Span[]): readonly number[] {
  return Array.from({ length: 60 }, (_unused, at) => at).filter((at) => spans.some(({ from, to }) => from <= at && at < to));
}

test('united and taken apart, stretches hold what they held before, each once', () => {
  fc.assert(
    fc.property(drawn, drawn, (some, others) => {
      const one = united(spansOf(some));
      const other = united(spansOf(others));
      const left = minus(one, other);
      expect(numbers(one)).toEqual(numbers(spansOf(some)));
      expect(lengthOf(one)).toBe(numbers(one).length);
      expect(numbers(left)).toEqual(numbers(one).filter((at) => !numbers(other).includes(at)));
      expect(lengthOf(left)).toBe(numbers(left).length);
    }),
    { numRuns: 500 },
  );
});
