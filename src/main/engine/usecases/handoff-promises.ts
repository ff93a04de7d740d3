import type { UseCaseContext } from './context.ts';
import { handoffRules } from './handoff-rules.ts';
import { openPromises, withOpenPromises } from './handoff-scene.ts';
import { eventActor } from '../store/events.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { currentVersion, openHandoff } from '../../../shared/domain/handoff/handoff.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import { after, instant } from '../../../shared/domain/time.ts';

/**
 * What the sender promises while their offer stands goes into its packet, as a version of its own: whoever takes the case
 * must read it. It brings the expiry nearer; a promise that nobody else has the time to prepare is the sender's to keep
 * and ends no offer. Call it in the transaction of the promise, after it.
 */
export function tellStandingOffer(context: UseCaseContext, tx: WriteDb, caseUid: CaseId, me: AgentId): void {
  const handoff = openHandoff(context.ledger.ownership(tx, caseUid));
  if (handoff?.state !== 'offered') return;
  if (handoff.fromId !== me && handoff.holderId !== me && eventActor(tx, handoff.eventId) !== me) return;
  const { packet, version } = currentVersion(handoff);
  const told = new Set(packet.promises.map((each) => each.promiseId));
  const promises = context.ledger.promises(tx, caseUid);
  const added = openPromises(promises).filter((each) => !told.has(each.promiseId));
  if (added.length === 0) return;
  const soonest = after(instant(Math.min(...added.map((each) => each.dueAt))), -handoffRules(tx).preparationMs);
  const expiresAt = soonest > context.clock.now() && soonest < handoff.expiresAt ? soonest : handoff.expiresAt;
  context.ledger.append(
    tx,
    caseUid,
    [
      {
        type: 'handoff.packetEdited',
        handoffId: handoff.handoffId,
        version: version + 1,
        packet: withOpenPromises(packet, promises),
        expiresAt,
      },
    ],
    { actor: me },
  );
}
