import { afterEach, beforeEach, expect, test } from 'vitest';
import { startKeyFiller } from './key-filler.ts';
import { openSearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import type { SearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import { forgetKeysFilled, keysFilledFrom, noteKeysFilled } from '../store/routing.store.ts';

let workspace: SearchWorkspace;
beforeEach(() => {
  workspace = openSearchWorkspace();
});
afterEach(() => workspace[Symbol.asyncDispose]());

const COUNT = 40;
const keys = (): readonly unknown[] =>
  workspace.store.read((db) => db.all('SELECT key, message_id FROM message_keys ORDER BY key, message_id'));
const mark = (): number | null => workspace.store.read(keysFilledFrom);

/** As it was before there were keys; resolves with those that ingest had made. */
async function storedBefore(): Promise<readonly unknown[]> {
  await workspace.ingest(
    Array.from({ length: COUNT }, (_, index) => ({
      key: `m${String(index)}`,
      text: index % 3 === 0 ? 'ok' : `Order no. ${String(5_000_000 + index)} is late`,
    })),
  );
  const made = keys();
  workspace.store.write((tx) => {
    tx.run('DELETE FROM message_keys');
    forgetKeysFilled(tx);
  });
  return made;
}

test('older messages get the keys that they would have got, in slices, and it goes on where it was', async () => {
  const made = await storedBefore();
  expect(made.length).toBeGreaterThan(COUNT);
  const marks: (number | null)[] = [];
  const isBelow = (): boolean => mark() === 0;
  {
    using _first = startKeyFiller({ store: workspace.store, log: () => {}, pauseMs: 0, sliceMs: 0 });
    await expect.poll(() => mark() !== null, { interval: 1 }).toBe(true);
  }
  marks.push(mark());
  // ended in the middle
  expect(marks[0]).toBeGreaterThan(0);
  const soFar = keys().length;
  expect(soFar).toBeLessThan(made.length);
  using _second = startKeyFiller({ store: workspace.store, log: () => {}, pauseMs: 0, sliceMs: 0 });
  await expect.poll(isBelow, { interval: 1 }).toBe(true);
  expect(keys()).toEqual(made);
});

test('it begins anew when messages came in without keys, and does nothing when all have theirs', async () => {
  const made = await storedBefore();
  workspace.store.write((tx) => noteKeysFilled(tx, 0));
  using _filler = startKeyFiller({ store: workspace.store, log: () => {}, pauseMs: 0, sliceMs: 0 });
  expect(keys()).toEqual([]);
  workspace.store.write((tx) => forgetKeysFilled(tx));
  await expect.poll(() => mark() === 0, { interval: 1 }).toBe(true);
  expect(keys()).toEqual(made);
});
