import { replyReferences } from '../../../../../shared/domain/mail-headers.ts';
import { safeFileName } from '../../attachment-name.ts';
import type { Address } from './parsed-mail.ts';

/** A file to send: by its bytes, or by an absolute local path that is read while composing. */
export type OutgoingFile = { readonly name: string; readonly type: string } & ({ readonly bytes: Uint8Array } | { readonly path: string });

/** A mail to send. Identifiers come without angle brackets. */
export interface OutgoingMail {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly replyTo?: Address | null;
  /** Used as it is: apply `replySubject` before. */
  readonly subject: string;
  readonly text: string;
  readonly html?: string | null;
  readonly inReplyTo: string | null;
  /** Chain of the mail that is answered; it is completed and capped here. */
  readonly references: readonly string[];
  readonly messageId: string;
  /** Epoch milliseconds; written in UTC. */
  readonly date: number;
  readonly attachments: readonly OutgoingFile[];
  /** Further headers, such as `Auto-Submitted`. The fields above win. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Builds the raw mail (RFC 5322, CRLF line ends, UTF-8). Line breaks and control characters in any field are removed, so no
 * field can add a header. Text is never `format=flowed`, which the customer's program might join across quotes.
 *
 * @throws when a file cannot be read
 */
export async function composeReply(mail: OutgoingMail): Promise<Uint8Array> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: cleanAddress(mail.from),
    to: mail.to.map(cleanAddress),
    cc: mail.cc.map(cleanAddress),
    ...(mail.replyTo === undefined || mail.replyTo === null ? {} : { replyTo: cleanAddress(mail.replyTo) }),
    subject: oneLine(mail.subject),
    messageId: bracketed(mail.messageId),
    ...(mail.inReplyTo === null ? {} : { inReplyTo: bracketed(mail.inReplyTo) }),
    references: replyReferences(mail.references, mail.inReplyTo).map(bracketed),
    date: new Date(mail.date),
    text: mail.text.replace(/\r\n?/gu, '\n'),
    ...(mail.html === undefined || mail.html === null ? {} : { html: mail.html }),
    // chosen here: what is left to the library depends on line lengths
    encoding: encodingFor(mail.text),
    textEncoding: 'B',
    headers: cleanHeaders(mail.headers ?? {}),
    attachments: mail.attachments.map((file, index) => ({
      filename: safeFileName(oneLine(file.name), file.type, index),
      contentType: mediaType(file.type),
      contentDisposition: 'attachment',
      contentTransferEncoding: 'base64',
      ...('path' in file ? { path: file.path } : { content: Buffer.from(file.bytes) }),
    })),
    // file names come from people; none of them may make us fetch something
    disableUrlAccess: true,
    newline: 'win',
  });
  return composer.compile().build();
}

/** Quoted-printable stays readable for Latin scripts, base64 is shorter for all others. */
function encodingFor(text: string): 'quoted-printable' | 'base64' {
  let foreign = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) foreign += 1;
  return foreign * 5 > text.length ? 'base64' : 'quoted-printable';
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/gu, ' ').trim();
}

function cleanAddress({ name, address }: Address): { name: string; address: string } {
  return { name: oneLine(name), address: oneLine(address).replace(/[\s<>,;]+/gu, '') };
}

function bracketed(id: string): string {
  return `<${oneLine(id).replace(/[\s<>]+/gu, '')}>`;
}

function mediaType(type: string): string {
  const clean = oneLine(type).toLowerCase();
  // a declared multipart or message type would have to be well-formed inside
  return /^[a-z0-9][\w.+-]{0,100}\/[\w.+-]{1,100}$/u.test(clean) && !clean.startsWith('multipart/') && !clean.startsWith('message/')
    ? clean
    : 'application/octet-stream';
}

function cleanHeaders(headers: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(headers)
    .map(([key, value]) => ({ key: key.replace(/[^\w-]/gu, ''), value: oneLine(value) }))
    .filter(({ key }) => key !== '');
}
