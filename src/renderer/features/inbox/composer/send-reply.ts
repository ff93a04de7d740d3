import i18next from 'i18next';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { Status } from '../../../../shared/domain/case.ts';
import type { CaseId, OperationId, OutboxId } from '../../../../shared/domain/ids.ts';
import { SECOND_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { formatsFor } from '../../../i18n/formats.ts';
import { clock } from '../../../state/clock-store.ts';
import { useSession } from '../../../state/session.ts';
import { offerUndoSend } from '../../../state/undo-send.ts';
import { offerUndo } from '../../../state/undo.ts';
import { sendTimeWords } from '../../../ui/send-time/send-time-words.ts';
import { showToast } from '../../../ui/toast.tsx';
import { takeBack } from '../conversation/delivery-state.tsx';
import { customerOf } from '../format/customer-of.ts';
import { secondsText } from '../format/seconds.ts';
import { setWithReply, useMacros } from '../macros/macro-store.ts';
import type { WithReply } from '../macros/macro-store.ts';
import { confirmedPromises } from './detected-promises.ts';
import { forgetReason, reasonOf, useGuardReasons } from './guard-reasons.ts';
import type { DraftSession, TakenDraft } from './draft-session.ts';
import { putPromisesAway } from './promise-marks.ts';

/** Why a message could not be sent: a code of the engine, or that the draft could not be saved. */
export type SendProblem = string | null;

/**
 * Queues a draft that was taken as a reply and offers to take it back. The words leave the composer only when the engine
 * has the reply; on any problem they stay. Resolves with the code of the problem, or null.
 */
export async function sendReply(
  session: DraftSession,
  { draftId, content }: TakenDraft,
  detail: CaseDetail,
  thenStatus: Status | null,
  sendAt?: Instant,
): Promise<SendProblem> {
  const { caseId } = detail;
  const promises = await confirmedPromises(caseId, content.text, sendAt);
  const reason = reasonOf(useGuardReasons.getState(), caseId)?.trim() ?? '';
  const withReply = useMacros.getState().withReply[caseId] ?? null;
  const opId = newOperationId();
  const answer = await call('cases.reply', {
    opId,
    caseId,
    draftId,
    thenStatus,
    ...(sendAt === undefined ? {} : { sendAt }),
    ...(promises.length === 0 ? {} : { promises }),
    ...(withReply === null ? {} : { actions: withReply.actions }),
    ...(reason.length < 3 ? {} : { overrideReason: reason }),
  });
  if (!answer.ok) {
    session.giveBack();
    return answer.error.code;
  }
  setWithReply(caseId, null);
  putPromisesAway(caseId);
  forgetReason(caseId);
  session.sent();
  const { outboxId, sendAt: leavesAt } = answer.value;
  if (sendAt !== undefined) {
    const { locale, zone } = useSession.getState();
    const thenText =
      thenStatus === null ? '' : ` · ${i18next.t('sendLater:afterwards.told', { status: i18next.t(`inbox:status.${thenStatus}`) })}`;
    const when = sendTimeWords(i18next.getFixedT(null, 'sendLater'), formatsFor(locale, zone), sendAt, clock.now(), customerOf(detail));
    offerUndo({
      opId,
      label: i18next.t('sendLater:leaves', { when }) + thenText,
      takeBack: async () => {
        await takeAllBack(outboxId, caseId, opId, withReply);
        return null;
      },
    });
    return null;
  }
  const leftMs = leavesAt - clock.now();
  const t = i18next.getFixedT(null, 'inbox');
  if (leftMs < SECOND_MS) {
    // in a chat one line follows the other, and each says where it is
    if (detail.channel !== 'chat') showToast({ title: t('composer.sentNow'), tone: 'ok' });
    return null;
  }
  offerUndoSend(outboxId, {
    title: t('composer.sentIn', { time: secondsText(leftMs / SECOND_MS, i18next.language) }),
    tone: 'ok',
    waitsMs: leftMs,
    action: { label: t('composer.undo'), onAction: () => void takeAllBack(outboxId, caseId, opId, withReply) },
  });
  return null;
}

/** The reply, and what a macro did with it: it is done again when the reply is sent again. */
async function takeAllBack(outboxId: OutboxId, caseId: CaseId, opId: OperationId, withReply: WithReply | null): Promise<void> {
  if (withReply !== null) {
    await call('cases.undo', { opId: newOperationId(), undoes: opId });
    setWithReply(caseId, withReply);
  }
  await takeBack(outboxId, caseId);
}

/** Adds what was written as a note. Resolves with the code of the problem, or null. */
export async function sendNote(session: DraftSession, caseId: CaseId): Promise<SendProblem> {
  if (session.snapshot().content.text.trim() === '') return 'empty';
  const taken = await session.take();
  if (taken === null) return session.snapshot().errorCode ?? 'empty';
  const answer = await call('cases.addNote', { opId: newOperationId(), caseId, text: taken.content.text.trim() });
  if (!answer.ok) {
    session.giveBack();
    return answer.error.code;
  }
  await session.putAway(taken);
  showToast({ title: i18next.t('inbox:composer.noteAdded'), tone: 'ok' });
  return null;
}
