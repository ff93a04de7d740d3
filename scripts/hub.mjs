#!/usr/bin/env node
/**
 * `npm run hub -- COMMAND`: sets up and runs the hub of a team on this machine. What it does is in src/main/hub; this bundles that
 * when it has changed, and finds a nats-server.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLog } from './lib/log.mjs';
import { contentDigest, isStamped, root, stampRoot, writeStamp } from './lib/paths.mjs';
import { preparePackages, runMain } from './lib/prepare.mjs';
import { ensureNatsServer } from './nats-server.mjs';

const log = createLog('hub');
const bundle = path.join(stampRoot, 'hub/hub-command.mjs');

async function ensureBundle() {
  const digest = contentDigest([
    'src/main/hub',
    'src/main/engine/team',
    'src/main/engine/interchange',
    'src/shared',
    'scripts/hub.mjs',
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

await runMain(async () => {
  await ensureBundle();
  /** @type {{ runHub: (words: readonly string[], machine: object) => Promise<number> }} */
  const { runHub } = await import(pathToFileURL(bundle).href);
  const stop = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stop.abort());
  return runHub(process.argv.slice(2), {
    folder: process.env['MERIDIAN_HUB'] ?? path.join(os.homedir(), 'meridian-hub'),
    readTemplate: (/** @type {string} */ name) => fs.promises.readFile(path.join(root, 'resources/hub', name), 'utf8'),
    findServer: () => ensureNatsServer().file,
    nowMs: () => Date.now(),
    // an invite goes to standard output alone, so that it can be piped
    say: (/** @type {string} */ line) => process.stdout.write(`${line}\n`),
    warn: log.warn,
    signal: stop.signal,
  });
});
