import type { CaseAction } from './case-actions.ts';
import type { CaseEvent, CaseState, Priority, Status } from './case.ts';
import type { AgentId } from './ids.ts';
import type { Instant } from './time.ts';

/** What a case was like right after something was done to it, as far as taking that back depends on it. */
export interface CaseAfter {
  readonly assigneeId: AgentId | null;
  readonly ownerId: AgentId | null;
  /** Absent in operations from before it was looked at. */
  readonly status?: Status;
  readonly priority?: Priority;
  readonly snoozedUntil?: Instant | null;
  readonly parked?: string | null;
}

export function caseAfter({ assigneeId, ownerId, status, priority, snoozedUntil, parked }: CaseState): CaseAfter {
  return { assigneeId, ownerId, status, priority, snoozedUntil, parked: parked?.reason ?? null };
}

/** What each kind of step back depends on: the parts of the case that it would overwrite, and the events that change them. */
const DEPENDS: Partial<Readonly<Record<CaseAction['kind'], { readonly parts: readonly (keyof CaseAfter)[]; readonly events: RegExp }>>> = {
  assign: { parts: ['assigneeId', 'ownerId'], events: /^case\.(?:claimed|assigned|released)$|^handoff\./u },
  status: { parts: ['status'], events: /^case\.(?:statusChanged|messageReceived|deliveryFailed)$/u },
  priority: { parts: ['priority'], events: /^case\.priorityChanged$/u },
  snooze: { parts: ['snoozedUntil'], events: /^case\.(?:snoozed|woken|messageReceived|statusChanged)$/u },
  wake: { parts: ['snoozedUntil'], events: /^case\.(?:snoozed|woken|messageReceived|statusChanged)$/u },
  park: { parts: ['parked'], events: /^case\.(?:parked|unparked)$/u },
  unpark: { parts: ['parked'], events: /^case\.(?:parked|unparked)$/u },
};

/**
 * Whether `back`, a step that takes something back, would overwrite what came after it: then it must not be done. A label is one of
 * many and overwrites none; a person's later change of the same thing, and what the customer or the clock did, is never undone with it.
 * @param after the case right after what is to be taken back
 */
export function isOvertaken(back: CaseAction, after: CaseAfter, now: CaseState): boolean {
  const current = caseAfter(now);
  return (DEPENDS[back.kind]?.parts ?? []).some((part) => after[part] !== undefined && after[part] !== current[part]);
}

/** Who made the last change that `back` would overwrite; null for a customer, the clock, or nobody known. */
export function overtakenBy(back: CaseAction, events: readonly CaseEvent[]): AgentId | null {
  const changes = DEPENDS[back.kind]?.events;
  return changes === undefined ? null : (events.findLast((event) => changes.test(event.body.type))?.actor ?? null);
}
