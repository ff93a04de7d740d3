import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../../shared/domain/time.ts';
import { atWallTime, offsetAt, partOfDay, placeOf, plusDays, wallTime } from './zone-time.ts';

const BERLIN = { zone: 'Europe/Berlin' };
const at = (iso: string) => instant(Date.parse(iso));

describe('wall time', () => {
  it('follows the zone through summer and winter', () => {
    expect(offsetAt(BERLIN, at('2026-01-15T12:00:00Z'))).toBe(60);
    expect(offsetAt(BERLIN, at('2026-07-15T12:00:00Z'))).toBe(120);
    expect(wallTime({ zone: 'Asia/Kolkata' }, at('2026-01-15T20:00:00Z'))).toEqual({
      year: 2026,
      month: 1,
      day: 16,
      hour: 1,
      minute: 30,
      weekday: 5,
    });
  });

  it('takes a bare offset when the zone is not known', () => {
    expect(placeOf(null, null)).toBeNull();
    expect(placeOf('Not/AZone', 330)).toEqual({ offsetMinutes: 330 });
    expect(wallTime({ offsetMinutes: -210 }, at('2026-03-01T00:00:00Z')).hour).toBe(20);
  });

  it('moves a time in the gap past it, and takes the first of a doubled time', () => {
    // 2026-03-29: 02:00 becomes 03:00 in Berlin. 2026-10-25: 03:00 becomes 02:00.
    expect(atWallTime(BERLIN, { year: 2026, month: 3, day: 29, hour: 2, minute: 30 })).toBe(at('2026-03-29T01:30:00Z'));
    expect(atWallTime(BERLIN, { year: 2026, month: 10, day: 25, hour: 2, minute: 30 })).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('is read back as it was set, in any zone and on any day without a change of clocks', () => {
    const zones = [
      'America/New_York',
      'Asia/Kolkata',
      'Asia/Shanghai',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
      'America/St_Johns',
      'UTC',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: 5, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (zone, day, hour, minute) => {
          const wall = plusDays({ year: 2024, month: 1, day: 1, hour, minute }, day);
          const read = wallTime({ zone }, atWallTime({ zone }, wall));
          expect(read).toMatchObject(wall);
        },
      ),
    );
  });

  it('names the part of the day', () => {
    expect([0, 5, 6, 8, 9, 17, 18, 22, 23].map((hour) => partOfDay(hour))).toEqual([
      'night',
      'night',
      'early',
      'early',
      'working',
      'working',
      'evening',
      'evening',
      'night',
    ]);
  });
});
