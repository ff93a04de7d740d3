import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import { formatLocalDateTime, parseLocalDateTime, wallOf } from './local-time.ts';
import type { LocalDateTime } from './local-time.ts';
import { ZONE_OVERRIDES } from './zone-overrides.ts';
import { runtimeOffset } from './zone-offsets.ts';
import {
  ZoneRules,
  closingInstantOfWall,
  isKnownZone,
  listZones,
  offsetName,
  resolveLocal,
  startOfDay,
  timeZoneDataVersion,
  toInstant,
  toLocal,
  versionOf,
  zoneOffsetMs,
  zoneOverrides,
  zoneTransitions,
} from './zone.ts';

const at = (text: string) => instant(Date.parse(text));
const written = (value: number) => new Date(value).toISOString().replace('.000Z', 'Z');

function local(text: string): LocalDateTime {
  const parsed = parseLocalDateTime(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

describe('wall time to instant', () => {
  test.each([
    ['Europe/Berlin', '2026-06-01T09:00', 'unique', '2026-06-01T07:00:00Z'],
    ['Europe/Berlin', '2026-03-29T02:30', 'gap', '2026-03-29T01:30:00Z'],
    ['Europe/Berlin', '2026-03-29T02:00', 'gap', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29T03:00', 'unique', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-10-25T02:30', 'overlap', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25T02:00', 'overlap', '2026-10-25T00:00:00Z'],
    ['Europe/Berlin', '2026-10-25T03:00', 'unique', '2026-10-25T02:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', 'gap', '2026-10-03T15:45:00Z'],
    ['Asia/Kathmandu', '2026-10-04T02:15', 'unique', '2026-10-03T20:30:00Z'],
    ['America/Havana', '2026-11-01T00:30', 'overlap', '2026-11-01T04:30:00Z'],
    // Samoa went over the date line: a whole day does not exist
    ['Pacific/Apia', '2011-12-30T12:00', 'gap', '2011-12-30T22:00:00Z'],
    // and Kwajalein had none either, with 23 hours from UTC-12 to UTC+12 around it
    ['Pacific/Kwajalein', '1993-08-21T12:00', 'gap', '1993-08-22T00:00:00Z'],
  ] as const)('%s %s is %s', (zone, text, kind, expected) => {
    const found = resolveLocal(zone, local(text));
    expect([found.kind, written(found.instant)]).toEqual([kind, expected]);
    expect(written(toInstant(zone, local(text)))).toBe(expected);
  });

  test('closes at the last of two, and moved forward in a gap', () => {
    expect(written(closingInstantOfWall('Europe/Berlin', wallOf(local('2026-10-25T02:30'))))).toBe('2026-10-25T01:30:00Z');
    expect(written(closingInstantOfWall('Europe/Berlin', wallOf(local('2026-03-29T02:30'))))).toBe('2026-03-29T01:30:00Z');
    expect(written(closingInstantOfWall('Europe/Berlin', wallOf(local('2026-06-01T09:00'))))).toBe('2026-06-01T07:00:00Z');
  });

  test('begins a day at its first instant, when there is no midnight too', () => {
    expect(written(startOfDay('Africa/Cairo', local('2026-04-24T00:00')))).toBe('2026-04-23T22:00:00Z');
    expect(written(startOfDay('America/Havana', local('2026-11-01T00:00')))).toBe('2026-11-01T04:00:00Z');
  });

  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const instants = fc.integer({ min: Date.UTC(1970, 0, 1) / MINUTE_MS, max: Date.UTC(2100, 0, 1) / MINUTE_MS });

  test('an instant comes back from its wall time, as one of the occurrences', () => {
    fc.assert(
      fc.property(zones, instants, (zone, minute) => {
        const value = minute * MINUTE_MS;
        const { kind, earlier, later } = resolveLocal(zone, toLocal(zone, instant(value)));
        expect([earlier, later]).toContain(value);
        expect(kind === 'unique').toBe(earlier === later);
        expect(kind).not.toBe('gap');
      }),
      { numRuns: 400 },
    );
  });

  test('agrees with the runtime about every offset', () => {
    const needed = new Set(zoneOverrides().flatMap((status) => (status.isNeeded ? status.override.zones : [])));
    fc.assert(
      fc.property(zones, instants, (zone, minute) => {
        const value = instant(minute * MINUTE_MS);
        fc.pre(!needed.has(zone));
        expect(zoneOffsetMs(zone, value)).toBe(runtimeOffset(zone, value));
      }),
      { numRuns: 400 },
    );
  });

  test('agrees around changes with a search over all minutes nearby', () => {
    const changing = ['Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Santiago', 'Pacific/Chatham', 'America/St_Johns'];
    for (const zone of changing) {
      for (const change of zoneTransitions(zone, at('2025-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'))) {
        const occurrences = new Map<number, number[]>();
        for (let minute = change.at - 5 * HOUR_MS; minute < change.at + 5 * HOUR_MS; minute += 15 * MINUTE_MS) {
          const wall = minute + runtimeOffset(zone, minute);
          occurrences.set(wall, [...(occurrences.get(wall) ?? []), minute]);
        }
        const middle = change.at + change.beforeMs;
        for (let wall = middle - 3 * HOUR_MS; wall < middle + 3 * HOUR_MS; wall += 15 * MINUTE_MS) {
          const found = resolveLocal(zone, local(new Date(wall).toISOString().slice(0, 16)));
          const known = occurrences.get(wall) ?? [];
          expect(found.kind).toBe(['gap', 'unique', 'overlap'][known.length]);
          const gap = known.length === 0 ? [found.earlier, found.earlier + change.afterMs - change.beforeMs] : [];
          expect([found.earlier, found.later]).toEqual([known[0] ?? gap[0], known.at(-1) ?? gap[1]]);
        }
      }
    }
  });
});

describe('zones', () => {
  test.each(['Europe/Berlin', 'UTC', 'Canada/Pacific', 'America/Argentina/Buenos_Aires'])('%s is known', (zone) => {
    expect(isKnownZone(zone)).toBe(true);
  });
  test.each(['', '+02:00', '-0800', 'Etc/GMT-2', 'Mars/Olympus', 'Europe/Berlin '])('%s is refused', (zone) => {
    expect(isKnownZone(zone)).toBe(false);
  });

  test('are listed with city and offset, from west to east', () => {
    const zones = listZones(at('2026-07-01T00:00:00Z'));
    expect(zones.find((entry) => entry.zone === 'America/Argentina/Buenos_Aires')).toMatchObject({
      city: 'Buenos Aires',
      region: 'America',
    });
    expect(zones.find((entry) => entry.zone === 'UTC')).toMatchObject({ city: 'UTC', region: '', offsetMs: 0 });
    expect(zones.find((entry) => entry.zone === 'Europe/London')?.offsetMs).toBe(HOUR_MS);
    const offsets = zones.map((entry) => entry.offsetMs);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(zones.length).toBeGreaterThan(400);
    expect(zones.map((entry) => entry.city)).toEqual(expect.arrayContaining(['Kathmandu', 'Kyiv', 'Kolkata', 'Ho Chi Minh', 'Nuuk']));
  });

  test('offsets are named with minutes where they have some', () => {
    expect([0, -7 * HOUR_MS, 5.75 * HOUR_MS, 10.5 * HOUR_MS].map(offsetName)).toEqual(['UTC', 'UTC-7', 'UTC+5:45', 'UTC+10:30']);
  });
});

describe('laws newer than the runtime', () => {
  const LAWS = [
    ['America/Vancouver', '2026-11-01T09:00:00Z', -7],
    ['Canada/Pacific', '2026-11-01T09:00:00Z', -7],
    ['America/Edmonton', '2026-11-01T08:00:00Z', -6],
    ['America/Yellowknife', '2026-11-01T08:00:00Z', -6],
    ['Canada/Mountain', '2026-11-01T08:00:00Z', -6],
    ['America/Inuvik', '2026-11-01T08:00:00Z', -6],
    ['Africa/Casablanca', '2026-09-20T01:00:00Z', 0],
    ['Africa/El_Aaiun', '2026-09-20T01:00:00Z', 0],
  ] as const;

  test.each(LAWS)('%s keeps its offset from %s on, and had its old one before', (zone, from, hours) => {
    for (const later of ['2026-11-22T12:00:00Z', '2027-03-20T12:00:00Z', '2027-07-01T12:00:00Z', '2031-01-01T00:00:00Z']) {
      expect(zoneOffsetMs(zone, at(later))).toBe(hours * HOUR_MS);
    }
    expect(zoneOffsetMs(zone, at(from))).toBe(hours * HOUR_MS);
    expect(zoneOffsetMs(zone, instant(at(from) - 1))).toBe(runtimeOffset(zone, at(from) - 1));
    expect(zoneOffsetMs(zone.toLowerCase(), at('2027-07-01T12:00:00Z'))).toBe(hours * HOUR_MS);
  });

  test('convert wall times by the new law, also when they were written in another', () => {
    expect(written(toInstant('America/Vancouver', local('2027-01-15T09:00')))).toBe('2027-01-15T16:00:00Z');
    expect(resolveLocal('America/Vancouver', local('2026-11-01T01:30')).kind).toBe('unique');
    expect(written(toInstant('Africa/Casablanca', local('2026-11-02T09:00')))).toBe('2026-11-02T09:00:00Z');
    // the clocks went back at two, which is one again: the hour before happens twice
    expect(resolveLocal('Africa/Casablanca', local('2026-09-20T01:30')).kind).toBe('overlap');
  });

  /** A runtime that knows Vancouver's law, and changed it once more in 2030. */
  const newer = (zone: string, value: number): number => {
    if (zone !== 'America/Vancouver' || value < at('2026-11-01T09:00:00Z')) return runtimeOffset(zone, value);
    return (value < at('2030-01-01T00:00:00Z') ? -7 : -5) * HOUR_MS;
  };

  test('are inert for a zone whose law the runtime knows', () => {
    const rules = new ZoneRules(newer, ZONE_OVERRIDES);
    expect(rules.offsets('America/Vancouver').offsetAt(at('2031-01-01T00:00:00Z'))).toBe(-5 * HOUR_MS);
    expect(rules.overrideStatuses().map((status) => status.isNeeded)[0]).toBe(false);
  });

  test('are in force for a runtime behind the law', () => {
    const older = (zone: string, value: number): number => (value >= at('2026-10-01T00:00:00Z') ? 9 * HOUR_MS : runtimeOffset(zone, value));
    const rules = new ZoneRules(older, ZONE_OVERRIDES);
    expect(rules.overrideStatuses().map((status) => status.isNeeded)).toEqual([true, true, true, true]);
    expect(rules.offsets('America/Inuvik').offsetAt(at('2031-01-01T00:00:00Z'))).toBe(-6 * HOUR_MS);
    expect(rules.offsets('Europe/Berlin').offsetAt(at('2031-01-01T00:00:00Z'))).toBe(9 * HOUR_MS);
  });

  test('are named in the version of the data only while they are needed', () => {
    const [vancouver, ...others] = ZONE_OVERRIDES.map((override) => ({ override, isNeeded: false }));
    if (vancouver === undefined) throw new Error('no overrides');
    expect(versionOf('2026d', [vancouver, ...others])).toBe('2026d');
    expect(versionOf('2025c', [{ ...vancouver, isNeeded: true }, ...others])).toBe('2025c+2026b');
    expect(
      versionOf(
        '2025c',
        ZONE_OVERRIDES.map((override) => ({ override, isNeeded: true })),
      ),
    ).toBe('2025c+2026d');
    expect(versionOf(undefined, [])).toBe('unknown');
    expect(timeZoneDataVersion('2025c').startsWith('2025c')).toBe(true);
  });
});

test('a zone that changes every year is read chunk by chunk without losing a change', () => {
  const from = at('1990-01-01T00:00:00Z');
  const changes = zoneTransitions('Europe/Berlin', from, instant(from + 30 * 365.25 * DAY_MS));
  expect(changes).toHaveLength(60);
  expect(formatLocalDateTime(toLocal('Europe/Berlin', changes[0]?.at ?? from))).toBe('1990-03-25T03:00');
});

test('a change at the very begin of a chunk is a change like any other', () => {
  // chunks are 366 days long, counted from 1970
  const change = 50 * 366 * DAY_MS;
  const offsets = new ZoneRules((_zone, value) => (value < change ? 2 : 1) * HOUR_MS, []).offsets('Made/Up');
  expect(offsets.transitions(change - DAY_MS, change + DAY_MS)).toEqual([{ at: change, before: 2 * HOUR_MS, after: HOUR_MS }]);
  expect([offsets.offsetAt(change - 1), offsets.offsetAt(change)]).toEqual([2 * HOUR_MS, HOUR_MS]);
  const wall = change + 1.5 * HOUR_MS;
  expect(offsets.resolve(wall)).toEqual({ kind: 'overlap', earlier: change - 0.5 * HOUR_MS, later: change + 0.5 * HOUR_MS });
});
