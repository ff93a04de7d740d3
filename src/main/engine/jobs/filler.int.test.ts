import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startFiller } from './filler.ts';
import type { FillerDeps } from './filler.ts';
import { Store } from '../store/sql.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';

/** Numbers that wait to be squared, in a real database, with timers and a stopwatch that are moved by hand. */

const PAUSE_MS = 100;
const SLICE_MS = 5;

let folder: string;
let store: Store;
/** Slices that were begun. */
let slices: number;
let logged: string[];
/** Milliseconds that one number takes. */
let pieceMs: number;
let isDiskFull: boolean;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-filler-'));
  store = new Store(join(folder, 'main.db'));
  store.database.exec('CREATE TABLE waiting(n INTEGER PRIMARY KEY); CREATE TABLE squares(n INTEGER PRIMARY KEY, square INTEGER)');
  slices = 0;
  logged = [];
  pieceMs = 2;
  isDiskFull = false;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

function start(): Disposable {
  let watchMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => watchMs);
  const fill: FillerDeps['fill'] = (tx, isOver) => {
    slices += 1;
    do {
      const next = tx.get<{ n: number }>('SELECT n FROM waiting ORDER BY n LIMIT 1');
      if (next === undefined) return true;
      tx.run('INSERT INTO squares(n, square) VALUES(@n, @n * @n)', next);
      tx.run('DELETE FROM waiting WHERE n = @n', next);
      watchMs += pieceMs;
      if (isDiskFull) throw new Error('database or disk is full');
    } while (!isOver());
    return false;
  };
  return startFiller({
    store,
    log: (level, message) => logged.push(`${level}: ${message}`),
    what: 'squares',
    tables: ['waiting'],
    isAnyLeft: (db) => db.get('SELECT 1 FROM waiting') !== undefined,
    fill,
    pauseMs: PAUSE_MS,
    sliceMs: SLICE_MS,
  });
}
function add(...numbers: readonly number[]): void {
  store.write((tx) => {
    for (const n of numbers) tx.run('INSERT INTO waiting(n) VALUES(@n)', { n });
  });
}
const squares = (): readonly number[] =>
  store.read((db) => db.all<{ square: number }>('SELECT square FROM squares ORDER BY n')).map(({ square }) => square);

test('it works in slices of its time, with a pause before each, until nothing is left', () => {
  add(1, 2, 3, 4, 5, 6, 7);
  using _filler = start();
  vi.advanceTimersByTime(PAUSE_MS - 1);
  expect(squares()).toEqual([]);
  vi.advanceTimersByTime(1);
  // 2, 4 and 6 ms: the third is over the five that it has
  expect(squares()).toEqual([1, 4, 9]);
  vi.advanceTimersByTime(PAUSE_MS - 1);
  expect(squares()).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(squares()).toHaveLength(6);
  vi.advanceTimersByTime(PAUSE_MS);
  expect(squares()).toEqual([1, 4, 9, 16, 25, 36, 49]);
});

test('a piece that takes longer than a slice is done, and is the only one of it', () => {
  add(1, 2);
  pieceMs = 60;
  using _filler = start();
  vi.advanceTimersByTime(PAUSE_MS);
  expect(squares()).toEqual([1]);
});

test('with nothing to do it keeps nobody from writing and waits for a commit of its tables', () => {
  using _filler = start();
  vi.advanceTimersByTime(PAUSE_MS);
  expect([slices, vi.getTimerCount()]).toEqual([0, 0]);
  store.write((tx) => tx.run('INSERT INTO squares(n, square) VALUES(100, 1)'));
  expect(vi.getTimerCount()).toBe(0);
  add(2);
  add(3);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2 * PAUSE_MS);
  expect(squares()).toEqual([4, 9, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a slice that fails leaves nothing behind, is tried again in a minute, and is told once until one succeeds', () => {
  add(1, 2);
  isDiskFull = true;
  using _filler = start();
  vi.advanceTimersByTime(PAUSE_MS);
  expect([squares(), logged]).toEqual([[], ['warn: squares could not be stored']]);
  isDiskFull = false;
  // what others commit meanwhile does not hurry it
  add(3);
  vi.advanceTimersByTime(MINUTE_MS - 1);
  expect(squares()).toEqual([]);
  isDiskFull = true;
  vi.advanceTimersByTime(1);
  expect(logged).toHaveLength(1);
  isDiskFull = false;
  vi.advanceTimersByTime(MINUTE_MS);
  expect(squares()).toEqual([1, 4, 9]);
  isDiskFull = true;
  add(4);
  vi.advanceTimersByTime(2 * PAUSE_MS);
  expect([squares(), logged.length]).toEqual([[1, 4, 9], 2]);
});

test('it goes on where it was after a restart, and does nothing once it has ended', () => {
  add(1, 2, 3, 4);
  {
    using _first = start();
    vi.advanceTimersByTime(PAUSE_MS);
  }
  add(5);
  vi.advanceTimersByTime(MINUTE_MS);
  expect([squares(), vi.getTimerCount()]).toEqual([[1, 4, 9], 0]);
  {
    using _second = start();
    vi.advanceTimersByTime(2 * PAUSE_MS);
    expect(squares()).toEqual([1, 4, 9, 16, 25]);
  }
  add(6);
  expect(vi.getTimerCount()).toBe(0);
});
