import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveValue } from '../../../bridge/use-live.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import type { AccountId } from '../../../../shared/domain/ids.ts';
import { AccountLines } from '../../../frame/sync-state.tsx';
import { openView } from '../../../state/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ProgressBar } from '../../../ui/progress.tsx';

const NO_ACCOUNTS: readonly AccountRow[] = [];

interface DoneStepProps {
  readonly address: string;
  readonly accountId: AccountId | null;
  readonly onClose: () => void;
}

/** The mailbox is connected; older mail comes in while one already works. */
export function DoneStep({ address, accountId, onClose }: DoneStepProps): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const account = useLiveValue('accounts.list', {}, NO_ACCOUNTS).find((each) => each.accountId === accountId);
  const isWaiting = account === undefined || account.state === 'idle' || account.state === 'connecting';
  return (
    <div className="wizard">
      <p className="wizard-note">
        <CircleCheck aria-hidden="true" />
        <span>
          <strong>{t('mailboxes.wizard.doneTitle', { address })}</strong>
          <br />
          {t('mailboxes.wizard.doneText')}
        </span>
      </p>
      {account !== undefined && account.code !== null && <AccountLines account={account} />}
      {account?.backfill ? (
        <ProgressBar label={t('mailboxes.wizard.doneBackfill')} done={account.backfill.done} total={account.backfill.total} />
      ) : (
        <p className="muted" role="status">
          {isWaiting ? t('mailboxes.wizard.doneWaiting') : account.state === 'live' ? t('mailboxes.wizard.doneAll') : ''}
        </p>
      )}
      <div className="vault-buttons">
        <Button onClick={onClose}>{t('frame:common.close')}</Button>
        <Button
          variant="primary"
          onClick={() => {
            onClose();
            openView('unassigned');
          }}
        >
          {t('mailboxes.wizard.toInbox')}
        </Button>
      </div>
    </div>
  );
}
