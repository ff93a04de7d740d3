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
}

export interface OwnedCase extends SweepCase {
  readonly ownerId: AgentId;
}

const OPEN = "c.owner <> '' AND c.status < 3 AND c.merged_into IS NULL";
const OWNED_BY = 'c.owner IN (SELECT value FROM json_each(@owners))';

/**
 * What these people answer for.
 * @param there a customer who has written in a chat since then is there
 */
export function casesOwnedBy(db: ReadDb, ownerIds: readonly AgentId[], there: Instant): OwnedCase[] {
  const owners = JSON.stringify(ownerIds);
  const parked = parkedCases(db, owners);
  return db
    .all<SqlSweepCase>(
      `SELECT c.uid, c.owner, p.due_at AS promise_due, c.next_due_at AS due, c.vip,
         c.channel = 'chat' AND c.waiting_since < ${NEVER} AND c.last_inbound_at > @there AS live, c.open_handoff
       FROM cases c LEFT JOIN promises p ON p.uid = c.next_promise WHERE ${OWNED_BY} AND ${OPEN}`,
      { owners, there },
    )
    .map((row) => {
      const uid = row.uid as CaseId;
      const ownerId = row.owner as AgentId;
      const since = parked.get(uid) ?? null;
      return {
        caseId: uid,
        ownerId,
        nextPromiseAt: row.promise_due as Instant | null,
        slaDueAt: row.due === NEVER ? null : (row.due as Instant),
        isVip: row.vip > 0,
        isLiveChat: row.live === 1,
        openHandoffId: row.open_handoff as HandoffId | null,
        parked: since,
        // asked only where it decides anything
        lastChangeAt: since === null ? null : lastChangeAt(db, uid, ownerId),
      };
    });
}

/** An index of its own holds the few that are parked: to look into the state of every case is what would cost. */
function parkedCases(db: ReadDb, owners: string): ReadonlyMap<CaseId, SweepCase['parked']> {
  const rows = db.all<{ uid: string; parked: string }>(
    `SELECT c.uid, c.state -> '$.parked' AS parked FROM cases c INDEXED BY cases_parked
     WHERE ${OWNED_BY} AND instr(c.state, '"parked":null') = 0 AND c.status < 3 AND c.merged_into IS NULL`,
    { owners },
  );
  // The state is written by `saveCase` alone.
  return new Map(rows.map((row) => [row.uid as CaseId, JSON.parse(row.parked) as SweepCase['parked']]));
}

/** What others do to a case that its owner has not seen: a customer, a colleague, or the clock. */
const BY_OTHERS = `(e.actor IS NOT NULL OR e.type IN ('case.messageReceived', 'case.deliveryFailed', 'handoff.expired', 'handoff.escalated'))`;

/** What the customer or a colleague did last in a case; null when nobody but its owner did anything. */
function lastChangeAt(db: ReadDb, caseUid: CaseId, ownerId: AgentId): Instant | null {
  return (db.get<{ at: number | null }>(
    `SELECT max(e.at) AS at FROM case_streams s JOIN events e ON e.stream = s.stream
     WHERE s.case_uid = @caseUid AND e.void IS NULL AND e.actor IS NOT @ownerId AND ${BY_OTHERS}`,
    { caseUid, ownerId },
  )?.at ?? null) as Instant | null;
}

/** As somebody's turn begins. */
export interface BriefRow {
  readonly caseId: CaseId;
  readonly ownerId: AgentId | null;
  readonly ownedSince: Instant | null;
  readonly slaDueAt: Instant | null;
  readonly lastChangeAt: Instant | null;
  readonly promises: readonly { readonly dueAt: Instant; readonly madeAt: Instant; readonly text: string }[];
}

/** What somebody answers for, and these cases besides. */
export function briefRows(db: ReadDb, me: AgentId, besides: readonly CaseId[]): BriefRow[] {
  const parameters = { me, besides: JSON.stringify(besides) };
  const theirs = `(c.id IN (SELECT c.id FROM cases c WHERE c.owner = @me AND ${OPEN})
    OR c.uid IN (SELECT value FROM json_each(@besides)))`;
  const changes = new Map(
    db
      .all<{ uid: string; at: number }>(
        `SELECT c.uid, max(e.at) AS at FROM cases c JOIN case_streams s ON s.case_uid = c.uid JOIN events e ON e.stream = s.stream
         WHERE ${theirs} AND e.void IS NULL AND e.actor IS NOT @me AND ${BY_OTHERS} GROUP BY c.uid`,
        parameters,
      )
      .map((row) => [row.uid, row.at as Instant]),
  );
  const promises = new Map<string, BriefRow['promises'][number][]>();
  for (const row of db.all<{ uid: string; due: number; made: number; text: string }>(
    `SELECT c.uid, p.due_at AS due, p.body ->> '$.madeAt' AS made, p.body ->> '$.text' AS text FROM cases c JOIN promises p ON p.case_id = c.id
     WHERE ${theirs} AND p.state = 'open' ORDER BY p.due_at`,
    parameters,
  ))
    promises.set(row.uid, [...(promises.get(row.uid) ?? []), { dueAt: row.due as Instant, madeAt: row.made as Instant, text: row.text }]);
  return db
    .all<{ uid: string; owner: string; since: number | null; due: number }>(
      `SELECT c.uid, c.owner, c.state ->> '$.ownedSince' AS since, c.next_due_at AS due FROM cases c WHERE ${theirs} AND c.merged_into IS NULL`,
      parameters,
    )
    .map((row) => ({
      caseId: row.uid as CaseId,
      ownerId: row.owner === '' ? null : (row.owner as AgentId),
      ownedSince: row.since as Instant | null,
      slaDueAt: row.due === NEVER ? null : (row.due as Instant),
      lastChangeAt: changes.get(row.uid) ?? null,
      promises: promises.get(row.uid) ?? [],
    }));
}
