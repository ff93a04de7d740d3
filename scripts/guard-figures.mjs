#!/usr/bin/env node
/**
 * `npm run guard-figures`: measures the guardrail rules on samples made from a seed, on sentences, and on the public text of installed
 * packages; prints what was found, missed and flagged without cause, and exits 1 when a target of docs/guardrails.md is missed.
 * `-- --verbose` names every miss; `-- --share 0.1` takes a tenth of the samples.
 * The measuring is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadBundle } from './lib/bundle.mjs';
import { root } from './lib/paths.mjs';
import { runMain } from './lib/prepare.mjs';

/** Public text that is read at most; reading stops there. */
const MAX_BYTES = 50_000_000;

await runMain(async () => {
  const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false }, share: { type: 'string', default: '1' } } });
  const share = Number(values.share);
  if (!(share > 0 && share <= 1)) throw new Error('--share is a number above 0 and up to 1');
  const { runFigures } = await loadBundle({
    name: 'guard-figures',
    entry: 'test/guard/figures.ts',
    from: ['src/shared/domain/guard', 'src/main/engine/guard', 'src/main/engine/sample', 'test/guard'],
  });
  const isFine = await runFigures({
    say: (/** @type {string} */ line) => {
      console.log(line);
    },
    isVerbose: values.verbose,
    folders: [path.join(root, 'node_modules'), '/usr/share/doc', '/usr/share/common-licenses'],
    maxBytes: MAX_BYTES,
    share,
  });
  return isFine ? 0 : 1;
});
