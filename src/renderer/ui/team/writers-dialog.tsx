import { PenLine } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { WrittenCase } from '../../../shared/contract/team.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { useDialogKeys } from '../dialog-keys.ts';
import './writers-dialog.css';

/** Something is to be done to many cases, and colleagues are writing in some of them. */
export interface WritersQuestion {
  readonly caseIds: readonly CaseId[];
  readonly written: readonly WrittenCase[];
  /** Answers with the cases that it is to be done to; null: to none. */
  readonly answer: (caseIds: readonly CaseId[] | null) => void;
}

/** Before something is done to many cases: where colleagues are writing, and whether those are left out. Asked from within a dialog, it stands in that one. */
export function WritersDialog({ question }: { readonly question: WritersQuestion | null }): ReactNode {
  return question === null ? null : <Question {...question} />;
}

function Question({ caseIds, written, answer }: WritersQuestion): ReactNode {
  const t = useWords('collision');
  const formats = useFormats();
  const skipButton = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const anyway = (): void => answer(caseIds);
  const cancel = (): void => answer(null);
  const others = caseIds.filter((caseId) => !written.some((each) => each.caseId === caseId));
  const isAll = others.length === 0;
  useDialogKeys(true, { d: anyway }, list);
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
      <ul ref={list} className="m-writers" aria-label={t('bulk.who')} tabIndex={0}>
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
