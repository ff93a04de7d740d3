import type { Ribbon } from '../../../shared/contract/coverage.contract.ts';
import type { CoverageIssue } from '../../../shared/domain/coverage/coverage.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { fractionAt, percent } from '../../ui/time-axis.ts';

/** What the ribbon shows, worked out from what the engine answers. All spans are half-open. */

export const REACH_MS = 12 * HOUR_MS;
const STEP_MS = 15 * MINUTE_MS;

export type RibbonLane = Ribbon['lanes'][number];
export type RibbonDue = Ribbon['due'][number];
export type RibbonPromise = Ribbon['promises'][number];

/** What is asked of the engine: it stays the same for a full hour, and holds all that is shown within it. */
export function askedWindow(now: Instant): { readonly from: Instant; readonly to: Instant } {
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  return { from: instant(hour - REACH_MS), to: instant(hour + HOUR_MS + REACH_MS) };
}

/** When `askedWindow` changes next. */
export function nextHour(now: Instant): Instant {
  return instant(Math.floor(now / HOUR_MS) * HOUR_MS + HOUR_MS);
}

/** A span as left edge and width in percent of the window, cut to it; null when nothing of it is inside. */
export function placed(span: Span, window: Span): { readonly left: string; readonly width: string } | null {
  const from = Math.max(span.from, window.from);
  const to = Math.min(span.to, window.to);
  if (from >= to) return null;
  return { left: percent(fractionAt(window, from)), width: percent((to - from) / (window.to - window.from)) };
}

/** One person on shift, and how long: null when they stay on to the end of what is known here. */
export interface PersonOn {
  readonly agentId: AgentId;
  readonly until: Instant | null;
}

export interface LaneState {
  readonly on: readonly PersonOn[];
  /** When other people are on than now; null when that is not known here. */
  readonly changesAt: Instant | null;
  /** With nobody on: who starts next. */
  readonly next: { readonly from: Instant; readonly agentIds: readonly AgentId[] } | null;
}

/** Who is on in a lane at an instant. */
export function laneState(lane: RibbonLane, at: Instant, knownTo: Instant): LaneState {
  const index = lane.shifts.findIndex((span) => span.from <= at && at < span.to);
  const current = lane.shifts[index];
  if (current === undefined) {
    const next = lane.shifts.find((span) => span.from > at);
    return { on: [], changesAt: next?.from ?? null, next: next === undefined ? null : { from: next.from, agentIds: next.agentIds } };
  }
  const on = current.agentIds.map((agentId) => ({ agentId, until: endOfTurn(lane.shifts, index, agentId, knownTo) }));
  return { on, changesAt: current.to >= knownTo ? null : current.to, next: null };
}

/** Stretches that touch are one turn for somebody who is in all of them. */
function endOfTurn(shifts: RibbonLane['shifts'], index: number, agentId: AgentId, knownTo: Instant): Instant | null {
  let end = shifts[index]?.to ?? knownTo;
  for (const span of shifts.slice(index + 1)) {
    if (span.from !== end || !span.agentIds.includes(agentId)) break;
    end = span.to;
  }
  return end >= knownTo ? null : end;
}

export interface IssueBand extends Span {
  readonly kind: 'gap' | 'thin';
}

/** Shortfalls of all requirements as bands that do not overlap: where somebody is missing altogether, thin ones are no news. */
export function issueBands(issues: readonly CoverageIssue[]): readonly IssueBand[] {
  const told = issues.filter((issue) => !issue.isBrief);
  const gaps = union(told.filter((issue) => issue.kind === 'gap'));
  const thin = without(union(told.filter((issue) => issue.kind === 'thin' || issue.kind === 'contended')), gaps);
  return [...gaps.map((span): IssueBand => ({ ...span, kind: 'gap' })), ...thin.map((span): IssueBand => ({ ...span, kind: 'thin' }))].sort(
    (a, b) => a.from - b.from,
  );
}

/** Spans in order that neither overlap nor touch. */
export function union(spans: readonly Span[]): readonly Span[] {
  const result: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.to) last.to = instant(Math.max(last.to, to));
    else if (from < to) result.push({ from, to });
  }
  return result;
}

function without(spans: readonly Span[], holes: readonly Span[]): readonly Span[] {
  return spans.flatMap((span) => {
    const pieces: Span[] = [];
    let { from } = span;
    for (const hole of holes) {
      if (hole.to <= from || hole.from >= span.to) continue;
      if (hole.from > from) pieces.push({ from, to: hole.from });
      from = hole.to;
    }
    if (from < span.to) pieces.push({ from, to: span.to });
    return pieces;
  });
}

/** Cases and promises that fall due so close together that they are one mark. */
export interface RibbonMark {
  readonly from: Instant;
  readonly to: Instant;
  /** Cases whose clocks run out. */
  readonly count: number;
  readonly unstaffed: number;
  /** When the last of those cases falls due; null with promises only. */
  readonly lastDueAt: Instant | null;
  readonly promises: number;
  readonly infeasible: number;
}

/** Marks at least `apartMs` from each other. */
export function ribbonMarks(due: readonly RibbonDue[], promises: readonly RibbonPromise[], apartMs: number): readonly RibbonMark[] {
  const points = [
    ...due.map(({ at, count, unstaffed }): RibbonMark => ({ ...pointAt(at), count, unstaffed, lastDueAt: at })),
    ...promises.map(({ at, count, infeasible }): RibbonMark => ({ ...pointAt(at), promises: count, infeasible })),
  ].sort((a, b) => a.from - b.from);
  const marks: RibbonMark[] = [];
  for (const point of points) {
    const last = marks.at(-1);
    if (last === undefined || point.from - last.from >= apartMs) marks.push(point);
    else marks[marks.length - 1] = together(last, point);
  }
  return marks;
}

function pointAt(at: Instant): RibbonMark {
  return { from: at, to: at, count: 0, unstaffed: 0, lastDueAt: null, promises: 0, infeasible: 0 };
}

function together(one: RibbonMark, later: RibbonMark): RibbonMark {
  return {
    from: one.from,
    to: later.to,
    count: one.count + later.count,
    unstaffed: one.unstaffed + later.unstaffed,
    lastDueAt: later.lastDueAt ?? one.lastDueAt,
    promises: one.promises + later.promises,
    infeasible: one.infeasible + later.infeasible,
  };
}

/** When the next mark becomes overdue. */
export function nextDue(marks: readonly RibbonMark[], now: Instant): Instant | null {
  return marks.find((mark) => mark.lastDueAt !== null && mark.lastDueAt > now)?.lastDueAt ?? null;
}

/** The next quarter of an hour in a direction. */
export function stepFrom(at: Instant, direction: 1 | -1): Instant {
  return instant(direction === 1 ? (Math.floor(at / STEP_MS) + 1) * STEP_MS : (Math.ceil(at / STEP_MS) - 1) * STEP_MS);
}

/** The quarter of an hour that an instant is nearest to. */
export function nearestStep(at: number): Instant {
  return instant(Math.round(at / STEP_MS) * STEP_MS);
}

/** Every instant at which something begins or ends, in order and each once. */
export function ribbonEvents(ribbon: Ribbon): readonly Instant[] {
  const all = [
    ...ribbon.lanes.flatMap((lane) => lane.shifts.flatMap((span) => [span.from, span.to])),
    ...issueBands(ribbon.issues).flatMap((band) => [band.from, band.to]),
    ...ribbon.due.map((each) => each.at),
    ...ribbon.promises.map((each) => each.at),
  ];
  return [...new Set(all)].sort((a, b) => a - b);
}

/** What is due in the quarter of an hour around an instant. */
export function dueAround(due: readonly RibbonDue[], at: Instant): { readonly count: number; readonly unstaffed: number } {
  const near = due.filter((each) => Math.abs(each.at - at) < STEP_MS);
  return {
    count: near.reduce((sum, each) => sum + each.count, 0),
    unstaffed: near.reduce((sum, each) => sum + each.unstaffed, 0),
  };
}

/** Promises that fall due in the quarter of an hour around an instant. */
export function promisesAround(
  promises: readonly RibbonPromise[],
  at: Instant,
): { readonly count: number; readonly infeasible: number; readonly caseIds: readonly CaseId[] } {
  const near = promises.filter((each) => Math.abs(each.at - at) < STEP_MS);
  return {
    count: near.reduce((sum, each) => sum + each.count, 0),
    infeasible: near.reduce((sum, each) => sum + each.infeasible, 0),
    caseIds: near.flatMap((each) => each.caseIds),
  };
}

/** The stretch that `promisesAround` looks at, half-open. */
export function aroundSpan(at: Instant): Span {
  return { from: instant(at - STEP_MS + 1), to: instant(at + STEP_MS) };
}

/** Shortfalls at an instant, the worst first. */
export function issuesAt(issues: readonly CoverageIssue[], at: Instant): readonly CoverageIssue[] {
  return issues
    .filter((issue) => SHOWN.includes(issue.kind) && !issue.isBrief && issue.from <= at && at < issue.to)
    .sort((a, b) => SHOWN.indexOf(a.kind) - SHOWN.indexOf(b.kind));
}
const SHOWN: readonly CoverageIssue['kind'][] = ['gap', 'contended', 'thin'];

/** When other people are on, or other shortfalls, than now; null when not within what is known. */
export function nextStateChange(
  lanes: readonly RibbonLane[],
  issues: readonly CoverageIssue[],
  now: Instant,
  knownTo: Instant,
): Instant | null {
  const changes = [
    ...lanes.map((lane) => laneState(lane, now, knownTo).changesAt).filter((at) => at !== null),
    ...issues.flatMap((issue) => [issue.from, issue.to]).filter((at) => at > now),
  ];
  return changes.length === 0 ? null : instant(Math.min(...changes));
}
