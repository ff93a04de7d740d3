import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { parseLocalDateTime, wallOf } from '../time/local-time.ts';
import { listZones } from '../time/zone.ts';
import { daylight, sunHeight } from './daylight.ts';
import { positionOfZone } from './zone-positions.ts';

function utc(text: string): Instant {
  const local = parseLocalDateTime(text);
  if (local === null) throw new TypeError(text);
  return instant(wallOf(local));
}

const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  Singapore: [1.2833, 103.85],
  Lisbon: [38.7167, -9.1333],
  'San Francisco': [37.7749, -122.4194],
  Kathmandu: [27.7167, 85.3167],
  Sydney: [-33.8667, 151.2167],
  Apia: [-13.8333, -171.7333],
  Reykjavik: [64.15, -21.85],
  Tromso: [69.65, 18.96],
  Auckland: [-36.8667, 174.7667],
};

/** Sunrise and sunset (UTC) of the solar day that begins on the date, by XEphem's VSOP87 (PyEphem 4.1.4, centre at -50'). */
const EPHEMERIS: readonly (readonly [string, string, string])[] = [
  ['Singapore', '2026-01-13T23:11:52', '2026-01-14T11:15:11'],
  ['Singapore', '2026-03-19T23:08:53', '2026-03-20T11:15:21'],
  ['Singapore', '2026-06-20T23:00:26', '2026-06-21T11:12:15'],
  ['Singapore', '2026-09-04T22:59:30', '2026-09-05T11:07:15'],
  ['Singapore', '2026-11-21T22:48:54', '2026-11-22T10:52:21'],
  ['Singapore', '2026-12-20T23:00:59', '2026-12-21T11:04:02'],
  ['Lisbon', '2026-01-14T07:53:29', '2026-01-14T17:37:57'],
  ['Lisbon', '2026-03-20T06:40:12', '2026-03-20T18:48:21'],
  ['Lisbon', '2026-06-21T05:11:58', '2026-06-21T20:04:44'],
  ['Lisbon', '2026-09-05T06:09:05', '2026-09-05T19:00:41'],
  ['Lisbon', '2026-11-22T07:26:17', '2026-11-22T17:18:41'],
  ['Lisbon', '2026-12-21T07:50:55', '2026-12-21T17:18:17'],
  ['San Francisco', '2026-01-14T15:24:07', '2026-01-15T01:13:49'],
  ['San Francisco', '2026-03-20T14:12:54', '2026-03-21T02:21:44'],
  ['San Francisco', '2026-06-21T12:48:05', '2026-06-22T03:35:02'],
  ['San Francisco', '2026-09-05T13:43:17', '2026-09-06T02:32:35'],
  ['San Francisco', '2026-11-22T14:57:29', '2026-11-23T00:53:57'],
  ['San Francisco', '2026-12-21T15:21:29', '2026-12-22T00:54:19'],
  ['Kathmandu', '2026-01-14T01:10:51', '2026-01-14T11:44:42'],
  ['Kathmandu', '2026-03-20T00:23:03', '2026-03-20T12:29:50'],
  ['Kathmandu', '2026-06-20T23:23:33', '2026-06-21T13:17:26'],
  ['Kathmandu', '2026-09-04T23:59:15', '2026-09-05T12:35:20'],
  ['Kathmandu', '2026-11-22T00:44:58', '2026-11-22T11:24:22'],
  ['Kathmandu', '2026-12-21T01:05:02', '2026-12-21T11:28:19'],
  ['Sydney', '2026-01-13T18:58:31', '2026-01-14T09:09:10'],
  ['Sydney', '2026-03-19T19:57:55', '2026-03-20T08:06:54'],
  ['Sydney', '2026-06-20T20:59:55', '2026-06-21T06:53:47'],
  ['Sydney', '2026-09-04T20:08:45', '2026-09-05T07:39:40'],
  ['Sydney', '2026-11-21T18:39:59', '2026-11-22T08:42:41'],
  ['Sydney', '2026-12-20T18:40:37', '2026-12-21T09:05:22'],
  ['Apia', '2026-01-14T17:10:25', '2026-01-15T06:01:45'],
  ['Apia', '2026-03-20T17:30:55', '2026-03-21T05:37:20'],
  ['Apia', '2026-06-21T17:49:33', '2026-06-22T05:08:08'],
  ['Apia', '2026-09-05T17:28:39', '2026-09-06T05:22:28'],
  ['Apia', '2026-11-22T16:48:36', '2026-11-23T05:37:52'],
  ['Apia', '2026-12-21T16:56:50', '2026-12-22T05:53:38'],
  ['Reykjavik', '2026-01-14T10:56:52', '2026-01-14T16:16:37'],
  ['Reykjavik', '2026-03-20T07:28:15', '2026-03-20T19:43:02'],
  ['Reykjavik', '2026-06-21T02:54:44', '2026-06-22T00:03:40'],
  ['Reykjavik', '2026-09-05T06:21:21', '2026-09-05T20:28:53'],
  ['Reykjavik', '2026-11-22T10:18:41', '2026-11-22T16:07:40'],
  ['Reykjavik', '2026-12-21T11:22:02', '2026-12-21T15:28:56'],
  ['Tromso', '2026-03-20T04:43:54', '2026-03-20T17:01:29'],
  ['Tromso', '2026-09-05T03:17:20', '2026-09-05T18:05:43'],
  ['Tromso', '2026-11-22T09:14:23', '2026-11-22T11:45:18'],
  ['Auckland', '2026-01-13T17:16:40', '2026-01-14T07:42:31'],
  ['Auckland', '2026-03-19T18:23:25', '2026-03-20T06:32:59'],
  ['Auckland', '2026-06-20T19:33:42', '2026-06-21T05:11:34'],
  ['Auckland', '2026-09-04T18:36:42', '2026-09-05T06:03:25'],
  ['Auckland', '2026-11-21T16:58:48', '2026-11-22T07:15:29'],
  ['Auckland', '2026-12-20T16:57:56', '2026-12-21T07:39:35'],
];

function placeOf(name: string): { readonly latitude: number; readonly longitude: number } {
  const [latitude, longitude] = PLACES[name] ?? [Number.NaN, Number.NaN];
  return { latitude, longitude };
}

describe('sunrise and sunset', () => {
  test.each(EPHEMERIS)('%s, up from %s to %s', (name, sunrise, sunset) => {
    const [rise, set] = [utc(sunrise), utc(sunset)];
    // an hour of night on either side: no place of the table has less
    const spans = daylight(placeOf(name), instant(rise - HOUR_MS), instant(set + HOUR_MS));
    expect(spans).toHaveLength(1);
    expect(Math.abs((spans[0]?.from ?? 0) - rise)).toBeLessThan(MINUTE_MS);
    expect(Math.abs((spans[0]?.to ?? 0) - set)).toBeLessThan(MINUTE_MS);
  });

  test('the polar day is one span, and the polar night none', () => {
    const tromso = placeOf('Tromso');
    const june = [utc('2026-06-01T00:00'), utc('2026-07-01T00:00')] as const;
    expect(daylight(tromso, ...june)).toEqual([{ from: june[0], to: june[1] }]);
    expect(daylight(tromso, utc('2026-12-05T00:00'), utc('2027-01-05T00:00'))).toEqual([]);
    // Tromsø's sun comes back in the middle of January, at noon
    const [first] = daylight(tromso, utc('2026-12-05T00:00'), utc('2027-02-01T00:00'));
    expect(Math.abs((first?.from ?? 0) - utc('2027-01-15T11:00'))).toBeLessThan(2 * DAY_MS);
  });

  test('at the pole the sun rises once a year', () => {
    const year = daylight({ latitude: 90, longitude: 0 }, utc('2026-01-01T00:00'), utc('2027-01-01T00:00'));
    expect(year).toHaveLength(1);
    expect(Math.abs((year[0]?.from ?? 0) - utc('2026-03-18T12:00'))).toBeLessThan(2 * DAY_MS);
    expect(Math.abs((year[0]?.to ?? 0) - utc('2026-09-25T12:00'))).toBeLessThan(2 * DAY_MS);
  });

  test('a window within the day is one span, and none is empty', () => {
    const noon = utc('2026-06-21T12:00');
    const lisbon = placeOf('Lisbon');
    expect(daylight(lisbon, noon, instant(noon + HOUR_MS))).toEqual([{ from: noon, to: noon + HOUR_MS }]);
    expect(daylight(lisbon, noon, noon)).toEqual([]);
    expect(daylight(lisbon, utc('2026-06-21T23:00'), utc('2026-06-22T02:00'))).toEqual([]);
  });

  test('spans are in order, apart and where the sun is over the horizon', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -89, max: 89, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.integer({ min: 0, max: 365 * 24 }),
        fc.integer({ min: 1, max: 24 * 9 }),
        (latitude, longitude, hour, hours) => {
          const from = instant(utc('2026-01-01T00:00') + hour * HOUR_MS);
          const to = instant(from + hours * HOUR_MS);
          const spans = daylight({ latitude, longitude }, from, to);
          spans.forEach((span, index) => {
            expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? from);
            expect(span.to).toBeGreaterThan(span.from);
            expect(span.to).toBeLessThanOrEqual(to);
          });
          const wrong: Instant[] = [];
          for (let at = from; at < to; at = instant(at + 13 * MINUTE_MS)) {
            const height = sunHeight({ latitude, longitude }, at) + 0.833;
            const isIn = spans.some((span) => span.from <= at && at < span.to);
            // within a few seconds of a change either answer is right
            if (Math.abs(height) > 0.05 && isIn !== height > 0) wrong.push(at);
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('places of zones', () => {
  test('every zone that can be chosen has one, but those that are nowhere', () => {
    const without = listZones(utc('2026-01-01T00:00')).filter(({ zone }) => positionOfZone(zone) === null);
    expect(without.map(({ zone }) => zone)).toEqual(['UTC']);
  });

  test.each([
    ['Asia/Kathmandu', 27.7, 85.3],
    ['Asia/Katmandu', 27.7, 85.3],
    ['America/Argentina/Buenos_Aires', -34.6, -58.4],
    ['US/Pacific', 34.1, -118.2],
    ['europe/lisbon', 38.7, -9.1],
    ['Atlantic/Reykjavik', 64.2, -21.9],
    ['Iceland', 64.2, -21.9],
    ['Asia/Calcutta', 22.5, 88.4],
  ])('%s', (zone, latitude, longitude) => {
    const found = positionOfZone(zone);
    expect(found?.latitude).toBeCloseTo(latitude, 0);
    expect(found?.longitude).toBeCloseTo(longitude, 0);
  });

  test('others have none', () => {
    expect(positionOfZone('Etc/UTC')).toBeNull();
    expect(positionOfZone('Mars/Olympus')).toBeNull();
  });
});
