import { randomUUID } from 'node:crypto';

/** A mail described by its fields; whatever is left out gets an ordinary value. */
export interface MailFields {
  readonly from?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly subject?: string;
  readonly text?: string;
  /** With angle brackets. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Epoch milliseconds. */
  readonly sentAt?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function encoded(text: string): string {
  return /^[\u0020-\u007E]*$/u.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** The source of an ordinary plain-text mail with these fields. */
export function rawMail(fields: MailFields = {}): Buffer {
  const headers: Record<string, string> = {
    'Message-ID': fields.messageId ?? `<${randomUUID()}@example.test>`,
    Date: new Date(fields.sentAt ?? Date.now()).toUTCString().replace('GMT', '+0000'),
    From: fields.from ?? 'Casey Customer <customer@example.test>',
    To: fields.to ?? 'support@team.test',
    Subject: encoded(fields.subject ?? 'A question'),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
  };
  if (fields.cc !== undefined) headers['Cc'] = fields.cc;
  if (fields.inReplyTo !== undefined) headers['In-Reply-To'] = fields.inReplyTo;
  if (fields.references !== undefined) headers['References'] = fields.references.join('\r\n ');
  const all = Object.entries({ ...headers, ...fields.headers }).map(([name, value]) => `${name}: ${value}`);
  const body = (fields.text ?? 'Hello,\n\nwhere is my parcel?\n').replaceAll(/\r?\n/gu, '\r\n');
  return Buffer.from(`${all.join('\r\n')}\r\n\r\n${body}`);
}

/** The first value of a header in a mail's source, unfolded; null when it has none. */
export function headerOf(raw: Uint8Array, name: string): string | null {
  const [head = ''] = Buffer.from(raw)
    .toString('latin1')
    .split(/\r?\n\r?\n/u, 1);
  const unfolded = head.replaceAll(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u);
  const line = unfolded.find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
}
