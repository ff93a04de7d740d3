import { randomBytes, webcrypto } from 'node:crypto';
import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { accountIdFor } from '../identity.ts';
import { keepSecret } from './keep-secret.ts';
import { ConnectorError } from '../channels/connector.ts';
import { removeWebhook } from '../channels/telegram/check-bot.ts';
import { REDIRECT_PORTS, redirectAddress } from '../channels/x/x-sign-in.ts';
import { secretRef } from '../jobs/account-pool.ts';
import { accountByUid, listAccounts, quarantinedByAccount, saveAccount } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { queuedByAccount } from '../store/outbox.store.ts';
import { me, operationByUid } from '../store/settings.store.ts';
import { once } from '../usecases/context.ts';
import { recordAccount } from '../usecases/team-untold.ts';
import { sampleChannelOf } from '../sample/sample-accounts.ts';
import { channelLease } from '../team/hub-link.ts';
import type {
  ChannelCheck,
  ChannelRow,
  ChannelSettings,
  channelsContract,
  TelegramSettings,
} from '../../../shared/contract/channels.contract.ts';
import type { AccountKind } from '../../../shared/domain/channel/account-kind.ts';
import type { AccountId, OperationId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import { fail, ok } from '../../../shared/domain/result.ts';

const CHANNELS_OF: Readonly<Record<AccountKind, readonly Channel[]>> = {
  email: ['email'],
  sample: [],
  chat: ['chat', 'web'],
  telegram: ['telegram'],
  discourse: ['community'],
  x: ['x'],
};

/** What an account is known by: never changes, and tells the same account at every workstation. */
export function channelIdentity(settings: ChannelSettings): string {
  switch (settings.kind) {
    case 'chat':
      return settings.site;
    case 'telegram':
      return settings.botId;
    case 'discourse':
      return `${settings.username}@${new URL(settings.server).host}`;
    case 'x':
      return settings.userId;
  }
}

type ChannelStatus = Pick<
  ChannelRow,
  'state' | 'since' | 'code' | 'detail' | 'lastSyncAt' | 'nextAttemptAt' | 'lagMs' | 'budget' | 'backfill'
>;

/** As people know it. */
function shownAddress(settings: ChannelSettings): string {
  switch (settings.kind) {
    case 'telegram':
      return `@${settings.username}`;
    case 'x':
      return `@${settings.handle}`;
    default:
      return channelIdentity(settings);
  }
}

export function channelHandlers(services: EngineServices): HandlersOf<keyof typeof channelsContract> {
  const { context, shell, accounts, typing, signIns } = services;

  function statusOf({ uid, createdAt }: StoredAccount): ChannelStatus {
    const status = accounts.statusOf(uid);
    if (status !== null) return status;
    const nothing = { code: null, detail: '', lastSyncAt: null, nextAttemptAt: null, lagMs: null, budget: null, backfill: null };
    return { state: 'idle', since: createdAt, ...nothing };
  }

  function rowOf(account: StoredAccount, queued: number, setAside: number): ChannelRow {
    const session = services.team.session();
    const holder = session?.link.leases.holder(channelLease(account.uid)) ?? null;
    const sample = account.kind === 'sample' ? sampleChannelOf(account.uid) : null;
    return {
      accountId: account.uid,
      kind: account.kind,
      channels: sample === null ? CHANNELS_OF[account.kind] : [sample],
      name: account.name,
      address: account.channel === undefined ? account.address : shownAddress(account.channel),
      settings: account.channel ?? null,
      isElsewhere: account.isElsewhere === true,
      holder:
        holder === null
          ? null
          : {
              user: holder.user,
              workstation: holder.workstation,
              isHere: holder.workstation === session?.membership.workstation,
            },
      ...statusOf(account),
      queued,
      setAside,
    };
  }

  function store(opId: OperationId, name: string, uid: AccountId, settings: ChannelSettings): void {
    once(context, opId, name, (tx) => {
      const known = accountByUid(tx, uid);
      saveAccount(tx, {
        uid,
        kind: settings.kind,
        address: channelIdentity(settings).toLowerCase(),
        name: settings.name,
        tokenKey: known === undefined || known.tokenKey === '' ? randomBytes(32).toString('hex') : known.tokenKey,
        createdAt: known?.createdAt ?? context.clock.now(),
        removedAt: null,
        settings: null,
        channel: settings,
      });
      recordAccount(context.ledger, tx, uid, me(tx)?.agentId ?? null);
      return { value: { accountId: uid } };
    });
  }

  async function takeOver(settings: TelegramSettings, secret: string | null): Promise<ChannelCheck> {
    const ref = secretRef(accountIdFor('telegram', settings.botId));
    const token = secret ?? (await shell.request('secret.get', { ref }));
    if (token === null) return { ok: false, code: 'password-missing', detail: '' };
    try {
      // it ends by its own deadlines
      await removeWebhook(settings, token.trim(), new AbortController().signal);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      return { ok: false, code: error.code, detail: error.message };
    }
    return services.checkChannel(settings, token);
  }

  return {
    'channels.list': sql(
      (db) => {
        const queued = queuedByAccount(db);
        const setAside = quarantinedByAccount(db);
        return listAccounts(db).map((account) => rowOf(account, queued.get(account.uid) ?? 0, setAside.get(account.uid) ?? 0));
      },
      ['@accounts', '@team'],
    ),
    'channels.check': later(async ({ settings, secret }) => {
      const meant = signIns.secretOf(secret);
      return meant === null ? { ok: false, code: 'expired', detail: '' } : services.checkChannel(settings, meant);
    }),
    'channels.removeWebhook': async ({ settings, secret }) => ok(await takeOver(settings, secret)),
    'channels.beginDiscourseKey': async ({ server, leadsBack }) => ok(await signIns.beginDiscourse(server, leadsBack)),
    'channels.waitDiscourseKey': async ({ requestId }) => ok(await signIns.waitDiscourse(requestId)),
    'channels.finishDiscourseKey': async ({ requestId, payload }) => ok(await signIns.finishDiscourse(requestId, payload)),
    'channels.xRedirects': later(async () => Promise.resolve(REDIRECT_PORTS.map(redirectAddress))),
    'channels.beginXSignIn': async ({ clientId, server }) => ok(await signIns.beginX(clientId, server)),
    'channels.waitXSignIn': async ({ requestId }) => ok(await signIns.waitX(requestId)),
    'channels.makeSiteKey': later(async () => {
      const pair = await webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
      const [raw, pkcs8] = await Promise.all([
        webcrypto.subtle.exportKey('raw', pair.publicKey),
        webcrypto.subtle.exportKey('pkcs8', pair.privateKey),
      ]);
      return { publicKey: Buffer.from(raw).toString('base64url'), secret: Buffer.from(pkcs8).toString('base64url') };
    }),
    'channels.add': async ({ opId, settings, secret }) => {
      const uid = accountIdFor(settings.kind, channelIdentity(settings));
      if (context.store.read((db) => operationByUid(db, opId)) !== undefined) return ok({ accountId: uid });
      const known = context.store.read((db) => accountByUid(db, uid));
      if (known !== undefined && known.removedAt === null && known.isElsewhere !== true)
        return fail({ code: 'already-connected', detail: settings.name });
      const meant = signIns.secretOf(secret);
      if (meant === null) return fail({ code: 'expired', detail: settings.name });
      const kept = await keepSecret(shell, uid, meant);
      if (!kept.ok) return kept;
      store(opId, 'channels.add', uid, settings);
      signIns.forget(secret);
      await accounts.restart(uid);
      return ok({ accountId: uid });
    },
    'channels.update': async ({ opId, accountId, settings, secret }) => {
      const known = context.store.read((db) => accountByUid(db, accountId));
      if (known === undefined || known.removedAt !== null || known.channel === undefined)
        return fail({ code: 'not-found', detail: accountId });
      if (accountIdFor(settings.kind, channelIdentity(settings)) !== accountId)
        return fail({ code: 'other-account', detail: settings.name });
      if (secret !== null) {
        const meant = signIns.secretOf(secret);
        if (meant === null) return fail({ code: 'expired', detail: settings.name });
        const kept = await keepSecret(shell, accountId, meant);
        if (!kept.ok) return kept;
        signIns.forget(secret);
      }
      store(opId, 'channels.update', accountId, settings);
      await accounts.restart(accountId);
      return ok(null);
    },
    'channels.typing': later(async () => Promise.resolve({ cases: typing.cases() }), ['@typing']),
    'channels.tellTyping': async ({ caseId, isTyping }) => {
      const self = context.store.read(me);
      typing.tell(caseId, isTyping, self?.name ?? '');
      return Promise.resolve(ok(null));
    },
  };
}
