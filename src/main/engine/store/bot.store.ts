import type { ReadDb, WriteDb } from './sql.ts';
import type { BotInterval } from '../../../shared/domain/case.ts';
import type { BotMessage } from '../../../shared/domain/bot/next-step.ts';
import type { CaseId, MessageId, OutboxId } from '../../../shared/domain/ids.ts';
import type { Intake } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the bot looks at: the customer's messages since it has the conversation. */

export interface BotMessageRow extends BotMessage {
  readonly uid: MessageId;
}

/**
 * The customer's messages of an interval, oldest first, as they were when they came: what was changed later has been answered as it was.
 */
export function messagesOfInterval(db: ReadDb, caseId: number, { since, messageId }: BotInterval): readonly BotMessageRow[] {
  return db
    .all<{ uid: string; at: number; language: string | null; text: string }>(
      `SELECT m.uid, m.sent_at AS at, m.language,
         coalesce((SELECT v.text FROM message_versions v WHERE v.message_id = m.id ORDER BY v.until LIMIT 1), m.text) AS text
       FROM messages m WHERE m.case_id = @caseId AND m.kind = 0 AND m.auto = 'none' AND m.sent_at >= @since
         AND (@messageId IS NOT NULL OR m.sent_at > @since)
       ORDER BY m.sent_at, m.id`,
      { caseId, since, messageId },
    )
    .map(({ uid, at, language, text }) => ({ uid: uid as MessageId, at: at as Instant, language, text }));
}

/** Writes down what the bot has found out in a message, beside who its author is. */
export function saveIntake(db: WriteDb, messageUid: MessageId, intake: Intake): void {
  db.run("UPDATE messages SET origin = json_set(origin, '$.intake', json(@intake)) WHERE uid = @messageUid AND origin IS NOT NULL", {
    messageUid,
    intake: JSON.stringify(intake),
  });
}

/** Whether a person has written since, or is about to. */
export function personWroteSince(db: ReadDb, caseId: number, since: Instant): boolean {
  return (
    db.get<{ one: number }>(
      `SELECT 1 AS one FROM messages m LEFT JOIN outbox o ON o.message_id = m.id
       WHERE m.case_id = @caseId AND m.kind = 1 AND m.auto = 'none'
         AND (m.sent_at >= @since OR o.state IN ('queued', 'sending', 'unknown', 'held')) AND coalesce(o.state, '') NOT IN ('cancelled', 'failed') LIMIT 1`,
      { caseId, since },
    ) !== undefined
  );
}

/** The bot's words to one of these messages, the last first, that were not taken back. */
export function wordsTo(
  db: ReadDb,
  caseId: number,
  messages: readonly MessageId[],
): { readonly uid: OutboxId; readonly state: string; readonly text: string } | undefined {
  return db.get(
    `SELECT o.uid, o.state, m.text FROM outbox o JOIN messages m ON m.id = o.message_id
     WHERE o.case_id = @caseId AND o.state <> 'cancelled' AND o.payload ->> '$.automatic.bot' IS NOT NULL
       AND o.payload ->> '$.automatic.answers' IN (SELECT value FROM json_each(@messages)) ORDER BY o.id DESC LIMIT 1`,
    { caseId, messages: JSON.stringify(messages) },
  );
}

/** Conversations that the bot has and in which the customer has written nothing since `before`. */
export function silentConversations(
  db: ReadDb,
  before: Instant,
): readonly { readonly uid: CaseId; readonly lastInboundId: MessageId | null }[] {
  return db.all(
    `SELECT uid, state ->> '$.lastInboundId' AS lastInboundId FROM cases
     WHERE status < 3 AND merged_into IS NULL AND instr(state, '"bot":null') = 0 AND last_inbound_at <= @before AND state ->> '$.bot.since' <= @before LIMIT 100`,
    { before },
  );
}
