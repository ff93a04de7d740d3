import { addKeys } from './routing.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type { AccountId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { MessageOrigin } from '../../../shared/domain/message.ts';
import { keysOf } from '../../../shared/domain/routing/case-keys.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Conversations of chat-like channels, and what happened to their messages later. */

/** The newest case of a conversation. */
export function caseOfConversation(db: ReadDb, account: AccountId, conversation: string): CaseId | undefined {
  return db.get<{ uid: CaseId }>(
    `SELECT c.uid FROM conversations v JOIN cases c ON c.id = v.case_id WHERE v.account_uid = @account AND v.conversation = @conversation`,
    { account, conversation },
  )?.uid;
}

/** Called for every message that has one: the newest case that a message came to is the one that goes on. */
export function bindConversation(db: WriteDb, caseId: number, conversation: string): void {
  db.run(
    `INSERT INTO conversations(account_uid, conversation, case_id) SELECT account_uid, @conversation, id FROM cases WHERE id = @caseId
     ON CONFLICT(account_uid, conversation) DO UPDATE SET case_id = excluded.case_id`,
    { caseId, conversation },
  );
}

/** Answers in a case that have left, or may have, and that the channel has not shown us yet; the oldest first. */
export function unlinkedAnswers(
  db: ReadDb,
  caseUid: CaseId,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): readonly { readonly id: number; readonly uid: MessageId; readonly text: string }[] {
  return db.all<{ id: number; uid: MessageId; text: string }>(
    `SELECT m.id, m.uid, m.text FROM messages m JOIN cases c ON c.id = m.case_id LEFT JOIN outbox o ON o.message_id = m.id
     WHERE c.uid = @caseUid AND m.kind = 1 AND m.sent_at BETWEEN @from AND @until AND m.own_key IS NOT NULL
       AND (o.state IS NULL OR o.state IN ('sending', 'unknown', 'sent'))
       AND NOT EXISTS (SELECT 1 FROM remote_refs r WHERE r.message_id = m.id)
     ORDER BY m.sent_at, m.id`,
    { caseUid, from, until },
  );
}

/** Where an answer in this case goes: the origin of the customer's newest message. Null for mail. */
export function answerTarget(db: ReadDb, caseId: number): MessageOrigin | null {
  const row = db.get<{ origin: string }>(
    'SELECT origin FROM messages WHERE case_id = @caseId AND kind = 0 AND origin IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT 1',
    { caseId },
  );
  return row === undefined ? null : parseOrigin(row.origin);
}

/** The conversation that a message is in: its own, or for one of ours that of what it answers. */
export function conversationOfMessage(db: ReadDb, uid: MessageId): string | null {
  const message = db.get<{ id: number; caseId: number; sentAt: Instant; own: string | null }>(
    "SELECT id, case_id AS caseId, sent_at AS sentAt, origin ->> '$.conversation' AS own FROM messages WHERE uid = @uid",
    { uid },
  );
  if (message === undefined || message.own !== null) return message?.own ?? null;
  return (
    db.get<{ conversation: string }>(
      `SELECT origin ->> '$.conversation' AS conversation FROM messages
       WHERE case_id = @caseId AND sent_at <= @sentAt AND kind = 0 AND origin IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT 1`,
      { caseId: message.caseId, sentAt: message.sentAt },
    )?.conversation ?? null
  );
}

export function parseOrigin(text: string): MessageOrigin {
  return JSON.parse(text) as MessageOrigin;
}

/** What a message says from now on; what it said is kept. Nothing happens when it says that already. False when it does. */
export function saveEdit(db: WriteDb, messageId: number, text: string, at: Instant): boolean {
  const known = db.get<{ text: string; edited_at: number | null }>('SELECT text, edited_at FROM messages WHERE id = @messageId', {
    messageId,
  });
  if (known === undefined || known.text === text || (known.edited_at ?? 0) > at) return false;
  db.run('INSERT INTO message_versions(message_id, until, text) VALUES(@messageId, @at, @text) ON CONFLICT DO NOTHING', {
    messageId,
    at,
    text: known.text,
  });
  db.run('UPDATE messages SET text = @text, edited_at = @at WHERE id = @messageId', { messageId, text, at });
  // what it named before it still did
  addKeys(db, messageId, keysOf({ from: { address: '', name: '' }, replyTo: [], text, origin: null }));
  return true;
}

/** What a message said before, the oldest first, and until when. */
export function versionsOf(db: ReadDb, messageId: number): { readonly until: Instant; readonly text: string }[] {
  return db.all<{ until: Instant; text: string }>('SELECT until, text FROM message_versions WHERE message_id = @messageId ORDER BY until', {
    messageId,
  });
}

export function markGone(db: WriteDb, messageId: number): void {
  db.run('UPDATE messages SET removed = 1 WHERE id = @messageId', { messageId });
}

/** Marks our message and those before it in its case as read. False when it was so already. */
export function markReadUpTo(db: WriteDb, messageUid: MessageId, at: Instant): boolean {
  return (
    db.run(
      `UPDATE messages SET read_at = @at WHERE read_at IS NULL AND kind = 1 AND id IN (
         SELECT m.id FROM messages m JOIN messages until ON until.case_id = m.case_id WHERE until.uid = @messageUid AND m.sent_at <= until.sent_at)`,
      { messageUid, at },
    ) > 0
  );
}
