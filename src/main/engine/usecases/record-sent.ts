import type { CaseLedger } from './case-ledger.ts';
import { sentBy } from './reply-authorship.ts';
import { settleDecision } from '../store/acknowledgements.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { changeOutbox, noticeOwnChange } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { statusAfterSend } from '../../../shared/domain/outbox.ts';
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
  becomeWanted(ledger, tx, entry);
  if (isAutomatic) settleDecision(tx, entry.messageUid, { at, kind: 'sent', reasons: [], text: entry.payload.text });
}

/**
 * Makes the case what the reply's writer wanted it to become when it had left. Nobody's deed by then: whoever sends it may be a gateway, and where
 * the team's log knows better it is dropped.
 */
function becomeWanted(ledger: CaseLedger, tx: WriteDb, { caseUid, messageUid, agent, seen, payload }: OutboxEntry): void {
  const saved = caseByUid(tx, caseUid);
  if (saved === undefined) return;
  const to = statusAfterSend(payload.thenStatus, seen, saved.state);
  if (to === null) return;
  const bodies: CaseEventBody[] = [{ type: 'case.statusChanged', to, afterReply: messageUid }];
  const { openHandoff } = saved.state;
  if (openHandoff !== null && to === 'solved')
    bodies.push({ type: 'handoff.superseded', handoffId: openHandoff.handoffId, reason: 'solved' });
  const { id, state } = ledger.append(tx, caseUid, bodies, { actor: null });
  // their other replies know of it
  if (agent !== null) noticeOwnChange(tx, id, state, agent);
}
