import type { ReadDb } from './sql.ts';
import { NEVER } from './sla.store.ts';
import type { SweepCase } from '../../../shared/domain/handoff/sweep.ts';
import type { AgentId, CaseId, HandoffId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The open cases that somebody answers for, as the ends of their turn look at them. */

interface SqlSweepCase {
  readonly uid: string;
  readonly owner: string;
  readonly promise_due: number | null;
  readonly due: number;
  readonly vip: number;
  readonly live: number;
  readonly open_handoff: string | null;
  readonly parked: string | null;
}

/** Only what can be parked has been looked at for that: reading it out of the state is what costs. */
const SELECT = `SELECT c.uid, c.owner, p.due_at AS promise_due, c.next_due_at AS due, c.vip,
    c.channel = 'chat' AND c.waiting_since < ${NEVER} AND c.last_inbound_at > @there AS live, c.open_handoff,
    CASE WHEN instr(c.state, '"parked":null') > 0 THEN NULL ELSE c.state -> '$.parked' END AS parked
  FROM cases c LEFT JOIN promises p ON p.uid = c.next_promise`;
const OPEN = "c.owner <> '' AND c.status < 3 AND c.merged_into IS NULL";

export interface OwnedCase extends SweepCase {
  readonly ownerId: AgentId;
}

/** @param there a customer who has written in a chat since then is there */
export function ownedCases(db: ReadDb, ownerId: AgentId, there: Instant): OwnedCase[] {
  const rows = db.all<SqlSweepCase>(`${SELECT} WHERE c.owner = @ownerId AND ${OPEN}`, { ownerId, there });
  return rows.map((row) => toOwned(db, row));
}

/** Of several people at once. */
export function casesOwnedBy(db: ReadDb, ownerIds: readonly AgentId[], there: Instant): OwnedCase[] {
  const owners = JSON.stringify(ownerIds);
  const rows = db.all<SqlSweepCase>(`${SELECT} WHERE c.owner IN (SELECT value FROM json_each(@owners)) AND ${OPEN}`, { owners, there });
  return rows.map((row) => toOwned(db, row));
}

function toOwned(db: ReadDb, row: SqlSweepCase): OwnedCase {
  // The state is written by `saveCase` alone.
  const parked = row.parked === null ? null : (JSON.parse(row.parked) as SweepCase['parked']);
  return {
    caseId: row.uid as CaseId,
    ownerId: row.owner as AgentId,
    nextPromiseAt: row.promise_due as Instant | null,
    slaDueAt: row.due === NEVER ? null : (row.due as Instant),
    isVip: row.vip > 0,
    isLiveChat: row.live === 1,
    openHandoffId: row.open_handoff as HandoffId | null,
    parked,
    // asked only where it decides anything
    lastChangeAt: parked === null ? null : lastChangeAt(db, row.uid as CaseId, row.owner as AgentId),
  };
}

/** What the customer or a colleague did last in a case; null when nobody but its owner did anything. */
export function lastChangeAt(db: ReadDb, caseUid: CaseId, ownerId: AgentId): Instant | null {
  return (db.get<{ at: number | null }>(
    `SELECT max(e.at) AS at FROM case_streams s JOIN events e ON e.stream = s.stream WHERE s.case_uid = @caseUid AND e.actor IS NOT @ownerId
       AND (e.actor IS NOT NULL OR e.type IN ('case.messageReceived', 'case.deliveryFailed', 'handoff.expired', 'handoff.escalated'))`,
    { caseUid, ownerId },
  )?.at ?? null) as Instant | null;
}
