import type { ReadDb, WriteDb } from './sql.ts';
import type { HandoffReason, Packet, Recipient } from '../../../shared/domain/handoff/packet.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** A packet that is being written; its writer's own, and nobody is told of it. */
export interface HandoffDraft {
  readonly packet: Packet;
  readonly to: Recipient | null;
  readonly reason: HandoffReason;
}

interface SqlDraft {
  readonly case_uid: string;
  readonly saved_at: number;
  readonly body: string;
}

/** `body` is written by `saveHandoffDraft` alone. */
function toDraft(row: SqlDraft): HandoffDraft & { readonly savedAt: Instant } {
  return { ...(JSON.parse(row.body) as HandoffDraft), savedAt: row.saved_at as Instant };
}

export function handoffDraft(db: ReadDb, caseUid: CaseId, agentUid: AgentId): (HandoffDraft & { readonly savedAt: Instant }) | null {
  const row = db.get<SqlDraft>('SELECT case_uid, saved_at, body FROM handoff_drafts WHERE case_uid = @caseUid AND agent_uid = @agentUid', {
    caseUid,
    agentUid,
  });
  return row === undefined ? null : toDraft(row);
}

/** All packets that somebody is writing, by case. */
export function handoffDraftsOf(db: ReadDb, agentUid: AgentId): ReadonlyMap<CaseId, HandoffDraft> {
  return new Map(
    db
      .all<SqlDraft>('SELECT case_uid, saved_at, body FROM handoff_drafts WHERE agent_uid = @agentUid', { agentUid })
      .map((row) => [row.case_uid as CaseId, toDraft(row)]),
  );
}

export function saveHandoffDraft(db: WriteDb, caseUid: CaseId, agentUid: AgentId, draft: HandoffDraft, savedAt: Instant): void {
  db.run(
    `INSERT INTO handoff_drafts(case_uid, agent_uid, saved_at, body) VALUES(@caseUid, @agentUid, @savedAt, @body)
     ON CONFLICT(case_uid, agent_uid) DO UPDATE SET saved_at = @savedAt, body = @body`,
    { caseUid, agentUid, savedAt, body: JSON.stringify(draft) },
  );
}

export function dropHandoffDraft(db: WriteDb, caseUid: CaseId, agentUid: AgentId): void {
  db.run('DELETE FROM handoff_drafts WHERE case_uid = @caseUid AND agent_uid = @agentUid', { caseUid, agentUid });
}

/** Two threads turned out to be one: what was written for the case that stays counts. */
export function moveHandoffDrafts(db: WriteDb, from: CaseId, into: CaseId): void {
  db.run('UPDATE OR IGNORE handoff_drafts SET case_uid = @into WHERE case_uid = @from', { from, into });
  db.run('DELETE FROM handoff_drafts WHERE case_uid = @from', { from });
}
