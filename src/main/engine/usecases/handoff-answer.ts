import { caseOwnership } from './case-ownership.ts';
import { CommandFailure, once, requireMe } from './context.ts';
import { appendChecked, hubAtWork, otherLead, requireHandoff, reread, writeEscalation, writeOffer } from './handoff-offer.ts';
import type { FoundHandoff } from './handoff-offer.ts';
import { checked } from './handoff-prepare.ts';
import { sceneOf, withOpenPromises } from './handoff-scene.ts';
import type { HandoffDeps, Scene } from './handoff-scene.ts';
import { writeDueSteps } from './handoff-steps.ts';
import { readSettings } from '../store/settings.store.ts';
import { handoffByUid } from '../store/handoffs.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import type { Output } from '../../../shared/contract/contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { changedSinceRead, currentVersion, leadDecides, pendingAccept } from '../../../shared/domain/handoff/handoff.ts';
import type { Handoff, Ownership } from '../../../shared/domain/handoff/handoff.ts';
import { bulkRefusals } from '../../../shared/domain/handoff/offer.ts';
import type { BulkRefusal } from '../../../shared/domain/handoff/offer.ts';
import type { Recipient } from '../../../shared/domain/handoff/packet.ts';
import { mismatches } from '../../../shared/domain/handoff/read-back.ts';
import type { Mismatch, ReadBack } from '../../../shared/domain/handoff/read-back.ts';
import type { AgentId, HandoffId, MessageId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** What the receiver of a case does, and what follows from it at once. */

interface Read {
  readonly handoffId: HandoffId;
  /** The version and the customer's message that were on the screen. */
  readonly packetVersion: number;
  readonly lastInboundId: MessageId | null;
}

/** The read-back is kept as it was said; where it does not fit is told and keeps nobody from taking the case. */
export function acceptHandoff(
  deps: HandoffDeps,
  input: Read & { readonly opId: OperationId; readonly readBack: ReadBack },
): Result<Output<'handoffs.accept'>, CallError> {
  return once(deps, input.opId, 'handoffs.accept', (tx) => {
    const me = requireMe(tx).agentId;
    const scene = sceneOf(deps, tx);
    const { found, handoff } = requireHandoff(deps, tx, scene, input.handoffId);
    writeAccept(deps, tx, scene, { found, handoff }, me, input, input.readBack);
    const isPending = pendingAccept(caseOwnership(deps.ledger, tx, found.uid))?.handoffId === handoff.handoffId;
    const version = handoff.versions.find((each) => each.version === input.packetVersion) ?? currentVersion(handoff);
    return { value: { outcome: isPending ? 'pending' : 'accepted', mismatches: mismatches(version.packet, input.readBack) } };
  });
}

function writeAccept(
  deps: HandoffDeps,
  tx: WriteDb,
  scene: Scene,
  { found, handoff }: Pick<FoundHandoff, 'found' | 'handoff'>,
  me: AgentId,
  read: Read,
  readBack: ReadBack | null,
): void {
  if (!isWaiting(handoff) || !handoff.versions.some((each) => each.version === read.packetVersion))
    throw new CommandFailure('closed', handoff.state);
  if (handoff.fromId === me) throw new CommandFailure('not-recipient');
  const { handoffId, packetVersion, lastInboundId } = read;
  const isOnShift = scene.duty.hasPlan ? scene.duty.isOnShift(me, scene.now) : readSettings(tx).onShift;
  const hubId = hubAtWork(scene, me);
  appendChecked(deps, tx, found.uid, { type: 'handoff.accepted', handoffId, packetVersion, lastInboundId, readBack, hubId, isOnShift }, me);
}

function isWaiting({ state }: Handoff): boolean {
  return state === 'offered' || state === 'expired';
}

/** Takes what the rules allow to be taken together. */
export function acceptMany(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly read: readonly Read[] },
): Result<Output<'handoffs.acceptMany'>, CallError> {
  return once(deps, input.opId, 'handoffs.acceptMany', (tx) => {
    const me = requireMe(tx).agentId;
    const scene = sceneOf(deps, tx);
    const accepted: HandoffId[] = [];
    const refused: { handoffId: HandoffId; reasons: readonly (BulkRefusal | 'closed')[] }[] = [];
    for (const read of input.read) {
      if (handoffByUid(tx, read.handoffId) === undefined) {
        refused.push({ handoffId: read.handoffId, reasons: ['closed'] });
        continue;
      }
      const { found, handoff } = requireHandoff(deps, tx, scene, read.handoffId);
      const reasons: readonly (BulkRefusal | 'closed')[] =
        isWaiting(handoff) && handoff.fromId !== me ? bulkReasons(scene, handoff, found.row, read) : ['closed'];
      if (reasons.length > 0) {
        refused.push({ handoffId: read.handoffId, reasons });
        continue;
      }
      writeAccept(deps, tx, scene, { found, handoff }, me, read, null);
      accepted.push(read.handoffId);
    }
    return { value: { accepted, refused } };
  });
}

/** Why a case has to be taken by itself by somebody who has read so much of it. */
export function bulkReasons(scene: Scene, handoff: Handoff, row: CaseRow, read: Omit<Read, 'handoffId'> | null): readonly BulkRefusal[] {
  const { packet } = currentVersion(handoff);
  const changed = read === null ? null : changedSinceRead(handoff, read);
  const isChanged = changed !== null && (changed.isEdited || changed.newMessages.length > 0);
  const isVip = row.tier !== 'standard';
  return bulkRefusals({ packet, isVip, isChanged, nextPromiseAt: row.nextPromise?.dueAt ?? null }, scene.now, scene.rules);
}

/** While the sender is there, the sender decides what becomes of it; else it goes to the next who can, or to a lead. */
export function declineHandoff(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly handoffId: HandoffId; readonly reason: string },
): Result<Output<'handoffs.decline'>, CallError> {
  return once(deps, input.opId, 'handoffs.decline', (tx) => {
    const me = requireMe(tx).agentId;
    const { handoffId } = input;
    const scene = sceneOf(deps, tx);
    const { found, handoff } = requireHandoff(deps, tx, scene, handoffId);
    if (handoff.state !== 'offered') throw new CommandFailure('closed', handoff.state);
    if (handoff.fromId === me || (handoff.to.kind === 'agent' && handoff.to.agentId !== me)) throw new CommandFailure('not-recipient');
    appendChecked(deps, tx, found.uid, { type: 'handoff.declined', handoffId, reason: input.reason }, me);
    return { value: { next: passOn(deps, tx, scene, reread(deps, tx, scene, found.uid, handoffId)) } };
  });
}

type Next = Output<'handoffs.decline'>['next'];

/** What becomes of a case whose offer was declined. */
function passOn(deps: HandoffDeps, tx: WriteDb, scene: Scene, { found, handoff, ownership }: FoundHandoff): Next {
  const { ownerId } = ownership;
  if (handoff.state !== 'declined' || ownerId === null) return null;
  const isSenderThere = !scene.duty.hasPlan || scene.duty.isOnShift(handoff.fromId, scene.now);
  if (leadDecides(ownership, scene.teamHubs) === null) {
    if (isSenderThere) return null;
    const to = offerToNext(deps, tx, scene, { found, handoff, ownership });
    if (to !== null) return { kind: 'offered', to };
  }
  const leadId = otherLead(scene, ownerId) ?? (isLeadOnShift(scene, ownerId) ? ownerId : null);
  if (leadId === null) return null;
  writeEscalation(deps, tx, found, leadId, null);
  writeDueSteps(deps, tx, found.uid, scene.duty);
  return { kind: 'lead', agentId: leadId };
}

function isLeadOnShift({ duty, now }: Scene, agentId: AgentId): boolean {
  return duty.leadFor(agentId, now) === agentId;
}

/** The first who can all that is asked for and has not sent the case back; null when there is nobody in time. */
function offerToNext(deps: HandoffDeps, tx: WriteDb, scene: Scene, { found, handoff, ownership }: FoundHandoff): Recipient | null {
  const { ownerId } = ownership;
  if (ownerId === null) return null;
  const packet = withOpenPromises(currentVersion(handoff).packet, found.promises);
  const refused = whoSentItBack(ownership);
  const candidates = scene
    .receivers(found.need, ownerId)
    .filter((each) => each.isQualified && each.agentId !== handoff.fromId && !refused.has(each.agentId))
    // it has waited already: who is there comes before who is still to come
    .toSorted((a, b) => a.from - b.from);
  for (const { agentId } of candidates) {
    const to: Recipient = { kind: 'agent', agentId };
    const result = checked(scene, found, ownership, to, packet, ownerId);
    if (result.refusal !== null) continue;
    const { expiry, senderOffAt } = result;
    writeOffer(deps, tx, scene, found, { fromId: ownerId, to, reason: handoff.reason, packet, expiry, senderOffAt, author: null });
    return to;
  }
  return null;
}

function whoSentItBack({ handoffs }: Ownership): ReadonlySet<AgentId> {
  return new Set(
    handoffs.flatMap((each) => [
      ...each.declines.map((decline) => decline.agentId),
      ...(each.state === 'returned' && each.acceptance !== null ? [each.acceptance.agentId] : []),
    ]),
  );
}

/** The receiver keeps the case until somebody takes it; the sender is told, and after two bounces a lead decides. */
export function giveBack(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly handoffId: HandoffId; readonly reason: string },
): Result<null, CallError> {
  return once(deps, input.opId, 'handoffs.giveBack', (tx) => {
    const me = requireMe(tx).agentId;
    const { handoffId } = input;
    const scene = sceneOf(deps, tx);
    const { found, handoff, ownership } = requireHandoff(deps, tx, scene, handoffId);
    if (handoff.state !== 'accepted') throw new CommandFailure('closed', handoff.state);
    if (handoff.acceptance?.agentId !== me || ownership.ownerId !== me) throw new CommandFailure('not-owner');
    appendChecked(deps, tx, found.uid, { type: 'handoff.returned', handoffId, reason: input.reason }, me);
    writeDueSteps(deps, tx, found.uid, scene.duty);
    return { value: null };
  });
}

export function askSender(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly handoffId: HandoffId; readonly text: string },
): Result<null, CallError> {
  return once(deps, input.opId, 'handoffs.ask', (tx) => {
    const me = requireMe(tx).agentId;
    const { handoffId, text } = input;
    const { found } = requireHandoff(deps, tx, sceneOf(deps, tx), handoffId);
    appendChecked(deps, tx, found.uid, { type: 'handoff.asked', handoffId, text }, me);
    return { value: null };
  });
}

export function answerQuestion(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly handoffId: HandoffId; readonly questionId: string; readonly text: string },
): Result<null, CallError> {
  return once(deps, input.opId, 'handoffs.answer', (tx) => {
    const me = requireMe(tx).agentId;
    const { handoffId, questionId, text } = input;
    const { found, handoff } = requireHandoff(deps, tx, sceneOf(deps, tx), handoffId);
    const question = handoff.questions.find((each) => each.questionId === questionId);
    if (question === undefined || question.answer !== null) throw new CommandFailure('closed', 'no open question');
    appendChecked(deps, tx, found.uid, { type: 'handoff.answered', handoffId, questionId, text }, me);
    return { value: null };
  });
}

/** The packet was edited, or the customer wrote, after the accept: it is read back once more. */
export function readAgain(
  deps: HandoffDeps,
  input: { readonly opId: OperationId; readonly handoffId: HandoffId; readonly packetVersion: number; readonly readBack: ReadBack },
): Result<{ readonly mismatches: readonly Mismatch[] }, CallError> {
  return once(deps, input.opId, 'handoffs.readAgain', (tx) => {
    const me = requireMe(tx).agentId;
    const { handoffId, packetVersion, readBack } = input;
    const { found, handoff } = requireHandoff(deps, tx, sceneOf(deps, tx), handoffId);
    const version = handoff.versions.find((each) => each.version === packetVersion);
    if (handoff.acceptance === null || version === undefined) throw new CommandFailure('closed', handoff.state);
    if (handoff.acceptance.agentId !== me) throw new CommandFailure('not-owner');
    appendChecked(deps, tx, found.uid, { type: 'handoff.readBack', handoffId, packetVersion, readBack }, me);
    return { value: { mismatches: mismatches(version.packet, readBack) } };
  });
}
