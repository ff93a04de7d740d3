#!/usr/bin/env node
/**
 * `npm run simulate -- --seeds N --from M`: simulates a team on a hub for N seeds, prints how far it is, and stops at the first that
 * fails, which it prints and keeps in test/team/failing-seeds.json. `--seed S` runs one and prints all of it.
 * The simulation is TypeScript: it is bundled when its sources have changed.
 */
import './lib/node-version.mjs';
import path from 'node:path';
import { loadBundle } from './lib/bundle.mjs';
import { root } from './lib/paths.mjs';
import { prepare, runMain } from './lib/prepare.mjs';

/** @param {string} line */
function say(line) {
  console.log(line);
}

await runMain(async () => {
  // the tables are real ones: it needs the addon
  await prepare([]);
  const { runCommand } = await loadBundle({
    name: 'simulate',
    entry: 'test/team/simulation/command.ts',
    from: ['src/shared', 'src/main/engine', 'test/team', 'test/engine'],
    define: { __PINNED_ELECTRON__: '"0.0.0-test"' },
  });
  const isFine = await runCommand(process.argv.slice(2), path.join(root, 'test/team/failing-seeds.json'), say);
  return isFine ? 0 : 1;
});
