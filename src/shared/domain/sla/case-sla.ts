import type { Tier } from '../case.ts';
import { after } from '../time.ts';
import type { Instant } from '../time.ts';
import { DUE_SOON_MS } from '../views.ts';
import type { Instance } from './clock.ts';
import { nextBoundaryAt, nextDue } from './evaluate.ts';

/** What is kept beside a case so that lists sort and filter by its clocks without working them out. */
export interface CaseSlaFacts {
  /** 0 goes first: VIPs, and what the fairness guard has raised. */
  readonly lane: 0 | 1;
  readonly nextDueAt: Instant | null;
  /** When any of this changes by itself, or the case enters a view that looks at the clock. */
  readonly boundaryAt: Instant | null;
  readonly badge: Omit<Instance, 'steps'> | null;
}

/**
 * The fairness guard: an ordinary customer is protected from the VIP lane. A case that has used four fifths of its own target goes into
 * that lane, where the due time alone decides.
 */
export function isRaised(instance: Pick<Instance, 'fourFifthsAt' | 'dueAt' | 'endedAt'>, tier: Tier, now: Instant): boolean {
  if (tier !== 'standard' || instance.endedAt !== null || instance.dueAt === null) return false;
  return (instance.fourFifthsAt !== null && instance.fourFifthsAt <= now) || instance.dueAt <= now;
}

export function caseSla(instances: readonly Instance[], tier: Tier, now: Instant): CaseSlaFacts {
  const due = nextDue(instances);
  const shown = due ?? instances.find((instance) => instance.endedAt === null) ?? null;
  const isFirst = tier !== 'standard' || (due !== null && isRaised(due, tier, now));
  return {
    lane: isFirst ? 0 : 1,
    nextDueAt: due?.dueAt ?? null,
    boundaryAt: boundaryOf(instances, due, now),
    badge: shown === null ? null : withoutSteps(shown),
  };
}

function boundaryOf(instances: readonly Instance[], due: Instance | null, now: Instant): Instant | null {
  const next = nextBoundaryAt(instances, now);
  const soon = due === null || due.dueAt === null ? null : after(due.dueAt, -DUE_SOON_MS);
  return soon !== null && soon > now && (next === null || soon < next) ? soon : next;
}

function withoutSteps(instance: Instance): Omit<Instance, 'steps'> {
  const { steps: _steps, ...rest } = instance;
  return rest;
}
