import type Database from 'better-sqlite3';
import { checkpoint, lengthOf } from './checkpoint-work.ts';

/** From so many frames on they are copied into the main file: a page that is written again and again goes there once. */
const COPY_FROM = 1_500;
/** A log of so many frames is begun anew; until then it only grows at its end. */
const RESTART_FROM = 8_000;
/** What is left then is copied by the engine's own thread: two waits for the disk, a few milliseconds. */
const REST = 200;
/** Copied by the commit that reaches it, if nobody else does it. */
const BACKSTOP = 24_000;

/** One database whose log somebody else copies, by the connection that writes it. */
export class KeptShort {
  readonly file: string;
  private readonly connection: () => Database.Database | null;
  /** What each connection did by itself when it was opened. */
  private readonly automatic = new WeakMap<Database.Database, number>();

  constructor(file: string, connection: () => Database.Database | null) {
    this.file = file;
    this.connection = connection;
  }

  /** Whether there is enough to be copied. */
  isLong(): boolean {
    const database = this.open();
    if (database === null) return false;
    if (!this.automatic.has(database)) this.leaveToUs(database);
    const { frames, copied } = lengthOf(database);
    return frames - copied >= COPY_FROM;
  }

  /** Nearly everything was copied just now: a log that has become long begins anew. */
  copied(): void {
    const database = this.open();
    if (database === null) return;
    this.leaveToUs(database);
    const { frames, copied } = lengthOf(database);
    if (frames >= RESTART_FROM && frames - copied <= REST) checkpoint(database, 'PASSIVE');
  }

  /** What is to be copied is copied inside commits again. Never throws: where not even that can be said, the backstop stays. */
  leaveToSqlite(): void {
    try {
      const database = this.open();
      const automatic = database === null ? undefined : this.automatic.get(database);
      if (automatic !== undefined) database?.pragma(`wal_autocheckpoint = ${String(automatic)}`);
    } catch {
      // a connection that fails at this tells the next one who writes with it
    }
  }

  private leaveToUs(database: Database.Database): void {
    if (!this.automatic.has(database)) this.automatic.set(database, Number(database.pragma('wal_autocheckpoint', { simple: true })));
    database.pragma(`wal_autocheckpoint = ${String(BACKSTOP)}`);
  }

  private open(): Database.Database | null {
    const database = this.connection();
    return database?.open === true ? database : null;
  }
}
