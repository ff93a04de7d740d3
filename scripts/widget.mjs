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

export const widgetFile = path.join(root, 'out/widget/meridian-widget.js');

/** @returns {Promise<{ bytes: number, gzipped: number }>} its size */
export async function buildWidget() {
  // only now: on a bare machine it has just been installed
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: {
      // browsers of the last three years: all have what the widget is made of
      target: ['chrome111', 'firefox115', 'safari16.4'],
      outDir: path.dirname(widgetFile),
      emptyOutDir: true,
      minify: true,
      lib: {
        entry: path.join(root, 'resources/widget/src/main.ts'),
        formats: ['iife'],
        name: 'MeridianChat',
        fileName: () => path.basename(widgetFile),
      },
    },
  });
  const code = fs.readFileSync(widgetFile);
  return { bytes: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    await preparePackages();
    const { bytes, gzipped } = await buildWidget();
    createLog('widget').info(`${path.relative(root, widgetFile)}: ${String(bytes)} bytes, ${String(gzipped)} gzipped`);
    return 0;
  });
}
