#!/usr/bin/env node
/**
 * `npm run channel-live -- CHANNEL [--send]`: tries a connector against its real service, with credentials of your own from the
 * environment (docs/channels.md says which). It is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentDigest, isStamped, root, stampRoot, writeStamp } from './lib/paths.mjs';
import { preparePackages, runMain } from './lib/prepare.mjs';

// beside the modules that it leaves outside
const bundle = path.join(stampRoot, 'channel-live/channel-live.mjs');

async function ensureBundle() {
  const digest = contentDigest([
    'src/shared',
    'src/main/engine/channels',
    'test/channels/live',
    'scripts/channel-live.mjs',
    'package-lock.json',
  ]);
  if (isStamped('channel-live-bundle', digest) && fs.existsSync(bundle)) return;
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
      ssr: path.join(root, 'test/channels/live/command.ts'),
      rolldownOptions: { output: { entryFileNames: path.basename(bundle) } },
    },
  });
  writeStamp('channel-live-bundle', digest);
}

await runMain(async () => {
  await ensureBundle();
  /** @type {{ runLive: (words: readonly string[], environment: NodeJS.ProcessEnv, say: (line: string) => void) => Promise<boolean> }} */
  const { runLive } = await import(pathToFileURL(bundle).href);
  const isFine = await runLive(process.argv.slice(2), process.env, (line) => console.log(line));
  return isFine ? 0 : 1;
});
