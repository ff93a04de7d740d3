import { z } from 'zod';
import type { ChatFile, FromVisitor } from '../../../../shared/domain/chat/chat-wire.ts';
import { MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { ChatEntry, ChatLine } from '../../team/hub-link.ts';
import type { Batch, ChannelEvent, ConnectorIo, InboundFile } from '../connector.ts';
import { chatLine, hubNow } from './chat-hub.ts';
import { siteIdentity } from './chat-identity.ts';
import { nativeKeyOf, toMessage } from './chat-messages.ts';
import { Pace } from './chat-pace.ts';
import { isPossible, PieceStore } from './chat-pieces.ts';
import type { ChatSeals, Visitor } from './chat-seals.ts';
import type { ChatVisitors } from './chat-visitors.ts';

/** Entries that are looked at in one go. */
const PAGE = 200;
/** A visitor who said hello longer ago is answered when they say it again. */
const ANSWER_WITHIN_MS = 10 * MINUTE_MS;
/** So much was perhaps fetched and not answered when this program ended. */
const RECALL = 200;
/** Nobody types so much; what is above it is dropped and counted. */
const MOST_A_MINUTE = 100;
/** So often is all that a visitor has said read again, for pieces of files that are not here any more. */
const MOST_FETCHES_A_MINUTE = 10;
/** To look for whose code it is costs as much as thousands of messages; and nobody checks so many people. */
const MOST_CHECKS_A_MINUTE = 5;
const MOST_CHECKS_OF_A_SITE = 30;
const TELL_DROPPED_EVERY_MS = MINUTE_MS;

/** `stream`: which one it is; another one begins anew. */
const cursorSchema = z.object({ v: z.literal(1), stream: z.string(), after: z.int().min(0) });

type Said<T extends FromVisitor['t']> = Extract<FromVisitor, { readonly t: T }>;

/** What is to be answered once everything up to a sequence is stored. */
export interface Due {
  /** Where it was read from; null for what an earlier run had stored. */
  readonly from: number | null;
  readonly upTo: number;
  /** The last of each visitor. */
  readonly hellos: Map<string, { readonly visitor: Visitor; readonly hello: Said<'hello'> }>;
  readonly checks: { readonly visitor: Visitor; readonly check: Said<'check'> }[];
}

export interface ChatIntakeOptions {
  readonly site: string;
  readonly identitySecret: string | null;
  readonly io: ConnectorIo;
  readonly seals: () => Promise<ChatSeals>;
  readonly visitors: ChatVisitors;
  /** Bytes of files that are kept until the message comes that names them. */
  readonly mostPieceBytes?: number;
}

/** The sequence up to which a cursor says that everything is stored. */
export function storedUpTo(cursor: string): number {
  return cursorSchema.parse(JSON.parse(cursor)).after;
}

/** Reads what visitors of a site say. Nothing of it is believed: what is none of ours is passed over and counted. */
export class ChatIntake {
  readonly #options: ChatIntakeOptions;
  readonly #pieces: PieceStore;
  readonly #dropped = new Map<string, number>();
  readonly #messages = new Pace(MOST_A_MINUTE);
  readonly #fetches = new Pace(MOST_FETCHES_A_MINUTE);
  readonly #checks = new Pace(MOST_CHECKS_A_MINUTE);
  readonly #siteChecks = new Pace(MOST_CHECKS_OF_A_SITE);
  #due: Due[] = [];
  #hasRecalled = false;
  #droppedToldAt = 0;

  constructor(options: ChatIntakeOptions) {
    this.#options = options;
    this.#pieces = new PieceStore(options.mostPieceBytes);
  }

  async pull(cursor: string | null, maxMessages: number, signal: AbortSignal): Promise<Batch> {
    const { io, site } = this.#options;
    const chat = chatLine(io);
    const { stream, position } = await this.#positionIn(chat, cursor);
    if (!this.#hasRecalled) await this.#recall(chat, position);
    const entries = await chat.read(site, position, PAGE);
    const [first] = entries;
    const lagMs = first === undefined ? null : Math.max(0, hubNow(io) - first.storedAt);
    io.onHealth({ state: 'ok', since: io.clock.now(), code: null, detail: '', lagMs });
    const events: ChannelEvent[] = [];
    // what is fetched again was not stored the time before
    this.#due = this.#due.filter((each) => each.from === null || each.from < position);
    const due: Due = { from: position, upTo: position, hellos: new Map(), checks: [] };
    let upTo = position;
    let messages = 0;
    for (const entry of entries) {
      if (messages >= maxMessages) break;
      signal.throwIfAborted();
      const event = await this.#take(entry, due);
      upTo = entry.sequence;
      if (event === null) continue;
      events.push(event);
      if (event.kind === 'message') messages += 1;
    }
    this.#due.push({ ...due, upTo });
    return { events, cursor: JSON.stringify({ v: 1, stream, after: upTo }), more: entries.length > 0, backfill: null };
  }

  /** What may be answered now that everything up to a sequence is stored; told once. */
  ready(upTo: number): readonly Due[] {
    const ready = this.#due.filter((each) => each.upTo <= upTo);
    this.#due = this.#due.filter((each) => each.upTo > upTo);
    return ready;
  }

  /** Where to read on. Another stream, or one that knows less than before, is read from its beginning: what is known is passed over. */
  async #positionIn(chat: ChatLine, cursor: string | null): Promise<{ readonly stream: string; readonly position: number }> {
    const { logId, lastSequence } = await chat.identity();
    if (cursor === null) return { stream: logId, position: 0 };
    const known = cursorSchema.parse(JSON.parse(cursor));
    if (known.stream === logId && known.after <= lastSequence) return { stream: logId, position: known.after };
    const { io, site } = this.#options;
    io.log('warn', 'live chat: the hub has another stream than before', { site, known: known.after, last: lastSequence });
    return { stream: logId, position: 0 };
  }

  /** What was stored by an earlier run of this program, and perhaps not answered. */
  async #recall(chat: ChatLine, position: number): Promise<void> {
    const { io, site, visitors } = this.#options;
    const entries = position === 0 ? [] : await chat.read(site, Math.max(0, position - RECALL), RECALL);
    const due: Due = { from: null, upTo: 0, hellos: new Map(), checks: [] };
    for (const entry of entries) {
      if (entry.sequence > position || !this.#isFresh(entry)) continue;
      const opened = await (await this.#options.seals()).open('chat', entry.visitor, entry.data);
      if (typeof opened === 'string') continue;
      const { visitor, said } = opened;
      visitors.see(visitor, hubNow(io));
      if (said.t === 'hello') due.hellos.set(visitor.name, { visitor, hello: said });
    }
    this.#due.push(due);
    this.#hasRecalled = true;
  }

  #isFresh({ storedAt }: ChatEntry): boolean {
    return hubNow(this.#options.io) - storedAt < ANSWER_WITHIN_MS;
  }

  /** What one entry comes to; null for what nothing is stored of. Notes what is to be answered. */
  async #take(entry: ChatEntry, due: Due): Promise<ChannelEvent | null> {
    const opened = await (await this.#options.seals()).open('chat', entry.visitor, entry.data);
    if (typeof opened === 'string') return this.#drop(opened);
    const { said, visitor } = opened;
    const isFresh = this.#isFresh(entry);
    if (isFresh) this.#options.visitors.see(visitor, hubNow(this.#options.io));
    switch (said.t) {
      case 'message':
      case 'ticket':
        return this.#messages.allows(visitor.name, entry) ? this.#messageEvent(entry, visitor, said) : this.#drop('flood');
      case 'piece':
        this.#pieces.put(visitor.name, said.fileId, said.index, said.data);
        return null;
      case 'read':
        return { kind: 'read', remoteRef: `read/${visitor.name}`, clientKey: said.upTo, at: entry.storedAt };
      case 'hello':
        if (isFresh) due.hellos.set(visitor.name, { visitor, hello: said });
        return null;
      case 'check':
        if (!isFresh) return null;
        if (!this.#checks.allows(visitor.name, entry) || !this.#siteChecks.allows('', entry)) return this.#drop('flood');
        due.checks.push({ visitor, check: said });
        return null;
      case 'typing':
        return this.#drop('malformed');
    }
  }

  #drop(why: string): null {
    const { io, site } = this.#options;
    this.#dropped.set(why, (this.#dropped.get(why) ?? 0) + 1);
    if (io.clock.now() - this.#droppedToldAt < TELL_DROPPED_EVERY_MS) return null;
    this.#droppedToldAt = io.clock.now();
    io.log('warn', 'live chat: entries that are none were passed over', { site, ...Object.fromEntries(this.#dropped) });
    this.#dropped.clear();
    return null;
  }

  async #messageEvent(entry: ChatEntry, visitor: Visitor, said: Said<'message' | 'ticket'>): Promise<ChannelEvent> {
    const { site, identitySecret } = this.#options;
    const identity = await siteIdentity(said.identity, identitySecret, site, entry.storedAt);
    const { files, broken } = await this.#filesOf(visitor, said, entry);
    return {
      kind: 'message',
      message: toMessage(said, visitor, site, identity, entry.storedAt, broken),
      remoteRef: `in/${nativeKeyOf(visitor.name, said.id)}`,
      ...(files.length === 0 ? {} : { files }),
    };
  }

  async #filesOf(
    visitor: Visitor,
    said: Said<'message' | 'ticket'>,
    entry: ChatEntry,
  ): Promise<{ readonly files: readonly InboundFile[]; readonly broken: typeof said.files }> {
    const missing = said.files.filter((file) => isPossible(file) && !this.#pieces.has(visitor.name, file));
    const fetched =
      missing.length > 0 && this.#fetches.allows(visitor.name, entry) ? await this.#fetchPieces(visitor, entry.sequence, missing) : null;
    const files: InboundFile[] = [];
    const broken: (typeof said.files)[number][] = [];
    for (const [index, file] of said.files.entries()) {
      const from = fetched !== null && missing.includes(file) ? fetched : this.#pieces;
      const whole = await from.take(visitor.name, file, index);
      if (whole === null) broken.push(file);
      else files.push(whole);
    }
    return { files, broken };
  }

  /** Pieces that are not kept any more, or were fetched before this program began, are still on the hub. Only those that are wanted are kept. */
  async #fetchPieces(visitor: Visitor, upTo: number, wanted: readonly ChatFile[]): Promise<PieceStore> {
    const { io, site, seals } = this.#options;
    const found = new PieceStore(Number.POSITIVE_INFINITY);
    const isWanted = (fileId: string, index: number): boolean => wanted.some((file) => file.fileId === fileId && index < file.pieces);
    for (let from = 0; ;) {
      const entries = await chatLine(io).read(site, from, PAGE, visitor.name);
      for (const entry of entries) {
        if (entry.sequence >= upTo) return found;
        const opened = await (await seals()).open('chat', entry.visitor, entry.data);
        if (typeof opened === 'string' || opened.said.t !== 'piece' || !isWanted(opened.said.fileId, opened.said.index)) continue;
        found.put(visitor.name, opened.said.fileId, opened.said.index, opened.said.data);
      }
      const last = entries.at(-1);
      if (last === undefined || wanted.every((file) => found.has(visitor.name, file))) return found;
      from = last.sequence;
    }
  }
}
