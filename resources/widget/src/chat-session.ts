import type { WebCryptoPart } from '../../../src/shared/domain/chat/web-sealing.ts';
import { makeChatKeys } from '../../../src/shared/domain/chat/web-sealing.ts';
import { PIECE_BYTES } from '../../../src/shared/domain/chat/chat-wire.ts';
import type { ChatFile, FromVisitor } from '../../../src/shared/domain/chat/chat-wire.ts';
import type { Intake } from '../../../src/shared/domain/message.ts';
import { NO_MARKS } from './chat-store.ts';
import type { ChatItem, ChatMarks, OwnItem, StoredFile } from './chat-store.ts';
import { HubSide } from './hub-side.ts';
import type { HubSideOptions } from './hub-side.ts';
import type { Checked, Live, TabNews, Tabs } from './tabs.ts';

/** All that is on the screen. */
export interface ChatView {
  readonly items: readonly ChatItem[];
  readonly marks: ChatMarks;
  readonly live: Live;
  /** Messages of the team that nobody has seen here. */
  readonly unread: number;
}

/** A file that was picked, with its bytes. */
export interface PickedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface SessionOptions extends Pick<
  HubSideOptions,
  'site' | 'siteKey' | 'sealing' | 'utf8' | 'store' | 'connect' | 'now' | 'sender' | 'page'
> {
  readonly crypto: WebCryptoPart;
  readonly tabs: Tabs;
  readonly onView: (view: ChatView) => void;
}

export interface TicketWords {
  readonly name: string;
  readonly email: string;
  readonly subject: string;
  readonly text: string;
}

const NOTHING_LIVE: Live = { hub: 'idle', team: null, typing: null };
const CHECK_LIMIT_MS = 20_000;
/** Says that somebody goes on writing, this often. */
const TYPING_EVERY_MS = 3_000;

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One tab's part of a conversation. All tabs show what is in the store; one of them has the connection. */
export class ChatSession {
  readonly #options: SessionOptions;
  #view: ChatView = { items: [], marks: NO_MARKS, live: NOTHING_LIVE, unread: 0 };
  #side: HubSide | null = null;
  #isBeginning = false;
  #identity: string | null = null;
  #isActive = false;
  /** Whether this tab asked to be the one that has the connection, and whether it is. */
  #leads: 'no' | 'asked' | 'yes' = 'no';
  #refreshing: Promise<void> = Promise.resolve();
  /** How often all was cleared away. What was read before that is shown no more. */
  #beginnings = 0;
  #typingSaidAt = 0;
  readonly #checks = new Map<string, (checked: Checked | null) => void>();

  constructor(options: SessionOptions) {
    this.#options = options;
    options.tabs.hear((news) => this.#hear(news));
    // every tab is told by the browser
    options.store.onLost(() => void this.#begunAnew());
  }

  get view(): ChatView {
    return this.#view;
  }

  /** Shows what is there; connects only if there was a conversation before. */
  async resume(): Promise<void> {
    if (!(await this.#options.store.hasKeys())) return;
    await this.#refresh();
    this.activate();
  }

  /** Connects, or has another tab do it: from now on the hub knows of this visitor. May be called again. */
  activate(): void {
    if (this.#isActive) return;
    this.#isActive = true;
    this.#options.tabs.tell({ t: 'ask' });
    if (this.#leads === 'yes') void this.#lead();
    if (this.#leads !== 'no') return;
    this.#leads = 'asked';
    this.#options.tabs.lead(() => {
      this.#leads = 'yes';
      void this.#lead();
    });
  }

  /** The network may be back. */
  nudge(): void {
    this.#side?.nudge();
  }

  /** Says who is signed in, by a token that the site signed; null: nobody is. */
  identify(token: string | null): void {
    this.#identity = token;
    this.#options.tabs.tell({ t: 'identity', token });
    this.#side?.greetAgain();
  }

  async send(text: string, files: readonly PickedFile[], intake: Intake | null = null): Promise<void> {
    const { item, sent, stored } = await this.#compose(intake === null ? 'message' : 'report', text, files);
    const said: FromVisitor = {
      t: 'message',
      id: item.id,
      at: item.at,
      text,
      ...this.#options.sender(),
      identity: this.#identity,
      intake,
      files: sent,
    };
    await this.#enqueue(item, said, stored);
    this.#typingSaidAt = 0;
  }

  async sendTicket(words: TicketWords, files: readonly PickedFile[], intake: Intake | null): Promise<void> {
    const shown = words.subject === '' ? words.text : `${words.subject}\n\n${words.text}`;
    const { item, sent, stored } = await this.#compose('ticket', shown, files);
    const said: FromVisitor = {
      t: 'ticket',
      id: item.id,
      at: item.at,
      ...words,
      ...this.#options.sender(),
      identity: this.#identity,
      intake,
      files: sent,
    };
    await this.#options.store.mark({ name: words.name, email: words.email });
    await this.#enqueue(item, said, stored);
  }

  /** Takes back what the hub refused, or what still waits. */
  async withdraw(itemId: string): Promise<void> {
    await this.#options.store.withdraw(itemId);
    await this.#changed();
  }

  /** Everything up to the newest message of the team was on the screen. */
  async markRead(): Promise<void> {
    const newest = this.#view.items.findLast(({ side }) => side === 'team');
    if (newest === undefined || newest.id === this.#view.marks.readUpTo) return;
    await this.#options.store.mark({ readUpTo: newest.id });
    await this.#enqueue(null, { t: 'read', id: this.#newId(), upTo: newest.id, at: this.#options.now() }, []);
  }

  /** Somebody writes, or has stopped. */
  typing(on: boolean): void {
    const now = this.#options.now();
    if (on && now - this.#typingSaidAt < TYPING_EVERY_MS) return;
    if (!on && this.#typingSaidAt === 0) return;
    this.#typingSaidAt = on ? now : 0;
    if (this.#side === null) this.#options.tabs.tell({ t: 'typing', on });
    else this.#side.typing(on);
  }

  /** Asks the team whose code it is; null when nobody answered in time. */
  async check(code: string): Promise<Checked | null> {
    this.activate();
    await this.#enqueue(null, { t: 'check', id: this.#newId(), code }, []);
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(null), CHECK_LIMIT_MS);
      const done = (checked: Checked | null): void => {
        clearTimeout(timer);
        this.#checks.delete(code);
        resolve(checked);
      };
      this.#checks.set(code, done);
    });
  }

  async file(fileId: string): Promise<Uint8Array | null> {
    return (await this.#options.store.file(fileId))?.bytes ?? null;
  }

  /** A file of the team, put together from its pieces; null while some are missing or it is not what it should be. */
  async received({ fileId, pieces, size, sha256 }: ChatFile): Promise<Uint8Array | null> {
    const known = await this.file(fileId);
    if (known !== null) return known;
    const bytes = new Uint8Array(size);
    for (let index = 0; index < pieces; index += 1) {
      const piece = await this.#options.store.piece(fileId, index);
      if (piece === null || index * PIECE_BYTES + piece.length > size) return null;
      bytes.set(piece, index * PIECE_BYTES);
    }
    if (hex(await this.#options.sealing.sha256(bytes)) !== sha256) return null;
    await this.#options.store.putFile({ fileId, bytes });
    await this.#options.store.dropPieces(fileId);
    return bytes;
  }

  /** Deletes conversation and keys from this browser. What the team has stays with the team. */
  async forget(): Promise<void> {
    this.#identity = null;
    await this.#options.store.erase();
    this.#options.tabs.tell({ t: 'erased' });
    await this.#begunAnew();
  }

  #newId(): string {
    return hex(this.#options.sealing.random(12));
  }

  async #compose(
    kind: OwnItem['kind'],
    text: string,
    files: readonly PickedFile[],
  ): Promise<{ readonly item: OwnItem; readonly sent: readonly ChatFile[]; readonly stored: readonly StoredFile[] }> {
    this.activate();
    const { sealing, now, store } = this.#options;
    const prepared = await Promise.all(
      files.map(async ({ name, type, bytes }) => {
        const pieces = Math.ceil(bytes.length / PIECE_BYTES);
        return {
          fileId: this.#newId(),
          name: name.slice(0, 300),
          type,
          size: bytes.length,
          pieces,
          sha256: hex(await sealing.sha256(bytes)),
          bytes,
        };
      }),
    );
    const sent = prepared.map(({ bytes: _bytes, ...file }) => file);
    const last = (await store.items()).at(-1)?.place ?? 0;
    const at = now();
    const item: OwnItem = {
      side: 'visitor',
      kind,
      id: this.#newId(),
      place: Math.max(at, last + 1),
      at,
      text,
      files: sent,
      delivery: 'waiting',
      progress: null,
      isRefused: false,
    };
    return { item, sent, stored: prepared.map(({ fileId, bytes }) => ({ fileId, bytes })) };
  }

  async #enqueue(
    item: OwnItem | null,
    said: Exclude<FromVisitor, { readonly t: 'typing' | 'hello' }>,
    files: readonly StoredFile[],
  ): Promise<void> {
    await this.#options.store.enqueue(item, said, files);
    await this.#changed();
    if (this.#side === null) this.#options.tabs.tell({ t: 'queued' });
    else this.#side.queued();
  }

  async #changed(): Promise<void> {
    this.#options.tabs.tell({ t: 'stored' });
    await this.#refresh();
  }

  async #lead(): Promise<void> {
    if (this.#side !== null || this.#isBeginning) return;
    this.#isBeginning = true;
    const { store, crypto, onView: _onView, ...options } = this.#options;
    const keys = await store.keys(async () => makeChatKeys(crypto, false));
    this.#side = await HubSide.begin({
      ...options,
      store,
      keys,
      newId: () => this.#newId(),
      identity: () => this.#identity,
      onLive: (live) => this.#show({ live }),
      onStored: () => this.#refreshSoon(),
      onChecked: (checked) => this.#checks.get(checked.code)?.(checked),
    });
    this.#isBeginning = false;
  }

  #hear(news: TabNews): void {
    switch (news.t) {
      case 'stored':
        this.#refreshSoon();
        return;
      case 'queued':
        this.#side?.queued();
        return;
      case 'ask':
        if (this.#leads === 'yes') this.activate();
        if (this.#side !== null) this.#options.tabs.tell({ t: 'live', live: this.#side.live });
        return;
      case 'live':
        if (this.#side === null) this.#show({ live: news.live });
        return;
      case 'typing':
        this.#side?.typing(news.on);
        return;
      case 'identity':
        this.#identity = news.token;
        this.#side?.greetAgain();
        return;
      case 'checked':
        this.#checks.get(news.checked.code)?.(news.checked);
        return;
      case 'erased':
        this.#identity = null;
        void this.#begunAnew();
    }
  }

  /** Whoever had the connection ends it. With the next thing that anybody does in any tab it begins again, with new keys. */
  async #begunAnew(): Promise<void> {
    this.#side?.end();
    this.#side = null;
    this.#isActive = false;
    this.#beginnings += 1;
    this.#show({ live: NOTHING_LIVE, items: [], marks: NO_MARKS, unread: 0 });
    await this.#refresh().catch(() => undefined);
  }

  /** What can not be read now, because the browser clears it away, is read when it has told so. */
  #refreshSoon(): void {
    this.#refresh().catch(() => undefined);
  }

  /** One at a time: what was read last is what is shown. */
  async #refresh(): Promise<void> {
    const before = this.#refreshing;
    const read = async (): Promise<void> => {
      // one that failed must not stop those that follow
      await before.catch(() => undefined);
      const beginning = this.#beginnings;
      const [items, marks] = [await this.#options.store.items(), await this.#options.store.marks()];
      if (beginning !== this.#beginnings) return;
      const team = items.filter(({ side }) => side === 'team');
      const unread = team.length - 1 - team.findIndex(({ id }) => id === marks.readUpTo);
      this.#show({ items, marks, unread: marks.readUpTo === null ? team.length : unread });
    };
    this.#refreshing = read();
    await this.#refreshing;
  }

  #show(change: Partial<ChatView>): void {
    this.#view = { ...this.#view, ...change };
    this.#options.onView(this.#view);
  }
}
