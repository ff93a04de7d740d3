#!/usr/bin/env node
/**
 * `npm run conformance [-- DIR]`: evaluates the vector files in DIR (default: conformance/) with the project's own rules.
 * Names every row that fails, closes with `N passed, N failed`, and exits 1 when one failed or nothing was evaluated.
 * The evaluation is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { loadBundle } from './lib/bundle.mjs';
import { root } from './lib/paths.mjs';
import { runMain } from './lib/prepare.mjs';

await runMain(async () => {
  const folder = path.resolve(process.argv[2] ?? path.join(root, 'conformance'));
  const names = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted();
  /** @type {{ runVectors: (file: string, text: string) => { isKnown: boolean, passed: number, failures: readonly string[] } }} */
  const { runVectors } = await loadBundle({
    name: 'conformance',
    entry: 'test/conformance/vectors.ts',
    from: ['src/shared/domain', 'test/conformance'],
  });
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
