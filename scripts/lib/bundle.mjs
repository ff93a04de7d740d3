/** TypeScript of this repository as one file of plain JavaScript that Node runs; made again when what it is made of has changed. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentDigest, isStamped, root, stampRoot, writeStamp } from './paths.mjs';
import { preparePackages } from './prepare.mjs';

/**
 * @typedef {object} Bundled
 * @property {string} name of the folder that it is made in
 * @property {string} entry the file that is bundled, with all that it imports but packages
 * @property {readonly string[]} from files and folders that it is made of: a change in one of them makes it again
 * @property {Readonly<Record<string, string>>} [define] expressions for names that a build puts in
 */

/**
 * The exports of the entry. Its module is evaluated once in a process.
 * @param {Bundled} bundled
 * @returns {Promise<any>}
 */
export async function loadBundle({ name, entry, from, define = {} }) {
  // beside the packages that it leaves outside
  const bundle = path.join(stampRoot, name, `${path.basename(entry, '.ts')}.mjs`);
  const stamp = `${name}-bundle`;
  const digest = contentDigest([entry, ...from, 'scripts/lib/bundle.mjs', 'package-lock.json']) + JSON.stringify(define);
  if (!isStamped(stamp, digest) || !fs.existsSync(bundle)) {
    await preparePackages();
    // only now: on a bare machine it has just been installed
    const { build } = await import('vite');
    await build({
      configFile: false,
      root,
      logLevel: 'warn',
      define,
      build: {
        target: 'node20',
        outDir: path.dirname(bundle),
        emptyOutDir: true,
        ssr: path.join(root, entry),
        rolldownOptions: { output: { entryFileNames: path.basename(bundle) } },
      },
    });
    writeStamp(stamp, digest);
  }
  return import(pathToFileURL(bundle).href);
}
