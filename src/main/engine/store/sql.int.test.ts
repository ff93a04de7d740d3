import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Store } from './sql.ts';

test('a listener that fails neither makes a commit look failed nor silences the others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-sql-'));
  const store = new Store(join(folder, 'main.db'));
  try {
    store.database.exec('CREATE TABLE t(x INTEGER)');
    const failures: unknown[] = [];
    const heard: string[][] = [];
    store.onListenerFailure = (error) => failures.push(error);
    store.onCommit(() => {
      throw new Error('a defect');
    });
    store.onCommit((changes) => heard.push([...changes]));
    expect(store.write((tx) => tx.run('INSERT INTO t VALUES(1)'))).toBe(1);
    expect(heard).toEqual([['t']]);
    expect(failures).toEqual([new Error('a defect')]);
  } finally {
    store[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  }
});
