import { clientKeyFor } from './client-keys.ts';
import type { ToldEvent } from './team-parts.ts';
import { accountIdFor, contactIdFor, messageIdFor } from '../identity.ts';
import type { AccountPart, ContactPart, MessagePart, OutboxPart, TeamParts } from '../../../shared/contract/team-parts.ts';
import { ACCOUNT_KINDS } from '../../../shared/domain/channel/account-kind.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';

/**
 * Whether parts are those of their event. Decided from event and parts alone, so every workstation decides alike. Ids are
 * hashes of what they name wherever that is possible, so nobody can speak for a contact, an account or a mail of others.
 */

/** Why parts do not belong to their event; null when they do. */
export function misfitOf(event: ToldEvent, parts: TeamParts): string | null {
  const { contact, account, message, outbox } = parts;
  return (
    (contact === undefined ? null : contactMisfit(event, contact)) ??
    (account === undefined ? null : accountMisfit(event, account)) ??
    (message === undefined ? null : messageMisfit(event, message)) ??
    (outbox === undefined ? null : outboxMisfit(event, outbox, message))
  );
}

/** `unknown` stands for a customer whose address was lost. */
function isIdOfContact(uid: ContactId, address: string): boolean {
  return address === 'unknown' || CHANNELS.some((channel) => contactIdFor(channel, address) === uid);
}

function contactMisfit({ type, body }: ToldEvent, contact: ContactPart): string | null {
  const named = type === 'case.attributesChanged' ? contact.contactId : body['contactId'];
  if (named !== contact.contactId) return 'contact of another event';
  return isIdOfContact(contact.contactId, contact.address) ? null : 'contact with the id of another';
}

function accountMisfit({ body }: ToldEvent, account: AccountPart): string | null {
  if (body['accountId'] !== account.accountId) return 'account of another event';
  return accountIdFor(account.kind, account.address) === account.accountId ? null : 'account with the id of another';
}

const KINDS: Readonly<Record<string, MessagePart['kind']>> = {
  'case.messageReceived': 'in',
  'case.messageImported': 'out',
  'case.replyQueued': 'out',
  'case.noteAdded': 'note',
};

function messageMisfit({ type, body, actor }: ToldEvent, message: MessagePart): string | null {
  if (body['messageId'] !== message.messageId) return 'message of another event';
  if (KINDS[type] !== message.kind) return 'message of another kind';
  const isWrittenHere = type === 'case.replyQueued' || type === 'case.noteAdded';
  // sent again by somebody else it is still its writer's
  if (type === 'case.noteAdded' ? message.agent !== actor : !isWrittenHere && message.agent !== null) return 'message of another author';
  if (message.attachments.some((each) => each.inSource === isWrittenHere)) return 'files of another kind';
  const own = message.messageId.slice('msg_'.length);
  return message.attachments.every((each) => !each.inSource || each.attachmentId === makeId('att', `${own}-${each.position}`))
    ? null
    : 'files of another message';
}

function outboxMisfit({ type, body }: ToldEvent, outbox: OutboxPart, message: MessagePart | undefined): string | null {
  if (type !== 'case.replyQueued' || body['outboxId'] !== outbox.outboxId) return 'reply of another event';
  if (message === undefined) return 'reply without a message';
  const auto = outbox.automatic === undefined ? 'none' : outbox.automatic.bot === undefined ? 'auto-reply' : 'bot';
  if (message.auto !== auto) return 'reply of another author';
  const { address } = message.from;
  const expected = clientKeyFor(outbox, { address });
  if (outbox.clientKey !== expected) return 'reply with the id of another';
  if (messageIdFor(outbox.accountId, expected) !== message.messageId) return 'reply with another message';
  return ACCOUNT_KINDS.some((kind) => accountIdFor(kind, address) === outbox.accountId) ? null : 'reply from another address';
}
