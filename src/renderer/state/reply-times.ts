import i18next from 'i18next';
import { create } from 'zustand';
import type { Status } from '../../shared/domain/case.ts';
import type { CaseId, OutboxId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { call, newOperationId } from '../bridge/client.ts';
import { errorText } from '../i18n/error-text.ts';
import { showToast } from '../ui/toast.tsx';
import { clock } from './clock-store.ts';
import { endUndoSend } from './undo-send.ts';
import { offerUndo } from './undo.ts';

/** Which reply gets another time, and whose composer asks for one. */
export interface TimeQuestion {
  readonly outboxId: OutboxId;
  readonly caseId: CaseId;
  /** When it leaves as things are; null when it has no time. */
  readonly laterAt: Instant | null;
}

interface ReplyTimes {
  readonly asked: TimeQuestion | null;
  /** The case in whose composer it is asked when the reply is to leave. */
  readonly composing: CaseId | null;
  /** What that case becomes when it has left; null: it stays what it is. */
  readonly thenStatus: Status | null;
}

export const useReplyTimes = create<ReplyTimes>()(() => ({ asked: null, composing: null, thenStatus: null }));

/** Asks when a reply that waits is to leave; null ends that. */
export function askForTime(asked: TimeQuestion | null): void {
  useReplyTimes.setState({ asked });
}

/** Asks when the reply that is being written is to leave, and proposes what its case becomes then; null ends that. */
export function askForSendTime(composing: CaseId | null, thenStatus: Status | null = null): void {
  useReplyTimes.setState({ composing, thenStatus });
}

/**
 * Makes a reply leave at another time, and offers to take that back.
 * @param words when it leaves, as it is told
 * @returns the code of what is wrong, or null
 */
export async function changeTime(outboxId: OutboxId, sendAt: Instant, words: string): Promise<string | null> {
  const opId = newOperationId();
  const answer = await call('outbox.reschedule', { opId, outboxId, sendAt });
  if (!answer.ok) return answer.error.code;
  const { before } = answer.value;
  const label = i18next.t('sendLater:changed', { when: words });
  if (before === null || before <= clock.now()) {
    showToast({ title: label, tone: 'ok' });
    return null;
  }
  const leaveAt = (at: Instant) => async (): Promise<string | null> => {
    const moved = await call('outbox.reschedule', { opId: newOperationId(), outboxId, sendAt: at });
    return moved.ok ? null : moved.error.code;
  };
  offerUndo({ opId, label, takeBack: leaveAt(before), doAgain: leaveAt(sendAt) });
  return null;
}

/** Says in the corner why a reply that waits could not be touched. */
export function tellReplyProblem(code: string): void {
  const t = i18next.getFixedT(null, 'inbox');
  const isLate = code === 'too-late';
  showToast({
    title: isLate ? t('delivery.tooLate') : t('done.failed'),
    description: isLate ? undefined : timeProblem(code),
    tone: 'problem',
  });
}

const TIME_PROBLEMS = [
  'in-the-past',
  'too-far',
  'promise-in-the-past',
  'window-over',
  'asks-for-secret',
  'echoes-secret',
  'unofficial-link',
  'unconfirmed-address',
] as const;

/** Why a time can not be, in words. */
export function timeProblem(code: string): string {
  const known = TIME_PROBLEMS.find((each) => each === code);
  if (known !== undefined) return i18next.t(`inbox:composer.error.${known}`);
  return code === 'too-late' ? i18next.t('inbox:delivery.tooLate') : errorText(i18next.getFixedT(null, 'errors'), code);
}

/** Whether a problem is one of the time that was chosen: then another one may be chosen. */
export function isTimeProblem(code: string): boolean {
  return code === 'in-the-past' || code === 'too-far' || code === 'promise-in-the-past' || code === 'window-over';
}

export async function sendReplyNow(outboxId: OutboxId): Promise<void> {
  const answer = await call('outbox.sendNow', { opId: newOperationId(), outboxId });
  if (answer.ok) endUndoSend(outboxId);
  else tellReplyProblem(answer.error.code);
}
