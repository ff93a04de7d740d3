import type { AgentId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { Segment, SegmentState } from './coverage.ts';

/** Somebody who is there, half-open; an assignment is one. */
export interface Presence extends Span {
  readonly agentId: AgentId;
}

/**
 * How well `[from, to)` is staffed: segments without a hole between them, each as long as its state and its number of
 * people last. Distinct people are counted, however many of their shifts lie on top of each other; what has no length
 * counts for nothing. Nobody at all is one gap over the whole stretch.
 */
export function sweep(from: Instant, to: Instant, minimum: number, target: number, spans: readonly Presence[]): readonly Segment[] {
  return sweepWindows([{ from, to }], minimum, target, spans);
}

/** As `sweep`, over several windows: sorted, none touching another. Between them there are no segments. */
export function sweepWindows(windows: readonly Span[], minimum: number, target: number, spans: readonly Presence[]): readonly Segment[] {
  const steps = headcounts(spans);
  const segments: { from: Instant; to: Instant; state: SegmentState; agents: number }[] = [];
  let index = 0;
  let agents = 0;
  for (const { from, to } of windows) {
    if (to <= from) continue;
    let begin = from;
    const first = segments.length;
    for (;;) {
      let step = steps[index];
      while (step !== undefined && step.at <= begin) {
        agents = step.agents;
        index += 1;
        step = steps[index];
      }
      const end = step === undefined || step.at > to ? to : step.at;
      const state = stateOf(agents, minimum, target);
      const last = segments.at(-1);
      if (last !== undefined && segments.length > first && last.agents === agents) last.to = end;
      else segments.push({ from: begin, to: end, state, agents });
      if (end === to) break;
      begin = end;
    }
  }
  return segments;
}

/** What a number of people is against what is wanted. */
export function stateOf(agents: number, minimum: number, target: number): SegmentState {
  if (agents === 0) return 'gap';
  if (agents < minimum) return 'thin';
  return agents < target ? 'low' : 'ok';
}

interface Step {
  readonly at: Instant;
  /** Distinct people from here until the next step. */
  readonly agents: number;
}

/** Every instant at which the number of distinct people changes, in order; before the first it is nobody. */
function headcounts(spans: readonly Presence[]): readonly Step[] {
  const real = spans.filter((span) => span.to > span.from);
  const starts = [...real].sort((a, b) => a.from - b.from);
  const ends = [...real].sort((a, b) => a.to - b.to);
  /** How many spans of each person are open. */
  const open = new Map<AgentId, number>();
  const steps: Step[] = [];
  let before = 0;
  let begun = 0;
  let ended = 0;
  for (let end = ends[0]; end !== undefined; end = ends[ended]) {
    const start = starts[begun];
    const at = start !== undefined && start.from < end.to ? start.from : end.to;
    // ends before starts; the number is looked at only when both are through, so that a hand-over is no seam
    for (let span = ends[ended]; span?.to === at; span = ends[(ended += 1)]) {
      const left = (open.get(span.agentId) ?? 0) - 1;
      if (left > 0) open.set(span.agentId, left);
      else open.delete(span.agentId);
    }
    for (let span = starts[begun]; span?.from === at; span = starts[(begun += 1)]) {
      open.set(span.agentId, (open.get(span.agentId) ?? 0) + 1);
    }
    if (open.size !== before) steps.push({ at, agents: open.size });
    before = open.size;
  }
  return steps;
}
