import type { ReadDb } from './sql.ts';
import { eventsOfStream } from './team.store.ts';
import { readSendBody } from '../../../shared/contract/send-wire.ts';
import type { AccountId, AgentId, CaseId, OutboxId } from '../../../shared/domain/ids.ts';
import { attemptsOf, foldSend } from '../../../shared/domain/team/send-fold.ts';
import type { SendEvent, SendState } from '../../../shared/domain/team/send-fold.ts';
import { SETTLED_AS } from '../../../shared/domain/team/send-settling.ts';
import type { Settling } from '../../../shared/domain/team/send-settling.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the log of the team tells of how replies are sent, wherever they are; nothing where there is no team. */

export interface ToldEvent extends SendEvent {
  /** When, by the author's clock, held within what the log's own time allows. */
  readonly at: Instant;
}

/** Everything that the log has of a reply's sending, in its order. */
export function toldEvents(db: ReadDb, outboxId: OutboxId): readonly ToldEvent[] {
  return eventsOfStream(db, `send.${outboxId}`).flatMap(({ id, type, at, body }) => {
    const read = readSendBody(type, JSON.parse(body) as Record<string, unknown>);
    return read === null ? [] : [{ id, at, body: read }];
  });
}

/** How far a reply's sending is; `idle` where there is no team. */
export function toldSend(db: ReadDb, outboxId: OutboxId): SendState {
  return foldSend(toldEvents(db, outboxId));
}

/** When the last attempt was begun, the one that may have reached the customer; null when none was. */
export function begunAt(events: readonly ToldEvent[]): Instant | null {
  const state = foldSend(events);
  const attempt = state.kind === 'sent' ? null : attemptsOf(state);
  return events.findLast(({ body }) => body.type === 'send.started' && (attempt === null || body.attempt === attempt))?.at ?? null;
}

/** A decision about a reply of unknown fate. */
export interface ToldSettling extends Settling {
  readonly eventId: string;
  /** Its place in the log; null while it waits for one. */
  readonly sequence: number | null;
  readonly by: AgentId | null;
  readonly at: Instant;
}

interface SettlingRow extends Omit<ToldSettling, 'as'> {
  readonly as: string;
}

/** What people have decided about a reply, in the order of the log. */
export function settlingsOf(db: ReadDb, { uid, caseUid }: { readonly uid: OutboxId; readonly caseUid: CaseId }): readonly ToldSettling[] {
  return db
    .all<SettlingRow>(
      `SELECT e.id AS eventId, e.sequence, e.actor AS by, e.at, e.body ->> '$.as' AS "as", e.body ->> '$.attempt' AS attempt
       FROM case_streams s JOIN events e ON e.stream = s.stream
       WHERE s.case_uid = @caseUid AND e.type = 'case.replySettled' AND e.void IS NULL AND e.body ->> '$.outboxId' = @uid
       ORDER BY e.sequence IS NULL, e.sequence, e.local_id`,
      { caseUid, uid },
    )
    .flatMap((row) => {
      const as = SETTLED_AS.find((each) => each === row.as);
      return as === undefined ? [] : [{ ...row, as }];
    });
}

/** Replies of an account that are not at rest, and about which somebody has decided. */
export function repliesWithSettlings(db: ReadDb, account: AccountId): readonly OutboxId[] {
  return db
    .all<{ uid: OutboxId }>(
      `SELECT DISTINCT o.uid FROM outbox o JOIN cases c ON c.id = o.case_id JOIN case_streams s ON s.case_uid = c.uid
         JOIN events e ON e.stream = s.stream AND e.type = 'case.replySettled' AND e.void IS NULL AND e.body ->> '$.outboxId' = o.uid
       WHERE o.account_uid = @account AND o.state IN ('queued', 'unknown', 'held') ORDER BY o.id`,
      { account },
    )
    .map(({ uid }) => uid);
}
