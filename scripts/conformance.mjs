#!/usr/bin/env node
/**
 * `npm run conformance [-- DIR]`: evaluates the vector files in DIR (default: conformance/) with the project's own rules.
 * Names every row that fails, closes with `N passed, N failed`, and exits 1 when one failed or nothing was evaluated.
 * The evaluation is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentDigest, isStamped, root, stampRoot, writeStamp } from './lib/paths.mjs';
import { prepare, runMain } from './lib/prepare.mjs';

const bundle = path.join(stampRoot, 'conformance/vectors.mjs');

async function ensureBundle() {
  const digest = contentDigest(['src/shared/domain', 'test/conformance', 'scripts/conformance.mjs', 'package-lock.json']);
  if (isStamped('conformance-bundle', digest) && fs.existsSync(bundle)) return;
  await prepare([]);
  // only now: on a bare machine it has just been installed
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      target: 'node20',
      outDir: path.dirname(bundle),
      emptyOutDir: true,
      ssr: path.join(root, 'test/conformance/vectors.ts'),
      rolldownOptions: { output: { entryFileNames: path.basename(bundle) } },
    },
  });
  writeStamp('conformance-bundle', digest);
}

await runMain(async () => {
  const folder = path.resolve(process.argv[2] ?? path.join(root, 'conformance'));
  const names = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted();
  await ensureBundle();
  /** @type {{ runVectors: (file: string, text: string) => { isKnown: boolean, passed: number, failures: readonly string[] } }} */
  const { runVectors } = await import(pathToFileURL(bundle).href);
  let passed = 0;
  let failed = 0;
  for (const name of names) {
    const report = runVectors(name, fs.readFileSync(path.join(folder, name), 'utf8'));
    passed += report.passed;
    failed += report.failures.length;
    for (const failure of report.failures) console.log(`✗ ${failure}`);
    console.log(
      report.isKnown ? `${name}: ${String(report.passed)} passed, ${String(report.failures.length)} failed` : `${name}: not known yet`,
    );
  }
  if (passed + failed === 0) console.log(`no file in ${folder} is known`);
  console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
