import { CommandFailure, once, requireMe } from './context.ts';
import { checked, missingIn } from './handoff-prepare.ts';
import { sceneCase, sceneOf } from './handoff-scene.ts';
import type { HandoffDeps, Scene, SceneCase } from './handoff-scene.ts';
import { writeDueSteps } from './handoff-steps.ts';
import { dropHandoffDraft } from '../store/handoff-drafts.store.ts';
import { eventActor } from '../store/events.store.ts';
import { handoffByUid } from '../store/handoffs.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { OfferResult } from '../../../shared/contract/handoff.contract.ts';
import type { HandoffEventBody } from '../../../shared/domain/handoff/handoff-event.ts';
import { currentVersion, leadDecides } from '../../../shared/domain/handoff/handoff.ts';
import type { Handoff, Ownership } from '../../../shared/domain/handoff/handoff.ts';
import { expiryOf } from '../../../shared/domain/handoff/offer.ts';
import type { Expiry } from '../../../shared/domain/handoff/offer.ts';
import { nextPromise } from '../../../shared/domain/handoff/packet.ts';
import type { HandoffReason, Packet, Recipient } from '../../../shared/domain/handoff/packet.ts';
import type { AgentId, CaseId, HandoffId, HubId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the sender of a case does. Everything is asked before it is written, and what the fold makes of it is looked at after. */

export interface OfferInput {
  readonly caseId: CaseId;
  readonly to: Recipient;
  readonly reason: HandoffReason;
  readonly packet: Packet;
}

/** Each by itself: what can not be offered is told and stops no other. */
export function offerCases(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly offers: readonly OfferInput[] },
): Result<readonly OfferResult[], CallError> {
  return once(deps, input.opId, 'handoffs.offer', (tx) => {
    const { agentId } = requireMe(tx);
    const scene = sceneOf(deps, tx);
    return { value: input.offers.map((each) => offerOne(deps, tx, scene, each, agentId)) };
  });
}

function offerOne(deps: HandoffDeps, tx: WriteDb, scene: Scene, offer: OfferInput, me: AgentId): OfferResult {
  const { caseId, to, reason, packet } = offer;
  const found = sceneCase(deps, tx, scene, caseId);
  if (found === null) return { caseId, ok: false, refusal: { kind: 'not-owner' }, missing: [] };
  const { refusal, expiry, senderOffAt, fromId } = checked(scene, found, deps.ledger.ownership(tx, found.uid), to, packet);
  const missing = missingIn(found, packet);
  if (refusal !== null || fromId === null || missing.length > 0) return { caseId, ok: false, refusal, missing };
  const handoffId = writeOffer(deps, tx, scene, found, { fromId, to, reason, packet, expiry, senderOffAt, author: me });
  dropHandoffDraft(tx, found.uid, me);
  return { caseId, ok: true, handoffId, expiry };
}

/** Writes an offer that was checked. Returns its id. */
export function writeOffer(
  deps: HandoffDeps,
  tx: WriteDb,
  scene: Scene,
  found: SceneCase,
  offer: Omit<OfferInput, 'caseId'> & {
    readonly fromId: AgentId;
    readonly expiry: Expiry;
    readonly senderOffAt: Instant | null;
    /** Null: the engine passes it on. */
    readonly author: AgentId | null;
  },
): HandoffId {
  const { fromId, to, reason, packet, expiry, senderOffAt, author } = offer;
  const handoffId = deps.ids.next('hnd');
  appendChecked(
    deps,
    tx,
    found.uid,
    {
      type: 'handoff.offered',
      handoffId,
      fromId,
      fromHubId: hubAtWork(scene, fromId),
      to,
      reason,
      packet,
      expiresAt: expiry.expiresAt,
      senderOffAt,
      teamHubs: scene.teamHubs,
    },
    author,
  );
  return handoffId;
}

/** Appends one event; throws when the fold makes nothing of it, because it was asked before. Its code is what the caller answers. */
export function appendChecked(
  deps: HandoffDeps,
  tx: WriteDb,
  caseUid: CaseId,
  body: HandoffEventBody,
  actor: AgentId | null,
  code = 'closed',
): Ownership {
  const { eventIds } = deps.ledger.append(tx, caseUid, [body], { actor });
  const ownership = deps.ledger.ownership(tx, caseUid);
  for (const id of eventIds) {
    const outcome = ownership.outcomes.get(id);
    if (outcome?.kind === 'void') throw new CommandFailure(code, `${body.type}: ${outcome.reason}`);
  }
  return ownership;
}

/** The hub of the turn that somebody is on or was on last, else their own. */
export function hubAtWork({ duty, now }: Scene, agentId: AgentId): HubId | null {
  const turn = duty.turnAt(agentId, now) ?? duty.lastTurn(agentId, now);
  return turn?.hubId ?? duty.roster.agents.find((each) => each.agentId === agentId)?.hubId ?? null;
}

/** A handoff with its case as both are now. */
export interface FoundHandoff {
  readonly found: SceneCase;
  readonly ownership: Ownership;
  readonly handoff: Handoff;
}

/** Throws a CommandFailure `not-found`. Time goes first: what it has ended by now is ended. */
export function requireHandoff(deps: HandoffDeps, tx: WriteDb, scene: Scene, handoffId: HandoffId): FoundHandoff {
  const stored = handoffByUid(tx, handoffId);
  if (stored === undefined) throw new CommandFailure('not-found', handoffId);
  writeDueSteps(deps, tx, stored.caseUid, scene.duty);
  return reread(deps, tx, scene, stored.caseUid, handoffId);
}

export function reread(deps: HandoffDeps, tx: WriteDb, scene: Scene, caseUid: CaseId, handoffId: HandoffId): FoundHandoff {
  const found = sceneCase(deps, tx, scene, caseUid);
  const ownership = deps.ledger.ownership(tx, caseUid);
  const handoff = ownership.handoffs.find((each) => each.handoffId === handoffId);
  if (found === null || handoff === undefined) throw new CommandFailure('not-found', handoffId);
  return { found, ownership, handoff };
}

/** Whoever may change or take back an offer: who made it, in whose name it is, and the lead who has the case since they went. */
function isSender(handoff: Handoff, author: AgentId | null, me: AgentId): boolean {
  return handoff.fromId === me || handoff.holderId === me || author === me;
}

export function editOffer(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly handoffId: HandoffId; readonly version: number; readonly packet: Packet },
): Result<{ readonly version: number }, CallError> {
  return once(deps, input.opId, 'handoffs.edit', (tx) => {
    const { agentId } = requireMe(tx);
    const scene = sceneOf(deps, tx);
    const { found, handoff } = requireHandoff(deps, tx, scene, input.handoffId);
    const { packet } = input;
    if (handoff.state !== 'offered') throw new CommandFailure('closed', handoff.state);
    if (!isSender(handoff, eventActor(tx, handoff.eventId), agentId)) throw new CommandFailure('not-owner');
    if (currentVersion(handoff).version !== input.version) throw new CommandFailure('edited-meanwhile');
    if (missingIn(found, packet).length > 0) throw new CommandFailure('incomplete');
    const version = input.version + 1;
    const expiresAt = editedExpiry(scene, found, handoff, packet);
    appendChecked(deps, tx, found.uid, { type: 'handoff.packetEdited', handoffId: handoff.handoffId, version, packet, expiresAt }, agentId);
    return { value: { version } };
  });
}

/** A promise that is due sooner brings the expiry nearer; nothing puts it off, and nothing puts it into the past. */
function editedExpiry(scene: Scene, found: SceneCase, handoff: Handoff, packet: Packet): Instant {
  const { now, rules } = scene;
  const slaDueAt = found.dueAt;
  const { expiresAt } = expiryOf({
    now,
    senderOffAt: handoff.senderOffAt,
    nextPromiseAt: nextPromise(packet)?.dueAt ?? null,
    slaDueAt,
    rules,
  });
  return instant(Math.min(handoff.expiresAt, Math.max(now, expiresAt)));
}

/** Takes back what nobody has answered; what can not be taken back any more stays and is not counted. */
export function withdrawOffers(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly handoffIds: readonly HandoffId[] },
): Result<{ readonly withdrawn: number }, CallError> {
  return once(deps, input.opId, 'handoffs.withdraw', (tx) => {
    const { agentId } = requireMe(tx);
    const scene = sceneOf(deps, tx);
    let withdrawn = 0;
    for (const handoffId of input.handoffIds) {
      const { found, handoff } = requireHandoff(deps, tx, scene, handoffId);
      if (handoff.state !== 'offered' || !isSender(handoff, eventActor(tx, handoff.eventId), agentId)) continue;
      appendChecked(deps, tx, found.uid, { type: 'handoff.withdrawn', handoffId }, agentId);
      withdrawn += 1;
    }
    return { value: { withdrawn } };
  });
}

/** Nobody can be found, or nobody will: the case goes to a lead. */
export function giveToLead(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly caseId: CaseId },
): Result<{ readonly leadId: AgentId }, CallError> {
  return once(deps, input.opId, 'handoffs.toLead', (tx) => {
    const { agentId } = requireMe(tx);
    const scene = sceneOf(deps, tx);
    const found = sceneCase(deps, tx, scene, input.caseId);
    if (found === null) throw new CommandFailure('not-found', input.caseId);
    const { ownerId } = found.state;
    if (ownerId === null || (ownerId !== agentId && !scene.isLead)) throw new CommandFailure('not-owner');
    const leadId = otherLead(scene, ownerId);
    if (leadId === null) throw new CommandFailure('no-lead');
    writeEscalation(deps, tx, found, leadId, agentId);
    return { value: { leadId } };
  });
}

/** A lead besides the owner: by the plan; in a team that plans nothing, the first by name. */
export function otherLead({ duty, now }: Scene, ownerId: AgentId): AgentId | null {
  const planned = duty.leadFor(ownerId, now);
  if (planned !== null) return planned === ownerId ? null : planned;
  if (duty.hasPlan) return null;
  const leads = duty.roster.agents.filter((each) => each.isActive && each.tiers.includes('lead') && each.agentId !== ownerId);
  return leads.map((each) => each.agentId).sort((a, b) => duty.compare(a, b))[0] ?? null;
}

/** The case goes to a lead because nobody was found for it, or because it bounced or went around too often. */
export function writeEscalation(deps: HandoffDeps, tx: WriteDb, found: SceneCase, leadId: AgentId, actor: AgentId | null): void {
  const ownership = deps.ledger.ownership(tx, found.uid);
  const current = ownership.handoffs.find((each) => each.handoffId === ownership.currentId && isUnanswered(each));
  const reason = leadDecides(ownership, ownership.handoffs.at(-1)?.teamHubs ?? []) ?? 'no-receiver';
  appendChecked(
    deps,
    tx,
    found.uid,
    { type: 'handoff.escalated', handoffId: current?.handoffId ?? null, toId: leadId, reason },
    actor,
    'no-lead',
  );
}

/** Nobody has it by this handoff: it waits, or it came back. */
function isUnanswered({ state }: Handoff): boolean {
  return state === 'offered' || state === 'expired' || state === 'declined' || state === 'returned';
}
