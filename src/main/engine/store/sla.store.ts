import type { ReadDb, WriteDb } from './sql.ts';
import { STATUSES } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import type { Policy } from '../../../shared/domain/sla/policy.ts';
import type { BusinessCalendar } from '../../../shared/domain/time/calendar.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Stands for "never", so that the indexes sort it last. */
export const NEVER = Number.MAX_SAFE_INTEGER;

export function readCalendars(db: ReadDb): BusinessCalendar[] {
  // Written by `saveCalendar` alone.
  return db.all<{ body: string }>('SELECT body FROM sla_calendars ORDER BY uid').map((row) => JSON.parse(row.body) as BusinessCalendar);
}

export function saveCalendar(db: WriteDb, calendar: BusinessCalendar): void {
  db.run('INSERT INTO sla_calendars(uid, body) VALUES(@uid, @body) ON CONFLICT(uid) DO UPDATE SET body = @body', {
    uid: calendar.id,
    body: JSON.stringify(calendar),
  });
}

/** All versions of all policies. */
export function readPolicies(db: ReadDb): Policy[] {
  // Written by `savePolicy` alone.
  return db.all<{ body: string }>('SELECT body FROM sla_policies ORDER BY uid, version').map((row) => JSON.parse(row.body) as Policy);
}

/** A version is written once and never changed. */
export function savePolicy(db: WriteDb, policy: Policy): void {
  db.run('INSERT INTO sla_policies(uid, version, body) VALUES(@uid, @version, @body) ON CONFLICT(uid, version) DO NOTHING', {
    uid: policy.id,
    version: policy.version,
    body: JSON.stringify(policy),
  });
}

/** All versions of it go; for making them anew from what was told. */
export function forgetPolicy(db: WriteDb, uid: string): void {
  db.run('DELETE FROM sla_policies WHERE uid = @uid', { uid });
}

export function forgetCalendar(db: WriteDb, uid: string): void {
  db.run('DELETE FROM sla_calendars WHERE uid = @uid', { uid });
}

export interface CaseSla {
  readonly lane: 0 | 1;
  readonly nextDueAt: Instant | null;
  readonly boundaryAt: Instant | null;
  /** The clock that lists show, without its steps. */
  readonly badge: Omit<Instance, 'steps'> | null;
  /** What the case asks of people (0: not known), and the staffed time of that at the next due time. */
  readonly need: number;
  readonly staffedDue: number | null;
}

export function saveCaseSla(db: WriteDb, caseId: number, sla: CaseSla): void {
  db.run(
    `UPDATE cases SET lane = @lane, next_due_at = @nextDueAt, boundary_at = @boundaryAt, sla = @badge, need = @need, staffed_due = @staffedDue
     WHERE id = @caseId AND (lane <> @lane OR next_due_at <> @nextDueAt OR boundary_at <> @boundaryAt OR sla IS NOT @badge
       OR need <> @need OR staffed_due IS NOT @staffedDue)`,
    {
      caseId,
      lane: sla.lane,
      nextDueAt: sla.nextDueAt ?? NEVER,
      boundaryAt: sla.boundaryAt ?? NEVER,
      badge: sla.badge === null ? null : JSON.stringify(sla.badge),
      need: sla.need,
      staffedDue: sla.staffedDue,
    },
  );
}

/** Keeps how a clock ended. What has ended never changes afterwards, unless a failed reply took its end back. */
export function saveOutcomes(db: WriteDb, caseUid: CaseId, instances: readonly Instance[]): void {
  for (const each of instances) {
    const key = { caseUid, metric: each.metric, number: each.number };
    if (each.endedAt === null) {
      db.run('DELETE FROM sla_outcomes WHERE case_uid = @caseUid AND metric = @metric AND number = @number', key);
      continue;
    }
    db.run(
      `INSERT INTO sla_outcomes(case_uid, metric, number, state, started_at, due_at, ended_at, policy_uid, policy_version)
       VALUES(@caseUid, @metric, @number, @state, @startedAt, @dueAt, @endedAt, @policyId, @policyVersion) ON CONFLICT(case_uid, metric, number) DO NOTHING`,
      {
        ...key,
        state: each.state,
        startedAt: each.startedAt,
        dueAt: each.dueAt,
        endedAt: each.endedAt,
        policyId: each.policyId,
        policyVersion: each.policyVersion,
      },
    );
  }
}

/** Cases one of whose clocks has passed a boundary by `now`. */
export function casesPastBoundary(db: ReadDb, now: Instant): { readonly uid: CaseId; readonly boundaryAt: Instant }[] {
  return db.all(
    `SELECT uid, boundary_at AS boundaryAt FROM cases WHERE boundary_at <= @now AND boundary_at < ${NEVER} ORDER BY boundary_at LIMIT 500`,
    { now },
  );
}

export function nextBoundary(db: ReadDb): Instant | null {
  return (db.get<{ at: number | null }>(`SELECT min(boundary_at) AS at FROM cases WHERE boundary_at < ${NEVER}`)?.at ??
    null) as Instant | null;
}

/** Unsolved cases, for applying a policy or previewing one. */
export function openCaseUids(db: ReadDb): CaseId[] {
  return db.all<{ uid: string }>('SELECT uid FROM cases WHERE status < 3 AND merged_into IS NULL').map((row) => row.uid as CaseId);
}

/** Unsolved cases with a clock by one of these policies. */
export function openCasesOfPolicies(db: ReadDb, policyIds: readonly string[]): CaseId[] {
  return db
    .all<{ uid: string }>(
      `SELECT uid FROM cases WHERE status < 3 AND merged_into IS NULL AND json_extract(sla, '$.policyId') IN (SELECT value FROM json_each(@ids))`,
      { ids: JSON.stringify([...new Set(policyIds)]) },
    )
    .map((row) => row.uid as CaseId);
}

export function openCasesOfContact(db: ReadDb, contactUid: string): CaseId[] {
  return db
    .all<{ uid: string }>(
      'SELECT c.uid FROM cases c JOIN contacts k ON k.id = c.contact_id WHERE k.uid = @contactUid AND c.status < 3 AND c.merged_into IS NULL',
      { contactUid },
    )
    .map((row) => row.uid as CaseId);
}

/** Cases with something in a stretch of time, newest first. */
export function casesActiveSince(
  db: ReadDb,
  from: Instant,
): { readonly uid: CaseId; readonly subject: string; readonly status: (typeof STATUSES)[number]; readonly tier: number }[] {
  return db
    .all<{ uid: string; subject: string; status: number; vip: number }>(
      'SELECT uid, subject, status, vip FROM cases WHERE last_message_at >= @from AND merged_into IS NULL ORDER BY last_message_at DESC',
      { from },
    )
    .map((row) => ({ uid: row.uid as CaseId, subject: row.subject, status: STATUSES[row.status] ?? 'open', tier: row.vip }));
}
