import { capReferences, normaliseMessageId, parseMailDate, parseMessageIds } from '../../../../../shared/domain/mail-headers.ts';
import { parseAddresses } from './addresses.ts';
import { allHeaders, firstHeader } from './header-block.ts';
import type { HeaderField } from './header-block.ts';
import { decodeHeaderText } from './header-text.ts';
import type { Address, ParsedMail, ParseWarning } from './parsed-mail.ts';

/** What the header fields alone say. */
export type Envelope = Pick<
  ParsedMail,
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'from'
  | 'fromCount'
  | 'sender'
  | 'replyTo'
  | 'to'
  | 'cc'
  | 'deliveredTo'
  | 'returnPath'
  | 'subject'
  | 'sentAt'
  | 'senderOffsetMinutes'
>;

const MAX_SUBJECT = 1_000;
const MAX_DELIVERED_TO = 50;
const MAX_IN_REPLY_TO = 20;

/** Reads the envelope. Where a header is repeated the first one counts, as it does for servers and scanners. */
export function readEnvelope(fields: readonly HeaderField[], maxReferences: number, warn: (warning: ParseWarning) => void): Envelope {
  const fromHeaders = allHeaders(fields, 'from');
  const from = parseAddresses(fromHeaders[0] ?? null)[0] ?? null;
  if (fromHeaders.length > 1) warn('multiple-from');
  if (from === null || from.address === '') warn('from-missing');
  const dateHeader = firstHeader(fields, 'date');
  const date = dateHeader === null ? null : parseMailDate(dateHeader);
  if (date === null) warn('date-malformed');
  const messageId = firstHeader(fields, 'message-id');
  return {
    messageId: messageId === null ? null : normaliseMessageId(messageId),
    inReplyTo: parseMessageIds(allHeaders(fields, 'in-reply-to').join(' ')).slice(0, MAX_IN_REPLY_TO),
    references: capReferences(parseMessageIds(allHeaders(fields, 'references').join(' ')), maxReferences),
    from,
    fromCount: fromHeaders.length,
    sender: parseAddresses(firstHeader(fields, 'sender'))[0] ?? null,
    replyTo: withAddress(parseAddresses(firstHeader(fields, 'reply-to'))),
    to: withAddress(allAddresses(fields, 'to')),
    cc: withAddress(allAddresses(fields, 'cc')),
    deliveredTo: deliveredTo(fields),
    returnPath: returnPath(fields),
    subject: decodeHeaderText(firstHeader(fields, 'subject') ?? '').slice(0, MAX_SUBJECT),
    sentAt: date?.at ?? null,
    senderOffsetMinutes: date?.offsetMinutes ?? null,
  };
}

/** Recipients of all headers of this name: some programs write one per recipient. */
function allAddresses(fields: readonly HeaderField[], name: string): Address[] {
  return allHeaders(fields, name)
    .slice(0, 50)
    .flatMap((value) => parseAddresses(value));
}

function withAddress(list: readonly Address[]): Address[] {
  const seen = new Set<string>();
  return list.filter(({ address }) => {
    const key = address.toLowerCase();
    if (address === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function deliveredTo(fields: readonly HeaderField[]): string[] {
  const found = new Set<string>();
  for (const name of ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to', 'x-forwarded-to']) {
    for (const value of allHeaders(fields, name).slice(0, MAX_DELIVERED_TO))
      for (const { address } of parseAddresses(value)) if (address !== '') found.add(address);
  }
  return [...found].slice(0, MAX_DELIVERED_TO);
}

function returnPath(fields: readonly HeaderField[]): string | null {
  const value = firstHeader(fields, 'return-path');
  if (value === null) return null;
  if (/^<\s*>/u.test(value.trim())) return '';
  return parseAddresses(value)[0]?.address ?? null;
}
