import { toTraits, TRAITS } from './runway.store.ts';
import type { SqlTraits } from './runway.store.ts';
import type { ReadDb } from './sql.ts';
import type { EventBehind } from '../../../shared/contract/handoff.contract.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { AgentId, CaseId, PromiseId } from '../../../shared/domain/ids.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import type { CaseTraits } from '../../../shared/domain/routing/rules.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the figures of handoffs are made of besides the handoffs, and the events behind them. */

/** With what the case asks of people, as it is now. */
export interface DuePromise extends CaseTraits {
  readonly caseUid: CaseId;
  readonly promise: CustomerPromise;
}

/** Promises that fall due in a stretch of time. */
export function promisesDue(db: ReadDb, from: Instant, to: Instant): DuePromise[] {
  return db
    .all<SqlTraits & { uid: string; body: string }>(
      `SELECT c.uid, p.body, ${TRAITS} FROM promises p JOIN cases c ON c.id = p.case_id
       WHERE p.due_at >= @from AND p.due_at < @to ORDER BY p.due_at, p.uid`,
      { from, to },
    )
    .map((row) => ({
      caseUid: row.uid as CaseId,
      // Written by `savePromises` and `saveCase` alone.
      promise: JSON.parse(row.body) as CustomerPromise,
      ...toTraits(row),
    }));
}

/** The events that tell of promises that fall due in a stretch of time: made, kept, let go, and the message that kept one. */
export function promiseEvents(db: ReadDb, from: Instant, to: Instant): ReadonlyMap<PromiseId, readonly string[]> {
  const rows = db.all<{ promise: string; id: string }>(
    `SELECT p.uid AS promise, e.id FROM promises p JOIN cases c ON c.id = p.case_id JOIN case_streams s ON s.case_uid = c.uid
       JOIN events e ON e.stream = s.stream
     WHERE p.due_at >= @from AND p.due_at < @to AND e.void IS NULL AND (
       (e.type LIKE 'promise.%' AND e.body ->> '$.promiseId' = p.uid) OR
       (e.type IN ('case.replySent', 'case.messageImported') AND e.body ->> '$.messageId' = p.body ->> '$.settlement.messageId'))
     ORDER BY e.local_id`,
    { from, to },
  );
  const found = new Map<PromiseId, string[]>();
  for (const { promise, id } of rows) found.set(promise as PromiseId, [...(found.get(promise as PromiseId) ?? []), id]);
  return found;
}

/** Events of cases by their ids, in the order of time. What is not there any more is left out. */
export function eventsBehind(db: ReadDb, ids: readonly string[]): EventBehind[] {
  return db
    .all<{ id: string; at: number; actor: string | null; type: string; body: string; uid: string; subject: string }>(
      `SELECT e.id, e.at, e.actor, e.type, e.body, c.uid, c.subject FROM json_each(@ids) j CROSS JOIN events e ON e.id = j.value
         JOIN case_streams s ON s.stream = e.stream JOIN cases c ON c.uid = s.case_uid ORDER BY e.at, e.local_id`,
      { ids: JSON.stringify(ids) },
    )
    .map((row) => ({
      id: row.id,
      at: row.at as Instant,
      actor: row.actor as AgentId | null,
      caseId: row.uid as CaseId,
      subject: row.subject,
      // `insertEvent` was given it as a body of this type; `hash` guards it at rest.
      body: { type: row.type, ...(JSON.parse(row.body) as object) } as CaseEventBody,
    }));
}
