import { draftOrPacket, openPromises, sceneCase, sceneOf } from './handoff-scene.ts';
import type { HandoffDeps, RowOfScene, Scene, SceneCase } from './handoff-scene.ts';
import { once, requireMe } from './context.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { dropHandoffDraft, saveHandoffDraft } from '../store/handoff-drafts.store.ts';
import type { HandoffDraft } from '../store/handoff-drafts.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { OfferPreparation } from '../../../shared/contract/handoff.contract.ts';
import { openHandoff } from '../../../shared/domain/handoff/handoff.ts';
import type { Ownership } from '../../../shared/domain/handoff/handoff.ts';
import { checkOffer, expiryOf } from '../../../shared/domain/handoff/offer.ts';
import type { Expiry, OfferRefusal } from '../../../shared/domain/handoff/offer.ts';
import { missingOf, nextPromise } from '../../../shared/domain/handoff/packet.ts';
import type { HandoffReason, Missing, Packet, Recipient } from '../../../shared/domain/handoff/packet.ts';
import type { Receiver } from '../../../shared/domain/handoff/receivers.ts';
import type { AgentId, CaseId, HubId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** In whose name this desk offers a case: the owner's own, or theirs through a lead. Null: it may not. */
export function senderOf(scene: Scene, ownerId: AgentId | null): AgentId | null {
  if (scene.agent === null || ownerId === null) return null;
  return ownerId === scene.agent.agentId || scene.isLead ? ownerId : null;
}

/** When the sender's turn ends, or ended last; null when none of theirs is known. */
export function senderOffAt(scene: Scene, fromId: AgentId): Instant | null {
  const { duty, now } = scene;
  return (duty.turnAt(fromId, now) ?? duty.lastTurn(fromId, now))?.to ?? null;
}

/** Whether a case may be offered so, and until when. `fromId`: in whose name, null when nobody here may. */
export function checked(
  scene: Scene,
  found: SceneCase,
  ownership: Ownership,
  to: Recipient,
  packet: Packet,
  fromId: AgentId | null = senderOf(scene, ownership.ownerId),
): {
  readonly refusal: OfferRefusal | null;
  readonly expiry: Expiry;
  readonly senderOffAt: Instant | null;
  readonly fromId: AgentId | null;
} {
  const { now, rules, duty, teamHubs } = scene;
  const offAt = fromId === null ? null : senderOffAt(scene, fromId);
  const expiry = expiryOf({ now, senderOffAt: offAt, nextPromiseAt: nextPromise(packet)?.dueAt ?? null, slaDueAt: found.dueAt, rules });
  // of a solved case there is nothing to hand over
  if (fromId === null || found.state.status === 'solved') return { refusal: { kind: 'not-owner' }, expiry, senderOffAt: offAt, fromId };
  const { need, dueAt } = found;
  const result = checkOffer({ ownership, now, fromId, to, packet, need, slaDueAt: dueAt, duty, teamHubs, rules });
  if (!result.ok) return { refusal: result.refusal, expiry, senderOffAt: offAt, fromId };
  return { refusal: null, expiry: result.expiry, senderOffAt: result.senderOffAt, fromId };
}

export function missingIn(found: RowOfScene, packet: Packet): readonly Missing[] {
  return missingOf(
    packet,
    openPromises(found.promises).map((each) => each.promiseId),
  );
}

/** Whoever is on shift in time; in a team without a plan, everybody. */
export function receiversInTime(scene: Scene, found: SceneCase, fromId: AgentId | null, expiry: Expiry): readonly Receiver[] {
  return scene.receivers(found.need, fromId).filter((each) => each.from < expiry.expiresAt);
}

/** What the packet dialog shows before anybody types. */
export function prepareOffer(deps: HandoffDeps, db: ReadDb, caseId: CaseId): OfferPreparation | null {
  const scene = sceneOf(deps, db);
  const found = sceneCase(deps, db, scene, caseId);
  if (found === null) return null;
  const ownership = deps.ledger.ownership(db, found.uid);
  const { packet, draft } = draftOrPacket(db, scene, found);
  // the queue is for everybody: what is refused to it is refused whoever it is offered to
  const { refusal, expiry, fromId } = checked(scene, found, ownership, { kind: 'queue' }, packet);
  const inTime = receiversInTime(scene, found, fromId ?? ownership.ownerId, expiry);
  const [first] = inTime;
  const open = openHandoff(ownership);
  return {
    row: found.row,
    ownerId: ownership.ownerId,
    packet,
    draftSavedAt: draft?.savedAt ?? null,
    to: draft?.to ?? (first === undefined ? null : { kind: 'agent', agentId: first.agentId }),
    reason: draft?.reason ?? reasonOf(scene),
    openPromises: openPromises(found.promises),
    missing: missingIn(found, packet),
    refusal,
    expiry,
    receivers: inTime,
    hubs: hubsOf(inTime),
    // what has waited in vain, and no lead is there for, is offered anew
    standing: open?.state === 'expired' && refusal?.kind !== 'already-offered' ? null : open,
  };
}

function hubsOf(receivers: readonly Receiver[]): OfferPreparation['hubs'] {
  const hubs = new Map<HubId, { people: number; from: Instant }>();
  for (const { hubId, from } of receivers) {
    if (hubId === null) continue;
    const known = hubs.get(hubId);
    hubs.set(hubId, { people: (known?.people ?? 0) + 1, from: known === undefined || from < known.from ? from : known.from });
  }
  return [...hubs].map(([hubId, each]) => ({ hubId, ...each })).sort((a, b) => a.from - b.from || b.people - a.people);
}

/** At the end of a turn cases are handed over because it ends; in the middle of one because somebody else can do it better. */
export function reasonOf({ agent, duty, now, rules }: Scene): HandoffReason {
  const turn = agent === null ? null : duty.turnAt(agent.agentId, now);
  return turn !== null && now >= after(turn.to, -rules.sweepLeadMs) ? 'shift-end' : 'expertise';
}

export function checkCase(
  deps: HandoffDeps,
  db: ReadDb,
  input: { readonly caseId: CaseId; readonly to: Recipient; readonly packet: Packet },
): { readonly refusal: OfferRefusal | null; readonly expiry: Expiry; readonly missing: readonly Missing[] } | null {
  const scene = sceneOf(deps, db);
  const found = sceneCase(deps, db, scene, input.caseId);
  if (found === null) return null;
  const { refusal, expiry } = checked(scene, found, deps.ledger.ownership(db, found.uid), input.to, input.packet);
  return { refusal, expiry, missing: missingIn(found, input.packet) };
}

/** Keeps what was typed, or throws it away. */
export function keepDraft(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly caseId: CaseId; readonly draft: HandoffDraft | null },
): Result<null, CallError> {
  return once(deps, input.opId, 'handoffs.saveDraft', (tx) => {
    const { agentId } = requireMe(tx);
    const uid = currentCaseUid(tx, input.caseId);
    if (input.draft === null) dropHandoffDraft(tx, uid, agentId);
    else saveHandoffDraft(tx, uid, agentId, input.draft, deps.clock.now());
    return { value: null };
  });
}
