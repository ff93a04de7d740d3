import { discoverSettings, systemNetwork } from './channels/email/discover-settings.ts';
import { channelConnector } from './channels/channel-connector.ts';
import { createEmailConnector } from './channels/email/email-connector.ts';
import type { EmailAccount, EmailTimings } from './channels/email/email-account.ts';
import type { ChannelConnector, ConnectorIo } from './channels/connector.ts';
import type { PreparationDeps } from './create-engine.ts';
import { makeSampleWorkspace, sampleRecord } from './sample/make-sample-workspace.ts';
import { openSampleThreads } from './sample/open-threads.ts';
import { sampleChannelOf } from './sample/sample-accounts.ts';
import { createSampleConnector } from './sample/sample-connector.ts';
import type { Store } from './store/sql.ts';
import type { MailParser } from './channels/email/mime/parsed-mail.ts';
import { testConnection } from './channels/email/test-connection.ts';
import type { MailSettingsProbe } from './handlers/services.ts';
import { accountIdFor } from './identity.ts';
import type { ConnectorFactory } from './jobs/account-pool.ts';
import type { StoredAccount } from './store/accounts.store.ts';
import type { EmailSettings } from '../../shared/contract/workspace.contract.ts';
import type { AccountId } from '../../shared/domain/ids.ts';

/** What the email connector is given besides its account. */
export interface EmailConnectorOptions {
  /** Asked when a connector is made: several accounts share one parser. */
  readonly parser: () => MailParser;
  readonly timings?: Partial<EmailTimings>;
  /** PEM of an authority to trust besides the system's; tests and company servers. */
  readonly trustedCa?: string;
}

/** Makes connectors for mailboxes. Throws for an account of another kind. */
export function emailConnectors(options: EmailConnectorOptions): ConnectorFactory {
  return (account, password, io) =>
    createEmailConnector(toEmailAccount(account, password, options.trustedCa), {
      ...io,
      parser: options.parser(),
      ...(options.timings === undefined ? {} : { timings: options.timings }),
    });
}

function toEmailAccount(account: StoredAccount, password: string | null, trustedCa: string | undefined): EmailAccount {
  if (account.settings === null || password === null) throw new Error(`${account.uid} has no mailbox settings`);
  return emailAccount(account.uid, account.settings, password, trustedCa);
}

function emailAccount(accountId: AccountId, settings: EmailSettings, password: string, trustedCa: string | undefined): EmailAccount {
  return {
    accountId,
    address: settings.address,
    name: settings.name,
    imap: settings.imap,
    smtp: settings.smtp,
    auth: { kind: 'password', user: settings.user, password },
    folders: settings.folders,
    sentFolder: settings.sentFolder,
    sentCopy: settings.sentCopy,
    plusAddressing: settings.plusAddressing,
    ...(trustedCa === undefined ? {} : { trustedCa }),
  };
}

/** Makes connectors for everything a workspace may hold: mailboxes, channels, and the simulated ones of the sample workspace. */
export function workspaceConnectors(options: EmailConnectorOptions & { readonly store: () => Store }): ConnectorFactory {
  const email = emailConnectors(options);
  return (account, secret, io) => {
    if (account.kind === 'sample') return sampleConnector(options.store(), account, io);
    return account.kind === 'email' ? email(account, secret, io) : channelConnector(account, secret, io);
  };
}

function sampleConnector(store: Store, account: StoredAccount, io: ConnectorIo): ChannelConnector {
  const record = store.read(sampleRecord);
  const channel = sampleChannelOf(account.uid);
  if (record === null || channel === null) throw new Error(`${account.uid} is no sample account`);
  return createSampleConnector({
    accountId: account.uid,
    channel,
    io,
    seed: record.seed,
    madeAt: record.madeAt,
    threads: () => openSampleThreads(store, account.uid),
  });
}

/** Fills the sample workspace; does nothing when that was done before. */
export async function prepareSample(deps: PreparationDeps, onProgress: (done: number, total: number) => void): Promise<void> {
  const made = await makeSampleWorkspace(deps, { onProgress });
  if (!made.ok && made.error !== 'already-made') deps.log('error', 'the sample workspace can not be made', { reason: made.error });
}

/** Finds and tries settings over the real network. A question that nobody waits for any more ends by its own deadlines. */
export function productionMailProbe(options: Pick<EmailConnectorOptions, 'trustedCa'> = {}): MailSettingsProbe {
  const lasting = new AbortController().signal;
  return {
    discover: async (address) => discoverSettings(address, systemNetwork(), lasting),
    test: async (settings, password) => {
      const { imap, smtp, folders } = await testConnection(
        emailAccount(accountIdFor('email', settings.address), settings, password, options.trustedCa),
        lasting,
      );
      return { imap, smtp, folders };
    },
  };
}
