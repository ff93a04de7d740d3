#!/usr/bin/env node
/**
 * `npm run hub -- COMMAND`: sets up and runs the hub of a team on this machine. What it does is in src/main/hub; this bundles that
 * when it has changed, and finds a nats-server.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadHubCommand } from './lib/hub-bundle.mjs';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { runMain } from './lib/prepare.mjs';
import { ensureNatsServer } from './nats-server.mjs';

const log = createLog('hub');

await runMain(async () => {
  const { runHub } = await loadHubCommand();
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
