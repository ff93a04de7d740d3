import { expect, test } from 'vitest';
import { simulate } from './simulation/run.ts';

test('try', async () => {
  const from = Number(process.env['FROM'] ?? 0);
  const seeds = Number(process.env['SEEDS'] ?? 20);
  const started = performance.now();
  const cpu = process.cpuUsage();
  let steps = 0;
  let entries = 0;
  let bad = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const outcome = await simulate(String(seed));
    steps += outcome.steps;
    entries += outcome.entries;
    if (outcome.problems.length > 0) {
      bad += 1;
      console.log(`SEED ${seed}\n${outcome.problems.slice(0, 6).join('\n').slice(0, 1500)}`);
      if (process.env['LINES'] !== undefined) console.log(outcome.lines.join('\n'));
    }
  }
  const ms = performance.now() - started;
  const used = process.cpuUsage(cpu);
  console.log(
    `cpu ${((used.user + used.system) / 1000 / seeds).toFixed(1)} ms; ${seeds} seeds, ${bad} bad, ${(ms / seeds).toFixed(1)} ms each, ${(steps / seeds).toFixed(0)} steps, ${(entries / seeds).toFixed(0)} entries`,
  );
  expect(bad).toBe(0);
}, 600_000);
