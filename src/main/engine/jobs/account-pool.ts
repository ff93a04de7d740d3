import { startAccountSync } from './account-sync.ts';
import type { AccountStatus, AccountSync, AccountSyncDeps } from './account-sync.ts';
import type { ChannelConnector, ConnectorIo } from '../channels/connector.ts';
import { accountByUid, listAccounts } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import type { Arrival } from '../usecases/ingest-batch.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';

/** Makes the connector of an account; the password is null for accounts without one. */
export type ConnectorFactory = (account: StoredAccount, password: string | null, io: ConnectorIo) => ChannelConnector;

export interface AccountPoolDeps extends Omit<AccountSyncDeps, 'onStatus' | 'onOnline' | 'onArrivals'> {
  readonly shell: ShellPort;
  readonly createConnector: ConnectorFactory;
  readonly onStatus: (account: AccountId, status: AccountStatus) => void;
  readonly onOnline: (account: AccountId) => void;
  readonly onArrivals: (arrivals: readonly Arrival[]) => void;
}

/** All connected accounts, each syncing on its own. */
export interface AccountPool extends AsyncDisposable {
  startAll(): Promise<void>;
  /** Starts or restarts one account, after it was added or its settings changed. */
  restart(account: AccountId): Promise<void>;
  stop(account: AccountId): Promise<void>;
  nudge(account: AccountId | null): void;
  statusOf(account: AccountId): AccountStatus | null;
  /** The connector while it is online, else null. */
  onlineConnector(account: AccountId): ChannelConnector | null;
}

/** Where the password of an account is kept in the vault. */
export function secretRef(account: AccountId): string {
  return `account:${account}`;
}

export function createAccountPool(deps: AccountPoolDeps): AccountPool {
  const syncs = new Map<AccountId, AccountSync>();
  const statuses = new Map<AccountId, AccountStatus>();

  function report(account: AccountId, status: AccountStatus): void {
    statuses.set(account, status);
    deps.onStatus(account, status);
  }

  async function start(account: StoredAccount): Promise<void> {
    if (syncs.has(account.uid)) return;
    let password: string | null = null;
    if (account.kind === 'email') {
      password = await deps.shell.request('secret.get', { ref: secretRef(account.uid) });
      if (password === null) {
        const vault = await deps.shell.request('vault.status', null);
        report(account.uid, {
          state: 'problem',
          since: deps.clock.now(),
          code: vault.state === 'locked' ? 'vault-locked' : 'password-missing',
          detail: '',
          lastSyncAt: null,
          nextAttemptAt: null,
          backfill: null,
        });
        return;
      }
    }
    const sync = startAccountSync(
      {
        ...deps,
        onStatus: (status) => report(account.uid, status),
        onArrivals: deps.onArrivals,
        onOnline: () => deps.onOnline(account.uid),
      },
      account,
      (onHealth) => deps.createConnector(account, password, { clock: deps.clock, log: deps.log, onHealth }),
    );
    syncs.set(account.uid, sync);
  }

  async function stop(account: AccountId): Promise<void> {
    const sync = syncs.get(account);
    syncs.delete(account);
    statuses.delete(account);
    await sync?.[Symbol.asyncDispose]();
  }

  return {
    startAll: async () => {
      for (const account of deps.store.read(listAccounts)) await start(account);
    },
    restart: async (account) => {
      await stop(account);
      const stored = deps.store.read((db) => accountByUid(db, account));
      if (stored !== undefined && stored.removedAt === null) await start(stored);
    },
    stop,
    nudge: (account) => {
      for (const [uid, sync] of syncs) if (account === null || uid === account) sync.nudge();
    },
    statusOf: (account) => statuses.get(account) ?? null,
    onlineConnector: (account) => {
      const sync = syncs.get(account);
      return sync?.online === true ? sync.connector : null;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled([...syncs.keys()].map(stop));
    },
  };
}
