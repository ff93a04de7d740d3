import type { ReadDb, WriteDb } from './sql.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { Party } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Messages whose case row was lost. */
export function orphanedMessages(db: ReadDb): MessageId[] {
  return db.all<{ uid: string }>('SELECT uid FROM messages WHERE case_id NOT IN (SELECT id FROM cases)').map((row) => row.uid as MessageId);
}

/** Puts a message, and its place in the outbox, into the case that its events name. */
export function placeMessage(db: WriteDb, uid: MessageId, caseId: number): void {
  db.run('UPDATE messages SET case_id = @caseId WHERE uid = @uid AND case_id <> @caseId', { uid, caseId });
  db.run('UPDATE outbox SET case_id = @caseId WHERE message_id = (SELECT id FROM messages WHERE uid = @uid) AND case_id <> @caseId', {
    uid,
    caseId,
  });
}

/** Forgets a message that no case is known for, so that the channel may bring it again. */
export function forgetMessage(db: WriteDb, uid: MessageId): void {
  for (const table of ['remote_refs', 'attachments', 'outbox'])
    db.run(`DELETE FROM ${table} WHERE message_id = (SELECT id FROM messages WHERE uid = @uid)`, { uid });
  db.run('DELETE FROM messages WHERE uid = @uid', { uid });
}

/** Who wrote a message and to whom, or null when it was lost. */
export function peopleOfMessage(
  db: ReadDb,
  uid: MessageId,
): { readonly isInbound: boolean; readonly from: Party; readonly to: Party | null } | null {
  const row = db.get<{ kind: number; address: string; name: string; toAddress: string | null; toName: string | null }>(
    `SELECT kind, from_address AS address, from_name AS name, recipients ->> '$.to[0].address' AS toAddress,
       recipients ->> '$.to[0].name' AS toName FROM messages WHERE uid = @uid`,
    { uid },
  );
  if (row === undefined) return null;
  const to = row.toAddress === null ? null : { address: row.toAddress, name: row.toName ?? '' };
  return { isInbound: row.kind === 0, from: { address: row.address, name: row.name }, to };
}

/** A reply of unknown fate of which an event tells what became of it. */
export function settleByEvent(db: WriteDb, messageUid: MessageId, state: 'sent' | 'cancelled', at: Instant): void {
  db.run(
    `UPDATE outbox SET state = @state, updated_at = @at, sent_at = CASE WHEN @state = 'sent' THEN @at ELSE sent_at END, code = NULL
     WHERE state = 'unknown' AND message_id = (SELECT id FROM messages WHERE uid = @messageUid)`,
    { messageUid, state, at },
  );
}

export function hasContact(db: ReadDb, uid: string): boolean {
  return db.get<{ one: number }>('SELECT 1 AS one FROM contacts WHERE uid = @uid', { uid }) !== undefined;
}
