import type { AgentId } from '../ids.ts';
import { instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { Assignment } from './plan.ts';
import { qualifiedSpans } from './qualify.ts';
import type { AgentProfile, Roster, Selector } from './roster.ts';
import { earlier, later } from './spans.ts';

/** The parts of assignments in which their person qualifies, in the order of the assignments. Who is not in the roster qualifies for nothing. */
export function qualifiedAssignments(roster: Roster, assignments: readonly Assignment[], selector: Selector): readonly Assignment[] {
  const from = assignments.reduce((least, each) => Math.min(least, each.from), Number.POSITIVE_INFINITY);
  const to = assignments.reduce((most, each) => Math.max(most, each.to), Number.NEGATIVE_INFINITY);
  if (!(from < to)) return [];
  const spans = new Map(roster.agents.map((agent) => [agent.agentId, qualifiedSpans(agent, selector, instant(from), instant(to))]));
  return assignments.flatMap((assignment) => within(assignment, spans.get(assignment.agentId) ?? []));
}

function within(assignment: Assignment, spans: readonly Span[]): readonly Assignment[] {
  const [first] = spans;
  if (first === undefined) return [];
  if (first.from <= assignment.from && assignment.to <= first.to) return [assignment];
  return spans.flatMap((span) => {
    const from = later(span.from, assignment.from);
    const to = earlier(span.to, assignment.to);
    return from < to ? [{ ...assignment, from, to }] : [];
  });
}

/**
 * Joins what overlaps or touches of one person: somebody with two shifts one after the other is there for all of it. What
 * is told of the shift is told of the last of them. Sorted by begin, then by name.
 */
export function joinedStretches(assignments: readonly Assignment[], roster: Roster): readonly Assignment[] {
  const byAgent = new Map<AgentId, Assignment[]>();
  for (const each of [...assignments].filter((one) => one.to > one.from).sort((a, b) => a.from - b.from)) {
    const own = byAgent.get(each.agentId);
    const last = own?.at(-1);
    if (own === undefined || last === undefined) byAgent.set(each.agentId, [each]);
    else if (each.from > last.to) own.push(each);
    else if (each.to > last.to) own[own.length - 1] = { ...each, from: last.from };
  }
  const names = agentNames(roster);
  return [...byAgent.values()].flat().sort((a, b) => a.from - b.from || compareNames(names, a.agentId, b.agentId));
}

export function agentNames(roster: Roster): ReadonlyMap<AgentId, string> {
  return new Map(roster.agents.map((agent: AgentProfile) => [agent.agentId, agent.name]));
}

/** Orders people by the code units of their names: the same on every machine. */
export function compareNames(names: ReadonlyMap<AgentId, string>, one: AgentId, other: AgentId): number {
  const left = names.get(one) ?? one;
  const right = names.get(other) ?? other;
  if (left === right) return one < other ? -1 : 1;
  return left < right ? -1 : 1;
}
