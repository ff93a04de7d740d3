import { call, newOperationId } from '../../../../bridge/client.ts';
import type { RosterChange } from '../../../../../shared/contract/coverage.contract.ts';
import { offerUndo } from '../../../../state/undo.ts';
import { tellProblem } from '../edit-plan.ts';

/** Saves changes of what shifts are made from, as one that can be taken back. Returns whether it worked. */
export async function saveRoster(changes: readonly RosterChange[], label: string): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('roster.save', { opId, changes });
  if (!answer.ok) {
    tellProblem(answer.error.code, 'plan:failed.save');
    return false;
  }
  const { inverse } = answer.value;
  offerUndo({
    opId,
    label,
    takeBack: async () => {
      const undone = await call('roster.save', { opId: newOperationId(), changes: inverse });
      return undone.ok ? null : undone.error.code;
    },
  });
  return true;
}
