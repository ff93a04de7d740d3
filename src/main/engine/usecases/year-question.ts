import { turn } from './rule-runs.ts';
import { zoneDataInUse } from './zone-data.ts';
import { readPlan } from '../store/plan.store.ts';
import { plannedUntil } from '../store/published.store.ts';
import { readRoster } from '../store/roster.store.ts';
import type { Store } from '../store/sql.ts';
import type { Absence, Override, Plan, Shift } from '../../../shared/domain/coverage/plan.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const PART_MS = 14 * DAY_MS;
/** A leap year, and the shift that is on at its begin. */
const YEAR_MS = 368 * DAY_MS;

/** Roster and plan of the year from `from` on, drafts included. Read in parts: a year of shifts is megabytes of JSON. */
export async function yearQuestion(
  store: Store,
  from: Instant,
): Promise<{
  readonly roster: Roster;
  readonly plan: Plan;
  readonly from: Instant;
  readonly zoneData: string;
  readonly plannedUntil: Instant;
}> {
  const until = store.read(plannedUntil) ?? from;
  const shifts = new Map<string, Shift>();
  const overrides = new Map<string, Override>();
  const absences = new Map<string, Absence>();
  const begin = after(from, -2 * DAY_MS);
  for (let at = begin; at < begin + YEAR_MS; at = after(at, PART_MS)) {
    const part = store.read((db) => readPlan(db, { from: at, to: after(at, PART_MS) }));
    for (const each of part.shifts) shifts.set(each.shiftId, each);
    for (const each of part.overrides) overrides.set(each.overrideId, each);
    for (const each of part.absences) absences.set(each.absenceId, each);
    await turn();
  }
  const plan = { shifts: [...shifts.values()], overrides: [...overrides.values()], absences: [...absences.values()], swaps: [] };
  return { roster: store.read(readRoster), plan, from, zoneData: zoneDataInUse(), plannedUntil: until };
}
