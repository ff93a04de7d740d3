import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../shared/domain/time.ts';
import { formatsFor, nextDurationChange, nextRelativeChange, offsetText, zoneOffsetMinutes } from './formats.ts';

const NOW = instant(Date.UTC(2026, 2, 29, 12, 0));
const en = formatsFor('en', 'Europe/Lisbon');
const zh = formatsFor('zh-CN', 'Asia/Shanghai');
const ago = (ms: number): ReturnType<typeof instant> => instant(NOW - ms);

describe('relative times', () => {
  test('say how far away, in both languages', () => {
    expect(en.relative(ago(30_000), NOW)).toBe('just now');
    expect(en.relative(ago(5 * MINUTE_MS), NOW)).toBe('5 minutes ago');
    expect(en.relative(instant(NOW + 2 * HOUR_MS), NOW)).toBe('in 2 hours');
    expect(en.relative(instant(NOW + 8_000), NOW)).toBe('in 8 seconds');
    expect(en.relativeShort(ago(3 * DAY_MS), NOW)).toBe('3d');
    expect(zh.relative(ago(5 * MINUTE_MS), NOW)).toBe('5分钟前');
    expect(en.duration(2 * HOUR_MS + 5 * MINUTE_MS)).toBe('2h 5m');
    expect(en.duration(3 * DAY_MS + 4 * HOUR_MS)).toBe('3d 4h');
  });

  test('change exactly at the instant that is announced, and not a millisecond before', () => {
    for (const distance of [-3 * DAY_MS, -90 * MINUTE_MS, -59_999, -1, 0, 1, 42_500, 61_000, 90 * MINUTE_MS, 26 * HOUR_MS]) {
      const at = instant(NOW + distance);
      const next = nextRelativeChange(at, NOW);
      expect(next).toBeGreaterThan(NOW);
      expect(en.relative(at, instant(next - 1)), `before, ${distance}`).toBe(en.relative(at, NOW));
      expect(en.relative(at, next), `after, ${distance}`).not.toBe(en.relative(at, NOW));
    }
  });

  test('a span changes with its smaller unit', () => {
    const at = ago(2 * HOUR_MS + 5 * MINUTE_MS);
    const next = nextDurationChange(at, NOW);
    expect(en.duration(next - 1 - at)).toBe('2h 5m');
    expect(en.duration(next - at)).toBe('2h 6m');
  });
});

describe('zones', () => {
  test('follow the clock change of the day', () => {
    const before = instant(Date.UTC(2026, 2, 29, 0, 59));
    const after = instant(Date.UTC(2026, 2, 29, 1, 0));
    expect(en.time(before)).toBe('00:59');
    expect(en.time(after)).toBe('02:00');
    expect(zoneOffsetMinutes('Europe/Lisbon', before)).toBe(0);
    expect(zoneOffsetMinutes('Europe/Lisbon', after)).toBe(60);
  });

  test('offsets keep their half hours', () => {
    expect(offsetText(zoneOffsetMinutes('Asia/Kolkata', NOW))).toBe('UTC+5:30');
    expect(offsetText(zoneOffsetMinutes('America/St_Johns', NOW))).toBe('UTC-2:30');
    expect(offsetText(zoneOffsetMinutes('UTC', NOW))).toBe('UTC');
    expect(en.timeAtOffset(NOW, 345)).toBe('17:45');
  });

  test('days are the days of the zone: late evening in Lisbon is tomorrow in Shanghai', () => {
    const late = instant(Date.UTC(2026, 2, 28, 20, 0));
    expect(en.dayHeading(late, NOW)).toBe('Yesterday');
    expect(zh.dayHeading(late, NOW)).toBe('今天');
    expect(en.listTime(late, NOW)).toBe('Sat');
  });
});

test('what stands beside each other is set apart as in the language', () => {
  expect(en.series(['VIP', 'Korean', 'Chinese'])).toBe('VIP, Korean, Chinese');
  expect(zh.series(['VIP', '韩语', '中文'])).toBe('VIP、韩语、中文');
});

test('sizes are in decimal units', () => {
  expect(en.bytes(999)).toBe('999 bytes');
  expect(en.bytes(48_234_496)).toBe('48.2 MB');
});
