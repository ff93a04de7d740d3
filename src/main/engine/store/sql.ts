import Database from 'better-sqlite3';
import { addFunctions } from './sql-functions.ts';

/** A value that SQLite can bind or return. Booleans are stored as 0 and 1. */
export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlParameters = Readonly<Record<string, SqlValue>>;

declare const canRead: unique symbol;
declare const canWrite: unique symbol;

/** A connection that can only be asked. Handlers of queries get nothing else, so a query can not write. */
export interface ReadDb {
  readonly [canRead]: true;
  /** The first row, or undefined. `Row` is what the columns named in `sql` hold: the store file that owns the SQL vouches for it. */
  get<Row>(sql: string, parameters?: SqlParameters): Row | undefined;
  all<Row>(sql: string, parameters?: SqlParameters): Row[];
}

/** A connection inside a write transaction; exists only while `Store.write` runs. */
export interface WriteDb extends ReadDb {
  readonly [canWrite]: true;
  /** Runs a statement; returns the number of changed rows. */
  run(sql: string, parameters?: SqlParameters): number;
}

interface Prepared {
  readonly statement: Database.Statement<unknown[]>;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Slow statements are reported by their text, never by their values. */
export type SlowQuery = (sql: string, ms: number) => void;

const SLOW_MS = 50;

/**
 * A join or a sort that compares a column with a bare `@name` is prepared anew at every execution in this build of SQLite
 * (its own counter says so, with and without statistics): 79 us instead of 11 to look up one case row by its id. `+@name` is
 * the same value and does not cause it. Why is not known for certain; it fits a planner that looks at bound values.
 */
export function withoutPeeking(sql: string): string {
  return sql.replaceAll(/(?<=[\s(,=<>])@(?=[a-zA-Z])/gu, '+@');
}

interface ExplainRow {
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
}

/**
 * One SQLite connection with cached statements that know which tables they touch. SQLite has no hook for that here, but
 * EXPLAIN names the root page of every b-tree a statement opens, and `sqlite_schema` names the table of a root page.
 */
export class Connection {
  readonly database: Database.Database;
  private readonly statements = new Map<string, Prepared>();
  private roots: ReadonlyMap<number, string> | null = null;
  private readonly slow: SlowQuery;
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();

  constructor(database: Database.Database, slow: SlowQuery) {
    this.database = database;
    this.slow = slow;
    addFunctions(database);
  }

  /** The tables that a statement reads. */
  readsOf(sql: string, parameters?: SqlParameters): readonly string[] {
    return this.prepare(sql, parameters).reads;
  }

  private prepare(sql: string, parameters: SqlParameters | undefined): Prepared {
    const cached = this.statements.get(sql);
    if (cached !== undefined) return cached;
    const planned = withoutPeeking(sql);
    const statement = this.database.prepare<unknown[]>(planned);
    const reads = new Set<string>();
    const writes = new Set<string>();
    for (const row of this.explain(planned, parameters)) {
      if (row.opcode === 'OpenRead' || row.opcode === 'ReopenIdx') this.note(reads, row.p2, row.p3);
      else if (row.opcode === 'OpenWrite') this.note(writes, row.p2, row.p3);
      else if (row.opcode === 'Clear') this.note(writes, row.p1, row.p2);
    }
    const prepared = { statement, reads: [...reads], writes: [...writes] };
    this.statements.set(sql, prepared);
    return prepared;
  }

  /** The values do not matter to the plan, but the driver wants every parameter bound. */
  private explain(sql: string, parameters: SqlParameters | undefined): ExplainRow[] {
    const statement = this.database.prepare<unknown[], ExplainRow>(`EXPLAIN ${sql}`);
    return parameters === undefined ? statement.all() : statement.all(parameters);
  }

  private note(into: Set<string>, rootPage: number, databaseIndex: number): void {
    // Only the main database has tables that live queries depend on; 1 is the temporary one.
    if (databaseIndex !== 0) return;
    this.roots ??= new Map(
      this.database
        .prepare<[], { rootpage: number; tbl_name: string }>('SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0')
        .all()
        .map((row) => [row.rootpage, row.tbl_name]),
    );
    const table = this.roots.get(rootPage);
    if (table !== undefined) into.add(table);
  }

  get(sql: string, parameters?: SqlParameters): unknown {
    const prepared = this.prepare(sql, parameters);
    for (const table of prepared.reads) this.reads.add(table);
    // INSERT ... RETURNING answers rows and writes.
    for (const table of prepared.writes) this.writes.add(table);
    const begun = performance.now();
    const row = parameters === undefined ? prepared.statement.get() : prepared.statement.get(parameters);
    this.report(sql, begun);
    return row;
  }

  all(sql: string, parameters?: SqlParameters): unknown[] {
    const prepared = this.prepare(sql, parameters);
    for (const table of prepared.reads) this.reads.add(table);
    // INSERT ... RETURNING answers rows and writes.
    for (const table of prepared.writes) this.writes.add(table);
    const begun = performance.now();
    const rows = parameters === undefined ? prepared.statement.all() : prepared.statement.all(parameters);
    this.report(sql, begun);
    return rows;
  }

  run(sql: string, parameters?: SqlParameters): number {
    const prepared = this.prepare(sql, parameters);
    const begun = performance.now();
    const { changes } = parameters === undefined ? prepared.statement.run() : prepared.statement.run(parameters);
    this.report(sql, begun);
    if (changes > 0) for (const table of prepared.writes) this.writes.add(table);
    return changes;
  }

  private report(sql: string, begun: number): void {
    const ms = performance.now() - begun;
    if (ms > SLOW_MS) this.slow(sql, ms);
  }
}

/** Tables whose rows were changed by a committed transaction. */
export type ChangeSet = ReadonlySet<string>;

/** One writer and one reader on the same file. The engine is the only process that opens it. */
export class Store implements Disposable {
  private readonly writer: Connection;
  private readonly reader: Connection;
  private readonly listeners = new Set<(changes: ChangeSet) => void>();
  private writing = false;
  readonly path: string;
  /** Told of what a listener of commits throws; a defect, which never reaches the one who committed. */
  onListenerFailure: (error: unknown) => void = (error) => {
    queueMicrotask(() => {
      throw error;
    });
  };

  /** @param opened connections that are open already: simulations run many lives on one database in memory */
  constructor(path: string, slow: SlowQuery = () => {}, opened: OpenConnections = openConnections(path, slow)) {
    this.path = path;
    this.writer = opened.writer;
    this.reader = opened.reader;
  }

  /** The raw writer, for migrations, backups and checks only. */
  get database(): Database.Database {
    return this.writer.database;
  }

  /** Runs `work` on the reader. */
  read<T>(work: (db: ReadDb) => T): T {
    return work(asReadDb(this.reader));
  }

  /** Like `read`, and tells which tables were asked: what a live query depends on. */
  readTracked<T>(work: (db: ReadDb) => T): { readonly value: T; readonly tables: ReadonlySet<string> } {
    this.reader.reads.clear();
    const value = work(asReadDb(this.reader));
    return { value, tables: new Set(this.reader.reads) };
  }

  /**
   * Runs `work` in one immediate transaction with synchronous=FULL. Listeners hear of the changed tables only after the
   * commit, so nobody ever sees what was rolled back. Not re-entrant: a use case opens one transaction.
   */
  write<T>(work: (db: WriteDb) => T): T {
    if (this.writing) throw new Error('a write transaction is already open');
    this.writing = true;
    this.writer.writes.clear();
    let value: T;
    try {
      value = this.writer.database.transaction(() => work(asWriteDb(this.writer))).immediate();
    } finally {
      this.writing = false;
    }
    if (this.writer.writes.size > 0) {
      const changes = new Set(this.writer.writes);
      for (const listener of this.listeners) {
        // The transaction is committed: whoever made it must hear that, and every listener of it.
        try {
          listener(changes);
        } catch (error) {
          this.onListenerFailure(error);
        }
      }
    }
    return value;
  }

  /** Hears of every commit; returns how to stop. */
  onCommit(listener: (changes: ChangeSet) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  [Symbol.dispose](): void {
    this.reader.database.close();
    if (this.writer.database.open) {
      // An idle, complete main file is what the backup and the next start like best.
      try {
        this.writer.database.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // A full disk must not keep the app from closing; the WAL is replayed at the next start.
      }
      this.writer.database.close();
    }
  }
}

/** In memory both are the same. */
export interface OpenConnections {
  readonly writer: Connection;
  readonly reader: Connection;
}

function openConnections(path: string, slow: SlowQuery): OpenConnections {
  const writer = new Connection(new Database(path, { timeout: 5_000 }), slow);
  let reader: Database.Database | null = null;
  try {
    for (const pragma of WRITER_PRAGMAS) writer.database.pragma(pragma);
    reader = new Database(path, { readonly: true, timeout: 5_000 });
    for (const pragma of READER_PRAGMAS) reader.pragma(pragma);
  } catch (error) {
    // A file that is still open can not be set aside on every system.
    reader?.close();
    writer.database.close();
    throw error;
  }
  return { writer, reader: new Connection(reader, slow) };
}

/** WAL with FULL: NORMAL loses acknowledged rows in a power cut (measured: 1,448 of 17,799). */
const WRITER_PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  // Pages that are written again and again go to the main file once: a backfill writes a fifth less than with 1000.
  'wal_autocheckpoint = 4000',
  'journal_size_limit = 67108864',
  // What is not in it is in the system's cache, a microsecond away; both at 64 MB were a quarter of all memory that the app may have.
  'cache_size = -8192',
  'temp_store = MEMORY',
  'cell_size_check = ON',
];
const READER_PRAGMAS = ['cache_size = -20480', 'temp_store = MEMORY'];

/** Which tables a statement would read; nothing is known of what stands in for a connection in a test. */
export function tablesOf(db: ReadDb, sql: string, parameters?: SqlParameters): readonly string[] {
  return db instanceof Connection ? db.readsOf(sql, parameters) : [];
}

/** Notes that an answer depends on tables which were not asked this time: it was remembered. */
export function dependOn(db: ReadDb, tables: Iterable<string>): void {
  if (db instanceof Connection) for (const table of tables) db.reads.add(table);
}

function asReadDb(connection: Connection): ReadDb {
  // The brands exist only for the compiler: a Connection has every method that they promise.
  return connection as unknown as ReadDb;
}
function asWriteDb(connection: Connection): WriteDb {
  return connection as unknown as WriteDb;
}

/** What went wrong in SQLite, as far as a person must act on it. */
export type StorageFailure = 'full' | 'damaged' | 'busy' | 'read-only' | null;

/** Classifies an error thrown by SQLite or the file system; null when it is neither. */
export function storageFailure(error: unknown): StorageFailure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (
    code === 'SQLITE_FULL' ||
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    code.startsWith('SQLITE_IOERR_WRITE') ||
    code.startsWith('SQLITE_IOERR_SHMSIZE')
  )
    return 'full';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR')) return 'damaged';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'EROFS' || code === 'EACCES') return 'read-only';
  return null;
}
