import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { MESSAGES_PER_DAY } from './messages.store.ts';
import { storageFailure } from './sql.ts';
import type { Clause, Query, Term } from '../../../shared/domain/search-text.ts';

/** Raised whenever the terms, the document or the tables change: an index of another version is thrown away and made again. */
const INDEX_VERSION = 3;
/**
 * Message keys of 32 days share a table, so that the newest are answered without touching the old ones: for the beginning of a word FTS5
 * first merges everything that a table has for it. What is rare is asked of each table in turn, a few hundredths of a millisecond each.
 */
const PARTITION_KEYS = 2 ** 23;
const PARTITION_NAME = /^messages_(\d+)$/u;

/** How far a day's messages are in the index: every one with a key up to `last`, whose message is `uid`. */
export interface IndexedDay {
  readonly last: number;
  readonly uid: string;
}

/** One message as the index takes it: its key in the main database and its terms. */
export interface IndexEntry {
  readonly id: number;
  readonly terms: string;
}

/** Keys are bound as bigint: a number beyond 31 bits is bound as a real, and FTS5 ignores limits that are not integers. */
interface Partition {
  readonly insert: Database.Statement<[bigint, string]>;
  readonly select: Database.Statement<[string, bigint, number], { readonly rowid: number }>;
  readonly deleteRange: Database.Statement<[bigint, bigint]>;
}

/**
 * The full-text index, in a file of its own: all of it can be made again from the main database, so a missing, damaged or
 * outdated file is replaced without a word to the person. It stores no text. Terms come folded and cut from the domain, so
 * the tokenizer only splits at spaces: `ascii` takes every other character as it is, whichever Unicode version SQLite knows.
 */
export class SearchStore implements Disposable {
  private connection: Database.Database | null = null;
  private readonly partitions = new Map<number, Partition>();
  readonly path: string;
  private openings = 0;
  private reason: unknown = null;
  /** Messages of the main database that are not in the index, as far as the indexer knows. */
  notIndexed = 0;
  /** The newest key of each day, and the smaller keys of the day that are in the index, too; null until it is asked for. */
  private newest: Map<number, number> | null = null;

  constructor(path: string) {
    this.path = path;
    try {
      this.open();
    } catch {
      // A full or locked disk: `database` tries again whenever it is asked to write.
    }
  }

  /** Grows when the file was opened or made anew: whoever remembers what it holds must ask again. */
  get generation(): number {
    return this.openings;
  }

  /** Why the last file was thrown away, or null. */
  get replacedBecause(): unknown {
    return this.reason;
  }

  /** The raw connection, for checks. Throws when the file can not be opened now. */
  get database(): Database.Database {
    return this.connection ?? this.open();
  }

  /** The raw connection, or null where the file is not open at the moment. */
  get ifOpen(): Database.Database | null {
    return this.connection;
  }

  private open(): Database.Database {
    let database: Database.Database;
    try {
      database = openFile(this.path);
    } catch (error) {
      const failure = storageFailure(error);
      if (failure !== 'damaged' && !(error instanceof OutdatedIndexError)) throw error;
      this.reason = error;
      removeFile(this.path);
      database = openFile(this.path);
    }
    this.connection = database;
    this.newest = null;
    this.openings += 1;
    this.partitions.clear();
    try {
      for (const number of partitionNumbers(database)) this.partitions.set(number, prepare(database, number));
    } catch (error) {
      // The tables are listed but one is broken inside.
      this.replace(error);
      return this.database;
    }
    return database;
  }

  /** Like `replace`, for callers who can do nothing when the disk is full: the file is then made when it can be. */
  forgetAll(reason: unknown): void {
    try {
      this.replace(reason);
    } catch {
      // `replace` has removed the old file before it failed to make the new one.
    }
  }

  /** Throws the index away and starts an empty one. */
  replace(reason: unknown): void {
    this.reason = reason;
    this.close();
    removeFile(this.path);
    this.open();
  }

  private partition(number: number): Partition {
    const known = this.partitions.get(number);
    if (known !== undefined) return known;
    this.database.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS ${tableName(number)} USING fts5(terms, content='', contentless_delete=1, detail=none, tokenize='ascii')`,
    );
    const created = prepare(this.database, number);
    this.partitions.set(number, created);
    return created;
  }

  /** What is in the index, by day (see `dayOfMessageKey`). */
  days(): Map<number, IndexedDay> {
    const rows = this.database.prepare<[], { day: number; last: number; uid: string }>('SELECT day, last, uid FROM days').all();
    return new Map(rows.map((row) => [row.day, { last: row.last, uid: row.uid }]));
  }

  /**
   * Adds messages of one day, ascending by key, and moves the day's mark to the last of them, in one transaction: after a
   * crash the mark and the terms still agree. `entries` may be consumed lazily.
   */
  add(day: number, entries: Iterable<IndexEntry & { readonly uid: string }>): IndexedDay | null {
    const { database } = this;
    const mark = this.guard(() =>
      database
        .transaction(() => {
          let last: IndexedDay | null = null;
          for (const entry of entries) {
            this.partition(Math.floor(entry.id / PARTITION_KEYS)).insert.run(BigInt(entry.id), entry.terms);
            last = { last: entry.id, uid: entry.uid };
          }
          if (last !== null)
            database
              .prepare('INSERT INTO days(day, last, uid) VALUES(@day, @last, @uid) ON CONFLICT(day) DO UPDATE SET last = @last, uid = @uid')
              .run({ day, ...last });
          return last;
        })
        .immediate(),
    );
    if (mark !== null) this.newest?.set(day, mark.last);
    return mark;
  }

  /** How many messages with a key of at least `from` are in the index, and the oldest day of all (see `dayOfMessageKey`); deleted ones are counted. */
  extent(from: number): { readonly messages: number; readonly oldestDay: number | null } {
    this.newest ??= this.connection === null ? new Map() : new Map([...this.days()].map(([day, { last }]) => [day, last]));
    let messages = 0;
    let oldestDay: number | null = null;
    for (const [day, last] of this.newest) {
      if (oldestDay === null || day < oldestDay) oldestDay = day;
      // the first key of a day is the one after its begin
      messages += Math.max(0, last - Math.max(day * MESSAGES_PER_DAY, from - 1));
    }
    return { messages, oldestDay };
  }

  /** Gives messages that are in the index other terms, in one transaction. */
  replaceTerms(entries: readonly IndexEntry[]): void {
    const { database } = this;
    this.guard(() =>
      database
        .transaction(() => {
          for (const { id, terms } of entries) {
            const partition = this.partition(Math.floor(id / PARTITION_KEYS));
            partition.deleteRange.run(BigInt(id), BigInt(id + 1));
            partition.insert.run(BigInt(id), terms);
          }
        })
        .immediate(),
    );
  }

  /** Forgets a day whose messages are no longer the ones that were indexed. `from` and `until` bound its keys, the end excluded. */
  forgetDay(day: number, from: number, until: number): void {
    const { database } = this;
    this.guard(() =>
      database
        .transaction(() => {
          this.partitions.get(Math.floor(from / PARTITION_KEYS))?.deleteRange.run(BigInt(from), BigInt(until));
          database.prepare('DELETE FROM days WHERE day = ?').run(day);
        })
        .immediate(),
    );
    this.newest?.delete(day);
  }

  /**
   * Keys of messages that may match, newest first, below `before`. The index knows terms only: the caller looks whether the
   * text really has what was asked for, whether the message still exists, and whether it was sent at all.
   */
  candidates(query: Query, before: number, limit: number): number[] {
    if (this.connection === null || query.clauses.length === 0) return [];
    const expression = matchExpression(query);
    const found: number[] = [];
    for (const number of [...this.partitions.keys()].sort((left, right) => right - left)) {
      if (found.length >= limit) break;
      if (number * PARTITION_KEYS >= before) continue;
      try {
        const rows = this.guard(() => this.partitions.get(number)?.select.all(expression, BigInt(before), limit - found.length) ?? []);
        for (const row of rows) found.push(row.rowid);
      } catch (error) {
        // A search that finds less is better than none: the index is being made again.
        if (storageFailure(error) === null) throw error;
        return found;
      }
    }
    return found;
  }

  /** A damaged index is replaced at once; the error still reaches the caller, whose work was lost. */
  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (this.connection?.inTransaction === false) this.reload();
      if (storageFailure(error) === 'damaged') this.replace(error);
      throw error;
    }
  }

  /** A rolled back transaction may have taken a new table with it. */
  private reload(): void {
    const { connection } = this;
    if (connection === null) return;
    try {
      const present = new Set(partitionNumbers(connection));
      for (const number of this.partitions.keys()) if (!present.has(number)) this.partitions.delete(number);
    } catch {
      // The error that led here says more.
    }
  }

  private close(): void {
    this.partitions.clear();
    this.connection?.close();
    this.connection = null;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Opens or makes the index. Does not throw: an index that can not be opened answers nothing until it can. */
export function openSearchStore(path: string): SearchStore {
  return new SearchStore(path);
}

class OutdatedIndexError extends Error {
  override readonly name = 'OutdatedIndexError';
}

function openFile(path: string): Database.Database {
  const database = new Database(path, { timeout: 1_000 });
  try {
    database.pragma('journal_mode = WAL');
    // Derived data: a power cut may take the last seconds, never the agreement of terms and marks.
    database.pragma('synchronous = NORMAL');
    database.pragma('wal_autocheckpoint = 500');
    database.pragma('journal_size_limit = 16777216');
    database.pragma('temp_store = MEMORY');
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version === INDEX_VERSION) {
      database.prepare('SELECT count(*) FROM days').get();
      return database;
    }
    const tables = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get();
    if (tables !== undefined && tables.count > 0) throw new OutdatedIndexError(`version ${version}, wanted ${INDEX_VERSION}`);
    database
      .transaction(() => {
        database.exec('CREATE TABLE days(day INTEGER PRIMARY KEY, last INTEGER NOT NULL, uid TEXT NOT NULL) STRICT');
        database.pragma(`user_version = ${INDEX_VERSION}`);
      })
      .immediate();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Some systems remove nothing that is open, and a checkpoint has it open for a moment. */
function removeFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true, maxRetries: 10, retryDelay: 20 });
}

function tableName(number: number): string {
  return `messages_${number}`;
}

function partitionNumbers(database: Database.Database): number[] {
  return database
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'")
    .all()
    .flatMap(({ name }) => {
      const number = PARTITION_NAME.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
}

function prepare(database: Database.Database, number: number): Partition {
  const table = tableName(number);
  return {
    insert: database.prepare(`INSERT INTO ${table}(rowid, terms) VALUES(?, ?)`),
    select: database.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`),
    deleteRange: database.prepare(`DELETE FROM ${table} WHERE rowid >= ? AND rowid < ?`),
  };
}

/** Terms are letters, digits and marks (of beginnings: and a dot that is no quote), so quoting them is enough. */
function matchExpression(query: Query): string {
  return query.clauses.map(clauseExpression).join(' AND ');
}

function clauseExpression(clause: Clause): string {
  const parts = clause.terms.map(termExpression).join(' AND ');
  return clause.whole === null ? `(${parts})` : `(${termExpression(clause.whole)} OR (${parts}))`;
}

function termExpression(term: Term): string {
  return term.prefix ? `"${term.text}"*` : `"${term.text}"`;
}
