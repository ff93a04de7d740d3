/** The hub command as plain JavaScript: what it does is in src/main/hub. Bundled when that has changed. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentDigest, isStamped, root, stampRoot, writeStamp } from './paths.mjs';
import { preparePackages } from './prepare.mjs';

const bundle = path.join(stampRoot, 'hub/hub-command.mjs');

async function ensureBundle() {
  const digest = contentDigest([
    'src/main/hub',
    'src/main/engine/team',
    'src/main/engine/interchange',
    'src/shared',
    'scripts/lib/hub-bundle.mjs',
    'package-lock.json',
  ]);
  if (isStamped('hub-bundle', digest) && fs.existsSync(bundle)) return;
  await preparePackages();
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
      ssr: path.join(root, 'src/main/hub/hub-command.ts'),
      rolldownOptions: { output: { entryFileNames: path.basename(bundle) } },
    },
  });
  writeStamp('hub-bundle', digest);
}

/** @returns {Promise<{ runHub: (words: readonly string[], machine: object) => Promise<number> }>} */
export async function loadHubCommand() {
  await ensureBundle();
  return import(pathToFileURL(bundle).href);
}
