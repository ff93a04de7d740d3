#!/usr/bin/env node
/**
 * `npm run suggest-figures`: makes a history of solved cases with known topics, asks for similar ones in words that are nowhere in it, and prints how often the
 * right topic is found, beside cases drawn at random and the newest ones. `-- --at FOLDER` measures the time on a workspace that is there already, such as that of
 * the bench; it is only read.
 * The measuring is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import { parseArgs } from 'node:util';
import { loadBundle } from './lib/bundle.mjs';
import { runMain } from './lib/prepare.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: { at: { type: 'string' }, cases: { type: 'string', default: '200' }, patience: { type: 'string', default: '1' } },
  });
  const say = (/** @type {string} */ line) => {
    console.log(line);
  };
  const from = ['src/shared', 'src/main/engine', 'test/suggest', 'test/engine/search-workspace.ts', 'bench/sentences.ts'];
  if (values.at !== undefined) {
    const { measureTime } = await loadBundle({ name: 'suggest-time', entry: 'test/suggest/time.ts', from });
    return (await measureTime({ say, folder: values.at, cases: Number(values.cases), patience: Number(values.patience) })) ? 0 : 1;
  }
  const { runFigures } = await loadBundle({ name: 'suggest-figures', entry: 'test/suggest/figures.ts', from });
  return (await runFigures({ say })) ? 0 : 1;
});
