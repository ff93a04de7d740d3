import { MOST_ITEMS, NO_MARKS } from './chat-store.ts';
import type { ChatItem, ChatMarks, ChatStore, OwnItem, QueueEntry, StoredFile, VisitorKeys } from './chat-store.ts';

/** The tables of the browser's database; `one` holds the keys and the marks. */
const TABLES = ['one', 'items', 'queue', 'files', 'pieces'] as const;
type Table = (typeof TABLES)[number];

const REOPEN_AFTER_MS = 250;
const REOPEN_TRIES = 20;
/** Asked for while it is being cleared away, a database may never be answered for. */
const REOPEN_DEADLINE_MS = 1_000;

/** What a request comes to. Only this file writes there, so what is read is what the caller names. */
async function answered<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    request.addEventListener('success', () => resolve(request.result as T));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps nothing')));
  });
}

/** Rejects what has not come to anything after so long; what comes of it later is given back. */
async function within<T>(work: Promise<T>, deadlineMs: number, giveBack: (late: T) => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new Error('the browser does not answer'));
    }, deadlineMs);
  });
  void work.then(
    (value) => isLate && giveBack(value),
    () => undefined,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The browser's database: the same for all tabs of a site, and there again after a reload. What it holds is only what it was given. */
export class BrowserStore implements ChatStore {
  readonly #name: string;
  #database: Promise<IDBDatabase>;
  #lost: () => void = () => undefined;

  private constructor(name: string) {
    this.#name = name;
    this.#database = this.#opened();
  }

  /** Rejects where the browser keeps nothing. */
  static async open(name: string): Promise<BrowserStore> {
    const store = new BrowserStore(name);
    await store.#database;
    return store;
  }

  onLost(heard: () => void): void {
    this.#lost = heard;
  }

  /** While the old one is being cleared away there can be no new one. */
  async #reopened(): Promise<IDBDatabase> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#opened(REOPEN_DEADLINE_MS);
      } catch (error) {
        if (tries === REOPEN_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, REOPEN_AFTER_MS));
      }
    }
  }

  async #opened(deadlineMs: number | null = null): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('one');
      request.result.createObjectStore('items', { keyPath: 'id' });
      request.result.createObjectStore('queue', { keyPath: 'seq', autoIncrement: true });
      request.result.createObjectStore('files', { keyPath: 'fileId' });
      request.result.createObjectStore('pieces');
    });
    const opening = answered<IDBDatabase>(request);
    const database = await (deadlineMs === null ? opening : within(opening, deadlineMs, (late) => late.close()));
    // told when the browser closes it by itself: its storage was cleared
    database.addEventListener('close', () => {
      this.#database = this.#reopened();
      this.#database.catch(() => undefined);
      this.#lost();
    });
    return database;
  }

  async #one<T>(table: Table, key: IDBValidKey): Promise<T | undefined> {
    const database = await this.#database;
    return answered<T | undefined>(database.transaction(table).objectStore(table).get(key));
  }

  async #all<T>(table: Table): Promise<readonly T[]> {
    const database = await this.#database;
    return answered<readonly T[]>(database.transaction(table).objectStore(table).getAll());
  }

  /** All of it or nothing. */
  async #write(tables: readonly Table[], work: (store: (table: Table) => IDBObjectStore) => void): Promise<void> {
    const transaction = (await this.#database).transaction(tables, 'readwrite');
    try {
      work((table) => transaction.objectStore(table));
    } catch (error) {
      transaction.abort();
      throw error;
    }
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('the browser keeps nothing')));
    });
  }

  async keys(fresh: () => Promise<VisitorKeys>): Promise<VisitorKeys> {
    const known = await this.#one<VisitorKeys>('one', 'keys');
    if (known !== undefined) return known;
    const made = await fresh();
    // whichever tab adds first has made them
    await this.#write(['one'], (store) => {
      const adding = store('one').add(made, 'keys');
      adding.addEventListener('error', (event) => {
        event.preventDefault();
        event.stopPropagation();
      });
    });
    return (await this.#one<VisitorKeys>('one', 'keys')) ?? made;
  }

  async hasKeys(): Promise<boolean> {
    return (await this.#one('one', 'keys')) !== undefined;
  }

  async items(): Promise<readonly ChatItem[]> {
    const all = await this.#all<ChatItem>('items');
    return all.toSorted((a, b) => a.place - b.place).slice(-MOST_ITEMS);
  }

  async item(id: string): Promise<ChatItem | null> {
    return (await this.#one<ChatItem>('items', id)) ?? null;
  }

  async putItem(item: ChatItem): Promise<void> {
    await this.#write(['items'], (store) => store('items').put(item));
  }

  async changeOwn(id: string, change: (item: OwnItem) => OwnItem): Promise<void> {
    await this.#write(['items'], (store) => {
      const reading = store('items').get(id);
      reading.addEventListener('success', () => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this file writes there
        const item = reading.result as ChatItem | undefined;
        if (item?.side === 'visitor') store('items').put(change(item));
      });
    });
  }

  async enqueue(item: OwnItem | null, said: QueueEntry['said'], files: readonly StoredFile[]): Promise<void> {
    await this.#write(['items', 'queue', 'files'], (store) => {
      if (item !== null) store('items').put(item);
      for (const file of files) store('files').put(file);
      store('queue').add({ said });
    });
  }

  async queue(): Promise<readonly QueueEntry[]> {
    return this.#all<QueueEntry>('queue');
  }

  async dequeue(seq: number): Promise<void> {
    await this.#write(['queue'], (store) => store('queue').delete(seq));
  }

  async marks(): Promise<ChatMarks> {
    return { ...NO_MARKS, ...(await this.#one<Partial<ChatMarks>>('one', 'marks')) };
  }

  async mark(change: Partial<ChatMarks>): Promise<void> {
    await this.#write(['one'], (store) => {
      const reading = store('one').get('marks');
      reading.addEventListener('success', () => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this file writes there
        const marks = reading.result as Partial<ChatMarks> | undefined;
        store('one').put({ ...NO_MARKS, ...marks, ...change }, 'marks');
      });
    });
  }

  async file(fileId: string): Promise<StoredFile | null> {
    return (await this.#one<StoredFile>('files', fileId)) ?? null;
  }

  async putFile(file: StoredFile): Promise<void> {
    await this.#write(['files'], (store) => store('files').put(file));
  }

  async piece(fileId: string, index: number): Promise<Uint8Array | null> {
    return (await this.#one<Uint8Array>('pieces', [fileId, index])) ?? null;
  }

  async putPiece(fileId: string, index: number, bytes: Uint8Array): Promise<void> {
    await this.#write(['pieces'], (store) => store('pieces').put(bytes, [fileId, index]));
  }

  async dropPieces(fileId: string): Promise<void> {
    await this.#write(['pieces'], (store) => store('pieces').delete(IDBKeyRange.bound([fileId], [fileId, []])));
  }

  async withdraw(itemId: string): Promise<void> {
    const queue = await this.queue();
    await this.#write(['items', 'queue'], (store) => {
      store('items').delete(itemId);
      for (const { seq, said } of queue) if (said.id === itemId) store('queue').delete(seq);
    });
  }

  async erase(): Promise<void> {
    await this.#write(TABLES, (store) => {
      for (const table of TABLES) store(table).clear();
    });
  }
}
