#!/usr/bin/env node
/**
 * `npm run hunt [-- ROUNDS]`: the properties of the rules with cases that no check has drawn, a fresh seed each round. What it finds
 * is found again by the seed that it prints: `npm run hunt -- 1 SEED`.
 */
import './lib/node-version.mjs';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { runMain } from './lib/prepare.mjs';

const log = createLog('hunt');

/** Test files that draw cases. @returns {string[]} */
function propertyFiles() {
  return fs
    .readdirSync(path.join(root, 'src'), { recursive: true })
    .map((name) => path.join('src', String(name)))
    .filter((name) => /\.test\.tsx?$/u.test(name) && !name.endsWith('.int.test.ts'))
    .filter((name) => fs.readFileSync(path.join(root, name), 'utf8').includes("from 'fast-check'"));
}

await runMain(async () => {
  const [rounds = '10', seed] = process.argv.slice(2);
  const files = propertyFiles();
  /** @type {number[]} */
  const found = [];
  for (let round = 1; round <= Number(rounds); round += 1) {
    const drawn = seed === undefined ? randomInt(2 ** 31) : Number(seed);
    log.info(`round ${String(round)} of ${rounds}, seed ${String(drawn)}`);
    const { status } = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project=unit*', '--silent', '--reporter=dot', ...files],
      { cwd: root, stdio: 'inherit', env: { ...process.env, MERIDIAN_PROPERTY_SEED: String(drawn) } },
    );
    if (status !== 0) found.push(drawn);
  }
  log.info(found.length === 0 ? `${rounds} rounds, nothing found` : `something was found with the seeds ${found.join(', ')}`);
  return found.length === 0 ? 0 : 1;
});
