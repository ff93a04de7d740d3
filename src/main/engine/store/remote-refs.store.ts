import type { ReadDb, WriteDb } from './sql.ts';
import type { AccountId, MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Where a channel keeps what is stored here. */

export function linkRemoteRef(db: WriteDb, account: AccountId, ref: string, messageId: number): void {
  db.run(
    'INSERT INTO remote_refs(account_uid, ref, message_id) VALUES(@account, @ref, @messageId) ON CONFLICT(account_uid, ref) DO UPDATE SET message_id = @messageId',
    { account, ref, messageId },
  );
}

export function messageOfRemoteRef(
  db: ReadDb,
  account: AccountId,
  ref: string,
): { readonly id: number; readonly uid: MessageId; readonly caseId: number; readonly sentAt: Instant } | undefined {
  return db.get(
    'SELECT m.id, m.uid, m.case_id AS caseId, m.sent_at AS sentAt FROM remote_refs r JOIN messages m ON m.id = r.message_id WHERE r.account_uid = @account AND r.ref = @ref',
    { account, ref },
  );
}

/** What another workstation tells of where a message is: it takes the place of nothing that was seen here. */
export function linkToldRef(db: WriteDb, account: AccountId, ref: string, messageId: number): void {
  db.run(
    'INSERT INTO remote_refs(account_uid, ref, message_id) VALUES(@account, @ref, @messageId) ON CONFLICT(account_uid, ref) DO NOTHING',
    { account, ref, messageId },
  );
}

/** Where a message is at its channel. */
export function refsOfMessage(db: ReadDb, messageId: number, most: number): readonly string[] {
  return db
    .all<{ ref: string }>('SELECT ref FROM remote_refs WHERE message_id = @messageId ORDER BY ref LIMIT @most', { messageId, most })
    .map(({ ref }) => ref);
}

/** A reference below a prefix; undefined when there is none. */
export function refBelow(db: ReadDb, account: AccountId, prefix: string): string | undefined {
  return db.get<{ ref: string }>(
    'SELECT ref FROM remote_refs WHERE account_uid = @account AND ref >= @prefix AND ref < @until ORDER BY ref DESC LIMIT 1',
    { account, prefix, until: `${prefix}\uffff` },
  )?.ref;
}

/** Forgets a remote reference; the message stays, and is marked when no copy of it is left on the server. */
export function dropRemoteRef(db: WriteDb, account: AccountId, ref: string): void {
  const found = messageOfRemoteRef(db, account, ref);
  db.run('DELETE FROM remote_refs WHERE account_uid = @account AND ref = @ref', { account, ref });
  if (found === undefined) return;
  db.run('UPDATE messages SET removed = 1 WHERE id = @id AND NOT EXISTS (SELECT 1 FROM remote_refs WHERE message_id = @id)', {
    id: found.id,
  });
}

/** Voids every reference below a prefix (the mailbox was rebuilt); nothing is marked removed, the resync finds them again. */
export function dropRemotePrefix(db: WriteDb, account: AccountId, prefix: string): void {
  db.run('DELETE FROM remote_refs WHERE account_uid = @account AND ref >= @prefix AND ref < @until', {
    account,
    prefix,
    until: `${prefix}\uffff`,
  });
}

export function markPresent(db: WriteDb, messageId: number): void {
  db.run('UPDATE messages SET removed = 0 WHERE id = @messageId AND removed = 1', { messageId });
}
