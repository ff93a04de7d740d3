import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';

/** A place on earth in degrees: north and east are positive. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * The height of the sun's centre at sunrise and sunset, in degrees: 34 minutes of arc of refraction at the horizon, and
 * 16 of the sun's radius.
 */
const HORIZON_DEGREES = -0.833;
const J2000_MS = 946_728_000_000;
const CENTURY_MS = 36_525 * DAY_MS;
const TO_RADIANS = Math.PI / 180;

interface SunState {
  /** Declination in radians. */
  readonly declination: number;
  /** How far the sundial is ahead of the clock, in minutes. */
  readonly equationOfTime: number;
}

/**
 * Where the sun is seen from the centre of the earth. Good to about a minute of time between 1900 and 2100.
 * Source: NOAA Global Monitoring Laboratory, Solar Calculation Details, after J. Meeus, Astronomical Algorithms.
 */
function sunAt(at: number): SunState {
  const century = (at - J2000_MS) / CENTURY_MS;
  const meanLongitude = TO_RADIANS * (280.46646 + century * (36_000.76983 + century * 0.0003032));
  const anomaly = TO_RADIANS * (357.52911 + century * (35_999.05029 - 0.0001537 * century));
  const eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century);
  const centre =
    Math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century)) +
    Math.sin(2 * anomaly) * (0.019993 - 0.000101 * century) +
    Math.sin(3 * anomaly) * 0.000289;
  const node = TO_RADIANS * (125.04 - 1934.136 * century);
  const apparentLongitude = meanLongitude + TO_RADIANS * (centre - 0.00569 - 0.00478 * Math.sin(node));
  const meanObliquity = 23 + (26 + (21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))) / 60) / 60;
  const obliquity = TO_RADIANS * (meanObliquity + 0.00256 * Math.cos(node));
  const y = Math.tan(obliquity / 2) ** 2;
  const equation =
    y * Math.sin(2 * meanLongitude) -
    2 * eccentricity * Math.sin(anomaly) +
    4 * eccentricity * y * Math.sin(anomaly) * Math.cos(2 * meanLongitude) -
    0.5 * y * y * Math.sin(4 * meanLongitude) -
    1.25 * eccentricity * eccentricity * Math.sin(2 * anomaly);
  return {
    declination: Math.asin(Math.sin(obliquity) * Math.sin(apparentLongitude)),
    equationOfTime: (4 * equation) / TO_RADIANS,
  };
}

/** The height of the sun's centre over the horizon at a place, in degrees, without refraction. */
export function sunHeight(position: Position, at: Instant): number {
  return heightAt(position, at);
}

function heightAt({ latitude, longitude }: Position, at: number): number {
  const { declination, equationOfTime } = sunAt(at);
  const solarMinutes = (((at % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS + equationOfTime + 4 * longitude;
  const hourAngle = TO_RADIANS * (solarMinutes / 4 - 180);
  const north = TO_RADIANS * latitude;
  const sine = Math.sin(north) * Math.sin(declination) + Math.cos(north) * Math.cos(declination) * Math.cos(hourAngle);
  return Math.asin(Math.max(-1, Math.min(1, sine))) / TO_RADIANS;
}

/**
 * The spans within `[from, to)` in which the sun is up, in order. During the polar day that is one span, during the
 * polar night none. Sunrise and sunset are exact to about a minute, further than 72 degrees from the equator to about
 * ten: there the air decides.
 */
export function daylight(position: Position, from: Instant, to: Instant): readonly Span[] {
  if (from >= to) return [];
  const spans: Span[] = [];
  let isUp = isUpAt(position, from);
  let begin: number = from;
  let previous: number = from;
  // between midnight and noon by the sun its height only rises, between noon and midnight it only falls
  for (let turn = firstTurn(position, from); previous < to; turn = solarTurn(position, turn + 12 * HOUR_MS)) {
    const next = Math.min(turn, to);
    if (next <= previous) continue;
    const isUpNext = isUpAt(position, next);
    if (isUpNext !== isUp) {
      const change = changeBetween(position, previous, next, isUp);
      if (isUp) spans.push({ from: instant(begin), to: instant(change) });
      begin = change;
      isUp = isUpNext;
    }
    previous = next;
  }
  if (isUp && begin < to) spans.push({ from: instant(begin), to });
  return spans;
}

function isUpAt(position: Position, at: number): boolean {
  return heightAt(position, at) > HORIZON_DEGREES;
}

/** The noon by the sun that is nearest to a mean solar time, or the midnight: both are half a day apart. */
function solarTurn(position: Position, near: number): number {
  const offset = 4 * position.longitude + sunAt(near).equationOfTime;
  const halfDay = 12 * HOUR_MS;
  return Math.round((near + offset * MINUTE_MS) / halfDay) * halfDay - offset * MINUTE_MS;
}

function firstTurn(position: Position, from: number): number {
  return solarTurn(position, from - 6 * HOUR_MS);
}

/** The second in `(from, to]` at which the sun has risen or set. */
function changeBetween(position: Position, from: number, to: number, isUpBefore: boolean): number {
  let low = from;
  let high = to;
  while (high - low > SECOND_MS / 2) {
    const middle = (low + high) / 2;
    if (isUpAt(position, middle) === isUpBefore) low = middle;
    else high = middle;
  }
  return high;
}
