import { MsgImpl, type Msg } from '@nats-io/transport-node';

/**
 * Headers of a message that anybody in the team may have written. The client's own reader throws at a name with a blank or a letter
 * outside of ASCII, and thrown inside a subscription that ends the reading of the whole connection: one message would cut off everybody.
 */
export interface MessageHeaders {
  /** What the server says instead of a message, such as 404; 0 for a message. */
  readonly status: number;
  readonly description: string;
  /** The first of a name: what its author wrote. Null when there is none. */
  readonly first: (name: string) => string | null;
  /** The last of a name: what the server added stands behind what an author may have forged. Null when there is none. */
  readonly last: (name: string) => string | null;
}

const NEW_LINE = '\r\n';
const STATUS = /^NATS\/1\.0 +(\d{3}) *([^\r\n]*)/u;

/** Reads a block of headers as it is on the wire. Never throws. */
export function parseHeaders(text: string): MessageHeaders {
  const [, status = '0', description = ''] = STATUS.exec(text) ?? [];
  const valueAt = (start: number, name: string): string | null => {
    if (start === -1) return null;
    const from = start + NEW_LINE.length + name.length + 1;
    const end = text.indexOf(NEW_LINE, from);
    return text.slice(from, end === -1 ? undefined : end).trim();
  };
  return {
    status: Number(status),
    description: description.trim(),
    first: (name) => valueAt(text.indexOf(`${NEW_LINE}${name}:`), name),
    last: (name) => valueAt(text.lastIndexOf(`${NEW_LINE}${name}:`), name),
  };
}

/** The headers of a message; none for one without. */
export function headersOf(message: Msg): MessageHeaders {
  if (!(message instanceof MsgImpl)) throw new TypeError('a message of another client');
  const length = message._msg.hdr;
  if (length < 0) return parseHeaders('');
  const bytes = message._rdata;
  return parseHeaders(Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1'));
}

/** The content of a message as text. What is no UTF-8 comes with replacement characters. */
export function textOf(message: Msg): string {
  const { data } = message;
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
}
