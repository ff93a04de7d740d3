import type { CaseDetail, CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Workspace } from '../../../../shared/contract/workspace.contract.ts';
import type { PlainAction } from '../../../../shared/domain/case-actions.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { anticipate, shownNow } from '../../../bridge/client.ts';

type Team = Pick<Workspace, 'me' | 'agents'>;

/**
 * A row, or an open case, as it will be after an action: what can be said without asking. Whether the team's log has confirmed it, whether a clock stops, and in which
 * lists the case stands then are the engine's to say. The row itself where nothing of it changes.
 */
export function afterAction<Row extends CaseRow>(row: Row, action: PlainAction, { me, agents }: Team): Row {
  switch (action.kind) {
    case 'claim':
      return me === null || row.assigneeId === me.agentId ? row : { ...row, assigneeId: me.agentId, assigneeName: me.name };
    case 'release':
      return row.assigneeId === null ? row : { ...row, assigneeId: null, assigneeName: null };
    case 'assign': {
      if (row.assigneeId === action.agentId) return row;
      const agent = agents.find(({ agentId }) => agentId === action.agentId);
      if (action.agentId !== null && agent === undefined) return row;
      return { ...row, assigneeId: action.agentId, assigneeName: agent?.name ?? null };
    }
    case 'status':
      return row.status === action.to ? row : { ...row, status: action.to };
    case 'priority':
      return row.priority === action.to ? row : { ...row, priority: action.to };
    default:
      return row;
  }
}

/**
 * Shows an action in the lists and in the open case with the key that asks for it. The engine takes tens of milliseconds to have it stored and
 * every list looked at again.
 * @returns takes it back, when nothing came of it
 */
export function showAtOnce(caseIds: readonly CaseId[], action: PlainAction): () => void {
  const team = shownNow('workspace.get', {});
  if (team === null) return () => undefined;
  const chosen = new Set(caseIds);
  const change = <Row extends CaseRow>(row: Row): Row => (chosen.has(row.caseId) ? afterAction(row, action, team) : row);
  const lists = anticipate('cases.list', (list) => {
    const rows = list.rows.map(change);
    return rows.every((row, index) => row === list.rows[index]) ? list : { ...list, rows };
  });
  const open = anticipate('cases.detail', (detail: CaseDetail | null) => (detail === null ? null : change(detail)));
  return () => {
    lists();
    open();
  };
}
