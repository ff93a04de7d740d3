import type { SampleFile } from './files.ts';
import type { Party } from '../../../shared/domain/message.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** A mail of an invented customer, before it is written as RFC 5322 source. */
export interface SampleMail {
  /** Without angle brackets, like all ids here. */
  readonly messageId: string;
  readonly parentIds: readonly string[];
  readonly from: Party;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly files: readonly SampleFile[];
  readonly sentAt: Instant;
  readonly offsetMinutes: number;
  /** Written below the usual headers, as they are. */
  readonly headers?: readonly string[];
}

const CRLF = '\r\n';

/** The source of a mail as a server would have delivered it. */
export function mailSource(mail: SampleMail): Uint8Array {
  const boundary = `=_${mail.messageId.replaceAll(/[^a-z0-9]/giu, '').slice(0, 24)}`;
  const head = [
    `Received: from out.${domainOf(mail.from.address)} (out.${domainOf(mail.from.address)} [192.0.2.25]) by mx.aurelia.example; ${mailDate(mail.sentAt, 0)}`,
    `Message-ID: <${mail.messageId}>`,
    `Date: ${mailDate(mail.sentAt, mail.offsetMinutes)}`,
    `From: ${mailbox(mail.from)}`,
    `To: ${mail.to.map(mailbox).join(', ')}`,
    ...(mail.cc.length === 0 ? [] : [`Cc: ${mail.cc.map(mailbox).join(', ')}`]),
    `Subject: ${encodedHeader(mail.subject)}`,
    ...(mail.parentIds.length === 0
      ? []
      : [`In-Reply-To: <${mail.parentIds.at(-1) ?? ''}>`, `References: ${mail.parentIds.map((id) => `<${id}>`).join(`${CRLF} `)}`]),
    ...(mail.headers ?? []),
    'MIME-Version: 1.0',
  ];
  const inline = mail.files.filter((file) => file.contentId !== null);
  const attached = mail.files.filter((file) => file.contentId === null);
  let body = textPart('text/plain', mail.text);
  if (mail.html !== null) {
    const html = textPart('text/html', mail.html);
    const shown = inline.length === 0 ? html : container('related', `${boundary}_r`, [html, ...inline.map(filePart)]);
    body = container('alternative', `${boundary}_a`, [body, shown]);
  }
  if (attached.length > 0) body = container('mixed', `${boundary}_m`, [body, ...attached.map(filePart)]);
  return Buffer.from(`${head.join(CRLF)}${CRLF}${body}`);
}

/** A delivery failure report about one of our mails (RFC 3464). */
export function bounceSource(report: {
  readonly messageId: string;
  readonly originalId: string;
  readonly recipient: string;
  readonly diagnostic: string;
  readonly at: Instant;
  readonly text: string;
  readonly subject: string;
}): Uint8Array {
  const status = [
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.aurelia.example',
    '',
    `Final-Recipient: rfc822; ${report.recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; ${report.diagnostic}`,
    '',
  ].join(CRLF);
  const original = [
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${report.originalId}>`,
    `Subject: ${encodedHeader(report.subject)}`,
    '',
  ].join(CRLF);
  const head = [
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@mx.aurelia.example>',
    'To: support@aurelia.example',
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${mailDate(report.at, 0)}`,
    `Message-ID: <${report.messageId}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
  ].join(CRLF);
  const body = container('report; report-type=delivery-status', `=_${report.messageId.slice(0, 12)}`, [
    textPart('text/plain', report.text),
    status,
    original,
  ]);
  return Buffer.from(`${head}${CRLF}${body}`);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** `Tue, 24 Nov 2026 12:05:00 +0100`. */
function mailDate(at: Instant, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * MINUTE_MS).toUTCString().replace(' GMT', '');
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local} ${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

function isPlainAscii(text: string): boolean {
  return /^[\u0009\u000a\u000d\u0020-\u007e]*$/u.test(text);
}

/** Encoded words (RFC 2047) of at most 75 characters, never splitting a character. */
function encodedHeader(text: string): string {
  if (isPlainAscii(text)) return text;
  const words: string[] = [];
  let part = '';
  for (const character of text) {
    if (Buffer.byteLength(part + character) > 42) {
      words.push(part);
      part = '';
    }
    part += character;
  }
  words.push(part);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(`${CRLF} `);
}

function mailbox(party: Party): string {
  if (party.name === '') return party.address;
  const name = isPlainAscii(party.name)
    ? /^[\w .'-]+$/u.test(party.name) && !party.name.includes('.')
      ? party.name
      : JSON.stringify(party.name)
    : encodedHeader(party.name);
  return `${name} <${party.address}>`;
}

function container(kind: string, boundary: string, parts: readonly string[]): string {
  const body = parts.map((part) => `--${boundary}${CRLF}${part}${CRLF}`).join('');
  return `Content-Type: multipart/${kind};${CRLF} boundary="${boundary}"${CRLF}${CRLF}${body}--${boundary}--${CRLF}`;
}

function textPart(type: string, text: string): string {
  const lines = text.replaceAll('\n', CRLF);
  if (isPlainAscii(text) && text.split('\n').every((line) => line.length < 900)) {
    return `Content-Type: ${type}; charset=us-ascii${CRLF}Content-Transfer-Encoding: 7bit${CRLF}${CRLF}${lines}`;
  }
  const bytes = Buffer.from(lines);
  const foreign = bytes.reduce((count, byte) => count + (byte > 126 ? 1 : 0), 0);
  const isMostlyAscii = foreign * 5 < bytes.length;
  const encoding = isMostlyAscii ? 'quoted-printable' : 'base64';
  const encoded = isMostlyAscii ? quotedPrintable(lines) : wrapped(bytes.toString('base64'));
  return `Content-Type: ${type}; charset=utf-8${CRLF}Content-Transfer-Encoding: ${encoding}${CRLF}${CRLF}${encoded}`;
}

function wrapped(base64: string): string {
  return (base64.match(/.{1,76}/gu) ?? []).join(CRLF);
}

/** RFC 2045 section 6.7: lines of at most 76 characters, no white space at their end. */
function quotedPrintable(text: string): string {
  return text
    .split(CRLF)
    .map((line) => {
      let out = '';
      let width = 0;
      const units = [...line];
      for (const [index, unit] of units.entries()) {
        const isLastSpace = index === units.length - 1 && /\s/u.test(unit);
        const code =
          /^[\u0020-\u003c\u003e-\u007e]$/u.test(unit) && !isLastSpace
            ? unit
            : [...Buffer.from(unit)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
        if (width + code.length > 72) {
          out += `=${CRLF}`;
          width = 0;
        }
        out += code;
        width += code.length;
      }
      return out;
    })
    .join(CRLF);
}

function filePart(file: SampleFile): string {
  const name = isPlainAscii(file.name) ? `filename="${file.name}"` : `filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const disposition = file.contentId === null ? 'attachment' : 'inline';
  // A mail inside a mail is never encoded (RFC 2046 section 5.2.1).
  if (file.type === 'message/rfc822')
    return `Content-Type: ${file.type}${CRLF}Content-Disposition: attachment;${CRLF} ${name}${CRLF}${CRLF}${Buffer.from(file.bytes).toString('utf8')}`;
  const id = file.contentId === null ? '' : `Content-ID: <${file.contentId}>${CRLF}`;
  return `Content-Type: ${file.type}${CRLF}Content-Disposition: ${disposition};${CRLF} ${name}${CRLF}${id}Content-Transfer-Encoding: base64${CRLF}${CRLF}${wrapped(Buffer.from(file.bytes).toString('base64'))}`;
}
