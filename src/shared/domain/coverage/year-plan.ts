import { DAY_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import { addDays, dateOfEpochDay } from '../time/local-time.ts';
import { SAME } from './plan.ts';
import type { Plan, Shift } from './plan.ts';
import { rotationShifts } from './rotations.ts';
import type { Roster } from './roster.ts';
import { later } from './spans.ts';

/** No zone's date is further from UTC's. */
const ZONE_DAYS = 2;

/**
 * A plan that goes on to `to`: behind `plannedUntil` with the shifts that the rotations will make. A shift that the plan
 * knows is as the plan has it, also when it was taken out.
 */
export function continuedPlan(roster: Roster, plan: Plan, from: Instant, to: Instant, plannedUntil: Instant, zoneData: string): Plan {
  const begin = later(from, plannedUntil);
  if (begin >= to) return plan;
  const known = new Set(plan.shifts.map((shift) => shift.shiftId));
  const first = addDays(dateOfEpochDay(Math.floor(begin / DAY_MS)), -ZONE_DAYS);
  const last = addDays(dateOfEpochDay(Math.floor(to / DAY_MS)), ZONE_DAYS);
  const made = roster.rotations
    .filter((rotation) => rotation.isActive)
    .flatMap((rotation) => rotationShifts(roster, rotation, first, last, zoneData))
    .filter(({ shiftId, body }) => body.startAt >= plannedUntil && !known.has(shiftId))
    .map(({ shiftId, body }): Shift => ({ shiftId, revision: 0, published: body, cancelled: null, draft: SAME }));
  return { ...plan, shifts: [...plan.shifts, ...made] };
}
