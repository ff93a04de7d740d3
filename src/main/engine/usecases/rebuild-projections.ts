import type { CaseLedger } from './case-ledger.ts';
import { rebuildRoster } from './rebuild-roster.ts';
import type { Log } from '../log.ts';
import { upsertContact } from '../store/contacts.store.ts';
import { caseUidsWithEvents, eventsOfCase } from '../store/events.store.ts';
import { forgetHandoffs } from '../store/handoffs.store.ts';
import { forgetPromises } from '../store/promises.store.ts';
import { forgetReminders } from '../store/reminders.store.ts';
import { forgetMessage, hasContact, orphanedMessages, peopleOfMessage, placeMessage, settleByEvent } from '../store/repair.store.ts';
import type { Store, WriteDb } from '../store/sql.ts';
import type { CaseEvent } from '../../../shared/domain/case.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';

/**
 * Makes everything derived anew from the events, after a recovery: the team and its plan, cases, the customer of each, and
 * which messages belong to them. Rows of cases that were lost get other local keys, so the keys that other rows hold are not to be trusted: a
 * message must never appear in somebody else's case. A message that no event names is forgotten, so that the channel may
 * bring it again.
 */
export function rebuildProjections(store: Store, ledger: CaseLedger, log: Log): void {
  store.write((tx) => {
    rebuildRoster(tx);
    // rows of handoffs, promises and reminders that no event tells of are none
    forgetHandoffs(tx);
    forgetPromises(tx);
    forgetReminders(tx);
    const orphans = new Set(orphanedMessages(tx));
    for (const uid of caseUidsWithEvents(tx)) {
      const events = eventsOfCase(tx, uid);
      for (const event of events) restoreContact(tx, event);
      const folded = ledger.refold(tx, uid);
      if (folded === null) continue;
      for (const event of events) {
        const messageUid = messageOf(event);
        if (messageUid === null) continue;
        placeMessage(tx, messageUid, folded.id);
        orphans.delete(messageUid);
        if (event.body.type === 'case.replySent') settleByEvent(tx, messageUid, 'sent', event.body.at);
        if (event.body.type === 'case.replyCancelled') settleByEvent(tx, messageUid, 'cancelled', event.at);
      }
    }
    for (const uid of orphans) forgetMessage(tx, uid);
    if (orphans.size > 0) log('warn', 'messages without a case were forgotten', { messages: orphans.size });
  });
}

function messageOf({ body }: CaseEvent): MessageId | null {
  return 'messageId' in body ? body.messageId : null;
}

/** A case can not be without its customer: who was lost is learnt again from the message that brought them. */
function restoreContact(tx: WriteDb, { body }: CaseEvent): void {
  if ((body.type !== 'case.messageReceived' && body.type !== 'case.messageImported') || hasContact(tx, body.contactId)) return;
  const people = peopleOfMessage(tx, body.messageId);
  const party = people === null ? null : people.isInbound ? people.from : people.to;
  upsertContact(tx, {
    uid: body.contactId,
    address: party?.address ?? 'unknown',
    name: party?.name ?? '',
    seenAt: body.at,
    offsetMinutes: null,
    language: null,
  });
}
