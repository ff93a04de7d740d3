import type { BounceInfo as Bounce, NormalizedMessage, Party } from '../../../../shared/domain/message.ts';
import { parseMailDate } from '../../../../shared/domain/mail-headers.ts';
import { DAY_MS, instant, type Instant } from '../../../../shared/domain/time.ts';
import { sameAddress, type EmailAccount } from './email-account.ts';
import { firstHeader, readHeaderBlock } from './mime/header-block.ts';
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

/** Older than this compared with the server's own time, and somebody's clock is wrong or the mailbox was moved. */
const MOVED_MS = 2 * DAY_MS;
/** Where the newest trace of a mail's way stands: servers write them on top. */
const TRACE_BYTES = 64 * 1024;

/**
 * When a mail counts as having come: the time of our server, which a sender can not forge. Servers that a mailbox was moved
 * to often give the day of the move instead; then the newest trace of the mail's way tells (our old server wrote it), and
 * the sender's date only where there is none.
 */
function arrivalOf(place: MailPlace, sentAt: Instant): Instant {
  if (place.receivedAt - sentAt <= MOVED_MS) return place.receivedAt;
  const bytes = Buffer.from(place.raw.buffer, place.raw.byteOffset, Math.min(place.raw.byteLength, TRACE_BYTES));
  const { fields } = readHeaderBlock(bytes, { start: 0, end: bytes.length, maxBytes: TRACE_BYTES, isRoot: true, isStop: () => false });
  const trace = firstHeader(fields, 'received');
  const stamp = trace === null ? null : parseMailDate(trace.slice(trace.lastIndexOf(';') + 1));
  if (stamp === null) return sentAt;
  return place.receivedAt - stamp.at > MOVED_MS ? instant(stamp.at) : place.receivedAt;
}

/** What a program reads, not a person: the agent sees what it says as the bounce itself. */
const REPORT_TYPES: ReadonlySet<string> = new Set(['message/delivery-status', 'message/global-delivery-status']);

/** A parsed mail in the form that every channel hands to the engine. */
export function normalizeMail(parsed: ParsedMail, place: MailPlace, account: Pick<EmailAccount, 'address'>): NormalizedMessage {
  const from = parsed.from === null ? { address: '', name: '' } : party(parsed.from);
  const isOwn = sameAddress(from.address, account.address);
  const recipients = [...parsed.deliveredTo, ...parsed.to.map((each) => each.address), ...parsed.cc.map((each) => each.address)];
  // anybody can write our address into From: outside the folder of sent mail it is a claim, and is shown as one
  const claims = isOwn && !place.inSentFolder ? ['claims-own-address'] : [];
  // a contact form writes to us in our own name: taken for ours it would never be answered
  const isToUs = recipients.some((address) => sameAddress(address, account.address));
  const sentAt = parsed.sentAt === null ? place.receivedAt : instant(parsed.sentAt);
  const files = parsed.bounce === null ? parsed.attachments : parsed.attachments.filter((each) => !REPORT_TYPES.has(each.declaredType));
  const isOurs = place.inSentFolder || (isOwn && !isToUs);
  return {
    channel: 'email',
    direction: isOurs ? 'out' : 'in',
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
    sentAt,
    receivedAt: arrivalOf(place, sentAt),
    senderOffsetMinutes: parsed.senderOffsetMinutes,
    auto: parsed.auto,
    ...(parsed.answerHints === null ? {} : { answerHints: parsed.answerHints }),
    bounce: bounceOf(parsed.bounce),
    attachments: files.map((each) => ({
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
