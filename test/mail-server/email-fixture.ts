import type { EmailAccount } from '../../src/main/engine/channels/email/email-account.ts';
import { createEmailConnector, type EmailDeps } from '../../src/main/engine/channels/email/email-connector.ts';
import { createInlineParser } from '../../src/main/engine/channels/email/parse-pool.ts';
import type { ChannelConnector, ChannelEvent, Health, OutboundMessage } from '../../src/main/engine/channels/connector.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { MailServer } from './mail-server.ts';

const lifetime = new AbortController();

/** Never aborts. */
export const never: AbortController['signal'] = lifetime.signal;

/** The account of a user of the rig, over plain connections unless told otherwise. */
export function accountOf(server: MailServer, changes: Partial<EmailAccount> = {}): EmailAccount {
  const address = changes.address ?? 'support@team.test';
  return {
    accountId: makeId('acc', 'support'),
    address,
    name: 'Team Support',
    imap: { host: '127.0.0.1', port: server.ports.imap, security: 'none' },
    smtp: { host: '127.0.0.1', port: server.ports.smtp, security: 'none' },
    auth: { kind: 'password', user: address, password: server.password(address) },
    folders: ['INBOX'],
    sentFolder: 'Sent',
    sentCopy: 'append',
    plusAddressing: true,
    trustedCa: server.certificates.authority,
    ...changes,
  };
}

/** A connector, everything it said, and what it made of the mailbox so far. */
export interface Observed {
  readonly connector: ChannelConnector;
  readonly health: Health[];
  readonly logged: string[];
  /** Pulls until there is no more; keeps the cursor. */
  pullAll(maxMessages?: number): Promise<ChannelEvent[]>;
  cursor: string | null;
}

export function observe(account: EmailAccount, deps: Partial<EmailDeps> = {}): Observed {
  const health: Health[] = [];
  const logged: string[] = [];
  const connector = createEmailConnector(account, {
    clock: { now: () => instant(Date.now()) },
    log: (level, message, fields) => logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
    onHealth: (each) => health.push(each),
    parser: createInlineParser(),
    ...deps,
  });
  const observed: Observed = {
    connector,
    health,
    logged,
    cursor: null,
    pullAll: async (maxMessages = 100) => {
      const events: ChannelEvent[] = [];
      for (;;) {
        const batch = await connector.pull(observed.cursor, { maxMessages, signal: never });
        events.push(...batch.events);
        observed.cursor = batch.cursor;
        if (!batch.more) return events;
      }
    },
  };
  return observed;
}

/** The Message-IDs of the messages among these events, in order. */
export function idsOf(events: readonly ChannelEvent[]): (string | null)[] {
  return events.flatMap((event) => (event.kind === 'message' ? [event.message.thread.ownKey] : []));
}

let serial = 0;

/** A reply of the support team; every call has its own client key. */
export function reply(changes: Partial<OutboundMessage> = {}): OutboundMessage {
  serial += 1;
  return {
    outboxId: makeId('out', `test-${serial}`),
    clientKey: `<m.${serial}.${process.pid}@team.test>`,
    subject: 'Re: A question',
    to: [{ address: 'customer@example.test', name: 'Casey Customer' }],
    cc: [],
    text: 'Hello Casey,\n\nit is on its way.\n.\nYour team\n',
    parentKeys: [],
    threadToken: null,
    attachments: [],
    writtenAt: instant(Date.UTC(2026, 10, 24, 9)),
    ...changes,
  };
}

/** Resolves when `holds` does; throws after `deadlineMs`. */
export async function until(holds: () => boolean | Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  const deadlineAt = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > deadlineAt) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
