import { FlaskConical, Mail, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import { AccountLines, accountState, STATE_TONE } from '../../../frame/sync-state.tsx';
import { errorText } from '../../../i18n/error-text.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { AlertDialog } from '../../../ui/dialog.tsx';
import { ProgressBar } from '../../../ui/progress.tsx';
import { showToast } from '../../../ui/toast.tsx';

/** One connected mailbox: its state, what happens next, and what can be done with it. */
export function MailboxRow({ account, onEdit }: { readonly account: AccountRow; readonly onEdit: () => void }): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const tErrors = useWords('errors');
  const tChannels = useWords('channels');
  const [isRemoving, setRemoving] = useState(false);
  const { accountId, address, config } = account;
  const state = accountState(account);
  const remove = async (): Promise<void> => {
    setRemoving(false);
    const answer = await call('accounts.remove', { opId: newOperationId(), accountId });
    showToast(
      answer.ok ? { title: t('mailboxes.removed', { address }) } : { title: errorText(tErrors, answer.error.code), tone: 'problem' },
    );
  };
  return (
    <article className="mailbox-row" aria-label={address}>
      {account.kind === 'sample' ? <FlaskConical aria-hidden="true" /> : <Mail aria-hidden="true" />}
      <div className="mailbox-title">
        <strong className="truncate">{address}</strong>
        {account.name !== '' && <span className="muted truncate">{account.name}</span>}
        <Badge tone={STATE_TONE[state]}>{t(`frame:sync.${state}`)}</Badge>
      </div>
      <div className="mailbox-buttons">
        {config !== null && (
          <>
            <IconButton
              label={t('mailboxes.syncNow')}
              icon={<RefreshCw aria-hidden="true" />}
              onClick={() => void call('accounts.syncNow', { opId: newOperationId(), accountId })}
            />
            <IconButton label={t('mailboxes.edit')} icon={<Pencil aria-hidden="true" />} onClick={onEdit} />
            <IconButton label={t('mailboxes.remove')} icon={<Trash2 aria-hidden="true" />} onClick={() => setRemoving(true)} />
          </>
        )}
      </div>
      <div className="mailbox-details">
        {config !== null && (
          <p className="sync-account-line truncate">
            {t('mailboxes.folders', { count: config.folders.length })}: {config.folders.join(', ')}
          </p>
        )}
        <AccountLines account={account} />
        {account.backfill !== null && (
          <ProgressBar label={t('frame:sync.backfill')} done={account.backfill.done} total={account.backfill.total} />
        )}
      </div>
      <AlertDialog
        open={isRemoving}
        onOpenChange={setRemoving}
        title={t('mailboxes.removeTitle', { address })}
        description={[
          t('mailboxes.removeText'),
          ...(account.queued > 0 ? [tChannels('removeQueued', { count: account.queued })] : []),
        ].join(' ')}
        confirmLabel={t('mailboxes.remove')}
        danger
        onConfirm={() => void remove()}
      />
    </article>
  );
}
