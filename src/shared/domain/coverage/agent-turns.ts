import type { AgentId } from '../ids.ts';
import type { Span } from '../time/calendar.ts';
import type { Assignment } from './plan.ts';
import { later, overlaps, united } from './spans.ts';

/** Each person's turns, from coming to going with the breaks within: sorted, none touching another. */
export function agentTurns(assignments: readonly Assignment[]): ReadonlyMap<AgentId, readonly Span[]> {
  const spans = new Map<AgentId, Span[]>();
  for (const { agentId, from, to, turnEndsAt } of assignments) {
    const known = spans.get(agentId);
    const span = { from, to: later(to, turnEndsAt) };
    if (known === undefined) spans.set(agentId, [span]);
    else known.push(span);
  }
  return new Map([...spans].map(([agentId, own]) => [agentId, united(own)]));
}

/** What a stretch would be to somebody with these turns. */
export interface Fit {
  readonly isBusy: boolean;
  /** Shortest rest before or after; a turn that the stretch touches goes on, so that is no rest. Null without any. */
  readonly restMs: number | null;
}

/** @param turns sorted, none touching another */
export function fitOf(turns: readonly Span[], stretch: Span): Fit {
  const before = turns.findLast((turn) => turn.to <= stretch.from);
  const next = turns.find((turn) => turn.from >= stretch.to);
  const rests = [before === undefined ? 0 : stretch.from - before.to, next === undefined ? 0 : next.from - stretch.to];
  const real = rests.filter((rest) => rest > 0);
  return { isBusy: turns.some((turn) => overlaps(turn, stretch)), restMs: real.length === 0 ? null : Math.min(...real) };
}
