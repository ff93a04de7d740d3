/** Where things live. No dependency: these files run before `npm ci` has. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Survives `npm ci` and is shared by all clones of this user: unpacked runtimes and compiled addons. */
export const cacheRoot =
  process.env['MERIDIAN_RUNTIME_CACHE'] ?? path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'meridian');

/** Goes away with node_modules: stamps of what this clone has built and checked. */
export const stampRoot = path.join(root, 'node_modules/.cache/meridian');

/**
 * The trimmed text of a file, or undefined when it cannot be read.
 * @param {string} file
 */
export function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * Digest of the names and contents of files and (recursively) folders, in a stable order. Missing paths count as absent.
 * @param {readonly string[]} entries paths relative to the repository
 * @param {(relative: string) => boolean} [keep]
 */
export function contentDigest(entries, keep = () => true) {
  const hash = createHash('sha256');
  /** @param {string} relative */
  const visit = (relative) => {
    const absolute = path.join(root, relative);
    const stat = fs.statSync(absolute, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(absolute).toSorted()) visit(`${relative}/${name}`);
    } else if (keep(relative)) {
      hash.update(`${relative}\0${String(stat.size)}\0`).update(fs.readFileSync(absolute));
    }
  };
  for (const entry of entries) visit(entry);
  return hash.digest('hex');
}

/**
 * @param {string} name
 * @param {string} digest
 */
export function isStamped(name, digest) {
  return readText(path.join(stampRoot, name)) === digest;
}

/**
 * @param {string} name
 * @param {string} digest
 */
export function writeStamp(name, digest) {
  fs.mkdirSync(stampRoot, { recursive: true });
  fs.writeFileSync(path.join(stampRoot, name), digest);
}
