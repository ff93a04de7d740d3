import { DAY_MS } from '../time.ts';
import type { Instant } from '../time.ts';

/** What somebody comes back to: a case, a view, a person, or a command of the palette. */
export const VISIT_KINDS = ['case', 'view', 'person', 'command'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

export interface Visit {
  readonly kind: VisitKind;
  /** Which one, as the page calls it. */
  readonly target: string;
  /** When it was last there. */
  readonly at: Instant;
  readonly times: number;
}

/** After this long without it, half of a habit is forgotten. */
const HALF_LIFE_MS = 7 * DAY_MS;
/** How many visits of one kind are kept for one person. */
export const MAX_VISITS = 200;

/**
 * How much of a habit something is at `now`: how often, halved for each week that has gone by since. 0 for what was never used;
 * a time that lies ahead, of a clock that was set back, counts as now.
 */
export function habit({ at, times }: Pick<Visit, 'at' | 'times'>, now: Instant): number {
  return times * 0.5 ** (Math.max(0, now - at) / HALF_LIFE_MS);
}

/** The newest first; of what is equally new, in the order of their names, so that nothing jumps. */
export function newestFirst<Each extends Pick<Visit, 'at' | 'target'>>(visits: readonly Each[]): readonly Each[] {
  return [...visits].sort((a, b) => b.at - a.at || (a.target < b.target ? -1 : 1));
}
