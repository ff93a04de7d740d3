import type { ReadDb, WriteDb } from './sql.ts';
import type { ReminderRow } from '../../../shared/contract/reminders.contract.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { AgentId, CaseId, ReminderId } from '../../../shared/domain/ids.ts';
import type { Reminder } from '../../../shared/domain/reminder/reminders.ts';
import { reminded } from '../../../shared/domain/reminder/reminders.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Open reminders, for lists and for whoever tells of them. What each one says is in the state of its case. */

/** Makes the open reminders of a case these. */
export function saveReminders(db: WriteDb, caseId: number, open: readonly Reminder[]): void {
  for (const { reminderId: uid, at, forId } of open) {
    db.run(
      `INSERT INTO reminders(uid, case_id, at, for_uid) VALUES(@uid, @caseId, @at, @forId)
       ON CONFLICT(uid) DO UPDATE SET case_id = @caseId, at = @at, for_uid = @forId
       WHERE case_id <> @caseId OR at <> @at OR for_uid <> @forId`,
      { uid, caseId, at, forId: forId ?? '' },
    );
  }
  const known = JSON.stringify(open.map((each) => each.reminderId));
  db.run('DELETE FROM reminders WHERE case_id = @caseId AND uid NOT IN (SELECT value FROM json_each(@known))', { caseId, known });
}

/** Before all of them are made again from the events. */
export function forgetReminders(db: WriteDb): void {
  db.run('DELETE FROM reminders');
}

interface SqlReminder {
  readonly uid: string;
  readonly case_uid: string;
  readonly subject: string;
  readonly name: string;
  readonly address: string;
  readonly status: number;
  readonly state: string;
}

const COLUMNS = 'r.uid, c.uid AS case_uid, c.subject, c.status, k.name, k.address, c.state';
const JOINS = 'JOIN cases c ON c.id = r.case_id AND c.merged_into IS NULL JOIN contacts k ON k.id = c.contact_id';
/** Theirs by name, those of cases that they answer for, and those of cases that nobody answers for: of these whoever set it is reminded. */
const MAY_CONCERN = "(r.for_uid = @me OR (r.for_uid = '' AND c.owner IN ('', @me)))";
const CONCERNS = `(r.for_uid = @me OR (r.for_uid = '' AND c.owner = @me) OR (r.for_uid = '' AND c.owner = '' AND EXISTS(
  SELECT 1 FROM json_each(c.state, '$.reminders') j WHERE j.value ->> '$.reminderId' = r.uid AND j.value ->> '$.by' = @me)))`;

/** Columns were filled by our own writers. */
function toRow(row: SqlReminder): readonly ReminderRow[] {
  const state = JSON.parse(row.state) as CaseState;
  const found = state.reminders?.find((each) => each.reminderId === row.uid);
  if (found === undefined) return [];
  return [
    {
      ...found,
      caseId: row.case_uid as CaseId,
      subject: row.subject,
      contactName: row.name === '' ? row.address : row.name,
      concerns: reminded(found, state.ownerId),
      isSolved: row.status === 3,
    },
  ];
}

/** Those that concern somebody, or everybody's, by time. */
export function listReminders(
  db: ReadDb,
  { me, limit }: { readonly me: AgentId | null; readonly limit: number },
): { readonly rows: readonly ReminderRow[]; readonly total: number } {
  const where = me === null ? '1' : CONCERNS;
  const rows = db.all<SqlReminder>(`SELECT ${COLUMNS} FROM reminders r ${JOINS} WHERE ${where} ORDER BY r.at, r.uid LIMIT @limit`, {
    limit,
    ...(me === null ? {} : { me }),
  });
  return { rows: rows.flatMap(toRow), total: countReminders(db, me, null) };
}

/** How many concern somebody (null: everybody's), all of them or those that are due at `dueBy`. */
export function countReminders(db: ReadDb, me: AgentId | null, dueBy: Instant | null): number {
  const where = `${me === null ? '1' : CONCERNS}${dueBy === null ? '' : ' AND r.at <= @dueBy'}`;
  const row = db.get<{ count: number }>(`SELECT count(*) AS count FROM reminders r ${JOINS} WHERE ${where}`, {
    ...(me === null ? {} : { me }),
    ...(dueBy === null ? {} : { dueBy }),
  });
  return row?.count ?? 0;
}

/** What is due for somebody, and they were not told of here. */
export function untoldReminders(db: ReadDb, me: AgentId, now: Instant): readonly ReminderRow[] {
  const untold = 'NOT EXISTS(SELECT 1 FROM reminders_told t WHERE t.uid = r.uid AND t.agent_uid = @me AND t.at = r.at)';
  return db
    .all<SqlReminder>(
      `SELECT ${COLUMNS} FROM reminders r ${JOINS} WHERE r.at <= @now AND ${MAY_CONCERN} AND ${untold} ORDER BY r.at, r.uid`,
      {
        me,
        now,
      },
    )
    .flatMap(toRow)
    .filter((each) => each.concerns === me);
}

/** They were told: once for each time that it is set to. What was told of reminders that are over is forgotten. */
export function markTold(db: WriteDb, me: AgentId, told: readonly { readonly reminderId: ReminderId; readonly at: Instant }[]): void {
  for (const { reminderId: uid, at } of told)
    db.run('INSERT INTO reminders_told(uid, agent_uid, at) VALUES(@uid, @me, @at) ON CONFLICT DO UPDATE SET at = @at', { uid, me, at });
  db.run('DELETE FROM reminders_told WHERE uid NOT IN (SELECT uid FROM reminders)');
}

/** When the next reminder of anybody, or the next follow-up, is due after `after`; null when none is. */
export function nextReminding(db: ReadDb, after: Instant): Instant | null {
  const row = db.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT * FROM (SELECT at FROM reminders WHERE at > @after ORDER BY at LIMIT 1)
       UNION ALL
       SELECT * FROM (SELECT follow_up_at AS at FROM cases INDEXED BY cases_follow_up
         WHERE follow_up_at < 9007199254740991 AND follow_up_at > @after ORDER BY follow_up_at LIMIT 1))`,
    { after },
  );
  return (row?.at ?? null) as Instant | null;
}

/** Cases that sleep until somebody comes who can take them, and until when. */
export function casesAsleepForShift(db: ReadDb): readonly { readonly caseId: CaseId; readonly until: Instant }[] {
  return db
    .all<{ uid: string; until: number }>(
      `SELECT uid, snoozed_until AS until FROM cases INDEXED BY cases_snoozed
       WHERE snoozed_until > 0 AND merged_into IS NULL AND state ->> '$.snoozedFor' = 'shift'`,
    )
    .map(({ uid, until }) => ({ caseId: uid as CaseId, until: until as Instant }));
}
