#!/usr/bin/env node
/**
 * Proves that the rules hold: plants one violation of each, expects the tool in charge to fail and to name it.
 * It works on a copy. First the clean tree must pass, else a failure would prove nothing.
 *   node scripts/layer-proof.mjs [text]    only the plants whose rule contains the text
 *   ... --clean=types,lint                 these tools have passed on this very tree a moment ago (scripts/test.mjs knows): not again
 */
import './lib/node-version.mjs';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { plants } from './layer-plants.mjs';
import { root } from './lib/paths.mjs';

/** @typedef {import('./layer-plants.mjs').Plant} Plant */

/** A copy of the sources with the packages linked in: nothing planted can stay behind in the tree or disturb work in it. */
const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-layer-proof-'));
process.on('exit', () => {
  fs.rmSync(copy, { recursive: true, force: true });
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => process.exit(1));

const COPIED = ['src', 'resources/widget', 'test', 'e2e', 'bench', 'conformance', 'scripts', 'types', 'package.json', '.oxlintrc.json'];

function copyTree() {
  const configurations = fs.readdirSync(root).filter((name) => /^tsconfig.*\.json$|\.config\.ts$/u.test(name));
  for (const name of [...COPIED, ...configurations]) {
    if (fs.existsSync(path.join(root, name))) fs.cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  fs.mkdirSync(path.join(copy, 'node_modules'));
  for (const name of fs.readdirSync(path.join(root, 'node_modules')).filter((entry) => entry !== '.cache')) {
    fs.symlinkSync(path.join(root, 'node_modules', name), path.join(copy, 'node_modules', name));
  }
}

/**
 * @param {string} program inside node_modules
 * @param {readonly string[]} args
 */
function runTool(program, args) {
  const run = spawnSync(process.execPath, [path.join(copy, 'node_modules', program), ...args], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { isClean: run.status === 0, output: `${run.stdout}${run.stderr}` };
}

const tools = {
  types: () => runTool('typescript/bin/tsc', ['-b', '--pretty', 'false']),
  'electron-33': () => runTool('typescript/bin/tsc', ['-p', 'tsconfig.e33.json', '--pretty', 'false']),
  lint: (/** @type {readonly string[]} */ paths = []) => runTool('oxlint/bin/oxlint', ['-f', 'unix', ...paths]),
};

let passed = 0;
let failed = 0;
/** @param {boolean} ok @param {string} what @param {string} [detail] */
function verdict(ok, what, detail = '') {
  if (ok) passed += 1;
  else failed += 1;
  console.log(`${ok ? '✓' : '✗'} ${what}${ok ? '' : `\n${detail.trim().split('\n').slice(0, 20).join('\n')}`}`);
}

/**
 * Plants all at once, each in a file of its own: every one must be named by itself.
 * @param {Plant['by']} by
 * @param {readonly Plant[]} chosen
 */
function prove(by, chosen) {
  const planted = chosen.map((plant, at) => ({
    plant,
    file: `${plant.folder}/${(plant.name ?? 'planted.ts').replace('planted', `planted${plant.name?.startsWith('plantedF') ? '' : '-'}${String(at)}`)}`,
  }));
  /** @type {string[]} */
  const written = [];
  for (const { plant, file } of planted) {
    for (const [name, code] of Object.entries({ ...plant.beside, [file]: plant.code })) {
      const own = code.replaceAll('./planted.ts', `./${path.basename(file)}`);
      fs.mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
      fs.writeFileSync(path.join(copy, name), `${own}\n`);
      written.push(name);
    }
  }
  const { isClean, output } = by === 'lint' ? tools.lint([...new Set(written)]) : tools[by]();
  const lines = output.split('\n');
  for (const { plant, file } of planted) {
    const own = lines.filter((line) => line.startsWith(file));
    const isNamed = !isClean && own.some((line) => line.includes(plant.expect));
    verdict(
      isNamed,
      `${by}: ${plant.rule}`,
      `expected "${plant.expect}" for ${file}, got:\n${own.length > 0 ? own.join('\n') : '(nothing about this file)'}`,
    );
  }
  for (const name of written) fs.rmSync(path.join(copy, name), { force: true });
}

copyTree();
const { values, positionals } = parseArgs({ options: { clean: { type: 'string', default: '' } }, allowPositionals: true });
const known = values.clean.split(',');
const wanted = positionals[0] ?? '';
for (const by of /** @type {const} */ (['types', 'electron-33', 'lint'])) {
  const chosen = plants.filter((plant) => plant.by === by && plant.rule.includes(wanted));
  if (chosen.length === 0) continue;
  if (!known.includes(by)) {
    const clean = tools[by]();
    verdict(clean.isClean, `${by}: the clean tree passes`, clean.output);
  }
  prove(by, chosen);
}
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 ? 0 : 1;
