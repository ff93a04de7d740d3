import type { ReadDb, WriteDb } from './sql.ts';
import type { SecretKind } from '../../../shared/domain/guard/secret-types.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** An original, sealed: AES-256-GCM with the key of a UTC day, its id as additional data. */
export interface SealedOriginal {
  readonly id: string;
  /** The day whose key it was sealed with, such as `2026-11-29`. */
  readonly keyDay: string;
  readonly nonce: Uint8Array;
  /** The ciphertext with its tag behind it. */
  readonly bytes: Uint8Array;
  readonly at: Instant;
  readonly expiresAt: Instant;
}

export function saveSealed(db: WriteDb, message: MessageId, kinds: readonly SecretKind[], sealed: SealedOriginal): void {
  db.run(
    `INSERT INTO sealed_originals(id, message_uid, kinds, at, expires_at, key_day, nonce, bytes)
     VALUES(@id, @message, @kinds, @at, @expiresAt, @keyDay, @nonce, @bytes) ON CONFLICT DO NOTHING`,
    { ...sealed, message, kinds: JSON.stringify(kinds) },
  );
}

interface SqlSealed {
  readonly id: string;
  readonly kinds: string;
  readonly at: number;
  readonly expires_at: number;
  readonly key_day: string;
  readonly nonce: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What is kept of a message, the oldest first, as long as it has not run out. */
export function sealedOf(db: ReadDb, message: MessageId, now: Instant): (SealedOriginal & { readonly kinds: readonly SecretKind[] })[] {
  return db
    .all<SqlSealed>(
      `SELECT id, kinds, at, expires_at, key_day, nonce, bytes FROM sealed_originals
       WHERE message_uid = @message AND expires_at > @now ORDER BY at, id`,
      { message, now },
    )
    .map((row) => ({
      id: row.id,
      keyDay: row.key_day,
      nonce: row.nonce,
      bytes: row.bytes,
      at: row.at as Instant,
      expiresAt: row.expires_at as Instant,
      kinds: JSON.parse(row.kinds) as SecretKind[],
    }));
}

/** What is sealed already is kept no longer than that. */
export function shortenSealed(db: WriteDb, keptMs: number): void {
  db.run('UPDATE sealed_originals SET expires_at = min(expires_at, at + @keptMs)', { keptMs });
}

/** Erases what has run out. */
export function eraseExpired(db: WriteDb, now: Instant): number {
  return db.run('DELETE FROM sealed_originals WHERE expires_at <= @now', { now });
}

/** The days of which something is still sealed. */
export function keyDaysInUse(db: ReadDb): readonly string[] {
  return db.all<{ day: string }>('SELECT DISTINCT key_day AS day FROM sealed_originals').map(({ day }) => day);
}
