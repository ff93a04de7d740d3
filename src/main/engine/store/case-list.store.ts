import { rememberedRows } from './case-row-cache.store.ts';
import { tablesOf } from './sql.ts';
import type { ReadDb } from './sql.ts';
import { NO_FILTER } from './case-filter.store.ts';
import type { CaseFilter } from './case-filter.store.ts';
import { keptMembership } from './case-counts.store.ts';
import { countCases, fewMembers } from './case-totals.store.ts';
import { sourceOf, viewFilterSql, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { BOTS, NOT_WAITING } from './cases.store.ts';
import { tierFromNumber } from './contacts.store.ts';
import { PENDING_BASE } from './events.store.ts';
import { idsByRunway } from './runway-order.store.ts';
import type { CaseList, CaseRow } from '../../../shared/contract/cases.contract.ts';
import type { SlaBadge } from '../../../shared/contract/sla.contract.ts';
import { PRIORITIES, STATUSES } from '../../../shared/domain/case.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { Handoff } from '../../../shared/domain/handoff/handoff.ts';
import type { AgentId, CaseId, ContactId, PromiseId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { SortId, ViewId } from '../../../shared/domain/views.ts';

/** `runway` is no order of one index: `idsByRunway` joins several. */
const SORTS: { readonly [Sort in Exclude<SortId, 'runway'>]: string } = {
  due: 'lane ASC, next_due_at ASC, last_message_at DESC, id DESC',
  waiting: 'waiting_since ASC, last_message_at DESC, id DESC',
  newest: 'last_message_at DESC, id DESC',
  oldest: 'last_message_at ASC, id ASC',
  waking: 'snoozed_until = 0, snoozed_until, last_message_at DESC, id DESC',
};

const NO_REMINDERS: CaseRow['reminders'] = [];

interface SqlCaseRow {
  readonly uid: string;
  readonly subject: string;
  readonly preview: string;
  readonly channel: string;
  readonly status: number;
  readonly priority: number;
  readonly assignee: string;
  readonly assignee_name: string | null;
  readonly contact_uid: string;
  readonly contact_name: string;
  readonly contact_address: string;
  readonly tier: number;
  readonly zone: string | null;
  readonly offset_minutes: number | null;
  readonly language: string | null;
  readonly waiting_since: number;
  readonly snoozed_until: number;
  readonly follow_up_at: number;
  readonly last_message_at: number;
  readonly message_count: number;
  readonly unread: number;
  readonly queued: number;
  readonly sends_at: number | null;
  readonly failed: number;
  readonly has_attachments: number;
  readonly has_draft: number;
  readonly lane: number;
  readonly sla: string | null;
  readonly staffed_due: number | null;
  readonly need_base: number | null;
  readonly need_since: number | null;
  readonly id: number;
  readonly state: string;
  readonly handoff: string | null;
  readonly promise_uid: string | null;
  readonly promise_due: number | null;
  readonly promise_zone: string | null;
}

const ROW_COLUMNS = `c.uid, c.subject, c.preview, c.channel, c.status, c.priority, c.assignee, a.name AS assignee_name, k.uid AS contact_uid, k.name AS contact_name,
  k.address AS contact_address, c.vip AS tier, k.zone, k.offset_minutes, c.language, c.waiting_since, c.snoozed_until, c.follow_up_at, c.last_message_at, c.message_count, c.unread, c.queued,
  CASE WHEN c.queued > 0 THEN (SELECT min(o.later_at) FROM outbox o WHERE o.state = 'queued' AND o.case_id = c.id AND o.later_at IS NOT NULL) END AS sends_at,
  c.failed, c.has_attachments, EXISTS(SELECT 1 FROM drafts d WHERE d.case_uid = c.uid) AS has_draft, c.lane, c.sla, c.staffed_due,
  n.base AS need_base, n.since AS need_since, c.id, c.state,
  h.body AS handoff, p.uid AS promise_uid, p.due_at AS promise_due, p.body ->> '$.zone' AS promise_zone`;
const ROW_JOINS = `JOIN contacts k ON k.id = c.contact_id LEFT JOIN agents a ON a.uid = c.assignee LEFT JOIN coverage_needs n ON n.id = c.need
  LEFT JOIN handoffs h ON h.uid = c.open_handoff LEFT JOIN promises p ON p.uid = c.next_promise`;

/** Columns were filled by `saveCase`; the ids and closed sets in them are ours. */
function toRow(row: SqlCaseRow): CaseRow {
  const state = JSON.parse(row.state) as CaseState;
  return {
    caseId: row.uid as CaseId,
    subject: row.subject,
    preview: row.preview,
    channel: row.channel as Channel,
    status: STATUSES[row.status] ?? 'open',
    priority: PRIORITIES[row.priority] ?? 'normal',
    assigneeId: row.assignee === '' || row.assignee === BOTS ? null : (row.assignee as AgentId),
    assigneeName: row.assignee_name,
    isOwnerPending: state.epoch >= PENDING_BASE,
    contactId: row.contact_uid as ContactId,
    contactName: row.contact_name,
    contactAddress: row.contact_address,
    tier: tierFromNumber(row.tier),
    contactZone: row.zone,
    contactOffsetMinutes: row.offset_minutes,
    language: row.language,
    labels: state.labels,
    bot: state.bot === null ? null : { since: state.bot.since, playbook: state.bot.playbook },
    waitingSince: row.waiting_since === NOT_WAITING ? null : (row.waiting_since as Instant),
    asked: state.asked ?? null,
    sla: row.sla === null ? null : (JSON.parse(row.sla) as SlaBadge),
    raised: row.lane === 0 && row.tier === 0,
    runway:
      row.staffed_due === null || row.need_base === null
        ? null
        : { staffedAtDue: row.staffed_due, base: row.need_base, since: row.need_since as Instant | null },
    handoff: row.handoff === null ? null : toOpenHandoff(row.handoff),
    nextPromise:
      row.promise_uid === null || row.promise_due === null || row.promise_zone === null
        ? null
        : { promiseId: row.promise_uid as PromiseId, dueAt: row.promise_due as Instant, zone: row.promise_zone },
    snoozedUntil: row.snoozed_until === 0 ? null : (row.snoozed_until as Instant),
    snoozedFor: state.snoozedFor ?? null,
    reminders: state.reminders ?? NO_REMINDERS,
    followUpAt: row.follow_up_at === NOT_WAITING ? null : (row.follow_up_at as Instant),
    lastMessageAt: row.last_message_at as Instant,
    lastDirection: state.lastDirection,
    messageCount: row.message_count,
    unread: row.unread === 1,
    queuedReplies: row.queued,
    sendsAt: row.sends_at as Instant | null,
    failedReplies: row.failed,
    hasDraft: row.has_draft === 1,
    hasAttachments: row.has_attachments === 1,
  };
}

function toOpenHandoff(body: string): CaseRow['handoff'] {
  const { handoffId, state, fromId, to, expiresAt } = JSON.parse(body) as Handoff;
  return { handoffId, state: state === 'expired' ? 'expired' : 'offered', fromId, to, expiresAt };
}

/** Picks the first ids of a view; the open part has an index of its own, only the views that reach into the past need the other one. */
export function idsSql(view: ViewId, sort: Exclude<SortId, 'runway'>, filter: CaseFilter = NO_FILTER): string {
  return `SELECT c.id FROM ${sourceOf(view)} WHERE c.merged_into IS NULL AND ${viewFilterSql(view)} AND ${filter.sql} ORDER BY ${orderOf(sort)} LIMIT @limit`;
}

function orderOf(sort: Exclude<SortId, 'runway'>): string {
  return SORTS[sort].replaceAll(/\b(waiting_since|snoozed_until|last_message_at|lane|next_due_at|id)\b/g, 'c.$1');
}

/** What is listed: the cases of a view for which the filter holds. */
interface Listing {
  readonly view: ViewId;
  readonly sort: SortId;
  readonly limit: number;
  readonly filter?: CaseFilter;
}

/** The first `limit` rows of a view. Ids are picked on the narrow index first, wide rows are joined after. */
export function listCases(db: ReadDb, { view, sort, limit, filter = NO_FILTER }: Listing, viewer: Viewer): CaseList {
  const rows = rowsOf(db, { view, sort, limit, filter }, viewer);
  const total = rows.length < limit ? rows.length : countCases(db, view, viewer, filter);
  return { rows, total };
}

function rowsOf(db: ReadDb, listing: Required<Listing>, viewer: Viewer): readonly CaseRow[] {
  const { view, sort, limit, filter } = listing;
  if (sort !== 'runway') return sortedRows(db, { ...listing, sort }, viewer);
  if (view === 'solved') return sortedRows(db, { ...listing, sort: 'newest' }, viewer);
  const ids = idsByRunway(db, view, limit, viewer, filter);
  const open =
    ids === null ? sortedRows(db, { ...listing, view: view === 'all' ? 'open' : view, sort: 'due' }, viewer) : rowsOfIds(db, ids);
  if (view !== 'all' || filter.isOpen || open.length === limit) return open;
  return [...open, ...sortedRows(db, { ...listing, view: 'solved', sort: 'newest', limit: limit - open.length }, viewer)];
}

interface SortedListing {
  readonly view: ViewId | 'open';
  readonly sort: Exclude<SortId, 'runway'>;
  readonly limit: number;
  readonly filter: CaseFilter;
}

function sortedRows(db: ReadDb, { view, sort, limit, filter }: SortedListing, viewer: Viewer): readonly CaseRow[] {
  const members = view === 'open' ? null : fewMembers(db, view, filter, viewer);
  const walked = view === 'open' || members !== null ? null : walkedIds(db, { view, sort, limit, filter }, viewer);
  if (walked !== null) return rowsOfIds(db, walked);
  const sql = view === 'open' ? openIdsSql(filter) : members === null ? idsSql(view, sort, filter) : membersSql(sort);
  const given = members === null ? { ...viewParameters(viewer), ...filter.parameters } : { members: JSON.stringify(members) };
  const ids = db.all<{ id: number }>(sql, { limit, ...given });
  return rowsOfIds(
    db,
    ids.map(({ id }) => id),
  );
}

/** The first of few cases that are known by their keys. */
function membersSql(sort: Exclude<SortId, 'runway'>): string {
  return `SELECT c.id FROM json_each(@members) j CROSS JOIN cases c ON c.id = j.value ORDER BY ${orderOf(sort)} LIMIT @limit`;
}

/** How many keys are walked through at first; four times as many, as long as there are too few. */
const FIRST_WALK = 2_000;

/**
 * The first cases that a filter lets through which reads texts, contacts or labels: it is remembered which those are, so the keys alone are
 * walked through in their order. Null for any other filter, and where nothing is remembered.
 */
function walkedIds(
  db: ReadDb,
  { view, sort, limit, filter }: Listing & Required<Pick<Listing, 'filter'>>,
  viewer: Viewer,
): readonly number[] | null {
  if (sort === 'runway' || (filter.sql === filter.point && !filter.sql.includes('fold('))) return null;
  const isMember = keptMembership(db, filter);
  if (isMember === null) return null;
  const sql = `${idsSql(view, sort)} OFFSET @offset`;
  const found: number[] = [];
  for (let offset = 0, walk = FIRST_WALK; found.length < limit; offset += walk, walk *= 4) {
    const rows = db.all<{ id: number }>(sql, { ...viewParameters(viewer), limit: walk, offset });
    for (const { id } of rows) if (isMember(id)) found.push(id);
    if (rows.length < walk) break;
  }
  return found.slice(0, limit);
}

/** All unsolved cases: what the view of all of them shows first. */
function openIdsSql(filter: CaseFilter): string {
  return `SELECT c.id FROM cases c WHERE c.merged_into IS NULL AND c.status < 3 AND ${filter.sql} ORDER BY ${orderOf('due')} LIMIT @limit`;
}

const ROWS_BY_ID = `SELECT ${ROW_COLUMNS} FROM json_each(@ids) j CROSS JOIN cases c ON c.id = j.value ${ROW_JOINS}`;

/** What a row is made of. Changes of all of these are noted, or no row is remembered. */
export function tablesOfRows(db: ReadDb): readonly string[] {
  return tablesOf(db, ROWS_BY_ID, { ids: '[]' });
}

/** The rows of these local keys, in their order. */
function rowsOfIds(db: ReadDb, ids: readonly number[]): readonly CaseRow[] {
  const found = rememberedRows(db, ids, tablesOfRows(db), (missing) => {
    const rows = db.all<SqlCaseRow>(ROWS_BY_ID, { ids: JSON.stringify(missing) });
    return new Map(rows.map((row) => [row.id, toRow(row)]));
  });
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** The rows of these cases, in the order asked for; unknown and merged ones are left out. */
export function rowsOfCases(db: ReadDb, uids: readonly CaseId[]): CaseRow[] {
  const found = rowsByCase(db, uids);
  return uids.flatMap((uid) => found.get(uid) ?? []);
}

/** The rows of many cases at once, by id; those that are not there, or were merged away, are left out. */
export function rowsByCase(db: ReadDb, uids: readonly CaseId[]): ReadonlyMap<CaseId, CaseRow> {
  const ids = db.all<{ id: number }>(
    'SELECT c.id FROM json_each(@uids) j CROSS JOIN cases c ON c.uid = j.value WHERE c.merged_into IS NULL',
    { uids: JSON.stringify(uids) },
  );
  const rows = rowsOfIds(
    db,
    ids.map(({ id }) => id),
  );
  return new Map(rows.map((row) => [row.caseId, row]));
}

/** Other cases of a contact, newest first. */
export function otherCases(
  db: ReadDb,
  contactId: number,
  except: CaseId,
): { readonly caseId: CaseId; readonly subject: string; readonly status: CaseRow['status']; readonly lastMessageAt: Instant }[] {
  return db
    .all<{ uid: string; subject: string; status: number; last_message_at: number }>(
      'SELECT uid, subject, status, last_message_at FROM cases WHERE contact_id = @contactId AND uid <> @except AND merged_into IS NULL ORDER BY last_message_at DESC LIMIT 10',
      { contactId, except },
    )
    .map((row) => ({
      caseId: row.uid as CaseId,
      subject: row.subject,
      status: STATUSES[row.status] ?? 'open',
      lastMessageAt: row.last_message_at as Instant,
    }));
}

export function countCasesOfContact(db: ReadDb, contactId: number): number {
  return (
    db.get<{ count: number }>('SELECT count(*) AS count FROM cases WHERE contact_id = @contactId AND merged_into IS NULL', { contactId })
      ?.count ?? 0
  );
}
