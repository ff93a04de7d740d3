import type { CaseId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { CaseNeed, StaffedRunway } from './coverage.ts';
import type { Assignment } from './plan.ts';
import { joinedStretches, qualifiedAssignments } from './qualified-assignments.ts';
import type { Roster } from './roster.ts';
import { earlier, later } from './spans.ts';
import { StaffedTime } from './staffed-time.ts';

export interface RunwayQuestion {
  readonly caseId: CaseId;
  readonly dueAt: Instant | null;
  readonly need: CaseNeed;
  readonly now: Instant;
  readonly roster: Roster;
  /** Published assignments from now until well after the case is due; null while no shift was ever published. */
  readonly assignments: readonly Assignment[] | null;
}

/**
 * The staffed runway of one case with its reasons: who is on for it until it is due, and who would come too late. What
 * is overdue has none left.
 */
export function staffedRunway(question: RunwayQuestion): StaffedRunway {
  const { caseId, dueAt, need, now, roster, assignments } = question;
  const leftMs = dueAt === null ? null : dueAt - now;
  if (dueAt === null || assignments === null) {
    return { caseId, dueAt, runwayMs: null, leftMs, need, on: [], nextAfterDue: null };
  }
  const able = qualifiedAssignments(roster, assignments, need.selector);
  const stretches = joinedStretches(able, roster);
  const on = stretches
    .map((each) => ({ agentId: each.agentId, from: later(each.from, now), to: earlier(each.to, dueAt) }))
    .filter((each) => each.from < each.to);
  const next = on.length > 0 ? undefined : stretches.find((each) => each.to > later(now, dueAt));
  return {
    caseId,
    dueAt,
    runwayMs: new StaffedTime(able).runway(now, dueAt),
    leftMs,
    need,
    on,
    nextAfterDue: next === undefined ? null : { agentId: next.agentId, from: next.from },
  };
}
