import type { FromTeam, FromVisitor } from '../../../../shared/domain/chat/chat-wire.ts';
import { MINUTE_MS, type Instant } from '../../../../shared/domain/time.ts';
import type { Conversations, ConversationStanding, OutboundAttachment } from '../connector.ts';
import { ownIdOf } from './chat-messages.ts';
import { splitFile } from './chat-pieces.ts';
import { conversationOf, type Visitor } from './chat-seals.ts';

/** What is said to a visitor, under an id that says the same thing once. */
export type Tell = (visitor: Visitor, told: FromTeam, id: string) => Promise<void>;

type TeamMessage = Extract<FromTeam, { readonly t: 'message' }>;

/** Somebody who was silent for so long has closed the page; when they are back they say hello. */
const AWAY_MS = 30 * 60_000;
const MOST_VISITORS = 2_000;
/** Characters of missed messages in one entry: three bytes each, sealed and in base64, they fit. */
const MISSED_LENGTH = 20_000;
const MISSED_AT_ONCE = 50;

/** A page that reconnects says hello each time. To say so costs nothing, to be answered may cost all the files of a conversation. */
const GREETINGS_A_MINUTE = 5;

type Hello = Pick<Extract<FromVisitor, { readonly t: 'hello' }>, 'id' | 'last' | 'has'>;

interface Present {
  readonly visitor: Visitor;
  seenAt: Instant;
  state: string;
  newest: string;
  /** Answers by mail that they know of; null until they were told how it stands. */
  mailed: readonly string[] | null;
  /** When they were greeted in the last minute. */
  greetedAt: readonly Instant[];
  /** A hello that has to wait. */
  waiting: Hello | null;
}

/** Visitors who are there, and what each has been told of how their conversation stands. */
export class ChatVisitors {
  readonly #present = new Map<string, Present>();
  readonly #conversations: Conversations;
  readonly #tell: Tell;
  readonly #newId: () => string;

  constructor(options: { readonly conversations: Conversations; readonly tell: Tell; readonly newId: () => string }) {
    this.#conversations = options.conversations;
    this.#tell = options.tell;
    this.#newId = options.newId;
  }

  /** They have said something. */
  see(visitor: Visitor, at: Instant): void {
    const known = this.#present.get(visitor.name);
    this.#present.delete(visitor.name);
    const unknown = { state: '', newest: '', mailed: null, greetedAt: [], waiting: null };
    this.#present.set(visitor.name, { ...unknown, ...known, visitor, seenAt: at });
    const [longest] = this.#present.keys();
    if (this.#present.size > MOST_VISITORS && longest !== undefined) this.#present.delete(longest);
  }

  /** Tells a visitor what they have missed and how it stands, all of it anew; later, when they have been told so often already. */
  async greet(visitor: Visitor, hello: Hello, now: Instant): Promise<void> {
    const present = this.#present.get(visitor.name);
    if (present !== undefined) {
      const recent = present.greetedAt.filter((at) => now - at < MINUTE_MS);
      const isTooOften = recent.length >= GREETINGS_A_MINUTE;
      present.waiting = isTooOften ? hello : null;
      present.greetedAt = isTooOften ? recent : [...recent, now];
      if (isTooOften) return;
      present.state = '';
      present.newest = '';
      present.mailed = null;
    }
    await this.#sendMissed(visitor, hello);
    await this.#standing(visitor);
  }

  /** Tells everybody who is there what is news to them. Goes on with the others when one cannot be told, and throws then. */
  async tellNews(now: Instant): Promise<void> {
    let problem: Error | null = null;
    for (const [name, { visitor, seenAt, waiting }] of this.#present) {
      if (now - seenAt > AWAY_MS) {
        this.#present.delete(name);
        continue;
      }
      try {
        if (waiting !== null) await this.greet(visitor, waiting, now);
        await this.#standing(visitor);
      } catch (error) {
        problem ??= error instanceof Error ? error : new Error(String(error));
      }
    }
    if (problem !== null) throw problem;
  }

  async #standing(visitor: Visitor): Promise<void> {
    const present = this.#present.get(visitor.name);
    const { newest, last = null, mailed = [], ...standing }: ConversationStanding = this.#conversations.standing(conversationOf(visitor));
    const state = JSON.stringify(standing);
    if (present?.state !== state) {
      await this.#tell(visitor, { t: 'state', ...standing }, `state-${this.#newId()}`);
      if (present !== undefined) present.state = state;
    }
    if (present !== undefined) {
      const known = present.mailed ?? mailed;
      if (mailed.some((each) => !known.includes(each)))
        await this.#sendMissed(visitor, { id: this.#newId(), last: null, has: known }, mailed);
      present.mailed = mailed;
    }
    const got = newest === null ? '' : `${newest.nativeKey} ${String(newest.isRead)}`;
    if (newest !== null && present?.newest !== got) {
      await this.#tell(visitor, { t: 'got', upTo: ownIdOf(newest.nativeKey), isRead: newest.isRead, last }, `got-${this.#newId()}`);
      if (present !== undefined) present.newest = got;
    }
  }

  /** @param only these; all when it is left out */
  async #sendMissed(visitor: Visitor, { id: hello, last, has }: Hello, only?: readonly string[]): Promise<void> {
    let messages: TeamMessage[] = [];
    let length = 0;
    let parts = 0;
    const flush = async (): Promise<void> => {
      if (messages.length === 0) return;
      parts += 1;
      await this.#tell(visitor, { t: 'missed', messages }, `missed-${hello}-${String(parts)}`);
      messages = [];
      length = 0;
    };
    for (const sent of this.#conversations.sentAfter(conversationOf(visitor), last, has)) {
      if (only?.includes(sent.clientKey) === false) continue;
      const files = await this.sendFiles(visitor, sent.files(), sent.clientKey, hello);
      const { clientKey: id, at, author, text, options } = sent;
      if (length + text.length > MISSED_LENGTH || messages.length >= MISSED_AT_ONCE) await flush();
      messages.push({ t: 'message', id, at, author, text, options, files });
      length += text.length + files.length * 500;
    }
    await flush();
  }

  /** Sends the pieces of files before the message that names them. @param round sent again, they are other entries of the hub */
  async sendFiles(visitor: Visitor, files: readonly OutboundAttachment[], clientKey: string, round: string): Promise<TeamMessage['files']> {
    const named: TeamMessage['files'][number][] = [];
    for (const [index, each] of files.entries()) {
      const { file, pieces } = await splitFile(each, `${clientKey} ${String(index)}`);
      for (const piece of pieces()) await this.#tell(visitor, piece, `piece-${visitor.name}-${piece.id}-${round}`);
      named.push(file);
    }
    return named;
  }
}
