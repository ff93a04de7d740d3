import type { AgentId, ShiftId } from '../ids.ts';
import { after } from '../time.ts';
import type { Instant } from '../time.ts';
import type { OnNow } from './coverage.ts';
import type { Assignment } from './plan.ts';
import { agentNames, compareNames, joinedStretches, qualifiedAssignments } from './qualified-assignments.ts';
import type { Roster, Selector } from './roster.ts';
import { earlier, later, overlaps, united } from './spans.ts';

/**
 * Who is on for a selector at an instant, until when without a break; and of everybody else who comes, when they come
 * next. Those who are on are sorted by name, those who come by time. The assignments must reach far enough into the future.
 */
export function onNow(roster: Roster, assignments: readonly Assignment[], selector: Selector, at: Instant): OnNow {
  const able = qualifiedAssignments(roster, assignments, selector);
  const stretches = joinedStretches(able, roster).filter((each) => each.to > at);
  const here = stretches.filter((each) => each.from <= at);
  const isHere = new Set(here.map((each) => each.agentId));
  const next = new Map<AgentId, Assignment>();
  for (const each of stretches) if (!isHere.has(each.agentId) && !next.has(each.agentId)) next.set(each.agentId, each);
  const names = agentNames(roster);
  return {
    at,
    on: here
      .sort((a, b) => compareNames(names, a.agentId, b.agentId))
      .map(({ agentId, to }) => ({ agentId, until: to, shiftId: shiftAt(able, agentId, at) })),
    next: [...next.values()].map(({ agentId, from, to }) => ({ agentId, from, until: to, shiftId: shiftAt(able, agentId, from) })),
  };
}

/** The shift that somebody is on at an instant: of several at once the one that began last. */
function shiftAt(able: readonly Assignment[], agentId: AgentId, at: Instant): ShiftId {
  const there = able.filter((each) => each.agentId === agentId && each.from <= at && at < each.to);
  const [first, ...rest] = there;
  if (first === undefined) throw new RangeError(`${agentId} is not on`);
  return rest.reduce((latest, each) => (each.from > latest.from ? each : latest), first).shiftId;
}

/** Somebody who can begin something and has enough of their turn left to finish it. */
export interface Availability {
  readonly agentId: AgentId;
  readonly shiftId: ShiftId;
  /** When they begin: at once, or when they come. */
  readonly from: Instant;
  /** When they will have worked on it for as long as it takes; breaks are not worked. */
  readonly doneAt: Instant;
  readonly turnEndsAt: Instant;
}

/**
 * Who of those who fulfil a selector can begin first, from `at` on, with `effortMs` of work left before they wrap up
 * in the last `wrapUpMs` of their turn. Of several at the same time the one who is done first, then by name. Null when
 * there is nobody; compare `doneAt` with when it is due.
 */
export function nextAvailable(
  roster: Roster,
  assignments: readonly Assignment[],
  selector: Selector,
  at: Instant,
  effortMs: number,
  wrapUpMs: number,
): Availability | null {
  const names = agentNames(roster);
  const [best] = [...turnsByAgent(qualifiedAssignments(roster, assignments, selector), at).values()]
    .flatMap((turn) => availabilityIn(turn, at, effortMs, wrapUpMs) ?? [])
    .sort((a, b) => a.from - b.from || a.doneAt - b.doneAt || compareNames(names, a.agentId, b.agentId));
  return best ?? null;
}

/** Each person's turns that are not over, as their assignments in order. */
function turnsByAgent(able: readonly Assignment[], at: Instant): ReadonlyMap<string, readonly Assignment[]> {
  const turns = new Map<string, Assignment[]>();
  for (const each of [...able].sort((a, b) => a.from - b.from)) {
    if (each.to <= at) continue;
    const key = `${each.agentId} ${String(each.turnEndsAt)}`;
    turns.set(key, [...(turns.get(key) ?? []), each]);
  }
  return turns;
}

function availabilityIn(turn: readonly Assignment[], at: Instant, effortMs: number, wrapUpMs: number): Availability | null {
  const [first] = turn;
  if (first === undefined) return null;
  const { agentId, turnEndsAt } = first;
  const limit = after(turnEndsAt, -wrapUpMs);
  // of two shifts at once the time is one person's, so it is united
  const spans = united(turn.map((each) => ({ from: later(each.from, at), to: earlier(each.to, limit) })));
  const from = spans[0]?.from;
  if (from === undefined) return null;
  let left = effortMs;
  for (const span of spans) {
    if (span.to - span.from >= left)
      return { agentId, shiftId: shiftAt(turn, agentId, from), from, doneAt: after(span.from, left), turnEndsAt };
    left -= span.to - span.from;
  }
  return null;
}

/** Whether somebody who fulfils a selector is on at some time in the last `prepMs` before a promise falls due. */
export function promiseFeasible(
  roster: Roster,
  assignments: readonly Assignment[],
  selector: Selector,
  dueAt: Instant,
  prepMs: number,
): boolean {
  const from = after(dueAt, -Math.max(prepMs, 1));
  return qualifiedAssignments(roster, assignments, selector).some((each) => each.from < each.to && overlaps(each, { from, to: dueAt }));
}
