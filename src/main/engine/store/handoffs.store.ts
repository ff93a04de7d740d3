import type { ReadDb, WriteDb } from './sql.ts';
import type { Handoff, Ownership } from '../../../shared/domain/handoff/handoff.ts';
import type { CaseId, HandoffId } from '../../../shared/domain/ids.ts';

/** A handoff with the case that it is of. */
export interface StoredHandoff {
  readonly caseId: number;
  readonly caseUid: CaseId;
  readonly handoff: Handoff;
}

/** Writes what the fold says of a case's handoffs; rows of handoffs that it knows nothing of go. */
export function saveHandoffs(db: WriteDb, caseId: number, ownership: Ownership): void {
  for (const handoff of ownership.handoffs) {
    db.run(
      `INSERT INTO handoffs(uid, case_id, state, live, from_uid, to_kind, to_uid, receiver, owner, offered_at, expires_at, body)
       VALUES(@uid, @caseId, @state, @live, @from, @toKind, @to, @receiver, @owner, @offeredAt, @expiresAt, @body)
       ON CONFLICT(uid) DO UPDATE SET case_id = @caseId, state = @state, live = @live, receiver = @receiver, owner = @owner,
         offered_at = @offeredAt, expires_at = @expiresAt, body = @body
       WHERE body <> excluded.body OR live <> excluded.live OR owner <> excluded.owner OR case_id <> excluded.case_id`,
      {
        uid: handoff.handoffId,
        caseId,
        state: handoff.state,
        live: isLive(handoff, ownership) ? 1 : 0,
        from: handoff.fromId,
        toKind: handoff.to.kind,
        to: handoff.to.kind === 'agent' ? handoff.to.agentId : handoff.to.kind === 'hub' ? handoff.to.hubId : '',
        receiver: handoff.acceptance?.agentId ?? '',
        owner: ownership.ownerId ?? '',
        offeredAt: handoff.offeredAt,
        expiresAt: handoff.expiresAt,
        body: JSON.stringify(handoff),
      },
    );
  }
  const known = JSON.stringify(ownership.handoffs.map((each) => each.handoffId));
  db.run('DELETE FROM handoffs WHERE case_id = @caseId AND uid NOT IN (SELECT value FROM json_each(@known))', { caseId, known });
}

/** Whether time or a person may still make something of it. What came back stays so until the case is offered anew or taken. */
function isLive({ handoffId, state }: Handoff, { currentId, handoffs }: Ownership): boolean {
  if (state === 'offered' || state === 'expired' || state === 'accepted') return true;
  return (state === 'declined' || state === 'returned') && currentId === handoffId && handoffs.at(-1)?.handoffId === handoffId;
}

interface SqlHandoff {
  readonly case_id: number;
  readonly case_uid: string;
  readonly body: string;
}

/** The columns that `toStoredHandoff` reads, of `handoffs h JOIN cases c ON c.id = h.case_id`. */
export const HANDOFF_SELECT = 'SELECT h.case_id, c.uid AS case_uid, h.body FROM handoffs h JOIN cases c ON c.id = h.case_id';

/** `body` is written by `saveHandoffs` alone. */
export function toStoredHandoff(row: SqlHandoff): StoredHandoff {
  return { caseId: row.case_id, caseUid: row.case_uid as CaseId, handoff: JSON.parse(row.body) as Handoff };
}

export function handoffByUid(db: ReadDb, uid: HandoffId): StoredHandoff | undefined {
  const row = db.get<SqlHandoff>(`${HANDOFF_SELECT} WHERE h.uid = @uid`, { uid });
  return row === undefined ? undefined : toStoredHandoff(row);
}

/** Before all of them are made again from the events. */
export function forgetHandoffs(db: WriteDb): void {
  db.run('DELETE FROM handoffs');
}
