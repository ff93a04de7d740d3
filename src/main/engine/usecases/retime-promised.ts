import type { UseCaseContext } from './context.ts';
import { turn } from './rule-runs.ts';
import { openCasesOfPolicies, readPolicies } from '../store/sla.store.ts';

/**
 * The hours of policies that promise coverage follow the plan: works out the clocks of the open cases under them again, in
 * slices. Returns how many there are.
 */
export async function retimePromised(context: UseCaseContext, signal: AbortSignal): Promise<number> {
  const ids = context.store
    .read(readPolicies)
    .filter((policy) => policy.promise.kind === 'coverage')
    .map((policy) => policy.id);
  if (ids.length === 0) return 0;
  // What is kept in memory was worked out by the hours of the plan before.
  context.ledger.forget();
  const open = context.store.read((db) => openCasesOfPolicies(db, ids));
  for (let start = 0; start < open.length && !signal.aborted; start += 25) {
    context.store.write((tx) => {
      for (const uid of open.slice(start, start + 25)) context.ledger.retime(tx, uid);
    });
    await turn();
  }
  return open.length;
}
