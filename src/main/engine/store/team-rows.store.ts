import { tierToNumber } from './contacts.store.ts';
import { messageKeyByUid } from './messages.store.ts';
import type { OutboxPayload } from './outbox.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type {
  AccountPart,
  AttachmentPart,
  ContactPart,
  MessagePart,
  OutboxPart,
  SettlingPart,
} from '../../../shared/contract/team-parts.ts';
import type { Status } from '../../../shared/domain/case.ts';
import type { AccountId, CaseId, ContactId, MessageId } from '../../../shared/domain/ids.ts';
import type { HoldReason, OutboxState } from '../../../shared/domain/outbox.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Rows that events of others bring along. Whether they may is decided in `team-parts.ts`; here nothing that is known is lost. */

/** The address of a customer of whom nothing is known but that they are one. */
const UNKNOWN_ADDRESS = 'unknown';

/** When something was last learned of a contact; for what newer knowledge replaces. */
export function contactSeenAt(db: ReadDb, uid: ContactId): Instant {
  return (db.get<{ at: number }>('SELECT offset_seen_at AS at FROM contacts WHERE uid = @uid', { uid })?.at ?? 0) as Instant;
}

/** Adds a contact, or learns of one what is newer. How somebody is served and where they are is only taken over for a new one: events say it. */
export function mergeContact(db: WriteDb, contact: ContactPart): void {
  db.run(
    `INSERT INTO contacts(uid, address, name, first_seen_at, offset_minutes, offset_seen_at, language, tier, tier_reason, tier_until, zone, folded)
     VALUES(@contactId, @address, @name, @firstSeenAt, @offsetMinutes, @seenAt, @language, @tier, @tierReason, @tierUntil, @zone, fold(@name || char(10) || @address))
     ON CONFLICT(uid) DO UPDATE SET
       address = CASE WHEN address = '${UNKNOWN_ADDRESS}' THEN @address ELSE address END,
       folded = fold(CASE WHEN name = '' OR (@name <> '' AND @seenAt >= offset_seen_at) THEN @name ELSE name END || char(10) ||
         CASE WHEN address = '${UNKNOWN_ADDRESS}' THEN @address ELSE address END),
       first_seen_at = min(first_seen_at, @firstSeenAt),
       name = CASE WHEN name = '' OR (@name <> '' AND @seenAt >= offset_seen_at) THEN @name ELSE name END,
       offset_minutes = CASE WHEN @offsetMinutes IS NOT NULL AND @seenAt >= offset_seen_at THEN @offsetMinutes ELSE offset_minutes END,
       language = CASE WHEN @language IS NOT NULL AND @seenAt >= offset_seen_at THEN @language ELSE language END,
       offset_seen_at = max(offset_seen_at, @seenAt)`,
    {
      contactId: contact.contactId,
      address: contact.address,
      name: contact.name,
      firstSeenAt: contact.firstSeenAt,
      seenAt: contact.seenAt,
      offsetMinutes: contact.offsetMinutes,
      language: contact.language,
      tier: tierToNumber(contact.tier),
      tierReason: contact.tierReason,
      tierUntil: contact.tierUntil,
      zone: contact.zone,
    },
  );
}

/** A case can not be without its customer: where nobody told who it is, their place is kept. */
export function ensureContact(db: WriteDb, uid: ContactId, at: Instant): void {
  db.run(
    `INSERT INTO contacts(uid, address, name, first_seen_at) VALUES(@uid, '${UNKNOWN_ADDRESS}', '', @at) ON CONFLICT(uid) DO NOTHING`,
    { uid, at },
  );
}

/** Whether any event is in a stream. */
export function hasEventsIn(db: ReadDb, stream: string): boolean {
  return db.get<{ one: number }>('SELECT 1 AS one FROM events WHERE stream = @stream AND void IS NULL LIMIT 1', { stream }) !== undefined;
}

/** Contacts of whom a person said how they are served or where they are. */
export function contactsWithDecisions(db: ReadDb): ContactId[] {
  return db.all<{ uid: ContactId }>('SELECT uid FROM contacts WHERE tier > 0 OR zone IS NOT NULL ORDER BY uid').map(({ uid }) => uid);
}

/** An account of the team that is not connected here: without servers and keys. One that was is left as it is. */
export function saveTeamAccount(db: WriteDb, account: AccountPart): void {
  db.run(
    `INSERT INTO accounts(uid, kind, address, token_key, created_at, config) VALUES(@uid, @kind, @address, '', @createdAt, @config)
     ON CONFLICT(uid) DO UPDATE SET config = @config, removed_at = NULL WHERE removed_at IS NOT NULL OR config ->> '$.isElsewhere' = 1`,
    {
      uid: account.accountId,
      kind: account.kind,
      address: account.address,
      createdAt: account.createdAt,
      config: JSON.stringify({ name: account.name, settings: null, isElsewhere: true }),
    },
  );
}

/** When a message came, or was written. */
export function receivedAtOf(db: ReadDb, messageId: number): Instant {
  return (db.get<{ at: number }>('SELECT received_at AS at FROM messages WHERE id = @messageId', { messageId })?.at ?? 0) as Instant;
}

/** Where a message is that is here already. */
export function placeOfMessage(
  db: ReadDb,
  uid: MessageId,
): { readonly id: number; readonly caseId: number; readonly isConfirmed: boolean } | undefined {
  const row = messageKeyByUid(db, uid);
  if (row === undefined) return undefined;
  const told = db.get<{ one: number }>(
    `SELECT 1 AS one FROM cases c JOIN case_streams s ON s.case_uid = c.uid JOIN events e ON e.stream = s.stream
     WHERE c.id = @caseId AND e.sequence IS NOT NULL AND e.void IS NULL AND e.body ->> '$.messageId' = @uid
       AND e.type IN ('case.messageReceived', 'case.messageImported', 'case.replyQueued', 'case.noteAdded') LIMIT 1`,
    { caseId: row.caseId, uid },
  );
  return { id: row.id, caseId: row.caseId, isConfirmed: told !== undefined };
}

/** Files of a message that are not here yet. A file that belongs to another message stays there, unless that one was a reply that was taken back in the same case. */
export function addAttachments(db: WriteDb, messageId: number, attachments: readonly AttachmentPart[]): void {
  for (const each of attachments) {
    db.run(
      `INSERT INTO attachments(uid, message_id, draft_uid, position, inline, size_bytes, sha256, in_source, content_id, embedded, type, name)
       VALUES(@uid, @messageId, NULL, @position, @inline, @sizeBytes, @sha256, @inSource, @contentId, @embedded, @type, @name)
       ON CONFLICT(uid) DO UPDATE SET message_id = @messageId, position = @position
         WHERE message_id <> @messageId AND sha256 = @sha256
           AND EXISTS(SELECT 1 FROM messages was JOIN messages now ON now.case_id = was.case_id AND now.agent IS was.agent
             JOIN outbox o ON o.message_id = was.id AND o.state = 'cancelled' WHERE was.id = attachments.message_id AND now.id = @messageId)`,
      {
        uid: each.attachmentId,
        messageId,
        position: each.position,
        inline: each.inline ? 1 : 0,
        sizeBytes: each.sizeBytes,
        sha256: each.sha256,
        inSource: each.inSource ? 1 : 0,
        contentId: each.contentId,
        embedded: each.embedded === null ? null : JSON.stringify(each.embedded),
        type: each.type,
        name: each.name,
      },
    );
  }
}

/** Keys of a thread that no case has yet; one that has a case keeps it, whoever says otherwise. */
export function bindNewKeys(db: WriteDb, account: AccountId, keys: readonly string[], caseUid: CaseId): void {
  for (const key of keys)
    db.run('INSERT INTO thread_keys(account_uid, key, case_uid) VALUES(@account, @key, @case) ON CONFLICT(account_uid, key) DO NOTHING', {
      account,
      key,
      case: caseUid,
    });
}

/** What the thread is known by besides the messages that are here. */
export function strangeKeys(db: ReadDb, account: AccountId, caseUid: CaseId, limit: number): string[] {
  return db
    .all<{ key: string }>(
      `SELECT k.key FROM thread_keys k WHERE k.case_uid = @case AND k.account_uid = @account
         AND NOT EXISTS(SELECT 1 FROM messages m WHERE m.own_key = k.key) ORDER BY k.key LIMIT @limit`,
      { case: caseUid, account, limit },
    )
    .map((row) => row.key);
}

/** Where a case lives today: its row, account and channel. */
export function caseRow(
  db: ReadDb,
  id: number,
): { readonly uid: CaseId; readonly accountId: AccountId; readonly channel: string; readonly mergedInto: CaseId | null } | undefined {
  return db.get('SELECT uid, account_uid AS accountId, channel, merged_into AS mergedInto FROM cases WHERE id = @id', { id });
}

/** Cases that say they were merged into this one, and whose events have not come over. */
export function waitingToMerge(db: ReadDb, into: CaseId): { readonly id: number; readonly uid: CaseId }[] {
  return db.all(
    `SELECT c.id, c.uid FROM cases c JOIN case_streams s ON s.stream = 'case.' || c.uid AND s.case_uid = c.uid
     WHERE c.merged_into = @into AND c.uid <> @into ORDER BY c.uid`,
    { into },
  );
}

/**
 * The language of the newest message of a customer and whether anything is attached, as a case keeps them beside its state.
 * @returns whether the language is another than it was
 */
export function noteFactsOfMessages(db: WriteDb, caseId: number): boolean {
  db.run(
    `UPDATE cases SET has_attachments = 1 WHERE id = @caseId AND has_attachments = 0 AND EXISTS(
       SELECT 1 FROM messages m JOIN attachments a ON a.message_id = m.id WHERE m.case_id = @caseId AND a.inline = 0 AND a.in_source = 1)`,
    { caseId },
  );
  const language = `(SELECT m.language FROM messages m WHERE m.case_id = @caseId AND m.kind = 0 AND m.language IS NOT NULL ORDER BY m.received_at DESC, m.id DESC LIMIT 1)`;
  return (
    db.run(`UPDATE cases SET language = ${language} WHERE id = @caseId AND language IS NOT coalesce(${language}, language)`, { caseId }) > 0
  );
}

/** A row of the outbox as its case knows it. */
export function outboxRowOf(
  db: ReadDb,
  messageId: number,
): { readonly state: OutboxState; readonly code: string | null; readonly detail: string; readonly payload: OutboxPayload } | undefined {
  const row = db.get<{ state: OutboxState; code: string | null; detail: string; payload: string }>(
    'SELECT state, code, detail, payload FROM outbox WHERE message_id = @messageId ORDER BY id DESC LIMIT 1',
    { messageId },
  );
  // Written by `insertOutbox` and below alone.
  return row === undefined ? undefined : { ...row, payload: JSON.parse(row.payload) as OutboxPayload };
}

/** Queues what somebody else wrote. What is here already under this id, this message or this Message-ID is queued again if it is at rest. */
export function queueTeamOutbox(
  db: WriteDb,
  entry: OutboxPart,
  place: {
    readonly caseId: number;
    readonly messageId: number;
    readonly subject: string;
    readonly text: string;
    /** When somebody wanted it sent, by the log's time: whoever wrote it may have a wrong clock. */
    readonly at: Instant;
    /** When it is to leave by the newest event that says so; null: at once. `isNewest`: what came with this event may be newer still. */
    readonly laterAt: Instant | null;
    readonly isNewest: boolean;
    /** Whether it waits by what the case says; what was settled since is settled by the event that says so. */
    readonly isWaiting: boolean;
    /** What the case becomes when it has left. */
    readonly thenStatus?: Status | undefined;
  },
): void {
  const { outboxId, accountId, clientKey, writtenAt, to, cc, parentKeys, automatic, allowed } = entry;
  const { state: told, holdReason, laterAt } = toldAs(entry, place);
  const sendAt = laterAt ?? leavesAt(entry, place.at);
  const state = place.isWaiting ? told : 'cancelled';
  const seen = JSON.stringify(entry.seen);
  const payload: OutboxPayload = {
    subject: place.subject,
    to,
    cc,
    text: place.text,
    parentKeys,
    // the holder of the channel signs it
    threadToken: null,
    ...(automatic === undefined ? {} : { automatic }),
    ...(place.thenStatus === undefined ? {} : { thenStatus: place.thenStatus }),
    ...(allowed === undefined ? {} : { allowed }),
  };
  db.run(
    `INSERT INTO outbox(uid, case_id, message_id, account_uid, client_key, state, send_at, later_at, written_at, updated_at, hold_reason, seen, payload)
     VALUES(@uid, @caseId, @messageId, @accountId, @clientKey, @state, @sendAt, @laterAt, @writtenAt, @writtenAt, @holdReason, @seen, @payload)
     ON CONFLICT DO NOTHING`,
    {
      uid: outboxId,
      caseId: place.caseId,
      messageId: place.messageId,
      accountId,
      clientKey,
      state,
      sendAt,
      laterAt,
      writtenAt,
      holdReason: state === 'held' ? holdReason : null,
      seen,
      payload: JSON.stringify(payload),
    },
  );
  if (state !== 'queued') return;
  // whoever wants it sent has looked at the thread again; here it may not even have been held
  db.run("UPDATE outbox SET send_at = @sendAt, later_at = @laterAt, seen = @seen WHERE message_id = @messageId AND state = 'queued'", {
    messageId: place.messageId,
    sendAt,
    laterAt,
    seen,
  });
  // somebody wants it sent after all; of one of unknown fate the stream of its sending decides
  db.run(
    `UPDATE outbox SET state = 'queued', send_at = @sendAt, later_at = @laterAt, seen = @seen, attempts = 0, handed_over = 0, next_attempt_at = NULL,
       hold_reason = NULL, code = NULL WHERE message_id = @messageId AND state IN ('failed', 'held')`,
    { messageId: place.messageId, sendAt, laterAt, seen },
  );
}

/**
 * How a reply stands by what was told of it. One that waits for its time is told as held, so that a program which knows nothing of times does not
 * send it at once; `later` says how it really is. What its writer made of it before others heard of it counts: then `later` is newer than the event.
 */
function toldAs(
  { state, holdReason, later }: OutboxPart,
  { laterAt, isNewest }: { readonly laterAt: Instant | null; readonly isNewest: boolean },
): { readonly state: OutboxPart['state']; readonly holdReason: HoldReason | null; readonly laterAt: Instant | null } {
  const at = isNewest && later !== undefined ? later.at : laterAt;
  if (later === undefined || state !== 'held') return { state, holdReason, laterAt: at };
  return { state: later.isHeld ? 'held' : 'queued', holdReason: later.isHeld ? later.holdReason : null, laterAt: at };
}

/** What is the longest time to take a reply back, in milliseconds (`undoSendSeconds`). */
const LONGEST_UNDO_MS = 60_000;

/**
 * When a reply of somebody else may leave. Its time and the time at which it was written are by their clock, the time of the event is
 * put right: a clock that is fast must not keep a reply from leaving, and one that is slow must not take away the time to undo. What is
 * wanted at once, long after it was written, leaves at once.
 */
function leavesAt({ sendAt, writtenAt }: OutboxPart, at: Instant): Instant {
  const undoMs = sendAt - writtenAt;
  return after(at, undoMs >= 0 && undoMs <= LONGEST_UNDO_MS ? undoMs : 0);
}

/** What an event tells of a reply's fate. What is being sent right now tells its own; what was sent stays sent. */
export function settleOutbox(
  db: WriteDb,
  messageId: number,
  as: { readonly state: 'sent' | 'failed' | 'cancelled'; readonly at: Instant; readonly sentAt?: Instant } & Pick<
    SettlingPart,
    'code' | 'detail'
  >,
): void {
  const from = as.state === 'sent' ? "state <> 'sent'" : "state IN ('queued', 'held', 'failed', 'cancelled')";
  db.run(
    `UPDATE outbox SET state = @state, updated_at = @at, sent_at = coalesce(@sentAt, sent_at), hold_reason = NULL, next_attempt_at = NULL,
       code = @code, detail = @detail WHERE message_id = @messageId AND ${from}`,
    { messageId, state: as.state, at: as.at, sentAt: as.sentAt ?? null, code: as.code ?? null, detail: as.detail ?? '' },
  );
}

/** Gives a message what its event had no room for. */
export function completeRow(db: WriteDb, messageId: number, { text, subject, recipients }: MessagePart): void {
  db.run('UPDATE messages SET text = @text, subject = @subject, recipients = @recipients WHERE id = @messageId', {
    messageId,
    text,
    subject,
    recipients: JSON.stringify(recipients),
  });
}

/** Entries of the hub, as they were signed, of the events that brought a message. */
export function wiresOfMessage(db: ReadDb, uid: MessageId): { readonly stream: string; readonly data: string; readonly caseId: number }[] {
  return db.all(
    `SELECT e.stream, w.data, c.id AS caseId FROM messages m JOIN cases c ON c.id = m.case_id JOIN case_streams s ON s.case_uid = c.uid
       JOIN events e ON e.stream = s.stream AND e.void IS NULL JOIN team_wire w ON w.sequence = e.sequence
     WHERE m.uid = @uid AND e.body ->> '$.messageId' = @uid ORDER BY w.sequence`,
    { uid },
  );
}

/** What programs told of mail, in the order in which they did. */
export function ingestEvents(db: ReadDb): {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly hlc: string;
  readonly epoch: number | null;
  readonly body: string;
}[] {
  return db.all(
    `SELECT id, stream, type, hlc, epoch, body FROM events WHERE actor IS NULL AND signed_by IS NULL
       AND type IN ('case.opened', 'case.messageReceived', 'case.messageImported', 'case.replyQueued', 'case.merged', 'handoff.superseded')
     ORDER BY local_id`,
  );
}

/** Gives an event another id. False when there is an event of that id already. */
export function renameEvent(db: WriteDb, from: string, to: string, hash: string): boolean {
  return db.run('UPDATE OR IGNORE events SET id = @to, hash = @hash WHERE id = @from', { from, to, hash }) > 0;
}

/** The case of a message whose event is known and whose content is not here. */
export function caseOfEvent(db: ReadDb, eventId: string): CaseId | null {
  return (
    db.get<{ uid: CaseId }>(
      'SELECT s.case_uid AS uid FROM events e JOIN case_streams s ON s.stream = e.stream WHERE e.id = @eventId AND e.void IS NULL',
      { eventId },
    )?.uid ?? null
  );
}
