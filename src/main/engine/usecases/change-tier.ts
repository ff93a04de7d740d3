import type { UseCaseContext } from './context.ts';
import { setContactTier, setContactZone } from '../store/contacts.store.ts';
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
  const { contactId, tier } = change;
  const reason = isOrdinary ? '' : change.reason.trim();
  const until = isOrdinary ? null : change.until;
  const body = { contactId, tier: { tier, reason, until } };
  context.ledger.recordTeamEvent(tx, `contact.${contactId}`, 'contact.saved', body, { actor });
  setContactTier(tx, contactId, tier, reason, until);
  for (const uid of openCasesOfContact(tx, contactId))
    context.ledger.append(tx, uid, [{ type: 'case.attributesChanged', tier }], { actor });
}

/** Says by which clock a contact lives; null: it is worked out from what they write. */
export function changeZone(context: UseCaseContext, tx: WriteDb, contactId: ContactId, zone: string | null, actor: AgentId | null): void {
  context.ledger.recordTeamEvent(tx, `contact.${contactId}`, 'contact.saved', { contactId, zone }, { actor });
  setContactZone(tx, contactId, zone);
}
