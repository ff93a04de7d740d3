import type { ReadDb, WriteDb } from './sql.ts';
import { MAX_VISITS } from '../../../shared/domain/desk/visit.ts';
import type { Visit, VisitKind } from '../../../shared/domain/desk/visit.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Counts a visit. Of each kind the newest are kept. */
export function countVisit(db: WriteDb, agentId: AgentId, visit: Pick<Visit, 'kind' | 'target' | 'at'>): void {
  const { kind, target, at } = visit;
  db.run(
    `INSERT INTO visits(agent, kind, target, at, times) VALUES(@agentId, @kind, @target, @at, 1)
     ON CONFLICT(agent, kind, target) DO UPDATE SET at = excluded.at, times = times + 1`,
    { agentId, kind, target, at },
  );
  db.run(
    `DELETE FROM visits WHERE agent = @agentId AND kind = @kind AND target NOT IN
       (SELECT target FROM visits WHERE agent = @agentId AND kind = @kind ORDER BY at DESC, target LIMIT @most)`,
    { agentId, kind, most: MAX_VISITS },
  );
}

/** What somebody did with these kinds of things, the newest of each kind first. */
export function visitsOf(db: ReadDb, agentId: AgentId, kind: VisitKind, limit: number): readonly Visit[] {
  return db
    .all<{ target: string; at: Instant; times: number }>(
      'SELECT target, at, times FROM visits WHERE agent = @agentId AND kind = @kind ORDER BY at DESC, target LIMIT @limit',
      { agentId, kind, limit },
    )
    .map((row) => ({ kind, ...row }));
}

export function forgetVisits(db: WriteDb, agentId: AgentId): void {
  db.run('DELETE FROM visits WHERE agent = @agentId', { agentId });
}

/** What a case that was visited is called now; undefined when it is gone. */
export function titleOfCase(db: ReadDb, caseId: CaseId): { readonly title: string; readonly detail: string } | undefined {
  return db.get(
    `SELECT c.subject AS title, CASE p.name WHEN '' THEN p.address ELSE p.name END AS detail
     FROM cases c JOIN contacts p ON p.id = c.contact_id WHERE c.uid = @caseId`,
    { caseId },
  );
}

/** What a customer is called now; undefined when nobody has this id. */
export function titleOfContact(db: ReadDb, contactId: string): { readonly title: string; readonly detail: string } | undefined {
  return db.get(`SELECT CASE name WHEN '' THEN address ELSE name END AS title, address AS detail FROM contacts WHERE uid = @contactId`, {
    contactId,
  });
}
