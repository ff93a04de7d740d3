#!/usr/bin/env node
/**
 * Finds a nats-server that a team may trust its log to, or fetches one.
 *   node scripts/nats-server.mjs            prints where it is, and its version
 *   node scripts/nats-server.mjs --json     the same for programs, with the old one that the tests refuse
 *
 * Looked at in this order: MERIDIAN_NATS_SERVER, PATH and the usual folders, the cache. On Debian the package of its newest suite is
 * fetched then and only unpacked: nothing is installed, no service is started, the system's own lists of packages are not touched.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLog } from './lib/log.mjs';
import { cacheRoot, readText } from './lib/paths.mjs';

/** The oldest server that a team may use; the same as in src/main/engine/team/hub-version.ts, which says why. */
export const NATS_FLOOR = '2.12.3';

/** Where the newest server comes from: this suite moves, so the version that came is recorded and compared with the floor. */
const NEWEST_SUITE = 'sid';
/** Debian 12 carries 2.9.10, with a known fault in clusters. The tests expect that it is refused, for ever. */
const CONTROL_SUITE = 'bookworm';
const CONTROL_VERSION = '2.9.10';

const cacheFolder = path.join(cacheRoot, 'nats-server');
const log = createLog('nats-server');

/** @typedef {{ readonly file: string, readonly version: string }} NatsServer */

/** @param {string} version @returns {readonly number[]} */
function numbersOf(version) {
  return version.split(/[.-]/u).slice(0, 3).map(Number);
}

/**
 * Whether a version may be used; one that is still a preview (`2.12.3-beta.1`) counts as older than what it previews.
 * @param {string} version
 * @param {string} [floor]
 */
export function isNewEnough(version, floor = NATS_FLOOR) {
  const [have, need] = [numbersOf(version), numbersOf(floor)];
  for (const [at, wanted] of need.entries()) {
    const part = have[at] ?? Number.NaN;
    if (Number.isNaN(part) || part < wanted) return false;
    if (part > wanted) return true;
  }
  return !version.includes('-');
}

/**
 * What a file calls itself when it is run.
 * @param {string} file
 * @returns {string | undefined} undefined when it is no nats-server
 */
export function versionOf(file) {
  if (!fs.existsSync(file)) return undefined;
  const run = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return /nats-server: v(\d+\.\d+\.\d+\S*)/u.exec(run.stdout)?.[1];
}

/** @returns {readonly string[]} */
function placesOnThisMachine() {
  const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
  // Debian puts servers where the PATH of an ordinary user does not look
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/local/bin'];
  return [...new Set(folders.filter((folder) => folder !== '').map((folder) => path.join(folder, name)))];
}

/** @returns {readonly NatsServer[]} what was fetched before */
function cached() {
  if (!fs.existsSync(cacheFolder)) return [];
  return fs
    .readdirSync(cacheFolder)
    .filter((name) => name.endsWith(`-${process.arch}`))
    .flatMap((name) => {
      const file = path.join(cacheFolder, name, 'nats-server');
      const version = versionOf(file);
      return version === undefined ? [] : [{ file, version }];
    });
}

/** @returns {NatsServer | undefined} one that is here already and new enough */
export function findNatsServer() {
  const named = process.env['MERIDIAN_NATS_SERVER'];
  if (named !== undefined) {
    const version = versionOf(named);
    if (version === undefined) throw new Error(`MERIDIAN_NATS_SERVER names ${named}, which is no nats-server`);
    if (!isNewEnough(version)) throw new Error(`MERIDIAN_NATS_SERVER is ${version}; a team needs ${NATS_FLOOR} or newer`);
    return { file: named, version };
  }
  for (const file of placesOnThisMachine()) {
    const version = versionOf(file);
    if (version !== undefined && isNewEnough(version)) return { file, version };
  }
  return cached()
    .filter(({ version }) => isNewEnough(version))
    .toSorted((a, b) => (isNewEnough(a.version, b.version) ? -1 : 1))[0];
}

/** @returns {NatsServer | undefined} the old one, for the tests that expect it to be refused */
export function findControlServer() {
  return cached().find(({ version }) => version === CONTROL_VERSION);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {string} what it printed. Throws with the end of its complaint.
 */
function runOrThrow(command, args, cwd) {
  const run = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (run.status === 0) return run.stdout;
  const complaint = run.error?.message ?? `${run.stdout}\n${run.stderr}`.trim().split('\n').slice(-4).join('\n');
  throw new Error(`${command} ${args.findLast((word) => word === 'download' || word === 'update') ?? args[0] ?? ''} failed:\n${complaint}`);
}

/**
 * The archive that this machine takes its own release from: whatever mirror its owner chose serves the other suites, too.
 * @param {readonly string[]} options
 * @param {string} folder
 */
function archiveOfThisMachine(options, folder) {
  const release = /^VERSION_CODENAME=(.*)$/mu.exec(readText('/etc/os-release') ?? '')?.[1] ?? '';
  const printed = runOrThrow('apt-get', [...options, 'update', '--print-uris'], folder);
  for (const [, archive, suite] of printed.matchAll(/^'(\S+)\/dists\/([^/\s]+)\/InRelease'/gmu)) {
    if (suite === release && archive !== undefined) return archive;
  }
  throw new Error(`the package sources of this machine name no archive for ${release === '' ? 'its release' : release}`);
}

/** Why nothing can be fetched here; undefined when it can. */
function obstacle() {
  if (process.platform !== 'linux' || !/^ID=debian$/mu.test(readText('/etc/os-release') ?? '')) return 'it is fetched on Debian only';
  const missing = ['/usr/bin/apt-get', '/usr/bin/dpkg'].filter((file) => !fs.existsSync(file));
  return missing.length === 0 ? undefined : `${missing.join(' and ')} is missing`;
}

/**
 * Fetches the package of these suites with a state of apt that lives and dies here.
 * @param {readonly string[]} suites
 */
function fetchFrom(suites) {
  const reason = obstacle();
  if (reason !== undefined) throw new Error(reason);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-nats-'));
  try {
    for (const folder of ['lists/partial', 'cache/archives/partial', 'state', 'preferences', 'nothing']) {
      fs.mkdirSync(path.join(work, folder), { recursive: true });
    }
    fs.writeFileSync(path.join(work, 'state/status'), '');
    const place = (/** @type {string} */ name) => path.join(work, name);
    const state = [`Dir::State=${place('state')}`, `Dir::State::Lists=${place('lists')}`, `Dir::State::status=${place('state/status')}`];
    // without the last one apt calls a list that did not come a success
    const manner = ['APT::Sandbox::User=root', 'Acquire::Languages=none', 'Acquire::Retries=3', 'APT::Update::Error-Mode=any'];
    const own = [...state, `Dir::Cache=${place('cache')}`, ...manner].flatMap((option) => ['-o', option]);
    const archive = archiveOfThisMachine(own, work);
    const keyring = ['gpg', 'pgp'].map((kind) => `/usr/share/keyrings/debian-archive-keyring.${kind}`).find((file) => fs.existsSync(file));
    const trust = keyring === undefined ? '' : `[signed-by=${keyring}] `;
    fs.writeFileSync(place('sources.list'), suites.map((suite) => `deb ${trust}${archive} ${suite} main\n`).join(''));
    const sources = [`Dir::Etc::sourcelist=${place('sources.list')}`, 'Dir::Etc::sourceparts=/dev/null'];
    const options = [...own, ...[...sources, `Dir::Etc::preferencesparts=${place('preferences')}`].flatMap((option) => ['-o', option])];
    runOrThrow('apt-get', [...options, '-q', 'update'], work);
    for (const suite of suites) {
      const folder = place(`from-${suite}`);
      fs.mkdirSync(folder);
      runOrThrow('apt-get', [...options, '-q', 'download', `nats-server/${suite}`], folder);
      keep(folder, suite);
    }
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Unpacks the package in this folder into the cache, and writes down what it was.
 * @param {string} folder
 * @param {string} suite
 */
function keep(folder, suite) {
  const archive = fs.readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error(`the suite ${suite} offers no nats-server`);
  runOrThrow('dpkg', ['-x', path.join(folder, archive), path.join(folder, 'unpacked')], folder);
  const program = path.join(folder, 'unpacked/usr/sbin/nats-server');
  const version = versionOf(program);
  if (version === undefined) throw new Error(`what the suite ${suite} offers does not run here`);
  const target = path.join(cacheFolder, `${version}-${process.arch}`);
  // complete, then in one step: another process may be doing the same
  const beside = `${target}.${String(process.pid)}`;
  fs.mkdirSync(beside, { recursive: true });
  fs.copyFileSync(program, path.join(beside, 'nats-server'));
  fs.chmodSync(path.join(beside, 'nats-server'), 0o755);
  const sha256 = createHash('sha256').update(fs.readFileSync(program)).digest('hex');
  fs.writeFileSync(path.join(beside, 'origin.json'), `${JSON.stringify({ package: archive, suite, version, sha256 }, null, 2)}\n`);
  fs.rmSync(target, { recursive: true, force: true });
  fs.renameSync(beside, target);
  log.info(`nats-server ${version} (${archive}, ${suite}) is kept in ${target}`);
}

const HOW_TO_GET_ONE = `Install nats-server ${NATS_FLOOR} or newer from the releases of the NATS project, and put it on PATH or name it in MERIDIAN_NATS_SERVER.`;

/** @param {unknown} error */
function words(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * A server that is new enough, fetched if there is none. Throws with what to do about it.
 * @param {{ withControl?: boolean }} [options] `withControl`: the old one of Debian 12 as well, in the same go
 * @returns {NatsServer}
 */
export function ensureNatsServer({ withControl = false } = {}) {
  const found = findNatsServer();
  const suites = [
    ...(found === undefined ? [NEWEST_SUITE] : []),
    ...(withControl && findControlServer() === undefined ? [CONTROL_SUITE] : []),
  ];
  if (suites.length > 0) {
    log.info(`fetching nats-server from Debian ${suites.join(' and ')} ...`);
    try {
      fetchFrom(suites);
    } catch (error) {
      if (found === undefined) throw new Error(`no nats-server: ${words(error)}\n${HOW_TO_GET_ONE}`, { cause: error });
      log.warn(`the old server for the tests could not be fetched: ${words(error)}`);
    }
  }
  const server = findNatsServer();
  if (server !== undefined) return server;
  const have = cached().map(({ version }) => version);
  throw new Error(`Debian ${NEWEST_SUITE} gave nats-server ${have.join(', ')}, and a team needs ${NATS_FLOOR}.\n${HOW_TO_GET_ONE}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const isForPrograms = process.argv.includes('--json');
    const server = isForPrograms ? findNatsServer() : ensureNatsServer({ withControl: process.argv.includes('--control') });
    if (isForPrograms) console.log(JSON.stringify({ floor: NATS_FLOOR, server, control: findControlServer() }));
    else console.log(`${server?.file ?? ''} ${server?.version ?? ''}`);
  } catch (error) {
    log.warn(words(error));
    process.exitCode = 1;
  }
}
