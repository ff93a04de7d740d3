import { createHash, webcrypto } from 'node:crypto';
import { connect, headers, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefixOf } from '../../src/main/engine/team/hub-names.ts';
import { fromBase64Url, openFrame, sealFrame, toBase64Url } from '../../src/shared/domain/chat/chat-frames.ts';
import { sealInfo, visitorOf, type SealKey } from '../../src/shared/domain/chat/chat-seal.ts';
import { chatSubject, PIECE_BYTES, readFromTeam } from '../../src/shared/domain/chat/chat-wire.ts';
import type { ChatFile, FromTeam, FromVisitor } from '../../src/shared/domain/chat/chat-wire.ts';
import { exportChatKey, makeChatKeys, webSealing, type ChatKeyPair } from '../../src/shared/domain/chat/web-sealing.ts';

/**
 * A visitor of a web site for tests: a real NATS client with the site's public credential, which keeps to the agreed wire as the widget
 * does. It is not the widget: it has no page, and no storage beyond this object.
 */

const crypto = {
  sealing: webSealing(webcrypto),
  utf8: { encode: (text: string) => new TextEncoder().encode(text), decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes) },
};

export interface SiteKeys {
  readonly publicKey: string;
  /** PKCS #8, base64url. */
  readonly privateKey: string;
}

export async function newSiteKeys(): Promise<SiteKeys> {
  const { privateKey, publicRaw } = await makeChatKeys(webcrypto, true);
  return { publicKey: toBase64Url(publicRaw), privateKey: toBase64Url(await exportChatKey(webcrypto, privateKey)) };
}

export interface VisitorOptions {
  readonly site: string;
  readonly password: string;
  /** The site's public key, base64url. */
  readonly siteKey: string;
  /** Such as `tls://127.0.0.1:4222`. Asked before each attempt to connect. */
  readonly server: () => string;
  /** PEM of the hub's authority. */
  readonly authority: string;
  /** Of somebody who has been here before. */
  readonly keys?: ChatKeyPair;
  readonly identity?: () => string | null;
}

export type TeamMessage = Extract<FromTeam, { readonly t: 'message' }>;
type Stored = Exclude<FromVisitor, { readonly t: 'typing' }>;

const RETRY_MS = 50;
const ACK_MS = 1_500;

export class ChatVisitor implements AsyncDisposable {
  readonly name: string;
  readonly keys: ChatKeyPair;
  /** Messages of the team in the order in which they came, each once. */
  readonly messages: TeamMessage[] = [];
  /** Everything else that was told, in order; pieces are put together. */
  readonly told: FromTeam[] = [];
  /** How often a message came that was here already. */
  repeats = 0;
  readonly #options: VisitorOptions;
  readonly #in: SealKey;
  readonly #out: SealKey;
  readonly #pieces = new Map<string, Uint8Array>();
  #connection: NatsConnection | null = null;
  #connecting: Promise<NatsConnection> | null = null;
  #hearing: Promise<void> = Promise.resolve();
  #isOver = false;
  #ids = 0;

  private constructor(options: VisitorOptions, keys: ChatKeyPair, name: string, sealed: { readonly in: SealKey; readonly out: SealKey }) {
    this.#options = options;
    this.keys = keys;
    this.name = name;
    this.#in = sealed.in;
    this.#out = sealed.out;
  }

  /** Makes keys, or takes those of somebody who has been here. Connects with the first thing that is said. */
  static async make(options: VisitorOptions): Promise<ChatVisitor> {
    const keys = options.keys ?? (await makeChatKeys(webcrypto, true));
    const { sealing } = crypto;
    const name = visitorOf(await sealing.sha256(keys.publicRaw));
    const siteKey = fromBase64Url(options.siteKey) ?? new Uint8Array();
    return new ChatVisitor(options, keys, name, {
      in: await sealing.derive(keys.privateKey, siteKey, sealInfo('in', options.site, name)),
      out: await sealing.derive(keys.privateKey, siteKey, sealInfo('out', options.site, name)),
    });
  }

  get conversation(): string {
    return `${this.name}.${toBase64Url(this.keys.publicRaw)}`;
  }

  newId(): string {
    this.#ids += 1;
    return createHash('sha256')
      .update(`${this.name} ${String(this.#ids)} ${String(Math.random())}`)
      .digest('hex')
      .slice(0, 24);
  }

  /** Says hello, with the newest message of the team that is here. */
  async hello(last = this.messages.at(-1)?.id ?? null): Promise<void> {
    await this.store({ t: 'hello', id: this.newId(), last, page: 'https://shop.example.com/', ...this.#sender() });
  }

  /** Resolves when the hub has stored it, however often the connection breaks. Returns its id. */
  async say(text: string, more: Partial<Extract<FromVisitor, { readonly t: 'message' }>> = {}): Promise<string> {
    const id = more.id ?? this.newId();
    await this.store({ t: 'message', at: Date.now(), text, intake: null, files: [], ...this.#sender(), ...more, id });
    return id;
  }

  async sayWithFiles(
    text: string,
    files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[],
  ): Promise<string> {
    const named: ChatFile[] = [];
    for (const { name, type, bytes } of files) named.push(await this.upload(name, type, bytes));
    return this.say(text, { files: named });
  }

  /** Sends the pieces of a file; a message has to name it afterwards. */
  async upload(name: string, type: string, bytes: Uint8Array): Promise<ChatFile> {
    const fileId = this.newId();
    const pieces = Math.ceil(bytes.length / PIECE_BYTES);
    for (let index = 0; index < pieces; index += 1) {
      const data = toBase64Url(bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
      await this.store({ t: 'piece', id: `${fileId}-${String(index)}`, fileId, index, data });
    }
    return { fileId, name, type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), pieces };
  }

  async ticket(words: { readonly name: string; readonly email: string; readonly subject: string; readonly text: string }): Promise<string> {
    const id = this.newId();
    await this.store({ t: 'ticket', id, at: Date.now(), intake: null, files: [], ...this.#sender(), ...words });
    return id;
  }

  /** Everything that came was read. */
  async read(upTo = this.messages.at(-1)?.id ?? ''): Promise<void> {
    await this.store({ t: 'read', id: this.newId(), upTo, at: Date.now() });
  }

  async check(code: string): Promise<void> {
    await this.store({ t: 'check', id: this.newId(), code });
  }

  async type(on = true): Promise<void> {
    const subject = chatSubject('live', 'in', this.#options.site, this.name);
    const connection = await this.#connected();
    connection.publish(subject, await this.sealed(subject, { t: 'typing', on }));
    await connection.flush();
  }

  /** The bytes of a file of the team; null while a piece is missing or it is not what it should be. */
  file({ fileId, pieces, size, sha256 }: ChatFile): Uint8Array | null {
    const parts = Array.from({ length: pieces }, (_, index) => this.#pieces.get(`${fileId} ${String(index)}`));
    if (parts.some((part) => part === undefined)) return null;
    const bytes = Buffer.concat(parts.filter((part) => part !== undefined));
    return bytes.length === size && createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null;
  }

  /** Of what was told, the last of a kind. */
  last<Kind extends FromTeam['t']>(kind: Kind): Extract<FromTeam, { readonly t: Kind }> | undefined {
    return this.told.findLast((each): each is Extract<FromTeam, { readonly t: Kind }> => each.t === kind);
  }

  async store(said: Stored): Promise<void> {
    const subject = chatSubject('chat', 'in', this.#options.site, this.name);
    await this.storeRaw(subject, await this.sealed(subject, said), `${this.name}.${said.id}`);
  }

  /** Stores anything, until it is acknowledged. Throws what the stream says against it. */
  async storeRaw(subject: string, data: string, messageId: string): Promise<void> {
    const header = headers();
    header.set('Nats-Msg-Id', messageId);
    for (;;) {
      let answer: unknown;
      try {
        answer = (await (await this.#connected()).request(subject, data, { headers: header, timeout: ACK_MS })).json();
      } catch (error) {
        if (this.#isOver) throw error;
        await this.disconnect();
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        continue;
      }
      if (typeof answer === 'object' && answer !== null && 'error' in answer) throw new Error(JSON.stringify(answer.error));
      return;
    }
  }

  async sealed(subject: string, said: FromVisitor): Promise<string> {
    return sealFrame(crypto, this.#in, subject, said, this.keys.publicRaw);
  }

  /** Closes the connection as the end of a page would; what is said next opens another one. */
  async disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close().catch(() => {});
  }

  /** Connects, and goes on trying. */
  async connect(): Promise<void> {
    await this.#connected();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.disconnect();
  }

  #sender(): { readonly locale: string; readonly zone: string; readonly offsetMinutes: number; readonly identity: string | null } {
    return { locale: 'en', zone: 'UTC', offsetMinutes: 0, identity: this.#options.identity?.() ?? null };
  }

  async #connected(): Promise<NatsConnection> {
    if (this.#connection !== null && !this.#connection.isClosed()) return this.#connection;
    this.#connecting ??= this.#dial().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #dial(): Promise<NatsConnection> {
    const { site, password, authority, server } = this.#options;
    for (;;) {
      try {
        const options: ConnectionOptions & { tls: { ca: string } } = {
          servers: [server()],
          user: site,
          pass: password,
          tls: { ca: authority },
          inboxPrefix: inboxPrefixOf(site),
          reconnect: false,
          ignoreClusterUpdates: true,
          timeout: 2_000,
        };
        const connection = await connect(options);
        for (const kind of ['chat', 'live'] as const) {
          const subject = chatSubject(kind, 'out', site, this.name);
          connection.subscribe(subject, { callback: (error, message) => void (error ?? this.#hear(subject, message.string())) });
        }
        await connection.flush();
        this.#connection = connection;
        return connection;
      } catch (error) {
        if (this.#isOver) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  #hear(subject: string, data: string): void {
    const before = this.#hearing;
    const take = async (): Promise<void> => {
      await before;
      const told = readFromTeam(await openFrame(crypto, this.#out, subject, data));
      if (told === null) return;
      if (told.t === 'piece') this.#pieces.set(`${told.fileId} ${String(told.index)}`, fromBase64Url(told.data) ?? new Uint8Array());
      else if (told.t === 'message') this.#take(told);
      else {
        this.told.push(told);
        if (told.t === 'missed') for (const message of told.messages) this.#take(message);
      }
    };
    this.#hearing = take();
  }

  #take(message: TeamMessage): void {
    if (this.messages.some(({ id }) => id === message.id)) this.repeats += 1;
    else this.messages.push(message);
  }
}
