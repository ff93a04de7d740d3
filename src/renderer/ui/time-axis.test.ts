import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, instant } from '../../shared/domain/time.ts';
import { toLocal } from '../../shared/domain/time/zone.ts';
import { axisDays, axisSeams, axisTicks, axisWords, dayAxis, fractionAt, instantAt, percent, snapToWall, timeAxis } from './time-axis.ts';

const utc = (text: string): ReturnType<typeof instant> => instant(Date.parse(text));
const date = (year: number, month: number, day: number): { readonly year: number; readonly month: number; readonly day: number } => ({
  year,
  month,
  day,
});

describe('days', () => {
  test('are as long as they are: 23 and 25 hours where the clocks change', () => {
    const lengths = (year: number, month: number, day: number): readonly number[] =>
      dayAxis('Europe/Lisbon', date(year, month, day), 3).days.map((each) => (each.to - each.from) / HOUR_MS);
    expect(lengths(2026, 3, 28)).toEqual([24, 23, 24]);
    expect(lengths(2026, 10, 24)).toEqual([24, 25, 24]);
  });

  test('a shorter day takes a smaller part of the line', () => {
    const axis = dayAxis('Europe/Lisbon', date(2026, 3, 28), 3);
    const shares = axis.days.map((day) => fractionAt(axis, day.to) - fractionAt(axis, day.from));
    expect(shares[1]).toBeCloseTo(23 / 71, 10);
    expect(shares[0]).toBeCloseTo(24 / 71, 10);
  });

  test('a window that begins within a day has that day whole', () => {
    const days = axisDays('Asia/Kathmandu', utc('2026-03-01T12:00:00Z'), utc('2026-03-02T12:00:00Z'));
    expect(days.map((day) => day.date.day)).toEqual([1, 2]);
    expect(days[0]?.from).toBe(utc('2026-02-28T18:15:00Z'));
    expect(days.map((day) => day.weekday)).toEqual(['sun', 'mon']);
  });

  test('a date that a zone skipped is not shown', () => {
    const days = axisDays('Pacific/Apia', utc('2011-12-29T00:00:00Z'), utc('2011-12-31T12:00:00Z'));
    expect(days.map((day) => day.date.day)).not.toContain(30);
  });

  test('follow each other without a hole in any zone', () => {
    const zones = ['Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham', 'UTC'];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 45 }), (zone, start, count) => {
        const from = instant(Date.parse('2024-01-01T00:00:00Z') + start * 7 * HOUR_MS);
        const days = axisDays(zone, from, instant(from + count * DAY_MS));
        expect(days[0]?.from).toBeLessThanOrEqual(from);
        expect(days.at(-1)?.to).toBeGreaterThanOrEqual(from + count * DAY_MS);
        expect(days.slice(1).map((day) => day.from)).toEqual(days.slice(0, -1).map((day) => day.to));
        for (const day of days) expect(toLocal(zone, day.from)).toMatchObject(day.date);
      }),
    );
  });
});

describe('seams', () => {
  test('say in which direction the clocks go, also by half an hour', () => {
    expect(axisSeams('Europe/Lisbon', utc('2026-03-01T00:00:00Z'), utc('2026-12-01T00:00:00Z'))).toEqual([
      { at: utc('2026-03-29T01:00:00Z'), shiftMs: HOUR_MS },
      { at: utc('2026-10-25T01:00:00Z'), shiftMs: -HOUR_MS },
    ]);
    const half = axisSeams('Australia/Lord_Howe', utc('2026-04-01T00:00:00Z'), utc('2026-05-01T00:00:00Z'));
    expect(half.map((seam) => seam.shiftMs)).toEqual([-HOUR_MS / 2]);
  });
});

describe('ticks', () => {
  test('are on the hour of the zone', () => {
    const axis = dayAxis('Asia/Kathmandu', date(2026, 5, 4), 1);
    const ticks = axisTicks(axis, 180);
    expect(ticks.map((tick) => tick.minute)).toEqual([0, 180, 360, 540, 720, 900, 1_080, 1_260]);
    expect(ticks[1]?.at).toBe(utc('2026-05-03T21:15:00Z'));
  });

  test('a skipped hour has none, a repeated one two, an hour apart', () => {
    const spring = axisTicks(dayAxis('Europe/Lisbon', date(2026, 3, 29), 1), 60).map((tick) => tick.minute);
    expect(spring).not.toContain(60);
    expect(spring).toHaveLength(23);
    const autumn = axisTicks(dayAxis('Europe/Lisbon', date(2026, 10, 25), 1), 60).filter((tick) => tick.minute === 60);
    expect(autumn.map((tick) => tick.at)).toEqual([utc('2026-10-25T00:00:00Z'), utc('2026-10-25T01:00:00Z')]);
  });
});

describe('places', () => {
  test('an instant and its fraction are each other’s inverse', () => {
    const axis = timeAxis('UTC', utc('2026-01-05T00:00:00Z'), utc('2026-01-12T00:00:00Z'));
    expect(fractionAt(axis, utc('2026-01-08T12:00:00Z'))).toBe(0.5);
    expect(instantAt(axis, 0.25)).toBe(utc('2026-01-06T18:00:00Z'));
    expect(percent(1 / 3)).toBe('33.3333%');
  });

  test('snap to the zone’s own quarters of an hour', () => {
    expect(snapToWall('Asia/Kathmandu', utc('2026-05-04T09:07:00Z'), 60)).toBe(utc('2026-05-04T09:15:00Z'));
    expect(snapToWall('Europe/Lisbon', utc('2026-03-29T00:55:00Z'), 15)).toBe(utc('2026-03-29T01:00:00Z'));
    expect(snapToWall('UTC', utc('2026-05-04T09:07:29Z'), 15)).toBe(utc('2026-05-04T09:00:00Z'));
    expect(snapToWall('UTC', utc('2026-05-04T09:07:31Z'), 15)).toBe(utc('2026-05-04T09:15:00Z'));
  });

  test('stay on a quarter of an hour wherever they are snapped, also across changes of the clocks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Lisbon', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns'),
        fc.integer({ min: Date.parse('2026-03-01T00:00:00Z'), max: Date.parse('2026-11-15T00:00:00Z') }),
        (zone, at) => {
          const snapped = snapToWall(zone, at, 15);
          const local = toLocal(zone, snapped);
          expect(local.minute % 15).toBe(0);
          expect(local.second).toBe(0);
          expect(Math.abs(snapped - at)).toBeLessThanOrEqual(7.5 * 60_000);
        },
      ),
    );
  });
});

test('names of days come from the language', () => {
  const monday = Math.floor(Date.parse('2026-11-02T00:00:00Z') / DAY_MS);
  expect(axisWords('en').dateShort(monday)).toMatch(/^Mon,? 2 Nov$/u);
  expect(axisWords('zh-CN').weekday(monday)).toBe('周一');
  expect(axisWords('en').clock(570)).toBe('09:30');
});
