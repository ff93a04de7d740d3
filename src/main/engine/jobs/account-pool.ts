import { startAccountSync } from './account-sync.ts';
import type { AccountStatus, AccountSync, AccountSyncDeps } from './account-sync.ts';
import type { ChannelConnector, ConnectorIo, Conversations } from '../channels/connector.ts';
import { accountByUid, listAccounts } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import type { Arrival } from '../usecases/ingest-batch.ts';
import { knownMessages } from '../usecases/known-messages.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';

/** Makes the connector of an account; the secret is null for accounts without one. */
export type ConnectorFactory = (account: StoredAccount, secret: string | null, io: ConnectorIo) => ChannelConnector;

export interface AccountPoolDeps extends Omit<AccountSyncDeps, 'onStatus' | 'onOnline' | 'onArrivals'> {
  readonly shell: ShellPort;
  readonly createConnector: ConnectorFactory;
  readonly onStatus: (account: AccountId, status: AccountStatus) => void;
  readonly onOnline: (account: AccountId) => void;
  readonly onArrivals: (arrivals: readonly Arrival[]) => void;
  /** A customer types in a conversation of the account, or has stopped. */
  readonly onTyping?: (account: AccountId, conversation: string, isTyping: boolean) => void;
  /** The fence of the lease under which the account runs here; null in a workspace of one. */
  readonly fenceOf?: (account: AccountId) => number | null;
  /** For channels that travel over the team's hub, and tell their customers how a conversation stands. */
  readonly hub?: NonNullable<ConnectorIo['hub']>;
  readonly conversationsOf?: (account: AccountId) => Conversations;
  /** Whether an account may run at this workstation; in a team one at a time runs it. Every one may when it is left out. */
  readonly mayRun?: (account: AccountId) => boolean;
}

/** All connected accounts, each syncing on its own. */
export interface AccountPool extends AsyncDisposable {
  startAll(): Promise<void>;
  /** Starts or restarts one account, after it was added or its settings changed. */
  restart(account: AccountId): Promise<void>;
  stop(account: AccountId): Promise<void>;
  /** Starts or stops an account when `mayRun` says another thing than before; leaves it alone when it does not. */
  follow(account: AccountId): Promise<void>;
  nudge(account: AccountId | null): void;
  statusOf(account: AccountId): AccountStatus | null;
  /** The connector while it is online, else null. */
  onlineConnector(account: AccountId): ChannelConnector | null;
}

/** Where the password, token or key of an account is kept in the vault. */
export function secretRef(account: AccountId): string {
  return `account:${account}`;
}

export function createAccountPool(deps: AccountPoolDeps): AccountPool {
  const syncs = new Map<AccountId, AccountSync>();
  const statuses = new Map<AccountId, AccountStatus>();
  /** What is being done to an account; the next thing waits for it. */
  const turns = new Map<AccountId, Promise<void>>();
  const mayRun = deps.mayRun ?? (() => true);
  let closed = false;

  /**
   * Runs one thing at a time for an account. Starting waits for the keychain: without turns, two starts would make two
   * syncs of which one could never be stopped, and a removal meanwhile would be lost.
   */
  async function inTurn(account: AccountId, work: () => Promise<void>): Promise<void> {
    const before = turns.get(account) ?? Promise.resolve();
    const turn = before.then(work);
    const settled = turn.catch(() => {});
    turns.set(account, settled);
    await turn;
    if (turns.get(account) === settled) turns.delete(account);
  }

  function report(account: AccountId, status: AccountStatus): void {
    statuses.set(account, status);
    deps.onStatus(account, status);
  }

  function reportProblem(account: AccountId, code: string, detail: string): void {
    const since = deps.clock.now();
    report(account, {
      state: 'problem',
      since,
      code,
      detail,
      lastSyncAt: null,
      nextAttemptAt: null,
      backfill: null,
      lagMs: null,
      budget: null,
    });
  }

  /** Never rejects: one account that can not be started must not keep the others from it. */
  async function start(uid: AccountId): Promise<void> {
    try {
      await startStored(uid);
    } catch (error) {
      deps.log('error', 'an account can not be started', { account: uid, error });
      reportProblem(uid, 'internal', error instanceof Error ? error.message : String(error));
    }
  }

  async function startStored(uid: AccountId): Promise<void> {
    if (closed || syncs.has(uid) || !mayRun(uid)) return;
    const account = deps.store.read((db) => accountByUid(db, uid));
    if (account === undefined || account.removedAt !== null || account.isElsewhere === true) return;
    let secret: string | null = null;
    if (account.kind !== 'sample') {
      secret = await deps.shell.request('secret.get', { ref: secretRef(uid) });
      if (secret === null) {
        const vault = await deps.shell.request('vault.status', null);
        reportProblem(uid, vault.state === 'locked' ? 'vault-locked' : 'password-missing', '');
        return;
      }
    }
    if (closed) return;
    const sync = startAccountSync(
      {
        ...deps,
        onStatus: (status) => report(uid, status),
        onArrivals: deps.onArrivals,
        onOnline: () => deps.onOnline(uid),
      },
      account,
      (onHealth) =>
        deps.createConnector(account, secret, {
          clock: deps.clock,
          log: deps.log,
          onHealth,
          onTyping: (conversation, isTyping) => deps.onTyping?.(uid, conversation, isTyping),
          saveSecret: async (fresh) => {
            await deps.shell.request('secret.set', { ref: secretRef(uid), value: fresh });
          },
          fence: () => deps.fenceOf?.(uid) ?? null,
          known: knownMessages(deps.store, uid, deps.log),
          ...(deps.hub === undefined ? {} : { hub: deps.hub }),
          ...(deps.conversationsOf === undefined ? {} : { conversations: deps.conversationsOf(uid) }),
        }),
    );
    syncs.set(uid, sync);
  }

  async function stop(account: AccountId): Promise<void> {
    const sync = syncs.get(account);
    syncs.delete(account);
    await sync?.[Symbol.asyncDispose]();
    statuses.delete(account);
  }

  return {
    startAll: async () => {
      await Promise.all(deps.store.read(listAccounts).map(async ({ uid }) => inTurn(uid, async () => start(uid))));
    },
    restart: async (account) =>
      inTurn(account, async () => {
        await stop(account);
        await start(account);
      }),
    stop: async (account) => inTurn(account, async () => stop(account)),
    follow: async (account) => inTurn(account, async () => (mayRun(account) ? start(account) : stop(account))),
    nudge: (account) => {
      for (const [uid, sync] of syncs) if (account === null || uid === account) sync.nudge();
    },
    statusOf: (account) => statuses.get(account) ?? null,
    onlineConnector: (account) => {
      const sync = syncs.get(account);
      return sync?.online === true ? sync.connector : null;
    },
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await Promise.allSettled(turns.values());
      await Promise.allSettled([...syncs.keys()].map(stop));
    },
  };
}
