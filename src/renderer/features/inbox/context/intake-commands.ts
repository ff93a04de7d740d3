import i18next from 'i18next';
import type { CaseId, MessageId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { offerUndo } from '../../../state/undo.ts';
import { showToast } from '../../../ui/toast.tsx';
import { startWriting } from '../inbox-store.ts';
import { LONGEST_WAIT_MS, putIntoReply, useIntakeState } from './intake-insert.ts';

const words = () => i18next.getFixedT(null, 'intake');

/** Puts one message for everything that is missing into the reply; says why where there is none. */
export async function askForMissing(caseId: CaseId): Promise<void> {
  const answer = await call('intake.ofCase', { caseId });
  if (!answer.ok) {
    tellFailure(answer.error.code);
    return;
  }
  const intake = answer.value;
  const t = words();
  if (intake === null || intake.ask === null) {
    const why = intake?.cannotAsk ?? null;
    showToast({ title: why === null ? t('ask.nothing') : t(`ask.cannot.${why}`) });
    return;
  }
  startWriting(caseId, 'reply');
  putIntoReply({ caseId, text: intake.ask.text, count: intake.ask.fields.length });
}

/** Says what kind of case it is; `as-read`: its words decide. */
export async function sayKind(caseId: CaseId, kind: string | null, isAsRead: boolean): Promise<void> {
  const opId = newOperationId();
  const answer = await call('intake.setKind', { opId, caseId, kind, isAsRead });
  if (!answer.ok) tellFailure(answer.error.code);
  else if (answer.value.undoable) offerUndo({ opId, label: words()('done.kind') });
}

/** States, corrects or clears a fact. False when it could not be. */
export async function sayFact(caseId: CaseId, field: string, name: string, value: string | null, isAsRead: boolean): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('intake.setFact', { opId, caseId, field, value, isAsRead });
  if (!answer.ok) {
    tellFailure(answer.error.code);
    return false;
  }
  if (answer.value.undoable) offerUndo({ opId, label: words()(value === null ? 'done.cleared' : 'done.fact', { name }) });
  return true;
}

function tellFailure(code: string): void {
  const t = words();
  const description = code === 'is-secret' ? t('secret') : errorText(i18next.getFixedT(null, 'errors'), code);
  showToast({ title: t('failed'), description, tone: 'problem' });
}

/** Shows the message in which a fact stands. */
export function showSource(caseId: CaseId, messageId: MessageId): void {
  useIntakeState.setState({ wanted: { caseId, messageId } });
}

/** Takes the keyboard to the checklist, as soon as it is there. */
export function focusChecklist(): void {
  useIntakeState.setState({ isAwaited: true });
  setTimeout(() => useIntakeState.setState({ isAwaited: false }), LONGEST_WAIT_MS);
}
