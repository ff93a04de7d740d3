import type { SweepView } from '../../../../shared/contract/handoff.contract.ts';
import type { SweepRow } from '../../../../shared/domain/handoff/sweep.ts';
import type { AgentId, CaseId } from '../../../../shared/domain/ids.ts';

export type SweepEntry = SweepView['rows'][number];

export const SWEEP_GROUPS = ['to-do', 'offered', 'parked', 'may-stay'] as const;

/** The rows of a group, in the engine's order. */
export function groupOf(rows: readonly SweepEntry[], state: SweepRow['state']): readonly SweepEntry[] {
  return rows.filter((each) => each.row.state === state);
}

/** The cases as they stand below each other. */
export function sweepOrder(rows: readonly SweepEntry[]): readonly CaseId[] {
  return SWEEP_GROUPS.flatMap((group) => groupOf(rows, group).map((each) => each.row.caseId));
}

/** The next that has to be done after one that was: below it, else from the top; null when it was the last. */
export function nextToDo(rows: readonly SweepEntry[], done: CaseId): CaseId | null {
  const order = sweepOrder(rows);
  const toDo = new Set(groupOf(rows, 'to-do').map((each) => each.row.caseId));
  const at = order.indexOf(done);
  return [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))].find((id) => toDo.has(id)) ?? null;
}

/** To whom it would be offered: who was chosen, else who is suggested. */
export function receiverOf(entry: SweepEntry, chosen: AgentId | undefined): AgentId | null {
  return chosen ?? entry.suggested?.agentId ?? null;
}

/** What can be offered as it is: the packet lacks nothing, and somebody is there to take it. */
export function completeEntries(
  rows: readonly SweepEntry[],
  chosen: ReadonlyMap<CaseId, AgentId>,
): readonly { readonly caseId: CaseId; readonly agentId: AgentId }[] {
  return groupOf(rows, 'to-do').flatMap((entry) => {
    const agentId = receiverOf(entry, chosen.get(entry.row.caseId));
    return agentId === null || entry.missing.length > 0 ? [] : [{ caseId: entry.row.caseId, agentId }];
  });
}
