import { describe, expect, it } from 'vitest';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { nextLevelChange, waitingAt } from './waiting.ts';

const NOW = instant(Date.parse('2026-05-06T12:00:00Z'));

describe('waitingAt', () => {
  it('is nothing for an answered case and 0 for a clock that runs ahead', () => {
    expect(waitingAt(null, NOW)).toEqual({ level: 'none', forMs: 0 });
    expect(waitingAt(after(NOW, 5 * MINUTE_MS), NOW)).toEqual({ level: 'fresh', forMs: 0 });
  });

  it('changes level exactly at the hour, at four hours and at the day', () => {
    const levelAfter = (ms: number) => waitingAt(after(NOW, -ms), NOW).level;
    expect([HOUR_MS - 1, HOUR_MS, 4 * HOUR_MS - 1, 4 * HOUR_MS, DAY_MS - 1, DAY_MS].map(levelAfter)).toEqual([
      'fresh',
      'waiting',
      'waiting',
      'long',
      'long',
      'very-long',
    ]);
  });
});

describe('nextLevelChange', () => {
  it('is the next step, and none after the last', () => {
    expect(nextLevelChange(NOW, after(NOW, HOUR_MS - 1))).toBe(NOW + HOUR_MS);
    expect(nextLevelChange(NOW, after(NOW, HOUR_MS))).toBe(NOW + 4 * HOUR_MS);
    expect(nextLevelChange(NOW, after(NOW, DAY_MS))).toBeNull();
  });
});
