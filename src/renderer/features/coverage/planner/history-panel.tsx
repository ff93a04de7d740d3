import { History, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLive } from '../../../bridge/use-live.ts';
import type { PublicationRow } from '../../../../shared/contract/coverage.contract.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { tellProblem } from './edit-plan.ts';
import { ChangeList } from './publish-dialog.tsx';
import type { ShiftWords } from './shift-words.ts';
import { SideFrame } from './side-frame.tsx';

/** What was published when and by whom; each can be looked at and taken back. */
export function HistoryPanel({ canPlan, words }: { readonly canPlan: boolean; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const tErrors = useWords('errors');
  const formats = useFormats();
  const live = useLive('plan.publications', { limit: 100 });
  const [shown, setShown] = useState<PublicationRow | null>(null);
  return (
    <SideFrame title={t('side.history')}>
      {live.state === 'loading' && <Spinner />}
      {live.state === 'error' && <p role="alert">{errorText(tErrors, live.error.code)}</p>}
      {live.state === 'ready' && live.value.length === 0 && (
        <p className="plan-side-empty">
          <History aria-hidden="true" />
          {t('side.noHistory')}
        </p>
      )}
      <ul className="plan-requests">
        {live.state === 'ready' &&
          live.value.map((row) => (
            <li key={row.publicationId} className="plan-request">
              <div className="plan-publication">
                <strong className="tabular">{formats.dateTime(row.at)}</strong>
                {row.reverts !== null && <Badge tone="waived">{t('history.takesBack')}</Badge>}
                <span className="plan-issue-when">
                  {t('history.changed', { count: row.changed })}
                  {row.byName !== null && ` · ${row.byName}`}
                </span>
                {row.note !== '' && <q>{row.note}</q>}
              </div>
              <div className="plan-decision">
                <Button
                  size="sm"
                  icon={<Undo2 aria-hidden="true" />}
                  disabled={!canPlan || !row.isRevertible}
                  onClick={() => setShown(row)}
                >
                  {t('history.revert')}
                </Button>
              </div>
            </li>
          ))}
      </ul>
      {shown !== null && <RevertDialog row={shown} words={words} onClose={() => setShown(null)} />}
    </SideFrame>
  );
}

/** What taking a publishing back changes, and which shifts are left alone because they were changed since. */
function RevertDialog({
  row,
  words,
  onClose,
}: {
  readonly row: PublicationRow;
  readonly words: ShiftWords;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const tErrors = useWords('errors');
  const formats = useFormats();
  const diff = useLive('plan.revertDiff', { publicationId: row.publicationId });
  const [isWorking, setWorking] = useState(false);
  const conflicts = diff.state === 'ready' ? diff.value.conflicts : [];
  const changes = diff.state === 'ready' ? diff.value.changes : [];
  const revert = async (): Promise<void> => {
    setWorking(true);
    const answer = await call('plan.revert', { opId: newOperationId(), publicationId: row.publicationId });
    setWorking(false);
    onClose();
    if (!answer.ok) {
      tellProblem(answer.error.code, 'plan:failed.revert');
      return;
    }
    const { changed, conflicts: left } = answer.value;
    showToast({
      title: t('history.reverted', { count: changed }),
      description: left.length === 0 ? undefined : t('history.left', { count: left.length }),
      tone: 'ok',
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('history.title', { when: formats.dateTime(row.at) })}
      description={t('history.text')}
      footer={
        <>
          <Button onClick={onClose}>{tFrame('common.cancel')}</Button>
          <Button variant="danger" loading={isWorking} disabled={changes.length === 0} onClick={() => void revert()}>
            {t('history.confirm', { count: changes.length })}
          </Button>
        </>
      }
    >
      {diff.state === 'loading' && <Spinner />}
      {diff.state === 'error' && <p role="alert">{errorText(tErrors, diff.error.code)}</p>}
      {diff.state === 'ready' && (
        <div className="plan-publish">
          <section>
            <h3>{t('publish.changes', { count: changes.length })}</h3>
            <ChangeList changes={changes} words={words} />
          </section>
          {conflicts.length > 0 && (
            <section>
              <h3>{t('history.conflicts', { count: conflicts.length })}</h3>
              <p className="muted">{t('history.conflictsText')}</p>
              <ChangeList changes={conflicts} words={words} />
            </section>
          )}
        </div>
      )}
    </Dialog>
  );
}
