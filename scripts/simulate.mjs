#!/usr/bin/env node
/**
 * `npm run simulate -- --seeds N --from M`: simulates a team on a hub for N seeds, prints how far it is, and stops at the first that
 * fails, which it prints and keeps in test/team/failing-seeds.json. `--seed S` runs one and prints all of it.
 * The simulation is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentDigest, isStamped, root, stampRoot, writeStamp } from './lib/paths.mjs';
import { prepare, runMain } from './lib/prepare.mjs';

// beside the modules that it leaves outside
const bundle = path.join(stampRoot, 'simulate/simulate.mjs');

async function ensureBundle() {
  const digest = contentDigest(['src/shared', 'src/main/engine', 'test/team', 'test/engine', 'scripts/simulate.mjs', 'package-lock.json']);
  if (isStamped('simulate-bundle', digest) && fs.existsSync(bundle)) return;
  await prepare([]);
  // only now: on a bare machine it has just been installed
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    define: { __PINNED_ELECTRON__: '"0.0.0-test"' },
    build: {
      target: 'node20',
      outDir: path.dirname(bundle),
      emptyOutDir: true,
      ssr: path.join(root, 'test/team/simulation/command.ts'),
      rolldownOptions: { output: { entryFileNames: path.basename(bundle) } },
    },
  });
  writeStamp('simulate-bundle', digest);
}

/** @param {string} line */
function say(line) {
  console.log(line);
}

await runMain(async () => {
  await ensureBundle();
  const { runCommand } = await import(pathToFileURL(bundle).href);
  const isFine = await runCommand(process.argv.slice(2), path.join(root, 'test/team/failing-seeds.json'), say);
  return isFine ? 0 : 1;
});
