import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import { RELEASE_REASONS } from '../../../shared/domain/promise/promise.ts';
import type { ReleaseReason } from '../../../shared/domain/promise/promise.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { showToast } from '../../ui/toast.tsx';
import { closeDialog, usePromises } from './promises.store.ts';

/** What is said about a promise by hand: that it was kept, or why nobody owes it any more. */
export function SettleDialogs(): ReactNode {
  const dialog = usePromises((state) => state.dialog);
  if (dialog === null) return null;
  return dialog.kind === 'keep' ? <KeepDialog row={dialog.row} /> : <ReleaseDialog row={dialog.row} />;
}

/** Asks the engine and says how it went. */
function useSettle(): { readonly isBusy: boolean; readonly settle: (ask: () => Promise<string | null>, done: string) => Promise<void> } {
  const t = useWords('promises');
  const tErrors = useWords('errors');
  const [isBusy, setBusy] = useState(false);
  const settle = async (ask: () => Promise<string | null>, done: string): Promise<void> => {
    setBusy(true);
    const code = await ask();
    setBusy(false);
    closeDialog();
    if (code === null) showToast({ title: done, tone: 'ok' });
    else
      showToast({ title: t('failed'), description: code === 'settled' ? t('error.settled') : errorText(tErrors, code), tone: 'problem' });
  };
  return { isBusy, settle };
}

function Quote({ row }: { readonly row: PromiseRow }): ReactNode {
  const t = useWords('promises');
  return (
    <blockquote className="promises-quote">
      <p dir="auto">{row.promise.text}</p>
      <p className="promises-second muted" dir="auto">
        {row.contactName === '' ? t('someone') : row.contactName}
      </p>
    </blockquote>
  );
}

function KeepDialog({ row }: { readonly row: PromiseRow }): ReactNode {
  const { t } = useTranslation(['promises', 'frame']);
  const { isBusy, settle } = useSettle();
  const confirm = async (): Promise<string | null> => {
    const answer = await call('promises.keep', { opId: newOperationId(), caseId: row.caseId, promiseId: row.promise.promiseId });
    return answer.ok ? null : answer.error.code;
  };
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={closeDialog}
      title={t('keep.title')}
      description={t('keep.text')}
      footer={
        <>
          <Button onClick={closeDialog}>{t('frame:common.cancel')}</Button>
          <Button variant="primary" loading={isBusy} onClick={() => void settle(confirm, t('keep.done'))}>
            {t('keep.confirm')}
          </Button>
        </>
      }
    >
      <Quote row={row} />
    </Dialog>
  );
}

/** What is past may only be corrected: the text promised nothing. */
function reasonsOf(row: PromiseRow): readonly ReleaseReason[] {
  return row.promise.state === 'open' ? RELEASE_REASONS : ['not-a-promise'];
}

function ReleaseDialog({ row }: { readonly row: PromiseRow }): ReactNode {
  const { t } = useTranslation(['promises', 'frame']);
  const { isBusy, settle } = useSettle();
  const reasons = reasonsOf(row);
  const isLate = row.promise.state !== 'open';
  const [reason, setReason] = useState<ReleaseReason>(reasons[0] ?? 'not-a-promise');
  const confirm = async (): Promise<string | null> => {
    const { caseId, promise } = row;
    const answer = await call('promises.release', { opId: newOperationId(), caseId, promiseId: promise.promiseId, reason });
    return answer.ok ? null : answer.error.code;
  };
  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title={t(isLate ? 'release.titleLate' : 'release.title')}
      description={t(isLate ? 'release.textLate' : 'release.text')}
      footer={
        <>
          <Button onClick={closeDialog}>{t('frame:common.cancel')}</Button>
          <Button variant="primary" loading={isBusy} onClick={() => void settle(confirm, t('release.done'))}>
            {t('release.confirm')}
          </Button>
        </>
      }
    >
      <Quote row={row} />
      <RadioCards<ReleaseReason>
        label={t('release.why')}
        value={reason}
        onChange={setReason}
        options={reasons.map((each) => ({
          value: each,
          label: `${t(`release.${each}`)}. ${t(`release.${each}Hint`)}`,
          content: (
            <span>
              {t(`release.${each}`)}
              <span className="promises-second muted">{t(`release.${each}Hint`)}</span>
            </span>
          ),
        }))}
      />
    </Dialog>
  );
}
