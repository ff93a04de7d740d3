import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeId } from '../ids.ts';
import { HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Segment, SegmentState } from './coverage.ts';
import { stateOf, sweep, sweepWindows } from './sweep.ts';
import type { Presence } from './sweep.ts';

const hour = (hours: number): Instant => instant(hours * HOUR_MS);
const minute = (minutes: number): Instant => instant(minutes * MINUTE_MS);

function presence(name: string, from: number, to: number): Presence {
  return { agentId: makeId('agt', name), from: hour(from), to: hour(to) };
}

/** `0-6 thin(1)`, in hours. */
function words(segments: readonly Segment[]): readonly string[] {
  return segments.map(({ from, to, state, agents }) => `${String(from / HOUR_MS)}-${String(to / HOUR_MS)} ${state}(${String(agents)})`);
}

describe('a sweep', () => {
  test('tells every stretch by state and people', () => {
    const spans = [
      presence('a', 0, 8),
      presence('b', 6, 14),
      presence('c', 14, 16),
      presence('d', 17, 24),
      presence('d', 18, 20),
      presence('e', 20, 24),
      presence('z', 10, 10),
    ];
    expect(words(sweep(hour(0), hour(24), 2, 2, spans))).toEqual([
      '0-6 thin(1)',
      '6-8 ok(2)',
      '8-16 thin(1)',
      '16-17 gap(0)',
      '17-20 thin(1)',
      '20-24 ok(2)',
    ]);
  });

  test('of nobody is one gap', () => {
    expect(words(sweep(hour(0), hour(24), 1, 1, []))).toEqual(['0-24 gap(0)']);
  });

  test('of no time is nothing', () => {
    expect(sweep(hour(4), hour(4), 1, 1, [presence('a', 0, 8)])).toEqual([]);
    expect(sweep(hour(5), hour(4), 1, 1, [presence('a', 0, 8)])).toEqual([]);
  });

  test('counts who hands over to somebody as one, also when it is the same person', () => {
    expect(words(sweep(hour(0), hour(9), 1, 1, [presence('a', 0, 4), presence('b', 4, 9)]))).toEqual(['0-9 ok(1)']);
    expect(words(sweep(hour(0), hour(9), 1, 1, [presence('a', 4, 9), presence('a', 0, 4)]))).toEqual(['0-9 ok(1)']);
  });

  test('knows fewer than the target', () => {
    expect(words(sweep(hour(0), hour(3), 1, 2, [presence('a', 0, 2), presence('b', 0, 1)]))).toEqual([
      '0-1 ok(2)',
      '1-2 low(1)',
      '2-3 gap(0)',
    ]);
  });

  test('tells nothing of what lies between windows, and joins nothing across it', () => {
    const windows = [
      { from: hour(1), to: hour(2) },
      { from: hour(3), to: hour(3) },
      { from: hour(4), to: hour(6) },
    ];
    expect(words(sweepWindows(windows, 1, 1, [presence('a', 0, 5)]))).toEqual(['1-2 ok(1)', '4-5 ok(1)', '5-6 gap(0)']);
  });
});

/** What is at every minute, by looking at every minute. */
function byMinute(from: number, to: number, minimum: number, target: number, spans: readonly Presence[]): readonly string[] {
  return Array.from({ length: Math.max(0, to - from) }, (_unused, index) => {
    const at = minute(from + index);
    const there = new Set(spans.filter((span) => span.from <= at && at < span.to).map((span) => span.agentId));
    const state: SegmentState = there.size === 0 ? 'gap' : there.size < minimum ? 'thin' : there.size < target ? 'low' : 'ok';
    return `${state}(${String(there.size)})`;
  });
}

describe('any team', () => {
  const spans = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      start: fc.integer({ min: -50, max: 250 }),
      length: fc.integer({ min: 0, max: 120 }),
    }),
    { maxLength: 14 },
  );

  test('is swept into segments that partition the window and say what every minute says', () => {
    fc.assert(
      fc.property(
        spans,
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        (drawn, begin, length, minimum, more) => {
          const people = drawn.map(({ name, start, length: long }) => ({
            agentId: makeId('agt', name),
            from: minute(start),
            to: minute(start + long),
          }));
          const segments = sweep(minute(begin), minute(begin + length), minimum, minimum + more, people);
          expect(segments[0]?.from).toBe(minute(begin));
          expect(segments.at(-1)?.to).toBe(minute(begin + length));
          segments.forEach((segment, index) => {
            const next = segments[index + 1];
            expect(segment.to).toBeGreaterThan(segment.from);
            if (next === undefined) return;
            expect(next.from).toBe(segment.to);
            expect(next.agents).not.toBe(segment.agents);
          });
          const told = segments.flatMap(({ from, to, state, agents }) =>
            Array.from({ length: (to - from) / MINUTE_MS }, () => `${state}(${String(agents)})`),
          );
          expect(told).toEqual(byMinute(begin, begin + length, minimum, minimum + more, people));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test.each([
  [0, 1, 1, 'gap'],
  [1, 2, 3, 'thin'],
  [2, 2, 3, 'low'],
  [3, 2, 3, 'ok'],
  [4, 2, 3, 'ok'],
] as const)('%i people where %i are a must and %i are wanted: %s', (agents, minimum, target, state) => {
  expect(stateOf(agents, minimum, target)).toBe(state);
});
