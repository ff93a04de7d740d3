import type { NatsConnection } from '@nats-io/transport-node';
import { ChatSeals, type Visitor } from '../../src/main/engine/channels/chat/chat-seals.ts';
import { CHAT_STREAM, FEED_PREFIX } from '../../src/main/engine/team/hub-names.ts';
import { fromBase64Url, toBase64Url } from '../../src/shared/domain/chat/chat-frames.ts';
import { chatSubject, PIECE_BYTES } from '../../src/shared/domain/chat/chat-wire.ts';
import type { ChatFile, FromTeam, FromVisitor } from '../../src/shared/domain/chat/chat-wire.ts';
import { eventually } from '../hub/hub-server.ts';
import type { SiteKeys } from './chat-visitor.ts';

/**
 * The team's end of a live chat for tests of the widget: a script in plain Node with a real connection to a real hub, which says what a
 * test tells it to. It is not the engine: it stores nothing, and knows no case.
 */
export class ChatTeam {
  /** Everything that visitors have said, in order; pieces are put aside. */
  readonly said: { readonly visitor: Visitor; readonly said: FromVisitor }[] = [];
  /** What is answered to a hello; null: nothing. */
  standing: Omit<Extract<FromTeam, { readonly t: 'state' }>, 't'> | null = { with: 'bot', name: null, backAt: null, isOffline: false };
  /** Says at once of every message that the team has it. */
  confirms = true;
  readonly #connection: NatsConnection;
  readonly #site: string;
  readonly #seals: ChatSeals;
  readonly #pieces = new Map<string, Uint8Array>();
  readonly #messages: Extract<FromTeam, { readonly t: 'message' }>[] = [];
  #work: Promise<void> = Promise.resolve();
  #ids = 0;
  readonly #known = new Set<number>();
  #heardUpTo = 0;

  private constructor(connection: NatsConnection, site: string, seals: ChatSeals) {
    this.#connection = connection;
    this.#site = site;
    this.#seals = seals;
  }

  /**
   * @param connection of a user of the hub who may hold channels
   * @param before the one before the hub was down: what was stored since is read first, as the team does
   */
  static async start(connection: NatsConnection, site: string, keys: SiteKeys, before?: ChatTeam): Promise<ChatTeam> {
    const team = new ChatTeam(connection, site, await ChatSeals.make(site, keys.privateKey));
    for (const [kind, prefix] of [
      ['chat', `${FEED_PREFIX}.`],
      ['live', ''],
    ] as const) {
      connection.subscribe(`${prefix}${kind}.in.${site}.*`, {
        callback: (error, message) => {
          const sequence = Number(message.headers?.get('Nats-Sequence') ?? 0);
          if (error === null) team.#next(kind, message.subject.split('.').at(-1) ?? '', message.string(), sequence);
        },
      });
    }
    // what comes from here on waits for it; the hub has the subscriptions first
    if (before !== undefined) team.#work = team.#goOnFrom(before);
    await connection.flush();
    await team.#work;
    return team;
  }

  /** Knows what another one has heard and said, and reads what was stored since. */
  async #goOnFrom(before: ChatTeam): Promise<void> {
    this.said.unshift(...before.said);
    this.#messages.push(...before.#messages);
    this.#ids = before.#ids;
    this.standing = before.standing;
    for (const [name, bytes] of before.#pieces) this.#pieces.set(name, bytes);
    for (let from = before.#heardUpTo + 1; ;) {
      const query = JSON.stringify({ seq: from, next_by_subj: chatSubject('chat', 'in', this.#site, '*') });
      const found = await this.#connection.request(`$JS.API.DIRECT.GET.${CHAT_STREAM}`, query, { timeout: 5_000 });
      const sequence = Number(found.headers?.get('Nats-Sequence') ?? 0);
      if (sequence === 0) break;
      await this.#take('chat', found.headers?.get('Nats-Subject').split('.').at(-1) ?? '', found.string(), sequence);
      from = sequence + 1;
    }
  }

  /** The visitor who spoke last. */
  get visitor(): Visitor {
    const last = this.said.at(-1);
    if (last === undefined) throw new Error('nobody has said anything');
    return last.visitor;
  }

  texts(): readonly string[] {
    return this.said.flatMap(({ said }) => (said.t === 'message' ? [said.text] : []));
  }

  /** Waits until a visitor has said something of a kind that fits. */
  async heard<Kind extends FromVisitor['t']>(
    kind: Kind,
    fits: (said: Extract<FromVisitor, { readonly t: Kind }>) => boolean = () => true,
  ): Promise<Extract<FromVisitor, { readonly t: Kind }>> {
    return eventually(async () => {
      const found = this.said.find(({ said }) => said.t === kind && fits(said as Extract<FromVisitor, { readonly t: Kind }>));
      if (found === undefined) throw new Error(`no ${kind} that fits among ${this.said.map(({ said }) => said.t).join(' ')}`);
      return Promise.resolve(found.said as Extract<FromVisitor, { readonly t: Kind }>);
    }, 10_000);
  }

  /** Says something to a visitor, stored by the hub. */
  async tell(told: FromTeam, visitor = this.visitor): Promise<void> {
    await this.#publish('chat', told, visitor);
  }

  /** What is over in a moment. */
  async live(told: FromTeam, visitor = this.visitor): Promise<void> {
    await this.#publish('live', told, visitor);
    await this.#connection.flush();
  }

  async message(
    text: string,
    more: Partial<Extract<FromTeam, { readonly t: 'message' }>> = {},
    visitor = this.visitor,
  ): Promise<Extract<FromTeam, { readonly t: 'message' }>> {
    this.#ids += 1;
    const message = {
      t: 'message',
      id: `team-${String(this.#ids)}-${visitor.name}`,
      at: Date.now(),
      author: { kind: 'agent', name: 'Mei' },
      text,
      options: [],
      files: [],
      ...more,
    } as const;
    this.#messages.push(message);
    await this.tell(message, visitor);
    return message;
  }

  /** Sends a file with a message, its pieces first. */
  async file(text: string, name: string, type: string, bytes: Uint8Array, visitor = this.visitor): Promise<void> {
    this.#ids += 1;
    const fileId = `fileofteam${String(this.#ids).padStart(10, '0')}`;
    const pieces = Math.ceil(bytes.length / PIECE_BYTES);
    for (let index = 0; index < pieces; index += 1) {
      const data = toBase64Url(bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
      await this.tell({ t: 'piece', id: `${fileId}-${String(index)}`, fileId, index, data }, visitor);
    }
    const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
    await this.message(text, { files: [{ fileId, name, type, size: bytes.length, sha256, pieces }] }, visitor);
  }

  /** The bytes of a file of the visitor, from its pieces. */
  received({ fileId, pieces }: ChatFile): Buffer {
    return Buffer.concat(Array.from({ length: pieces }, (_, index) => this.#pieces.get(`${fileId} ${String(index)}`) ?? new Uint8Array()));
  }

  async #publish(kind: 'chat' | 'live', told: FromTeam, visitor: Visitor): Promise<void> {
    const subject = chatSubject(kind, 'out', this.#site, visitor.name);
    const sealed = await this.#seals.seal(kind, visitor, told);
    if (kind === 'live') this.#connection.publish(subject, sealed);
    else await this.#connection.request(subject, sealed, { timeout: 5_000 });
  }

  /** One after the other, in the order in which they came. */
  #next(kind: 'chat' | 'live', name: string, data: string, sequence: number): void {
    const before = this.#work;
    const hear = async (): Promise<void> => {
      await before;
      await this.#take(kind, name, data, sequence);
    };
    this.#work = hear();
  }

  async #take(kind: 'chat' | 'live', name: string, data: string, sequence: number): Promise<void> {
    if (kind === 'chat') {
      if (this.#known.has(sequence)) return;
      this.#known.add(sequence);
      this.#heardUpTo = Math.max(this.#heardUpTo, sequence);
    }
    await this.#hear(kind, name, data);
  }

  async #hear(kind: 'chat' | 'live', name: string, data: string): Promise<void> {
    const opened = await this.#seals.open(kind, name, data);
    if (typeof opened === 'string') throw new Error(`an entry of a visitor can not be opened: ${opened}`);
    const { said, visitor } = opened;
    if (said.t === 'piece') {
      this.#pieces.set(`${said.fileId} ${String(said.index)}`, fromBase64Url(said.data) ?? new Uint8Array());
      return;
    }
    this.said.push({ said, visitor });
    if (said.t === 'hello') await this.#greet(said.last, visitor);
    if ((said.t === 'message' || said.t === 'ticket') && this.confirms)
      await this.tell({ t: 'got', upTo: said.id, isRead: false }, visitor);
  }

  async #greet(last: string | null, visitor: Visitor): Promise<void> {
    const missed = this.#messages
      .slice(this.#messages.findIndex(({ id }) => id === last) + 1)
      .filter(({ id }) => id.endsWith(visitor.name));
    if (missed.length > 0) await this.tell({ t: 'missed', messages: missed }, visitor);
    if (this.standing !== null) await this.tell({ t: 'state', ...this.standing }, visitor);
  }
}
