import type { AgentId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Assignment } from './plan.ts';
import { joinedStretches, qualifiedAssignments } from './qualified-assignments.ts';
import type { Roster, Selector } from './roster.ts';

/**
 * Who of those that fulfil a selector comes first after `at`, and when. Whoever is on at `at` counts when they come again. Of several at the
 * same time the first by name. Null when nobody comes in the assignments, which must reach far enough into the future.
 */
export function nextStart(
  roster: Roster,
  assignments: readonly Assignment[],
  selector: Selector,
  at: Instant,
): { readonly agentId: AgentId; readonly from: Instant } | null {
  const first = joinedStretches(qualifiedAssignments(roster, assignments, selector), roster).find((each) => each.from > at);
  return first === undefined ? null : { agentId: first.agentId, from: first.from };
}
