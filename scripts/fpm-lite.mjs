#!/usr/bin/env node
/**
 * Stands in for the part of `fpm` that electron-builder uses (`-s dir -t deb|rpm`), on top of dpkg-deb and rpmbuild. Used only where
 * electron-builder's own download of fpm is out of reach.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * @typedef {object} Order
 * @property {Record<string, string>} single options given once
 * @property {{ d: string[], 'deb-recommends': string[] }} repeated
 * @property {[source: string, destination: string][]} files
 */

/** @param {readonly string[]} words @returns {Order} */
function parse(words) {
  /** @type {Order} */
  const order = { single: {}, repeated: { d: [], 'deb-recommends': [] }, files: [] };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--force' || word === '--debug') continue;
    if (!word.startsWith('-')) {
      const split = word.lastIndexOf('=');
      order.files.push([word.slice(0, split), word.slice(split + 1)]);
      continue;
    }
    at += 1;
    const key = word.replace(/^--?/u, '');
    const value = words[at] ?? '';
    if (key === 'd' || key === 'deb-recommends') order.repeated[key].push(value);
    else order.single[key] = value;
  }
  return order;
}

/** @param {string} folder */
function entriesOf(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, file: path.join(entry.parentPath, entry.name) }));
}

/** @param {Order} order @param {string} tree */
function layOut(order, tree) {
  for (const [source, destination] of order.files) {
    const target = path.join(tree, destination);
    fs.mkdirSync(source.endsWith('/') ? target : path.dirname(target), { recursive: true });
    fs.cpSync(source.replace(/\/$/u, ''), target, { recursive: true, verbatimSymlinks: true });
  }
  for (const { entry, file } of entriesOf(tree)) {
    if (entry.isDirectory()) fs.chmodSync(file, 0o755);
    else if (entry.isFile()) fs.chmodSync(file, (fs.statSync(file).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}

/** @param {Order} order */
function described({ single }) {
  const [synopsis = single['name'] ?? '', ...rest] = (single['description'] ?? '')
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return { synopsis, rest };
}

/** @param {Order} order @param {string} tree */
function makeDeb(order, tree) {
  const { single, repeated } = order;
  const { synopsis, rest } = described(order);
  const bytes = entriesOf(tree).reduce((sum, { entry, file }) => sum + (entry.isFile() ? fs.statSync(file).size : 0), 0);
  const control = path.join(tree, 'DEBIAN');
  fs.mkdirSync(control);
  const fields = {
    Package: single['name'],
    Version: single['version'],
    License: single['license'],
    Vendor: single['vendor'],
    Architecture: single['architecture'],
    Maintainer: single['maintainer'],
    'Installed-Size': String(Math.ceil(bytes / 1024)),
    Depends: repeated.d.join(', '),
    Recommends: repeated['deb-recommends'].join(', '),
    Section: single['category'] ?? 'default',
    Priority: single['deb-priority'] ?? 'optional',
    Homepage: single['url'],
    Description: [synopsis, ...rest.map((line) => ` ${line}`)].join('\n'),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}: ${value}\n`]));
  fs.writeFileSync(path.join(control, 'control'), lines.join(''));
  for (const [option, name] of /** @type {const} */ ([
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ])) {
    const script = single[option];
    if (script === undefined) continue;
    fs.copyFileSync(script, path.join(control, name));
    fs.chmodSync(path.join(control, name), 0o755);
  }
  const compression = new Map([
    ['gz', 'gzip'],
    ['zst', 'zstd'],
  ]);
  const asked = single['deb-compression'] ?? 'xz';
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression.get(asked) ?? asked}`, '--build', tree, single['package'] ?? ''], {
    stdio: 'inherit',
  });
}

/** @param {Order} order @param {string} tree @param {string} work */
function makeRpm(order, tree, work) {
  const { single, repeated } = order;
  const { synopsis, rest } = described(order);
  const scriptText = (/** @type {string | undefined} */ file) =>
    file === undefined ? '' : fs.readFileSync(file, 'utf8').replaceAll('%', '%%');
  const owned = new Set(order.files.map(([, destination]) => destination));
  const spec = [
    `Name: ${single['name'] ?? ''}`,
    `Version: ${(single['version'] ?? '').replaceAll('-', '_')}`,
    'Release: 1',
    `Summary: ${single['rpm-summary'] ?? synopsis}`,
    `License: ${single['license'] ?? 'unknown'}`,
    `URL: ${single['url'] ?? ''}`,
    `Vendor: ${single['vendor'] ?? ''}`,
    'AutoReqProv: no',
    ...repeated.d.map((dependency) => `Requires: ${dependency}`),
    '%description',
    synopsis,
    ...rest,
    '%post',
    scriptText(single['after-install']),
    '%postun',
    scriptText(single['after-remove']),
    '%files',
    '%defattr(-,root,root,-)',
    ...[...owned].map((file) => `"${file}"`),
    '',
  ];
  const specFile = path.join(work, 'package.spec');
  fs.writeFileSync(specFile, spec.join('\n'));
  const architectures = new Map([
    ['amd64', 'x86_64'],
    ['arm64', 'aarch64'],
  ]);
  const architecture = single['architecture'] ?? '';
  const definitions = {
    _topdir: `${work}/top`,
    _rpmdir: `${work}/out`,
    _rpmfilename: 'package.rpm',
    _build_id_links: 'none',
    __os_install_post: '%{nil}',
    _binary_payload: 'w2.zstdio',
  };
  const defined = Object.entries(definitions).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  execFileSync(
    'rpmbuild',
    ['-bb', '--buildroot', tree, '--target', architectures.get(architecture) ?? architecture, ...defined, specFile],
    { stdio: 'inherit' },
  );
  fs.copyFileSync(path.join(work, 'out/package.rpm'), single['package'] ?? '');
}

const order = parse(process.argv.slice(2));
const type = order.single['t'] ?? '';
if (order.single['s'] !== 'dir' || !['deb', 'rpm'].includes(type)) {
  console.error(`fpm-lite cannot make ${type}`);
  process.exit(1);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'fpm-lite-'));
try {
  const tree = path.join(work, 'root');
  layOut(order, tree);
  fs.mkdirSync(path.dirname(order.single['package'] ?? ''), { recursive: true });
  if (type === 'deb') makeDeb(order, tree);
  else makeRpm(order, tree, work);
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
