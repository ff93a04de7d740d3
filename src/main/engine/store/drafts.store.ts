import type { ReadDb, WriteDb } from './sql.ts';
import type { CaseId, DraftId } from '../../../shared/domain/ids.ts';
import type { Party } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface DraftRow {
  readonly uid: DraftId;
  readonly caseUid: CaseId;
  readonly kind: 'reply' | 'note';
  readonly text: string;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly savedAt: Instant;
}

interface SqlDraft {
  readonly uid: string;
  readonly case_uid: string;
  readonly kind: string;
  readonly saved_at: number;
  readonly recipients: string;
  readonly text: string;
}

function toDraft(row: SqlDraft): DraftRow {
  // Written by `saveDraft` alone.
  const recipients = JSON.parse(row.recipients) as { to: Party[]; cc: Party[] };
  return {
    uid: row.uid as DraftId,
    caseUid: row.case_uid as CaseId,
    kind: row.kind === 'note' ? 'note' : 'reply',
    text: row.text,
    to: recipients.to,
    cc: recipients.cc,
    savedAt: row.saved_at as Instant,
  };
}

const COLUMNS = 'uid, case_uid, kind, saved_at, recipients, text';

export function draftOfCase(db: ReadDb, caseUid: CaseId, kind: 'reply' | 'note'): DraftRow | undefined {
  const row = db.get<SqlDraft>(`SELECT ${COLUMNS} FROM drafts WHERE case_uid = @caseUid AND kind = @kind`, { caseUid, kind });
  return row === undefined ? undefined : toDraft(row);
}

export function draftByUid(db: ReadDb, uid: DraftId): DraftRow | undefined {
  const row = db.get<SqlDraft>(`SELECT ${COLUMNS} FROM drafts WHERE uid = @uid`, { uid });
  return row === undefined ? undefined : toDraft(row);
}

/** Creates or replaces the one draft of this kind on the case; an existing draft keeps its id. */
export function saveDraft(db: WriteDb, draft: DraftRow): DraftId {
  const row = db.get<{ uid: string }>(
    `INSERT INTO drafts(uid, case_uid, kind, saved_at, recipients, text, seen_event)
     VALUES(@uid, @caseUid, @kind, @savedAt, @recipients, @text, (SELECT coalesce(max(local_id), 0) FROM events))
     ON CONFLICT(case_uid, kind) DO UPDATE SET saved_at = @savedAt, recipients = @recipients, text = @text RETURNING uid`,
    {
      uid: draft.uid,
      caseUid: draft.caseUid,
      kind: draft.kind,
      savedAt: draft.savedAt,
      recipients: JSON.stringify({ to: draft.to, cc: draft.cc }),
      text: draft.text,
    },
  );
  if (row === undefined) throw new Error('the draft was not stored');
  return row.uid as DraftId;
}

/** The newest event that there was when a draft was begun, or when its writer last looked; undefined for a draft that is gone. */
export function seenEvent(db: ReadDb, uid: DraftId): number | undefined {
  return db.get<{ seen: number }>('SELECT seen_event AS seen FROM drafts WHERE uid = @uid', { uid })?.seen;
}

/** The writer has looked at everything up to an event. Never goes back. */
export function markSeen(db: WriteDb, uid: DraftId, upTo: number): void {
  db.run('UPDATE drafts SET seen_event = max(seen_event, @upTo) WHERE uid = @uid', { uid, upTo });
}

export function deleteDraft(db: WriteDb, uid: DraftId): void {
  db.run('DELETE FROM drafts WHERE uid = @uid', { uid });
}

/** Gives the drafts of one case to another. Where both have one of a kind they become one, with the words and files of both. */
export function moveDrafts(db: WriteDb, from: CaseId, into: CaseId): void {
  for (const kind of ['reply', 'note'] as const) {
    const [source, target] = [draftOfCase(db, from, kind), draftOfCase(db, into, kind)];
    if (source === undefined) continue;
    if (target === undefined) {
      db.run('UPDATE drafts SET case_uid = @into WHERE uid = @uid', { into, uid: source.uid });
      continue;
    }
    const text = [target.text, source.text].filter((each) => each.trim() !== '').join('\n\n');
    db.run(
      `UPDATE drafts SET text = @text, saved_at = max(saved_at, @savedAt),
         seen_event = min(seen_event, (SELECT s.seen_event FROM drafts s WHERE s.uid = @source)) WHERE uid = @uid`,
      { text, savedAt: source.savedAt, uid: target.uid, source: source.uid },
    );
    db.run('UPDATE attachments SET draft_uid = @into WHERE draft_uid = @from', { into: target.uid, from: source.uid });
    deleteDraft(db, source.uid);
  }
}
