import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { folderTrouble } from './data-folder.ts';

vi.mock('electron', () => ({ app: {}, dialog: {} }));

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-folder-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const failing = (code: string) => (): void => {
  throw Object.assign(new Error(`${code}: it can not be written`), { code });
};

test('a folder that can be written to is no trouble, and nothing is left in it', () => {
  expect(folderTrouble(path.join(folder, 'new', 'one'))).toBeNull();
  expect(fs.readdirSync(path.join(folder, 'new', 'one'))).toEqual([]);
});

test('one that can not be made or written to is told from a full one', () => {
  fs.writeFileSync(path.join(folder, 'a-file'), '');
  expect(folderTrouble(path.join(folder, 'a-file'))).toMatchObject({
    kind: 'not-writable',
    detail: expect.stringContaining('a-file') as string,
  });
  expect(folderTrouble(folder, failing('EROFS'))).toMatchObject({ kind: 'not-writable' });
  expect(folderTrouble(folder, failing('ENOSPC'))).toMatchObject({ kind: 'full' });
});

test('a full folder in which a Meridian runs is no trouble for a second start, one that is read-only is', () => {
  fs.symlinkSync('host-1', path.join(folder, 'SingletonLock'));
  expect(folderTrouble(folder, failing('ENOSPC'))).toBeNull();
  expect(folderTrouble(folder, failing('EROFS'))).toMatchObject({ kind: 'not-writable' });
});
