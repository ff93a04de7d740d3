import type { ChatAuthor, ChatFile, FromVisitor } from '../../../src/shared/domain/chat/chat-wire.ts';

/** What a browser keeps of a conversation, for all tabs of a site. */

/** `waiting` until the hub has stored it, `sent` until the team has it, `received` until somebody has read it. */
export type Delivery = 'waiting' | 'sent' | 'received' | 'read';

interface Shown {
  readonly id: string;
  /** Where it stands in the list, in epoch milliseconds of this browser. */
  readonly place: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
  readonly files: readonly ChatFile[];
}

export interface OwnItem extends Shown {
  readonly side: 'visitor';
  readonly kind: 'message' | 'report' | 'ticket';
  readonly delivery: Delivery;
  /** Pieces of its files that the hub has, of how many. */
  readonly progress: { readonly done: number; readonly all: number } | null;
  /** The hub refused it for good: said so, with a way to take it back. */
  readonly isRefused: boolean;
}

export interface TeamItem extends Shown {
  readonly side: 'team';
  readonly author: ChatAuthor;
  readonly options: readonly string[];
}

export type ChatItem = OwnItem | TeamItem;

/** Something that the hub is to store, in its order. */
export interface QueueEntry {
  readonly seq: number;
  readonly said: Exclude<FromVisitor, { readonly t: 'typing' | 'hello' }>;
}

export interface VisitorKeys {
  /** A CryptoKey that can not be taken out. */
  readonly privateKey: unknown;
  readonly publicRaw: Uint8Array;
}

export interface ChatMarks {
  /** The newest message of the team. */
  readonly last: string | null;
  /** The newest message of the team that was on the screen. */
  readonly readUpTo: string | null;
  /** What was filled in at the form, to be offered again. */
  readonly name: string;
  readonly email: string;
}

export const NO_MARKS: ChatMarks = { last: null, readUpTo: null, name: '', email: '' };

/** More are not shown: the team has all. */
export const MOST_ITEMS = 500;

export interface ChatStore {
  /** The keys of this browser; `fresh` unless another tab was first. */
  keys(fresh: () => Promise<VisitorKeys>): Promise<VisitorKeys>;
  /** Whether there were keys, without making any. */
  hasKeys(): Promise<boolean>;
  items(): Promise<readonly ChatItem[]>;
  item(id: string): Promise<ChatItem | null>;
  /** Adds or replaces. */
  putItem(item: ChatItem): Promise<void>;
  /** Changes a message of the visitor as it is at that moment; receipts and acknowledgements come at once. */
  changeOwn(id: string, change: (item: OwnItem) => OwnItem): Promise<void>;
  /** Adds what is shown and what is sent, both or neither. */
  enqueue(item: OwnItem | null, said: QueueEntry['said'], files: readonly StoredFile[]): Promise<void>;
  queue(): Promise<readonly QueueEntry[]>;
  dequeue(seq: number): Promise<void>;
  marks(): Promise<ChatMarks>;
  mark(change: Partial<ChatMarks>): Promise<void>;
  file(fileId: string): Promise<StoredFile | null>;
  putFile(file: StoredFile): Promise<void>;
  piece(fileId: string, index: number): Promise<Uint8Array | null>;
  putPiece(fileId: string, index: number, bytes: Uint8Array): Promise<void>;
  dropPieces(fileId: string): Promise<void>;
  /** Takes back what was not sent. */
  withdraw(itemId: string): Promise<void>;
  /** Everything, keys included. */
  erase(): Promise<void>;
  /** Somebody has cleared the storage of the browser: all of it is gone, and what comes is kept anew. */
  onLost(heard: () => void): void;
}

export interface StoredFile {
  readonly fileId: string;
  readonly bytes: Uint8Array;
}

/** In memory, where a browser keeps nothing (a private window of some, a frame without storage): all is lost with the page. */
export class MemoryStore implements ChatStore {
  #keys: VisitorKeys | null = null;
  readonly #items = new Map<string, ChatItem>();
  #queue: readonly QueueEntry[] = [];
  #seq = 0;
  #marks: ChatMarks = NO_MARKS;
  readonly #files = new Map<string, StoredFile>();
  readonly #pieces = new Map<string, Map<number, Uint8Array>>();

  async keys(fresh: () => Promise<VisitorKeys>): Promise<VisitorKeys> {
    this.#keys ??= await fresh();
    return this.#keys;
  }

  async hasKeys(): Promise<boolean> {
    return this.#keys !== null;
  }

  async items(): Promise<readonly ChatItem[]> {
    return [...this.#items.values()].toSorted((a, b) => a.place - b.place);
  }

  async item(id: string): Promise<ChatItem | null> {
    return this.#items.get(id) ?? null;
  }

  async putItem(item: ChatItem): Promise<void> {
    this.#items.set(item.id, item);
  }

  async changeOwn(id: string, change: (item: OwnItem) => OwnItem): Promise<void> {
    const item = this.#items.get(id);
    if (item?.side === 'visitor') this.#items.set(id, change(item));
  }

  async enqueue(item: OwnItem | null, said: QueueEntry['said'], files: readonly StoredFile[]): Promise<void> {
    if (item !== null) this.#items.set(item.id, item);
    for (const file of files) this.#files.set(file.fileId, file);
    this.#seq += 1;
    this.#queue = [...this.#queue, { seq: this.#seq, said }];
  }

  async queue(): Promise<readonly QueueEntry[]> {
    return this.#queue;
  }

  async dequeue(seq: number): Promise<void> {
    this.#queue = this.#queue.filter((entry) => entry.seq !== seq);
  }

  async marks(): Promise<ChatMarks> {
    return this.#marks;
  }

  async mark(change: Partial<ChatMarks>): Promise<void> {
    this.#marks = { ...this.#marks, ...change };
  }

  async file(fileId: string): Promise<StoredFile | null> {
    return this.#files.get(fileId) ?? null;
  }

  async putFile(file: StoredFile): Promise<void> {
    this.#files.set(file.fileId, file);
  }

  async piece(fileId: string, index: number): Promise<Uint8Array | null> {
    return this.#pieces.get(fileId)?.get(index) ?? null;
  }

  async putPiece(fileId: string, index: number, bytes: Uint8Array): Promise<void> {
    const pieces = this.#pieces.get(fileId) ?? new Map<number, Uint8Array>();
    this.#pieces.set(fileId, pieces.set(index, bytes));
  }

  async dropPieces(fileId: string): Promise<void> {
    this.#pieces.delete(fileId);
  }

  async withdraw(itemId: string): Promise<void> {
    this.#items.delete(itemId);
    this.#queue = this.#queue.filter(({ said }) => said.id !== itemId);
  }

  onLost(): void {
    // memory is lost with the page alone
  }

  async erase(): Promise<void> {
    this.#keys = null;
    this.#items.clear();
    this.#queue = [];
    this.#marks = NO_MARKS;
    this.#files.clear();
    this.#pieces.clear();
  }
}
