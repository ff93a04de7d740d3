import type { AgentId } from '../ids.ts';
import { DAY_MS, HOUR_MS, after } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { WEEKDAYS, weekdayOfEpochDay } from '../time/local-time.ts';
import { epochDayAt, startOfEpochDay } from '../time/zone.ts';
import { agentTurns, fitOf } from './agent-turns.ts';
import { assignments as assignmentsOf, employment } from './assignments.ts';
import type { Candidate } from './coverage.ts';
import { unsocialLoads } from './fairness.ts';
import type { UnsocialLoad } from './fairness.ts';
import { outsidePattern } from './pattern.ts';
import type { Assignment, Plan, PlanLayer } from './plan.ts';
import { ableSpans } from './qualify.ts';
import type { AgentProfile, Roster, Selector } from './roster.ts';
import { lengthOf, overlaps } from './spans.ts';
import { unsocialMinutes, weightedUnsocial } from './unsocial.ts';
import { SHORTEST_REST_MS } from './validate.ts';

/** Unsocial work is compared over so long before a stretch. */
export const UNSOCIAL_WINDOW_MS = 12 * 7 * DAY_MS;
/** Weeks and rests are looked at so far around a stretch. */
const AROUND_MS = 8 * DAY_MS;

/**
 * Who could cover `[from, to)`, of those who fulfil the selector all the time: first those whom nothing hinders, then
 * those who usually do not work then, then those who can not be asked, with the reasons. Among them who has had the
 * fewest unsocial minutes for their contract, then whose last were the longest ago, then by name.
 * @param plan with the shifts from twelve weeks before to eight days after the stretch
 * @param loads what everybody has had; worked out from the plan when it is not known
 */
export function candidates(
  roster: Roster,
  plan: Plan,
  layer: PlanLayer,
  selector: Selector,
  from: Instant,
  to: Instant,
  zoneData: string,
  loads?: ReadonlyMap<AgentId, UnsocialLoad>,
): readonly Candidate[] {
  if (to <= from) return [];
  const begin = after(from, -UNSOCIAL_WINDOW_MS);
  const { assignments } = assignmentsOf(roster, plan, layer, begin, after(to, AROUND_MS), zoneData);
  const unsocial = loads ?? unsocialLoads(roster, assignments, begin, from);
  const turns = agentTurns(assignments);
  const names = new Map(roster.agents.map((agent) => [agent.agentId, agent.name]));
  return roster.agents
    .filter((agent) => agent.isActive && lengthOf(ableSpans(agent, selector, from, to)) === to - from)
    .map((agent): Candidate => {
      const { isBusy, restMs } = fitOf(turns.get(agent.agentId) ?? [], { from, to });
      const refusals: Candidate['refusals'][number][] = [];
      if (isBusy) refusals.push('busy');
      if (isAbsent(plan, agent.agentId, { from, to })) refusals.push('absent');
      if (restMs !== null && restMs < SHORTEST_REST_MS) refusals.push('rest');
      if (!isEmployedThroughout(agent, { from, to })) refusals.push('outside-contract');
      if (exceedsHours(agent, assignments, { from, to })) refusals.push('hours');
      if (outsidePattern(agent, [{ from, to }]).length > 0) refusals.push('outside-pattern');
      const hub = roster.hubs.find((each) => each.hubId === agent.hubId) ?? null;
      const load = unsocial.get(agent.agentId);
      return {
        agentId: agent.agentId,
        refusals,
        restMs,
        unsocialMinutes: load?.minutes ?? 0,
        stretchUnsocialMinutes: weightedUnsocial(unsocialMinutes(agent, hub, from, to)),
        lastUnsocialAt: load?.lastAt ?? null,
      };
    })
    .sort(
      (a, b) =>
        rankOf(a) - rankOf(b) ||
        a.unsocialMinutes - b.unsocialMinutes ||
        (a.lastUnsocialAt ?? 0) - (b.lastUnsocialAt ?? 0) ||
        compareText(names.get(a.agentId) ?? '', names.get(b.agentId) ?? '') ||
        compareText(a.agentId, b.agentId),
    );
}

/** Whether a candidate can be asked at all: outside their usual hours they can. */
export function canBeAsked(candidate: Candidate): boolean {
  return candidate.refusals.every((refusal) => refusal === 'outside-pattern');
}

function rankOf(candidate: Candidate): number {
  if (candidate.refusals.length === 0) return 0;
  return canBeAsked(candidate) ? 1 : 2;
}

/** Whether an approved absence of somebody lies in a stretch. */
export function isAbsent(plan: Plan, agentId: AgentId, stretch: Span): boolean {
  return plan.absences.some(
    (each) => each.agentId === agentId && each.state === 'approved' && overlaps({ from: each.startAt, to: each.endAt }, stretch),
  );
}

export function isEmployedThroughout(agent: AgentProfile, stretch: Span): boolean {
  const employed = employment(agent);
  return employed.from <= stretch.from && stretch.to <= employed.to;
}

/** Whether the stretch would bring somebody over their weekly hours, in a week from Monday by their own clocks. */
function exceedsHours(agent: AgentProfile, assignments: readonly Assignment[], stretch: Span): boolean {
  const worked = assignments.filter((each) => each.agentId === agent.agentId);
  const last = epochDayAt(agent.zone, after(stretch.to, -1));
  for (let monday = mondayOf(epochDayAt(agent.zone, stretch.from)); monday <= last; monday += 7) {
    const week = { from: startOfEpochDay(agent.zone, monday), to: startOfEpochDay(agent.zone, monday + 7) };
    const hours = [...worked, stretch].reduce((sum, each) => sum + within(each, week), 0) / HOUR_MS;
    if (hours > agent.contract.hoursPerWeek) return true;
  }
  return false;
}

function mondayOf(epochDay: number): number {
  return epochDay - WEEKDAYS.indexOf(weekdayOfEpochDay(epochDay));
}

function within(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
