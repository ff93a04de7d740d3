import { simulate } from './run.ts';
import type { Outcome } from './run.ts';

/** What of a failed run is worth reading first. */
export function report(outcome: Outcome, lines = 60): string {
  return [`seed ${outcome.seed} fails:`, ...outcome.problems.slice(0, 20), '', 'what happened last:', ...outcome.lines.slice(-lines)].join(
    '\n',
  );
}

/** Runs seeds one after the other until one fails, `until` is over, or all were run. */
export async function runSeeds(
  seeds: Iterable<string>,
  options: { readonly until?: () => boolean; readonly onRun?: (outcome: Outcome) => void } = {},
): Promise<{ readonly ran: number; readonly failed: Outcome | null }> {
  let ran = 0;
  for (const seed of seeds) {
    if (options.until?.() === true) break;
    const outcome = await simulate(seed);
    ran += 1;
    options.onRun?.(outcome);
    if (outcome.problems.length > 0) return { ran, failed: outcome };
  }
  return { ran, failed: null };
}

/** `count` seeds from a number on. */
export function* seedsFrom(first: number, count: number): Generator<string> {
  for (let seed = first; seed < first + count; seed += 1) yield String(seed);
}
