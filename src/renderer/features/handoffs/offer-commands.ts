import type { LaneRow, OfferPreparation, OfferResult } from '../../../shared/contract/handoff.contract.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import { missingOf } from '../../../shared/domain/handoff/packet.ts';
import type { Packet } from '../../../shared/domain/handoff/packet.ts';
import type { Receiver } from '../../../shared/domain/handoff/receivers.ts';
import type { AgentId, CaseId, HandoffId } from '../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { openPacket } from '../../state/packet-dialog.ts';
import type { TeamNames } from '../../state/team-names.ts';
import { offerUndo } from '../../state/undo.ts';
import { sparingWriters } from '../../state/writers.ts';
import { showToast } from '../../ui/toast.tsx';
import { lanesText, missingWords, notOfferedWords, refusalWords, tellFailure } from './told.ts';

/** Offers that are made without opening the packet: what is prefilled or drafted goes as it is, or the packet opens. */

type Offer = Input<'handoffs.offer'>['offers'][number];

/** Takes offers back, for the undo; answers an error's code, or null. */
async function takeBack(handoffIds: readonly HandoffId[]): Promise<string | null> {
  const answer = await call('handoffs.withdraw', { opId: newOperationId(), handoffIds: [...handoffIds] });
  if (!answer.ok) return answer.error.code;
  return answer.value.withdrawn === 0 ? 'nothing-to-undo' : null;
}

async function send(offers: readonly Offer[], label: (count: number) => string): Promise<readonly OfferResult[] | null> {
  const opId = newOperationId();
  const answer = await call('handoffs.offer', { opId, offers: [...offers] });
  if (!answer.ok) {
    tellFailure(answer.error);
    return null;
  }
  const made = answer.value.flatMap((each) => (each.ok ? [each.handoffId] : []));
  const failed = answer.value.length - made.length;
  if (made.length > 0) offerUndo({ opId, label: label(made.length), takeBack: async () => takeBack(made) });
  if (failed > 0) {
    const t = lanesText();
    showToast({
      title: t('failed'),
      description: t('told.notOffered', { count: failed, reasons: notOfferedWords(answer.value) }),
      tone: 'problem',
    });
  }
  return answer.value;
}

async function prepare(caseId: CaseId): Promise<OfferPreparation | null> {
  const answer = await call('handoffs.prepare', { caseId });
  if (answer.ok) return answer.value;
  tellFailure(answer.error);
  return null;
}

/** Offers a case to somebody with the packet that there is. Opens the packet when it lacks something. */
export async function offerTo(caseId: CaseId, toId: AgentId | null, names: TeamNames): Promise<boolean> {
  const t = lanesText();
  const prepared = await prepare(caseId);
  if (prepared === null) return false;
  if (prepared.missing.length > 0) {
    showToast({ title: t('told.lacks'), description: missingWords(prepared.missing) });
    openPacket([caseId]);
    return false;
  }
  const agentId = toId ?? prepared.receivers[0]?.agentId ?? null;
  if (agentId === null) {
    tellNobody(prepared);
    return false;
  }
  const { packet, reason, row } = prepared;
  const results = await send([{ caseId, to: { kind: 'agent', agentId }, reason, packet }], () =>
    t('told.offered', { name: names.agent(agentId), subject: row.subject }),
  );
  return results?.some((each) => each.ok) ?? false;
}

function tellNobody({ refusal }: OfferPreparation): void {
  const t = lanesText();
  showToast({ title: t('told.nobody'), description: refusal === null ? t('told.nobodyHint') : refusalWords(refusal) });
}

/** Offers many at once, each with the packet that there is, to whom it is suggested or chosen for; asks first where colleagues are writing. */
export async function offerAll(all: readonly { readonly caseId: CaseId; readonly agentId: AgentId }[]): Promise<void> {
  const t = lanesText();
  const spared = all.length > 1 ? await sparingWriters(all.map((each) => each.caseId)) : all.map((each) => each.caseId);
  if (spared === null) return;
  const cases = all.filter((each) => spared.includes(each.caseId));
  const offers: Offer[] = [];
  const progress = cases.length > 5 ? showToast({ title: t('told.offering'), progress: { done: 0, total: cases.length } }) : null;
  for (const [index, { caseId, agentId }] of cases.entries()) {
    const prepared = await prepare(caseId);
    if (prepared !== null && prepared.missing.length === 0) {
      offers.push({ caseId, to: { kind: 'agent', agentId }, reason: prepared.reason, packet: prepared.packet });
    }
    progress?.update({ title: t('told.offering'), progress: { done: index + 1, total: cases.length } });
  }
  progress?.close();
  if (offers.length > 0) await send(offers, (count) => t('told.offeredMany', { count }));
}

/**
 * Offers a declined or returned case to the next who is on and has not declined it, with the packet that it had. A
 * promise that was made since is missing in that: then the packet opens.
 */
export async function offerNext(
  caseId: CaseId,
  { packet, declinedBy }: { readonly packet: Packet; readonly declinedBy: readonly AgentId[] },
  names: TeamNames,
): Promise<void> {
  const t = lanesText();
  const prepared = await prepare(caseId);
  if (prepared === null) return;
  const next = nextReceiver(prepared.receivers, declinedBy);
  if (next === null) {
    tellNobody(prepared);
    return;
  }
  const promised = prepared.openPromises.map((each) => each.promiseId);
  const fits = [packet, prepared.packet].find((each) => missingOf(each, promised).length === 0);
  if (fits === undefined) {
    openPacket([caseId]);
    return;
  }
  await send([{ caseId, to: { kind: 'agent', agentId: next.agentId }, reason: prepared.reason, packet: fits }], () =>
    t('told.offered', { name: names.agent(next.agentId), subject: prepared.row.subject }),
  );
}

/** What `offerNext` needs of a handoff that came back: its packet, and who has had it. */
export function nextOf({ handoff, packet }: LaneRow): { readonly packet: Packet; readonly declinedBy: readonly AgentId[] } {
  const gaveBack = handoff.acceptance === null ? [] : [handoff.acceptance.agentId];
  return { packet, declinedBy: [...handoff.declines.map((each) => each.agentId), ...gaveBack] };
}

/** The best who has not declined it. */
export function nextReceiver(receivers: readonly Receiver[], declinedBy: readonly AgentId[]): Receiver | null {
  return receivers.find((each) => !declinedBy.includes(each.agentId)) ?? null;
}

/** Nobody can be found: a lead gets it. */
export async function toLead(caseId: CaseId, subject: string, names: TeamNames): Promise<boolean> {
  const answer = await call('handoffs.toLead', { opId: newOperationId(), caseId });
  if (!answer.ok) tellFailure(answer.error);
  else showToast({ title: lanesText()('told.toLead', { name: names.agent(answer.value.leadId), subject }), tone: 'ok' });
  return answer.ok;
}

/** Leaves a case where it is over the end of the turn; undone like every action on a case. */
export async function park(caseId: CaseId, subject: string, reason: string): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('cases.apply', { opId, caseIds: [caseId], action: { kind: 'park', reason } });
  if (!answer.ok) {
    tellFailure(answer.error);
    return false;
  }
  if (answer.value.changed > 0) offerUndo({ opId, label: lanesText()('told.parked', { subject }) });
  return answer.value.changed > 0;
}
