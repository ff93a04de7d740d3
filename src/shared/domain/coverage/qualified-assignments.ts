import type { AgentId } from '../ids.ts';
import { instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { Assignment } from './plan.ts';
import { qualifiedSpans } from './qualify.ts';
import type { AgentProfile, Roster, Selector } from './roster.ts';
import { earlier, later, overlaps } from './spans.ts';

/** The parts of assignments in which their person qualifies, in the order of the assignments. Who is not in the roster qualifies for nothing. */
export function qualifiedAssignments(roster: Roster, assignments: readonly Assignment[], selector: Selector): readonly Assignment[] {
  const all = extentOf(assignments);
  if (all === null) return [];
  const spans = new Map<AgentId, readonly Span[]>();
  for (const agent of roster.agents) {
    const able = qualifiedSpans(agent, selector, all.from, all.to);
    if (able.length > 0) spans.set(agent.agentId, able);
  }
  // a year of a team is tens of thousands of them, for each requirement
  const found: Assignment[] = [];
  for (const assignment of assignments) {
    for (const span of spans.get(assignment.agentId) ?? []) {
      if (span.from <= assignment.from && assignment.to <= span.to) found.push(assignment);
      else if (overlaps(span, assignment)) {
        found.push({ ...assignment, from: later(span.from, assignment.from), to: earlier(span.to, assignment.to) });
      }
    }
  }
  return found;
}

const extents = new WeakMap<readonly Span[], Span | null>();

/** From the first begin to the last end; null of nothing. Looked for once in a list that many are asked about. */
function extentOf(spans: readonly Span[]): Span | null {
  const known = extents.get(spans);
  if (known !== undefined) return known;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (span.from < from) from = span.from;
    if (span.to > to) to = span.to;
  }
  const extent = from < to ? { from: instant(from), to: instant(to) } : null;
  extents.set(spans, extent);
  return extent;
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
