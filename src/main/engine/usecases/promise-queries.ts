import type { CaseLedger } from './case-ledger.ts';
import type { CoverageBook } from './coverage-book.ts';
import { detectionContext, promisingCase } from './promise-context.ts';
import { PromiseCover } from './promise-cover.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { countPromises, listPromises } from '../store/promise-list.store.ts';
import type { PromiseFilter } from '../store/promise-list.store.ts';
import { promisesOfCase } from '../store/promises.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Input, Output } from '../../../shared/contract/contract.ts';
import type { PromiseCheck, PromiseView } from '../../../shared/contract/promise.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { detectPromises } from '../../../shared/domain/promise/detect-promises.ts';
import { UNKNOWN_CASE } from '../../../shared/domain/routing/rules.ts';
import { isLocalDate } from '../../../shared/domain/time/local-time.ts';
import { toInstant, toLocal } from '../../../shared/domain/time/zone.ts';
import { after, HOUR_MS, instant } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** What questions about promises are answered from. */
export interface PromiseQueries {
  readonly ledger: CaseLedger;
  readonly book: CoverageBook;
  readonly clock: Clock;
}

/** The promises of a case by due time, with who could keep those that are open. */
export function promisesOf(db: ReadDb, { book, clock }: PromiseQueries, caseId: CaseId): readonly PromiseView[] {
  const uid = currentCaseUid(db, caseId);
  const saved = caseByUid(db, uid);
  if (saved === undefined) return [];
  const cover = new PromiseCover(db, book, clock.now());
  const traits = caseForStaffing(db, uid) ?? UNKNOWN_CASE;
  return promisesOfCase(db, saved.id).map((promise) => ({ promise, feasibility: cover.of(traits, promise) }));
}

export function promiseList(db: ReadDb, { book, clock }: PromiseQueries, input: Input<'promises.list'>): Output<'promises.list'> {
  const own = me(db)?.agentId ?? null;
  // who has not said who they are owes nothing
  if (input.owner === 'me' && own === null) return { rows: [], total: 0 };
  const filter: PromiseFilter = { ...input, owner: input.owner === 'me' ? own : null };
  const cover = new PromiseCover(db, book, clock.now());
  return {
    rows: listPromises(db, filter, input.limit).map((each) => ({
      promise: each.promise,
      feasibility: cover.of(each, each.promise),
      caseId: each.caseUid,
      subject: each.subject,
      contactName: each.contactName,
    })),
    total: countPromises(db, filter),
  };
}

const ALWAYS = { from: instant(0), to: instant(8.64e15) };
/** So many of one person's open promises are looked at for a number in the rail; nobody has as many. */
const MOST_COUNTED = 1_000;

export function promiseCounts(db: ReadDb, { book, clock }: PromiseQueries): Output<'promises.counts'> {
  const now = clock.now();
  const own = me(db)?.agentId ?? null;
  if (own === null) return { open: 0, infeasible: 0, soon: 0 };
  const filter: PromiseFilter = { ...ALWAYS, owner: own, states: ['open'] };
  const cover = new PromiseCover(db, book, now);
  const open = listPromises(db, filter, MOST_COUNTED);
  return {
    open: countPromises(db, filter),
    infeasible: open.filter((each) => cover.of(each, each.promise)?.kind === 'infeasible').length,
    soon: open.filter(({ promise }) => promise.dueAt <= after(now, HOUR_MS)).length,
  };
}

/** What a text promises to the customer of a case, and whether anybody can keep it. */
export function detectedPromises(db: ReadDb, queries: PromiseQueries, input: Input<'promises.detect'>): Output<'promises.detect'> {
  const now = queries.clock.now();
  const uid = currentCaseUid(db, input.caseId);
  const found = promisingCase(db, uid, now);
  if (found === null) return { zone: { zone: 'UTC', source: 'assumed' }, found: [] };
  const cover = new PromiseCover(db, queries.book, now);
  // "within two hours" counts from when the customer reads it
  const promises = detectPromises(input.text, detectionContext(db, queries.ledger, uid, found, input.sendAt ?? now));
  return {
    zone: found.zone,
    found: promises.map((promise) => ({ promise, feasibility: cover.at(found.traits, promise.dueAt, found.zone.zone) })),
  };
}

/** What must be known before a time is promised; null when there is no such case or day. */
export function checkedPromise(db: ReadDb, { book, clock }: PromiseQueries, input: Input<'promises.check'>): PromiseCheck | null {
  const now = clock.now();
  const found = promisingCase(db, currentCaseUid(db, input.caseId), now);
  if (found === null) return null;
  const { zone } = found.zone;
  const dueAt = instantOf(input.due, zone);
  if (dueAt === null) return null;
  return {
    zone: found.zone,
    dueLocal: toLocal(zone, dueAt),
    feasibility: new PromiseCover(db, book, now).at(found.traits, dueAt, zone),
  };
}

function instantOf(due: Input<'promises.check'>['due'], zone: string): Instant | null {
  if (typeof due === 'number') return due;
  return isLocalDate(due) ? toInstant(zone, due) : null;
}
