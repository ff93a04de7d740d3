import i18next from 'i18next';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { CaseId, MessageId } from '../../../../shared/domain/ids.ts';
import { newOperationId } from '../../../bridge/client.ts';
import { offerUndo } from '../../../state/undo.ts';
import { showToast } from '../../../ui/toast.tsx';
import type { DraftSession } from '../composer/draft-session.ts';

interface IntakeState {
  /** Words on their way into the reply of a case, and for how many facts they ask. */
  readonly insert: { readonly caseId: CaseId; readonly text: string; readonly count: number } | null;
  /** The message that is looked for in the conversation of a case. */
  readonly wanted: { readonly caseId: CaseId; readonly messageId: MessageId } | null;
  /** The checklist shall take the focus, as soon as it is there. */
  readonly isAwaited: boolean;
}

export const useIntakeState = create<IntakeState>(() => ({ insert: null, wanted: null, isAwaited: false }));

/** So long a reply, or a panel, that does not open is waited for. */
export const LONGEST_WAIT_MS = 5_000;

export function putIntoReply(insert: NonNullable<IntakeState['insert']>): void {
  useIntakeState.setState({ insert });
  setTimeout(() => {
    if (useIntakeState.getState().insert === insert) useIntakeState.setState({ insert: null });
  }, LONGEST_WAIT_MS);
}

const SIGNATURE = '\n\n-- \n';

/** Behind what somebody has written, above the signature. Null: it is in it already. */
export function withAsk(before: string, ask: string): { readonly text: string; readonly end: number } | null {
  if (before.includes(ask)) return null;
  const at = before.lastIndexOf(SIGNATURE);
  const [own, signature] = at === -1 ? [before, ''] : [before.slice(0, at), before.slice(at)];
  const begin = own.trim() === '' ? '' : `${own.trimEnd()}\n\n`;
  return { text: `${begin}${ask}${signature}`, end: begin.length + ask.length };
}

/** Takes the questions for what is missing into the reply of this case, and puts the cursor behind them. */
export function useIntakeInsert(caseId: CaseId, session: DraftSession): void {
  const insert = useIntakeState((state) => (state.insert?.caseId === caseId ? state.insert : null));
  useEffect(() => {
    if (insert === null) return;
    useIntakeState.setState({ insert: null });
    const before = session.snapshot().content.text;
    const joined = withAsk(before, insert.text);
    if (joined === null) {
      showToast({ title: i18next.t('intake:ask.there') });
      return;
    }
    const { text: after, end } = joined;
    session.edit({ text: after });
    setTimeout(() => {
      const area = document.querySelector<HTMLTextAreaElement>('.ib-composer[data-mode="reply"] .ib-editor-text');
      area?.focus();
      area?.setSelectionRange(end, end);
    });
    offerUndo({
      opId: newOperationId(),
      label: i18next.t('intake:ask.inserted', { count: insert.count }),
      takeBack: async () => {
        const now = session.snapshot().content.text;
        // what was written since stays
        if (!now.includes(insert.text)) return Promise.resolve('nothing-to-undo');
        session.edit({ text: now === after ? before : now.replace(insert.text, () => '') });
        return Promise.resolve(null);
      },
    });
  }, [insert, session, caseId]);
}
