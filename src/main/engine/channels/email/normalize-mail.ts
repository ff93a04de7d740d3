import type { BounceInfo as Bounce, NormalizedMessage, Party } from '../../../../shared/domain/message.ts';
import { instant, type Instant } from '../../../../shared/domain/time.ts';
import { sameAddress, type EmailAccount } from './email-account.ts';
import type { Address, BounceInfo, BounceRecipient, ParsedMail } from './mime/parsed-mail.ts';
import { nativeKeyOf } from './native-key.ts';

/** What is known about a mail besides its source. */
export interface MailPlace {
  readonly raw: Uint8Array;
  readonly receivedAt: Instant;
  readonly seen: boolean;
  /** Whether it lies in the folder of sent mail. */
  readonly inSentFolder: boolean;
  /** Closed codes to add to the parser's own. */
  readonly warnings: readonly string[];
}

function party(address: Address): Party {
  return { address: address.address.toLowerCase(), name: address.name };
}

/** A Message-ID the way headers and our own client keys write it. */
export function bracketed(id: string): string {
  return id.startsWith('<') ? id : `<${id}>`;
}

/** The tokens in addresses of the form `local+t_<token>@domain`, where `local@domain` is ours. */
export function tokensIn(addresses: readonly string[], ownAddress: string): string[] {
  const own = ownAddress.toLowerCase();
  const at = own.lastIndexOf('@');
  const [prefix, suffix] = [`${own.slice(0, at)}+t_`, own.slice(at)];
  const tokens = addresses
    .map((address) => address.trim().toLowerCase())
    .filter((address) => address.startsWith(prefix) && address.endsWith(suffix) && address.length > prefix.length + suffix.length)
    .map((address) => address.slice(prefix.length, -suffix.length));
  return [...new Set(tokens)];
}

/** The recipient that the report is mostly about: one that failed for good, else the first. */
function worstRecipient(recipients: readonly BounceRecipient[]): BounceRecipient | null {
  return recipients.find((each) => each.action === 'failed') ?? recipients[0] ?? null;
}

function bounceOf(bounce: BounceInfo | null): Bounce | null {
  // a report of success or of a detour is no failure
  if (bounce === null || !['failed', 'delayed', 'unknown'].includes(bounce.action)) return null;
  const recipient = worstRecipient(bounce.recipients);
  const status = recipient?.status ?? null;
  return {
    originalMessageId: bounce.originalMessageId === null ? null : bracketed(bounce.originalMessageId),
    recipient: recipient?.address.toLowerCase() ?? null,
    diagnostic: recipient?.diagnostic ?? '',
    permanent: status === null ? bounce.action !== 'delayed' : status.startsWith('5'),
  };
}

/** A parsed mail in the form that every channel hands to the engine. */
export function normalizeMail(parsed: ParsedMail, place: MailPlace, account: Pick<EmailAccount, 'address'>): NormalizedMessage {
  const from = parsed.from === null ? { address: '', name: '' } : party(parsed.from);
  const isOwn = sameAddress(from.address, account.address);
  const recipients = [...parsed.deliveredTo, ...parsed.to.map((each) => each.address), ...parsed.cc.map((each) => each.address)];
  // anybody can write our address into From: outside the folder of sent mail it is a claim, and is shown as one
  const claims = isOwn && !place.inSentFolder ? ['claims-own-address'] : [];
  return {
    channel: 'email',
    direction: isOwn || place.inSentFolder ? 'out' : 'in',
    nativeKey: nativeKeyOf(parsed),
    thread: {
      tokens: tokensIn(recipients, account.address),
      ownKey: parsed.messageId === null ? null : bracketed(parsed.messageId),
      parentKeys: [...new Set([...parsed.references, ...parsed.inReplyTo].map(bracketed))],
    },
    subject: parsed.subject,
    from,
    to: parsed.to.map(party),
    cc: parsed.cc.map(party),
    replyTo: parsed.replyTo.map(party),
    text: parsed.text,
    html: parsed.html,
    preview: parsed.preview,
    language: parsed.contentLanguage,
    sentAt: parsed.sentAt === null ? place.receivedAt : instant(parsed.sentAt),
    receivedAt: place.receivedAt,
    senderOffsetMinutes: parsed.senderOffsetMinutes,
    auto: parsed.auto,
    bounce: bounceOf(parsed.bounce),
    attachments: parsed.attachments.map((each) => ({
      index: each.index,
      name: each.name,
      type: each.declaredType,
      sizeBytes: each.size,
      contentId: each.contentId,
      inline: each.isInlineImage,
      sha256: each.sha256,
      embedded:
        each.embedded === null
          ? null
          : { subject: each.embedded.subject, from: each.embedded.from?.address ?? '', summary: each.embedded.preview },
    })),
    warnings: [...new Set([...parsed.warnings, ...claims, ...place.warnings])],
    raw: place.raw,
    seen: place.seen,
  };
}
