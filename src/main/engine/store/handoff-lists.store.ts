import { HANDOFF_SELECT, toStoredHandoff } from './handoffs.store.ts';
import type { StoredHandoff } from './handoffs.store.ts';
import type { ReadDb } from './sql.ts';
import type { AgentId, CaseId, HandoffId, HubId, MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The handoffs that concern somebody, each list out of an index of its own. */

type Row = Parameters<typeof toStoredHandoff>[0];

/** For whom an offer may be meant. */
export interface Addressee {
  readonly me: AgentId;
  /** The hub of the person's turn, and their own. */
  readonly hubs: readonly HubId[];
}

/** Of a hub or the queue, whoever has declined has left it to the others. */
const NOT_DECLINED = `(h.to_kind = 'agent' OR instr(h.body, '"declines":[]') > 0 OR NOT EXISTS
  (SELECT 1 FROM json_each(h.body, '$.declines') d WHERE d.value ->> '$.agentId' = @me))`;

/** Two seeks for each kind of recipient: what waits, and what has waited in vain and is with no lead yet. */
const INCOMING = `h.live = 1 AND h.state IN ('offered', 'expired') AND h.from_uid <> @me
  AND (h.to_kind, h.to_uid) IN (SELECT 'agent', @me UNION ALL SELECT 'queue', '' UNION ALL SELECT 'hub', value FROM json_each(@hubs))
  AND ${NOT_DECLINED}`;

function addressed({ me, hubs }: Addressee): { readonly me: AgentId; readonly hubs: string } {
  return { me, hubs: JSON.stringify(hubs) };
}

/** Offered to somebody, to a hub of theirs or to whoever can; what expires first comes first. */
export function incomingHandoffs(db: ReadDb, who: Addressee): StoredHandoff[] {
  return db
    .all<Row>(`${HANDOFF_SELECT} WHERE ${INCOMING} AND c.merged_into IS NULL ORDER BY h.expires_at, h.id`, addressed(who))
    .map(toStoredHandoff);
}

export function countIncoming(db: ReadDb, who: Addressee): number {
  return db.get<{ count: number }>(`SELECT count(*) AS count FROM handoffs h WHERE ${INCOMING}`, addressed(who))?.count ?? 0;
}

/** Offered by somebody, and something may still come of it. */
export function outgoingHandoffs(db: ReadDb, me: AgentId): StoredHandoff[] {
  return db
    .all<Row>(
      `${HANDOFF_SELECT} WHERE h.live = 1 AND h.from_uid = @me AND c.status < 3 AND c.merged_into IS NULL ORDER BY h.offered_at DESC, h.id DESC`,
      { me },
    )
    .map(toStoredHandoff);
}

/** Of what somebody offered: came back, or was asked about and not answered. */
export function countAnswers(db: ReadDb, me: AgentId): number {
  return (
    db.get<{ count: number }>(
      `SELECT count(*) AS count FROM handoffs h JOIN cases c ON c.id = h.case_id WHERE h.live = 1 AND h.from_uid = @me
         AND c.status < 3 AND c.merged_into IS NULL AND (h.state IN ('declined', 'returned') OR instr(h.body, '"questions":[]') = 0 AND EXISTS
           (SELECT 1 FROM json_each(h.body, '$.questions') q WHERE q.value ->> '$.answer' IS NULL AND q.value ->> '$.askedBy' IS NOT @me))`,
      { me },
    )?.count ?? 0
  );
}

/** Accepted by somebody and still theirs, offered since; the newest first. */
export function acceptedHandoffs(db: ReadDb, me: AgentId, since: Instant): StoredHandoff[] {
  return db
    .all<Row>(
      `${HANDOFF_SELECT} WHERE h.receiver = @me AND h.state IN ('accepted', 'settled') AND h.offered_at > @since AND h.owner = @me
         AND c.status < 3 AND c.merged_into IS NULL ORDER BY h.offered_at DESC, h.id DESC`,
      { me, since },
    )
    .map(toStoredHandoff);
}

/** Nobody has done anything but hand it over since it came to the lead. */
const UNTOUCHED = `NOT EXISTS (SELECT 1 FROM case_streams s JOIN events e ON e.stream = s.stream WHERE s.case_uid = c.uid AND e.void IS NULL AND e.actor = @me
  AND e.type NOT LIKE 'handoff.%' AND e.at >= (SELECT max(p.value ->> '$.at') FROM json_each(h.body, '$.steps') p))`;
const ESCALATED = `h.state = 'escalated' AND h.owner = @me AND h.offered_at > @since AND c.status < 3 AND c.merged_into IS NULL
  AND h.offered_at = (SELECT max(o.offered_at) FROM handoffs o WHERE o.case_id = h.case_id) AND ${UNTOUCHED}`;

/** What came to a lead because nobody took it, until they do something about it. */
export function escalatedHandoffs(db: ReadDb, me: AgentId, since: Instant): StoredHandoff[] {
  return db.all<Row>(`${HANDOFF_SELECT} WHERE ${ESCALATED} ORDER BY h.offered_at DESC, h.id DESC`, { me, since }).map(toStoredHandoff);
}

export function countEscalated(db: ReadDb, me: AgentId, since: Instant): number {
  return (
    db.get<{ count: number }>(`SELECT count(*) AS count FROM handoffs h JOIN cases c ON c.id = h.case_id WHERE ${ESCALATED}`, { me, since })
      ?.count ?? 0
  );
}

/** What a person may have accepted of a case and not touched yet. */
export function acceptedOfCase(db: ReadDb, caseId: number, me: AgentId): HandoffId | null {
  return (
    db.get<{ uid: HandoffId }>(`SELECT uid FROM handoffs WHERE case_id = @caseId AND state = 'accepted' AND live = 1 AND receiver = @me`, {
      caseId,
      me,
    })?.uid ?? null
  );
}

/** Cases of whose handoffs something may still come by time; solved ones too, because what was accepted settles. */
export function casesOfLiveHandoffs(db: ReadDb): CaseId[] {
  return db
    .all<{ uid: CaseId }>(
      'SELECT DISTINCT c.uid FROM handoffs h JOIN cases c ON c.id = h.case_id WHERE h.live = 1 AND c.merged_into IS NULL',
    )
    .map((row) => row.uid);
}

/** Offers that stand, for telling that half of their time is over. */
export function standingOffers(db: ReadDb): StoredHandoff[] {
  return db.all<Row>(`${HANDOFF_SELECT} WHERE h.live = 1 AND h.state = 'offered' AND c.merged_into IS NULL`).map(toStoredHandoff);
}

/** Open cases that each person owns, and offers that wait for each. */
export function loads(db: ReadDb): ReadonlyMap<AgentId, number> {
  const rows = db.all<{ agent: string; count: number }>(
    `SELECT owner AS agent, count(*) AS count FROM cases WHERE owner <> '' AND status < 3 AND merged_into IS NULL GROUP BY owner
     UNION ALL
     SELECT to_uid, count(*) FROM handoffs WHERE live = 1 AND state = 'offered' AND to_kind = 'agent' GROUP BY to_uid`,
  );
  const found = new Map<AgentId, number>();
  for (const { agent, count } of rows) found.set(agent as AgentId, (found.get(agent as AgentId) ?? 0) + count);
  return found;
}

/** Every handoff of the cases that were offered in a stretch of time, by case in the order of their offers. */
export function handoffsOfCasesOffered(db: ReadDb, from: Instant, to: Instant): StoredHandoff[] {
  return db
    .all<Row>(
      `${HANDOFF_SELECT} WHERE h.case_id IN (SELECT case_id FROM handoffs WHERE offered_at >= @from AND offered_at < @to) ORDER BY h.case_id, h.offered_at, h.id`,
      { from, to },
    )
    .map(toStoredHandoff);
}

/** The customer's newest message of each of these cases. */
export function lastInboundOf(db: ReadDb, uids: readonly CaseId[]): ReadonlyMap<CaseId, MessageId> {
  const rows = db.all<{ uid: CaseId; message: MessageId | null }>(
    "SELECT uid, state ->> '$.lastInboundId' AS message FROM cases WHERE uid IN (SELECT value FROM json_each(@uids))",
    { uids: JSON.stringify(uids) },
  );
  return new Map(rows.flatMap(({ uid, message }) => (message === null ? [] : [[uid, message]])));
}
