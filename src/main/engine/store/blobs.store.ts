import Database from 'better-sqlite3';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

/**
 * Sources of messages and files of drafts, by the SHA-256 of their bytes, in a file of their own: the main database stays
 * small enough to check and to back up in seconds. A blob is committed before the row that names it, so a row never
 * names a blob that a crash has lost; a blob that no row names is only wasted space.
 */
export interface BlobStore extends Disposable {
  put(blobs: readonly PackedBlob[]): void;
  /** The bytes, or null when they are not here (never stored, or the file was damaged and set aside). */
  get(sha256: string): Uint8Array | null;
  has(sha256: string): boolean;
  /** Bytes of the file as it was stored; null when it is not here. */
  sizeOf(sha256: string): number | null;
  /** Takes out what must not be kept, bytes and all. */
  drop(sha256s: readonly string[]): void;
}

export interface PackedBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly deflated: boolean;
  readonly bytes: Uint8Array;
}

const deflate = promisify(zlib.deflateRaw);

/**
 * Handing a mail to another thread costs more than packing it here: 250 us of CPU against 67, over mails of 1 to 48 KB. The
 * limit itself was not measured; it keeps large sources from holding up this thread.
 */
const PACK_HERE_BYTES = 32 * 1024;

/** Compresses at the cheapest level: mail is half base64, more effort gains little. Large sources go to the thread pool. */
export async function packBlob(sha256: string, bytes: Uint8Array): Promise<PackedBlob> {
  const packed = bytes.length <= PACK_HERE_BYTES ? zlib.deflateRawSync(bytes, { level: 1 }) : await deflate(bytes, { level: 1 });
  return packed.length < bytes.length
    ? { sha256, sizeBytes: bytes.length, deflated: true, bytes: packed }
    : { sha256, sizeBytes: bytes.length, deflated: false, bytes };
}

export function openBlobStore(path: string): BlobStore {
  const database = new Database(path, { timeout: 5_000 });
  database.pragma('page_size = 8192');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('journal_size_limit = 67108864');
  // the only thing that is ever deleted is what nobody may read any more
  database.pragma('secure_delete = ON');
  database.exec(
    'CREATE TABLE IF NOT EXISTS blobs(sha256 TEXT PRIMARY KEY, size_bytes INTEGER NOT NULL, deflated INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT',
  );
  const insert = database.prepare('INSERT OR IGNORE INTO blobs(sha256, size_bytes, deflated, bytes) VALUES(?, ?, ?, ?)');
  const select = database.prepare<[string], { deflated: number; bytes: Uint8Array }>('SELECT deflated, bytes FROM blobs WHERE sha256 = ?');
  const exists = database.prepare<[string], { one: number }>('SELECT 1 AS one FROM blobs WHERE sha256 = ?');
  const size = database.prepare<[string], { bytes: number }>('SELECT size_bytes AS bytes FROM blobs WHERE sha256 = ?');
  const remove = database.prepare('DELETE FROM blobs WHERE sha256 = ?');
  const dropAll = database.transaction((sha256s: readonly string[]) => {
    for (const sha256 of sha256s) remove.run(sha256);
  });
  const putAll = database.transaction((blobs: readonly PackedBlob[]) => {
    for (const blob of blobs) insert.run(blob.sha256, blob.sizeBytes, blob.deflated ? 1 : 0, blob.bytes);
  });
  return {
    put: (blobs) => {
      if (blobs.length > 0) putAll.immediate(blobs);
    },
    get: (sha256) => {
      const row = select.get(sha256);
      if (row === undefined) return null;
      return row.deflated === 1 ? zlib.inflateRawSync(row.bytes) : row.bytes;
    },
    has: (sha256) => exists.get(sha256) !== undefined,
    sizeOf: (sha256) => size.get(sha256)?.bytes ?? null,
    drop: (sha256s) => {
      dropAll.immediate(sha256s);
    },
    [Symbol.dispose]: () => {
      database.close();
    },
  };
}
