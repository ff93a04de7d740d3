import type { FromTeam } from '../../../../shared/domain/chat/chat-wire.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
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

interface Present {
  readonly visitor: Visitor;
  seenAt: Instant;
  state: string;
  newest: string;
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
    this.#present.set(visitor.name, { visitor, state: known?.state ?? '', newest: known?.newest ?? '', seenAt: at });
    const [longest] = this.#present.keys();
    if (this.#present.size > MOST_VISITORS && longest !== undefined) this.#present.delete(longest);
  }

  /** Tells a visitor what they have missed and how it stands, all of it anew. @param hello the id of what they said */
  async greet(visitor: Visitor, hello: string, last: string | null): Promise<void> {
    const present = this.#present.get(visitor.name);
    if (present !== undefined) {
      present.state = '';
      present.newest = '';
    }
    await this.#sendMissed(visitor, hello, last);
    await this.#standing(visitor);
  }

  /** Tells everybody who is there what is news to them. Goes on with the others when one cannot be told, and throws then. */
  async tellNews(now: Instant): Promise<void> {
    let problem: Error | null = null;
    for (const [name, { visitor, seenAt }] of this.#present) {
      if (now - seenAt > AWAY_MS) {
        this.#present.delete(name);
        continue;
      }
      try {
        await this.#standing(visitor);
      } catch (error) {
        problem ??= error instanceof Error ? error : new Error(String(error));
      }
    }
    if (problem !== null) throw problem;
  }

  async #standing(visitor: Visitor): Promise<void> {
    const present = this.#present.get(visitor.name);
    const { newest, ...standing }: ConversationStanding = this.#conversations.standing(conversationOf(visitor));
    const state = JSON.stringify(standing);
    if (present?.state !== state) {
      const { with: holder, name, backAt, isOffline } = standing;
      await this.#tell(visitor, { t: 'state', with: holder, name, backAt, isOffline }, `state-${this.#newId()}`);
      if (present !== undefined) present.state = state;
    }
    const got = newest === null ? '' : `${newest.nativeKey} ${String(newest.isRead)}`;
    if (newest !== null && present?.newest !== got) {
      await this.#tell(visitor, { t: 'got', upTo: ownIdOf(newest.nativeKey), isRead: newest.isRead }, `got-${this.#newId()}`);
      if (present !== undefined) present.newest = got;
    }
  }

  async #sendMissed(visitor: Visitor, hello: string, last: string | null): Promise<void> {
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
    for (const sent of this.#conversations.sentAfter(conversationOf(visitor), last)) {
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
