#!/usr/bin/env node
/**
 * `npm run guard-figures`: measures the guardrail rules on samples made from a seed, on sentences, and on the public text of installed
 * packages; prints what was found, missed and flagged without cause, and exits 1 when a target of docs/guardrails.md is missed.
 * `-- --verbose` names every miss; `-- --share 0.1` takes a tenth of the samples.
 * The measuring is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { contentDigest, isStamped, root, stampRoot, writeStamp } from './lib/paths.mjs';
import { prepare, runMain } from './lib/prepare.mjs';

// beside the modules that it leaves outside
const bundle = path.join(stampRoot, 'guard-figures/figures.mjs');
/** Public text that is read at most; reading stops there. */
const MAX_BYTES = 50_000_000;

async function ensureBundle() {
  const digest = contentDigest([
    'src/shared/domain/guard',
    'src/main/engine/guard',
    'src/main/engine/sample',
    'test/guard',
    'scripts/guard-figures.mjs',
    'package-lock.json',
  ]);
  if (isStamped('guard-figures-bundle', digest) && fs.existsSync(bundle)) return;
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
      ssr: path.join(root, 'test/guard/figures.ts'),
      rolldownOptions: { output: { entryFileNames: path.basename(bundle) } },
    },
  });
  writeStamp('guard-figures-bundle', digest);
}

await runMain(async () => {
  const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false }, share: { type: 'string', default: '1' } } });
  const share = Number(values.share);
  if (!(share > 0 && share <= 1)) throw new Error('--share is a number above 0 and up to 1');
  await ensureBundle();
  const { runFigures } = await import(pathToFileURL(bundle).href);
  const isFine = await runFigures({
    say: (/** @type {string} */ line) => {
      console.log(line);
    },
    isVerbose: values.verbose,
    folders: [path.join(root, 'node_modules'), '/usr/share/doc', '/usr/share/common-licenses'],
    maxBytes: MAX_BYTES,
    share,
  });
  return isFine ? 0 : 1;
});
