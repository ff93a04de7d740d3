import type { UseCaseContext } from './context.ts';
import { setContactTier } from '../store/contacts.store.ts';
import { openCasesOfContact } from '../store/sla.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { Tier } from '../../../shared/domain/case.ts';
import type { AgentId, ContactId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Serves a contact differently from now on; the open cases hear of it, because the tier chooses their SLA policy. */
export function changeTier(
  context: UseCaseContext,
  tx: WriteDb,
  change: { readonly contactId: ContactId; readonly tier: Tier; readonly reason: string; readonly until: Instant | null },
  actor: AgentId | null,
): void {
  const isOrdinary = change.tier === 'standard';
  setContactTier(tx, change.contactId, change.tier, isOrdinary ? '' : change.reason.trim(), isOrdinary ? null : change.until);
  for (const uid of openCasesOfContact(tx, change.contactId))
    context.ledger.append(tx, uid, [{ type: 'case.attributesChanged', tier: change.tier }], { actor });
}
