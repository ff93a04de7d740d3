import type { Msg } from '@nats-io/transport-node';
import { z } from 'zod';
import { chatSubject, VISITOR_PATTERN } from '../../../shared/domain/chat/chat-wire.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { ChatEntry, ChatLine, ChatNews } from './hub-link.ts';
import { CHAT_STREAM, FEED_PREFIX, MAX_CHAT_ENTRY_BYTES } from './hub-names.ts';
import { hubApi, unavailable, type HubWire } from './hub-wire.ts';
import { parseHeaders, textOf, type MessageHeaders } from './message-headers.ts';
import { readPage, storeUnder } from './stored-messages.ts';
import { askStream } from './stream-info.ts';
import { LogRefused, LogUnavailable } from './team-log.ts';

const ASK_MS = 5_000;
/** A page of entries of the largest size is held by two threads at once. */
const PAGE_BYTES = 2 * 1024 * 1024;
const PAGE_ENTRIES = 1_000;
const NOT_FOUND = 10_037;
/** Whoever types tells it every few seconds; a page that shouts is not heard. */
const LIVE_EACH_SECOND = 200;
/** Larger than any word of a live chat. */
const MAX_LIVE_BYTES = 4 * 1024;
/** Room for subject and headers in an entry. */
const HEADER_ROOM = 1_024;

const storedSchema = z.union([
  z.object({ error: z.object({ err_code: z.number().optional(), description: z.string().optional() }) }),
  z.object({
    message: z.object({ subject: z.string(), seq: z.int(), hdrs: z.string().optional(), data: z.string().optional(), time: z.string() }),
  }),
]);

function bytesOf(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? '', 'base64');
}

/** An entry as it is passed on; null for a subject that no visitor of ours has. */
function entryFrom(subject: string, sequence: number, headers: MessageHeaders, time: string, data: Uint8Array): ChatEntry | null {
  const visitor = subject.split('.').at(3) ?? '';
  const storedAt = Date.parse(time);
  if (!VISITOR_PATTERN.test(visitor) || !Number.isFinite(storedAt)) return null;
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
  return { sequence, visitor, id: headers.first('Nats-Msg-Id'), storedAt: instant(storedAt), data: text };
}

/**
 * The chats of web sites on a hub: the stream CHAT, and subjects that nobody stores. Everything in it may come from anybody who has
 * seen a page, and is passed on as it is: opening and judging it is for the connector.
 */
export function createChat(wire: HubWire): ChatLine {
  /** The next entry as the leader of the stream knows it, which no copy is behind. */
  async function next(subject: string, from: number): Promise<{ readonly sequence: number; readonly entry: ChatEntry | null } | null> {
    let answer: z.infer<typeof storedSchema>;
    try {
      const query = JSON.stringify({ seq: from, next_by_subj: subject });
      const message = await wire.connection().request(hubApi(`STREAM.MSG.GET.${CHAT_STREAM}`), query, { timeout: ASK_MS });
      answer = storedSchema.parse(message.json());
    } catch (error) {
      throw unavailable(error);
    }
    if ('error' in answer) {
      if (answer.error.err_code === NOT_FOUND) return null;
      throw new LogUnavailable(answer.error.description ?? 'the leader gave no reason');
    }
    const { subject: found, seq, hdrs, data, time } = answer.message;
    return { sequence: seq, entry: entryFrom(found, seq, parseHeaders(bytesOf(hdrs).toString('latin1')), time, bytesOf(data)) };
  }

  /** The entries from a sequence on that fit into a page, and how far it was looked. Nothing was left out in between. */
  async function page(
    subject: string,
    from: number,
    limit: number,
  ): Promise<{ readonly entries: readonly ChatEntry[]; readonly upTo: number } | null> {
    const stored = await readPage(wire, CHAT_STREAM, subject, from, PAGE_BYTES, limit);
    const last = stored.at(-1);
    if (last !== undefined) {
      const entries = stored.flatMap(({ subject: each, sequence, headers, data }) => {
        const entry = entryFrom(each, sequence, headers, headers.last('Nats-Time-Stamp') ?? '', data);
        return entry === null ? [] : [entry];
      });
      return { entries, upTo: last.sequence };
    }
    const found = await next(subject, from);
    return found === null ? null : { entries: found.entry === null ? [] : [found.entry], upTo: found.sequence };
  }

  return {
    identity: async () => {
      try {
        const { created, lastSequence } = await askStream(wire.connection(), CHAT_STREAM, ASK_MS);
        return { logId: `${CHAT_STREAM} ${created}`, lastSequence };
      } catch (error) {
        throw unavailable(error);
      }
    },
    publish: async ({ site, visitor, id, data }) => {
      if (Buffer.byteLength(data) > MAX_CHAT_ENTRY_BYTES - HEADER_ROOM) throw new LogRefused('too-large', id);
      const appended = await storeUnder(wire, chatSubject('chat', 'out', site, visitor), data, {
        expected: null,
        headers: [['Nats-Msg-Id', id]],
      });
      // nothing was expected, so nothing can have moved
      if (appended.kind === 'moved') throw new LogUnavailable('the hub says that a chat has moved');
      return { sequence: appended.sequence, isRepeated: appended.kind === 'repeated' };
    },
    read: async (site, after, limit, visitor = '*') => {
      const subject = chatSubject('chat', 'in', site, visitor);
      let from = after + 1;
      for (;;) {
        const found = await page(subject, from, limit);
        if (found === null) return [];
        if (found.entries.length > 0) return found.entries;
        from = found.upTo + 1;
      }
    },
    holds: async (site, visitor, id) => {
      const subject = chatSubject('chat', 'out', site, visitor);
      for (let from = 1; ;) {
        const found = await page(subject, from, PAGE_ENTRIES);
        if (found === null) return false;
        if (found.entries.some((entry) => entry.id === id)) return true;
        from = found.upTo + 1;
      }
    },
    listen: (site, listener) => {
      const live = atMost(LIVE_EACH_SECOND, listener);
      const stored = together(() => listener({ t: 'stored' }));
      const stops = [
        wire.subscribe(`${FEED_PREFIX}.${chatSubject('chat', 'in', site, '*')}`, stored),
        wire.subscribe(chatSubject('live', 'in', site, '*'), (message: Msg) => {
          const visitor = message.subject.split('.').at(3) ?? '';
          if (VISITOR_PATTERN.test(visitor) && message.data.byteLength <= MAX_LIVE_BYTES)
            live({ t: 'live', visitor, data: textOf(message) });
        }),
        // what was stored while there was no connection
        wire.onConnect(stored),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    tell: (site, visitor, data) => {
      try {
        wire.connection().publish(chatSubject('live', 'out', site, visitor), data);
      } catch {
        // it is over in a moment
      }
    },
  };
}

/** Once for what comes together. */
function together(work: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      work();
    });
  };
}

/** Passes on what comes while it is not too much in one second. */
function atMost(count: number, listener: (news: ChatNews) => void): (news: ChatNews) => void {
  let second = 0;
  let passed = 0;
  return (news) => {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) {
      second = now;
      passed = 0;
    }
    passed += 1;
    if (passed <= count) listener(news);
  };
}
