import { ACCOUNTS } from './case-life.ts';
import type { Team } from './case-life.ts';
import { seeded } from '../generate-mail.ts';
import { makeTeam } from '../triage.ts';
import { IdSource } from '../../src/main/engine/identity.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { savePublication } from '../../src/main/engine/store/publications.store.ts';
import { sitDown } from '../../src/main/engine/store/roster.store.ts';
import { noteKeysFilled } from '../../src/main/engine/store/routing.store.ts';
import { admitAtOnce } from '../../src/main/engine/team/admission.ts';
import { createCaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import type { CaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import type { UseCaseContext } from '../../src/main/engine/usecases/context.ts';
import type { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import { ensureRules } from '../../src/main/engine/usecases/sla-rules.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { DAY_MS, instant } from '../../src/shared/domain/time.ts';
import type { Clock, Instant } from '../../src/shared/domain/time.ts';

/** The ledger as the app makes it, with the plan's runway. */
export function ledgerOf(clock: Clock, ids: IdSource, coverage: ReturnType<typeof coverageParts>): CaseLedger {
  return createCaseLedger({ log: admitAtOnce, ids, clock, node: 'bench', ...coverage });
}

/** Ids that are the same in every run. */
export function seededIds(clock: Clock, seed: number): IdSource {
  const chance = seeded(seed);
  return new IdSource(clock, (count) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256)));
}

/** The team with its published plan, the rules, the accounts: everything but cases. */
export function furnish(context: Omit<UseCaseContext, 'blobs'>, now: Instant): Team {
  const { store } = context;
  const shifts = makeTeam(store, instant(now - 14 * DAY_MS), instant(now + 77 * DAY_MS));
  const agents = store.read((db) => db.all<{ agentId: Team['me']; name: string }>('SELECT uid AS agentId, name FROM agents ORDER BY uid'));
  const me = agents[0]?.agentId;
  if (me === undefined) throw new Error('nobody is there');
  ensureRules(context as UseCaseContext, 'Europe/Lisbon', instant(0));
  store.write((tx) => {
    sitDown(tx, me);
    for (const account of Object.values(ACCOUNTS)) saveAccount(tx, account);
    savePublication(tx, { publicationId: makeId('pub', 'first'), at: now, by: null, note: '', reverts: null, changed: shifts.length });
    noteKeysFilled(tx, 0);
  });
  return { me, agents };
}

export function say(text: string): void {
  process.stderr.write(`  scale: ${text}\n`);
}
