import { X, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { firstGap, gapsIn } from '../../../../shared/domain/macro/fill-macro.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { useActionWords } from '../../../ui/macro/action-words.ts';
import { replyArea } from './insert-macro.ts';
import { setWithReply, useMacros } from './macro-store.ts';
import './macros.css';
import { gapName } from './use-macro.ts';

/** What happens with the reply, and what of it is still to be filled in. */
export function MacroBar({ caseId, text }: { readonly caseId: CaseId; readonly text: string }): ReactNode {
  const t = useWords('macros');
  const formats = useFormats();
  const words = useActionWords();
  const withReply = useMacros((state) => state.withReply[caseId]);
  const gaps = gapsIn(text);
  return (
    <>
      {gaps.length > 0 && (
        <p className="ib-macro-bar" data-tone="soon" role="status">
          <span>{t('gaps', { names: formats.list(gaps.map(gapName)) })}</span>
          <Button
            size="sm"
            onClick={() => {
              const area = replyArea();
              const at = area === null ? null : firstGap(area.value);
              area?.focus();
              if (at !== null) area?.setSelectionRange(at.from, at.to);
            }}
          >
            {t('toGap')}
          </Button>
        </p>
      )}
      {withReply !== undefined && (
        <p className="ib-macro-bar">
          <Zap aria-hidden="true" />
          <span>{t('withSend', { what: formats.list(withReply.actions.map(words)) })}</span>
          <IconButton label={t('withSendDrop')} icon={<X aria-hidden="true" />} onClick={() => setWithReply(caseId, null)} />
        </p>
      )}
    </>
  );
}
