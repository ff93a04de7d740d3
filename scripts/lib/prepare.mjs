/**
 * Everything that must be there before the app or its tests can run: packages, system libraries, runtime, addon, build.
 * Each step looks first and works only when something is missing, so that the second run starts at once.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureDebianPackages } from '../debian-packages.mjs';
import { ensureNatsServer } from '../nats-server.mjs';
import { createLog } from './log.mjs';
import { npmRun } from './npm.mjs';
import { contentDigest, isStamped, readText, root, stampRoot, writeStamp } from './paths.mjs';

const log = createLog('prepare');

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }> | undefined} */
function lockedPackages(file) {
  const text = readText(path.join(root, file));
  return text === undefined ? undefined : JSON.parse(text).packages;
}

/** Whether node_modules holds what the lock file says. Times are no evidence: a checkout renews them. */
export function arePackagesCurrent() {
  const wanted = lockedPackages('package-lock.json');
  const present = lockedPackages('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([place, { version, optional, peer }]) => {
    if (place === '') return true;
    const installed = present[place];
    return installed === undefined ? optional === true || peer === true : installed.version === version;
  });
}

/** The npm packages of the lock file. */
export async function preparePackages() {
  if (arePackagesCurrent()) return;
  const isDone = await log.timed('installing packages (npm ci)', () =>
    npmRun(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], root),
  );
  if (!isDone) throw new Error('npm ci failed: see above');
}

/** What the set-up depends on; unchanged means that it need not be looked at again. */
function setUpDigest() {
  const electron = path.join(root, 'node_modules/electron');
  const addon = fs.statSync(path.join(root, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'), { throwIfNoEntry: false });
  const installed = readText(path.join(electron, 'path.txt')) ?? '';
  return JSON.stringify([
    process.execPath,
    process.versions.node,
    readText(path.join(electron, 'dist/version')),
    fs.statSync(path.join(electron, 'dist', installed), { throwIfNoEntry: false })?.size,
    addon?.size,
    addon?.mtimeMs,
    readText(path.join(root, 'node_modules/better-sqlite3/package.json')),
    contentDigest(['scripts/setup.mjs', 'scripts/lib', 'scripts/runtime']),
  ]);
}

async function ensureRuntime() {
  if (isStamped('setup', setUpDigest())) return;
  // only now: it resolves packages
  const { setUp } = await import('../setup.mjs');
  log.info(await setUp());
  writeStamp('setup', setUpDigest());
}

const BUILD_INPUTS = [
  'src',
  'resources',
  'scripts/widget.mjs',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.base.json',
];

function buildDigest() {
  return contentDigest(BUILD_INPUTS, (file) => !/\.(test|spec)\.tsx?$/u.test(file));
}

/** Makes the next ensureBuild() build. */
export function forgetBuild() {
  fs.rmSync(path.join(stampRoot, 'build'), { force: true });
}

/**
 * Builds the app unless out/ was made from just these sources.
 * @returns {Promise<boolean>} whether out/ is current now
 */
export async function ensureBuild() {
  const digest = buildDigest();
  if (isStamped('build', digest) && fs.existsSync(path.join(root, 'out/main/index.js'))) return true;
  forgetBuild();
  const isDone = await log.timed('building', () => {
    const steps = [['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'], ['scripts/widget.mjs']];
    return steps.every(
      ([program = '', ...args]) =>
        spawnSync(process.execPath, [path.join(root, program), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status ===
        0,
    );
  });
  if (isDone) writeStamp('build', digest);
  return isDone;
}

/** The servers of the hub tests. Where they cannot be had those tests fail and say so; the others still run. */
function ensureTestHubs() {
  try {
    ensureNatsServer({ withControl: true });
  } catch (error) {
    log.warn(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Packages, system libraries, runtime and addon.
 * @param {readonly import('../debian-packages.mjs').PackageGroup[]} systemGroups
 */
export async function prepare(systemGroups) {
  await preparePackages();
  // without all of them things may still work (a desktop brings most); what does not will say so
  ensureDebianPackages(systemGroups);
  if (systemGroups.includes('servers')) ensureTestHubs();
  await ensureRuntime();
}

/** Runs a script's main function: failures end in one readable line and a non-zero exit code. @param {() => Promise<number>} main */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    log.warn(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
