import type { ReadDb, WriteDb } from './sql.ts';
import type { AccountId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What somebody wrote in a conversation since an instant, the oldest first. */
export function recentTexts(
  db: ReadDb,
  account: AccountId,
  conversation: string,
  { from, since }: { readonly from: string; readonly since: Instant },
): { readonly messageUid: MessageId; readonly original: string; readonly from: string; readonly sentAt: Instant }[] {
  return db
    .all<{ messageUid: MessageId; original: string; from: string; sentAt: Instant }>(
      `SELECT m.uid AS messageUid, m.text AS original, m.from_address AS "from", m.sent_at AS sentAt
       FROM conversations v JOIN messages m ON m.case_id = v.case_id
       WHERE v.account_uid = @account AND v.conversation = @conversation AND m.kind = 0 AND m.from_address = @from AND m.sent_at >= @since
       ORDER BY m.sent_at DESC, m.id DESC LIMIT 5`,
      { account, conversation, from, since },
    )
    .toReversed();
}

/** What was said in a case, by its customer and to them, that holds some letters whatever their case; what was taken back before it left is not. */
export function textsWith(db: ReadDb, caseUid: CaseId, letters: string): readonly string[] {
  return db
    .all<{ said: string }>(
      `SELECT m.text || ' ' || m.subject || ' ' || coalesce(m.origin ->> '$.intake', '') AS said FROM cases c JOIN messages m ON m.case_id = c.id
       WHERE c.uid = @caseUid AND m.kind IN (0, 1)
       AND instr(lower(m.text || ' ' || m.subject || ' ' || coalesce(m.origin ->> '$.intake', '')), lower(@letters)) > 0
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state = 'cancelled')`,
      { caseUid, letters },
    )
    .map(({ said }) => said);
}

/** A message that was stored already says something else from now on; nothing of what it said is kept. */
export function rewriteText(db: WriteDb, messageUid: MessageId, text: string): void {
  db.run('UPDATE messages SET text = @text WHERE uid = @messageUid', { messageUid, text });
}

/** What was told of a message and is in no team's log yet says something else, too. */
export function rewritePreview(db: WriteDb, messageUid: MessageId, preview: string, hashOf: (row: EventToHash) => string): void {
  const rows = db.all<EventToHash>(
    `SELECT id, stream, type, hlc, actor, epoch, body FROM events WHERE type = 'case.messageReceived' AND signed_by IS NULL
     AND json_extract(body, '$.messageId') = @messageUid`,
    { messageUid },
  );
  for (const row of rows) {
    const body = JSON.stringify({ ...(JSON.parse(row.body) as object), preview });
    db.run('UPDATE events SET body = @body, hash = @hash WHERE id = @id', { id: row.id, body, hash: hashOf({ ...row, body }) });
  }
}

export interface EventToHash {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly hlc: string;
  readonly actor: string | null;
  readonly epoch: number | null;
  readonly body: string;
}

/** Who of the team's hub has told that a secret was taken out of a message; null when nobody else has. */
export function secretToldBy(
  db: ReadDb,
  { caseUid, messageUid }: { readonly caseUid: CaseId; readonly messageUid: MessageId },
): string | null {
  return (
    db.get<{ user: string | null }>(
      `SELECT signed_by AS user FROM events WHERE stream = 'case.' || @caseUid AND type = 'case.secretFound' AND void IS NULL
       AND body ->> '$.messageId' = @messageUid ORDER BY sequence LIMIT 1`,
      { caseUid, messageUid },
    )?.user ?? null
  );
}

/** Cases in which something was said since an instant, the newest first. */
export function recentCases(db: ReadDb, since: Instant, most: number): readonly CaseId[] {
  return db
    .all<{ uid: CaseId }>(
      'SELECT uid FROM cases WHERE merged_into IS NULL AND last_message_at >= @since ORDER BY last_message_at DESC LIMIT @most',
      { since, most },
    )
    .map(({ uid }) => uid);
}

/** When the customer of a case was last told what to do about a secret; null: never. */
export function warningsInCase(db: ReadDb, caseId: number): Instant | null {
  return (
    db.get<{ at: Instant | null }>(
      `SELECT max(m.sent_at) AS at FROM messages m WHERE m.case_id = @caseId AND m.kind = 1 AND m.auto = 'auto-reply' AND m.own_key LIKE 'w.%'
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state = 'cancelled')`,
      { caseId },
    )?.at ?? null
  );
}

/** What somebody called themselves in their last message; null when there is none, or they had no such name. */
export function lastHandle(db: ReadDb, address: string): string | null {
  return (
    db.get<{ handle: string | null }>(
      `SELECT m.origin ->> '$.author.handle' AS handle FROM contacts k JOIN cases c ON c.contact_id = k.id JOIN messages m ON m.case_id = c.id
       WHERE k.address = @address AND m.kind = 0 AND m.origin IS NOT NULL AND m.from_address = @address ORDER BY m.sent_at DESC, m.id DESC LIMIT 1`,
      { address },
    )?.handle ?? null
  );
}
