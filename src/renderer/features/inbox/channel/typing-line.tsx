import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import './channel-message.css';

const NOBODY: { readonly cases: readonly CaseId[] } = { cases: [] };

/** That the customer is typing, said politely. */
export function TypingLine({ caseId, name }: { readonly caseId: CaseId; readonly name: string }): ReactNode {
  const t = useWords('channel');
  const { cases } = useLiveValue('channels.typing', {}, NOBODY);
  const isTyping = cases.includes(caseId);
  return (
    <div role="status" className="ib-typing" data-on={isTyping}>
      {isTyping && (
        <>
          <span className="ib-typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t('typing', { name })}
        </>
      )}
    </div>
  );
}
