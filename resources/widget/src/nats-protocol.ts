/**
 * The client protocol of NATS (docs.nats.io, "Client Protocol"), as far as a widget speaks it. The official client is 40 kB gzipped
 * on its own, as much as all of the widget may be.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const CR = 13;
const LF = 10;

/** A message as the server delivers it. `status` is the code of an answer without a body, such as 503: nobody listens there. */
export interface HubMessage {
  readonly subject: string;
  readonly status: number | null;
  readonly payload: Uint8Array;
}

export type FromServer =
  | { readonly op: 'info' | 'ping' | 'pong' }
  | { readonly op: 'error'; readonly reason: string }
  | { readonly op: 'message'; readonly message: HubMessage };

interface Expected {
  readonly subject: string;
  readonly headerBytes: number;
  readonly totalBytes: number;
}

/** The longest line that a server has reason to send (INFO), and the longest message. */
const MOST_BYTES = 2_000_000;

/** Takes bytes as they come, in any pieces, and gives what they say. Throws for what no server says. */
export class NatsParser {
  #held: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #expected: Expected | null = null;

  push(bytes: Uint8Array): readonly FromServer[] {
    const joined = new Uint8Array(this.#held.length + bytes.length);
    joined.set(this.#held);
    joined.set(bytes, this.#held.length);
    if (joined.length > MOST_BYTES) throw new Error('the server says too much at once');
    const said: FromServer[] = [];
    let at = 0;
    for (;;) {
      if (this.#expected !== null) {
        const { subject, headerBytes, totalBytes } = this.#expected;
        if (joined.length < at + totalBytes + 2) break;
        const status = headerBytes === 0 ? null : statusOf(decoder.decode(joined.subarray(at, at + headerBytes)));
        said.push({ op: 'message', message: { subject, status, payload: joined.slice(at + headerBytes, at + totalBytes) } });
        at += totalBytes + 2;
        this.#expected = null;
        continue;
      }
      const end = lineEnd(joined, at);
      if (end === -1) break;
      const line = decoder.decode(joined.subarray(at, end));
      at = end + 2;
      const read = readLine(line);
      if (read !== null && 'subject' in read) this.#expected = read;
      else if (read !== null) said.push(read);
    }
    this.#held = joined.slice(at);
    return said;
  }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(CR, from); at !== -1; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] === LF) return at;
  return -1;
}

function readLine(line: string): FromServer | Expected | null {
  const [word = '', ...rest] = line.split(/[ \t]+/u);
  switch (word.toUpperCase()) {
    case 'INFO':
      return { op: 'info' };
    case 'PING':
      return { op: 'ping' };
    case 'PONG':
      return { op: 'pong' };
    case '+OK':
      return null;
    case '-ERR':
      return { op: 'error', reason: line.slice(4).trim().replaceAll("'", '') };
    // subject, number of the subscription, perhaps where to answer, and the sizes
    case 'MSG':
      return expected(rest.length < 3 ? undefined : rest[0], 0, Number(rest.at(-1)));
    case 'HMSG':
      return expected(rest.length < 4 ? undefined : rest[0], Number(rest.at(-2)), Number(rest.at(-1)));
    default:
      throw new Error(`no server says ${word.slice(0, 20)}`);
  }
}

function expected(subject: string | undefined, headerBytes: number, totalBytes: number): Expected {
  const isFit = Number.isInteger(headerBytes) && Number.isInteger(totalBytes) && headerBytes >= 0 && totalBytes >= headerBytes;
  if (subject === undefined || !isFit || totalBytes > MOST_BYTES) throw new Error('a message without a size');
  return { subject, headerBytes, totalBytes };
}

function statusOf(headers: string): number | null {
  const code = /^NATS\/1\.0 (\d{3})/u.exec(headers)?.[1];
  return code === undefined ? null : Number(code);
}

export function connectLine(user: string, password: string): string {
  const options = {
    verbose: false,
    pedantic: false,
    user,
    pass: password,
    name: 'meridian-widget',
    lang: 'meridian-widget',
    version: '1',
    protocol: 1,
    headers: true,
    no_responders: true,
    echo: false,
  };
  return `CONNECT ${JSON.stringify(options)}\r\n`;
}

/** @param messageId under which the server recognises a second copy; null for none */
export function publication(subject: string, reply: string | null, messageId: string | null, text: string): Uint8Array<ArrayBuffer> {
  const payload = encoder.encode(text);
  const address = reply === null ? subject : `${subject} ${reply}`;
  const headers = messageId === null ? null : encoder.encode(`NATS/1.0\r\nNats-Msg-Id: ${messageId}\r\n\r\n`);
  const head = encoder.encode(
    headers === null
      ? `PUB ${address} ${String(payload.length)}\r\n`
      : `HPUB ${address} ${String(headers.length)} ${String(headers.length + payload.length)}\r\n`,
  );
  const parts = [head, ...(headers === null ? [] : [headers]), payload, Uint8Array.of(CR, LF)];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
