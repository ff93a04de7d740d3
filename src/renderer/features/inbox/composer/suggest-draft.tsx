import { PenLine, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { assistantError } from '../../../i18n/assistant-error.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.tsx';

export interface SuggestDraftProps {
  readonly caseId: CaseId;
  /** Puts the draft into the editor; it decides where, as it knows what is there now. */
  readonly onDraft: (text: string) => void;
}

/** Asks the service for a draft, where a lead has set one up. It is only put into the editor; nobody but the person sends. */
export function SuggestDraft({ caseId, onDraft }: SuggestDraftProps): ReactNode {
  const t = useWords('assistant');
  const view = useLiveValue('assistant.get', {}, null);
  const [isAsking, setAsking] = useState(false);
  // whoever has gone to another case wants no draft of this one
  const askedFor = useRef<CaseId | null>(null);
  const here = useRef<HTMLSpanElement>(null);
  useEffect(
    () => () => {
      if (askedFor.current === caseId) void call('drafts.stopSuggesting', { opId: newOperationId(), caseId });
      askedFor.current = null;
    },
    [caseId],
  );
  if (view?.settings.isOn !== true) return null;

  const ask = async (): Promise<void> => {
    setAsking(true);
    askedFor.current = caseId;
    const answer = await call('drafts.suggest', { opId: newOperationId(), caseId });
    setAsking(false);
    if (askedFor.current !== caseId) return;
    askedFor.current = null;
    if (!answer.ok) {
      if (answer.error.code !== 'cancelled') showToast({ title: assistantError(t, answer.error.code), tone: 'problem' });
      return;
    }
    // whoever waited at the button goes on in the text; whoever has gone elsewhere stays there
    const isWaiting = here.current?.contains(document.activeElement) === true;
    onDraft(answer.value.text);
    if (isWaiting) here.current?.closest('.ib-editor')?.querySelector<HTMLTextAreaElement>('textarea')?.focus();
    const { redacted } = answer.value;
    const told = redacted === 0 ? {} : { description: t('draft.redacted', { count: redacted }) };
    showToast({ title: t('draft.inserted'), tone: 'ok', ...told });
  };

  return (
    <span ref={here} className="ib-suggest">
      <span role="status" className="muted">
        {isAsking && t('draft.asking')}
      </span>
      {isAsking ? (
        <Button
          variant="ghost"
          icon={<Square aria-hidden="true" />}
          onClick={() => void call('drafts.stopSuggesting', { opId: newOperationId(), caseId })}
        >
          {t('draft.stop')}
        </Button>
      ) : (
        <Button variant="ghost" icon={<PenLine aria-hidden="true" />} onClick={() => void ask()}>
          {t('draft.button')}
        </Button>
      )}
    </span>
  );
}
