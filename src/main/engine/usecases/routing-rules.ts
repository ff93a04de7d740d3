import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import type { CoverageBook } from './coverage-book.ts';
import { mayPlan } from './planner-access.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { readProfiles } from '../store/roster.store.ts';
import { ROUTING_KEY, routingRules, writeRoutingRules } from '../store/routing-rules.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { RoutingView } from '../../../shared/contract/routing.contract.ts';
import type { CaseId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { needReasons } from '../../../shared/domain/routing/need-reasons.ts';
import type { NeedReason } from '../../../shared/domain/routing/need-reasons.ts';
import type { RoutingRules } from '../../../shared/domain/routing/rules.ts';

export function routingView(db: ReadDb): RoutingView {
  return { rules: routingRules(db).rules, canChange: mayPlan(readProfiles(db), me(db)?.agentId ?? null) };
}

/** What a case asks of the person who takes it, and why; empty when there is no such case. */
export function reasonsOfCase(db: ReadDb, book: CoverageBook, caseId: CaseId): readonly NeedReason[] {
  const traits = caseForStaffing(db, currentCaseUid(db, caseId));
  return traits === undefined ? [] : needReasons(traits, book.roster(db));
}

/** Leads may; so may everybody while the team has none. All open cases are worked out again by it. */
export function saveRoutingRules(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly rules: RoutingRules['rules'] },
): Result<null, CallError> {
  return once(context, input.opId, 'routing.save', (tx) => {
    const { agentId } = requireMe(tx);
    if (!mayPlan(readProfiles(tx), agentId)) throw new CommandFailure('not-allowed');
    const { rules } = input;
    context.ledger.recordTeamEvent(tx, ROUTING_KEY, 'routingRules.saved', { rules }, { actor: agentId });
    writeRoutingRules(tx, { rules });
    return { value: null };
  });
}
