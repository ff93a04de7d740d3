import type { ReadDb } from './sql.ts';
import type { Arrival } from '../../../shared/domain/coverage/forecast.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the history of a workspace tells about the work of a team. */

/** What people wrote to us since an instant: each message is one contact to be handled. Machines are none. */
export function arrivalsSince(db: ReadDb, from: Instant): Arrival[] {
  return db.all<Arrival>(
    `SELECT m.received_at AS at, k.zone, m.offset_minutes AS offsetMinutes, c.channel, coalesce(m.language, c.language) AS language
     FROM messages m INDEXED BY messages_arrived CROSS JOIN cases c ON c.id = m.case_id JOIN contacts k ON k.id = c.contact_id
     WHERE m.kind = 0 AND m.auto IN ('none', 'list') AND m.received_at >= @from`,
    { from },
  );
}

/** When the first message of all came; null while there is none. */
export function firstArrivalAt(db: ReadDb): Instant | null {
  return (
    db.get<{ at: Instant | null }>(
      "SELECT min(received_at) AS at FROM messages INDEXED BY messages_arrived WHERE kind = 0 AND auto IN ('none', 'list')",
    )?.at ?? null
  );
}

/** A clock that ended after its due time, and who owned the case when it did. */
export interface BreachedClock {
  readonly dueAt: Instant;
  readonly owner: AgentId;
}

/** Clocks that fell due in `[from, to)` and were fulfilled too late, by somebody. Who was on shift then is for the plan to say. */
export function breachedClocks(db: ReadDb, from: Instant, to: Instant): BreachedClock[] {
  return db
    .all<{ dueAt: Instant; last: string | null }>(
      `SELECT o.due_at AS dueAt,
         (SELECT json_object('type', e.type, 'actor', e.actor, 'body', json(e.body)) FROM case_streams s JOIN events e ON e.stream = s.stream
          WHERE s.case_uid = o.case_uid AND e.void IS NULL AND e.type IN ('case.claimed', 'case.assigned', 'case.released') AND e.at <= o.ended_at
          ORDER BY e.at DESC, e.local_id DESC LIMIT 1) AS last
       FROM sla_outcomes o INDEXED BY sla_outcomes_breached WHERE o.state = 'breached' AND o.due_at >= @from AND o.due_at < @to`,
      { from, to },
    )
    .flatMap(({ dueAt, last }) => {
      const owner = last === null ? null : ownerAfter(JSON.parse(last) as OwnerEvent);
      return owner === null ? [] : [{ dueAt, owner }];
    });
}

interface OwnerEvent {
  readonly type: 'case.claimed' | 'case.assigned' | 'case.released';
  readonly body: { readonly agentId?: AgentId | null };
}

function ownerAfter({ type, body }: OwnerEvent): AgentId | null {
  return type === 'case.released' ? null : (body.agentId ?? null);
}
