import { randomBytes } from 'node:crypto';
import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import { keepSecret } from './keep-secret.ts';
import type { EngineServices } from './services.ts';
import { accountIdFor } from '../identity.ts';
import { secretRef } from '../jobs/account-pool.ts';
import { accountByUid, listAccounts, quarantinedByAccount, removeAccount, saveAccount } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { queuedByAccount } from '../store/outbox.store.ts';
import { me, operationByUid } from '../store/settings.store.ts';
import { CommandFailure, once } from '../usecases/context.ts';
import { recordAccount } from '../usecases/team-untold.ts';
import type { AccountRow, accountsContract, EmailSettings } from '../../../shared/contract/workspace.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AccountId, OperationId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';

const NO_PASSWORD: ReadonlySet<string> = new Set(['vault-locked', 'password-missing']);

/** Whether a password goes to the same servers as before, as safely, for the same user. */
function isSameServer(known: EmailSettings, wanted: EmailSettings): boolean {
  const isSafe = (side: 'imap' | 'smtp'): boolean =>
    known[side].host.toLowerCase() === wanted[side].host.toLowerCase() &&
    (wanted[side].security !== 'none' || known[side].security === 'none');
  return known.user === wanted.user && isSafe('imap') && isSafe('smtp');
}

export function accountHandlers(services: EngineServices): HandlersOf<keyof typeof accountsContract> {
  const { context, shell, accounts } = services;

  function rowOf(account: StoredAccount, queued: number, setAside: number): AccountRow {
    const status = accounts.statusOf(account.uid);
    return {
      accountId: account.uid,
      kind: account.kind,
      address: account.address,
      name: account.name,
      state: status?.state ?? 'idle',
      since: status?.since ?? account.createdAt,
      code: status?.code ?? null,
      detail: status?.detail ?? '',
      lastSyncAt: status?.lastSyncAt ?? null,
      nextAttemptAt: status?.nextAttemptAt ?? null,
      backfill: status?.backfill ?? null,
      queued,
      setAside,
      config: account.settings,
    };
  }

  function storeAccount(opId: OperationId, name: string, uid: AccountId, settings: EmailSettings): void {
    once(context, opId, name, (tx) => {
      const known = accountByUid(tx, uid);
      saveAccount(tx, {
        uid,
        kind: 'email',
        address: settings.address.toLowerCase(),
        name: settings.name,
        tokenKey: known === undefined || known.tokenKey === '' ? randomBytes(32).toString('hex') : known.tokenKey,
        createdAt: known?.createdAt ?? context.clock.now(),
        removedAt: null,
        settings,
      });
      recordAccount(context.ledger, tx, uid, me(tx)?.agentId ?? null);
      return { value: { accountId: uid } };
    });
  }

  /**
   * The stored password, for settings of the server that it was given for. The page shows hostile mail: it must not be able
   * to have a password sent to a server of its choice.
   */
  async function storedPassword(accountId: AccountId, settings: EmailSettings): Promise<Result<string, CallError>> {
    const known = context.store.read((db) => accountByUid(db, accountId))?.settings ?? null;
    if (known === null || !isSameServer(known, settings)) return fail({ code: 'password-required', detail: '' });
    const secret = await shell.request('secret.get', { ref: secretRef(accountId) });
    return secret === null ? fail({ code: 'password-missing', detail: '' }) : ok(secret);
  }

  async function vaultChanged(): Promise<void> {
    services.changed('@vault');
    // the key to the hub is in there, too
    await services.team.start();
    await accounts.startAll();
  }

  return {
    'accounts.list': sql(
      (db) => {
        const queued = queuedByAccount(db);
        const setAside = quarantinedByAccount(db);
        // mailboxes that colleagues have connected are channels of the team, and none of this workstation's
        return listAccounts(db)
          .filter(({ isElsewhere }) => isElsewhere !== true)
          .map((account) => rowOf(account, queued.get(account.uid) ?? 0, setAside.get(account.uid) ?? 0));
      },
      ['@accounts'],
    ),
    'accounts.discover': later(({ address }) => services.mail.discover(address)),
    'accounts.test': later(async ({ settings, password, accountId }) => {
      if (password !== null || accountId === null) return services.mail.test(settings, password ?? '');
      const stored = await storedPassword(accountId, settings);
      if (stored.ok) return services.mail.test(settings, stored.value);
      const step = { ok: false, code: stored.error.code, detail: '' };
      return { imap: step, smtp: step, folders: [] };
    }),
    'accounts.add': async ({ opId, settings, password }) => {
      const uid = accountIdFor('email', settings.address);
      if (context.store.read((db) => operationByUid(db, opId)) !== undefined) return ok({ accountId: uid });
      const known = context.store.read((db) => accountByUid(db, uid));
      if (known !== undefined && known.removedAt === null && known.isElsewhere !== true)
        return fail({ code: 'already-connected', detail: settings.address });
      // The secret first: an account without its password could do nothing but complain.
      const kept = await keepSecret(shell, uid, password);
      if (!kept.ok) return kept;
      storeAccount(opId, 'accounts.add', uid, settings);
      await accounts.restart(uid);
      return ok({ accountId: uid });
    },
    'accounts.update': async ({ opId, accountId, settings, password }) => {
      const known = context.store.read((db) => accountByUid(db, accountId));
      if (known === undefined || known.removedAt !== null || known.settings === null) return fail({ code: 'not-found', detail: accountId });
      if (password === null && !isSameServer(known.settings, settings)) return fail({ code: 'password-required', detail: '' });
      if (password !== null) {
        const kept = await keepSecret(shell, accountId, password);
        if (!kept.ok) return kept;
      }
      // The address is the identity of the mailbox; everything else may change.
      storeAccount(opId, 'accounts.update', accountId, { ...settings, address: known.address });
      await accounts.restart(accountId);
      return ok(null);
    },
    'accounts.remove': async ({ opId, accountId }) => {
      const removed = once(context, opId, 'accounts.remove', (tx) => {
        if (accountByUid(tx, accountId) === undefined) throw new CommandFailure('not-found', accountId);
        removeAccount(tx, accountId, context.clock.now());
        return { value: null };
      });
      if (!removed.ok) return removed;
      await accounts.stop(accountId);
      // Stopping takes a moment; the mailbox may have been connected again.
      if (context.store.read((db) => accountByUid(db, accountId))?.removedAt !== null)
        await shell.request('secret.delete', { ref: secretRef(accountId) });
      services.changed('@accounts');
      return removed;
    },
    'accounts.syncNow': async ({ accountId }) => {
      for (const account of context.store.read(listAccounts)) {
        if (accountId !== null && account.uid !== accountId) continue;
        // A keychain may have been busy or locked when the account was started.
        if (NO_PASSWORD.has(accounts.statusOf(account.uid)?.code ?? '')) await accounts.restart(account.uid);
      }
      accounts.nudge(accountId);
      return ok(null);
    },
    'vault.status': later(() => shell.request('vault.status', null), ['@vault']),
    'vault.create': async ({ passphrase }) => {
      const answer = await shell.request('vault.create', { passphrase });
      if (answer !== 'ok') return fail({ code: answer, detail: '' });
      await vaultChanged();
      return ok(null);
    },
    'vault.unlock': async ({ passphrase }) => {
      const answer = await shell.request('vault.unlock', { passphrase });
      if (answer !== 'ok') return fail({ code: answer, detail: '' });
      await vaultChanged();
      return ok(null);
    },
  };
}
