import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startBackups } from './backups.ts';
import { backUp, BackupTooLongError, openWorkspace } from '../store/open-workspace.ts';
import { instant } from '../../../shared/domain/time.ts';

test('a copy that takes too long is given up, and the old one stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-backup-'));
  const { store, blobs } = openWorkspace(folder, 0, () => undefined);
  try {
    writeFileSync(join(folder, 'backup.db'), 'the old one');
    store.write((tx) => {
      for (let each = 0; each < 500; each += 1)
        tx.run('INSERT INTO settings(key, value) VALUES(@key, @value)', { key: `k${each}`, value: 'x'.repeat(4_000) });
    });
    await expect(backUp(store, folder, 0)).rejects.toThrow(BackupTooLongError);
    expect(readFileSync(join(folder, 'backup.db'), 'utf8')).toBe('the old one');
    expect(existsSync(join(folder, 'backup.partial.db'))).toBe(false);

    await startBackups(store, folder, () => undefined, { now: () => instant(0) })[Symbol.asyncDispose]();
    expect(readFileSync(join(folder, 'backup.db')).length).toBeGreaterThan(1_000_000);
  } finally {
    blobs[Symbol.dispose]();
    store[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  }
});
