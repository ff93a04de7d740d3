import type { RequirementId, ShiftId } from '../ids.ts';
import { MINUTE_MS, after } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { assignments as assignmentsOf } from './assignments.ts';
import { contentions } from './contention.ts';
import { ISSUE_KINDS } from './coverage.ts';
import type { CoverageIssue, IssueKind, Segment } from './coverage.ts';
import type { Assignment, EmptyStretch, Plan, PlanLayer } from './plan.ts';
import { qualifiedAssignments } from './qualified-assignments.ts';
import { requirementWindows } from './requirement-coverage.ts';
import { DEFAULT_SHORTEST_MS, SEVERITIES } from './roster.ts';
import type { Requirement, Roster, Severity } from './roster.ts';
import { earlier, later, minus, united } from './spans.ts';
import { sweepWindows } from './sweep.ts';

/** In the last half hour of a turn people finish and hand over; they should not be the only ones. */
export const WRAP_UP_MS = 30 * MINUTE_MS;

export interface IssueOptions {
  readonly now: Instant;
  /** The time-zone data in use; what was derived with other data is stale. */
  readonly zoneData: string;
  /** How long before the end of a turn somebody wraps up; half an hour unless told. */
  readonly wrapUpMs?: number;
}

/**
 * Everything within `[from, to)` that a lead may want to put right and that is not over yet: by time, then by kind as
 * `ISSUE_KINDS` has them, then by requirement.
 */
export function coverageIssues(
  roster: Roster,
  plan: Plan,
  layer: PlanLayer,
  from: Instant,
  to: Instant,
  options: IssueOptions,
): readonly CoverageIssue[] {
  const around = margin(roster, from, to);
  const { assignments, empty } = assignmentsOf(roster, plan, layer, around.from, around.to, options.zoneData);
  return issuesOf(roster, assignments, empty, from, to, options);
}

/**
 * As `coverageIssues`, for assignments that are there already. They must reach beyond `[from, to)` by `margin`: what is
 * cut off by the edge of the picture must not look brief.
 */
export function issuesOf(
  roster: Roster,
  assignments: readonly Assignment[],
  empty: readonly EmptyStretch[],
  from: Instant,
  to: Instant,
  { now, wrapUpMs = WRAP_UP_MS }: Omit<IssueOptions, 'zoneData'>,
): readonly CoverageIssue[] {
  const around = margin(roster, from, to);
  const views = roster.requirements.filter((each) => each.isActive).map((each) => viewOf(each, roster, assignments, around));
  const found = [
    ...views.flatMap((view) => [...shortfalls(view), ...wrapUps(view, wrapUpMs)]),
    ...contended(views),
    ...[...spansByShift(empty)].flatMap(([shiftId, spans]) => united(spans).map((span) => ofShift('empty', shiftId, span))),
    ...[...spansByShift(assignments.filter((each) => each.isStale))].map(([shiftId, spans]) => ofShift('stale-zone', shiftId, hull(spans))),
  ];
  const places = new Map(roster.requirements.map((each, index) => [each.requirementId, index]));
  const placeOf = (id: RequirementId | null): number => (id === null ? -1 : (places.get(id) ?? -1));
  return found
    .map((issue) => ({ ...issue, from: later(issue.from, from), to: earlier(issue.to, to) }))
    .filter((issue) => issue.from < issue.to && issue.to > now)
    .sort(
      (a, b) =>
        a.from - b.from ||
        ISSUE_KINDS.indexOf(a.kind) - ISSUE_KINDS.indexOf(b.kind) ||
        placeOf(a.requirementId) - placeOf(b.requirementId) ||
        a.to - b.to,
    );
}

/** `[from, to)` and as much before and behind it as decides whether something at its edge is brief. */
export function margin(roster: Roster, from: Instant, to: Instant): Span {
  const longest = roster.requirements.reduce((most, each) => Math.max(most, each.shortestMs), DEFAULT_SHORTEST_MS);
  return { from: after(from, -longest), to: after(to, longest) };
}

/**
 * Shortfalls of `is` that were none, or less bad ones, in `was`: what a change opens. With the two sides exchanged: what
 * it closes. Brief ones are left out.
 */
export function openedShortfalls(roster: Roster, was: readonly CoverageIssue[], is: readonly CoverageIssue[]): readonly CoverageIssue[] {
  const shortest = new Map(roster.requirements.map((each) => [each.requirementId, each.shortestMs]));
  return is.filter(isShortfall).flatMap((issue) => {
    const before = was.filter(
      (each) => isShortfall(each) && each.requirementId === issue.requirementId && (each.kind === 'gap' || issue.kind === 'thin'),
    );
    return minus([issue], united(before))
      .filter((span) => span.to - span.from >= (issue.requirementId === null ? 0 : (shortest.get(issue.requirementId) ?? 0)))
      .map(({ from, to }) => ({ ...issue, from, to }));
  });
}

function isShortfall(issue: CoverageIssue): boolean {
  return issue.kind === 'gap' || issue.kind === 'thin';
}

/** One requirement with all that is known about it. */
interface View {
  readonly requirement: Requirement;
  readonly windows: readonly Span[];
  readonly able: readonly Assignment[];
  readonly segments: readonly Segment[];
}

function viewOf(requirement: Requirement, roster: Roster, assignments: readonly Assignment[], { from, to }: Span): View {
  const windows = requirementWindows(requirement, from, to);
  const able = qualifiedAssignments(roster, assignments, requirement.selector);
  return { requirement, windows, able, segments: sweepWindows(windows, requirement.minimum, requirement.target, able) };
}

/** Gap, thin and low. Segments that touch and differ only in how many there are become one, with the fewest. */
function shortfalls({ requirement, segments }: View): readonly CoverageIssue[] {
  const found: { from: Instant; to: Instant; state: Segment['state']; agents: number }[] = [];
  for (const segment of segments) {
    const last = found.at(-1);
    if (last?.to === segment.from && last.state === segment.state) {
      last.to = segment.to;
      last.agents = Math.min(last.agents, segment.agents);
    } else found.push({ ...segment });
  }
  return found.flatMap(({ from, to, state, agents }) => {
    if (state === 'ok') return [];
    const want = state === 'low' ? requirement.target : requirement.minimum;
    return [{ ...ofRequirement(state, requirement, { from, to }), have: agents, want }];
  });
}

/** Somebody is there, but all of them are about to go. */
function wrapUps({ requirement, windows, able, segments }: View, wrapUpMs: number): readonly CoverageIssue[] {
  const fresh = able.map((each) => ({ ...each, to: earlier(each.to, after(each.turnEndsAt, -wrapUpMs)) }));
  const nobodyFresh = sweepWindows(windows, 1, 1, fresh).filter((each) => each.state === 'gap');
  const nobody = segments.filter((each) => each.state === 'gap');
  return minus(nobodyFresh, nobody).map((span) => {
    const there = segments.filter((each) => each.from < span.to && each.to > span.from).map((each) => each.agents);
    return { ...ofRequirement('wrap-up', requirement, span), have: Math.min(...there), want: requirement.minimum };
  });
}

function contended(views: readonly View[]): readonly CoverageIssue[] {
  const requirements = new Map(views.map(({ requirement }) => [requirement.requirementId, requirement]));
  const contenders = views.map(({ requirement, windows, able }) => ({
    requirementId: requirement.requirementId,
    minimum: requirement.minimum,
    windows,
    able,
  }));
  return contentions(contenders).flatMap(({ from, to, rivals, have, want }) => {
    const [worst] = rivals
      .flatMap((id) => requirements.get(id) ?? [])
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    return worst === undefined ? [] : [{ ...ofRequirement('contended', worst, { from, to }), have, want, rivals }];
  });
}

function spansByShift(stretches: readonly (Span & { readonly shiftId: ShiftId })[]): ReadonlyMap<ShiftId, readonly Span[]> {
  const byShift = new Map<ShiftId, Span[]>();
  for (const each of stretches) {
    const known = byShift.get(each.shiftId);
    if (known === undefined) byShift.set(each.shiftId, [each]);
    else known.push(each);
  }
  return byShift;
}

/** From the first begin to the last end: a shift with a break is one shift. */
function hull(spans: readonly Span[]): Span {
  return spans.reduce((all, { from, to }) => ({ from: earlier(all.from, from), to: later(all.to, to) }));
}

/** What concerns a shift and no requirement. */
function ofShift(kind: 'empty' | 'stale-zone', shiftId: ShiftId, { from, to }: Span): CoverageIssue {
  return {
    kind,
    requirementId: null,
    severity: 'major',
    from,
    to,
    have: kind === 'empty' ? 0 : 1,
    want: 1,
    rivals: [],
    shiftId,
    isBrief: to - from < DEFAULT_SHORTEST_MS,
  };
}

function ofRequirement(kind: IssueKind, requirement: Requirement, { from, to }: Span): CoverageIssue {
  return {
    kind,
    requirementId: requirement.requirementId,
    severity: severityOf(kind, requirement.severity),
    from,
    to,
    have: 0,
    want: 0,
    rivals: [],
    shiftId: null,
    isBrief: to - from < requirement.shortestMs,
  };
}

/** Nobody there is as bad as the requirement is important; too few, or one for two, is one step less; the rest is minor. */
function severityOf(kind: IssueKind, of: Severity): Severity {
  if (kind === 'gap') return of;
  return of === 'critical' && (kind === 'thin' || kind === 'contended') ? 'major' : 'minor';
}
