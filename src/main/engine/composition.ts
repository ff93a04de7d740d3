import { createEmailConnector } from './channels/email/email-connector.ts';
import type { EmailAccount, EmailTimings } from './channels/email/email-account.ts';
import type { MailParser } from './channels/email/mime/parsed-mail.ts';
import type { MailSettingsProbe } from './handlers/services.ts';
import type { ConnectorFactory } from './jobs/account-pool.ts';
import type { StoredAccount } from './store/accounts.store.ts';

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
  const { settings } = account;
  if (settings === null || password === null) throw new Error(`${account.uid} has no mailbox settings`);
  return {
    accountId: account.uid,
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

export function productionMailProbe(): MailSettingsProbe {
  return {
    discover: () => Promise.reject(new Error('discovery lands with the connection test')),
    test: () => Promise.reject(new Error('discovery lands with the connection test')),
  };
}
