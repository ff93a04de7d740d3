import type { Recipients } from './messages.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import { casesOfKeys } from './threads.store.ts';
import type { AccountId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface RecentText {
  readonly messageUid: MessageId;
  readonly original: string;
  readonly from: string;
  readonly sentAt: Instant;
  readonly sourceSha: string | null;
}

/** What somebody wrote in a conversation since an instant, the oldest first. */
export function recentTexts(
  db: ReadDb,
  account: AccountId,
  conversation: string,
  { from, since }: { readonly from: string; readonly since: Instant },
): RecentText[] {
  return db
    .all<RecentText>(
      `SELECT m.uid AS messageUid, m.text AS original, m.from_address AS "from", m.sent_at AS sentAt, m.source_sha AS sourceSha
       FROM conversations v JOIN messages m ON m.case_id = v.case_id
       WHERE v.account_uid = @account AND v.conversation = @conversation AND m.kind = 0 AND m.from_address = @from AND m.sent_at >= @since
       ORDER BY m.sent_at DESC, m.id DESC LIMIT 5`,
      { account, conversation, from, since },
    )
    .toReversed();
}

/** Cases of a sender that are looked into for the mails around one, and mails of each. */
const MOST_CASES = 5;
const MOST_MAILS = 40;

/**
 * What somebody mailed around a time: in their newest cases, and in those that a thread belongs to, whoever began them. Bounded, so that it costs
 * the same for a sender of thousands of mails. `replyTo`: forms of others send for many customers in one name.
 */
export function mailsAround(
  db: ReadDb,
  mail: {
    readonly account: AccountId;
    readonly keys: readonly string[];
    readonly from: string;
    readonly replyTo: readonly string[];
    readonly since: Instant;
    readonly until: Instant;
  },
): RecentText[] {
  const { from, since, until } = mail;
  const own = db.all<{ id: number }>(
    `SELECT c.id FROM contacts k JOIN cases c ON c.contact_id = k.id WHERE k.address = @from AND c.last_message_at >= @since
     ORDER BY c.last_message_at DESC LIMIT ${String(MOST_CASES)}`,
    { from, since },
  );
  const threads = [...new Set(casesOfKeys(db, mail.account, mail.keys.slice(0, MOST_MAILS)).values())].slice(0, MOST_CASES);
  const others = threads.flatMap((uid) => db.get<{ id: number }>('SELECT id FROM cases WHERE uid = @uid', { uid }) ?? []);
  const cases = new Set([...own, ...others].map(({ id }) => id));
  return [...cases].flatMap((caseId) =>
    db
      .all<RecentText & { readonly kind: number; readonly auto: string; readonly recipients: string; readonly isMail: number }>(
        `SELECT uid AS messageUid, text AS original, from_address AS "from", sent_at AS sentAt, source_sha AS sourceSha, kind, auto, recipients,
           origin IS NULL AS isMail
         FROM messages WHERE case_id = @caseId AND sent_at >= @since AND sent_at <= @until ORDER BY sent_at DESC, id DESC LIMIT ${String(MOST_MAILS)}`,
        { caseId, since, until },
      )
      .filter((row) => row.kind === 0 && row.from === from && row.isMail === 1 && (row.auto === 'none' || row.auto === 'list'))
      .filter(({ recipients }) => isSameReplyTo(recipients, mail.replyTo))
      .map(({ messageUid, original, sentAt, sourceSha }) => ({ messageUid, original, from, sentAt, sourceSha })),
  );
}

function isSameReplyTo(recipients: string, replyTo: readonly string[]): boolean {
  const stored = JSON.parse(recipients) as Recipients;
  return stored.replyTo.map(({ address }) => address).join(' ') === replyTo.join(' ');
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

/** A mail's source is another one from now on, or none. */
export function rewriteSource(
  db: WriteDb,
  messageUid: MessageId,
  sha256: string | null,
  files: readonly { readonly index: number; readonly sizeBytes: number; readonly sha256: string }[],
): void {
  db.run(
    'UPDATE messages SET source_sha = @sha256, has_html = CASE WHEN @sha256 IS NULL THEN 0 ELSE has_html END WHERE uid = @messageUid',
    { messageUid, sha256 },
  );
  for (const file of files)
    db.run(
      `UPDATE attachments SET size_bytes = @sizeBytes, sha256 = @sha256 WHERE in_source = 1 AND position = @index
       AND message_id = (SELECT id FROM messages WHERE uid = @messageUid)`,
      { ...file, messageUid },
    );
}

/** A source that holds a secret and that its message names no more: to be erased, by whoever comes to it first. */
export function noteRewrittenSource(db: WriteDb, sha256: string): void {
  db.run('INSERT INTO rewritten_sources(sha256) VALUES(@sha256) ON CONFLICT DO NOTHING', { sha256 });
}

/** Sources that are still to be erased. */
export function rewrittenSources(db: ReadDb): readonly string[] {
  return db.all<{ sha256: string }>('SELECT sha256 FROM rewritten_sources').map(({ sha256 }) => sha256);
}

export function forgetRewrittenSources(db: WriteDb, sha256s: readonly string[]): void {
  for (const sha256 of sha256s) db.run('DELETE FROM rewritten_sources WHERE sha256 = @sha256', { sha256 });
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
