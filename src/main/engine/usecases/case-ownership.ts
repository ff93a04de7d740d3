import type { CaseLedger } from './case-ledger.ts';
import { eventsOfCase, hasPendingEvents } from '../store/events.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { handoffLogEventOf } from '../../../shared/domain/case-owners.ts';
import type { CaseOwnership } from '../../../shared/domain/handoff/handoff.ts';
import { foldOwnership } from '../../../shared/domain/handoff/ownership-fold.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';

/** What the log has confirmed of a case's ownership, and what is expected of what it has not. */
export function caseOwnership(ledger: CaseLedger, db: ReadDb, caseUid: CaseId): CaseOwnership {
  if (!hasPendingEvents(db)) {
    const confirmed = ledger.ownership(db, caseUid);
    return { confirmed, expected: confirmed, pending: [] };
  }
  const events = eventsOfCase(db, caseUid).flatMap((event) => handoffLogEventOf(event) ?? []);
  // what is pending names ownerships by the places that pending events have here, so the fold of the case goes on from there
  const expected = ledger.ownership(db, caseUid);
  const { confirmed } = foldOwnership(events.filter((event) => event.sequence !== null));
  const pending = events
    .filter((event) => event.sequence === null)
    .map((event) => ({ event, expected: expected.outcomes.get(event.id) ?? ({ kind: 'applied' } as const) }));
  return { confirmed, expected, pending };
}

/** The ownership that goes on what is sent: the log's, and no guess about what it has not confirmed. */
export function confirmedEpoch(ledger: CaseLedger, db: ReadDb, caseUid: CaseId): number {
  return caseOwnership(ledger, db, caseUid).confirmed.epoch;
}
