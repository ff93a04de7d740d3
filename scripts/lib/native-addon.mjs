/**
 * The SQLite addon. Its published binary needs Node-API 10; Node 20 and the fallback runtime have 9 and crash on it without a
 * word, so there it is compiled once per user and kept in the cache.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { ensureDebianPackages } from '../debian-packages.mjs';
import { electronPlaces } from './electron-runtime.mjs';
import { createLog } from './log.mjs';
import { cacheRoot, root } from './paths.mjs';

const NODE_API_OF_PREBUILT = 10;
/** Node-API 9 plus the two experimental parts that the addon's source uses. */
const COMPILER_FLAGS = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT';

const log = createLog('setup');
const require = createRequire(path.join(root, 'package.json'));

/** The Node-API version of the runtime in node_modules. Throws a readable error when it does not start. */
export function runtimeNodeApi() {
  const { executable } = electronPlaces();
  const run = spawnSync(executable, ['-p', 'process.versions.napi'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    const reason = run.stderr || run.error?.message || String(run.signal);
    throw new Error(
      `the Electron runtime does not start:\n${reason}\nIf shared libraries are missing: node scripts/debian-packages.mjs runtime`,
    );
  }
  return Number(run.stdout);
}

const SMOKE_TEST = `const D = require('better-sqlite3'); const d = new D(':memory:'); process.stdout.write(d.prepare('select sqlite_version() v').get().v)`;

/**
 * The SQLite version that this program reports through the addon, undefined when the addon does not load.
 * @param {string} program
 * @param {NodeJS.ProcessEnv} [extra]
 */
export function sqliteVersionIn(program, extra = {}) {
  const run = spawnSync(program, ['-e', SMOKE_TEST], { cwd: root, env: { ...process.env, ...extra }, encoding: 'utf8' });
  return run.status === 0 ? run.stdout : undefined;
}

/** Node's own headers when they are installed next to it, so that node-gyp need not download them. */
function nodeHeaders() {
  const beside = path.resolve(process.execPath, '../..');
  return [beside, '/usr', '/usr/local'].find((folder) => fs.existsSync(path.join(folder, 'include/node/node_api.h')));
}

/** @param {string} folder */
function compile(folder) {
  if (['g++', 'make', 'python3'].some((tool) => spawnSync(tool, ['--version']).status !== 0)) ensureDebianPackages(['compiler']);
  const headers = nodeHeaders();
  const args = [
    require.resolve('node-gyp/bin/node-gyp.js'),
    'rebuild',
    '--release',
    '--force_build=1',
    `--jobs=${String(os.availableParallelism())}`,
  ];
  if (headers !== undefined) args.push(`--nodedir=${headers}`);
  const run = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, CXXFLAGS: `${process.env['CXXFLAGS'] ?? ''} ${COMPILER_FLAGS}`.trim() },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) {
    throw new Error(
      `compiling better-sqlite3 failed (it needs python3, make and a C++20 compiler):\n${run.stdout.slice(-2000)}\n${run.stderr.slice(-4000)}`,
    );
  }
}

/**
 * @param {{ force: boolean }} options
 * @returns {Promise<'prebuilt' | 'compiled'>}
 */
export async function ensureNativeAddon({ force }) {
  const manifest = require.resolve('better-sqlite3/package.json');
  const folder = path.dirname(manifest);
  /** @type {{ version: string }} */
  const { version } = require(manifest);
  const built = path.join(folder, 'build/Release/better_sqlite3.node');
  const nodeApi = Math.min(runtimeNodeApi(), Number(process.versions['napi']));
  if (nodeApi >= NODE_API_OF_PREBUILT) {
    // a local build would win over the published binary
    fs.rmSync(path.join(folder, 'build'), { recursive: true, force: true });
    return 'prebuilt';
  }
  if (!force && fs.existsSync(built)) return 'compiled';
  const flagsKey = createHash('sha256').update(COMPILER_FLAGS).digest('hex').slice(0, 8);
  const cached = path.join(cacheRoot, `better-sqlite3-${version}-${process.platform}-${process.arch}-${flagsKey}.node`);
  if (force || !fs.existsSync(cached)) {
    await log.timed('compiling the SQLite addon (about two minutes, once)', () => {
      compile(folder);
    });
    fs.mkdirSync(cacheRoot, { recursive: true });
    const staged = `${cached}.${String(process.pid)}`;
    fs.copyFileSync(built, staged);
    fs.renameSync(staged, cached);
  }
  // only the addon: object files would end up in packages
  fs.rmSync(path.join(folder, 'build'), { recursive: true, force: true });
  fs.mkdirSync(path.dirname(built), { recursive: true });
  fs.copyFileSync(cached, built);
  return 'compiled';
}
