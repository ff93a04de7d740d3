import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { applyOne } from './apply-action.ts';
import type { Inverse } from './apply-action.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { markUndone, operationByUid } from '../store/settings.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { Undone } from '../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { isOvertaken, overtakenBy } from '../../../shared/domain/case-undo.ts';
import type { AgentId, CaseId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';

/**
 * Takes an operation back by its inverse, as a new operation, which can be taken back in turn: that does it again. An operation is
 * undone at most once. What was changed since, by whomever, stays as it is; when that is all of it the answer is `changed-since`, and
 * its detail says who did it, as far as they are of the team.
 */
export function undoOperation(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly undoes: OperationId },
): Result<Undone, CallError> {
  return once(context, input.opId, 'cases.undo', (tx) => {
    const operation = operationByUid(tx, input.undoes);
    if (operation === undefined || operation.inverse === null || operation.undone) throw new CommandFailure('nothing-to-undo');
    const me = requireMe(tx).agentId;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
    const { cases } = JSON.parse(operation.inverse) as Inverse;
    const changed = new Set<CaseId>();
    const kept = new Set<CaseId>();
    const keptBy = new Set<AgentId>();
    const again: Inverse['cases'][number][] = [];
    for (const each of cases) {
      for (const action of each.actions) {
        const overtaking = overtaker(tx, each, action);
        if (overtaking !== null) {
          kept.add(each.caseId);
          if (overtaking.agentId !== null) keptBy.add(overtaking.agentId);
          continue;
        }
        const done = applyOne(context, tx, each.caseId, action, me, each.statusEvent);
        if (done === null) continue;
        changed.add(each.caseId);
        // a change of status that takes one back has not happened for the clocks: what does it again is a change of its own
        again.unshift(each.statusEvent === null ? done : { ...done, statusEvent: null });
      }
    }
    if (kept.size > 0 && changed.size === 0) throw new CommandFailure('changed-since', [...keptBy].join(' '));
    markUndone(tx, input.undoes);
    const undoable = again.some((each) => each.actions.length > 0);
    return {
      value: { changed: changed.size, undoable, kept: kept.size, keptBy: [...keptBy] },
      ...(undoable ? { inverse: { cases: again } satisfies Inverse } : {}),
    };
  });
}

/** Whoever has changed what a step back would overwrite; null when nobody has. */
function overtaker(
  tx: WriteDb,
  { caseId, after, hands }: Inverse['cases'][number],
  action: Inverse['cases'][number]['actions'][number],
): { readonly agentId: AgentId | null } | null {
  const uid = currentCaseUid(tx, caseId);
  const state = caseByUid(tx, uid)?.state;
  const then = after ?? hands;
  if (state === undefined || then === undefined || !isOvertaken(action, then, state)) return null;
  return { agentId: overtakenBy(action, eventsOfCase(tx, uid)) };
}
