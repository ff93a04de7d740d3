import { CircleSlash } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { FilledFor } from '../../../../shared/contract/macros.contract.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useActionWords } from '../../../ui/macro/action-words.ts';
import { useMacros } from './macro-store.ts';
import { TextWithGaps } from './text-with-gaps.tsx';
import { applyMacro, problemText } from './use-macro.ts';

const NONE: readonly FilledFor[] = [];
/** As many as one can look through. */
const MOST_REPLIES = 200;

/** Who gets what, before anything is sent to many. */
export function MacroConfirm(): ReactNode {
  const confirm = useMacros((state) => state.confirm);
  return confirm === null ? null : <Question key={confirm.macroId} {...confirm} />;
}

function close(): void {
  useMacros.setState({ confirm: null });
}

function Question({ macroId, name, caseIds }: NonNullable<ReturnType<typeof useMacros.getState>['confirm']>): ReactNode {
  const t = useWords('macros');
  const formats = useFormats();
  const words = useActionWords();
  const [isBusy, setBusy] = useState(false);
  const isTooMany = caseIds.length > MOST_REPLIES;
  const actions = useLiveValue('macros.list', {}, null)?.find((each) => each.macroId === macroId)?.actions ?? [];
  // what is sent is what somebody has seen
  const rows: readonly FilledFor[] = useLiveValue('macros.preview', isTooMany ? null : { macroId, caseIds: [...caseIds] }, NONE);
  const replies = rows.flatMap(({ caseId, text, problem }) => (problem === null && text !== null ? [{ caseId, text }] : []));
  const run = async (sent: typeof replies): Promise<void> => {
    setBusy(true);
    const isDone = await applyMacro(macroId, name, caseIds, sent);
    setBusy(false);
    if (isDone) close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      size="lg"
      title={t('confirm.title', { name, count: caseIds.length })}
      description={actions.length === 0 ? t('confirm.hintNoActions') : t('confirm.hint', { what: formats.list(actions.map(words)) })}
      footer={
        <>
          <Button onClick={close}>{t('confirm.cancel')}</Button>
          {actions.length > 0 && (
            <Button loading={isBusy} onClick={() => void run([])}>
              {t('confirm.actions')}
            </Button>
          )}
          <Button variant="primary" disabled={replies.length === 0} loading={isBusy} onClick={() => void run(replies)}>
            {replies.length === 0 ? t('confirm.sendNone') : t('confirm.send', { count: replies.length })}
          </Button>
        </>
      }
    >
      {isTooMany ? (
        <p>{t('confirm.tooMany', { count: MOST_REPLIES })}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keyboard has to reach it
        <ul className="ib-macro-who" aria-label={t('confirm.who')} tabIndex={0}>
          {rows.map((row) => (
            <li key={row.caseId}>
              <p className="ib-macro-whom">
                <strong>{row.contactName}</strong> <span className="truncate muted">{row.subject}</span>{' '}
                {row.language !== null && (
                  <span className="ib-macro-language muted">
                    {t(row.isFallback ? 'fallback' : 'inLanguage', { language: formats.languageName(row.language) })}
                  </span>
                )}
              </p>
              {row.problem !== null && (
                <p className="ib-macro-problem">
                  <CircleSlash aria-hidden="true" />
                  {t('confirm.skipped', { why: problemText(row.problem, row.gaps) })}
                </p>
              )}
              {row.text !== null && (
                <p className="ib-macro-text" lang={row.language ?? undefined} dir="auto">
                  <TextWithGaps text={row.text} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
