import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guessLanguagesInWorker } from './language-guesser.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guesser-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A FAKE worker that does as its text says. */
function worker(body: string): string {
  const file = join(folder, 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';
     const answer = (id, texts) => parentPort.postMessage({ id, found: texts.map(() => 'fr') });
     parentPort.on('message', ({ id, texts }) => { ${body} });`,
  );
  return file;
}

/** Long enough never to be reached. */
const NEVER_MS = 60_000;

test('a worker that hangs keeps one question waiting, and none after it', async () => {
  const guess = guessLanguagesInWorker(worker('if (texts[0] === "hang") while (true); answer(id, texts);'), NEVER_MS, 300);
  expect(await guess(['hang'])).toEqual([null]);
  const begun = performance.now();
  expect(await guess(['bonjour', 'salut'])).toEqual([null, null]);
  expect(performance.now() - begun).toBeLessThan(100);
});

test('after a rest another one is tried', async () => {
  // patient enough for a machine on which a thread takes a second to start
  const guess = guessLanguagesInWorker(worker('if (texts[0] === "hang") while (true); answer(id, texts);'), NEVER_MS, 2_000, 1);
  expect(await guess(['hang'])).toEqual([null]);
  await expect.poll(async () => guess(['bonjour']), { timeout: 20_000 }).toEqual(['fr']);
});

test('one that is only slow is asked again when it has answered', async () => {
  const guess = guessLanguagesInWorker(
    worker('setTimeout(() => answer(id, texts), texts[0] === "slow" ? 400 : 0);'),
    NEVER_MS,
    300,
    NEVER_MS,
  );
  expect(await guess(['slow'])).toEqual([null]);
  await expect.poll(async () => guess(['bonjour'])).toEqual(['fr']);
});

test('one that crashes leaves the languages unknown and is not started for every batch', async () => {
  const guess = guessLanguagesInWorker(worker('throw new Error("out of memory");'), NEVER_MS, NEVER_MS);
  expect(await guess(['bonjour'])).toEqual([null]);
  expect(await guess(['bonjour'])).toEqual([null]);
});

test('one that can not even be started is none', async () => {
  const guess = guessLanguagesInWorker('no-path-that-a-worker-takes', NEVER_MS, NEVER_MS);
  expect(await guess(['bonjour'])).toEqual([null]);
});
