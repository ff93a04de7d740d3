import { CommandFailure } from './context.ts';
import { meantSpan } from './plan-overrides.ts';
import type { WallTimes } from './plan-overrides.ts';
import { draftedStretch, planAround, problemsOfDraft } from './publish-plan.ts';
import { zoneDataInUse } from './zone-data.ts';
import { draftedShifts } from '../store/plan.store.ts';
import type { Stretch } from '../store/plan.store.ts';
import { readRoster } from '../store/roster.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { PlanDiff } from '../../../shared/contract/coverage.contract.ts';
import type { CoverageIssue } from '../../../shared/domain/coverage/coverage.ts';
import { draftedChanges, toldAgents } from '../../../shared/domain/coverage/draft.ts';
import { coverageIssues, openedShortfalls } from '../../../shared/domain/coverage/issues.ts';
import type { Absence, Plan, PlanLayer, WallSpan } from '../../../shared/domain/coverage/plan.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What would be, if it were done. Nothing here is written. */

function issuesWithin(db: ReadDb, plan: Plan, layer: PlanLayer, { from, to }: Stretch, now: Instant): readonly CoverageIssue[] {
  const start = instant(Math.max(from, now));
  return start < to ? coverageIssues(readRoster(db), plan, layer, start, to, { now, zoneData: zoneDataInUse() }) : [];
}

/** What publishing the draft would do. */
export function planDiff(db: ReadDb, now: Instant): PlanDiff {
  const drafted = draftedShifts(db);
  const stretch = draftedStretch(drafted);
  if (stretch === null) return { changes: [], told: [], problems: [], opened: [], closed: [] };
  const plan = planAround(db, stretch);
  const changes = draftedChanges(drafted);
  const roster = readRoster(db);
  const before = issuesWithin(db, plan, 'published', stretch, now);
  const then = issuesWithin(db, plan, 'draft', stretch, now);
  return {
    changes,
    told: toldAgents(changes, now),
    problems: problemsOfDraft(db, plan, now),
    opened: openedShortfalls(roster, before, then),
    closed: openedShortfalls(roster, then, before),
  };
}

/** A query has no codes to fail with. */
function spanOf(input: WallTimes): WallSpan | null {
  try {
    return meantSpan(input);
  } catch (error) {
    if (error instanceof CommandFailure) return null;
    throw error;
  }
}

/** The shortfalls that an absence would open. Times that mean nothing open nothing. */
export function checkAbsence(db: ReadDb, input: WallTimes & { readonly agentId: AgentId }, now: Instant): readonly CoverageIssue[] {
  const span = spanOf(input);
  if (span === null) return [];
  const stretch = { from: span.startAt, to: span.endAt };
  const plan = planAround(db, stretch);
  const absence: Absence = {
    ...span,
    absenceId: makeId('abs', 'would-be'),
    agentId: input.agentId,
    kind: 'pto',
    state: 'approved',
    note: '',
    requestedAt: now,
    decidedBy: null,
  };
  const without: Plan = { ...plan, absences: [...plan.absences, absence] };
  return openedShortfalls(
    readRoster(db),
    issuesWithin(db, plan, 'published', stretch, now),
    issuesWithin(db, without, 'published', stretch, now),
  );
}
