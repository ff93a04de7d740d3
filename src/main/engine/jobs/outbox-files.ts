import type { BlobStore } from '../store/blobs.store.ts';
import { attachmentsOfMessage } from '../store/messages.store.ts';
import { changeOutbox } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { Store } from '../store/sql.ts';
import { after, HOUR_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/domain/time.ts';

export interface OutboxFilesDeps {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** Has a file fetched that a colleague attached; false when nobody can have it. */
  readonly wantFile?: (sha256: string) => boolean;
}

/** Fetching tells nobody; looking is cheap. */
const LOOK_AGAIN_MS = 3 * SECOND_MS;
/** Whoever attached it has lost it. */
const GIVE_UP_MS = 6 * HOUR_MS;

/**
 * Whether a reply that was written at another workstation waits for its files. Others of the account go on meanwhile. What does not come
 * within hours is not waited for any more, and the reply fails by it.
 */
export function waitsForFiles({ store, blobs, clock, wantFile }: OutboxFilesDeps, entry: OutboxEntry): boolean {
  const missing = store.read((db) => attachmentsOfMessage(db, entry.messageId)).filter(({ sha256 }) => !blobs.has(sha256));
  if (missing.length === 0 || wantFile === undefined) return false;
  const now = clock.now();
  if (now - entry.sendAt > GIVE_UP_MS) return false;
  if (missing.filter(({ sha256 }) => wantFile(sha256)).length < missing.length) return false;
  store.write((tx) => {
    changeOutbox(tx, entry.uid, { state: 'queued', at: now, nextAttemptAt: after(now, LOOK_AGAIN_MS), code: 'attachment-fetching' });
  });
  return true;
}
