import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../../shared/domain/time.ts';
import { nextDayIn, ownDates, spanOfRange } from './date-range.ts';
import type { RangeValue } from './date-range.ts';

const PRESETS = [
  { value: 'today', back: 0, ahead: 0 },
  { value: 'week', back: 6, ahead: 0 },
] as const;
const at = (iso: string): ReturnType<typeof instant> => instant(Date.parse(iso));
const range = (value: Partial<RangeValue<'today' | 'week'>>): RangeValue<'today' | 'week'> => ({
  preset: 'own',
  from: null,
  to: null,
  ...value,
});

describe('a stretch of days', () => {
  test('is made of whole days by the clocks of the zone, on the day that the clocks change, too', () => {
    // Lisbon goes back from +1 to 0 on 25 October 2026: that Sunday has 25 hours.
    const now = at('2026-10-25T12:00Z');
    expect(spanOfRange(range({ preset: 'today' }), PRESETS, 'Europe/Lisbon', now)).toEqual({
      from: at('2026-10-24T23:00Z'),
      to: at('2026-10-26T00:00Z'),
    });
    expect(spanOfRange(range({ preset: 'week' }), PRESETS, 'Asia/Kathmandu', now)).toEqual({
      from: at('2026-10-18T18:15Z'),
      to: at('2026-10-25T18:15Z'),
    });
  });

  test('of one’s own has both its days, or says what is wrong', () => {
    const first = { year: 2026, month: 3, day: 1 };
    const last = { year: 2026, month: 3, day: 2 };
    const span = (from: typeof first | null, to: typeof first | null): unknown =>
      spanOfRange(range({ from, to }), PRESETS, 'UTC', at('2026-10-25T12:00Z'));
    expect(span(first, last)).toEqual({ from: at('2026-03-01T00:00Z'), to: at('2026-03-03T00:00Z') });
    expect(span(first, first)).toEqual({ from: at('2026-03-01T00:00Z'), to: at('2026-03-02T00:00Z') });
    expect(span(last, first)).toBe('order');
    expect(span(first, null)).toBe('incomplete');
    expect(span(first, { ...first, year: 2029 })).toBe('too-long');
  });

  test('turned into dates of one’s own it stays the same', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Lisbon', 'America/Santiago', 'Pacific/Apia', 'Asia/Kathmandu');
    fc.assert(
      fc.property(zones, fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2030-01-01T00:00Z') }), (zone, ms) => {
        const now = instant(ms);
        const span = spanOfRange(range({ preset: 'week' }), PRESETS, zone, now);
        expect(spanOfRange({ preset: 'own', ...ownDates(span, zone) }, PRESETS, zone, now)).toEqual(span);
        expect(typeof span === 'string' ? null : span.to).toBe(nextDayIn(zone)(now));
      }),
    );
  });
});
