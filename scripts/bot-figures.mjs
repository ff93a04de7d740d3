#!/usr/bin/env node
/**
 * `npm run bot-figures`: prints what the bot's rules for "a person, please" and for danger make of the sentences in test/bot, by language,
 * and every sentence that came out wrong: the figures of docs/bot.md.
 */
import './lib/node-version.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, stampRoot } from './lib/paths.mjs';
import { prepare, runMain } from './lib/prepare.mjs';

const bundle = path.join(stampRoot, 'bot-figures/figures.mjs');

await runMain(async () => {
  await prepare([]);
  // only now: on a bare machine it has just been installed
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      target: 'node20',
      outDir: path.dirname(bundle),
      emptyOutDir: true,
      ssr: path.join(root, 'test/bot/print-figures.ts'),
      rolldownOptions: { output: { entryFileNames: path.basename(bundle) } },
    },
  });
  await import(pathToFileURL(bundle).href);
  return 0;
});
