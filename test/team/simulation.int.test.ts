import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulate } from './simulation/run.ts';
import { SABOTAGES } from './simulation/sabotage.ts';
import { report, runSeeds, seedsFrom } from './simulation/seeds.ts';

/**
 * A team on a hub, simulated: what is true of every run is checked when it is over. `npm run simulate` runs more of them.
 */

/** The same in every check, whatever the machine: what lands depends on the code. `npm run simulate` looks further. */
const SEEDS = 120;

test('seeds that have failed before', async () => {
  const kept = JSON.parse(readFileSync(join(import.meta.dirname, 'failing-seeds.json'), 'utf8')) as { seed: string }[];
  const { ran, failed } = await runSeeds(kept.map(({ seed }) => seed));
  expect(failed === null ? '' : report(failed)).toBe('');
  expect(ran).toBe(kept.length);
}, 120_000);

test('one seed is one run', async () => {
  for (const seed of seedsFrom(40, 5)) {
    const first = await simulate(seed);
    const again = await simulate(seed);
    expect(again.hash).toBe(first.hash);
    expect(again.steps).toBe(first.steps);
  }
}, 120_000);

/** The program broken on purpose: within how many seeds that is noticed. */
const NOTICED_WITHIN = 60;

test.each(Object.entries(SABOTAGES))(
  'it is noticed when %s',
  async (_name, sabotage) => {
    let isNoticed = false;
    for (const seed of seedsFrom(0, NOTICED_WITHIN)) {
      isNoticed = (await simulate(seed, sabotage)).problems.length > 0;
      if (isNoticed) break;
    }
    expect(isNoticed).toBe(true);
  },
  120_000,
);

test('everybody has everything, once and alike, whatever happens', async () => {
  const startedAt = performance.now();
  const { ran, failed } = await runSeeds(seedsFrom(0, SEEDS));
  console.log(`simulated ${ran} seeds in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  expect(failed === null ? '' : report(failed)).toBe('');
  expect(ran).toBe(SEEDS);
}, 300_000);
