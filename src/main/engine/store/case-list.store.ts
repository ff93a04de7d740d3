import type { ReadDb } from './sql.ts';
import type { SqlParameters } from './sql.ts';
import { NOT_WAITING } from './cases.store.ts';
import { tierFromNumber } from './contacts.store.ts';
import type { CaseList, CaseRow, ViewCounts } from '../../../shared/contract/cases.contract.ts';
import type { SlaBadge } from '../../../shared/contract/sla.contract.ts';
import { PRIORITIES, STATUSES } from '../../../shared/domain/case.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { AgentId, CaseId, ContactId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { DUE_SOON_MS } from '../../../shared/domain/views.ts';
import type { SortId, ViewId } from '../../../shared/domain/views.ts';

/** Statuses as numbers, in the order of STATUSES: 0 open, 1 pending, 2 hold, 3 solved. */
const VIEW_FILTERS: { readonly [View in ViewId]: string } = {
  mine: "assignee = @me AND @me <> '' AND status < 3 AND snoozed_until = 0",
  unassigned: "assignee = '' AND status < 3 AND snoozed_until = 0",
  vip: 'vip > 0 AND status < 3 AND snoozed_until = 0',
  'due-soon': 'status < 3 AND next_due_at > @now AND next_due_at <= @soon AND snoozed_until = 0',
  overdue: 'status < 3 AND next_due_at <= @now',
  'waiting-us': `status = 0 AND waiting_since < ${NOT_WAITING} AND snoozed_until = 0`,
  'waiting-customer': `(status = 1 OR (status = 0 AND waiting_since = ${NOT_WAITING})) AND snoozed_until = 0`,
  snoozed: 'snoozed_until > 0 AND status < 3',
  solved: 'status = 3',
  all: '1 = 1',
};

const SORTS: { readonly [Sort in SortId]: string } = {
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
  readonly state: string;
}

const ROW_SELECT = `SELECT c.uid, c.subject, c.preview, c.channel, c.status, c.priority, c.assignee, a.name AS assignee_name, k.uid AS contact_uid, k.name AS contact_name,
  k.address AS contact_address, c.vip AS tier, k.zone, k.offset_minutes, c.language, c.waiting_since, c.snoozed_until, c.last_message_at, c.message_count, c.unread, c.queued,
  c.failed, c.has_attachments, EXISTS(SELECT 1 FROM drafts d WHERE d.case_uid = c.uid) AS has_draft, c.lane, c.sla, c.state
  FROM cases c JOIN contacts k ON k.id = c.contact_id LEFT JOIN agents a ON a.uid = c.assignee`;

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
    assigneeId: row.assignee === '' ? null : (row.assignee as AgentId),
    assigneeName: row.assignee_name,
    contactId: row.contact_uid as ContactId,
    contactName: row.contact_name,
    contactAddress: row.contact_address,
    tier: tierFromNumber(row.tier),
    contactZone: row.zone,
    contactOffsetMinutes: row.offset_minutes,
    language: row.language,
    labels: state.labels,
    waitingSince: row.waiting_since === NOT_WAITING ? null : (row.waiting_since as Instant),
    sla: row.sla === null ? null : (JSON.parse(row.sla) as SlaBadge),
    raised: row.lane === 0 && row.tier === 0,
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

/** The open part has an index of its own; only the views that reach into the past need the other one. */
function listSql(view: ViewId, sort: SortId): string {
  return `${ROW_SELECT} WHERE c.id IN (SELECT id FROM cases WHERE merged_into IS NULL AND ${VIEW_FILTERS[view]} ORDER BY ${SORTS[sort]} LIMIT @limit)
    ORDER BY ${SORTS[sort].replaceAll(/\b(waiting_since|last_message_at|lane|next_due_at|id)\b/g, 'c.$1')}`;
}

/** Who asks, and when: some views look at the clock. */
export interface Viewer {
  readonly me: AgentId | null;
  readonly now: Instant;
}

function viewParameters({ me, now }: Viewer): SqlParameters {
  return { me: me ?? '', now, soon: after(now, DUE_SOON_MS) };
}

/** The first `limit` rows of a view. Ids are picked on the narrow index first, wide rows are joined after. */
export function listCases(
  db: ReadDb,
  input: { readonly view: ViewId; readonly sort: SortId; readonly limit: number },
  viewer: Viewer,
): CaseList {
  const rows = db.all<SqlCaseRow>(listSql(input.view, input.sort), { limit: input.limit, ...viewParameters(viewer) }).map(toRow);
  const total = rows.length < input.limit ? rows.length : countCases(db, input.view, viewer);
  return { rows, total };
}

function countCases(db: ReadDb, view: ViewId, viewer: Viewer): number {
  return (
    db.get<{ count: number }>(
      `SELECT count(*) AS count FROM cases WHERE merged_into IS NULL AND ${VIEW_FILTERS[view]}`,
      viewParameters(viewer),
    )?.count ?? 0
  );
}

/** Views of unsolved cases, counted together; the rest is counted apart. */
const OPEN_VIEWS = ['mine', 'unassigned', 'vip', 'due-soon', 'overdue', 'waiting-us', 'waiting-customer', 'snoozed'] as const;

/** All view counts in one pass over one index. */
export function countViews(db: ReadDb, viewer: Viewer): ViewCounts {
  const columns = OPEN_VIEWS.map((view) => `count(*) FILTER (WHERE ${VIEW_FILTERS[view]}) AS "${view}"`).join(', ');
  const open = db.get<Record<(typeof OPEN_VIEWS)[number] | 'unread' | 'total', number>>(
    `SELECT ${columns}, count(*) FILTER (WHERE unread = 1 AND snoozed_until = 0) AS unread, count(*) AS total
     FROM cases INDEXED BY cases_due WHERE status < 3 AND merged_into IS NULL`,
    viewParameters(viewer),
  );
  if (open === undefined) throw new Error('an aggregate always has a row');
  const solved = db.get<{ count: number }>('SELECT count(*) AS count FROM cases WHERE merged_into IS NULL AND status = 3')?.count ?? 0;
  const { total, ...counts } = open;
  return { ...counts, solved, all: total + solved };
}

/** The rows of these cases, in the order asked for; unknown and merged ones are left out. */
export function rowsOfCases(db: ReadDb, uids: readonly CaseId[]): CaseRow[] {
  return uids.flatMap((uid) => {
    const row = db.get<SqlCaseRow>(`${ROW_SELECT} WHERE c.uid = @uid AND c.merged_into IS NULL`, { uid });
    return row === undefined ? [] : [toRow(row)];
  });
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
