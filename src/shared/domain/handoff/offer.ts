import type { AgentId, HubId } from '../ids.ts';
import { after, HOUR_MS, instant, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { CaseNeed } from '../coverage/coverage.ts';
import { nextAvailable } from '../coverage/on-now.ts';
import type { Availability } from '../coverage/on-now.ts';
import { EVERYBODY } from '../coverage/roster.ts';
import type { Selector } from '../coverage/roster.ts';
import type { Duty } from './duty.ts';
import { leadDecides, openHandoff } from './handoff.ts';
import type { Ownership } from './handoff.ts';
import { nextPromise } from './packet.ts';
import type { Packet, Recipient } from './packet.ts';

/** When an offer may be made, to whom, and how long it stands. */

/** What a team can set; milliseconds. */
export interface HandoffRules {
  /** An offer stands for so long after the sender's turn has ended. */
  readonly graceMs: number;
  /** Before a promise falls due its new owner needs so long. */
  readonly preparationMs: number;
  /** Before the SLA is due its new owner needs so long. */
  readonly effortMs: number;
  /** Nobody takes a case in the last minutes of a turn. */
  readonly wrapUpMs: number;
  /** How long an offer stands that nothing else limits. */
  readonly longestMs: number;
  /** Cases are accepted at once only when no promise falls due so soon. */
  readonly bulkQuietMs: number;
  /** The sunset sweep begins so long before the end of a turn. */
  readonly sweepLeadMs: number;
}

export const DEFAULT_HANDOFF_RULES: HandoffRules = {
  graceMs: 15 * MINUTE_MS,
  preparationMs: 15 * MINUTE_MS,
  effortMs: 30 * MINUTE_MS,
  wrapUpMs: 15 * MINUTE_MS,
  longestMs: 8 * HOUR_MS,
  bulkQuietMs: 4 * HOUR_MS,
  sweepLeadMs: 45 * MINUTE_MS,
};

export interface ExpiryQuestion {
  readonly now: Instant;
  /** When the sender's turn ends, or ended last; null when no turn of theirs is known. */
  readonly senderOffAt: Instant | null;
  readonly nextPromiseAt: Instant | null;
  readonly slaDueAt: Instant | null;
  readonly rules: HandoffRules;
}

export interface Expiry {
  readonly expiresAt: Instant;
  /** Half of its time is over: sender and receiver are warned. */
  readonly warnAt: Instant;
  readonly because: 'shift-end' | 'promise' | 'sla' | 'longest';
}

/**
 * The earliest of: the sender's end of shift and some grace, the next promise less the time to prepare, the SLA's due time
 * less the effort. What is overdue already limits nothing: no offer could be in time for it, and the case has to change
 * hands all the same. The earliest may lie in the past: then there is no time left for an offer.
 */
export function expiryOf({ now, senderOffAt, nextPromiseAt, slaDueAt, rules }: ExpiryQuestion): Expiry {
  const limits: { readonly at: Instant; readonly because: Expiry['because'] }[] = [];
  if (senderOffAt !== null) limits.push({ at: after(senderOffAt, rules.graceMs), because: 'shift-end' });
  if (nextPromiseAt !== null && nextPromiseAt > now) limits.push({ at: after(nextPromiseAt, -rules.preparationMs), because: 'promise' });
  if (slaDueAt !== null && slaDueAt > now) limits.push({ at: after(slaDueAt, -rules.effortMs), because: 'sla' });
  if (limits.length === 0) limits.push({ at: after(now, rules.longestMs), because: 'longest' });
  const first = limits.reduce((earliest, each) => (each.at < earliest.at ? each : earliest));
  return { expiresAt: first.at, warnAt: instant((now + first.at) / 2), because: first.because };
}

export interface OfferQuestion {
  readonly ownership: Ownership;
  readonly now: Instant;
  /** The owner, in whose name it is offered. */
  readonly fromId: AgentId;
  readonly to: Recipient;
  readonly packet: Packet;
  readonly need: CaseNeed;
  readonly slaDueAt: Instant | null;
  readonly duty: Duty;
  readonly teamHubs: readonly HubId[];
  readonly rules: HandoffRules;
}

export type OfferRefusal =
  | { readonly kind: 'not-owner' | 'already-offered' | 'to-oneself' }
  /** Bounced or sent around too often: the case goes to this lead. */
  | { readonly kind: 'goes-to-lead'; readonly reason: 'bounces' | 'lap'; readonly leadId: AgentId | null }
  /** It would have expired by now. */
  | { readonly kind: 'no-time'; readonly expiry: Expiry; readonly leadId: AgentId | null }
  /** Nobody of those it is meant for is on shift before it expires. */
  | {
      readonly kind: 'not-on-shift';
      readonly expiry: Expiry;
      /** When the first of them comes; null when the plan does not say. */
      readonly comesAt: Instant | null;
      /** Who could take it in time, the first one; null when nobody can, and the lead should have it. */
      readonly next: Availability | null;
      readonly leadId: AgentId | null;
    };

/** When the offer would expire, or why it may not be made. */
export function checkOffer(
  question: OfferQuestion,
):
  | { readonly ok: true; readonly expiry: Expiry; readonly senderOffAt: Instant | null }
  | { readonly ok: false; readonly refusal: OfferRefusal } {
  const { ownership, now, fromId, to, packet, need, slaDueAt, duty, teamHubs, rules } = question;
  const refuse = (refusal: OfferRefusal): { readonly ok: false; readonly refusal: OfferRefusal } => ({ ok: false, refusal });
  if (ownership.ownerId !== fromId) return refuse({ kind: 'not-owner' });
  const leadId = duty.leadFor(fromId, now);
  const open = openHandoff(ownership);
  // what has waited in vain goes to a lead; where there is none, its owner may try again
  if (open !== null && (open.state !== 'expired' || leadId !== null)) return refuse({ kind: 'already-offered' });
  if (to.kind === 'agent' && to.agentId === fromId) return refuse({ kind: 'to-oneself' });
  const reason = leadDecides(ownership, teamHubs);
  if (reason !== null) return refuse({ kind: 'goes-to-lead', reason, leadId });
  const senderOffAt = (duty.turnAt(fromId, now) ?? duty.lastTurn(fromId, now))?.to ?? null;
  const expiry = expiryOf({ now, senderOffAt, nextPromiseAt: nextPromise(packet)?.dueAt ?? null, slaDueAt, rules });
  if (expiry.expiresAt <= now) return refuse({ kind: 'no-time', expiry, leadId });
  if (!duty.hasPlan && isAnybodyMeant(duty, to, fromId)) return { ok: true, expiry, senderOffAt };
  const comesAt = firstOnShift(duty, to, fromId, now);
  if (comesAt === null || comesAt >= expiry.expiresAt) {
    return refuse({ kind: 'not-on-shift', expiry, comesAt, next: nextFeasible(question, expiry.expiresAt, need.selector), leadId });
  }
  return { ok: true, expiry, senderOffAt };
}

/** The first moment from `at` on at which somebody the offer is meant for is on shift. */
function firstOnShift(duty: Duty, to: Recipient, fromId: AgentId, at: Instant): Instant | null {
  let first: Instant | null = null;
  for (const { agentId, hubId, isActive } of duty.roster.agents) {
    if (!isActive || agentId === fromId || !isMeant(to, agentId, hubId)) continue;
    const from = duty.isOnShift(agentId, at) ? at : (duty.nextTurn(agentId, at)?.from ?? null);
    if (from !== null && (first === null || from < first)) first = from;
  }
  return first;
}

/** Whether there is anybody in the team who could take it, on whatever day. */
function isAnybodyMeant({ roster }: Duty, to: Recipient, fromId: AgentId): boolean {
  return (
    to.kind === 'queue' || roster.agents.some((each) => each.isActive && each.agentId !== fromId && isMeant(to, each.agentId, each.hubId))
  );
}

function isMeant(to: Recipient, agentId: AgentId, hubId: HubId | null): boolean {
  switch (to.kind) {
    case 'agent':
      return to.agentId === agentId;
    case 'hub':
      return to.hubId === hubId;
    case 'queue':
      return true;
  }
}

/** Who can begin before it expires and has time enough left; of who can what the case asks for, else of all. */
function nextFeasible({ duty, fromId, now, rules }: OfferQuestion, expiresAt: Instant, selector: Selector): Availability | null {
  const others = duty.assignments.filter((each) => each.agentId !== fromId);
  for (const asked of [selector, EVERYBODY]) {
    const next = nextAvailable(duty.roster, others, asked, now, rules.effortMs, rules.wrapUpMs);
    if (next !== null && next.from < expiresAt) return next;
  }
  return null;
}

/** What is looked at before cases are accepted together. */
export interface BulkCandidate {
  readonly packet: Packet;
  readonly isVip: boolean;
  /** The packet was edited, or the customer wrote, since the list was shown. */
  readonly isChanged: boolean;
  /** Of the case as it is now: a colleague may have promised something that the packet does not tell. */
  readonly nextPromiseAt?: Instant | null;
}

export type BulkRefusal = 'not-stable' | 'vip' | 'promise-soon' | 'changed';

/** Why a case has to be accepted by itself, with a read-back; empty when it may be accepted with others at once. */
export function bulkRefusals(
  { packet, isVip, isChanged, nextPromiseAt = null }: BulkCandidate,
  now: Instant,
  rules: HandoffRules,
): readonly BulkRefusal[] {
  const quietUntil = after(now, rules.bulkQuietMs);
  const dues = [nextPromise(packet)?.dueAt ?? null, nextPromiseAt];
  const refusals: BulkRefusal[] = [];
  if (packet.severity !== 'stable') refusals.push('not-stable');
  if (isVip) refusals.push('vip');
  if (dues.some((dueAt) => dueAt !== null && dueAt < quietUntil)) refusals.push('promise-soon');
  if (isChanged) refusals.push('changed');
  return refusals;
}
