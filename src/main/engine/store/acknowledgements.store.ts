import type { ReadDb, WriteDb } from './sql.ts';
import type { AcknowledgementEntry } from '../../../shared/contract/promise.contract.ts';
import type { CaseId, ContactId, MessageId } from '../../../shared/domain/ids.ts';
import type { AutoReplyHistory } from '../../../shared/domain/promise/auto-reply.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What was decided about a customer's message. */
export interface StoredDecision extends AcknowledgementEntry {
  /** The customer's message. */
  readonly answersId: MessageId;
}

export function saveDecision(db: WriteDb, decision: StoredDecision): void {
  db.run(
    `INSERT INTO acknowledgements(answers_uid, case_uid, contact_uid, message_uid, at, kind, reasons, subject, text)
     VALUES(@answers, @case, @contact, @message, @at, @kind, @reasons, @subject, @text) ON CONFLICT(answers_uid) DO NOTHING`,
    {
      answers: decision.answersId,
      case: decision.caseId,
      contact: decision.contactId,
      message: decision.messageId,
      at: decision.at,
      kind: decision.kind,
      reasons: JSON.stringify(decision.reasons),
      subject: decision.subject,
      text: decision.text,
    },
  );
}

/** What became of an acknowledgement. */
export function settleDecision(
  db: WriteDb,
  messageId: MessageId,
  outcome: Pick<AcknowledgementEntry, 'at' | 'kind' | 'reasons' | 'text'>,
): void {
  db.run('UPDATE acknowledgements SET at = @at, kind = @kind, reasons = @reasons, text = @text WHERE message_uid = @messageId', {
    messageId,
    at: outcome.at,
    kind: outcome.kind,
    reasons: JSON.stringify(outcome.reasons),
    text: outcome.text,
  });
}

export function forgetDecisions(db: WriteDb, before: Instant): number {
  return db.run('DELETE FROM acknowledgements WHERE at < @before', { before });
}

interface SqlDecision {
  readonly case_uid: string;
  readonly contact_uid: string;
  readonly message_uid: string | null;
  readonly at: number;
  readonly kind: string;
  readonly reasons: string;
  readonly subject: string;
  readonly text: string;
}

/** The last decisions, newest first, with the cases that they belong to today. */
export function lastDecisions(db: ReadDb, limit: number): AcknowledgementEntry[] {
  return db
    .all<SqlDecision>(
      `SELECT coalesce(s.case_uid, d.case_uid) AS case_uid, d.contact_uid, d.message_uid, d.at, d.kind, d.reasons, d.subject, d.text
       FROM acknowledgements d LEFT JOIN case_streams s ON s.stream = 'case.' || d.case_uid ORDER BY d.at DESC, d.id DESC LIMIT @limit`,
      { limit },
    )
    .map((row) => ({
      // Our own writer filled these columns.
      caseId: row.case_uid as CaseId,
      contactId: row.contact_uid as ContactId,
      messageId: row.message_uid as MessageId | null,
      at: row.at as Instant,
      kind: row.kind as AcknowledgementEntry['kind'],
      reasons: JSON.parse(row.reasons) as AcknowledgementEntry['reasons'],
      subject: row.subject,
      text: row.text,
    }));
}

/** An automatic answer of ours that was not taken back, whichever workstation sent it. */
const SENT_BY_MACHINE = `m.kind = 1 AND m.auto = 'auto-reply'
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state = 'cancelled')`;

/** The automatic answers that a contact has had, and those of a case. */
export function automaticAnswers(
  db: ReadDb,
  contactId: ContactId,
  caseId: number,
): Pick<AutoReplyHistory, 'lastToContactAt' | 'sentInCase'> {
  const toContact = db.get<{ at: number | null }>(
    `SELECT max(m.sent_at) AS at FROM contacts k JOIN cases c ON c.contact_id = k.id JOIN messages m ON m.case_id = c.id
     WHERE k.uid = @contactId AND ${SENT_BY_MACHINE}`,
    { contactId },
  );
  const inCase = db.get<{ count: number }>(`SELECT count(*) AS count FROM messages m WHERE m.case_id = @caseId AND ${SENT_BY_MACHINE}`, {
    caseId,
  });
  return { lastToContactAt: (toContact?.at ?? null) as Instant | null, sentInCase: inCase?.count ?? 0 };
}

/** Whether a person's reply waits in the case to be sent; one that leaves at a later time answers nobody yet. */
export function hasWaitingReply(db: ReadDb, caseId: number): boolean {
  return (
    db.get<{ one: number }>(
      `SELECT 1 AS one FROM outbox o JOIN messages m ON m.id = o.message_id
       WHERE o.case_id = @caseId AND m.auto = 'none' AND (o.state IN ('sending', 'unknown') OR o.state IN ('queued', 'held') AND o.later_at IS NULL) LIMIT 1`,
      { caseId },
    ) !== undefined
  );
}

/** Makes an answer that has not left say something else. */
export function rewriteAnswer(db: WriteDb, messageId: number, text: string): void {
  db.run('UPDATE messages SET text = @text WHERE id = @messageId', { messageId, text });
  db.run("UPDATE outbox SET payload = json_set(payload, '$.text', @text) WHERE message_id = @messageId", { messageId, text });
}
