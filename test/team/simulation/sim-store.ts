import Database from 'better-sqlite3';
import { migrate } from '../../../src/main/engine/store/migrate.ts';
import { Connection, Store } from '../../../src/main/engine/store/sql.ts';
import type { ReadDb, WriteDb } from '../../../src/main/engine/store/sql.ts';

/** A database in memory that is used by one run after the other: what a run wrote is rolled back. */
export class Disk {
  readonly connection: Connection;

  constructor() {
    const database = new Database(':memory:');
    database.pragma('foreign_keys = ON');
    migrate(database);
    database.exec('BEGIN IMMEDIATE');
    this.connection = new Connection(database, () => {});
  }

  /** As it was when it was new. Everything between two of these is one transaction to SQLite, and every commit in it a savepoint. */
  wipe(): void {
    this.connection.database.exec('ROLLBACK; BEGIN IMMEDIATE');
  }

  close(): void {
    this.connection.database.close();
  }
}

/** From the start of a process to its end. */
export interface Life {
  isAlive: boolean;
}

/** What a process that has died still tries to do comes to nothing. */
export class Dead extends Error {
  override readonly name = 'Dead';
}

/** What may go wrong with a disk, and what in the program may be broken on purpose. */
export interface DiskFaults {
  /** Asked at every transaction: the number of statements that still succeed; null: all do. */
  fullAfter(): number | null;
  /** Asked after every commit: whether the process dies now. */
  diesAfterCommit(): boolean;
  onCommit(): void;
  /** Statements that are left out, as if the program had forgotten them. */
  readonly isForgotten: ((sql: string) => boolean) | null;
}

/** The store of one life. What is committed survives it, in order and at once: the process dies, not the machine. */
export class SimStore extends Store {
  readonly #life: Life;
  readonly #faults: DiskFaults;

  constructor(disk: Disk, life: Life, faults: DiskFaults) {
    super(':memory:', () => {}, { writer: disk.connection, reader: disk.connection });
    this.#life = life;
    this.#faults = faults;
  }

  override read<T>(work: (db: ReadDb) => T): T {
    if (!this.#life.isAlive) throw new Dead();
    return super.read(work);
  }

  override write<T>(work: (db: WriteDb) => T): T {
    if (!this.#life.isAlive) throw new Dead();
    const { isForgotten } = this.#faults;
    const left = this.#faults.fullAfter();
    const value = super.write((tx) => {
      const worked = work(left === null && isForgotten === null ? tx : faulty(tx, left ?? Infinity, isForgotten));
      // not enough statements for the disk to become full within it: then it does at the commit
      if (left !== null) throw full();
      return worked;
    });
    this.#faults.onCommit();
    if (this.#faults.diesAfterCommit()) throw new Dead();
    return value;
  }
}

function full(): Error {
  return Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
}

function faulty(tx: WriteDb, statements: number, isForgotten: DiskFaults['isForgotten']): WriteDb {
  let left = statements;
  const wrapped: Pick<WriteDb, 'get' | 'all' | 'run'> = {
    get: (sql, parameters) => tx.get(sql, parameters),
    all: (sql, parameters) => tx.all(sql, parameters),
    run: (sql, parameters) => {
      if (left <= 0) throw full();
      left -= 1;
      return isForgotten?.(sql) === true ? 0 : tx.run(sql, parameters);
    },
  };
  return wrapped as WriteDb;
}
