#!/usr/bin/env node
/**
 * Proves that the rules hold: plants one violation of each, expects the tool in charge to fail and to name it.
 * It works on a copy. First the clean tree must pass, else a failure would prove nothing.
 *   node scripts/layer-proof.mjs [text]    only the plants whose rule contains the text
 */
import './lib/node-version.mjs';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './lib/paths.mjs';

/**
 * @typedef {object} Plant
 * @property {string} rule what is proved
 * @property {'types' | 'lint' | 'electron-33'} by who must notice
 * @property {string} folder
 * @property {string} [name] of the planted file
 * @property {string} code
 * @property {string} expect part of the message
 * @property {Readonly<Record<string, string>>} [beside] further files it needs, by path
 */

/** @type {readonly Plant[]} */
const plants = [
  // ---- who may know what, held by the type checker
  {
    rule: 'domain without Node',
    by: 'types',
    folder: 'src/shared/domain',
    code: `import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;`,
    expect: `node:fs`,
  },
  {
    rule: 'domain without DOM',
    by: 'types',
    folder: 'src/shared/domain',
    code: `export const planted = document.title;`,
    expect: `'document'`,
  },
  {
    rule: 'domain alone',
    by: 'types',
    folder: 'src/shared/domain',
    code: `export type { AppInfo } from '../contract/shell.contract.ts';`,
    expect: `shell.contract.ts' is not listed`,
  },
  {
    rule: 'contract without main',
    by: 'types',
    folder: 'src/shared/contract',
    code: `export type { Capabilities } from '../../main/engine/channels/connector.ts';`,
    expect: `connector.ts' is not listed`,
  },
  {
    rule: 'engine without DOM',
    by: 'types',
    folder: 'src/main/engine',
    code: `export const planted = document.title;`,
    expect: `'document'`,
  },
  {
    rule: 'main without renderer',
    by: 'types',
    folder: 'src/main/engine',
    code: `export * from '../../renderer/planted-target.ts';`,
    expect: `planted-target.ts' is not listed`,
    beside: { 'src/renderer/planted-target.ts': 'export const target = 1;\n' },
  },
  { rule: 'page without Node', by: 'types', folder: 'src/renderer', code: `export const planted = process.env;`, expect: `'process'` },
  {
    rule: 'page without main',
    by: 'types',
    folder: 'src/renderer',
    code: `export type { Capabilities } from '../main/engine/channels/connector.ts';`,
    expect: `connector.ts' is not listed`,
  },
  {
    rule: 'checked index access',
    by: 'types',
    folder: 'src/shared/domain',
    code: `export function planted(all: readonly string[]): string {\n  return all[0];\n}`,
    expect: 'undefined',
  },
  { rule: 'no enums', by: 'types', folder: 'src/shared/domain', code: `export enum Planted {\n  One,\n}`, expect: 'erasableSyntaxOnly' },
  {
    rule: 'tests are type-checked',
    by: 'types',
    folder: 'src/shared/domain',
    name: 'planted.test.ts',
    code: `export const planted: number = 'text';`,
    expect: `'string' is not assignable`,
  },
  {
    rule: 'page tests are type-checked',
    by: 'types',
    folder: 'src/renderer',
    name: 'planted.test.tsx',
    code: `export const planted: number = 'text';`,
    expect: `'string' is not assignable`,
  },
  {
    rule: 'only what Node 20 has',
    by: 'types',
    folder: 'src/main/engine',
    code: `export const planted = Promise.withResolvers<number>();`,
    expect: 'withResolvers',
  },
  // ---- the older Electron
  {
    rule: 'nothing that only a newer Electron has',
    by: 'electron-33',
    folder: 'src/main/shell',
    code: `import { session } from 'electron';\nexport function planted(): void {\n  session.defaultSession.registerPreloadScript({ type: 'frame', filePath: '/x' });\n}`,
    expect: 'registerPreloadScript',
  },
  // ---- who may import what, held by lint
  {
    rule: 'domain without packages',
    by: 'lint',
    folder: 'src/shared/domain',
    code: `import { z } from 'zod';\nexport const planted = z;`,
    expect: 'domain may not import zod',
  },
  {
    rule: 'time zone library in zone.ts only',
    by: 'lint',
    folder: 'src/shared/domain',
    code: `import { toZonedTime } from 'date-fns-tz';\nexport const planted = toZonedTime;`,
    expect: 'domain may not import date-fns-tz',
  },
  {
    rule: 'domain without ambient time',
    by: 'lint',
    folder: 'src/shared/domain',
    code: `export function planted(): number {\n  return Date.now();\n}`,
    expect: 'Date.now: time and chance are injected',
  },
  {
    rule: 'domain without today',
    by: 'lint',
    folder: 'src/shared/domain',
    code: `export function planted(): Date {\n  return new Date();\n}`,
    expect: 'new Date() without a value',
  },
  {
    rule: 'domain without timers',
    by: 'lint',
    folder: 'src/shared/domain',
    code: `declare function setInterval(work: () => void, ms: number): void;\nexport function planted(work: () => void): void {\n  setInterval(work, 5);\n}`,
    expect: 'setInterval: time and chance',
  },
  {
    rule: 'contract: domain and zod',
    by: 'lint',
    folder: 'src/shared/contract',
    code: `import React from 'react';\nexport const planted = React;`,
    expect: 'contract may not import react',
  },
  {
    rule: 'engine without Electron',
    by: 'lint',
    folder: 'src/main/engine',
    code: `import { app } from 'electron';\nexport const planted = app;`,
    expect: 'engine may not import electron',
  },
  {
    rule: 'engine without shell',
    by: 'lint',
    folder: 'src/main/engine',
    code: `export { planted } from '../shell/planted-target.ts';`,
    expect: 'engine may not import src/main/shell/planted-target.ts',
    beside: { 'src/main/shell/planted-target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'SQL in the store only',
    by: 'lint',
    folder: 'src/main/engine/usecases',
    code: `import Database from 'better-sqlite3';\nexport const planted = Database;`,
    expect: 'use cases may not import better-sqlite3',
  },
  {
    rule: 'no SQL beside the store',
    by: 'lint',
    folder: 'src/main/engine',
    code: `import Database from 'better-sqlite3';\nexport const planted = Database;`,
    expect: 'engine may not import better-sqlite3',
  },
  {
    rule: 'mail libraries in channels/email only',
    by: 'lint',
    folder: 'src/main/engine/jobs',
    code: `import { ImapFlow } from 'imapflow';\nexport const planted = ImapFlow;`,
    expect: 'jobs may not import imapflow',
  },
  {
    rule: 'use cases without sockets',
    by: 'lint',
    folder: 'src/main/engine/usecases',
    code: `import net from 'node:net';\nexport const planted = net;`,
    expect: 'use cases may not import node:net',
  },
  {
    rule: 'use cases without channels',
    by: 'lint',
    folder: 'src/main/engine/usecases',
    code: `export { planted } from '../channels/email/planted-target.ts';`,
    expect: 'use cases may not import src/main/engine/channels/email/planted-target.ts',
    beside: { 'src/main/engine/channels/email/planted-target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'channels without the store',
    by: 'lint',
    folder: 'src/main/engine/channels/email',
    code: `export { planted } from '../../store/planted-target.ts';`,
    expect: 'email channel may not import src/main/engine/store/planted-target.ts',
    beside: { 'src/main/engine/store/planted-target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'channels without other channels',
    by: 'lint',
    folder: 'src/main/engine/channels/planted',
    code: `export { planted } from '../email/planted-target.ts';`,
    expect: 'channels may not import src/main/engine/channels/email/planted-target.ts',
    beside: { 'src/main/engine/channels/email/planted-target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'team log without the store',
    by: 'lint',
    folder: 'src/main/engine/team',
    code: `export { planted } from '../store/planted-target.ts';`,
    expect: 'team log may not import src/main/engine/store/planted-target.ts',
    beside: { 'src/main/engine/store/planted-target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'store without use cases',
    by: 'lint',
    folder: 'src/main/engine/store',
    code: `export { planted } from '../usecases/planted-target.ts';`,
    expect: 'store may not import src/main/engine/usecases/planted-target.ts',
    beside: { 'src/main/engine/usecases/planted-target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'engine with an injected clock',
    by: 'lint',
    folder: 'src/main/engine/usecases',
    code: `export function planted(): number {\n  return Date.now();\n}`,
    expect: 'Date.now: time and chance are injected',
  },
  {
    rule: 'shell without engine',
    by: 'lint',
    folder: 'src/main/shell',
    code: `export { planted } from '../engine/planted-target.ts';`,
    expect: 'shell may not import src/main/engine/planted-target.ts',
    beside: { 'src/main/engine/planted-target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'preload without packages',
    by: 'lint',
    folder: 'src/preload',
    code: `import { z } from 'zod';\nexport const planted = z;`,
    expect: 'preload may not import zod',
  },
  {
    rule: 'preload with types of the contract only',
    by: 'lint',
    folder: 'src/preload',
    code: `import { query } from '../shared/contract/define.ts';\nexport const planted = query;`,
    expect: 'preload may import only types',
  },
  {
    rule: 'page without node:',
    by: 'lint',
    folder: 'src/renderer',
    code: `import path from 'node:path';\nexport const planted = path;`,
    expect: 'page may not import node:path',
  },
  {
    rule: 'page without Electron',
    by: 'lint',
    folder: 'src/renderer/ui',
    code: `import { ipcRenderer } from 'electron';\nexport const planted = ipcRenderer;`,
    expect: 'interface parts may not import electron',
  },
  {
    rule: 'features do not import each other',
    by: 'lint',
    folder: 'src/renderer/features/planted-one',
    code: `export { planted } from '../planted-two/target.ts';`,
    expect: 'features may not import src/renderer/features/planted-two/target.ts',
    beside: { 'src/renderer/features/planted-two/target.ts': 'export const planted = 1;\n' },
  },
  {
    rule: 'interface parts without features',
    by: 'lint',
    folder: 'src/renderer/ui',
    code: `export { planted } from '../features/planted-two/target.ts';`,
    expect: 'interface parts may not import src/renderer/features/planted-two/target.ts',
    beside: { 'src/renderer/features/planted-two/target.ts': 'export const planted = 1;\n' },
  },
  // ---- habits
  {
    rule: 'no floating promises',
    by: 'lint',
    folder: 'src/main/engine',
    code: `export function planted(work: () => Promise<void>): void {\n  work();\n}`,
    expect: 'no-floating-promises',
  },
  {
    rule: 'no any',
    by: 'lint',
    folder: 'src/main/engine',
    code: `export function planted(value: any): void {\n  void value;\n}`,
    expect: 'no-explicit-any',
  },
  {
    rule: 'no unsafe casts',
    by: 'lint',
    folder: 'src/main/engine',
    code: `export function planted(value: unknown): string {\n  return value as string;\n}`,
    expect: 'no-unsafe-type-assertion',
  },
  {
    rule: 'no cycles',
    by: 'lint',
    folder: 'src/main/engine',
    code: `import { target } from './planted-cycle.ts';\nexport const planted = target;`,
    expect: 'no-cycle',
    beside: { 'src/main/engine/planted-cycle.ts': `import { planted } from './planted.ts';\nexport const target: number = planted;\n` },
  },
  { rule: 'no default exports', by: 'lint', folder: 'src/main/engine', code: `export default 1;`, expect: 'no-default-export' },
  { rule: 'no barrels', by: 'lint', folder: 'src/shared/domain', code: `export * from './time.ts';`, expect: 'no-barrel-file' },
  {
    rule: 'functions, not exported arrows',
    by: 'lint',
    folder: 'src/shared/domain',
    code: `export const planted = (): number => 1;`,
    expect: 'export function planted',
  },
  {
    rule: 'no console',
    by: 'lint',
    folder: 'src/main/engine',
    code: `export function planted(): void {\n  console.log('x');\n}`,
    expect: 'no-console',
  },
  {
    rule: 'kebab-case files',
    by: 'lint',
    folder: 'src/main/engine',
    name: 'plantedFile.ts',
    code: `export const planted = 1;`,
    expect: 'filename-case',
  },
  {
    rule: 'file size',
    by: 'lint',
    folder: 'src/main/engine',
    code: Array.from({ length: 360 }, (_, at) => `export const planted${String(at)} = ${String(at)};`).join('\n'),
    expect: 'max-lines',
  },
  {
    rule: 'complexity',
    by: 'lint',
    folder: 'src/main/engine',
    code: `export function planted(n: number): number {\n${Array.from({ length: 16 }, (_, at) => `  if (n === ${String(at)}) return ${String(at * 2)};`).join('\n')}\n  return n;\n}`,
    expect: 'complexity',
  },
  {
    rule: 'no skipped tests',
    by: 'lint',
    folder: 'src/shared/domain',
    name: 'planted.test.ts',
    code: `import { expect, test } from 'vitest';\ntest.skip('planted', () => {\n  expect(1).toBe(1);\n});`,
    expect: 'no test is skipped',
  },
  {
    rule: 'no focused end-to-end tests',
    by: 'lint',
    folder: 'e2e',
    name: 'planted.spec.ts',
    code: `import { expect, test } from '@playwright/test';\ntest.only('planted', () => {\n  expect(1).toBe(1);\n});`,
    expect: 'no test is skipped, focused',
  },
];

/** A copy of the sources with the packages linked in: nothing planted can stay behind in the tree or disturb work in it. */
const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-layer-proof-'));
process.on('exit', () => {
  fs.rmSync(copy, { recursive: true, force: true });
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => process.exit(1));

const COPIED = ['src', 'test', 'e2e', 'scripts', 'types', 'package.json', '.oxlintrc.json'];

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
const wanted = process.argv[2] ?? '';
for (const by of /** @type {const} */ (['types', 'electron-33', 'lint'])) {
  const chosen = plants.filter((plant) => plant.by === by && plant.rule.includes(wanted));
  if (chosen.length === 0) continue;
  const clean = tools[by]();
  verdict(clean.isClean, `${by}: the clean tree passes`, clean.output);
  prove(by, chosen);
}
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 ? 0 : 1;
