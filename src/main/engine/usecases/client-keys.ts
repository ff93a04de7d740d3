import type { StoredAccount } from '../store/accounts.store.ts';
import type { MessageId, OutboxId } from '../../../shared/domain/ids.ts';

/** The part of an address behind the last @. */
function domainOf({ address }: Pick<StoredAccount, 'address'>): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** The Message-ID of a reply: unique by the outbox id, in the domain of the mailbox as RFC 5322 section 3.6.4 advises. */
export function replyKey(outboxId: OutboxId, account: Pick<StoredAccount, 'address'>): string {
  return `<m.${outboxId.slice('out_'.length).toLowerCase()}@${domainOf(account)}>`;
}

/**
 * The Message-ID of the acknowledgement of a message: the same on every workstation, so that two which answer at once send
 * one mail twice, of which mail programs keep one, and a workstation that finds the other's copy in time sends none.
 */
export function acknowledgementKey(account: Pick<StoredAccount, 'address'>, answers: MessageId): string {
  return `<a.${answers.slice('msg_'.length)}@${domainOf(account)}>`;
}

/** The key of what the bot says to a message: the same on every workstation. */
export function botKey(account: Pick<StoredAccount, 'address'>, answers: MessageId): string {
  return `<b.${answers.slice('msg_'.length)}@${domainOf(account)}>`;
}

/** The key of what a customer is told who has sent a secret: the same on every workstation. */
export function warningKey(account: Pick<StoredAccount, 'address'>, answers: MessageId): string {
  return `<w.${answers.slice('msg_'.length)}@${domainOf(account)}>`;
}

/** The Message-ID that a reply must have. */
export function clientKeyFor(
  entry: {
    readonly outboxId: OutboxId;
    readonly automatic?:
      | { readonly answers: MessageId; readonly bot?: object | undefined; readonly isWarning?: boolean | undefined }
      | undefined;
  },
  account: Pick<StoredAccount, 'address'>,
): string {
  const { outboxId, automatic } = entry;
  if (automatic === undefined) return replyKey(outboxId, account);
  if (automatic.isWarning === true) return warningKey(account, automatic.answers);
  return automatic.bot === undefined ? acknowledgementKey(account, automatic.answers) : botKey(account, automatic.answers);
}
