import type { ReadDb } from './sql.ts';
import type { ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import type { AgentId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What tells that the published plan has changed, and where; narrower than the plan itself. */

export interface Touched {
  readonly from: Instant;
  readonly to: Instant;
}

/** The number of the newest publishing; 0 while there is none. */
export function lastPublication(db: ReadDb): number {
  return db.get<{ id: number | null }>('SELECT max(id) AS id FROM publications')?.id ?? 0;
}

/** The stretches that publishings after `id` speak of, of each shift as it was and as it is. */
export function touchedSince(db: ReadDb, id: number): Touched[] {
  return db.all<{ from: Instant; to: Instant }>(
    `SELECT json_extract(body, '$.startAt') AS "from", json_extract(body, '$.endAt') AS "to" FROM (
       SELECT c.before AS body FROM publications p JOIN publication_changes c ON c.publication_uid = p.uid WHERE p.id > @id AND c.before IS NOT NULL
       UNION ALL
       SELECT c.after FROM publications p JOIN publication_changes c ON c.publication_uid = p.uid WHERE p.id > @id AND c.after IS NOT NULL
     )`,
    { id },
  );
}

/** A row of overrides or absences, to see whether it is another than it was. */
export interface Stamp extends Touched {
  readonly text: string;
}

export function stampsOf(db: ReadDb, table: 'overrides' | 'absences'): Map<string, Stamp> {
  return new Map(
    db
      .all<{ uid: string; from: Instant; to: Instant; text: string }>(
        `SELECT uid, from_at AS "from", to_at AS "to", body AS text FROM ${table}`,
      )
      .map(({ uid, ...stamp }) => [uid, stamp]),
  );
}

/** Published shifts within `[from, to)` that somebody has, all of one or a stretch of it; a team has a hundred times as many. */
export function shiftUidsOf(db: ReadDb, agentUid: AgentId, { from, to }: Touched): ShiftId[] {
  return db
    .all<{ uid: ShiftId }>(
      `SELECT uid FROM shifts WHERE from_at > @from - (SELECT max(length) FROM shifts) - 1 AND from_at < @to AND to_at > @from
         AND instr(published, @agentUid) > 0 AND json_extract(published, '$.agentId') = @agentUid
       UNION SELECT shift_uid FROM overrides WHERE from_at > @from - (SELECT max(length) FROM overrides) - 1 AND from_at < @to AND to_at > @from
         AND json_extract(body, '$.agentIn') = @agentUid`,
      { agentUid, from, to },
    )
    .map((row) => row.uid);
}

/** The end of the published shift that starts last; null while there is none. */
export function publishedUntil(db: ReadDb): Instant | null {
  return (
    db.get<{ at: Instant }>(
      `SELECT json_extract(published, '$.endAt') AS at FROM shifts WHERE published IS NOT NULL ORDER BY from_at DESC, id DESC LIMIT 1`,
    )?.at ?? null
  );
}

/** The begin of the published shift that starts first; null while there is none. */
export function publishedFrom(db: ReadDb): Instant | null {
  return (
    db.get<{ at: Instant }>(
      `SELECT json_extract(published, '$.startAt') AS at FROM shifts WHERE published IS NOT NULL ORDER BY from_at, id LIMIT 1`,
    )?.at ?? null
  );
}

/** The end of the shift that starts last, published or drafted; null while there is none. */
export function plannedUntil(db: ReadDb): Instant | null {
  return (
    db.get<{ at: Instant }>(
      'SELECT to_at AS at FROM shifts WHERE published IS NOT NULL OR draft_kind > 0 ORDER BY from_at DESC, id DESC LIMIT 1',
    )?.at ?? null
  );
}

/** When a plan was published for the first time; null while there is none. */
export function firstPublicationAt(db: ReadDb): Instant | null {
  return (db.get<{ at: number | null }>('SELECT min(at) AS at FROM publications')?.at ?? null) as Instant | null;
}

/** When anything of the published plan, or of what changes it, was changed last. */
export function lastPlanChangeAt(db: ReadDb): Instant | null {
  return (db.get<{ at: number | null }>(
    `SELECT max(at) AS at FROM (SELECT max(at) AS at FROM publications UNION ALL SELECT max(body ->> '$.at') FROM overrides
       UNION ALL SELECT max(body ->> '$.requestedAt') FROM absences)`,
  )?.at ?? null) as Instant | null;
}

/** What publishings after an instant did to shifts that were, or are, in a stretch; the earliest first. */
export function changesSince(
  db: ReadDb,
  { from, to }: Touched,
  since: Instant,
): { readonly shiftId: ShiftId; readonly before: ShiftBody | null }[] {
  const within = (column: string): string => `(json_extract(${column}, '$.startAt') < @to AND json_extract(${column}, '$.endAt') > @from)`;
  return db
    .all<{ shift: string; before: string | null }>(
      `SELECT c.shift_uid AS shift, c.before FROM publications p JOIN publication_changes c ON c.publication_uid = p.uid
       WHERE p.at > @since AND (${within('c.before')} OR ${within('c.after')}) ORDER BY p.id`,
      { from, to, since },
    )
    .map((row) => ({ shiftId: row.shift as ShiftId, before: row.before === null ? null : (JSON.parse(row.before) as ShiftBody) }));
}
