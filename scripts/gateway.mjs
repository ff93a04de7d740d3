#!/usr/bin/env node
/**
 * `npm run gateway -- [options]`: holds the channels of a team without windows, in this process. What it does is in src/main/gateway;
 * this makes what is missing first.
 */
import './lib/node-version.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { ensureBuild, prepare, preparePackages, runMain } from './lib/prepare.mjs';

await runMain(async () => {
  await preparePackages();
  // only now: it resolves packages
  const { sqliteVersionIn } = await import('./lib/native-addon.mjs');
  if (sqliteVersionIn(process.execPath) === undefined) await prepare([]);
  if (!(await ensureBuild())) return 1;
  await import(pathToFileURL(path.join(root, 'out/main/gateway.js')).href);
  return Number(process.exitCode ?? 0);
});
