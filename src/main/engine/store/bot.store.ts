import { NOT_WAITING } from './cases.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type { BotInterval } from '../../../shared/domain/case.ts';
import type { BotMessage } from '../../../shared/domain/bot/next-step.ts';
import type { AccountId, CaseId, MessageId, OutboxId } from '../../../shared/domain/ids.ts';
import type { Intake } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the bot looks at: the customer's messages since it has the conversation. */

export interface BotMessageRow extends BotMessage {
  readonly uid: MessageId;
}

/**
 * The customer's messages of an interval, oldest first, as they were when they came: what was changed later has been answered as it was.
 * When an agent gave the conversation back, those that the log has behind that: the channel's clock may be behind the agent's.
 */
export function messagesOfInterval(db: ReadDb, caseId: number, { interval, since, messageId }: BotInterval): readonly BotMessageRow[] {
  const which = messageId === null ? `m.uid IN (${TOLD_SINCE})` : 'm.sent_at >= @since';
  return db
    .all<{ uid: string; at: number; language: string | null; text: string }>(
      `SELECT m.uid, m.sent_at AS at, m.language,
         coalesce((SELECT v.text FROM message_versions v WHERE v.message_id = m.id ORDER BY v.until LIMIT 1), m.text) AS text
       FROM messages m WHERE m.case_id = @caseId AND m.kind = 0 AND m.auto = 'none' AND ${which}
       ORDER BY m.sent_at, m.id`,
      messageId === null ? { caseId, interval } : { caseId, since },
    )
    .map(({ uid, at, language, text }) => ({ uid: uid as MessageId, at: at as Instant, language, text }));
}

/** Behind an event in the order of the log: what is confirmed by its sequence, what is pending after that by its place here. */
const TOLD_SINCE = `SELECT e.body ->> '$.messageId' FROM cases c JOIN case_streams s ON s.case_uid = c.uid JOIN events e ON e.stream = s.stream
  JOIN events b ON b.id = @interval
  WHERE c.id = @caseId AND e.type = 'case.messageReceived' AND e.void IS NULL
    AND CASE WHEN e.sequence IS NOT NULL AND b.sequence IS NOT NULL THEN e.sequence > b.sequence
             WHEN e.sequence IS NULL AND b.sequence IS NULL THEN e.local_id > b.local_id ELSE e.sequence IS NULL END`;

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

/** A conversation that the bot has and in which the customer has written nothing for a while. */
export interface Silent {
  readonly uid: CaseId;
  readonly id: number;
  readonly account: AccountId;
  readonly bot: BotInterval;
  readonly lastInboundId: MessageId | null;
  readonly lastInboundAt: Instant;
}

/** Those in which the customer has written nothing since `before`, who wrote last first. What the bot has waits for nobody, which an index knows. */
export function silentConversations(db: ReadDb, before: Instant): readonly Silent[] {
  return db
    .all<{ uid: CaseId; id: number; account: AccountId; bot: string; lastInboundId: MessageId | null; lastInboundAt: Instant }>(
      `SELECT uid, id, state ->> '$.accountId' AS account, state -> '$.bot' AS bot, state ->> '$.lastInboundId' AS lastInboundId,
         last_inbound_at AS lastInboundAt FROM cases INDEXED BY cases_with_bot
       WHERE status < 3 AND merged_into IS NULL AND waiting_since = @waitsForNobody AND instr(state, '"bot":null') = 0 AND last_inbound_at <= @before AND state ->> '$.bot.since' <= @before
       ORDER BY last_inbound_at DESC LIMIT 2000`,
      { before, waitsForNobody: NOT_WAITING },
    )
    .map(({ bot, ...row }) => ({ ...row, bot: JSON.parse(bot) as BotInterval }));
}
