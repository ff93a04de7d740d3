import { Cloud, CloudAlert, CloudCheck, CloudOff, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { call, newOperationId } from '../bridge/client.ts';
import { useLiveValue } from '../bridge/use-live.ts';
import type { AccountRow } from '../../shared/contract/workspace.contract.ts';
import { channelProblemText } from '../i18n/channel-problem.ts';
import { errorText } from '../i18n/error-text.ts';
import { nextRelativeChange } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useNow } from '../state/clock-store.ts';
import { addMailbox, openSettings } from '../state/session.ts';
import { Badge } from '../ui/badge.tsx';
import type { BadgeTone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { ProgressBar } from '../ui/progress.tsx';

export type Overall = 'none' | 'problem' | 'offline' | 'connecting' | 'syncing' | 'paused' | 'online';

const NO_ACCOUNTS: readonly AccountRow[] = [];
const ORDER: readonly Overall[] = ['problem', 'offline', 'connecting', 'syncing', 'online', 'paused'];
const CLASS: Readonly<Record<Overall, string>> = {
  none: '',
  problem: 'sync-problem',
  offline: 'sync-offline',
  connecting: 'sync-busy',
  syncing: 'sync-busy',
  paused: 'sync-offline',
  online: 'sync-ok',
};
/** The colour that goes with the word. */
export const STATE_TONE: Readonly<Record<Overall, BadgeTone>> = {
  none: 'neutral',
  problem: 'breach',
  offline: 'paused',
  connecting: 'accent',
  syncing: 'accent',
  paused: 'paused',
  online: 'ok',
};

/** One word for the state of a mailbox. */
export function accountState(account: AccountRow): Overall {
  return channelState(account);
}

/** The same for any channel. */
export function channelState(account: Pick<AccountRow, 'state' | 'backfill' | 'code'>): Overall {
  // it goes on by itself: nobody can mend it, and nobody has to
  if (account.state === 'problem' && account.code === 'rate-limited') return 'paused';
  if (account.backfill !== null && (account.state === 'live' || account.state === 'syncing')) return 'syncing';
  return account.state === 'live' || account.state === 'idle' ? 'online' : account.state;
}

/** Whether it is looked after under Channels, and not under Mailboxes. */
function isChannel({ kind }: AccountRow): boolean {
  return kind !== 'email' && kind !== 'sample';
}

/** The worst state of all mailboxes: what needs a person comes first. */
export function overallState(accounts: readonly AccountRow[]): Overall {
  const states = accounts.map(accountState);
  return ORDER.find((state) => states.includes(state)) ?? 'none';
}

/** The state of the mailboxes in one icon and a word; the details of each in a popover. */
export function SyncState(): ReactNode {
  const t = useWords('frame');
  const accounts = useLiveValue('accounts.list', {}, NO_ACCOUNTS);
  const overall = overallState(accounts);
  const worst = accounts.find((account) => accountState(account) === overall);
  const [isOpen, setOpen] = useState(false);
  /** What leads elsewhere leaves nothing over it. */
  const leave = (go: () => void): void => {
    setOpen(false);
    go();
  };
  const word = t(`sync.${overall}`);
  return (
    <Popover
      side="right"
      align="end"
      title={t('sync.label')}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={`rail-item ${CLASS[overall]}`} aria-label={`${t('sync.label')}: ${word}`}>
          <StateIcon state={overall} />
          <span>{word}</span>
        </button>
      }
    >
      <div className="sync-panel">
        {accounts.length === 0 && (
          <>
            <p className="muted">{t('sync.noneHint')}</p>
            <div className="sync-actions">
              <Button size="sm" variant="primary" onClick={() => leave(addMailbox)}>
                {t('sync.connect')}
              </Button>
            </div>
          </>
        )}
        <div>
          {accounts.map((account) => (
            <AccountState key={account.accountId} account={account} />
          ))}
        </div>
        {overall === 'offline' && <p className="sync-account-line">{t('sync.offlineHint')}</p>}
        {accounts.some((account) => account.kind !== 'sample') && (
          <div className="sync-actions">
            <Button
              size="sm"
              icon={<RefreshCw aria-hidden="true" />}
              onClick={() => void call('accounts.syncNow', { opId: newOperationId(), accountId: null })}
            >
              {t('sync.syncNow')}
            </Button>
            {overall === 'problem' && (
              <Button
                size="sm"
                variant="primary"
                onClick={() => leave(() => openSettings(worst !== undefined && isChannel(worst) ? 'channels' : 'mailboxes'))}
              >
                {t('sync.fix')}
              </Button>
            )}
          </div>
        )}
      </div>
    </Popover>
  );
}

function StateIcon({ state }: { readonly state: Overall }): ReactNode {
  if (state === 'problem') return <CloudAlert aria-hidden="true" />;
  if (state === 'offline' || state === 'paused') return <CloudOff aria-hidden="true" />;
  if (state === 'online') return <CloudCheck aria-hidden="true" />;
  if (state === 'none') return <Cloud aria-hidden="true" />;
  return <RefreshCw aria-hidden="true" />;
}

function AccountState({ account }: { readonly account: AccountRow }): ReactNode {
  const t = useWords('frame');
  const state = accountState(account);
  // a channel's address is the number of a bot or of a user
  const name = isChannel(account) && account.name !== '' ? account.name : account.address;
  return (
    <section className="sync-account" aria-label={name}>
      <div className="sync-account-head">
        <strong className="truncate">{name}</strong>
        <Badge tone={STATE_TONE[state]}>{t(`sync.${state}`)}</Badge>
      </div>
      <AccountLines account={account} />
      {account.backfill !== null && <ProgressBar label={t('sync.backfill')} done={account.backfill.done} total={account.backfill.total} />}
    </section>
  );
}

/** Why a mailbox is in its state and what happens next, in plain words. */
export function AccountLines({ account }: { readonly account: AccountRow }): ReactNode {
  const t = useWords('frame');
  const tErrors = useWords('errors');
  const tChannels = useWords('channels');
  const formats = useFormats();
  const now = useNow((current) => nextRelativeChange(account.nextAttemptAt ?? account.lastSyncAt ?? account.since, current));
  const isDown = account.state === 'offline' || account.state === 'problem';
  return (
    <>
      {account.kind === 'sample' && <p className="sync-account-line">{t('sync.sampleMailbox')}</p>}
      {account.state === 'offline' && (
        <p className="sync-account-line">{t('sync.offlineSince', { when: formats.dateTime(account.since) })}</p>
      )}
      {account.code !== null && (
        <p className="sync-account-line" data-problem={accountState(account) === 'problem' || undefined}>
          {isChannel(account) ? channelProblemText(tChannels, tErrors, account.code) : errorText(tErrors, account.code)}
        </p>
      )}
      {account.code !== null && account.detail !== '' && <p className="sync-account-line">{account.detail}</p>}
      {isDown && account.nextAttemptAt !== null && (
        <p className="sync-account-line">{t('sync.nextAttempt', { when: formats.relative(account.nextAttemptAt, now) })}</p>
      )}
      {!isDown && account.kind !== 'sample' && account.lastSyncAt !== null && (
        <p className="sync-account-line">{t('sync.lastSync', { when: formats.relative(account.lastSyncAt, now) })}</p>
      )}
      {account.setAside > 0 && (
        <p className="sync-account-line" data-problem>
          {tErrors('accounts.set-aside', { count: account.setAside })}
        </p>
      )}
      {account.queued > 0 && <p className="sync-account-line">{t('sync.queued', { count: account.queued })}</p>}
    </>
  );
}
