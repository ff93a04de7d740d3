import { describe, expect, it } from 'vitest';
import { DAY_MS, instant } from '../../../../shared/domain/time.ts';
import { fieldValue, snoozeFromField, snoozeTimes } from './snooze-times.ts';

const at = (iso: string) => instant(Date.parse(iso));
const timesAt = (iso: string, zone: string) =>
  Object.fromEntries(snoozeTimes(at(iso), { zone }).map((each) => [each.preset, new Date(each.until).toISOString()]));

describe('snoozeTimes', () => {
  it('means the mornings of the viewer', () => {
    // Wednesday 22:30 in Berlin.
    expect(timesAt('2026-05-06T20:30:00Z', 'Europe/Berlin')).toEqual({
      hour: '2026-05-06T21:30:00.000Z',
      'three-hours': '2026-05-06T23:30:00.000Z',
      tomorrow: '2026-05-07T07:00:00.000Z',
      monday: '2026-05-11T07:00:00.000Z',
    });
  });

  it('is the next Monday on a Monday, and 9:00 stays 9:00 when the clocks change', () => {
    expect(timesAt('2026-05-11T05:00:00Z', 'Europe/Berlin')['monday']).toBe('2026-05-18T07:00:00.000Z');
    expect(timesAt('2026-03-28T12:00:00Z', 'Europe/Berlin')['tomorrow']).toBe('2026-03-29T07:00:00.000Z');
  });
});

describe('a chosen time', () => {
  it('is read on the clock of the place and must lie ahead', () => {
    const now = at('2026-05-06T12:00:00Z');
    expect(snoozeFromField('2026-05-06T20:30', { zone: 'Asia/Tokyo' }, now)).toBe('past');
    expect(snoozeFromField('2026-05-06T21:30', { zone: 'Asia/Tokyo' }, now)).toBe(at('2026-05-06T12:30:00Z'));
    expect(snoozeFromField('', { zone: 'Asia/Tokyo' }, now)).toBe('past');
    expect(fieldValue(at('2026-05-06T12:30:00Z'), { zone: 'Asia/Tokyo' })).toBe('2026-05-06T21:30');
  });

  it('is within two years, as a typed one is, or within what is asked for', () => {
    const now = at('2026-05-06T12:00:00Z');
    const place = { zone: 'Asia/Tokyo' };
    expect(snoozeFromField('2028-05-01T09:00', place, now)).toBe(at('2028-05-01T00:00:00Z'));
    for (const far of ['2028-05-10T09:00', '2999-01-01T10:00', '12026-01-01T10:00', '275760-09-13T00:00'])
      expect(snoozeFromField(far, place, now)).toBe('far');
    expect(snoozeFromField('2028-05-10T09:00', place, now, 3_653 * DAY_MS)).toBe(at('2028-05-10T00:00:00Z'));
  });
});
