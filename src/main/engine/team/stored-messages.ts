import { createInbox, headers as newHeaders, type Msg } from '@nats-io/transport-node';
import { z } from 'zod';
import { inboxPrefixOf } from './hub-names.ts';
import { hubApi, isNotPermitted, unavailable, type HubWire } from './hub-wire.ts';
import { headersOf, parseHeaders, type MessageHeaders } from './message-headers.ts';
import { readAck } from './publish-ack.ts';
import { LogRefused, LogUnavailable, type Appended } from './team-log.ts';

/** A message as a stream keeps it. Its headers and content are its author's; place and subject are the server's word. */
export interface Stored {
  readonly sequence: number;
  readonly subject: string;
  readonly headers: MessageHeaders;
  readonly data: Uint8Array;
}

const ASK_MS = 5_000;
const BATCH = 1_000;
/** A server drops a client for which more than 64 MB wait. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const END_OF_BATCH = 204;
const NOTHING_FOUND = 404;
const NO_MESSAGE = 10_037;

const newestSchema = z.union([
  z.object({ error: z.object({ err_code: z.number().optional(), description: z.string().optional() }) }),
  z.object({ message: z.object({ subject: z.string(), seq: z.int(), hdrs: z.string().optional(), data: z.string().optional() }) }),
]);

function bytesOf(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? '', 'base64');
}

/** The newest message of a subject as the stream's leader knows it; null when it has none. Throws LogUnavailable. */
export async function readNewest(wire: HubWire, stream: string, subject: string, timeoutMs = ASK_MS): Promise<Stored | null> {
  let answer: z.infer<typeof newestSchema>;
  try {
    const query = JSON.stringify({ last_by_subj: subject });
    const message = await wire.connection().request(hubApi(`STREAM.MSG.GET.${stream}`), query, { timeout: timeoutMs });
    answer = newestSchema.parse(message.json());
  } catch (error) {
    throw unavailable(error);
  }
  if ('error' in answer) {
    if (answer.error.err_code === NO_MESSAGE) return null;
    throw new LogUnavailable(answer.error.description ?? 'the leader gave no reason');
  }
  const { message } = answer;
  const headers = parseHeaders(bytesOf(message.hdrs).toString('latin1'));
  return { sequence: message.seq, subject: message.subject, headers, data: bytesOf(message.data) };
}

/** What a message of the feed, or the answer to a direct get, is; null when the server does not say. */
export function storedOf(message: Msg): Stored | null {
  const headers = headersOf(message);
  const sequence = Number(headers.last('Nats-Sequence') ?? 0);
  const subject = headers.last('Nats-Subject') ?? '';
  return Number.isSafeInteger(sequence) && sequence > 0 && subject !== '' ? { sequence, subject, headers, data: message.data } : null;
}

/**
 * What is stored under a filter from a sequence on, in the order of the stream, from any copy of it, which may lag a little: at most so
 * many messages as `batch` and `maxBytes`. None when there is nothing more. Throws LogUnavailable.
 */
export async function readPage(
  wire: HubWire,
  stream: string,
  filter: string,
  from: number,
  maxBytes = MAX_BATCH_BYTES,
  batch = BATCH,
): Promise<readonly Stored[]> {
  const connection = wire.connection();
  const inbox = createInbox(inboxPrefixOf(wire.userName));
  return new Promise((resolve, reject) => {
    const found: Stored[] = [];
    const end = (problem: string | null): void => {
      clearTimeout(silence);
      subscription.unsubscribe();
      if (problem === null) resolve(found);
      else reject(new LogUnavailable(`reading ${stream}: ${problem}`));
    };
    const receive = (error: Error | null, message: Msg): void => {
      if (error !== null) {
        end(error.message);
        return;
      }
      silence.refresh();
      const { status, description } = headersOf(message);
      const stored = status === 0 ? storedOf(message) : null;
      if (stored !== null) found.push(stored);
      else if (status === END_OF_BATCH || status === NOTHING_FOUND) end(null);
      else end(`${String(status)} ${description}`);
    };
    // the client's own reader leaves its subscription behind, waits for ever when the connection ends, and trusts all headers
    const subscription = connection.subscribe(inbox, { callback: receive });
    const silence = setTimeout(() => end('no answer'), ASK_MS);
    const onClosed = (): void => end('the connection ended');
    subscription.closed.then(onClosed, onClosed);
    const query = { seq: from, batch, next_by_subj: filter, max_bytes: maxBytes };
    connection.publish(hubApi(`DIRECT.GET.${stream}`), JSON.stringify(query), { reply: inbox });
  });
}

/** Everything under a filter. Throws LogUnavailable. */
export async function readUnder(wire: HubWire, stream: string, filter: string): Promise<readonly Stored[]> {
  const all: Stored[] = [];
  for (;;) {
    const page = await readPage(wire, stream, filter, (all.at(-1)?.sequence ?? 0) + 1);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/**
 * Stores a message under a subject of a stream.
 * @param expected the sequence of the subject's newest message (0: none), or null to store whatever came before
 * @throws LogUnavailable when it is not known whether it was stored, LogRefused when it never will be
 */
export async function storeUnder(
  wire: HubWire,
  subject: string,
  data: string | Uint8Array,
  {
    expected,
    headers = [],
    timeoutMs = ASK_MS,
  }: { readonly expected: number | null; readonly headers?: readonly (readonly [string, string])[]; readonly timeoutMs?: number },
): Promise<Appended> {
  const header = newHeaders();
  for (const [name, value] of headers) header.set(name, value);
  if (expected !== null) header.set('Nats-Expected-Last-Subject-Sequence', String(expected));
  let answer: Msg;
  try {
    answer = await wire.connection().request(subject, data, { headers: header, timeout: timeoutMs });
  } catch (error) {
    if (isNotPermitted(error)) {
      throw new LogRefused('not-permitted', `the hub does not let ${wire.userName} write ${subject}`, { cause: error });
    }
    throw unavailable(error);
  }
  return readAck(answer);
}
