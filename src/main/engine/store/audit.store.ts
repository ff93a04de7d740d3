import type { ReadDb, WriteDb } from './sql.ts';
import type { AuditRow } from '../../../shared/contract/guard.contract.ts';
import type { AuditAction } from '../../../shared/domain/guard/audit.ts';
import type { AgentId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** An entry with what ties it to the one before. */
export interface ChainedEntry extends AuditRow {
  /** Whether its hash was made with the key of the vault. */
  readonly isKeyed: boolean;
  /** Hash of the entry before, 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
}

interface SqlAudit {
  readonly number: number;
  readonly at: number;
  readonly actor: string | null;
  readonly action: string;
  readonly case_uid: string | null;
  readonly message_uid: string | null;
  readonly detail: string;
  readonly is_keyed: number;
  readonly previous: string;
  readonly hash: string;
}

const COLUMNS = 'number, at, actor, action, case_uid, message_uid, detail, is_keyed, previous, hash';

function toEntry(row: SqlAudit): ChainedEntry {
  return {
    number: row.number,
    at: row.at as Instant,
    actor: row.actor as AgentId | null,
    action: row.action as AuditAction,
    caseId: row.case_uid as CaseId | null,
    messageId: row.message_uid as MessageId | null,
    detail: row.detail,
    isKeyed: row.is_keyed === 1,
    previous: row.previous,
    hash: row.hash,
  };
}

export function lastAudit(db: ReadDb): ChainedEntry | undefined {
  const row = db.get<SqlAudit>(`SELECT ${COLUMNS} FROM audit_log ORDER BY number DESC LIMIT 1`);
  return row === undefined ? undefined : toEntry(row);
}

/** Entries are only ever added. */
export function insertAudit(db: WriteDb, entry: ChainedEntry): void {
  db.run(
    `INSERT INTO audit_log(${COLUMNS}) VALUES(@number, @at, @actor, @action, @caseId, @messageId, @detail, @isKeyed, @previous, @hash)`,
    { ...entry, isKeyed: entry.isKeyed ? 1 : 0 },
  );
}

/** Entries behind `after`, the oldest first. */
export function auditAfter(db: ReadDb, after: number, limit: number): ChainedEntry[] {
  return db
    .all<SqlAudit>(`SELECT ${COLUMNS} FROM audit_log WHERE number > @after ORDER BY number LIMIT @limit`, { after, limit })
    .map(toEntry);
}

export interface AuditFilter {
  readonly action: AuditAction | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** The newest first. */
export function listAudit(db: ReadDb, filter: AuditFilter & { readonly before: number | null; readonly limit: number }): AuditRow[] {
  return db
    .all<SqlAudit>(
      `SELECT ${COLUMNS} FROM audit_log WHERE (@action IS NULL OR action = @action) AND (@from IS NULL OR at >= @from)
       AND (@to IS NULL OR at < @to) AND (@before IS NULL OR number < @before) ORDER BY number DESC LIMIT @limit`,
      { ...filter },
    )
    .map((row) => {
      const { number, at, actor, action, caseId, messageId, detail } = toEntry(row);
      return { number, at, actor, action, caseId, messageId, detail };
    });
}

/** What the team's log was told of this workstation's audit log, in the order of telling. */
export function auditAnchors(db: ReadDb, workstation: string): { readonly count: number; readonly head: string; readonly at: Instant }[] {
  return db.all<{ count: number; head: string; at: Instant }>(
    `SELECT body ->> '$.count' AS count, body ->> '$.head' AS head, at FROM events
     WHERE type = 'audit.anchored' AND void IS NULL AND body ->> '$.workstation' = @workstation ORDER BY local_id`,
    { workstation },
  );
}
