import { EPOCH_2020_MS, MESSAGES_PER_DAY } from './messages.store.ts';
import { keptMembers } from './case-counts.store.ts';
import { NO_FILTER } from './case-filter.store.ts';
import type { CaseFilter } from './case-filter.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const NOTE = 2;

/** The day that a message key belongs to, counted from 2020-01-01 UTC. */
export function dayOfMessageKey(id: number): number {
  return Math.floor(id / MESSAGES_PER_DAY);
}

/** The middle of that day in UTC, which is the same day in nearly every zone. */
export function middleOfKeyDay(day: number): Instant {
  return (EPOCH_2020_MS + (day + 0.5) * DAY_MS) as Instant;
}

/** The keys of a day: [from, until). */
export function keysOfDay(day: number): { readonly from: number; readonly until: number } {
  return { from: day * MESSAGES_PER_DAY, until: (day + 1) * MESSAGES_PER_DAY };
}

/**
 * The newest message of each day that has any, newest day first, of days before the key `before`, at most `limit` days. One
 * seek a day: cheap enough to ask after every burst of commits.
 */
export function newestOfDays(db: ReadDb, before: number, limit: number): { readonly id: number; readonly uid: string }[] {
  return db.all<{ id: number; uid: string }>(
    `WITH RECURSIVE newest(id) AS (
       SELECT max(id) FROM messages WHERE id < @before
       UNION ALL
       SELECT (SELECT max(id) FROM messages WHERE id < newest.id / ${MESSAGES_PER_DAY} * ${MESSAGES_PER_DAY}) FROM newest WHERE newest.id IS NOT NULL
       LIMIT @limit)
     SELECT m.id, m.uid FROM newest CROSS JOIN messages m ON m.id = newest.id`,
    { before, limit },
  );
}

/** The message with this key, to see whether it is still the same. */
export function messageUidAt(db: ReadDb, id: number): string | null {
  return db.get<{ uid: string }>('SELECT uid FROM messages WHERE id = @id', { id })?.uid ?? null;
}

/** The parts of a message in which search looks. */
export interface SearchSource {
  readonly id: number;
  readonly uid: string;
  readonly subject: string;
  /** Names and addresses of everybody on it, one a line. */
  readonly people: string;
  readonly text: string;
  /** Names of its files, one a line. */
  readonly files: string;
}

interface SqlSource {
  readonly id: number;
  readonly uid: string;
  readonly subject: string;
  readonly from_name: string;
  readonly from_address: string;
  readonly recipients: string;
  readonly text: string;
  readonly files: string | null;
}

const SOURCE_COLUMNS = `m.id, m.uid, m.subject, m.from_name, m.from_address, m.recipients, m.text,
  (SELECT group_concat(a.name, char(10)) FROM attachments a WHERE a.message_id = m.id) AS files`;
/** A mail to a thousand people is found by the first of them. */
const MAX_PEOPLE = 100;

function toSource(row: SqlSource): SearchSource {
  // Written by `insertMessage` alone; a note has empty lists.
  const recipients = JSON.parse(row.recipients) as Record<'to' | 'cc', readonly { readonly address: string; readonly name: string }[]>;
  const people = [{ name: row.from_name, address: row.from_address }, ...recipients.to, ...recipients.cc].slice(0, MAX_PEOPLE);
  return {
    id: row.id,
    uid: row.uid,
    subject: row.subject,
    people: people.map((person) => `${person.name} ${person.address}`.trim()).join('\n'),
    text: row.text,
    files: row.files ?? '',
  };
}

/** The next messages of a day above the key `above`, ascending. */
export function sourcesOfDay(db: ReadDb, day: number, above: number, limit: number): SearchSource[] {
  return db
    .all<SqlSource>(`SELECT ${SOURCE_COLUMNS} FROM messages m WHERE m.id > @above AND m.id < @until ORDER BY m.id LIMIT @limit`, {
      above,
      until: keysOfDay(day).until,
      limit,
    })
    .map(toSource);
}

/** Messages that say something else than when they were indexed, newest key first, at most `limit`. */
export function changedSources(db: ReadDb, limit: number): SearchSource[] {
  return db
    .all<SqlSource>(
      `SELECT ${SOURCE_COLUMNS} FROM changed_texts t CROSS JOIN messages m ON m.id = t.message_id ORDER BY t.message_id DESC LIMIT @limit`,
      { limit },
    )
    .map(toSource);
}

/** They are in the index as they are now. */
export function forgetChanged(db: WriteDb, ids: readonly number[]): void {
  db.run('DELETE FROM changed_texts WHERE message_id IN (SELECT value FROM json_each(@ids))', { ids: JSON.stringify(ids) });
}

/** A message that the index proposed, with its case. */
export interface Candidate extends SearchSource {
  readonly caseUid: CaseId;
  readonly sentAt: Instant;
  readonly isNote: boolean;
}

/** These messages, newest key first, without the ones that are gone or were taken back before they left. */
export function candidateSources(db: ReadDb, ids: readonly number[]): Candidate[] {
  return db
    .all<SqlSource & { readonly case_uid: string; readonly sent_at: number; readonly kind: number }>(
      `SELECT ${SOURCE_COLUMNS}, m.sent_at, m.kind, coalesce(c.merged_into, c.uid) AS case_uid
       FROM messages m JOIN cases c ON c.id = m.case_id
       WHERE m.id IN (SELECT value FROM json_each(@ids))
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state = 'cancelled')
       ORDER BY m.id DESC`,
      { ids: JSON.stringify(ids) },
    )
    .map((row) => ({ ...toSource(row), caseUid: row.case_uid as CaseId, sentAt: row.sent_at as Instant, isNote: row.kind === NOTE }));
}

/** Which of these messages belong to cases that the filter lets through; those of merged cases count for the case they are in now. */
export function messagesOfFilter(db: ReadDb, ids: readonly number[], filter: CaseFilter): ReadonlySet<number> {
  return new Set(
    db
      .all<{ id: number }>(
        `SELECT m.id FROM json_each(@ids) j CROSS JOIN messages m ON m.id = j.value CROSS JOIN cases o ON o.id = m.case_id
         CROSS JOIN cases c ON c.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE (SELECT t.id FROM cases t WHERE t.uid = o.merged_into) END
         WHERE ${filter.point}`,
        { ids: JSON.stringify(ids), ...filter.parameters },
      )
      .map(({ id }) => id),
  );
}

/** The messages of a filter's cases; null when it lets more than `most` cases through, so that looking them all up would take longer than it saves. */
export function messagesOfFewCases(db: ReadDb, filter: CaseFilter, most: number): ReadonlySet<number> | null {
  const cases = keptMembers(db, filter, most) ?? fewCases(db, filter, most);
  if (cases === null) return null;
  // one text with all keys instead of a row for each: there may be tens of thousands
  const row = db.get<{ ids: string }>(
    `SELECT json_group_array(id) AS ids FROM (
       SELECT m.id FROM json_each(@cases) j CROSS JOIN messages m ON m.case_id = j.value
       UNION ALL
       SELECT m.id FROM cases o INDEXED BY cases_merged CROSS JOIN cases c ON c.uid = o.merged_into CROSS JOIN messages m ON m.case_id = o.id
       WHERE o.merged_into IS NOT NULL AND c.id IN (SELECT value FROM json_each(@cases)))`,
    { cases: JSON.stringify(cases) },
  );
  return new Set(JSON.parse(row?.ids ?? '[]') as readonly number[]);
}

function fewCases(db: ReadDb, filter: CaseFilter, most: number): readonly number[] | null {
  const source = filter.isOpen ? 'cases c INDEXED BY cases_due' : 'cases c';
  const rows = db.all<{ id: number }>(
    `SELECT c.id FROM ${source} WHERE c.merged_into IS NULL ${filter.isOpen ? 'AND c.status < 3' : ''} AND ${filter.sql} LIMIT ${most + 1}`,
    filter.parameters,
  );
  return rows.length > most ? null : rows.map(({ id }) => id);
}

/** Cases of contacts whose address or name begins with `prefix` (ASCII case ignored), newest first: at most `limit`. */
export function casesOfContacts(
  db: ReadDb,
  prefix: string,
  limit: number,
  filter: CaseFilter = NO_FILTER,
): { readonly caseUid: CaseId; readonly name: string; readonly address: string; readonly lastMessageAt: Instant }[] {
  return db
    .all<{ uid: string; name: string; address: string; last_message_at: number }>(
      `SELECT c.uid, k.name, k.address, c.last_message_at
       FROM (SELECT id FROM (SELECT id FROM contacts WHERE address >= @lower AND address < @lowerEnd LIMIT @limit)
             UNION SELECT id FROM (SELECT id FROM contacts WHERE name COLLATE NOCASE >= @prefix AND name COLLATE NOCASE < @prefixEnd LIMIT @limit)) found
       CROSS JOIN contacts k ON k.id = found.id
       CROSS JOIN cases c INDEXED BY cases_contact ON c.contact_id = found.id
       WHERE c.merged_into IS NULL AND ${filter.point}
       ORDER BY c.last_message_at DESC LIMIT @limit`,
      {
        ...filter.parameters,
        prefix,
        prefixEnd: `${prefix}\u{10ffff}`,
        lower: prefix.toLowerCase(),
        lowerEnd: `${prefix.toLowerCase()}\u{10ffff}`,
        limit,
      },
    )
    .map((row) => ({ caseUid: row.uid as CaseId, name: row.name, address: row.address, lastMessageAt: row.last_message_at as Instant }));
}

/** More cases of some labels are not sorted: the newest of all cases are asked for them instead. */
const FEW_LABELLED = 2_000;

/** The cases with one of these labels, newest first: at most `limit`. */
export function casesOfLabels(
  db: ReadDb,
  labels: readonly string[],
  limit: number,
  filter: CaseFilter = NO_FILTER,
): { readonly caseUid: CaseId; readonly label: string; readonly lastMessageAt: Instant }[] {
  const wanted = JSON.stringify(labels);
  const counted = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM case_labels WHERE label IN (SELECT value FROM json_each(@wanted)) LIMIT ${FEW_LABELLED + 1})`,
    { wanted },
  );
  const label = '(SELECT min(l.label) FROM case_labels l WHERE l.case_id = c.id AND l.label IN (SELECT value FROM json_each(@wanted)))';
  const from =
    (counted?.count ?? 0) > FEW_LABELLED
      ? `cases c INDEXED BY cases_newest WHERE ${label} IS NOT NULL`
      : 'cases c WHERE c.id IN (SELECT case_id FROM case_labels WHERE label IN (SELECT value FROM json_each(@wanted)))';
  return db
    .all<{ uid: string; label: string; last_message_at: number }>(
      `SELECT c.uid, ${label} AS label, c.last_message_at FROM ${from} AND c.merged_into IS NULL AND ${filter.sql}
       ORDER BY c.last_message_at DESC LIMIT @limit`,
      { ...filter.parameters, wanted, limit },
    )
    .map((row) => ({ caseUid: row.uid as CaseId, label: row.label, lastMessageAt: row.last_message_at as Instant }));
}
