import { errors, headers } from '@nats-io/transport-node';
import { z } from 'zod';
import { instant } from '../../../shared/domain/time.ts';
import { entryOf, readBatch, type DirectSource } from './direct-get.ts';
import { checkEntry } from './entry-limits.ts';
import { eventSubject, FEED_PREFIX, inboxPrefixOf, TEAM_STREAM } from './hub-names.ts';
import { hubApi, isNotPermitted, unavailable, type HubWire } from './hub-wire.ts';
import { headersOf, parseHeaders, textOf } from './message-headers.ts';
import { readAck } from './publish-ack.ts';
import { askStream } from './stream-info.ts';
import { LogRefused, LogUnavailable, type Appended, type LogEntry, type LogIdentity, type NewEntry, type TeamLog } from './team-log.ts';

/** An election of a new leader takes 4 to 9 seconds; whoever asks again sooner finds the same. */
const ASK_MS = 5_000;
/** An answer that takes longer makes one doubt that the server is there. */
const SLOW_MS = 2_000;
/** One request: larger ones are no faster. */
const BATCH = 1_000;
/** Requests that are on their way at the same time. */
const LANES = 4;
/** How long a copy may lag behind the leader before the leader is asked for each entry. */
const LAG_LIMIT_MS = 2_000;
const LAG_PAUSE_MS = 50;
/**
 * A stream that was said to have moved, and has not, is tried again after these pauses: whoever was faster is stored within
 * milliseconds, and a new leader makes itself known within a second.
 */
const MOVED_PAUSES_MS = [15, 40, 150, 400, 800];
const NOT_FOUND = 10_037;

const storedSchema = z.union([
  z.object({ error: z.object({ err_code: z.number().optional(), description: z.string().optional() }) }),
  z.object({
    message: z.object({ subject: z.string(), seq: z.int(), hdrs: z.string().optional(), data: z.string().optional(), time: z.string() }),
  }),
]);

type LeaderQuery = { readonly seq: number; readonly next_by_subj?: string } | { readonly last_by_subj: string };

function base64(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64');
}

/**
 * The log of a team on its hub: the stream TEAM, one subject for each stream of events. Nothing here needs a consumer: history comes by
 * direct get from any copy, what counts comes from the leader, and what is new is republished to everybody.
 */
export class JetStreamLog implements TeamLog {
  readonly kind = 'nats';
  readonly #wire: HubWire;
  readonly #inboxPrefix: string;
  readonly #listeners = new Set<(entry: LogEntry) => void>();
  #endFeed: (() => void) | null = null;
  /** The highest sequence that anybody named: up to it, reading may be spread over several requests. */
  #known = 0;

  constructor(wire: HubWire) {
    this.#wire = wire;
    this.#inboxPrefix = inboxPrefixOf(wire.userName);
  }

  async identity(): Promise<LogIdentity> {
    try {
      const { created, lastSequence } = await askStream(this.#wire.connection(), TEAM_STREAM, ASK_MS);
      // a hub that was restored knows less than before
      this.#known = lastSequence;
      return { logId: `${TEAM_STREAM} ${created}`, lastSequence };
    } catch (error) {
      throw unavailable(error);
    }
  }

  async append(entry: NewEntry): Promise<Appended> {
    checkEntry(entry);
    for (const pauseMs of MOVED_PAUSES_MS) {
      const appended = await this.#publish(entry);
      if (appended.kind !== 'moved') {
        this.#known = Math.max(this.#known, appended.sequence);
        return appended;
      }
      const proved = await this.#proveMoved(entry);
      if (proved !== null) return proved;
      await pause(pauseMs);
    }
    throw new LogUnavailable(`the log knows less of ${entry.stream} than was expected`);
  }

  async #publish({ id, stream, data, expected, place }: NewEntry): Promise<Appended> {
    const header = headers();
    header.set('Nats-Msg-Id', id);
    if (expected !== undefined) header.set('Nats-Expected-Last-Subject-Sequence', String(expected));
    if (place !== undefined) header.set('Nats-Expected-Last-Sequence', String(place - 1));
    const slow = setTimeout(() => this.#wire.doubt('slow'), SLOW_MS);
    try {
      return readAck(await this.#wire.connection().request(eventSubject(stream), data, { headers: header, timeout: ASK_MS }));
    } catch (error) {
      if (error instanceof LogRefused) throw error;
      if (error instanceof errors.TimeoutError) this.#wire.doubt('unanswered');
      if (isNotPermitted(error))
        throw new LogRefused('not-permitted', `the hub does not let ${this.#wire.userName} write ${stream}`, { cause: error });
      throw unavailable(error);
    } finally {
      clearTimeout(slow);
    }
  }

  /**
   * Whether it is true that an entry was not stored. A leader that slept and does not know yet that there is another one also says so, by
   * an older state, while the other one stores the entry; and whoever is just being stored may yet fail. What is in the log decides:
   * an entry behind what was expected is this one, or excludes it for ever. Null when there is none yet.
   */
  async #proveMoved({ id, stream, expected, place }: NewEntry): Promise<Appended | null> {
    const behind = { seq: (expected ?? 0) + 1, next_by_subj: eventSubject(stream) };
    const next = await (expected === undefined ? this.at(place ?? 0) : this.#askLeader(behind));
    if (next !== null) return next.id === id ? { kind: 'repeated', sequence: next.sequence } : { kind: 'moved' };
    const there = expected === undefined || expected === 0 ? null : await this.at(expected);
    // what was expected never was an entry of this stream
    return there !== null && there.stream !== stream ? { kind: 'moved' } : null;
  }

  async head(stream: string): Promise<LogEntry | null> {
    return this.#askLeader({ last_by_subj: eventSubject(stream) });
  }

  async at(sequence: number): Promise<LogEntry | null> {
    return sequence < 1 ? null : this.#askLeader({ seq: sequence });
  }

  async readStream(stream: string, after: number, limit: number): Promise<readonly LogEntry[]> {
    const entries: LogEntry[] = [];
    const subject = eventSubject(stream);
    const startedAt = performance.now();
    while (entries.length < limit) {
      const from = (entries.at(-1)?.sequence ?? after) + 1;
      const batch = await readBatch(this.#source(), { seq: from, batch: Math.min(BATCH, limit - entries.length), next_by_subj: subject });
      entries.push(...batch);
      if (batch.length > 0) continue;
      const head = await this.head(stream);
      if (head === null || head.sequence < from) break;
      if (performance.now() - startedAt > LAG_LIMIT_MS) throw new LogUnavailable(`the copies of the hub lag behind in ${stream}`);
      await pause();
    }
    return entries;
  }

  /** Fewer than `limit` only when the leader says that the log ends there. */
  async read(after: number, limit: number): Promise<readonly LogEntry[]> {
    const entries: LogEntry[] = [];
    let laggingSince: number | null = null;
    while (entries.length < limit) {
      const wanted = limit - entries.length;
      const more = await this.#spread(entries.at(-1)?.sequence ?? after, wanted);
      entries.push(...more);
      if (more.length === wanted) break;
      const last = entries.at(-1)?.sequence ?? after;
      const { lastSequence } = await this.identity();
      if (lastSequence <= last) break;
      if (more.length > 0) {
        laggingSince = null;
        continue;
      }
      laggingSince ??= performance.now();
      if (performance.now() - laggingSince > LAG_LIMIT_MS) entries.push(await this.#fromLeader(last + 1));
      else await pause();
    }
    return entries;
  }

  onEntry(listener: (entry: LogEntry) => void): () => void {
    this.#listeners.add(listener);
    this.#endFeed ??= this.#wire.subscribe(`${FEED_PREFIX}.${eventSubject('>')}`, (message) => {
      const entry = entryOf(headersOf(message), textOf(message));
      if (entry === null) return;
      this.#known = Math.max(this.#known, entry.sequence);
      for (const each of this.#listeners) each(entry);
    });
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#endFeed?.();
      this.#endFeed = null;
    };
  }

  #source(): DirectSource {
    return { connection: this.#wire.connection(), inboxPrefix: this.#inboxPrefix, stream: TEAM_STREAM, silenceMs: ASK_MS };
  }

  async #askLeader(query: LeaderQuery): Promise<LogEntry | null> {
    let answer: z.infer<typeof storedSchema>;
    try {
      const message = await this.#wire
        .connection()
        .request(hubApi(`STREAM.MSG.GET.${TEAM_STREAM}`), JSON.stringify(query), { timeout: ASK_MS });
      answer = storedSchema.parse(message.json());
    } catch (error) {
      throw unavailable(error);
    }
    if ('error' in answer) {
      if (answer.error.err_code === NOT_FOUND) return null;
      throw new LogUnavailable(answer.error.description ?? 'the leader gave no reason');
    }
    const { subject, seq, hdrs, data, time } = answer.message;
    return {
      sequence: seq,
      id: parseHeaders(base64(hdrs).toString('latin1')).first('Nats-Msg-Id') ?? `none-${String(seq)}`,
      stream: subject.slice(eventSubject('').length),
      storedAt: instant(Date.parse(time)),
      data: base64(data).toString('utf8'),
    };
  }

  async #fromLeader(sequence: number): Promise<LogEntry> {
    const entry = await this.at(sequence);
    if (entry === null) throw new LogUnavailable(`the hub has lost its entry ${String(sequence)}`);
    return entry;
  }

  /** Several batches at once, as far as it is known that there is something; only what follows on `after` without a gap. */
  async #spread(after: number, limit: number): Promise<readonly LogEntry[]> {
    const source = this.#source();
    const parts: { readonly from: number; readonly size: number }[] = [];
    for (let from = after + 1; from <= after + limit && parts.length < LANES; from += BATCH) {
      if (parts.length > 0 && from > this.#known) break;
      parts.push({ from, size: Math.min(BATCH, after + limit + 1 - from) });
    }
    const batches = await Promise.all(parts.map(async ({ from, size }) => readBatch(source, { seq: from, batch: size })));
    const entries: LogEntry[] = [];
    for (const entry of batches.flat()) {
      if (entry.sequence !== after + entries.length + 1) break;
      entries.push(entry);
    }
    return entries;
  }
}

async function pause(ms = LAG_PAUSE_MS): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
