import type { CaseLedger } from './case-ledger.ts';
import { sentBy } from './reply-authorship.ts';
import { settleDecision } from '../store/acknowledgements.store.ts';
import { changeOutbox } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** When the channel took it, when we learned of it, and what else it said. */
export interface Acceptance {
  readonly at: Instant;
  readonly now: Instant;
  readonly code?: string;
  readonly detail?: string;
}

/** Writes down that a message of the outbox went out: the row, the event of its case, and for a machine's answer the log of those. */
export function recordSent(ledger: CaseLedger, tx: WriteDb, entry: OutboxEntry, { at, now, ...answer }: Acceptance): void {
  changeOutbox(tx, entry.uid, { state: 'sent', at: now, sentAt: at, ...answer });
  const { automatic } = entry.payload;
  const isAutomatic = automatic !== undefined;
  const auto = automatic?.bot === undefined ? 'auto-reply' : 'bot';
  ledger.append(
    tx,
    entry.caseUid,
    [{ type: 'case.replySent', messageId: entry.messageUid, at, ...(isAutomatic ? { auto } : {}) }],
    sentBy(entry),
  );
  if (isAutomatic) settleDecision(tx, entry.messageUid, { at, kind: 'sent', reasons: [], text: entry.payload.text });
}
