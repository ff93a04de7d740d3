import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { onePathIcons } from './scripts/lib/one-path-icons.mjs';

// The oldest runtime that must run the bundles. electron-vite would derive newer targets from the npm version of `electron`.
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';
const DEV_PORT = Number(process.env['MERIDIAN_DEV_PORT'] ?? 5199);

const source = (path: string): string => resolve(import.meta.dirname, 'src', path);

const BUNDLED = [
  '@nats-io/jetstream',
  '@nats-io/kv',
  '@nats-io/nkeys',
  '@nats-io/transport-node',
  'csv-parse',
  'csv-stringify',
  'grammy',
  'html-to-text',
  'ical.js',
  'jose',
  'marked',
  'postal-mime',
  'rrule-temporal',
  'tldts',
  'yaml',
  'zod',
];

function pinnedElectron(): string {
  const manifest: unknown = JSON.parse(readFileSync(resolve(import.meta.dirname, 'package.json'), 'utf8'));
  const found = /"electron":"([^"]+)"/u.exec(JSON.stringify(manifest))?.[1];
  if (found === undefined) throw new Error('package.json names no Electron version');
  return found;
}

const mainEntries = {
  index: source('main/index.ts'),
  engine: source('main/engine/engine.utility.ts'),
  'parse-worker': source('main/engine/channels/email/parse.worker.ts'),
  'year-worker': source('main/engine/year-check/year.worker.ts'),
  'language-worker': source('main/engine/language/language.worker.ts'),
  'scan-worker': source('main/engine/guard/scan.worker.ts'),
  'snapshot-worker': source('main/engine/store/snapshot/snapshot.worker.ts'),
  'checkpoint-worker': source('main/engine/store/checkpoint/checkpoint.worker.ts'),
  'link-worker': source('main/engine/team/link.worker.ts'),
  headless: source('main/engine/headless.ts'),
  gateway: source('main/gateway/gateway.main.ts'),
};

const entries = Object.fromEntries(Object.entries(mainEntries).filter(([, file]) => existsSync(file)));

export default defineConfig({
  main: {
    define: { __PINNED_ELECTRON__: JSON.stringify(pinnedElectron()) },
    build: {
      target: NODE_TARGET,
      // what the engine needs from its first moment on is read with it: hundreds of small files take twice as long
      externalizeDeps: { exclude: BUNDLED },
      sourcemap: true,
      rolldownOptions: {
        input: entries,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      // a sandboxed preload can load nothing but itself
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: source('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [react(), onePathIcons()],
    build: {
      target: CHROME_TARGET,
      minify: true,
      sourcemap: false,
      // the page's policy allows neither inline scripts nor data: fonts
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: source('renderer/index.html') },
    },
    server: {
      host: '127.0.0.1',
      port: DEV_PORT,
      strictPort: true,
      // development only: hot reload needs an inline preamble, a web socket and <style> elements
      headers: {
        'content-security-policy': [
          "default-src 'none'",
          "script-src 'self' 'unsafe-inline'",
          "style-src 'self' 'unsafe-inline'",
          "img-src 'self' data: blob:",
          "font-src 'self'",
          `connect-src 'self' ws://127.0.0.1:${String(DEV_PORT)}`,
          'frame-src mail-body:',
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; '),
      },
    },
  },
});
