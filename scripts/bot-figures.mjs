#!/usr/bin/env node
/**
 * `npm run bot-figures`: prints what the bot's rules for "a person, please" and for danger make of the sentences in test/bot, by language,
 * and every sentence that came out wrong: the figures of docs/bot.md.
 */
import './lib/node-version.mjs';
import { loadBundle } from './lib/bundle.mjs';
import { runMain } from './lib/prepare.mjs';

await runMain(async () => {
  // it prints as it is loaded
  await loadBundle({ name: 'bot-figures', entry: 'test/bot/print-figures.ts', from: ['src/shared/domain', 'test/bot'] });
  return 0;
});
