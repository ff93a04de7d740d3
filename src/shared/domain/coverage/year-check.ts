import { DAY_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { dateOfEpochDay, epochDayOf } from '../time/local-time.ts';
import { assignments as assignmentsOf } from './assignments.ts';
import type { YearCheck, YearException, YearRequirement } from './coverage.ts';
import { byDay, ordinaryShortfalls, ordinaryWeek, shortfallsOf, weekHoles, weekTotals } from './ordinary-week.ts';
import type { Shortfall } from './ordinary-week.ts';
import type { Assignment, Plan } from './plan.ts';
import { qualifiedAssignments } from './qualified-assignments.ts';
import { requirementWindows } from './requirement-coverage.ts';
import type { Requirement, Roster } from './roster.ts';
import { minus, united } from './spans.ts';
import { sweepWindows } from './sweep.ts';
import { continuedPlan } from './year-plan.ts';
import { YearReasons } from './year-reasons.ts';
import { changesOf, regimeSpans, zonesOf } from './year-regimes.ts';
import type { RegimeSpan } from './year-regimes.ts';

export interface YearOptions {
  readonly zoneData: string;
  /** Up to here the plan, published and drafted, is what is meant; behind it shifts are made from rotations. */
  readonly plannedUntil: Instant;
}

/**
 * Every requirement through the year from the UTC day of `from` on: the ordinary week of each stretch between two
 * changes of any clock that the plan depends on, with its holes; and every day that is worse than that, with the reason.
 * @param plan with the shifts, overrides and absences of the year, as far as there are any
 */
export function yearCheck(roster: Roster, plan: Plan, from: Instant, { zoneData, plannedUntil }: YearOptions): YearCheck {
  const year = yearFrom(from);
  const whole = continuedPlan(roster, plan, year.from, year.to, plannedUntil, zoneData);
  const { assignments, empty } = assignmentsOf(roster, whole, 'draft', year.from, year.to, zoneData);
  const changes = changesOf(zonesOf(roster), year.from, year.to);
  const spans = regimeSpans(changes, year.from, year.to);
  const reasons = new YearReasons(roster, plan, empty, changes, year);
  const checked = roster.requirements
    .filter((each) => each.isActive)
    .map((requirement) => {
      const able = qualifiedAssignments(roster, assignments, requirement.selector);
      return { requirement, able, ...requirementYear(requirement, able, year, spans) };
    });
  return {
    ...year,
    plannedUntil,
    regimes: spans.map((span, index) => ({ ...span, requirements: checked.flatMap(({ weeks }) => weeks[index] ?? []) })),
    exceptions: checked
      .flatMap(({ requirement, able, worse }) =>
        worse.map((each): YearException => {
          const { from: begin, to, state } = each;
          const date = dateOfEpochDay(Math.floor(begin / DAY_MS));
          return { date, requirementId: requirement.requirementId, from: begin, to, state, ...reasons.reasonOf(requirement, able, each) };
        }),
      )
      .sort((a, b) => a.from - b.from),
  };
}

/** From the begin of a UTC day to the same date of the next year. */
function yearFrom(from: Instant): Span {
  const first = Math.floor(from / DAY_MS);
  const { year, month, day } = dateOfEpochDay(first);
  return { from: instant(first * DAY_MS), to: instant(epochDayOf({ year: year + 1, month, day }) * DAY_MS) };
}

interface RequirementYear {
  /** One for each regime. */
  readonly weeks: readonly YearRequirement[];
  /** What is worse than the ordinary weeks, at most a day long each. */
  readonly worse: readonly Shortfall[];
}

function requirementYear(
  requirement: Requirement,
  able: readonly Assignment[],
  year: Span,
  regimes: readonly RegimeSpan[],
): RequirementYear {
  const { requirementId, minimum, shortestMs } = requirement;
  const windows = requirementWindows(requirement, year.from, year.to);
  const shortfalls = shortfallsOf(sweepWindows(windows, minimum, minimum, able));
  const weeks = regimes.map((regime) => ({ regime, week: ordinaryWeek(shortfalls, windows, regime) }));
  const ordinary = weeks.flatMap(({ regime, week }) => ordinaryShortfalls(week, regime));
  return {
    weeks: weeks.map(({ regime, week }) => ({
      requirementId,
      ...weekTotals(week),
      holes: weekHoles(week, shortfalls, regime, shortestMs),
    })),
    worse: worseThan(shortfalls, ordinary).filter((each) => each.to - each.from >= shortestMs),
  };
}

/** Gaps where ordinarily there is none, and thin stretches where ordinarily there are enough. */
function worseThan(shortfalls: readonly Shortfall[], ordinary: readonly Shortfall[]): readonly Shortfall[] {
  const gaps = shortfalls.filter((each) => each.state === 'gap');
  const thin = shortfalls.filter((each) => each.state === 'thin');
  const worse: readonly Shortfall[] = [
    ...minus(gaps, united(ordinary.filter((each) => each.state === 'gap'))).map((span): Shortfall => ({ ...span, state: 'gap' })),
    ...minus(thin, united(ordinary)).map((span): Shortfall => ({ ...span, state: 'thin' })),
  ];
  return byDay(worse.toSorted((a, b) => a.from - b.from));
}
