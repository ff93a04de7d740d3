import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { writeInSlices } from './write-in-slices.ts';
import type { SlicedWork } from './write-in-slices.ts';
import { Store } from '../store/sql.ts';

const folder = mkdtempSync(join(tmpdir(), 'meridian-slices-'));
const store = new Store(join(folder, 'main.db'));
store.database.exec('CREATE TABLE taken(item INTEGER PRIMARY KEY) STRICT; CREATE TABLE ends(at INTEGER) STRICT');
beforeEach(() => {
  store.database.exec('DELETE FROM taken; DELETE FROM ends');
});
afterAll(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const ITEMS = [1, 2, 3, 4, 5, 6, 7];
const stored = (): number[] => store.read((db) => db.all<{ item: number }>('SELECT item FROM taken').map(({ item }) => item));

/** Writes each item, and fails at one of them. */
function work(failing = 0): SlicedWork<number, number> & { readonly made: number[]; readonly lasts: boolean[] } {
  const made: number[] = [];
  const lasts: boolean[] = [];
  return {
    made,
    lasts,
    one: (tx, item) => {
      tx.run('INSERT INTO taken(item) VALUES(@item)', { item });
      if (item === failing) throw new Error(`item ${item}`);
      return [item * 10];
    },
    end: (_tx, isLast) => void lasts.push(isLast),
    committed: (some) => made.push(...some),
  };
}

test('a slice without time takes one item, and others have a turn after each', async () => {
  const seen: number[][] = [];
  const doing = work();
  const turn = async (): Promise<void> => void seen.push(stored());
  expect(await writeInSlices(store, ITEMS, { ms: 0, turn }, doing)).toEqual({ count: 7, error: null });
  expect(seen).toEqual([[1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]]);
  expect(doing.lasts).toEqual([false, false, false, false, false, false, true]);
  expect(doing.made).toEqual([10, 20, 30, 40, 50, 60, 70]);
});

test('a slice takes what there is time for', async () => {
  let turns = 0;
  const doing = work();
  await writeInSlices(store, ITEMS, { ms: 60_000, turn: async () => void (turns += 1) }, doing);
  expect([turns, doing.lasts, stored()]).toEqual([0, [true], ITEMS]);
});

test('what was committed before an error stays, and the rest of its slice goes', async () => {
  const doing = work(4);
  const { count, error } = await writeInSlices(store, ITEMS, { ms: 0, turn: async () => undefined }, doing);
  expect([count, String(error)]).toEqual([3, 'Error: item 4']);
  expect(stored()).toEqual([1, 2, 3]);
  expect(doing.made).toEqual([10, 20, 30]);
  const whole = await writeInSlices(store, [8, 4, 9], undefined, work(4));
  expect([whole.count, stored()]).toEqual([0, [1, 2, 3]]);
});

test('nothing to write is one transaction with its end', async () => {
  const doing = work();
  expect(await writeInSlices(store, [], { ms: 0, turn: async () => undefined }, doing)).toEqual({ count: 0, error: null });
  expect(doing.lasts).toEqual([true]);
});
