import type { ReadDb, WriteDb } from './sql.ts';
import { tierFromNumber } from './contacts.store.ts';
import { NEVER } from './sla.store.ts';
import type { Selector } from '../../../shared/domain/coverage/roster.ts';
import type { AccountId, CaseId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import type { CaseTraits } from '../../../shared/domain/routing/rules.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What open cases ask of people, with the staffed time of each need; and what each case keeps of it. */

/** Staffed time as a line: at any `t` until the next shift boundary it is `base + (since === null ? 0 : t - since)`. */
export interface NeedLine {
  /** Staffed milliseconds, counted from an instant that stays the same for as long as the plan does. */
  readonly base: number;
  /** Since when somebody has been on; null while nobody is. */
  readonly since: Instant | null;
  /** While nobody is on: when the next one comes, null for never. What falls due until then has nobody. */
  readonly opensAt: Instant | null;
}

export interface StoredNeed extends NeedLine {
  readonly id: number;
  readonly key: string;
  readonly selector: Selector;
  /** When the line was written; it held then. */
  readonly asOf: Instant;
}

/** `opens_at` when nobody ever comes: later than every due time, and not the one of cases that are never due. */
const NOBODY_COMES = NEVER - 1;

interface SqlNeed {
  readonly id: number;
  readonly key: string;
  readonly base: number;
  readonly since: number | null;
  readonly opens_at: number;
  readonly as_of: number;
  readonly body: string;
}

export function readNeeds(db: ReadDb): StoredNeed[] {
  return db.all<SqlNeed>('SELECT id, key, base, since, opens_at, as_of, body FROM coverage_needs ORDER BY id').map((row) => ({
    id: row.id,
    key: row.key,
    selector: JSON.parse(row.body) as Selector,
    base: row.base,
    since: row.since as Instant | null,
    opensAt: row.opens_at === 0 || row.opens_at === NOBODY_COMES ? null : (row.opens_at as Instant),
    asOf: row.as_of as Instant,
  }));
}

/** What `opens_at` holds: 0 while somebody is on. */
function opensColumn({ since, opensAt }: NeedLine): number {
  return since === null ? (opensAt ?? NOBODY_COMES) : 0;
}

/** Ids are never given twice: a case that still names a need which is gone must not come to name another. */
export function addNeed(db: WriteDb, key: string, selector: Selector, line: NeedLine, asOf: Instant): number {
  const row = db.get<{ id: number }>(
    'INSERT INTO coverage_needs(key, base, since, opens_at, as_of, body) VALUES(@key, @base, @since, @opens, @asOf, @body) RETURNING id',
    { key, base: line.base, since: line.since, opens: opensColumn(line), asOf, body: JSON.stringify(selector) },
  );
  if (row === undefined) throw new Error('the need was not stored');
  return row.id;
}

export function saveNeedLine(db: WriteDb, id: number, line: NeedLine, asOf: Instant): void {
  db.run('UPDATE coverage_needs SET base = @base, since = @since, opens_at = @opens, as_of = @asOf WHERE id = @id', {
    id,
    base: line.base,
    since: line.since,
    opens: opensColumn(line),
    asOf,
  });
}

/** Needs that no open case has; asked when the cases were worked out. */
export function dropUnusedNeeds(db: WriteDb): number {
  return db.run(
    `DELETE FROM coverage_needs WHERE NOT EXISTS
       (SELECT 1 FROM cases INDEXED BY cases_runway WHERE need = coverage_needs.id AND status < 3 AND merged_into IS NULL)`,
  );
}

/** Without a plan nothing is known of staffed time. */
export function dropNeeds(db: WriteDb): number {
  return db.run('DELETE FROM coverage_needs');
}

/** The least need of an unsolved case that is above `than`, by one step into the index. */
function needAbove(than: string): string {
  return `(SELECT need FROM cases INDEXED BY cases_runway WHERE need > ${than} AND status < 3 AND merged_into IS NULL ORDER BY need LIMIT 1)`;
}

/**
 * A table of the needs that unsolved cases name, 0 for what is not known yet. Between two plans cases name needs that
 * `coverage_needs` does not have any more, and they must not be missed for that.
 */
export const NAMED_NEEDS = `(WITH RECURSIVE named(id) AS (
    SELECT ${needAbove('-1')} UNION ALL SELECT ${needAbove('named.id')} FROM named WHERE named.id IS NOT NULL)
  SELECT id FROM named WHERE id IS NOT NULL)`;

export function namedNeeds(db: ReadDb): number[] {
  return db.all<{ id: number }>(`SELECT id FROM ${NAMED_NEEDS}`).map((row) => row.id);
}

/** Local keys of the unsolved cases, out of one index. */
export function openCaseIds(db: ReadDb): number[] {
  return db
    .all<{ id: number }>('SELECT id FROM cases INDEXED BY cases_runway WHERE status < 3 AND merged_into IS NULL ORDER BY id')
    .map((row) => row.id);
}

/** What the need of a case follows from, and what is kept of it. */
export interface CaseForStaffing extends CaseTraits {
  readonly id: number;
  readonly nextDueAt: Instant | null;
  readonly need: number;
  readonly staffedDue: number | null;
}

interface SqlCaseForStaffing extends SqlTraits {
  readonly id: number;
  readonly next_due_at: number;
  readonly need: number;
  readonly staffed_due: number | null;
}

/** What says who can take a case, of the table `c`. */
export const TRAITS = `c.language, c.channel, c.vip AS tier, c.account_uid AS account,
  (SELECT json_group_array(l.label) FROM case_labels l WHERE l.case_id = c.id) AS labels`;

export interface SqlTraits {
  readonly language: string | null;
  readonly channel: string;
  readonly tier: number;
  readonly account: string;
  readonly labels: string;
}

/** Columns were filled by `saveCase`. */
export function toTraits({ language, channel, tier, account, labels }: SqlTraits): CaseTraits {
  return {
    language,
    labels: JSON.parse(labels) as string[],
    channel: channel as Channel,
    accountId: account as AccountId,
    tier: tierFromNumber(tier),
  };
}

const STAFFING_COLUMNS = `c.id, c.next_due_at, c.need, c.staffed_due, ${TRAITS}`;

function toCaseForStaffing(row: SqlCaseForStaffing): CaseForStaffing {
  return {
    id: row.id,
    ...toTraits(row),
    nextDueAt: row.next_due_at === NEVER ? null : (row.next_due_at as Instant),
    need: row.need,
    staffedDue: row.staffed_due,
  };
}

/** The cases of these keys, so far as they are unsolved. */
export function casesForStaffing(db: ReadDb, ids: readonly number[]): CaseForStaffing[] {
  return db
    .all<SqlCaseForStaffing>(
      `SELECT ${STAFFING_COLUMNS} FROM json_each(@ids) j CROSS JOIN cases c ON c.id = j.value WHERE c.status < 3 AND c.merged_into IS NULL`,
      { ids: JSON.stringify(ids) },
    )
    .map(toCaseForStaffing);
}

export function caseForStaffing(db: ReadDb, uid: CaseId): CaseForStaffing | undefined {
  const row = db.get<SqlCaseForStaffing>(`SELECT ${STAFFING_COLUMNS} FROM cases c WHERE c.uid = @uid`, { uid });
  return row === undefined ? undefined : toCaseForStaffing(row);
}

export function saveCaseStaffing(db: WriteDb, id: number, need: number, staffedDue: number | null): void {
  db.run('UPDATE cases SET need = @need, staffed_due = @staffedDue WHERE id = @id', { id, need, staffedDue });
}
