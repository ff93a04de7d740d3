import type { LaneRow } from '../../../shared/contract/handoff.contract.ts';
import type { BulkRefusal } from '../../../shared/domain/handoff/offer.ts';
import type { ReadBack } from '../../../shared/domain/handoff/read-back.ts';
import type { CaseId, HandoffId } from '../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { openCase } from '../../state/session.ts';
import type { TeamNames } from '../../state/team-names.ts';
import { showToast } from '../../ui/toast.tsx';
import { keepChecked, markRead, readOf } from './handoffs.store.ts';
import type { Read } from './handoffs.store.ts';
import { lanesText, listWords, tellFailure } from './told.ts';

/** What is done to handoffs. Each tells what came of it and answers whether it worked. */

const openAction = (caseId: CaseId): { readonly label: string; readonly onAction: () => void } => ({
  label: lanesText()('told.openCase'),
  onAction: () => openCase(caseId),
});

/** Takes a case over, naming the version and the message that are on screen. */
export async function accept(row: LaneRow, readBack: ReadBack): Promise<boolean> {
  const t = lanesText();
  const answer = await call('handoffs.accept', {
    opId: newOperationId(),
    handoffId: row.handoff.handoffId,
    ...readOf(row),
    readBack,
  });
  if (!answer.ok) {
    tellFailure(answer.error);
    return false;
  }
  markRead(row);
  const { outcome, mismatches } = answer.value;
  const notes = [...(outcome === 'pending' ? [t('row.pendingHint')] : []), ...(mismatches.length > 0 ? [t('told.mismatches')] : [])];
  showToast({
    title: t(outcome === 'pending' ? 'told.pending' : 'told.accepted', { subject: row.row.subject }),
    ...(notes.length === 0 ? {} : { description: notes.join(' ') }),
    tone: outcome === 'pending' ? 'neutral' : 'ok',
    action: openAction(row.row.caseId),
  });
  return true;
}

export async function readAgain(row: LaneRow, readBack: ReadBack): Promise<boolean> {
  const t = lanesText();
  const { handoffId } = row.handoff;
  const { packetVersion } = readOf(row);
  const answer = await call('handoffs.readAgain', { opId: newOperationId(), handoffId, packetVersion, readBack });
  if (!answer.ok) {
    tellFailure(answer.error);
    return false;
  }
  markRead(row);
  showToast({
    title: t('told.readAgain', { subject: row.row.subject }),
    ...(answer.value.mismatches.length === 0 ? {} : { description: t('told.mismatches') }),
    tone: 'ok',
  });
  return true;
}

/** Why a selected case has to be accepted by itself; empty when the rules let it go with others. */
export function refusalsOf(row: LaneRow, read: Read): readonly BulkRefusal[] {
  const now = readOf(row);
  const isChanged = read.packetVersion !== now.packetVersion || read.lastInboundId !== now.lastInboundId;
  return isChanged && !row.bulkRefusals.includes('changed') ? [...row.bulkRefusals, 'changed'] : row.bulkRefusals;
}

/** Accepts what the rules let be accepted at once; the others stay selected, and why is told. Answers what was accepted. */
export async function acceptMany(chosen: readonly { readonly row: LaneRow; readonly read: Read }[]): Promise<readonly HandoffId[]> {
  const t = lanesText();
  const stay = chosen.map(({ row, read }) => ({ id: row.handoff.handoffId, reasons: refusalsOf(row, read) }));
  const refusedHere = stay.filter((each) => each.reasons.length > 0);
  const going = chosen.filter(({ row }) => !refusedHere.some((each) => each.id === row.handoff.handoffId));
  const refused: { readonly id: HandoffId; readonly reasons: readonly (BulkRefusal | 'closed')[] }[] = [...refusedHere];
  let accepted: readonly HandoffId[] = [];
  if (going.length > 0) {
    const answer = await call('handoffs.acceptMany', {
      opId: newOperationId(),
      read: going.map(({ row, read }) => ({ handoffId: row.handoff.handoffId, ...read })),
    });
    if (!answer.ok) {
      tellFailure(answer.error);
      return [];
    }
    ({ accepted } = answer.value);
    refused.push(...answer.value.refused.map(({ handoffId, reasons }) => ({ id: handoffId, reasons })));
  }
  keepChecked(refused.filter((each) => !each.reasons.includes('closed')).map((each) => each.id));
  const reasons = listWords([...new Set(refused.flatMap((each) => each.reasons))].map((each) => t(`bulk.refusal.${each}`)));
  showToast({
    title: accepted.length === 0 ? t('told.noneMany') : t('told.acceptedMany', { count: accepted.length }),
    ...(refused.length === 0 ? {} : { description: t('told.refusedMany', { count: refused.length, reasons }) }),
    tone: accepted.length === 0 ? 'neutral' : 'ok',
  });
  return accepted;
}

export async function decline(row: LaneRow, reason: string, names: TeamNames): Promise<boolean> {
  const t = lanesText();
  const answer = await call('handoffs.decline', { opId: newOperationId(), handoffId: row.handoff.handoffId, reason });
  if (!answer.ok) {
    tellFailure(answer.error);
    return false;
  }
  const { next } = answer.value;
  const description =
    next === null
      ? t('told.declinedSender', { name: names.agent(row.handoff.fromId) })
      : next.kind === 'lead'
        ? t('told.declinedLead', { name: names.agent(next.agentId) })
        : t('told.declinedOffered', { name: names.recipient(next.to) });
  showToast({ title: t('told.declined', { subject: row.row.subject }), description, tone: 'ok' });
  return true;
}

export async function giveBack(row: LaneRow, reason: string): Promise<boolean> {
  const answer = await call('handoffs.giveBack', { opId: newOperationId(), handoffId: row.handoff.handoffId, reason });
  if (!answer.ok) tellFailure(answer.error);
  else showToast({ title: lanesText()('told.givenBack', { subject: row.row.subject }), tone: 'ok' });
  return answer.ok;
}

export async function ask(row: LaneRow, text: string): Promise<boolean> {
  const answer = await call('handoffs.ask', { opId: newOperationId(), handoffId: row.handoff.handoffId, text });
  if (!answer.ok) tellFailure(answer.error);
  else showToast({ title: lanesText()('told.asked'), tone: 'ok' });
  return answer.ok;
}

/** Answers the oldest open question. */
export async function answerQuestion(row: LaneRow, text: string): Promise<boolean> {
  const question = openQuestion(row);
  if (question === null) return false;
  const { questionId } = question;
  const answer = await call('handoffs.answer', { opId: newOperationId(), handoffId: row.handoff.handoffId, questionId, text });
  if (!answer.ok) tellFailure(answer.error);
  else showToast({ title: lanesText()('told.answered'), tone: 'ok' });
  return answer.ok;
}

export function openQuestion(row: LaneRow): LaneRow['handoff']['questions'][number] | null {
  return row.handoff.questions.find((each) => each.answer === null) ?? null;
}

export async function withdraw(handoffIds: readonly HandoffId[]): Promise<boolean> {
  const t = lanesText();
  const answer = await call('handoffs.withdraw', { opId: newOperationId(), handoffIds: [...handoffIds] });
  if (!answer.ok) {
    tellFailure(answer.error);
    return false;
  }
  const count = answer.value.withdrawn;
  showToast(count === 0 ? { title: t('told.withdrawnNone') } : { title: t('told.withdrawn', { count }), tone: 'ok' });
  return count > 0;
}
