import type { ReadDb } from './sql.ts';
import { NO_FILTER } from './case-filter.store.ts';
import type { CaseFilter } from './case-filter.store.ts';
import { VIEW_FILTERS, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { BOTS, NOT_WAITING } from './cases.store.ts';
import { tierFromNumber } from './contacts.store.ts';
import { PENDING_BASE } from './events.store.ts';
import { idsByRunway } from './runway-order.store.ts';
import type { CaseList, CaseRow, ViewCounts } from '../../../shared/contract/cases.contract.ts';
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
};

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
  readonly last_message_at: number;
  readonly message_count: number;
  readonly unread: number;
  readonly queued: number;
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
  k.address AS contact_address, c.vip AS tier, k.zone, k.offset_minutes, c.language, c.waiting_since, c.snoozed_until, c.last_message_at, c.message_count, c.unread, c.queued,
  c.failed, c.has_attachments, EXISTS(SELECT 1 FROM drafts d WHERE d.case_uid = c.uid) AS has_draft, c.lane, c.sla, c.staffed_due,
  n.base AS need_base, n.since AS need_since, c.id, c.state,
  h.body AS handoff, p.uid AS promise_uid, p.due_at AS promise_due, p.body ->> '$.zone' AS promise_zone`;
const ROW_JOINS = `JOIN contacts k ON k.id = c.contact_id LEFT JOIN agents a ON a.uid = c.assignee LEFT JOIN coverage_needs n ON n.id = c.need
  LEFT JOIN handoffs h ON h.uid = c.open_handoff LEFT JOIN promises p ON p.uid = c.next_promise`;
const ROW_SELECT = `SELECT ${ROW_COLUMNS} FROM cases c ${ROW_JOINS}`;

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
    lastMessageAt: row.last_message_at as Instant,
    lastDirection: state.lastDirection,
    messageCount: row.message_count,
    unread: row.unread === 1,
    queuedReplies: row.queued,
    failedReplies: row.failed,
    hasDraft: row.has_draft === 1,
    hasAttachments: row.has_attachments === 1,
  };
}

function toOpenHandoff(body: string): CaseRow['handoff'] {
  const { handoffId, state, fromId, to, expiresAt } = JSON.parse(body) as Handoff;
  return { handoffId, state: state === 'expired' ? 'expired' : 'offered', fromId, to, expiresAt };
}

/** Where the cases of a view are looked for. What breaches before anyone starts is a range of due times in each need. */
function sourceOf(view: ViewId): string {
  return view === 'unstaffed'
    ? 'coverage_needs w CROSS JOIN cases c INDEXED BY cases_runway ON c.need = w.id AND c.lane IN (0, 1)'
    : 'cases c';
}

/** Where they are counted: unsolved ones in the index that has nearly everything that is asked of them, and not among all others. */
function countedOf(view: ViewId, filter: CaseFilter): string {
  return filter.isOpen && view !== 'unstaffed' ? 'cases c INDEXED BY cases_due' : sourceOf(view);
}

function filterOf(view: ViewId): string {
  return VIEW_FILTERS[view].replaceAll('@opens', 'w.opens_at');
}

/** Picks the first ids of a view; the open part has an index of its own, only the views that reach into the past need the other one. */
export function idsSql(view: ViewId, sort: Exclude<SortId, 'runway'>, filter: CaseFilter = NO_FILTER): string {
  return `SELECT c.id FROM ${sourceOf(view)} WHERE c.merged_into IS NULL AND ${filterOf(view)} AND ${filter.sql} ORDER BY ${orderOf(sort)} LIMIT @limit`;
}

function orderOf(sort: Exclude<SortId, 'runway'>): string {
  return SORTS[sort].replaceAll(/\b(waiting_since|last_message_at|lane|next_due_at|id)\b/g, 'c.$1');
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
  const ids = view === 'open' ? openIdsSql(filter) : idsSql(view, sort, filter);
  return db
    .all<SqlCaseRow>(`${ROW_SELECT} WHERE c.id IN (${ids}) ORDER BY ${orderOf(sort)}`, {
      limit,
      ...viewParameters(viewer),
      ...filter.parameters,
    })
    .map(toRow);
}

/** All unsolved cases: what the view of all of them shows first. */
function openIdsSql(filter: CaseFilter): string {
  return `SELECT c.id FROM cases c WHERE c.merged_into IS NULL AND c.status < 3 AND ${filter.sql} ORDER BY ${orderOf('due')} LIMIT @limit`;
}

/** The rows of these local keys, in their order. */
function rowsOfIds(db: ReadDb, ids: readonly number[]): readonly CaseRow[] {
  const found = new Map(
    db
      .all<SqlCaseRow>(`SELECT ${ROW_COLUMNS} FROM json_each(@ids) j CROSS JOIN cases c ON c.id = j.value ${ROW_JOINS}`, {
        ids: JSON.stringify(ids),
      })
      .map((row) => [row.id, row]),
  );
  return ids.flatMap((id) => found.get(id) ?? []).map(toRow);
}

function countCases(db: ReadDb, view: ViewId, viewer: Viewer, filter: CaseFilter = NO_FILTER): number {
  if (filter === NO_FILTER && view === 'all') return countAll(db);
  if (filter === NO_FILTER && view === 'solved') return countAll(db) - countOpen(db);
  return (
    db.get<{ count: number }>(
      `SELECT count(*) AS count FROM ${countedOf(view, filter)} WHERE c.merged_into IS NULL AND ${filterOf(view)} AND ${filter.sql}`,
      { ...viewParameters(viewer), ...filter.parameters },
    )?.count ?? 0
  );
}

/** Without a condition SQLite counts the cells of an index's pages, and not its entries one by one: the past costs next to nothing. */
function countAll(db: ReadDb): number {
  const row = db.get<{ all: number; merged: number }>(
    'SELECT (SELECT count(*) FROM cases) AS "all", (SELECT count(*) FROM cases WHERE merged_into IS NOT NULL) AS merged',
  );
  return (row?.all ?? 0) - (row?.merged ?? 0);
}

function countOpen(db: ReadDb): number {
  return (
    db.get<{ count: number }>('SELECT count(*) AS count FROM cases INDEXED BY cases_waiting WHERE status < 3 AND merged_into IS NULL')
      ?.count ?? 0
  );
}

/** Views of unsolved cases, counted together; the rest is counted apart. */
const OPEN_VIEWS = ['mine', 'unassigned', 'vip', 'due-soon', 'overdue', 'waiting-us', 'waiting-customer', 'snoozed'] as const;

/** All view counts in one pass over one index. */
export function countViews(db: ReadDb, viewer: Viewer): ViewCounts {
  const columns = OPEN_VIEWS.map((view) => `count(*) FILTER (WHERE ${VIEW_FILTERS[view]}) AS "${view}"`).join(', ');
  const open = db.get<Record<(typeof OPEN_VIEWS)[number] | 'unread' | 'total', number>>(
    `SELECT ${columns}, count(*) FILTER (WHERE unread = 1 AND snoozed_until = 0 AND assignee <> '${BOTS}') AS unread, count(*) AS total
     FROM cases INDEXED BY cases_due WHERE status < 3 AND merged_into IS NULL`,
    viewParameters(viewer),
  );
  if (open === undefined) throw new Error('an aggregate always has a row');
  const all = countAll(db);
  const { total, ...counts } = open;
  return { ...counts, unstaffed: countCases(db, 'unstaffed', viewer), solved: all - total, all };
}

/**
 * How many cases each filter lets through, in their order. The filters of unsolved cases are counted in one pass over one index; they must
 * have been compiled with different prefixes.
 */
export function countFilters(db: ReadDb, filters: readonly CaseFilter[]): number[] {
  const open = filters.flatMap((filter, index) => (filter.isOpen ? [{ filter, index }] : []));
  const counts = new Map<number, number>();
  if (open.length > 0) {
    const columns = open.map(({ filter, index }) => `count(*) FILTER (WHERE ${filter.sql}) AS n${index}`).join(', ');
    const row = db.get<Record<string, number>>(
      `SELECT ${columns} FROM cases c INDEXED BY cases_due WHERE c.status < 3 AND c.merged_into IS NULL`,
      Object.fromEntries(open.flatMap(({ filter }) => Object.entries(filter.parameters))),
    );
    for (const { index } of open) counts.set(index, row?.[`n${index}`] ?? 0);
  }
  return filters.map(
    (filter, index) =>
      counts.get(index) ??
      db.get<{ count: number }>(`SELECT count(*) AS count FROM cases c WHERE c.merged_into IS NULL AND ${filter.sql}`, filter.parameters)
        ?.count ??
      0,
  );
}

/** The rows of these cases, in the order asked for; unknown and merged ones are left out. */
export function rowsOfCases(db: ReadDb, uids: readonly CaseId[]): CaseRow[] {
  return uids.flatMap((uid) => {
    const row = db.get<SqlCaseRow>(`${ROW_SELECT} WHERE c.uid = @uid AND c.merged_into IS NULL`, { uid });
    return row === undefined ? [] : [toRow(row)];
  });
}

/** The rows of many cases at once, by id; those that are not there, or were merged away, are left out. */
export function rowsByCase(db: ReadDb, uids: readonly CaseId[]): ReadonlyMap<CaseId, CaseRow> {
  const rows = db.all<SqlCaseRow>(`${ROW_SELECT} WHERE c.uid IN (SELECT value FROM json_each(@uids)) AND c.merged_into IS NULL`, {
    uids: JSON.stringify(uids),
  });
  return new Map(rows.map((row) => [row.uid as CaseId, toRow(row)]));
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

export function listLabels(db: ReadDb): { readonly label: string; readonly count: number }[] {
  return db.all('SELECT label, count(*) AS count FROM case_labels GROUP BY label ORDER BY count(*) DESC, label');
}
