import type { CaseLedger } from './case-ledger.ts';
import { acceptedOfCase } from '../store/handoff-lists.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { CaseEventBody, CaseState } from '../../../shared/domain/case.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';

/**
 * What somebody's own act on a case means for its handoffs: who does something in a case that they have accepted has taken
 * it up; of a solved case there is nothing to hand over. Call it in the transaction of the act, after it.
 */
export function afterAct(
  ledger: CaseLedger,
  tx: WriteDb,
  found: { readonly id: number; readonly uid: CaseId; readonly state: CaseState },
  me: AgentId,
): void {
  const bodies: CaseEventBody[] = [];
  const accepted = acceptedOfCase(tx, found.id, me);
  if (accepted !== null) bodies.push({ type: 'handoff.settled', handoffId: accepted, how: 'action' });
  const { openHandoff, status } = found.state;
  if (openHandoff !== null && status === 'solved')
    bodies.push({ type: 'handoff.superseded', handoffId: openHandoff.handoffId, reason: 'solved' });
  if (bodies.length > 0) ledger.append(tx, found.uid, bodies, { actor: me });
}
