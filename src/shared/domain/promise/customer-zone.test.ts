import { describe, expect, test } from 'vitest';
import { at } from '../../../../test/coverage/team.ts';
import { MINUTE_MS } from '../time.ts';
import { listZones, zoneOffsetMs, zoneTransitions } from '../time/zone.ts';
import { customerZone } from './customer-zone.ts';

const WINTER = at('2026-11-29T09:00:00Z');
const SUMMER = at('2026-07-01T09:00:00Z');
const nobody = { zone: null, offsetMinutes: null };

describe('the zone of a customer', () => {
  test('is the one that was set, whatever their clock showed', () => {
    expect(customerZone({ zone: 'America/Toronto', offsetMinutes: 540 }, 'Europe/Lisbon', WINTER)).toEqual({
      zone: 'America/Toronto',
      source: 'set',
    });
  });

  test.each([WINTER, SUMMER])('follows from their clock for every offset that is in use at %d', (now) => {
    const offsets = new Set(listZones(now).map((each) => each.offsetMs));
    for (const offset of offsets) {
      const { zone, source } = customerZone({ zone: null, offsetMinutes: offset / MINUTE_MS }, 'Europe/Lisbon', now);
      expect([source, zoneOffsetMs(zone, now)]).toEqual(['offset', offset]);
    }
  });

  test('does not change its clocks where whole hours were told: all that is known is the offset', () => {
    for (let hours = -11; hours <= 14; hours += 1) {
      const { zone } = customerZone({ zone: null, offsetMinutes: hours * 60 }, 'Europe/Lisbon', WINTER);
      expect([hours, zone, zoneTransitions(zone, WINTER, at('2027-11-29T09:00:00Z'))]).toEqual([hours, zone, []]);
    }
  });

  test('is the own one while nothing is known, and when what is known is nonsense', () => {
    const assumed = { zone: 'Europe/Lisbon', source: 'assumed' };
    expect(customerZone(nobody, 'Europe/Lisbon', WINTER)).toEqual(assumed);
    expect(customerZone({ zone: 'Mars/Olympus', offsetMinutes: 7 }, 'Europe/Lisbon', WINTER)).toEqual(assumed);
  });
});
