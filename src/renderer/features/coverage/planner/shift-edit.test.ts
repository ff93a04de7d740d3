import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wallSpan } from '../../../../shared/domain/coverage/derive.ts';
import type { ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { formatLocalDateTime, parseLocalDateTime, wallOf } from '../../../../shared/domain/time/local-time.ts';
import { movedBy, movedByDays, movedLike, resizedTo, seamOf, stretchBetween } from './shift-edit.ts';

function shift(zone: string, start: string, end: string): ShiftBody {
  const startLocal = parseLocalDateTime(start);
  const endLocal = parseLocalDateTime(end);
  if (startLocal === null || endLocal === null) throw new Error('not a time');
  return {
    ...wallSpan(zone, startLocal, endLocal, 'test'),
    agentId: null,
    hubId: null,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  };
}
const walls = (body: ShiftBody): string => `${formatLocalDateTime(body.startLocal)} ${formatLocalDateTime(body.endLocal)}`;
const hours = (body: ShiftBody): number => (body.endAt - body.startAt) / HOUR_MS;

describe('moving', () => {
  test('a night moved onto the change of the clocks keeps its wall times and has its true length', () => {
    const night = shift('Europe/Lisbon', '2026-03-27T22:00', '2026-03-28T06:00');
    const moved = movedBy(night, 24 * HOUR_MS, 15, 'test');
    expect(walls(moved)).toBe('2026-03-28T22:00 2026-03-29T06:00');
    expect(hours(moved)).toBe(7);
    expect(seamOf(moved)).toBe(-HOUR_MS);
    const back = movedBy(shift('Europe/Lisbon', '2026-10-23T22:00', '2026-10-24T06:00'), 24 * HOUR_MS, 15, 'test');
    expect([hours(back), seamOf(back)]).toEqual([9, HOUR_MS]);
  });

  test('a day further on the calendar is the same wall time, also when that is 23 hours away', () => {
    const day = shift('Europe/Lisbon', '2026-03-28T09:00', '2026-03-28T17:00');
    const next = movedByDays(day, 1, 'test');
    expect(walls(next)).toBe('2026-03-29T09:00 2026-03-29T17:00');
    expect(next.startAt - day.startAt).toBe(23 * HOUR_MS);
    // Dragged by as much of the true line, it lands on the same place.
    expect(movedBy(day, 23 * HOUR_MS, 15, 'test').startAt).toBe(next.startAt);
  });

  test('starts on quarters of its own clocks: a quarter to in Kathmandu is on the hour in UTC', () => {
    const day = shift('Asia/Kathmandu', '2026-05-04T09:00', '2026-05-04T17:00');
    expect(walls(movedBy(day, 52 * MINUTE_MS, 15, 'test'))).toBe('2026-05-04T09:45 2026-05-04T17:45');
    expect(walls(movedBy(day, 52 * MINUTE_MS, 5, 'test'))).toBe('2026-05-04T09:50 2026-05-04T17:50');
  });

  test('others move along by as much on their own clocks', () => {
    const lisbon = shift('Europe/Lisbon', '2026-03-27T09:00', '2026-03-27T17:00');
    const singapore = shift('Asia/Singapore', '2026-03-27T09:00', '2026-03-27T17:00');
    const moved = movedByDays(lisbon, 3, 'test');
    expect(walls(movedLike(singapore, lisbon, moved, 'test'))).toBe('2026-03-30T09:00 2026-03-30T17:00');
  });

  test('there and back is where it was, and the length on the wall never changes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: 1, max: 14 }),
        (zone, days, length) => {
          const body = shift(zone, '2026-06-15T09:00', `2026-06-15T${String(9 + length).padStart(2, '0')}:00`);
          const moved = movedByDays(body, days, 'test');
          expect(wallOf(moved.endLocal) - wallOf(moved.startLocal)).toBe(length * HOUR_MS);
          expect(walls(movedByDays(moved, -days, 'test'))).toBe(walls(body));
        },
      ),
    );
  });
});

describe('resizing', () => {
  const day = shift('Europe/Lisbon', '2026-11-04T09:00', '2026-11-04T17:00');

  test('moves one end to a quarter of an hour and leaves the other', () => {
    expect(walls(resizedTo(day, 'end', day.endAt + 63 * MINUTE_MS, 15, 'test'))).toBe('2026-11-04T09:00 2026-11-04T18:00');
    expect(walls(resizedTo(day, 'start', day.startAt - 20 * MINUTE_MS, 5, 'test'))).toBe('2026-11-04T08:40 2026-11-04T17:00');
    expect(resizedTo(day, 'end', day.endAt + MINUTE_MS, 15, 'test')).toBe(day);
  });

  test('never turns a shift inside out, nor makes it endless', () => {
    expect(hours(resizedTo(day, 'end', day.startAt - 5 * HOUR_MS, 15, 'test'))).toBe(0.25);
    expect(hours(resizedTo(day, 'start', day.endAt + 5 * HOUR_MS, 15, 'test'))).toBe(0.25);
    expect(hours(resizedTo(day, 'end', day.endAt + 200 * HOUR_MS, 15, 'test'))).toBe(36);
  });

  test('an end in the second run of a repeated hour is told by UTC', () => {
    const night = shift('Europe/Lisbon', '2026-10-24T22:00', '2026-10-25T00:30');
    const longer = resizedTo(night, 'end', night.endAt + HOUR_MS + 30 * MINUTE_MS, 15, 'test');
    expect(longer.zone).toBe('UTC');
    expect(hours(longer)).toBe(4);
  });
});

test('a new stretch is what lies between, in either direction; less than a step is none', () => {
  const at = Date.parse('2026-11-04T09:00:00Z');
  const there = stretchBetween('UTC', at + 4 * MINUTE_MS, at + 3 * HOUR_MS, 15);
  expect(there).toEqual({ from: at, to: at + 3 * HOUR_MS });
  expect(stretchBetween('UTC', at + 3 * HOUR_MS, at + 4 * MINUTE_MS, 15)).toEqual(there);
  expect(stretchBetween('UTC', at, at + 5 * MINUTE_MS, 15)).toBeNull();
});
