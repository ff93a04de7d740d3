import { LockKeyhole, Mail, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../i18n/use-words.ts';
import { useLive, useLiveValue } from '../../../bridge/use-live.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import { openWorkspace } from '../../../frame/open-workspace.ts';
import { UnlockVaultDialog } from '../../../frame/vault-dialogs.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Failed } from '../../../ui/loaded.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { addMailbox, useSession } from '../../../state/session.ts';
import { Page } from '../../../ui/page.tsx';
import { MailboxRow } from './mailbox-row.tsx';
import { MailboxWizard } from './mailbox-wizard.tsx';

export function MailboxesPage(): ReactNode {
  const t = useWords('settings');
  const all = useLive('accounts.list', {});
  // channels beside mail have a page of their own
  const accounts = all.state === 'ready' ? { ...all, value: all.value.filter(({ kind }) => kind === 'email' || kind === 'sample') } : all;
  const isSample = useLiveValue('workspace.get', {}, null)?.workspace === 'sample';
  const isAdding = useSession((session) => session.isAddingMailbox) && !isSample;
  const [editing, setEditing] = useState<AccountRow | null>(null);
  const close = (): void => {
    setEditing(null);
    useSession.setState({ isAddingMailbox: false });
  };
  const hasAny = accounts.state === 'ready' && accounts.value.length > 0;
  return (
    <Page
      title={t('mailboxes.tab')}
      lead={t('mailboxes.lead')}
      aside={
        hasAny &&
        !isSample && (
          <Button variant="primary" icon={<Plus aria-hidden="true" />} onClick={addMailbox}>
            {t('mailboxes.add')}
          </Button>
        )
      }
    >
      <LockedStrip />
      <MailboxList accounts={accounts} isSample={isSample} onAdd={addMailbox} onEdit={setEditing} />
      {(isAdding || editing !== null) && <MailboxWizard account={isAdding ? null : editing} onClose={close} />}
    </Page>
  );
}

interface MailboxListProps {
  readonly accounts: ReturnType<typeof useLive<'accounts.list'>>;
  readonly isSample: boolean;
  readonly onAdd: () => void;
  readonly onEdit: (account: AccountRow) => void;
}

function MailboxList({ accounts, isSample, onAdd, onEdit }: MailboxListProps): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  if (accounts.state === 'loading') return <Spinner />;
  if (accounts.state === 'error') return <Failed code={accounts.error.code} />;
  return (
    <>
      {accounts.value.length > 0 && (
        <div className="mailbox-list">
          {accounts.value.map((account) => (
            <MailboxRow key={account.accountId} account={account} onEdit={() => onEdit(account)} />
          ))}
        </div>
      )}
      {isSample && (
        <div className="wizard-note">
          <span>
            {t('mailboxes.sampleText')}{' '}
            <button type="button" className="wizard-link" onClick={() => void openWorkspace('main')}>
              {t('frame:sample.leave')}
            </button>
          </span>
        </div>
      )}
      {accounts.value.length === 0 && !isSample && (
        <EmptyState
          icon={<Mail />}
          title={t('mailboxes.emptyTitle')}
          description={t('mailboxes.emptyText')}
          actions={
            <Button variant="primary" icon={<Plus aria-hidden="true" />} onClick={onAdd}>
              {t('mailboxes.add')}
            </Button>
          }
        />
      )}
    </>
  );
}

function LockedStrip(): ReactNode {
  const t = useWords('settings');
  const status = useLiveValue('vault.status', {}, null);
  const [isOpen, setOpen] = useState(false);
  if (status?.state !== 'locked') return null;
  return (
    <div className="vault-strip" role="alert">
      <LockKeyhole aria-hidden="true" />
      <div>
        <strong>{t('mailboxes.vault.lockedTitle')}</strong>
        <p>{t('mailboxes.vault.lockedText')}</p>
      </div>
      <Button onClick={() => setOpen(true)}>{t('mailboxes.vault.unlock')}</Button>
      <UnlockVaultDialog open={isOpen} onOpenChange={setOpen} />
    </div>
  );
}
