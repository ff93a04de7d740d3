import type { CoverageBook } from './coverage-book.ts';
import { zoneDataInUse } from './zone-data.ts';
import { readPlan } from '../store/plan.store.ts';
import { readRoster } from '../store/roster.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { CoverageWindow } from '../../../shared/contract/coverage.contract.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import type { Candidate } from '../../../shared/domain/coverage/coverage.ts';
import { unsocialLoads } from '../../../shared/domain/coverage/fairness.ts';
import { issuesOf, margin } from '../../../shared/domain/coverage/issues.ts';
import { requirementCoverage } from '../../../shared/domain/coverage/requirement-coverage.ts';
import { candidates, UNSOCIAL_WINDOW_MS } from '../../../shared/domain/coverage/suggest.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** How well every requirement is met in a stretch, and what a lead may want to put right. Reads the plan as it is now, drafts too. */
export function coverageWindow(db: ReadDb, { from, to, layer }: Input<'coverage.window'>, now: Instant): CoverageWindow {
  const roster = readRoster(db);
  // A shortfall that reaches beyond the stretch is as long as it is.
  const around = margin(roster, from, to);
  const worked = assignments(roster, readPlan(db, around), layer, around.from, around.to, zoneDataInUse());
  return {
    requirements: roster.requirements
      .filter((requirement) => requirement.isActive)
      .map((requirement) => requirementCoverage(requirement, roster, worked.assignments, from, to)),
    issues: issuesOf(roster, worked.assignments, worked.empty, from, to, { now }),
    assignments: worked.assignments.flatMap((each) => within(each, from, to)),
    empty: worked.empty.flatMap((each) => within(each, from, to)),
  };
}

function within<T extends Span>(each: T, from: Instant, to: Instant): readonly T[] {
  const cut = { ...each, from: instant(Math.max(each.from, from)), to: instant(Math.min(each.to, to)) };
  return cut.from < cut.to ? [cut] : [];
}

/** Rests and hours of a week are looked at on both sides of a stretch. */
const AROUND_MS = 15 * DAY_MS;

/** Who could cover a stretch, best first. What everybody has borne is counted by the published plan of the twelve weeks before. */
export function coverageCandidates(db: ReadDb, book: CoverageBook, input: Input<'coverage.candidates'>): readonly Candidate[] {
  const { of, from, to, layer } = input;
  const roster = readRoster(db);
  const selector = 'selector' in of ? of.selector : roster.requirements.find((each) => each.requirementId === of.requirementId)?.selector;
  if (selector === undefined || from >= to) return [];
  const plan = readPlan(db, { from: after(from, -AROUND_MS), to: after(to, AROUND_MS) });
  const begin = after(from, -UNSOCIAL_WINDOW_MS);
  const loads = unsocialLoads(roster, book.assignments(db, begin, from), begin, from);
  return candidates(roster, plan, layer, selector, from, to, zoneDataInUse(), loads);
}
