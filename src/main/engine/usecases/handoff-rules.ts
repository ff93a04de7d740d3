import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { mayPlan } from './planner-access.ts';
import { readHandoffRules, writeHandoffRules } from '../store/handoff-settings.store.ts';
import { readProfiles } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { HandoffRulesView } from '../../../shared/contract/handoff.contract.ts';
import { DEFAULT_HANDOFF_RULES } from '../../../shared/domain/handoff/offer.ts';
import type { HandoffRules } from '../../../shared/domain/handoff/offer.ts';
import type { OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** What the team has set, over the defaults. */
export function handoffRules(db: ReadDb): HandoffRules {
  return readHandoffRules(db);
}

export function handoffRulesView(db: ReadDb): HandoffRulesView {
  return {
    rules: handoffRules(db),
    defaults: DEFAULT_HANDOFF_RULES,
    canChange: mayPlan(readProfiles(db), me(db)?.agentId ?? null),
  };
}

/** Leads may; so may everybody while the team has none. Offers that stand keep the time they were made with. */
export function saveHandoffRules(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly rules: HandoffRules },
): Result<null, CallError> {
  return once(context, input.opId, 'handoffs.saveRules', (tx) => {
    const { agentId } = requireMe(tx);
    if (!mayPlan(readProfiles(tx), agentId)) throw new CommandFailure('not-allowed');
    context.ledger.recordTeamEvent(tx, 'handoff-rules', 'handoffRules.saved', { rules: input.rules }, { actor: agentId });
    writeHandoffRules(tx, input.rules);
    return { value: null };
  });
}
