#!/usr/bin/env node
/**
 * `npm run intake-figures`: prints how many of the facts in the messages of test/intake are read rightly, wrongly and not at all, by kind of fact, and
 * everything that came out wrong: the figures of docs/triage.md.
 */
import './lib/node-version.mjs';
import { loadBundle } from './lib/bundle.mjs';
import { runMain } from './lib/prepare.mjs';

await runMain(async () => {
  // it prints as it is loaded
  await loadBundle({ name: 'intake-figures', entry: 'test/intake/print-figures.ts', from: ['src/shared/domain', 'test/intake'] });
  return 0;
});
