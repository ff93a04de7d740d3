import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scanInWorker } from './scan-in-worker.ts';
import { loadSecretScanner } from './secret-scanner.ts';

const repository = resolve(import.meta.dirname, '../../../..');
let folder = '';

beforeAll(async () => {
  // inside the repository, so that the bundle finds its packages as out/main does
  const cache = join(repository, 'node_modules/.cache/meridian');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'scan-worker-'));
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'scan.worker.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: 'scan-worker.js' } },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('finds in each text what the scanner finds', async () => {
  const { scan } = await loadSecretScanner();
  const texts = [
    'nothing to see',
    'my recovery phrase is legal winner thank year wave sausage worth useful legal winner thank yellow',
    `${'a line of a log\n'.repeat(10_000)}my private key is e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262`,
  ];
  const found = await scanInWorker(join(folder, 'scan-worker.js'))(texts);
  expect(found).toEqual(texts.map((text) => scan(text)));
  expect(found.map((hits) => hits?.length)).toEqual([0, 1, 1]);
});

test('one that hangs or can not be started leaves the texts to who asks', async () => {
  const hangs = join(folder, 'hangs.mjs');
  writeFileSync(hangs, "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); });");
  expect(await scanInWorker(hangs, 300)(['a', 'b'])).toEqual([null, null]);
  expect(await scanInWorker('no-path-that-a-worker-takes')(['a'])).toEqual([null]);
});
