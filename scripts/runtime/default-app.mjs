/**
 * What the fallback runtime runs when it is started with a folder: `electron [-r module] <app> [arguments]`, as a stock Electron does.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);

/** @param {readonly string[]} words */
function parseCommandLine(words) {
  /** @type {string[]} */
  const preloads = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-v' || word === '--version') return { preloads, answer: `v${process.versions.electron}` };
    if (word === '-a' || word === '--abi') return { preloads, answer: process.versions.modules };
    if (word === '-r' || word === '--require') {
      at += 1;
      preloads.push(words[at] ?? '');
    } else if (word.startsWith('--require=')) {
      preloads.push(word.slice('--require='.length));
    } else if (!word.startsWith('-')) {
      return { preloads, target: word };
    }
  }
  return { preloads };
}

/** @param {string} folder */
function readManifest(folder) {
  const file = path.join(folder, 'package.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

const { preloads, target, answer } = parseCommandLine(process.argv.slice(1));
if (answer !== undefined) {
  console.log(answer);
  process.exit(0);
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
// end-to-end tests hook in here
for (const preload of preloads) require(path.resolve(preload));
if (target === undefined) {
  console.error('usage: electron <path to the app>');
  process.exit(1);
}
const folder = path.resolve(target);
const manifest = readManifest(folder);
/** @typedef {{ setVersion(version: string): void, setAppPath(folder: string): void, setDesktopName(name: string): void }} LoaderMethods */
const loader = /** @type {Electron.App & LoaderMethods} */ (app);
if (manifest !== undefined) {
  if (manifest.version) loader.setVersion(manifest.version);
  loader.setName(manifest.productName ?? manifest.name ?? 'Electron');
  if (manifest.desktopName) loader.setDesktopName(manifest.desktopName);
}
const entry = require.resolve(folder);
loader.setAppPath(manifest === undefined ? path.dirname(entry) : folder);
// awaited on purpose: Electron holds back 'ready' until this module has been evaluated, so that the app may still register schemes
await import(pathToFileURL(entry).href);
