import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { migrate, MIGRATIONS } from '../migrate.ts';
import { columnsOf } from './make-snapshot.ts';
import { SNAPSHOT_TABLES } from './tables.ts';

/** What a snapshot must be, as its manifest says. */
export interface SnapshotToUnpack {
  readonly from: string;
  readonly to: string;
  readonly sha256: string;
  readonly schema: number;
  readonly unpackedSize: number;
}

/** The file is not what its maker signed, or nothing that this version can put in. */
export class UnusableSnapshot extends Error {
  override readonly name = 'UnusableSnapshot';
}

/**
 * Makes a database of this version's schema of a packed snapshot. Throws UnusableSnapshot. What a snapshot says is its maker's word:
 * that it is a sound file with the right tables is all that is looked at.
 */
export async function unpackSnapshot({ from, to, sha256, schema, unpackedSize }: SnapshotToUnpack): Promise<void> {
  for (const file of [to, `${to}.old`]) rmSync(file, { force: true });
  const isOld = schema < MIGRATIONS.length;
  const plain = isOld ? `${to}.old` : to;
  await unpack(from, plain, sha256, unpackedSize);
  try {
    if (isOld) raise(plain, to, schema);
    check(to);
  } catch (error) {
    rmSync(to, { force: true });
    throw new UnusableSnapshot(String(error), { cause: error });
  } finally {
    rmSync(`${to}.old`, { force: true });
  }
}

async function unpack(from: string, to: string, sha256: string, unpackedSize: number): Promise<void> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  let size = 0;
  // a few bytes can be packed that fill any disk
  const bounded = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.length;
      if (size > unpackedSize) done(new UnusableSnapshot('more than its maker said'));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: 1024 * 1024 }),
      hashing,
      createBrotliDecompress(),
      bounded,
      createWriteStream(to, { mode: 0o600 }),
    );
  } catch (error) {
    rmSync(to, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_') || code.startsWith('ERR_')) throw new UnusableSnapshot(code, { cause: error });
    throw error;
  }
  if (hash.digest('hex') === sha256 && size === unpackedSize) return;
  rmSync(to, { force: true });
  throw new UnusableSnapshot('it is something else than its maker signed');
}

/** Migrations want the indexes that a snapshot goes without: the rows are put into a whole file of that version first. */
function raise(from: string, to: string, schema: number): void {
  const database = new Database(to);
  try {
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    migrate(database, schema);
    database.prepare('ATTACH ? AS src').run(from);
    database.transaction(() => {
      for (const [table, decision] of Object.entries(SNAPSHOT_TABLES)) {
        const columns = decision.kind === 'left' ? [] : columnsOf(database, 'main', table);
        if (columns.length > 0)
          database.exec(`INSERT INTO main.${table}(${columns.join(', ')}) SELECT ${columns.join(', ')} FROM src.${table}`);
      }
    })();
    database.exec('DETACH src');
    migrate(database);
  } finally {
    database.close();
  }
}

function check(file: string): void {
  const database = new Database(file, { readonly: true });
  try {
    if (Number(database.pragma('user_version', { simple: true })) !== MIGRATIONS.length) throw new Error('another schema');
    const [result] = database.pragma('quick_check(1)') as { quick_check: string }[];
    if (result?.quick_check !== 'ok') throw new Error(result?.quick_check ?? 'quick_check');
    // code in a file that is only looked into by name
    const odd = database.prepare("SELECT 1 FROM sqlite_schema WHERE type IN ('view', 'trigger') LIMIT 1").get();
    if (odd !== undefined) throw new Error('a view or a trigger');
  } finally {
    database.close();
  }
}
