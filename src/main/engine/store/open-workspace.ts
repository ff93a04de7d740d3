import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobStore } from './blobs.store.ts';
import type { BlobStore } from './blobs.store.ts';
import { watchCases } from './case-changes.store.ts';
import { migrate, NewerSchemaError, refuseNewer } from './migrate.ts';
import { salvage } from './salvage.ts';
import { Store, storageFailure } from './sql.ts';
import type { SlowQuery } from './sql.ts';

/** What had to be done to open the data; told to the person. */
export interface RecoveryNotice {
  readonly code: 'recovered-from-backup' | 'rebuilt';
  readonly detail: string;
  readonly setAsidePath: string;
}

export interface OpenedWorkspace {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly notice: RecoveryNotice | null;
}

const FILES = ['', '-wal', '-shm'];

/**
 * Opens the data of a workspace, climbing down as far as it must: as it is; from the last backup with everything that can
 * still be read from the damaged file; empty, with the same. The damaged file is set aside, never deleted. What the
 * channels still hold is fetched again, because the older cursor asks for it.
 * Throws NewerSchemaError when a newer Meridian wrote the file, and storage errors that only a person can solve (full, read-only).
 */
export function openWorkspace(folder: string, stampMs: number, slow: SlowQuery): OpenedWorkspace {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'main.db');
  let notice: RecoveryNotice | null = null;
  try {
    const store = openChecked(path, join(folder, 'running'), slow);
    return { store, blobs: openBlobs(folder, stampMs), notice };
  } catch (error) {
    if (error instanceof NewerSchemaError || storageFailure(error) !== 'damaged') throw error;
    const aside = setAside(path, stampMs);
    notice = restore(path, join(folder, 'backup.db'), aside, String(error));
    const store = openChecked(path, join(folder, 'running'), slow);
    return { store, blobs: openBlobs(folder, stampMs), notice };
  }
}

/** A check is due when the last run did not end cleanly; a small file is always checked, it takes milliseconds. */
function openChecked(path: string, runningMark: string, slow: SlowQuery): Store {
  const fresh = !existsSync(path);
  const unclean = existsSync(runningMark) || (!fresh && statSync(path).size < 64 * 1024 * 1024);
  if (!fresh) lookFirst(path);
  const store = new Store(path, slow);
  try {
    if (!fresh && unclean) {
      const [result] = store.database.pragma('quick_check(1)') as { quick_check: string }[];
      if (result?.quick_check !== 'ok') throw Object.assign(new Error(result?.quick_check ?? 'quick_check'), { code: 'SQLITE_CORRUPT' });
    }
    migrate(store.database);
    watchCases(store);
    return store;
  } catch (error) {
    closeQuietly(store);
    throw error;
  }
}

/** Before the file is opened for writing, which already changes it. */
function lookFirst(path: string): void {
  const database = new Database(path, { readonly: true });
  try {
    refuseNewer(database);
  } finally {
    database.close();
  }
}

function closeQuietly(store: Store): void {
  try {
    store[Symbol.dispose]();
  } catch {
    // The file is damaged; that it can not even be closed cleanly is no news.
  }
}

function setAside(path: string, stampMs: number): string {
  const aside = `${path.replace(/\.db$/u, '')}-damaged-${stampMs}.db`;
  for (const ending of FILES) if (existsSync(path + ending)) renameSync(path + ending, aside + ending);
  return aside;
}

function restore(path: string, backup: string, aside: string, reason: string): RecoveryNotice {
  const hasBackup = existsSync(backup) && isSound(backup);
  if (hasBackup) copyFileSync(backup, path);
  const target = new Database(path);
  try {
    target.pragma('journal_mode = WAL');
    migrate(target);
    salvage(target, aside);
  } finally {
    target.close();
  }
  return { code: hasBackup ? 'recovered-from-backup' : 'rebuilt', detail: reason, setAsidePath: aside };
}

function isSound(path: string): boolean {
  try {
    const database = new Database(path, { readonly: true });
    try {
      const [result] = database.pragma('quick_check(1)') as { quick_check: string }[];
      return result?.quick_check === 'ok';
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

/** Sources can be fetched again from the channels: a damaged file of theirs is set aside and begun anew. */
function openBlobs(folder: string, stampMs: number): BlobStore {
  const path = join(folder, 'sources.db');
  try {
    return openBlobStore(path);
  } catch (error) {
    if (storageFailure(error) !== 'damaged') throw error;
    setAside(path, stampMs);
    return openBlobStore(path);
  }
}

/** A copy of the main database for good, because it is emptied; returns where it is. */
export async function copyAside(store: Store, folder: string, stampMs: number): Promise<string> {
  const path = join(folder, `before-joining-${String(stampMs)}.db`);
  await store.database.backup(path, { progress: () => 100 });
  return path;
}

/**
 * A consistent copy of the main database, written beside the old one and then put in its place.
 * @param limitMs given up after so long; the old copy is kept then, and the promise rejects
 */
export async function backUp(store: Store, folder: string, limitMs = Infinity): Promise<void> {
  const partial = join(folder, 'backup.partial.db');
  rmSync(partial, { force: true });
  const until = performance.now() + limitMs;
  try {
    await store.database.backup(partial, {
      progress: () => {
        if (performance.now() > until) throw new BackupTooLongError(`not copied within ${limitMs} ms`);
        return 100;
      },
    });
    renameSync(partial, join(folder, 'backup.db'));
  } finally {
    rmSync(partial, { force: true });
  }
}

/** When the last copy was made, in epoch milliseconds; 0 when there is none. */
export function backedUpAt(folder: string): number {
  const path = join(folder, 'backup.db');
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/** There was no time for a whole copy. */
export class BackupTooLongError extends Error {
  override readonly name = 'BackupTooLongError';
}
