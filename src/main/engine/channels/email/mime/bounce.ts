import { normaliseMessageId } from '../../../../../shared/domain/mail-headers.ts';
import { parseAddresses } from './addresses.ts';
import type { Envelope } from './envelope.ts';
import { firstHeader, readHeaderBlock } from './header-block.ts';
import type { HeaderField } from './header-block.ts';
import { cleanLine, decodeHeaderText } from './header-text.ts';
import { partBytes } from './part-content.ts';
import type { MimePart } from './part-tree.ts';
import type { BounceAction, BounceInfo, BounceRecipient } from './parsed-mail.ts';

export interface BounceInput {
  readonly raw: Buffer;
  readonly root: MimePart;
  readonly leaves: readonly MimePart[];
  readonly envelope: Envelope;
  readonly text: string;
}

const MAX_RECIPIENTS = 100;
const MAX_DIAGNOSTIC = 1_000;
/** Characters of prose that are searched; the report stands at the top. */
const PROSE_LENGTH = 64 * 1024;

/** Senders of delivery reports. Local parts, and names for programs that use an ordinary address. */
const reporterAddress =
  /^(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|bounces?|bounced?-?mail|mailer|mailerdaemon|microsoftexchange[0-9a-f]*)(?:[-+=.@]|$)/iu;
const reporterName =
  /mail delivery (?:sub)?system|mailer-daemon|mail delivery service|mail administrator|system administrator|postmaster|delivery status|microsoft outlook/iu;

const bounceSubject =
  /undeliver|non[- ]?delivery|delivery (?:status )?(?:notification|failure|failed|report|problem|has failed)|mail delivery failed|returned mail|returned to sender|failure notice|could not be delivered|message (?:not|un)delivered|delivery error|unzustellbar|zustellung fehlgeschlagen|non remis|échec de (?:la )?(?:remise|distribution)|no se (?:puede|pudo) entregar|devuelto|não (?:foi )?entregue|mancato recapito|退信|系统退信|无法投递|未传递|無法傳遞|配信不能|配信できません|送信できませんでした|전송 실패|배달되지/iu;

/**
 * Recognises a delivery report and reads what it is about; null for any other mail.
 *
 * A machine-readable part (RFC 3464) decides alone. Without one, at least two independent signs are needed: a reporting
 * sender, the null return path, a telling subject, the recipients header of Exim, or the returned mail itself. Vacation
 * replies carry the null return path too, so it never counts alone.
 */
export function readBounce(input: BounceInput): BounceInfo | null {
  const statusParts = input.leaves.filter(
    (part) => part.type.value === 'message/delivery-status' || part.type.value === 'message/global-delivery-status',
  );
  const structured = statusParts.flatMap((part) => readDeliveryStatus(input.raw, part)).slice(0, MAX_RECIPIENTS);
  const isReport = statusParts.length > 0 && (structured.length > 0 || input.root.type.value === 'multipart/report');
  if (!isReport && !looksLikeBounce(input)) return null;
  const recipients = structured.length > 0 ? structured : readProse(input);
  return {
    action: worstAction(recipients.map(({ action }) => action)),
    ...originalMail(input),
    recipients,
    structured: structured.length > 0,
  };
}

function looksLikeBounce({ root, leaves, envelope }: BounceInput): boolean {
  if (firstHeader(root.fields, 'x-failed-recipients') !== null) return true;
  const isReporter = reporterAddress.test(envelope.from?.address ?? '') || reporterName.test(envelope.from?.name ?? '');
  const hasTellingSubject = bounceSubject.test(envelope.subject);
  const isFromNobody = envelope.returnPath === '' || /^auto-/iu.test(firstHeader(root.fields, 'auto-submitted') ?? '');
  const returnsMail = leaves.some((part) => part.type.value === 'message/rfc822' || part.type.value === 'text/rfc822-headers');
  if (isReporter) return hasTellingSubject || (isFromNobody && returnsMail);
  return hasTellingSubject && isFromNobody && (returnsMail || envelope.returnPath === '');
}

/** Recipients of one `message/delivery-status` part: field groups separated by blank lines, the first about the report itself. */
function readDeliveryStatus(raw: Buffer, part: MimePart): BounceRecipient[] {
  const bytes = partBytes(raw, part, () => undefined);
  const recipients: BounceRecipient[] = [];
  let position = 0;
  while (position < bytes.length && recipients.length < MAX_RECIPIENTS) {
    const block = readHeaderBlock(bytes, { start: position, end: bytes.length, maxBytes: 64 * 1024, isRoot: true, isStop: () => false });
    const recipient = readRecipient(block.fields);
    if (recipient !== null) recipients.push(recipient);
    position = Math.max(block.bodyStart, position + 1);
  }
  return recipients;
}

function readRecipient(fields: readonly HeaderField[]): BounceRecipient | null {
  // the original recipient is the one we wrote to; aliases on the other side mean nothing to us
  const address = typedAddress(firstHeader(fields, 'original-recipient')) ?? typedAddress(firstHeader(fields, 'final-recipient'));
  const action = firstHeader(fields, 'action');
  if (address === null || (action === null && firstHeader(fields, 'status') === null)) return null;
  const diagnostic = firstHeader(fields, 'diagnostic-code');
  return {
    address,
    action: actionOf(action),
    status: statusOf(firstHeader(fields, 'status') ?? diagnostic ?? ''),
    diagnostic: diagnostic === null ? null : withoutType(decodeHeaderText(diagnostic)).slice(0, MAX_DIAGNOSTIC),
  };
}

/** `rfc822; someone@example.com` */
function typedAddress(value: string | null): string | null {
  if (value === null) return null;
  const plain = withoutType(value);
  return parseAddresses(plain)[0]?.address ?? (plain === '' ? null : cleanLine(plain).slice(0, 320));
}

function withoutType(value: string): string {
  return value.replace(/^\s*[\w-]{1,40}\s*;\s*/u, '').trim();
}

function actionOf(value: string | null): BounceAction {
  const word = /^[a-z]+/u.exec((value ?? '').trim().toLowerCase())?.[0];
  return word === 'failed' || word === 'delayed' || word === 'delivered' || word === 'relayed' || word === 'expanded' ? word : 'unknown';
}

function statusOf(value: string): string | null {
  return /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]\d)/u.exec(` ${value}`)?.[1] ?? null;
}

const severity: readonly BounceAction[] = ['failed', 'unknown', 'delayed', 'expanded', 'relayed', 'delivered'];

function worstAction(actions: readonly BounceAction[]): BounceAction {
  return severity.find((action) => actions.includes(action)) ?? 'unknown';
}

/** Failed recipients out of prose: the Exim header, else the addresses that qmail, Postfix and others put on lines of their own. */
function readProse({ root, text, envelope }: BounceInput): BounceRecipient[] {
  const lines = text.slice(0, PROSE_LENGTH).split('\n');
  const action: BounceAction = /delay|warning|still (?:trying|being)|will (?:be retried|keep trying)|temporar/iu.test(envelope.subject)
    ? 'delayed'
    : 'failed';
  const found = new Map<string, BounceRecipient>();
  for (const [index, line] of lines.entries()) {
    // the returned mail begins here; its addresses are not recipients
    if (/^\s*(?:received|from|message-id|return-path):/iu.test(line)) break;
    const recipient = found.size < MAX_RECIPIENTS ? recipientOfLine(lines, index, action) : null;
    if (recipient !== null && !found.has(recipient.address.toLowerCase())) found.set(recipient.address.toLowerCase(), recipient);
  }
  const listed = parseAddresses(firstHeader(root.fields, 'x-failed-recipients')).slice(0, MAX_RECIPIENTS);
  if (listed.length === 0) return [...found.values()];
  return listed.map(({ address }) => found.get(address.toLowerCase()) ?? { address, action, status: null, diagnostic: null });
}

function recipientOfLine(lines: readonly string[], index: number, action: BounceAction): BounceRecipient | null {
  const line = lines[index] ?? '';
  if (line.length > 500 || !line.includes('@')) return null;
  const match = /^\s*(?:<([^<>\s]+@[^<>\s]+)>|(?:to:\s*)?([^\s<>:;,()]+@[^\s<>:;,()]+))\s*:?\s*(.*)$/iu.exec(line);
  const address = match?.[1] ?? match?.[2];
  if (address === undefined) return null;
  const diagnostic = cleanLine([match?.[3] ?? '', ...paragraphAfter(lines, index)].join(' ')).slice(0, MAX_DIAGNOSTIC);
  return { address, action, status: statusOf(diagnostic), diagnostic: diagnostic === '' ? null : diagnostic };
}

function paragraphAfter(lines: readonly string[], index: number): string[] {
  const rest = lines.slice(index + 1, index + 8);
  const blank = rest.findIndex((line) => line.trim() === '');
  return blank < 0 ? rest : rest.slice(0, blank);
}

type Original = Pick<BounceInfo, 'originalMessageId' | 'originalSubject'>;

const returnedTypes = new Set(['message/rfc822', 'message/global', 'text/rfc822-headers', 'message/global-headers']);

/** Message-ID and subject of the returned mail: from the mail or its headers, else from the prose, else from the report's own references. */
function originalMail({ raw, leaves, envelope, text }: BounceInput): Original {
  for (const part of leaves) {
    const found = returnedTypes.has(part.type.value) ? readReturned(partBytes(raw, part, () => undefined)) : null;
    if (found !== null) return found;
  }
  return (
    originalFromProse(text.slice(0, PROSE_LENGTH * 4)) ?? {
      originalMessageId: envelope.inReplyTo.at(-1) ?? envelope.references.at(-1) ?? null,
      originalSubject: null,
    }
  );
}

function readReturned(bytes: Buffer): Original | null {
  const { fields } = readHeaderBlock(bytes, { start: 0, end: bytes.length, maxBytes: 256 * 1024, isRoot: true, isStop: () => false });
  const id = normaliseMessageId(firstHeader(fields, 'message-id') ?? '');
  const subject = firstHeader(fields, 'subject');
  if (id === null && subject === null) return null;
  return { originalMessageId: id, originalSubject: subject === null ? null : decodeHeaderText(subject).slice(0, 1_000) };
}

function originalFromProse(prose: string): Original | null {
  const id = /^[>\s]{0,8}message-id:\s{0,4}(<[^<>\s]{1,998}>)/imu.exec(prose)?.[1];
  if (id === undefined) return null;
  const subject = /^[>\s]{0,8}subject:[ \t]{0,4}(.{0,998})$/imu.exec(prose)?.[1]?.trim();
  return { originalMessageId: normaliseMessageId(id), originalSubject: subject ?? null };
}
