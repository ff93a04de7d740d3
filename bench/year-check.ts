import { assignments as assignmentsOf } from '../src/shared/domain/coverage/assignments.ts';
import type { SegmentState } from '../src/shared/domain/coverage/coverage.ts';
import { EMPTY_PLAN } from '../src/shared/domain/coverage/plan.ts';
import type { Assignment } from '../src/shared/domain/coverage/plan.ts';
import { qualifies } from '../src/shared/domain/coverage/qualify.ts';
import { requirementCoverage, requirementWindows } from '../src/shared/domain/coverage/requirement-coverage.ts';
import type { Roster } from '../src/shared/domain/coverage/roster.ts';
import { yearCheck } from '../src/shared/domain/coverage/year-check.ts';
import { continuedPlan } from '../src/shared/domain/coverage/year-plan.ts';
import { DAY_MS, MINUTE_MS, instant } from '../src/shared/domain/time.ts';
import { YEAR_FROM, ZONE_DATA, benchAbsences, benchRoster } from './coverage-team.ts';
import { costOf, spreadOf } from './measure.ts';
import type { Spread } from './measure.ts';

export interface YearCheckResult {
  readonly requirements: number;
  readonly agents: number;
  readonly assignments: number;
  readonly regimes: number;
  readonly exceptions: number;
  /** The very first one, before anything is compiled; the others. */
  readonly firstMs: number;
  readonly ms: Spread;
  readonly cpuMs: Spread;
  /** Every requirement in every minute of some days, counted by itself; without regimes, holes and reasons. */
  readonly baseline: { readonly days: number; readonly yearCpuMs: number; readonly minutes: number; readonly agree: number };
}

/** Checks the coming year of a team whose shifts all come from rotations, beside a minute-by-minute count of some days of it. */
export function measureYearCheck(rounds: number, sampleDays: number): YearCheckResult {
  const roster = benchRoster();
  const plan = { ...EMPTY_PLAN, absences: benchAbsences(roster, YEAR_FROM) };
  const run = () => costOf(() => yearCheck(roster, plan, YEAR_FROM, { zoneData: ZONE_DATA, plannedUntil: YEAR_FROM }));
  const { value: found, ms: firstMs } = run();
  const costs = Array.from({ length: rounds }, run);
  const whole = continuedPlan(roster, plan, found.from, found.to, YEAR_FROM, ZONE_DATA);
  const { assignments } = assignmentsOf(roster, whole, 'draft', found.from, found.to, ZONE_DATA);
  return {
    requirements: roster.requirements.length,
    agents: roster.agents.length,
    assignments: assignments.length,
    regimes: found.regimes.length,
    exceptions: found.exceptions.length,
    firstMs,
    ms: spreadOf(costs.map((each) => each.ms)),
    cpuMs: spreadOf(costs.map((each) => each.cpuMs)),
    baseline: measureByMinute(roster, assignments, sampleDays),
  };
}

function measureByMinute(roster: Roster, assignments: readonly Assignment[], days: number): YearCheckResult['baseline'] {
  const told: SegmentState[][] = [];
  const counted: SegmentState[][] = [];
  let cpuMs = 0;
  // spread over the year, so that all its regimes are among them
  for (let index = 0; index < days; index += 1) {
    const from = instant(YEAR_FROM + Math.floor((index * 364) / Math.max(1, days - 1)) * DAY_MS);
    const to = instant(from + DAY_MS);
    const here = assignments.filter((each) => each.from < to && each.to > from);
    const { value, cpuMs: cost } = costOf(() => byMinute(roster, here, from));
    counted.push(value);
    cpuMs += cost;
    told.push(bySweep(roster, assignments, from));
  }
  const agree = told.flatMap((states, day) => states.map((state, place): number => (state === counted[day]?.[place] ? 1 : 0)));
  return { days, yearCpuMs: (cpuMs / days) * 365, minutes: agree.length, agree: agree.reduce((sum, each) => sum + each, 0) };
}

function byMinute(roster: Roster, here: readonly Assignment[], from: number): SegmentState[] {
  const agents = new Map(roster.agents.map((agent) => [agent.agentId, agent]));
  return roster.requirements.flatMap((requirement) => {
    const windows = requirementWindows(requirement, instant(from), instant(from + DAY_MS));
    return Array.from({ length: 1_440 }, (_unused, minute): SegmentState => {
      const now = instant(from + minute * MINUTE_MS);
      if (!windows.some((window) => window.from <= now && now < window.to)) return 'ok';
      const there = new Set<string>();
      for (const { agentId, from: begin, to: end } of here) {
        const agent = agents.get(agentId);
        if (begin <= now && now < end && agent !== undefined && qualifies(agent, requirement.selector, now)) there.add(agentId);
      }
      if (there.size === 0) return 'gap';
      return there.size < requirement.minimum ? 'thin' : there.size < requirement.target ? 'low' : 'ok';
    });
  });
}

function bySweep(roster: Roster, assignments: readonly Assignment[], from: number): SegmentState[] {
  return roster.requirements.flatMap((requirement) => {
    const { segments } = requirementCoverage(requirement, roster, assignments, instant(from), instant(from + DAY_MS));
    const states = Array.from({ length: 1_440 }, (): SegmentState => 'ok');
    for (const segment of segments) {
      states.fill(segment.state, (segment.from - from) / MINUTE_MS, (segment.to - from) / MINUTE_MS);
    }
    return states;
  });
}
