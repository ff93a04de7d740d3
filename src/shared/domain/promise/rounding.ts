import { MINUTE_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { zoneOffsetMs } from '../time/zone.ts';

/** Times that are offered to people end in 0 or 5. */
export const STEP_MS = 5 * MINUTE_MS;

/** The first instant from `at` on at which the clocks of a zone show a multiple of five minutes. */
export function roundedUp(zone: string, at: Instant): Instant {
  const wall = at + zoneOffsetMs(zone, at);
  return instant(at + Math.ceil(wall / STEP_MS) * STEP_MS - wall);
}

/** The last instant up to `at` at which the clocks of a zone show a multiple of five minutes. */
export function roundedDown(zone: string, at: Instant): Instant {
  const wall = at + zoneOffsetMs(zone, at);
  return instant(at + Math.floor(wall / STEP_MS) * STEP_MS - wall);
}
