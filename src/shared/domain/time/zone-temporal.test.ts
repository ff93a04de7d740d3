import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { closingInstantOfWall, resolveLocal, toLocal, zoneOverrides } from './zone.ts';
import { wallOf } from './local-time.ts';
import { instant } from '../time.ts';

/** A second opinion: an independent implementation of the same rules, on the same runtime's data. Zones whose law we override are left out. */
const overridden = new Set(zoneOverrides().flatMap((each) => (each.isNeeded ? each.override.zones : [])));
const zones = Intl.supportedValuesOf('timeZone').filter((zone) => !overridden.has(zone));
const local = fc.record({
  year: fc.integer({ min: 1975, max: 2036 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.constantFrom(0, 15, 29, 30, 45, 59),
});

function viaTemporal(
  zone: string,
  wall: { year: number; month: number; day: number; hour: number; minute: number },
  disambiguation: 'compatible' | 'earlier' | 'later',
): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

test('wall times become the same instants as with Temporal, in every zone, also around the changes of clocks', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), local, (zone, wall) => {
      const ours = resolveLocal(zone, { ...wall, second: 0 });
      expect([ours.instant, ours.earlier, ours.later]).toEqual([
        viaTemporal(zone, wall, 'compatible'),
        viaTemporal(zone, wall, 'earlier'),
        viaTemporal(zone, wall, 'later'),
      ]);
    }),
    { numRuns: 2_000 },
  );
});

test('instants become the same wall times as with Temporal', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2036, 0) }), (zone, at) => {
      const { year, month, day, hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      expect(toLocal(zone, instant(at))).toEqual({ year, month, day, hour, minute, second });
    }),
    { numRuns: 2_000 },
  );
});

test('a closing time in a repeated hour is the later of the two', () => {
  const wall = { year: 2026, month: 10, day: 25, hour: 2, minute: 30 };
  expect(closingInstantOfWall('Europe/Lisbon', wallOf({ ...wall, hour: 1, second: 0 }))).toBe(
    viaTemporal('Europe/Lisbon', { ...wall, hour: 1 }, 'later'),
  );
});
