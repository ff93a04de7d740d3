import type { ReadDb } from './sql.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What has happened to handoffs since somebody looked last. */

export interface News {
  readonly localId: number;
  readonly id: string;
  readonly caseUid: CaseId;
  readonly actor: AgentId | null;
  readonly at: Instant;
  readonly body: CaseEventBody;
}

export function lastEventKey(db: ReadDb): number {
  return db.get<{ last: number | null }>('SELECT max(local_id) AS last FROM events')?.last ?? 0;
}

/**
 * Events that move a case or say something of its handoffs, and what customers wrote in cases that are being handed over;
 * with the newest event of all, so that what is no news is not read again.
 */
export function newsSince(db: ReadDb, localId: number): { readonly news: readonly News[]; readonly lastKey: number } {
  const lastKey = lastEventKey(db);
  if (lastKey <= localId) return { news: [], lastKey };
  const news = db
    .all<{ local_id: number; id: string; case_uid: string; actor: string | null; at: number; type: string; body: string }>(
      `SELECT e.local_id, e.id, s.case_uid, e.actor, e.at, e.type, e.body FROM events e JOIN case_streams s ON s.stream = e.stream
       WHERE e.local_id > @localId AND e.void IS NULL AND (e.type LIKE 'handoff.%' OR ((e.type IN ('case.claimed', 'case.released', 'case.assigned',
         'case.statusChanged', 'case.parked', 'case.unparked', 'case.merged') OR (e.type = 'case.messageReceived' AND e.body ->> '$.auto' IN ('none', 'list')))
           AND EXISTS (SELECT 1 FROM cases c JOIN handoffs h ON h.case_id = c.id WHERE c.uid = s.case_uid)))
       ORDER BY e.local_id`,
      { localId },
    )
    .map((row) => ({
      localId: row.local_id,
      id: row.id,
      caseUid: row.case_uid as CaseId,
      actor: row.actor as AgentId | null,
      at: row.at as Instant,
      // `insertEvent` was given it as a body of this type; `hash` guards it at rest.
      body: { type: row.type, ...(JSON.parse(row.body) as object) } as CaseEventBody,
    }));
  return { news, lastKey };
}
