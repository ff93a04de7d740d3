#!/usr/bin/env node
/**
 * The system packages Meridian needs on Debian and Ubuntu, and what each is for.
 *   node scripts/debian-packages.mjs [--print] [group ...]     groups: runtime display compiler servers
 * As root the missing ones are installed without questions and without starting any service; otherwise the command is printed.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createLog } from './lib/log.mjs';
import { readText } from './lib/paths.mjs';

/**
 * `names` are alternatives for different releases (Debian 13 and Ubuntu 24.04 renamed some): the first one on offer is taken.
 * `service` is what the package would have started at every boot; the tests start servers of their own.
 * @typedef {{ readonly names: readonly string[], readonly purpose: string, readonly service?: string }} SystemPackage
 * @typedef {'runtime' | 'display' | 'compiler' | 'servers'} PackageGroup
 */

/** @type {Readonly<Record<PackageGroup, readonly SystemPackage[]>>} */
export const debianPackages = {
  runtime: [
    { names: ['libgtk-3-0t64', 'libgtk-3-0'], purpose: 'Electron: windows, menus, dialogs' },
    { names: ['libnss3'], purpose: 'Electron: certificates' },
    { names: ['libgbm1'], purpose: 'Electron: drawing buffers' },
    { names: ['libasound2t64', 'libasound2'], purpose: 'Electron: notification sounds' },
    { names: ['libxss1'], purpose: 'Electron: idle detection' },
    { names: ['libxtst6'], purpose: 'Electron: input on X11' },
    { names: ['libatspi2.0-0t64', 'libatspi2.0-0'], purpose: 'Electron: screen readers' },
    { names: ['libnotify4'], purpose: 'Electron: desktop notifications' },
    { names: ['libsecret-1-0'], purpose: 'Electron: secrets in the desktop keychain' },
    { names: ['xdg-utils'], purpose: 'opening links and files in the desktop' },
  ],
  display: [
    { names: ['xvfb'], purpose: 'a virtual display where there is no screen' },
    { names: ['fonts-noto-core'], purpose: 'text in the languages of the sample workspace' },
    { names: ['fonts-noto-cjk'], purpose: 'Chinese, Japanese and Korean text' },
    { names: ['fonts-noto-color-emoji'], purpose: 'emoji in messages' },
  ],
  compiler: [
    { names: ['g++'], purpose: 'compiling the SQLite addon' },
    { names: ['make'], purpose: 'compiling the SQLite addon' },
    { names: ['python3'], purpose: 'node-gyp, which drives that compilation' },
  ],
  servers: [
    { names: ['dovecot-imapd'], purpose: 'engine tests: a real IMAP server on loopback', service: 'dovecot' },
    { names: ['dovecot-lmtpd'], purpose: 'engine tests: local delivery into it' },
    { names: ['postfix'], purpose: 'engine tests: a real SMTP server on loopback', service: 'postfix' },
    { names: ['openssl'], purpose: 'engine tests: certificates made for a run' },
  ],
};

const log = createLog('system');
const policyFile = '/usr/sbin/policy-rc.d';
const policyAside = `${policyFile}.before-meridian`;
const policyMark = '# written by meridian while packages are installed';

/** Whether packages are managed by apt here. */
export function isDebianLike() {
  return process.platform === 'linux' && fs.existsSync('/usr/bin/apt-get') && fs.existsSync('/usr/bin/dpkg-query');
}

/** @returns {Set<string>} */
function installedPackages() {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Abbrev} ${Package}\n'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const installed = query.stdout.split('\n').filter((line) => line.startsWith('ii '));
  return new Set(installed.map((line) => line.slice(3).trim()));
}

/**
 * The packages of these groups that are not installed.
 * @param {readonly PackageGroup[]} groups
 */
export function missingPackages(groups) {
  const installed = installedPackages();
  return groups.flatMap((group) => debianPackages[group]).filter((entry) => !entry.names.some((name) => installed.has(name)));
}

/**
 * Which of the alternatives this release offers.
 * @param {SystemPackage} entry
 */
function nameOnOffer(entry) {
  if (entry.names.length === 1) return entry.names[0] ?? '';
  const policy = spawnSync('apt-cache', ['policy', ...entry.names], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  for (const name of entry.names) {
    const candidate = new RegExp(`^${name.replaceAll('+', String.raw`\+`)}:\\n.*\\n\\s*Candidate: (.*)$`, 'mu').exec(policy.stdout)?.[1];
    if (candidate !== undefined && candidate !== '(none)') return name;
  }
  return entry.names.at(-1) ?? '';
}

/** Debian asks this file before it starts a service. Ours says no; one that is there already is set aside and put back. */
function forbidServiceStarts() {
  // an earlier run may have been killed in between: what is set aside then is the genuine one
  if (fs.existsSync(policyFile) && !fs.existsSync(policyAside) && readText(policyFile)?.includes(policyMark) !== true) {
    fs.renameSync(policyFile, policyAside);
  }
  fs.writeFileSync(policyFile, `#!/bin/sh\n${policyMark}\nexit 101\n`, { mode: 0o755 });
  fs.chmodSync(policyFile, 0o755);
}

function allowServiceStarts() {
  if (readText(policyFile)?.includes(policyMark) === true) fs.rmSync(policyFile);
  if (fs.existsSync(policyAside)) fs.renameSync(policyAside, policyFile);
}

/**
 * @param {readonly string[]} args
 * @returns {boolean}
 */
function aptGet(args) {
  const run = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', DEBCONF_NONINTERACTIVE_SEEN: 'true', LC_ALL: 'C.UTF-8' },
  });
  if (run.status !== 0) log.warn(`apt-get ${args.join(' ')} failed:\n${run.stdout.slice(-2000)}${run.stderr.slice(-4000)}`);
  return run.status === 0;
}

/** A fresh Postfix writes no configuration of its own then; one that exists is never touched. */
function presetPostfix() {
  if (fs.existsSync('/etc/postfix/main.cf')) return;
  spawnSync('debconf-set-selections', { input: 'postfix postfix/main_mailer_type select No configuration\n' });
}

/** @param {readonly string[]} names */
function install(names) {
  const interrupted = () => {
    allowServiceStarts();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  forbidServiceStarts();
  try {
    if (names.includes('postfix')) presetPostfix();
    const args = [
      'install',
      '-y',
      '--no-install-recommends',
      '-o',
      'Dpkg::Options::=--force-confdef',
      '-o',
      'Dpkg::Options::=--force-confold',
      ...names,
    ];
    // package lists may be older than the archive: refresh them and try once more
    return aptGet(args) || (aptGet(['update']) && aptGet(args));
  } finally {
    allowServiceStarts();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/**
 * Makes the packages of these groups present, or says how.
 * @param {readonly PackageGroup[]} groups
 * @returns {boolean} whether all of them are installed now. Always true where apt does not rule: there the runtime's own start tells.
 */
export function ensureDebianPackages(groups) {
  if (!isDebianLike()) return true;
  const missing = missingPackages(groups);
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0) {
    log.warn('these packages are missing:');
    for (const entry of missing) log.warn(`  ${nameOnOffer(entry)}: ${entry.purpose}`);
    log.warn(`install them with:\n\n  sudo apt-get install -y --no-install-recommends ${missing.map(nameOnOffer).join(' ')}\n`);
    return false;
  }
  if (fs.readdirSync('/var/lib/apt/lists').every((name) => !name.includes('_Packages'))) {
    log.info('refreshing the package lists ...');
    aptGet(['update']);
  }
  const names = missing.map(nameOnOffer);
  log.info(`installing ${names.join(' ')} ...`);
  if (!install(names)) return false;
  const services = missing.flatMap(({ service }) => (service === undefined ? [] : [service]));
  if (services.length > 0 && fs.existsSync('/usr/bin/systemctl')) spawnSync('systemctl', ['disable', '--quiet', ...services]);
  const still = missingPackages(groups);
  if (still.length > 0) log.warn(`still missing: ${still.map(nameOnOffer).join(' ')}`);
  return still.length === 0;
}

/** @param {string} text @returns {text is PackageGroup} */
function isGroup(text) {
  return Object.hasOwn(debianPackages, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const named = process.argv.slice(2).filter(isGroup);
  const groups = named.length > 0 ? named : Object.keys(debianPackages).filter(isGroup);
  if (process.argv.includes('--print')) {
    for (const entry of groups.flatMap((group) => debianPackages[group])) console.log(`${entry.names.join(' | ')}: ${entry.purpose}`);
  } else {
    process.exitCode = ensureDebianPackages(groups) ? 0 : 1;
  }
}
