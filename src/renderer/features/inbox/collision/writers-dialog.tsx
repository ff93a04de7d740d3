import { PenLine } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import './collision.css';
import { useDialogKeys } from './dialog-keys.ts';
import { useWriters } from './writers-store.ts';

/** Before something is done to many cases: where colleagues are writing, and whether those are left out. */
export function WritersDialog(): ReactNode {
  const question = useWriters((state) => state.question);
  return question === null ? null : <Question {...question} />;
}

function Question({ caseIds, written, answer }: NonNullable<ReturnType<typeof useWriters.getState>['question']>): ReactNode {
  const { t } = useTranslation('collision');
  const formats = useFormats();
  const skipButton = useRef<HTMLButtonElement>(null);
  const anyway = (): void => answer(caseIds);
  const cancel = (): void => answer(null);
  const others = caseIds.filter((caseId) => !written.some((each) => each.caseId === caseId));
  const isAll = others.length === 0;
  useDialogKeys(true, { d: anyway });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) cancel();
      }}
      title={t(isAll ? 'bulk.titleAll' : 'bulk.title', { count: written.length })}
      description={t('bulk.hint')}
      initialFocus={skipButton}
      footer={
        <>
          {!isAll && (
            <Button shortcut="escape" onClick={cancel}>
              {t('bulk.cancel')}
            </Button>
          )}
          <Button shortcut="d" onClick={anyway}>
            {t('bulk.anyway')}
          </Button>
          <Button ref={skipButton} variant="primary" shortcut="enter" onClick={isAll ? cancel : () => answer(others)}>
            {isAll ? t('bulk.cancel') : t('bulk.skip', { count: written.length })}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keyboard has to reach it */}
      <ul className="ib-writers" aria-label={t('bulk.who')} tabIndex={0}>
        {written.map(({ caseId, subject, names }) => (
          <li key={caseId}>
            <PenLine aria-hidden="true" />
            <strong className="truncate">{subject.trim() === '' ? t('bulk.noSubject') : subject}</strong>
            <span className="muted">{formats.list(names)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
