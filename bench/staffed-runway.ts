import { assignments as assignmentsOf } from '../src/shared/domain/coverage/assignments.ts';
import { caseNeed, needKey } from '../src/shared/domain/coverage/case-need.ts';
import type { CaseNeed } from '../src/shared/domain/coverage/coverage.ts';
import { EMPTY_PLAN } from '../src/shared/domain/coverage/plan.ts';
import type { Assignment } from '../src/shared/domain/coverage/plan.ts';
import { qualifies } from '../src/shared/domain/coverage/qualify.ts';
import type { Roster } from '../src/shared/domain/coverage/roster.ts';
import { UNKNOWN_CASE } from '../src/shared/domain/routing/rules.ts';
import type { CaseTraits } from '../src/shared/domain/routing/rules.ts';
import { StaffedTime, staffedTime } from '../src/shared/domain/coverage/staffed-time.ts';
import { continuedPlan } from '../src/shared/domain/coverage/year-plan.ts';
import { DAY_MS, HOUR_MS, instant } from '../src/shared/domain/time.ts';
import type { Instant } from '../src/shared/domain/time.ts';
import { YEAR_FROM, ZONE_DATA, benchRoster } from './coverage-team.ts';
import { costOf, spreadOf } from './measure.ts';
import type { Cost, Spread } from './measure.ts';

export interface StaffedRunwayResult {
  readonly cases: number;
  readonly needs: number;
  readonly assignments: number;
  /** The tables of all needs, made anew as after a publishing. */
  readonly tables: Costs;
  /** What each case needs, found anew. */
  readonly needsFound: Costs;
  /** The runways of all cases from the tables. */
  readonly runways: Costs;
  /** Case by case: who can take it, when they are on, and the union of that. */
  readonly baseline: { readonly cases: number; readonly allCpuMs: number; readonly agree: number };
}

interface Costs {
  readonly ms: Spread;
  readonly cpuMs: Spread;
}

function spreads(costs: readonly Cost[]): Costs {
  return { ms: spreadOf(costs.map((each) => each.ms)), cpuMs: spreadOf(costs.map((each) => each.cpuMs)) };
}

interface OpenCase extends CaseTraits {
  readonly dueAt: Instant;
}

const HORIZON_MS = 28 * DAY_MS;
const LANGUAGES = ['en', 'zh-Hans', 'pt', 'es', 'de', 'ja', 'ko', null] as const;
const LABELS = ['withdrawals', 'kyc', 'cards', 'api', 'fraud', 'L2', 'refund', 'bug', 'question', 'waiting'] as const;

/** Seeded, so that every run measures the same cases. */
function openCases(count: number): readonly OpenCase[] {
  let seed = 20_261_124;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  return Array.from({ length: count }, () => ({
    ...UNKNOWN_CASE,
    language: LANGUAGES[Math.floor(random() * LANGUAGES.length)] ?? null,
    labels: random() < 0.3 ? [] : [LABELS[Math.floor(random() * LABELS.length)] ?? 'L2'],
    dueAt: instant(YEAR_FROM + Math.floor(random() * 10 * 24 * 60 - 24 * 60) * 60_000),
  }));
}

/** The staffed runway of many open cases by tables, beside working it out case by case. */
export function measureStaffedRunway(count: number, rounds: number): StaffedRunwayResult {
  const roster = benchRoster();
  const now = instant(YEAR_FROM + 9 * HOUR_MS);
  const to = instant(YEAR_FROM + HORIZON_MS);
  const plan = continuedPlan(roster, EMPTY_PLAN, YEAR_FROM, to, YEAR_FROM, ZONE_DATA);
  const { assignments } = assignmentsOf(roster, plan, 'published', YEAR_FROM, to, ZONE_DATA);
  const cases = openCases(count);
  const costs = { needs: [] as Cost[], tables: [] as Cost[], runways: [] as Cost[] };
  const timed = <Value>(into: Cost[], work: () => Value): Value => {
    const { value, ...cost } = costOf(work);
    into.push(cost);
    return value;
  };
  let runways = new Float64Array(count);
  let needs: readonly CaseNeed[] = [];
  let distinct = 0;
  for (let round = 0; round < rounds; round += 1) {
    needs = timed(costs.needs, () => cases.map((each) => caseNeed(each, roster)));
    const keys = needs.map(needKey);
    const tables = timed(costs.tables, () => {
      const made = new Map<string, StaffedTime>();
      keys.forEach((key, index) => {
        const need = needs[index];
        if (need !== undefined && !made.has(key)) made.set(key, staffedTime(roster, assignments, need.selector));
      });
      return made;
    });
    distinct = tables.size;
    const tableOf = keys.map((key) => tables.get(key) ?? new StaffedTime([]));
    runways = timed(costs.runways, () => Float64Array.from(cases, (each, index) => tableOf[index]?.runway(now, each.dueAt) ?? 0));
  }
  return {
    cases: count,
    needs: distinct,
    assignments: assignments.length,
    needsFound: spreads(costs.needs),
    tables: spreads(costs.tables),
    runways: spreads(costs.runways),
    baseline: measureNaive(roster, assignments, cases, needs, now, runways),
  };
}

function measureNaive(
  roster: Roster,
  assignments: readonly Assignment[],
  cases: readonly OpenCase[],
  needs: readonly CaseNeed[],
  now: Instant,
  runways: Float64Array,
): StaffedRunwayResult['baseline'] {
  const sample = cases.slice(0, Math.max(100, Math.floor(cases.length / 50)));
  const { value: agree, cpuMs } = costOf(() => {
    let equal = 0;
    for (const [index, each] of sample.entries()) {
      const need = needs[index];
      if (need !== undefined && naiveRunway(roster, assignments, need, now, each.dueAt) === runways[index]) equal += 1;
    }
    return equal;
  });
  return { cases: sample.length, allCpuMs: (cpuMs / sample.length) * cases.length, agree };
}

function naiveRunway(roster: Roster, assignments: readonly Assignment[], need: CaseNeed, now: Instant, dueAt: Instant): number {
  const able = roster.agents.filter((agent) => qualifies(agent, need.selector, now)).map((agent) => agent.agentId);
  const spans = assignments
    .filter((each) => each.from < dueAt && each.to > now && able.includes(each.agentId))
    .map((each) => ({ from: Math.max(each.from, now), to: Math.min(each.to, dueAt) }))
    .sort((a, b) => a.from - b.from);
  let end = Number(now);
  let sum = 0;
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
}
