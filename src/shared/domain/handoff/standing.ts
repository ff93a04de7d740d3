import type { AgentId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Duty } from './duty.ts';
import type { EscalationReason, HandoffEventBody } from './handoff-event.ts';
import { leadDecides, openHandoff, SETTLE_MS } from './handoff.ts';
import type { Handoff, Ownership } from './handoff.ts';

/** What the clock makes of a case: the fold knows only events, and time is none. */

/** Who answers for a case now. */
export interface Accountable {
  readonly agentId: AgentId;
  /** Why it is not the owner by the log; null when it is. The log follows as soon as somebody can write it. */
  readonly insteadOfOwner: EscalationReason | null;
}

/** Why a lead must have the case at `now`; null while its owner may keep it. */
export function escalationDue(
  ownership: Ownership,
  now: Instant,
  duty: Duty,
): { readonly reason: EscalationReason; readonly handoff: Handoff } | null {
  const handoff = ownership.handoffs.find((each) => each.handoffId === ownership.currentId);
  if (ownership.ownerId === null || handoff === undefined) return null;
  const isBack = handoff.state === 'declined' || handoff.state === 'returned';
  if (isBack && leadDecides(ownership, []) === 'bounces') return { reason: 'bounces', handoff };
  const isOpen = openHandoff(ownership) === handoff;
  if (isOpen && (handoff.state === 'expired' || now >= handoff.expiresAt)) return { reason: 'expired', handoff };
  const isSenders = ownership.ownerId === handoff.fromId;
  const isWaited = isOpen && isSenders && handoff.senderOffAt !== null && now < handoff.senderOffAt;
  const isSenderGone = (isOpen || isBack) && !isWaited && !duty.isOnShift(ownership.ownerId, now);
  return isSenderGone ? { reason: 'sender-off-shift', handoff } : null;
}

/** The one accountable person at `now`, whether or not the log has caught up with the clock; null while nobody ever owned it. */
export function accountableAt(ownership: Ownership, now: Instant, duty: Duty): Accountable | null {
  const { ownerId } = ownership;
  if (ownerId === null) return null;
  const due = escalationDue(ownership, now, duty);
  const lead = due === null ? null : duty.leadFor(ownerId, now);
  return due === null || lead === null ? { agentId: ownerId, insteadOfOwner: null } : { agentId: lead, insteadOfOwner: due.reason };
}

/**
 * What the engine writes down at `now` because time has passed: expiries, escalations, and that a receiver has had the
 * case for half an hour on shift. Write them with the confirmed epoch, fold, and ask again until there is nothing.
 */
export function dueSteps(ownership: Ownership, now: Instant, duty: Duty): readonly HandoffEventBody[] {
  const steps: HandoffEventBody[] = [];
  const open = openHandoff(ownership);
  if (open?.state === 'offered' && now >= open.expiresAt) steps.push({ type: 'handoff.expired', handoffId: open.handoffId });
  const due = escalationDue(ownership, now, duty);
  const lead = due === null || ownership.ownerId === null ? null : duty.leadFor(ownership.ownerId, now);
  // a lead who comes next owns it already and is not there yet
  const isDone = due?.reason === 'sender-off-shift' && lead === ownership.ownerId;
  if (due !== null && lead !== null && !isDone) {
    steps.push({ type: 'handoff.escalated', handoffId: due.handoff.handoffId, toId: lead, reason: due.reason });
  }
  for (const { handoffId, state, acceptance } of ownership.handoffs) {
    if (state !== 'accepted' || acceptance === null || now < acceptance.at) continue;
    if (duty.onShiftMs(acceptance.agentId, acceptance.at, now) >= SETTLE_MS)
      steps.push({ type: 'handoff.settled', handoffId, how: 'time' });
  }
  return steps;
}

/** When `dueSteps` has to be asked next if no event comes before; null when nothing is awaited. For the one timer of the engine. */
export function nextStepAt(ownership: Ownership, now: Instant, duty: Duty): Instant | null {
  const times: Instant[] = [];
  const open = openHandoff(ownership);
  const { ownerId } = ownership;
  if (open !== null) times.push(open.expiresAt);
  if (open?.senderOffAt !== undefined && open.senderOffAt !== null) times.push(open.senderOffAt);
  if (ownerId !== null && ownership.handoffs.length > 0) {
    const turn = duty.turnAt(ownerId, now);
    if (turn !== null) times.push(turn.to);
    // it waits for a lead
    if (escalationDue(ownership, now, duty) !== null) times.push(...duty.nextTurnsOfLeads(now));
  }
  for (const { state, acceptance } of ownership.handoffs) {
    if (state !== 'accepted' || acceptance === null) continue;
    const settles = duty.onShiftUntil(acceptance.agentId, acceptance.at, SETTLE_MS);
    if (settles !== null) times.push(settles);
  }
  const [next] = times.filter((at) => at > now).sort((a, b) => a - b);
  return next ?? null;
}
