import { VIEW_FILTERS, viewParameters } from './case-views.store.ts';
import type { Viewer } from './case-views.store.ts';
import { toTraits, TRAITS } from './runway.store.ts';
import type { SqlTraits } from './runway.store.ts';
import type { ReadDb } from './sql.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import type { CustomerPromise, PromiseState } from '../../../shared/domain/promise/promise.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { CaseTraits } from '../../../shared/domain/routing/rules.ts';
import type { ViewId } from '../../../shared/domain/views.ts';

/** Promises across cases, for lists, counts and the watcher. Rows are those of `savePromises`. */

/** A promise with what is asked of its case for showing it, and for knowing who could keep it. */
export interface ListedPromise extends CaseTraits {
  /** Local key; a promise that was written down later has a greater one. */
  readonly id: number;
  readonly promise: CustomerPromise;
  readonly caseId: number;
  readonly caseUid: CaseId;
  readonly subject: string;
  readonly contactName: string;
}

interface SqlListed extends SqlTraits {
  readonly id: number;
  readonly body: string;
  readonly case_id: number;
  readonly case_uid: string;
  readonly subject: string;
  readonly name: string;
  readonly address: string;
}

const COLUMNS = `p.id, p.body, c.id AS case_id, c.uid AS case_uid, c.subject, k.name, k.address, ${TRAITS}`;
const CASE_JOINS = 'JOIN cases c ON c.id = p.case_id JOIN contacts k ON k.id = c.contact_id';

/** Our own writers filled these columns. */
function toListed(row: SqlListed): ListedPromise {
  return {
    id: row.id,
    promise: JSON.parse(row.body) as CustomerPromise,
    caseId: row.case_id,
    caseUid: row.case_uid as CaseId,
    subject: row.subject,
    contactName: row.name === '' ? row.address : row.name,
    ...toTraits(row),
  };
}

export interface PromiseFilter {
  /** Null: everybody's. */
  readonly owner: AgentId | null;
  readonly states: readonly PromiseState[];
  /** Due in `[from, to)`. */
  readonly from: Instant;
  readonly to: Instant;
}

/** What is open has an index of its own, which the few that are owed now are read from; of the others there are ever more. */
function filterOf({ states }: PromiseFilter): string {
  const isOpenOnly = states.every((each) => each === 'open');
  return `p.due_at >= @from AND p.due_at < @to AND ${isOpenOnly ? "p.state = 'open' AND" : ''} p.state IN (SELECT value FROM json_each(@states))
    AND (@owner = '' OR p.owner = @owner)`;
}

function filterParameters({ owner, states, from, to }: PromiseFilter) {
  return { owner: owner ?? '', states: JSON.stringify(states), from, to };
}

/** Those that are open by due time, then the others by when they were settled, the newest first. */
export function listPromises(db: ReadDb, filter: PromiseFilter, limit: number): ListedPromise[] {
  return db
    .all<SqlListed>(
      `SELECT ${COLUMNS} FROM promises p ${CASE_JOINS} WHERE ${filterOf(filter)}
       ORDER BY p.state <> 'open', CASE WHEN p.state = 'open' THEN p.due_at ELSE -(p.body ->> '$.settlement.at') END, p.uid LIMIT @limit`,
      { ...filterParameters(filter), limit },
    )
    .map(toListed);
}

export function countPromises(db: ReadDb, filter: PromiseFilter): number {
  return (
    db.get<{ count: number }>(`SELECT count(*) AS count FROM promises p WHERE ${filterOf(filter)}`, filterParameters(filter))?.count ?? 0
  );
}

/** The open promises of unsolved cases; with a key, those that were written down after the one that has it. */
export function promisesToKeep(db: ReadDb, aboveId = 0): ListedPromise[] {
  return db
    .all<SqlListed>(
      `SELECT ${COLUMNS} FROM promises p ${CASE_JOINS}
       WHERE p.id > @aboveId AND p.state = 'open' AND c.status < 3 AND c.merged_into IS NULL ORDER BY p.due_at, p.uid`,
      { aboveId },
    )
    .map(toListed);
}

/** The open promises of a view's unsolved cases that fall due in `[from, to)`, by due time. */
export function duePromises(
  db: ReadDb,
  view: ViewId,
  stretch: { readonly from: Instant; readonly to: Instant },
  viewer: Viewer,
): ListedPromise[] {
  return db
    .all<SqlListed>(
      `SELECT ${COLUMNS} FROM promises p ${CASE_JOINS} LEFT JOIN coverage_needs w ON w.id = c.need
       WHERE p.state = 'open' AND p.due_at >= @from AND p.due_at < @to AND c.status < 3 AND c.merged_into IS NULL
         AND ${VIEW_FILTERS[view].replaceAll('@opens', 'w.opens_at')} ORDER BY p.due_at, p.uid`,
      { ...viewParameters(viewer), ...stretch },
    )
    .map(toListed);
}

/** Cases with open promises that fell due before `now`: their rows do not say so yet. */
export function casesWithPastPromises(db: ReadDb, now: Instant): CaseId[] {
  return db
    .all<{ uid: CaseId }>(
      "SELECT DISTINCT c.uid FROM promises p JOIN cases c ON c.id = p.case_id WHERE p.state = 'open' AND p.due_at < @now",
      { now },
    )
    .map((row) => row.uid);
}

/** Promises in a state that fall due in `(after, until]`. */
export function promisesDueWithin(db: ReadDb, state: PromiseState, after: Instant, until: Instant): ListedPromise[] {
  return db
    .all<SqlListed>(
      `SELECT ${COLUMNS} FROM promises p ${CASE_JOINS} WHERE p.state = @state AND p.due_at > @after AND p.due_at <= @until ORDER BY p.due_at, p.uid`,
      { state, after, until },
    )
    .map(toListed);
}

/** When the first open promise after `after` falls due, or null. */
export function nextPromiseAfter(db: ReadDb, after: Instant): Instant | null {
  return (db.get<{ at: number | null }>("SELECT min(due_at) AS at FROM promises WHERE state = 'open' AND due_at > @after", { after })?.at ??
    null) as Instant | null;
}
