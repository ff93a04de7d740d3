import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { instant } from '../../../shared/domain/time.ts';
import { hubApi } from './hub-wire.ts';
import { headersOf, textOf, type MessageHeaders } from './message-headers.ts';
import { LogUnavailable, type LogEntry } from './team-log.ts';

/** Where and how to read. */
export interface DirectSource {
  readonly connection: NatsConnection;
  /** Answers come to the user's own inbox; the server lets nobody else listen there. */
  readonly inboxPrefix: string;
  readonly stream: string;
  /** For so long nothing may come before it counts as no answer. */
  readonly silenceMs: number;
}

/** What to read of a stream, as the server takes it. */
export interface DirectQuery {
  /** The first sequence that may come. */
  readonly seq: number;
  /** At most so many. */
  readonly batch: number;
  /** Only of this subject. */
  readonly next_by_subj?: string;
}

/** Subjects of the log begin with it. */
const SUBJECT_PREFIX = 'team.';
/**
 * A server drops a client for which more than 64 MB wait, and a batch of the largest entries would be that. What is left of a batch
 * that ends by this is asked for again.
 */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const END_OF_BATCH = 204;
const NOTHING_FOUND = 404;

/** An entry of a message, with what the server says of it; null when it is none of the log's. */
export function entryOf(headers: MessageHeaders, data: string): LogEntry | null {
  const sequence = Number(headers.last('Nats-Sequence') ?? 0);
  const subject = headers.last('Nats-Subject') ?? '';
  const storedAt = Date.parse(headers.last('Nats-Time-Stamp') ?? '');
  if (!Number.isSafeInteger(sequence) || sequence < 1 || !subject.startsWith(SUBJECT_PREFIX) || !Number.isFinite(storedAt)) return null;
  return {
    sequence,
    // whoever stored an entry without an id meant no event
    id: headers.first('Nats-Msg-Id') ?? `none-${String(sequence)}`,
    stream: subject.slice(SUBJECT_PREFIX.length),
    storedAt: instant(storedAt),
    data,
  };
}

/**
 * Reads a batch from any copy of a stream, which may lag behind its leader: what comes is in order and true, but more may follow.
 * Throws LogUnavailable.
 */
export async function readBatch({ connection, inboxPrefix, stream, silenceMs }: DirectSource, query: DirectQuery): Promise<LogEntry[]> {
  // the client's own reader leaves its subscription behind, waits for ever when the connection ends, and trusts all headers
  const inbox = createInbox(inboxPrefix);
  return new Promise<LogEntry[]>((resolve, reject) => {
    const entries: LogEntry[] = [];
    const end = (error: Error | null): void => {
      clearTimeout(silence);
      subscription.unsubscribe();
      if (error === null) resolve(entries);
      else reject(error);
    };
    const receive = (error: Error | null, message: Msg): void => {
      if (error !== null) {
        end(new LogUnavailable(error.message, { cause: error }));
        return;
      }
      silence.refresh();
      const headers = headersOf(message);
      if (headers.status === END_OF_BATCH || headers.status === NOTHING_FOUND) end(null);
      else if (headers.status !== 0) end(new LogUnavailable(`reading ${stream}: ${String(headers.status)} ${headers.description}`));
      else {
        const entry = entryOf(headers, textOf(message));
        if (entry === null) end(new LogUnavailable(`reading ${stream}: an answer that is no entry`));
        else entries.push(entry);
      }
    };
    const subscription = connection.subscribe(inbox, { callback: receive });
    const silence = setTimeout(() => end(new LogUnavailable(`reading ${stream}: no answer`)), silenceMs);
    subscription.closed.then(
      () => end(new LogUnavailable(`reading ${stream}: the connection ended`)),
      () => end(new LogUnavailable(`reading ${stream}: the connection ended`)),
    );
    connection.publish(hubApi(`DIRECT.GET.${stream}`), JSON.stringify({ ...query, max_bytes: MAX_BATCH_BYTES }), { reply: inbox });
  });
}
