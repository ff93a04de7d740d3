import type { ReadDb, WriteDb } from './sql.ts';
import type { Absence, DraftState, Override, Plan, Shift, ShiftBody, ShiftBreak, Swap } from '../../../shared/domain/coverage/plan.ts';
import type { AbsenceId, AgentId, OverrideId, ShiftId, SwapId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { LocalDateTime } from '../../../shared/domain/time/local-time.ts';

/** Shifts and what changes them: overrides, absences, swaps. Bodies are JSON, written by the `save` functions here alone. */

interface SqlShift {
  readonly uid: string;
  readonly revision: number;
  readonly draft_kind: number;
  readonly published: string | null;
  readonly cancelled: string | null;
  readonly draft: string | null;
}

const SHIFT_COLUMNS = 'uid, revision, draft_kind, published, cancelled, draft';
const DRAFT_KINDS: readonly DraftState['kind'][] = ['same', 'changed', 'removed'];

function bodyOf(text: string): ShiftBody {
  return JSON.parse(text) as ShiftBody;
}

function toShift(row: SqlShift): Shift {
  const kind = DRAFT_KINDS[row.draft_kind] ?? 'same';
  return {
    shiftId: row.uid as ShiftId,
    revision: row.revision,
    published: row.published === null ? null : bodyOf(row.published),
    cancelled: row.cancelled === null ? null : bodyOf(row.cancelled),
    draft: kind === 'changed' && row.draft !== null ? { kind, body: bodyOf(row.draft) } : { kind: kind === 'removed' ? kind : 'same' },
  };
}

function local({ year, month, day, hour, minute, second }: LocalDateTime): LocalDateTime {
  return { year, month, day, hour, minute, second };
}

/** Always the same text for the same body, whatever order its keys were written in: texts are compared in SQL. */
export function shiftText(body: ShiftBody): string {
  const { zone, startAt, endAt, zoneData, agentId, hubId, needs, source, templateId, rotationId, note } = body;
  const ordered: ShiftBody = {
    zone,
    startLocal: local(body.startLocal),
    endLocal: local(body.endLocal),
    startAt,
    endAt,
    zoneData,
    agentId,
    hubId,
    breaks: body.breaks.map((each): ShiftBreak => ({
      startLocal: local(each.startLocal),
      endLocal: local(each.endLocal),
      startAt: each.startAt,
      endAt: each.endAt,
    })),
    needs: { skills: needs.skills, languages: needs.languages, tiers: needs.tiers, hubs: needs.hubs },
    source,
    templateId,
    rotationId,
    note,
  };
  return JSON.stringify(ordered);
}

/** From the first instant that a shift speaks of to the last, on both sides of the plan and of what was taken back. */
function hullOf({ published, cancelled, draft }: Shift): { readonly from: number; readonly to: number } {
  let from = Infinity;
  let to = -Infinity;
  for (const body of [published, cancelled, draft.kind === 'changed' ? draft.body : null]) {
    if (body === null) continue;
    from = Math.min(from, body.startAt, body.endAt);
    to = Math.max(to, body.startAt, body.endAt);
  }
  return { from, to };
}

/** Writes a shift that says something; one that does not is to be deleted instead. */
export function saveShift(db: WriteDb, shift: Shift): void {
  const hull = hullOf(shift);
  db.run(
    `INSERT INTO shifts(uid, revision, from_at, to_at, draft_kind, published, cancelled, draft)
     VALUES(@uid, @revision, @from, @to, @draftKind, @published, @cancelled, @draft)
     ON CONFLICT(uid) DO UPDATE SET revision = @revision, from_at = @from, to_at = @to, draft_kind = @draftKind,
       published = @published, cancelled = @cancelled, draft = @draft`,
    {
      uid: shift.shiftId,
      revision: shift.revision,
      ...hull,
      draftKind: DRAFT_KINDS.indexOf(shift.draft.kind),
      published: shift.published === null ? null : shiftText(shift.published),
      cancelled: shift.cancelled === null ? null : shiftText(shift.cancelled),
      draft: shift.draft.kind === 'changed' ? shiftText(shift.draft.body) : null,
    },
  );
}

export function deleteShift(db: WriteDb, uid: ShiftId): void {
  db.run('DELETE FROM shifts WHERE uid = @uid', { uid });
}

export function shiftByUid(db: ReadDb, uid: ShiftId): Shift | undefined {
  const row = db.get<SqlShift>(`SELECT ${SHIFT_COLUMNS} FROM shifts WHERE uid = @uid`, { uid });
  return row === undefined ? undefined : toShift(row);
}

/** Those of the shifts that there are, in one question. */
export function shiftsByUid(db: ReadDb, uids: readonly ShiftId[]): Shift[] {
  return db
    .all<SqlShift>(`SELECT ${SHIFT_COLUMNS} FROM shifts WHERE uid IN (SELECT value FROM json_each(@uids))`, { uids: JSON.stringify(uids) })
    .map(toShift);
}

/** Shifts that the team's events tell about are deleted, so that they can be made of them again. */
export function forgetShiftsWithEvents(db: WriteDb): void {
  db.run("DELETE FROM shifts WHERE uid IN (SELECT substr(stream, 7) FROM events WHERE stream >= 'shift.' AND stream < 'shift/')");
}

/** Shifts with a draft, in all the plan, in order of time. */
export function draftedShifts(db: ReadDb): Shift[] {
  return db.all<SqlShift>(`SELECT ${SHIFT_COLUMNS} FROM shifts WHERE draft_kind > 0 ORDER BY from_at, to_at, id`).map(toShift);
}

export function countDrafted(db: ReadDb): number {
  return db.get<{ count: number }>('SELECT count(*) AS count FROM shifts WHERE draft_kind > 0')?.count ?? 0;
}

/** Whether a shift was ever published. */
export function hasPlan(db: ReadDb): boolean {
  return db.get('SELECT 1 AS found FROM publications LIMIT 1') !== undefined;
}

export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** `(from, to)` of a table's index that everything overlapping the window lies in: nothing in it is longer than the longest. */
function overlapping(table: 'shifts' | 'overrides' | 'absences' | 'swaps'): string {
  return `from_at > @from - (SELECT max(length) FROM ${table}) - 1 AND from_at < @to AND to_at > @from`;
}

/** Reaches into what is to come. */
function inFuture(table: 'shifts' | 'overrides' | 'absences'): string {
  return `from_at > @now - (SELECT max(length) FROM ${table}) - 1 AND to_at > @now`;
}

/** Shifts of which any side reaches into `[from, to)`, in order of time. `withCancelled`: also those that were taken back. */
export function shiftsIn(db: ReadDb, { from, to }: Stretch, withCancelled = false): Shift[] {
  return db
    .all<SqlShift>(
      `SELECT ${SHIFT_COLUMNS} FROM shifts WHERE ${overlapping('shifts')}${withCancelled ? '' : ' AND (published IS NOT NULL OR draft_kind > 0)'}
       ORDER BY from_at, to_at, id`,
      { from, to },
    )
    .map(toShift);
}

/** Shifts to come of which something was derived with other time-zone data. */
export function shiftsOfOtherData(db: ReadDb, zoneData: string, now: Instant): Shift[] {
  return db
    .all<SqlShift>(
      `SELECT ${SHIFT_COLUMNS} FROM shifts WHERE ${inFuture('shifts')}
       AND (json_extract(published, '$.zoneData') <> @zoneData OR json_extract(draft, '$.zoneData') <> @zoneData) ORDER BY from_at, to_at, id`,
      { zoneData, now },
    )
    .map(toShift);
}

/** Overrides and absences to come that were derived with other time-zone data. */
export function changesOfOtherData(
  db: ReadDb,
  zoneData: string,
  now: Instant,
): { readonly overrides: readonly Override[]; readonly absences: readonly Absence[] } {
  const of = <T>(table: 'overrides' | 'absences'): T[] =>
    db
      .all<{ body: string }>(
        `SELECT body FROM ${table} WHERE ${inFuture(table)} AND json_extract(body, '$.zoneData') <> @zoneData ORDER BY from_at, to_at, id`,
        { zoneData, now },
      )
      .map((row) => JSON.parse(row.body) as T);
  return { overrides: of('overrides'), absences: of('absences') };
}

/**
 * The plan of a stretch of time. Overrides and absences are read as far as the shifts reach, so that a shift which only
 * begins or ends in the stretch is whole.
 */
export function readPlan(db: ReadDb, stretch: Stretch): Plan {
  return planOf(db, stretch, shiftsIn(db, stretch));
}

/** Shifts with all that changes them. */
export function planOf(db: ReadDb, stretch: Stretch, shifts: readonly Shift[]): Plan {
  let { from, to } = stretch;
  for (const shift of shifts) {
    const hull = hullOf(shift);
    from = Math.min(from, hull.from) as Instant;
    to = Math.max(to, hull.to) as Instant;
  }
  const window = { from, to };
  return {
    shifts,
    overrides: bodiesIn<Override>(db, 'overrides', window),
    absences: bodiesIn<Absence>(db, 'absences', window),
    swaps: bodiesIn<Swap>(db, 'swaps', window),
  };
}

function bodiesIn<T>(db: ReadDb, table: 'overrides' | 'absences' | 'swaps', { from, to }: Stretch): T[] {
  return db
    .all<{ body: string }>(`SELECT body FROM ${table} WHERE ${overlapping(table)} ORDER BY from_at, to_at, id`, { from, to })
    .map((row) => JSON.parse(row.body) as T);
}

export function overrideByUid(db: ReadDb, uid: OverrideId): Override | undefined {
  return bodyByUid(db, 'overrides', uid);
}

export function saveOverride(db: WriteDb, override: Override): void {
  db.run(
    `INSERT INTO overrides(uid, shift_uid, from_at, to_at, body) VALUES(@uid, @shiftUid, @from, @to, @body)
     ON CONFLICT(uid) DO UPDATE SET shift_uid = @shiftUid, from_at = @from, to_at = @to, body = @body`,
    {
      uid: override.overrideId,
      shiftUid: override.shiftId,
      from: override.startAt,
      to: override.endAt,
      body: JSON.stringify(override),
    },
  );
}

export function absenceByUid(db: ReadDb, uid: AbsenceId): Absence | undefined {
  return bodyByUid(db, 'absences', uid);
}

/** Absences of one person that end after an instant, in order of time. */
export function absencesOfAgent(db: ReadDb, agentUid: AgentId, after: Instant): Absence[] {
  return db
    .all<{ body: string }>('SELECT body FROM absences WHERE agent_uid = @agentUid AND to_at > @after ORDER BY from_at, id', {
      agentUid,
      after,
    })
    .map((row) => JSON.parse(row.body) as Absence);
}

/** Absences that wait for a lead's word, oldest first. */
export function requestedAbsences(db: ReadDb): Absence[] {
  return db
    .all<{ body: string }>("SELECT body FROM absences WHERE state = 'requested' ORDER BY id")
    .map((row) => JSON.parse(row.body) as Absence);
}

export function saveAbsence(db: WriteDb, absence: Absence): void {
  db.run(
    `INSERT INTO absences(uid, agent_uid, from_at, to_at, body) VALUES(@uid, @agentUid, @from, @to, @body)
     ON CONFLICT(uid) DO UPDATE SET agent_uid = @agentUid, from_at = @from, to_at = @to, body = @body`,
    {
      uid: absence.absenceId,
      agentUid: absence.agentId,
      from: absence.startAt,
      to: absence.endAt,
      body: JSON.stringify(absence),
    },
  );
}

export function swapByUid(db: ReadDb, uid: SwapId): Swap | undefined {
  return bodyByUid(db, 'swaps', uid);
}

/** Swaps that wait for somebody, oldest first. */
export function openSwaps(db: ReadDb): Swap[] {
  return db.all<{ body: string }>('SELECT body FROM swaps WHERE open = 1 ORDER BY id').map((row) => JSON.parse(row.body) as Swap);
}

/** @param stretch everything that the swap concerns, also the shift that is given in return */
export function saveSwap(db: WriteDb, swap: Swap, stretch: Stretch): void {
  db.run(
    `INSERT INTO swaps(uid, from_at, to_at, open, body) VALUES(@uid, @from, @to, @open, @body)
     ON CONFLICT(uid) DO UPDATE SET open = @open, body = @body`,
    {
      uid: swap.swapId,
      from: stretch.from,
      to: stretch.to,
      open: swap.state === 'asked' || swap.state === 'accepted' ? 1 : 0,
      body: JSON.stringify(swap),
    },
  );
}

function bodyByUid<T>(db: ReadDb, table: 'overrides' | 'absences' | 'swaps', uid: string): T | undefined {
  const row = db.get<{ body: string }>(`SELECT body FROM ${table} WHERE uid = @uid`, { uid });
  return row === undefined ? undefined : (JSON.parse(row.body) as T);
}
