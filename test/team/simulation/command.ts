import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { report, runSeeds, seedsFrom } from './seeds.ts';

interface Kept {
  readonly seed: string;
  readonly why: string;
}

/**
 * `npm run simulate -- --seeds 100000 --from 0`: runs so many seeds, says how far it is, and keeps the first that fails where the tests
 * run it before all others.
 * @param keptPath the file of seeds that have failed once
 * @returns whether all went well
 */
export async function runCommand(args: readonly string[], keptPath: string, say: (line: string) => void): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: { seeds: { type: 'string', default: '10000' }, from: { type: 'string', default: '0' }, seed: { type: 'string' } },
  });
  const count = values.seed === undefined ? Number(values.seeds) : 1;
  const from = Number(values.seed ?? values.from);
  if (!Number.isInteger(count) || !Number.isInteger(from)) throw new RangeError('--seeds and --from are whole numbers');
  const startedAt = performance.now();
  let entries = 0;
  let steps = 0;
  let done = 0;
  const { ran, failed } = await runSeeds(seedsFrom(from, count), {
    onRun: (outcome) => {
      entries += outcome.entries;
      steps += outcome.steps;
      done += 1;
      const seconds = (performance.now() - startedAt) / 1_000;
      if (done % 500 === 0) say(`${done} of ${count} seeds, ${(done / seconds).toFixed(0)} a second, ${entries} entries, ${steps} steps`);
    },
  });
  if (failed === null) {
    say(`${ran} seeds from ${from}: all as it must be`);
    return true;
  }
  say(report(failed, values.seed === undefined ? 60 : 4_000));
  const kept = JSON.parse(readFileSync(keptPath, 'utf8')) as Kept[];
  if (!kept.some(({ seed }) => seed === failed.seed)) {
    kept.push({ seed: failed.seed, why: (failed.problems[0] ?? '').slice(0, 160) });
    writeFileSync(
      keptPath,
      `[\n${kept.map((each) => `  { "seed": ${JSON.stringify(each.seed)}, "why": ${JSON.stringify(each.why)} }`).join(',\n')}\n]\n`,
    );
    say(`seed ${failed.seed} is kept in test/team/failing-seeds.json`);
  }
  return false;
}
