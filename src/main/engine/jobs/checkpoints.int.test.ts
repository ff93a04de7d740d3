import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startCheckpoints } from './checkpoints.ts';
import type { Checkpoints } from './checkpoints.ts';
import { checkpointHere, checkpointInWorker, lengthOf } from '../store/checkpoint/checkpoint-work.ts';
import type { CheckpointWork } from '../store/checkpoint/checkpoint-work.ts';
import { openSearchStore } from '../store/search.store.ts';
import type { SearchStore } from '../store/search.store.ts';
import { Store } from '../store/sql.ts';

const repository = resolve(import.meta.dirname, '../../../..');
/** 4 KB a page: about one page each. */
const PAGE = 'x'.repeat(3_900);

let workers = '';
let workerFile = '';
let folder = '';
let store: Store;
let search: SearchStore;
let running: Checkpoints | null = null;
const told: string[] = [];

beforeAll(async () => {
  // inside the repository, so that the bundle finds its packages as out/main does
  const cache = join(repository, 'node_modules/.cache/meridian');
  mkdirSync(cache, { recursive: true });
  workers = mkdtempSync(join(cache, 'checkpoint-worker-'));
  workerFile = join(workers, 'checkpoint-worker.js');
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    build: {
      ssr: join(repository, 'src/main/engine/store/checkpoint/checkpoint.worker.ts'),
      outDir: workers,
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: 'checkpoint-worker.js' } },
    },
  });
});
afterAll(() => rmSync(workers, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-checkpoints-'));
  store = new Store(join(folder, 'main.db'));
  store.database.exec('CREATE TABLE t(x TEXT)');
  search = openSearchStore(join(folder, 'search.db'));
});
afterEach(async () => {
  await running?.[Symbol.asyncDispose]();
  running = null;
  search[Symbol.dispose]();
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
  told.length = 0;
});

function start(work: CheckpointWork): void {
  running = startCheckpoints({ store, search, work, log: (_level, text) => told.push(text) });
}

/** So many pages, each committed by itself, with a turn for others after every 50. */
async function write(pages: number): Promise<void> {
  for (let page = 0; page < pages; page += 1) {
    store.write((tx) => tx.run('INSERT INTO t VALUES(+@x)', { x: PAGE }));
    if (page % 50 === 49) await new Promise((done) => void setTimeout(done, 1));
  }
}

/** Rows of the main file alone, as somebody finds them who has no log. */
function rowsWithoutLog(): number {
  const file = join(folder, 'alone.db');
  copyFileSync(join(folder, 'main.db'), file);
  const alone = new Database(file, { readonly: true });
  try {
    return Number(alone.prepare('SELECT count(*) FROM t').pluck().get());
  } finally {
    alone.close();
  }
}

test('a long log is copied beside the engine, begins anew, and nothing is missing', { timeout: 60_000 }, async () => {
  start(checkpointInWorker(workerFile));
  await write(9_000);
  await vi.waitFor(() => {
    const { frames, copied } = lengthOf(store.database);
    expect(frames - copied).toBeLessThan(1_500);
  }, 20_000);
  // more frames were written than there are now
  await write(1_000);
  expect(lengthOf(store.database).frames).toBeLessThan(9_000);
  expect(store.read((db) => db.get<{ n: number }>('SELECT count(*) AS n FROM t'))?.n).toBe(10_000);
  expect(store.database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(told).toEqual([]);
});

test('the index has its log copied, too, also after it was made anew', { timeout: 60_000 }, async () => {
  start(checkpointInWorker(workerFile));
  for (const round of [1, 2]) {
    for (let id = 1; id <= 3_000; id += 1) {
      const words = Array.from({ length: 30 }, (_, word) => `w${String(id * 31 + word)}`).join(' ');
      search.add(0, [{ id: round * 10_000 + id, uid: `m${String(id)}`, terms: words }]);
      if (id % 100 === 0) {
        running?.kick();
        await new Promise((done) => void setTimeout(done, 1));
      }
    }
    running?.kick();
    await vi.waitFor(() => {
      const { frames, copied } = lengthOf(search.database);
      expect(frames - copied).toBeLessThan(1_500);
      // it would be 12 KB without anybody who copies
      expect(statSync(search.path).size).toBeGreaterThan(200_000);
    }, 20_000);
    search.replace('a test');
  }
  expect(told).toEqual([]);
});

test('where there can be no thread it is told once, and SQLite copies as ever', { timeout: 60_000 }, async () => {
  start(checkpointInWorker(join(folder, 'not-there.js')));
  await write(2_000);
  await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
  expect(store.database.pragma('wal_autocheckpoint', { simple: true })).toBe(4_000);
  await write(6_000);
  expect(lengthOf(store.database).frames).toBeLessThan(6_000);
  expect(told).toEqual(['a write-ahead log could not be copied beside the engine']);
});

test('a log that can not be looked at is told once, and the other one is copied', { timeout: 60_000 }, async () => {
  const broken = {
    path: search.path,
    get ifOpen(): never {
      throw new Error('a disk that fails');
    },
  };
  running = startCheckpoints({ store, search: broken, work: checkpointInWorker(workerFile), log: (_level, text) => told.push(text) });
  await write(3_000);
  await vi.waitFor(() => {
    const { frames, copied } = lengthOf(store.database);
    expect(frames - copied).toBeLessThan(1_500);
  }, 20_000);
  expect(told).toEqual(['a write-ahead log could not be copied beside the engine']);
});

test('a log in which something new stands whenever it was copied begins anew nevertheless', { timeout: 60_000 }, async () => {
  const commit = (): void => void store.write((tx) => tx.run('INSERT INTO t VALUES(+@x)', { x: PAGE }));
  start({
    copy: async (file) => {
      // nothing is copied beyond what the oldest reader sees
      const reader = new Database(file, { readonly: true });
      reader.exec('BEGIN; SELECT count(*) FROM t');
      commit();
      checkpointHere(file);
      reader.close();
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: async () => Promise.resolve(),
  });
  // three frames a commit: fewer than SQLite would wait for by itself
  for (let round = 0; round < 3; round += 1) {
    await write(2_000);
    await new Promise((done) => void setTimeout(done, 150));
  }
  expect(lengthOf(store.database).frames).toBeLessThan(12_000);
});

test('whoever closes waits for the copying, leaves SQLite to itself, and the main file has everything', { timeout: 60_000 }, async () => {
  start(checkpointInWorker(workerFile, 10));
  await write(3_000);
  await running?.[Symbol.asyncDispose]();
  running = null;
  expect(store.database.pragma('wal_autocheckpoint', { simple: true })).toBe(4_000);
  await write(100);
  store[Symbol.dispose]();
  expect(rowsWithoutLog()).toBe(3_100);
  store = new Store(join(folder, 'main.db'));
});

test('nothing is closed while a log is being copied', async () => {
  let finish = (): void => undefined;
  const steps: string[] = [];
  start({
    copy: async () => {
      steps.push('begun');
      await new Promise<void>((done) => (finish = done));
      steps.push('copied');
    },
    [Symbol.asyncDispose]: async () => {
      steps.push('ended');
      return Promise.resolve();
    },
  });
  await write(2_000);
  await vi.waitFor(() => expect(steps).toEqual(['begun']));
  const closed = running?.[Symbol.asyncDispose]();
  running = null;
  await new Promise((done) => void setTimeout(done, 30));
  expect(steps).toEqual(['begun']);
  finish();
  await closed;
  expect(steps).toEqual(['begun', 'copied', 'ended']);
});

test('the thread ends when it has nothing to do, and is there again when it has', { timeout: 60_000 }, async () => {
  const work = checkpointInWorker(workerFile, 20);
  await write(200);
  await work.copy(store.path);
  expect(lengthOf(store.database).copied).toBeGreaterThan(100);
  const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length;
  await vi.waitFor(() => expect(threads()).toBe(0), 5_000);
  await write(200);
  await work.copy(store.path);
  const { frames, copied } = lengthOf(store.database);
  expect(copied).toBe(frames);
  await work[Symbol.asyncDispose]();
});
