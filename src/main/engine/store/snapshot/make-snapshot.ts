import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { migrate, MIGRATIONS } from '../migrate.ts';
import { SNAPSHOT_TABLES } from './tables.ts';

export interface SnapshotOrder {
  /** `main.db` of the workspace, which may be in use. */
  readonly from: string;
  /** Where the packed snapshot goes. */
  readonly to: string;
  /** The maker's name on the hub. */
  readonly user: string;
}

/** A packed snapshot: what is in it, and what its file is. */
export interface MadeSnapshot {
  readonly through: number;
  readonly idThere: string;
  readonly logId: string;
  readonly schema: number;
  readonly sha256: string;
  /** Of the packed file, and of what is in it, in bytes. */
  readonly size: number;
  readonly unpackedSize: number;
}

/** The workspace is not in a state that others could start from, such as while something waits for the hub. It will be. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** Of Brotli; what others give is in docs/performance.md. */
const QUALITY = 4;

/** Columns that can be written, in their order. */
export function columnsOf(database: Database.Database, schema: string, table: string): string[] {
  return database
    .prepare<[string, string], { name: string }>('SELECT name FROM pragma_table_xinfo(?, ?) WHERE hidden = 0')
    .all(table, schema)
    .map(({ name }) => name);
}

/**
 * Takes what the team shares of a workspace into a new file, as it is at one moment, and packs it. Nothing else ever gets into the
 * file, so nothing has to be wiped from it. Throws NotNow.
 */
export async function makeSnapshot({ from, to, user }: SnapshotOrder): Promise<MadeSnapshot> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const plain = `${to}.plain`;
  rmSync(plain, { force: true });
  try {
    const taken = take(from, plain, user);
    const packed = await pack(plain, to);
    return { ...taken, ...packed, schema: MIGRATIONS.length, unpackedSize: statSync(plain).size };
  } finally {
    rmSync(plain, { force: true });
  }
}

function take(from: string, to: string, user: string): Pick<MadeSnapshot, 'through' | 'idThere' | 'logId'> {
  const database = new Database(to);
  try {
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    migrate(database);
    dropIndexes(database);
    database.prepare('ATTACH ? AS src').run(from);
    // one reading transaction: the file goes on being written
    return database.transaction(() => {
      const cursor = readCursor(database);
      for (const [table, decision] of Object.entries(SNAPSHOT_TABLES)) {
        if (decision.kind === 'left') continue;
        const { changed = {}, renumbered = [], where = '1', order } = decision;
        const columns = columnsOf(database, 'main', table).filter((name) => !renumbered.includes(name));
        const values = columns.map((name) => changed[name] ?? `row.${name}`);
        const statement = database.prepare(
          `INSERT INTO main.${table}(${columns.join(', ')}) SELECT ${values.join(', ')} FROM src.${table} row WHERE ${where}${order === undefined ? '' : ` ORDER BY ${order}`}`,
        );
        if (statement.source.includes('@user')) statement.run({ user });
        else statement.run();
      }
      return cursor;
    })();
  } finally {
    database.close();
  }
}

function readCursor(database: Database.Database): Pick<MadeSnapshot, 'through' | 'idThere' | 'logId'> {
  const tables = database
    .prepare<[], { name: string }>("SELECT name FROM src.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  for (const { name } of tables) if (!Object.hasOwn(SNAPSHOT_TABLES, name)) throw new Error(`nobody has decided about the table ${name}`);
  const count = (sql: string): number => database.prepare<[], { count: number }>(sql).get()?.count ?? 0;
  if (count('SELECT count(*) AS count FROM src.events WHERE sequence IS NULL AND void IS NULL') > 0)
    throw new NotNow('something waits for the hub');
  if (count('SELECT count(*) AS count FROM src.team_dirty') > 0) throw new NotNow('something is not folded yet');
  if (count("SELECT count(*) AS count FROM src.outbox WHERE state = 'sending'") > 0) throw new NotNow('a reply is being sent');
  const row = database.prepare<[], { value: string }>("SELECT value FROM src.team WHERE key = 'cursor'").get();
  const cursor = row === undefined ? null : (JSON.parse(row.value) as { logId: string; sequence: number; id: string | null });
  if (cursor === null || cursor.id === null) throw new NotNow('nothing of a team is here');
  return { through: cursor.sequence, idThere: cursor.id, logId: cursor.logId };
}

/** They are there where it is put in. Indexes take a third of the bytes, and who takes a snapshot refuses one with triggers. */
function dropIndexes(database: Database.Database): void {
  const triggers = database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  const indexes = database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all();
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
}

async function pack(from: string, to: string): Promise<Pick<MadeSnapshot, 'sha256' | 'size'>> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(
    createReadStream(from, { highWaterMark: 1024 * 1024 }),
    createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }),
    measure,
    createWriteStream(to, { mode: 0o600 }),
  );
  return { sha256: hash.digest('hex'), size };
}
