import { bindConversation, parseOrigin } from './conversations.store.ts';
import { addKeys } from './routing.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type { AgentId, AttachmentId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AttachmentMeta, AutoKind, MessageOrigin, Party } from '../../../shared/domain/message.ts';
import { keysOf } from '../../../shared/domain/routing/case-keys.ts';
import { DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export const MESSAGE_KIND = { in: 0, out: 1, note: 2 } as const;

/** The begin of the first day of message keys. */
export const EPOCH_2020_MS = 1_577_836_800_000;
/** Message keys of one day; see `nextMessageKey`. */
export const MESSAGES_PER_DAY = 2 ** 18;

/** The day of a message sent then, counted from 2020-01-01 UTC, as its key begins with it. */
export function dayOfMessage(sentAt: number): number {
  return Math.min(32_767, Math.max(0, Math.floor((sentAt - EPOCH_2020_MS) / DAY_MS)));
}

/**
 * The next local key for a message sent at `sentAt`: the day since 2020 and a counter within it. Keys follow time even
 * when old mail is filled in later, so that "newest first" in the search index is a walk over row ids.
 */
function nextMessageKey(db: ReadDb, sentAt: Instant): number {
  const day = dayOfMessage(sentAt);
  const from = day * MESSAGES_PER_DAY;
  const last = db.get<{ last: number | null }>('SELECT max(id) AS last FROM messages WHERE id >= @from AND id < @until', {
    from,
    until: from + MESSAGES_PER_DAY,
  })?.last;
  return last === null || last === undefined ? from + 1 : last + 1;
}

export interface Recipients {
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly replyTo: readonly Party[];
}

export interface NewMessage {
  readonly uid: MessageId;
  readonly caseId: number;
  readonly kind: 'in' | 'out' | 'note';
  readonly sentAt: Instant;
  readonly receivedAt: Instant;
  readonly agent: AgentId | null;
  readonly language: string | null;
  readonly offsetMinutes: number | null;
  readonly auto: AutoKind;
  readonly ownKey: string | null;
  readonly sourceSha: string | null;
  readonly hasHtml: boolean;
  readonly warnings: readonly string[];
  readonly from: Party;
  readonly recipients: Recipients;
  readonly subject: string;
  readonly text: string;
  /** Of a message on a chat-like channel. */
  readonly origin?: MessageOrigin;
}

/** Stores a message and returns its local key, or null when it is already there. */
export function insertMessage(db: WriteDb, message: NewMessage): number | null {
  const id = nextMessageKey(db, message.sentAt);
  const changed = db.run(
    `INSERT INTO messages(id, uid, case_id, kind, sent_at, received_at, agent, language, offset_minutes, auto, own_key, source_sha, has_html,
       warnings, from_address, from_name, recipients, subject, text, origin)
     VALUES(@id, @uid, @caseId, @kind, @sentAt, @receivedAt, @agent, @language, @offset, @auto, @ownKey, @sourceSha, @hasHtml,
       @warnings, @fromAddress, @fromName, @recipients, @subject, @text, @origin)
     ON CONFLICT(uid) DO NOTHING`,
    {
      id,
      uid: message.uid,
      caseId: message.caseId,
      kind: MESSAGE_KIND[message.kind],
      sentAt: message.sentAt,
      receivedAt: message.receivedAt,
      agent: message.agent,
      language: message.language,
      offset: message.offsetMinutes,
      auto: message.auto,
      ownKey: message.ownKey,
      sourceSha: message.sourceSha,
      hasHtml: message.hasHtml ? 1 : 0,
      warnings: JSON.stringify(message.warnings),
      fromAddress: message.from.address,
      fromName: message.from.name,
      recipients: JSON.stringify(message.recipients),
      subject: message.subject,
      text: message.text,
      origin: message.origin === undefined ? null : JSON.stringify(message.origin),
    },
  );
  if (changed === 0) return null;
  if (message.origin !== undefined) bindConversation(db, message.caseId, message.origin.conversation);
  const { kind, auto, from, text, recipients, origin = null } = message;
  if (kind === 'in' && (auto === 'none' || auto === 'list')) addKeys(db, id, keysOf({ from, replyTo: recipients.replyTo, text, origin }));
  return id;
}

export interface MessageRow {
  readonly id: number;
  readonly uid: MessageId;
  readonly kind: 'in' | 'out' | 'note';
  readonly sentAt: Instant;
  readonly agent: AgentId | null;
  readonly language: string | null;
  readonly offsetMinutes: number | null;
  readonly auto: AutoKind;
  readonly ownKey: string | null;
  readonly sourceSha: string | null;
  readonly hasHtml: boolean;
  readonly removed: boolean;
  readonly bounced: { readonly recipient: string | null; readonly diagnostic: string } | null;
  readonly warnings: readonly string[];
  readonly from: Party;
  readonly recipients: Recipients;
  readonly subject: string;
  readonly text: string;
  readonly origin: MessageOrigin | null;
  /** When the customer read it, where the channel tells. */
  readonly readAt: Instant | null;
  /** When its author last changed it; what it said before is in its versions. */
  readonly editedAt: Instant | null;
}

interface SqlMessage {
  readonly id: number;
  readonly uid: string;
  readonly kind: number;
  readonly sent_at: number;
  readonly agent: string | null;
  readonly language: string | null;
  readonly offset_minutes: number | null;
  readonly auto: string;
  readonly own_key: string | null;
  readonly source_sha: string | null;
  readonly has_html: number;
  readonly removed: number;
  readonly bounced: string | null;
  readonly warnings: string;
  readonly from_address: string;
  readonly from_name: string;
  readonly recipients: string;
  readonly subject: string;
  readonly text: string;
  readonly origin: string | null;
  readonly read_at: number | null;
  readonly edited_at: number | null;
}

const COLUMNS =
  'id, uid, kind, sent_at, agent, language, offset_minutes, auto, own_key, source_sha, has_html, removed, bounced, warnings, from_address, from_name, recipients, subject, text, origin, read_at, edited_at';
const KINDS = ['in', 'out', 'note'] as const;

/** Our own writer filled these columns, so their types are what `insertMessage` took. */
function toMessage(row: SqlMessage): MessageRow {
  return {
    id: row.id,
    uid: row.uid as MessageId,
    kind: KINDS[row.kind] ?? 'note',
    sentAt: row.sent_at as Instant,
    agent: row.agent as AgentId | null,
    language: row.language,
    offsetMinutes: row.offset_minutes,
    auto: row.auto as AutoKind,
    ownKey: row.own_key,
    sourceSha: row.source_sha,
    hasHtml: row.has_html === 1,
    removed: row.removed === 1,
    bounced: row.bounced === null ? null : (JSON.parse(row.bounced) as MessageRow['bounced']),
    warnings: JSON.parse(row.warnings) as string[],
    from: { address: row.from_address, name: row.from_name },
    recipients: JSON.parse(row.recipients) as Recipients,
    subject: row.subject,
    text: row.text,
    origin: row.origin === null ? null : parseOrigin(row.origin),
    readAt: row.read_at as Instant | null,
    editedAt: row.edited_at as Instant | null,
  };
}

/** The messages and notes of a case, oldest first. */
export function messagesOfCase(db: ReadDb, caseId: number): MessageRow[] {
  return db.all<SqlMessage>(`SELECT ${COLUMNS} FROM messages WHERE case_id = @caseId ORDER BY sent_at, id`, { caseId }).map(toMessage);
}

export function messageByUid(db: ReadDb, uid: MessageId): (MessageRow & { readonly caseUid: CaseId; readonly caseId: number }) | undefined {
  const row = db.get<SqlMessage>(`SELECT ${COLUMNS} FROM messages WHERE uid = @uid`, { uid });
  if (row === undefined) return undefined;
  const owner = db.get<{ id: number; uid: string }>(
    'SELECT c.id, c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.uid = @uid',
    { uid },
  );
  if (owner === undefined) return undefined;
  return { ...toMessage(row), caseUid: owner.uid as CaseId, caseId: owner.id };
}

export function messageKeyByUid(
  db: ReadDb,
  uid: MessageId,
): { readonly id: number; readonly caseId: number; readonly kind: number } | undefined {
  return db.get<{ id: number; caseId: number; kind: number }>('SELECT id, case_id AS caseId, kind FROM messages WHERE uid = @uid', { uid });
}

/** Our message that a bounce speaks of, by the Message-ID we gave it. */
export function outboundByOwnKey(
  db: ReadDb,
  ownKey: string,
): { readonly id: number; readonly uid: MessageId; readonly caseUid: CaseId } | undefined {
  const row = db.get<{ id: number; uid: string; case_uid: string }>(
    'SELECT m.id, m.uid, c.uid AS case_uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.own_key = @ownKey AND m.kind = 1',
    { ownKey },
  );
  return row === undefined ? undefined : { id: row.id, uid: row.uid as MessageId, caseUid: row.case_uid as CaseId };
}

export function markBounced(
  db: WriteDb,
  messageId: number,
  bounced: { readonly recipient: string | null; readonly diagnostic: string },
): void {
  db.run('UPDATE messages SET bounced = @bounced WHERE id = @messageId', { messageId, bounced: JSON.stringify(bounced) });
}

export function setSentAt(db: WriteDb, messageId: number, sentAt: Instant): void {
  db.run('UPDATE messages SET sent_at = @sentAt WHERE id = @messageId', { messageId, sentAt });
}

export interface NewAttachment {
  readonly uid: AttachmentId;
  readonly messageId: number | null;
  readonly draftUid: string | null;
  readonly position: number;
  readonly inline: boolean;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** True: the bytes are part of the message's kept source. False: they are a blob of their own. */
  readonly inSource: boolean;
  readonly contentId: string | null;
  readonly embedded: { readonly subject: string; readonly from: string; readonly summary: string } | null;
  readonly type: string;
  readonly name: string;
}

export function insertAttachment(db: WriteDb, attachment: NewAttachment): void {
  db.run(
    `INSERT INTO attachments(uid, message_id, draft_uid, position, inline, size_bytes, sha256, in_source, content_id, embedded, type, name)
     VALUES(@uid, @messageId, @draftUid, @position, @inline, @sizeBytes, @sha256, @inSource, @contentId, @embedded, @type, @name)
     ON CONFLICT(uid) DO NOTHING`,
    {
      uid: attachment.uid,
      messageId: attachment.messageId,
      draftUid: attachment.draftUid,
      position: attachment.position,
      inline: attachment.inline ? 1 : 0,
      sizeBytes: attachment.sizeBytes,
      sha256: attachment.sha256,
      inSource: attachment.inSource ? 1 : 0,
      contentId: attachment.contentId,
      embedded: attachment.embedded === null ? null : JSON.stringify(attachment.embedded),
      type: attachment.type,
      name: attachment.name,
    },
  );
}

/** The files of a received message; their bytes stay in its source. */
export function insertSourceAttachments(db: WriteDb, uid: MessageId, messageId: number, attachments: readonly AttachmentMeta[]): void {
  for (const attachment of attachments) {
    insertAttachment(db, {
      uid: makeId('att', `${uid.slice('msg_'.length)}-${attachment.index}`),
      messageId,
      draftUid: null,
      position: attachment.index,
      inline: attachment.inline,
      sizeBytes: attachment.sizeBytes,
      sha256: attachment.sha256,
      inSource: true,
      contentId: attachment.contentId,
      embedded: attachment.embedded,
      type: attachment.type,
      name: attachment.name,
    });
  }
}

/** Files that came with a message of a channel that has no source; their bytes are stored by their hash. */
export function insertFiles(
  db: WriteDb,
  uid: MessageId,
  messageId: number,
  files: readonly { readonly name: string; readonly type: string; readonly sizeBytes: number; readonly sha256: string }[],
): void {
  for (const [position, file] of files.entries()) {
    insertAttachment(db, {
      uid: makeId('att', `${uid.slice('msg_'.length)}-${position}`),
      messageId,
      draftUid: null,
      position,
      inline: false,
      ...file,
      inSource: false,
      contentId: null,
      embedded: null,
    });
  }
}

export interface StoredAttachment extends NewAttachment {
  readonly id: number;
  readonly sourceSha: string | null;
}

interface SqlAttachment {
  readonly id: number;
  readonly uid: string;
  readonly message_id: number | null;
  readonly draft_uid: string | null;
  readonly position: number;
  readonly inline: number;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly in_source: number;
  readonly content_id: string | null;
  readonly embedded: string | null;
  readonly type: string;
  readonly name: string;
  readonly source_sha: string | null;
}

const ATTACHMENT_SELECT = `SELECT a.id, a.uid, a.message_id, a.draft_uid, a.position, a.inline, a.size_bytes, a.sha256, a.in_source, a.content_id, a.embedded, a.type, a.name, m.source_sha
  FROM attachments a LEFT JOIN messages m ON m.id = a.message_id`;

function toAttachment(row: SqlAttachment): StoredAttachment {
  return {
    id: row.id,
    uid: row.uid as AttachmentId,
    messageId: row.message_id,
    draftUid: row.draft_uid,
    position: row.position,
    inline: row.inline === 1,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    inSource: row.in_source === 1,
    contentId: row.content_id,
    embedded: row.embedded === null ? null : (JSON.parse(row.embedded) as StoredAttachment['embedded']),
    type: row.type,
    name: row.name,
    sourceSha: row.source_sha,
  };
}

export function attachmentsOfCase(db: ReadDb, caseId: number): StoredAttachment[] {
  return db
    .all<SqlAttachment>(`${ATTACHMENT_SELECT} WHERE m.case_id = @caseId ORDER BY a.message_id, a.position`, { caseId })
    .map(toAttachment);
}
export function attachmentsOfMessage(db: ReadDb, messageId: number): StoredAttachment[] {
  return db.all<SqlAttachment>(`${ATTACHMENT_SELECT} WHERE a.message_id = @messageId ORDER BY a.position`, { messageId }).map(toAttachment);
}
export function attachmentsOfDraft(db: ReadDb, draftUid: string): StoredAttachment[] {
  return db.all<SqlAttachment>(`${ATTACHMENT_SELECT} WHERE a.draft_uid = @draftUid ORDER BY a.position`, { draftUid }).map(toAttachment);
}
export function attachmentByUid(db: ReadDb, uid: AttachmentId): StoredAttachment | undefined {
  const row = db.get<SqlAttachment>(`${ATTACHMENT_SELECT} WHERE a.uid = @uid`, { uid });
  return row === undefined ? undefined : toAttachment(row);
}
export function deleteAttachment(db: WriteDb, uid: AttachmentId): void {
  db.run('DELETE FROM attachments WHERE uid = @uid', { uid });
}
/** A draft's files become the files of the message it turned into, or the other way round. */
export function moveAttachments(
  db: WriteDb,
  move: { readonly fromDraft: string; readonly toMessage: number } | { readonly fromMessage: number; readonly toDraft: string },
): void {
  if ('fromDraft' in move)
    db.run('UPDATE attachments SET message_id = @message, draft_uid = NULL WHERE draft_uid = @draft', {
      message: move.toMessage,
      draft: move.fromDraft,
    });
  else
    db.run('UPDATE attachments SET message_id = NULL, draft_uid = @draft WHERE message_id = @message', {
      message: move.fromMessage,
      draft: move.toDraft,
    });
}
