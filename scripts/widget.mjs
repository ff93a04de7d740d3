#!/usr/bin/env node
/**
 * `node scripts/widget.mjs`: makes out/widget/meridian-widget.js, the live chat of a web site in one file, from resources/widget.
 * Part of `npm run build` and of every set-up.
 */
import './lib/node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { preparePackages, runMain } from './lib/prepare.mjs';

const widgetFile = path.join(root, 'out/widget/meridian-widget.js');

/** @returns {Promise<string>} the script that a page loads */
export async function bundleWidget() {
  // only now: on a bare machine it has just been installed
  const { build } = await import('vite');
  const made = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: {
      // browsers of the last three years: all have what the widget is made of
      target: ['chrome111', 'firefox115', 'safari16.4'],
      write: false,
      minify: true,
      lib: { entry: path.join(root, 'resources/widget/src/main.ts'), formats: ['iife'], name: 'MeridianChat', fileName: 'widget' },
    },
  });
  const chunks = [made].flat().flatMap((each) => ('output' in each ? each.output : []));
  if (chunks.length !== 1 || chunks[0]?.type !== 'chunk') throw new Error('the widget is not one file any more');
  return chunks[0].code;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    await preparePackages();
    const code = await bundleWidget();
    fs.mkdirSync(path.dirname(widgetFile), { recursive: true });
    fs.writeFileSync(widgetFile, code);
    const gzipped = gzipSync(code, { level: 9 }).length;
    createLog('widget').info(`${path.relative(root, widgetFile)}: ${String(Buffer.byteLength(code))} bytes, ${String(gzipped)} gzipped`);
    return 0;
  });
}
