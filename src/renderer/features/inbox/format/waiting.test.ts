import { describe, expect, it } from 'vitest';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { formatDuration, waitingAt } from './waiting.ts';

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

describe('formatDuration', () => {
  it('shows two units at most and none that do not matter', () => {
    const cases: readonly (readonly [number, string])[] = [
      [20_000, '0m'],
      [59 * MINUTE_MS, '59m'],
      [HOUR_MS + 5 * MINUTE_MS, '1h 5m'],
      [11 * HOUR_MS + 59 * MINUTE_MS, '11h'],
      [DAY_MS + 3 * HOUR_MS, '1d 3h'],
      [9 * DAY_MS + 3 * HOUR_MS, '9d'],
    ];
    for (const [ms, text] of cases) expect(formatDuration(ms, 'en')).toBe(text);
  });

  it('speaks Chinese', () => {
    expect(formatDuration(HOUR_MS + 5 * MINUTE_MS, 'zh-CN')).toBe('1小时 5分钟');
  });
});
