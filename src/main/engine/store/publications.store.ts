import { shiftText } from './plan.store.ts';
import type { Stretch } from './plan.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type { ToldAgent } from '../../../shared/domain/coverage/draft.ts';
import type { Publication, PublishedChange, ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import type { AgentId, PublicationId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What was published when, and who was told. */

interface SqlPublication {
  readonly uid: string;
  readonly at: number;
  readonly actor: string | null;
  readonly reverts: string | null;
  readonly changed: number;
  readonly note: string;
}

export interface StoredPublication extends Omit<Publication, 'changes'> {
  readonly changed: number;
}

function toPublication(row: SqlPublication): StoredPublication {
  return {
    publicationId: row.uid as PublicationId,
    at: row.at as Instant,
    by: row.actor as AgentId | null,
    note: row.note,
    reverts: row.reverts as PublicationId | null,
    changed: row.changed,
  };
}

/** Newest first. */
export function listPublications(db: ReadDb, limit: number): StoredPublication[] {
  return db
    .all<SqlPublication>('SELECT uid, at, actor, reverts, changed, note FROM publications ORDER BY at DESC, id DESC LIMIT @limit', {
      limit,
    })
    .map(toPublication);
}

export function publicationByUid(db: ReadDb, uid: PublicationId): StoredPublication | undefined {
  const row = db.get<SqlPublication>('SELECT uid, at, actor, reverts, changed, note FROM publications WHERE uid = @uid', { uid });
  return row === undefined ? undefined : toPublication(row);
}

export function savePublication(db: WriteDb, publication: StoredPublication): void {
  db.run(
    `INSERT INTO publications(uid, at, actor, reverts, changed, note) VALUES(@uid, @at, @by, @reverts, @changed, @note)
     ON CONFLICT(uid) DO UPDATE SET at = @at, actor = @by, reverts = @reverts, changed = @changed, note = @note`,
    {
      uid: publication.publicationId,
      at: publication.at,
      by: publication.by,
      reverts: publication.reverts,
      changed: publication.changed,
      note: publication.note,
    },
  );
}

interface SqlChange {
  readonly shift_uid: string;
  readonly before: string | null;
  readonly after: string | null;
}

function toChange(row: SqlChange): PublishedChange {
  return {
    shiftId: row.shift_uid as ShiftId,
    before: row.before === null ? null : (JSON.parse(row.before) as ShiftBody),
    after: row.after === null ? null : (JSON.parse(row.after) as ShiftBody),
  };
}

export function savePublishedChange(db: WriteDb, publicationUid: PublicationId, change: PublishedChange): void {
  db.run(
    `INSERT INTO publication_changes(publication_uid, shift_uid, before, after) VALUES(@publicationUid, @shiftUid, @before, @after)
     ON CONFLICT(publication_uid, shift_uid) DO UPDATE SET before = excluded.before, after = excluded.after`,
    {
      publicationUid,
      shiftUid: change.shiftId,
      before: change.before === null ? null : shiftText(change.before),
      after: change.after === null ? null : shiftText(change.after),
    },
  );
}

/** Before the shift's events are folded again, which tell what was published of it. */
export function forgetPublishedChanges(db: WriteDb, shiftId: ShiftId): void {
  db.run('DELETE FROM publication_changes WHERE shift_uid = @shiftId', { shiftId });
}

export function changesOfPublication(db: ReadDb, publicationUid: PublicationId): PublishedChange[] {
  return db
    .all<SqlChange>('SELECT shift_uid, before, after FROM publication_changes WHERE publication_uid = @publicationUid ORDER BY shift_uid', {
      publicationUid,
    })
    .map(toChange);
}

/** Those of them that speak of a time before an instant: what was changed at short notice is a few of thousands. */
export function changesStartingBefore(db: ReadDb, publicationUid: PublicationId, at: Instant): PublishedChange[] {
  return db
    .all<SqlChange>(
      `SELECT shift_uid, before, after FROM publication_changes WHERE publication_uid = @publicationUid
         AND (json_extract(before, '$.startAt') < @at OR json_extract(after, '$.startAt') < @at) ORDER BY shift_uid`,
      { publicationUid, at },
    )
    .map(toChange);
}

/** Changes of what was published before, by publishings in their order, where it had reached into the stretch. */
export function changesOfPublished(db: ReadDb, { from, to }: Stretch): PublishedChange[] {
  return db
    .all<SqlChange>(
      `SELECT c.shift_uid, c.before, c.after FROM publications p JOIN publication_changes c ON c.publication_uid = p.uid
       WHERE c.before IS NOT NULL AND json_extract(c.before, '$.startAt') < @to AND json_extract(c.before, '$.endAt') > @from
       ORDER BY p.id, c.shift_uid`,
      { from, to },
    )
    .map(toChange);
}

/** Leaves out what new time-zone data changes in a body, and the breaks, which hold some of it. */
function intentOf(column: string): string {
  return `json_remove(${column}, '$.startAt', '$.endAt', '$.zoneData', '$.breaks')`;
}

/**
 * Changes of a publishing after which the shift still says about the same; whether it is exactly so is for the rules to
 * say. Most of them decide it by the first.
 */
export function standingChanges(db: ReadDb, publicationUid: PublicationId, limit: number): PublishedChange[] {
  return db
    .all<SqlChange>(
      `SELECT c.shift_uid, c.before, c.after FROM publication_changes c LEFT JOIN shifts s ON s.uid = c.shift_uid
       WHERE c.publication_uid = @publicationUid AND ${intentOf('c.after')} IS ${intentOf('s.published')} AND c.before IS NOT s.published LIMIT @limit`,
      { publicationUid, limit },
    )
    .map(toChange);
}

export function saveNotice(db: WriteDb, publicationUid: PublicationId, told: ToldAgent): void {
  db.run(
    `INSERT INTO notices(publication_uid, agent_uid, body) VALUES(@publicationUid, @agentUid, @body)
     ON CONFLICT(publication_uid, agent_uid) DO NOTHING`,
    { publicationUid, agentUid: told.agentId, body: JSON.stringify(told) },
  );
}

/** What somebody was told and has not acknowledged, newest first. */
export function unseenNotices(
  db: ReadDb,
  agentUid: AgentId,
): { readonly publicationId: PublicationId; readonly at: Instant; readonly by: AgentId | null; readonly told: ToldAgent }[] {
  return db
    .all<{ uid: string; at: number; actor: string | null; body: string }>(
      `SELECT p.uid, p.at, p.actor, n.body FROM notices n JOIN publications p ON p.uid = n.publication_uid
       WHERE n.agent_uid = @agentUid AND n.seen = 0 ORDER BY p.at DESC, p.id DESC`,
      { agentUid },
    )
    .map((row) => ({
      publicationId: row.uid as PublicationId,
      at: row.at as Instant,
      by: row.actor as AgentId | null,
      told: JSON.parse(row.body) as ToldAgent,
    }));
}

export function markNoticeSeen(db: WriteDb, publicationUid: PublicationId, agentUid: AgentId): void {
  db.run('UPDATE notices SET seen = 1 WHERE publication_uid = @publicationUid AND agent_uid = @agentUid', { publicationUid, agentUid });
}
