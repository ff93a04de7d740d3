import type { AgentId, CaseId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { StaffingSettings, TicketFeasibility } from './coverage.ts';
import type { Assignment } from './plan.ts';
import { earlier, later, united } from './spans.ts';

/** Work that is due: one open ticket. */
export interface Job {
  readonly caseId: CaseId;
  readonly dueAt: Instant;
  /** How long it keeps one person, in milliseconds. */
  readonly effortMs: number;
}

/** A stretch in which as much work is done in a unit of time; where there is no step, none is. */
export interface CapacityStep extends Span {
  /** Milliseconds of work in a millisecond: people, less the time that is not for work. */
  readonly rate: number;
}

/**
 * What people on shift can work off in `[from, to)`: the number of distinct people times the greatest occupancy times
 * the share of time that shrinkage leaves. Steps are in order and apart; time without anybody is in none.
 */
export function staffedCapacity(
  assignments: readonly Assignment[],
  from: Instant,
  to: Instant,
  { maxOccupancy, shrinkage }: Pick<StaffingSettings, 'maxOccupancy' | 'shrinkage'>,
): readonly CapacityStep[] {
  const share = maxOccupancy * (1 - shrinkage);
  const changes: { readonly at: Instant; readonly by: number }[] = [];
  for (const spans of spansByAgent(assignments, from, to).values()) {
    for (const span of united(spans)) changes.push({ at: span.from, by: 1 }, { at: span.to, by: -1 });
  }
  changes.sort((a, b) => a.at - b.at);
  const steps: CapacityStep[] = [];
  let people = 0;
  let begin = from;
  for (const { at, by } of changes) {
    if (people > 0 && at > begin) steps.push({ from: begin, to: at, rate: people * share });
    people += by;
    begin = at;
  }
  return steps;
}

/**
 * Whether everything can be done in time, the earliest deadline first, which is the best order there is: by each deadline
 * the work that is due until then must not be more than what can be worked off from `now` on. Names every deadline that
 * can not be met and what is missing by then. Work that is overdue still has to be done and comes first.
 * Source: the processor demand criterion of C. L. Liu and J. W. Layland (1973), for jobs that are all there.
 */
export function ticketFeasibility(jobs: readonly Job[], capacity: readonly CapacityStep[], now: Instant): TicketFeasibility {
  const missed: TicketFeasibility['missed'][number][] = [];
  let workMs = 0;
  let doneMs = 0;
  let index = 0;
  let reached = now;
  for (const { caseId, dueAt, effortMs } of [...jobs].sort((a, b) => a.dueAt - b.dueAt || (a.caseId < b.caseId ? -1 : 1))) {
    workMs += effortMs;
    for (let step = capacity[index]; step !== undefined && step.from < dueAt; step = capacity[index]) {
      const begin = later(step.from, reached);
      const end = earlier(step.to, dueAt);
      if (begin < end) doneMs += (end - begin) * step.rate;
      if (step.to > dueAt) break;
      index += 1;
    }
    reached = later(reached, dueAt);
    // a millisecond of work is no work: sums of doubles are not exact
    if (workMs - doneMs > 1) missed.push({ caseId, dueAt, missingMs: Math.round(workMs - doneMs) });
  }
  return { jobs: jobs.length, workMs, missed };
}

function spansByAgent(assignments: readonly Assignment[], from: Instant, to: Instant): ReadonlyMap<AgentId, readonly Span[]> {
  const found = new Map<AgentId, Span[]>();
  for (const each of assignments) {
    const span = { from: later(each.from, from), to: earlier(each.to, to) };
    if (span.from >= span.to) continue;
    const list = found.get(each.agentId);
    if (list === undefined) found.set(each.agentId, [span]);
    else list.push(span);
  }
  return found;
}
