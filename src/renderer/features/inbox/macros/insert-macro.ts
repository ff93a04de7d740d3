import i18next from 'i18next';
import { useEffect } from 'react';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { firstGap } from '../../../../shared/domain/macro/fill-macro.ts';
import { newOperationId } from '../../../bridge/client.ts';
import { offerUndo } from '../../../state/undo.ts';
import type { DraftSession } from '../composer/draft-session.ts';
import { setWithReply, useMacros } from './macro-store.ts';

/** The text of the reply that is open; null when there is none. */
export function replyArea(): HTMLTextAreaElement | null {
  return document.querySelector('.ib-composer[data-mode="reply"] .ib-editor-text');
}

/** Takes the words of a macro that was chosen for this case into its reply, and puts the cursor behind them or on their first gap. */
export function useMacroInsert(caseId: CaseId, session: DraftSession): void {
  const insert = useMacros((state) => (state.insert?.caseId === caseId ? state.insert : null));
  useEffect(() => {
    if (insert === null) return;
    useMacros.setState({ insert: null });
    const before = session.snapshot().content.text;
    const withBefore = useMacros.getState().withReply[caseId] ?? null;
    const at = Math.min(insert.caret ?? 0, before.length);
    const words = insert.caret === null ? apart(insert.text, before) : insert.text;
    const after = before.slice(0, at) + words + before.slice(at);
    session.edit({ text: after });
    const gap = insert.isTyped === true ? null : firstGap(insert.text);
    setTimeout(() => {
      const area = replyArea();
      area?.focus();
      if (gap === null) area?.setSelectionRange(at + insert.text.length, at + insert.text.length);
      else area?.setSelectionRange(at + gap.from, at + gap.to);
    });
    if (insert.isTyped === true) return;
    if (insert.macro !== null) setWithReply(caseId, insert.macro);
    offerUndo({
      opId: newOperationId(),
      label: insert.name ?? i18next.t('macros:inserted', { name: insert.macro?.name ?? '' }),
      takeBack: async () => {
        const now = session.snapshot().content.text;
        // what was written since stays
        const mine = now.includes(words) ? words : insert.text;
        if (!now.includes(mine)) return Promise.resolve('nothing-to-undo');
        session.edit({ text: now === after ? before : now.replace(mine, () => '') });
        setWithReply(caseId, withBefore);
        return Promise.resolve(null);
      },
    });
  }, [insert, session, caseId]);
}

/** What is put before something that was written already, as paragraphs of its own. A signature begins with an empty line itself. */
function apart(text: string, behind: string): string {
  return behind.trim() === '' || /^[^\S\n]*\n/u.test(behind) ? text : `${text.trimEnd()}\n\n`;
}
