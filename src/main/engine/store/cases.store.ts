import { moveDrafts } from './drafts.store.ts';
import { moveHandoffDrafts } from './handoff-drafts.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import { PRIORITIES, STATUSES } from '../../../shared/domain/case.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { CaseId, PromiseId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Stands for "nothing waits" so that the index sorts such cases last. */
export const NOT_WAITING = Number.MAX_SAFE_INTEGER;

/** Stands in the place of an assignee while the bot has a conversation that is nobody's: it is not in the queue. */
export const BOTS = '~bot';

interface SavedCase {
  readonly id: number;
  readonly state: CaseState;
}

/** The local key and the projected state of a case. */
export function caseByUid(db: ReadDb, uid: CaseId): SavedCase | undefined {
  const row = db.get<{ id: number; state: string }>('SELECT id, state FROM cases WHERE uid = @uid', { uid });
  // The state column is written by `saveCase` alone.
  return row === undefined ? undefined : { id: row.id, state: JSON.parse(row.state) as CaseState };
}

/** What a person knows a case by; null when it is not here. */
export function caseSubject(
  db: ReadDb,
  uid: CaseId,
): { readonly caseId: CaseId; readonly subject: string; readonly contactName: string } | null {
  const row = db.get<{ caseId: CaseId; subject: string; name: string; address: string }>(
    'SELECT c.uid AS caseId, c.subject, k.name, k.address FROM cases c JOIN contacts k ON k.id = c.contact_id WHERE c.uid = @uid',
    { uid },
  );
  return row === undefined ? null : { caseId: row.caseId, subject: row.subject, contactName: row.name === '' ? row.address : row.name };
}

/** Empty for a case that is not here. */
export function subjectOfCase(db: ReadDb, uid: CaseId | null): string {
  return uid === null ? '' : (caseSubject(db, uid)?.subject ?? '');
}

/** The local key of a case and its contact's address, without reading the state. */
export function caseKeyByUid(db: ReadDb, uid: CaseId): { readonly id: number; readonly contactAddress: string } | undefined {
  return db.get('SELECT c.id, k.address AS contactAddress FROM cases c JOIN contacts k ON k.id = c.contact_id WHERE c.uid = @uid', { uid });
}

/** The case that a uid stands for today: itself, or the case it was merged into. */
export function currentCaseUid(db: ReadDb, uid: CaseId): CaseId {
  const row = db.get<{ case_uid: string }>('SELECT case_uid FROM case_streams WHERE stream = @stream', { stream: `case.${uid}` });
  return row === undefined ? uid : (row.case_uid as CaseId);
}

/** Writes the projection, without the labels. `cases` is derived: everything here comes from the folded state, the contact, or is kept as it was. */
export function saveCase(
  db: WriteDb,
  uid: CaseId,
  state: CaseState,
  contact: { readonly id: number; readonly tier: number },
  nextPromise: PromiseId | null,
): { readonly id: number; readonly language: string | null } {
  const row = db.get<{ id: number; language: string | null }>(
    `INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, assignee, vip, waiting_since, snoozed_until, last_message_at,
       last_inbound_at, unread, message_count, queued, failed, merged_into, subject, preview, state, owner,
       open_handoff, next_promise, opened_at, follow_up_at)
     VALUES(@uid, @contact, @account, @channel, @status, @priority, @assignee, @vip, @waiting, @snoozed, @last, @inbound, @inbound > 0, @count,
       @queued, @failed, @merged, @subject, @preview, @state, @owner, @openHandoff, @nextPromise, @openedAt, @followUp)
     ON CONFLICT(uid) DO UPDATE SET contact_id = @contact, status = @status, priority = @priority, assignee = @assignee, vip = @vip,
       waiting_since = @waiting, snoozed_until = @snoozed, last_message_at = @last, last_inbound_at = @inbound, unread = @inbound > read_until,
       message_count = @count, queued = @queued, failed = @failed, merged_into = @merged, subject = @subject, preview = @preview, state = @state,
       owner = @owner, open_handoff = @openHandoff, next_promise = @nextPromise, opened_at = @openedAt, follow_up_at = @followUp
     RETURNING id, language`,
    {
      uid,
      contact: contact.id,
      account: state.accountId,
      channel: state.channel,
      status: STATUSES.indexOf(state.status),
      priority: PRIORITIES.indexOf(state.priority),
      assignee: state.assigneeId ?? (state.bot === null ? '' : BOTS),
      vip: contact.tier,
      waiting: state.bot === null ? (state.waitingSince ?? NOT_WAITING) : NOT_WAITING,
      snoozed: state.snoozedUntil ?? 0,
      last: state.lastMessageAt,
      inbound: state.lastInboundAt ?? 0,
      count: state.messageCount,
      queued: state.queuedReplies.length,
      failed: state.failedReplies.length,
      merged: state.mergedInto,
      subject: state.subject,
      preview: state.preview,
      state: JSON.stringify(state),
      owner: state.ownerId ?? '',
      openHandoff: state.openHandoff?.handoffId ?? null,
      nextPromise,
      openedAt: state.openedAt,
      followUp: followUpOf(state),
    },
  );
  if (row === undefined) throw new Error('the case was not stored');
  return row;
}

/** When the customer must hear from us; never while the bot has them, nor when all is done. */
function followUpOf({ followUpAt, bot, status }: CaseState): number {
  return bot !== null || status === 'solved' ? NOT_WAITING : (followUpAt ?? NOT_WAITING);
}

/** Makes the stored labels of a case these; part of the projection, kept apart because most events leave them as they are. */
export function saveLabels(db: WriteDb, caseId: number, labels: readonly string[]): void {
  const stored = db
    .all<{ label: string }>('SELECT label FROM case_labels WHERE case_id = @caseId ORDER BY label', { caseId })
    .map((row) => row.label);
  if (stored.length === labels.length && stored.every((label) => labels.includes(label))) return;
  for (const label of stored)
    if (!labels.includes(label)) db.run('DELETE FROM case_labels WHERE label = @label AND case_id = @caseId', { label, caseId });
  for (const label of labels) db.run('INSERT OR IGNORE INTO case_labels(label, case_id) VALUES(@label, @caseId)', { label, caseId });
}

/** What the newest message tells about the whole case; true when its language is another than it was. */
export function noteMessageFacts(
  db: WriteDb,
  caseId: number,
  facts: { readonly language: string | null; readonly hasAttachments: boolean; readonly isNewestInbound: boolean },
): boolean {
  if (facts.hasAttachments) db.run('UPDATE cases SET has_attachments = 1 WHERE id = @caseId AND has_attachments = 0', { caseId });
  if (facts.language === null || !facts.isNewestInbound) return false;
  const { language } = facts;
  return db.run('UPDATE cases SET language = @language WHERE id = @caseId AND language IS NOT @language', { caseId, language }) > 0;
}

/** Marks a case read up to its newest inbound message, or unread. Personal to this workstation, so no event. */
export function setRead(db: WriteDb, uid: CaseId, read: boolean): void {
  db.run(
    'UPDATE cases SET read_until = CASE WHEN @read = 1 THEN last_inbound_at ELSE 0 END, unread = CASE WHEN @read = 1 THEN 0 ELSE last_inbound_at > 0 END WHERE uid = @uid',
    {
      uid,
      read: read ? 1 : 0,
    },
  );
}

/** Marks read what another mail program has shown: nothing newer than `until` is touched. */
export function readUntil(db: WriteDb, caseId: number, until: Instant): void {
  db.run('UPDATE cases SET read_until = @until, unread = last_inbound_at > @until WHERE id = @caseId AND read_until < @until', {
    caseId,
    until,
  });
}

/** Snoozed cases whose time has come. A case that was merged away sleeps where it went. */
export function dueSnoozes(db: ReadDb, now: Instant): CaseId[] {
  return db
    .all<{ uid: string }>('SELECT uid FROM cases WHERE snoozed_until > 0 AND snoozed_until <= @now AND merged_into IS NULL', { now })
    .map((row) => row.uid as CaseId);
}

/** When the next snooze ends, or null. */
export function nextSnoozeAt(db: ReadDb): Instant | null {
  return (db.get<{ at: number | null }>('SELECT min(snoozed_until) AS at FROM cases WHERE snoozed_until > 0 AND merged_into IS NULL')?.at ??
    null) as Instant | null;
}

/** Moves everything that hangs on one case to another when two threads turn out to be one. */
export function moveCaseContents(db: WriteDb, fromId: number, intoId: number, from: CaseId, into: CaseId): void {
  db.run('UPDATE messages SET case_id = @intoId WHERE case_id = @fromId', { fromId, intoId });
  db.run('UPDATE outbox SET case_id = @intoId WHERE case_id = @fromId', { fromId, intoId });
  db.run('UPDATE thread_keys SET case_uid = @into WHERE case_uid = @from', { from, into });
  moveDrafts(db, from, into);
  moveHandoffDrafts(db, from, into);
  joinReading(db, fromId, intoId);
  for (const table of ['handoffs', 'promises', 'reminders'])
    db.run(`UPDATE ${table} SET case_id = @intoId WHERE case_id = @fromId`, { fromId, intoId });
  db.run('DELETE FROM case_labels WHERE case_id = @fromId', { fromId });
}

/** What was unread in either case stays unread; what was read in both stays read. The caller folds `unread` anew from it. */
function joinReading(db: WriteDb, fromId: number, intoId: number): void {
  db.run(
    `UPDATE cases SET
       read_until = (SELECT coalesce(min(read_until) FILTER (WHERE unread = 1), max(read_until), 0) FROM cases WHERE id IN (@fromId, @intoId)),
       has_attachments = (SELECT max(has_attachments) FROM cases WHERE id IN (@fromId, @intoId)),
       language = coalesce(language, (SELECT language FROM cases WHERE id = @fromId))
     WHERE id = @intoId`,
    { fromId, intoId },
  );
}
