import type { CoverageBook } from './coverage-book.ts';
import { readStaffing } from './coverage-staffing.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { caseNeed } from '../../../shared/domain/coverage/case-need.ts';
import type { NextAvailable } from '../../../shared/contract/coverage.contract.ts';
import type { OnNow, StaffedRunway } from '../../../shared/domain/coverage/coverage.ts';
import { WRAP_UP_MS } from '../../../shared/domain/coverage/issues.ts';
import { nextAvailable, onNow } from '../../../shared/domain/coverage/on-now.ts';
import type { Selector } from '../../../shared/domain/coverage/roster.ts';
import { staffedRunway } from '../../../shared/domain/coverage/runway.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { UNKNOWN_CASE } from '../../../shared/domain/routing/rules.ts';
import { after, DAY_MS, instant, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Whoever is on began after that, but for shifts of days. */
const BEGUN_MS = 2 * DAY_MS;
/** Who comes next is looked for so far ahead. */
const AHEAD_MS = 14 * DAY_MS;

/** Who is on for a selector at a time, and who comes next, by the published plan. */
export function peopleOn(db: ReadDb, book: CoverageBook, selector: Selector, at: Instant): OnNow {
  return onNow(book.roster(db), book.assignments(db, after(at, -BEGUN_MS), after(at, AHEAD_MS)), selector, at);
}

/** The staffed runway of a case with its reasons; null values while nothing is due or planned. */
export function runwayOf(db: ReadDb, book: CoverageBook, caseId: CaseId, now: Instant): StaffedRunway {
  const found = caseForStaffing(db, currentCaseUid(db, caseId));
  const roster = book.roster(db);
  const dueAt = found?.nextDueAt ?? null;
  const until = after(instant(Math.max(now, dueAt ?? now)), AHEAD_MS);
  return staffedRunway({
    caseId,
    dueAt,
    need: caseNeed(found ?? UNKNOWN_CASE, roster),
    now,
    roster,
    assignments: book.isPlanned(db, now) ? book.assignments(db, now, until) : null,
  });
}

/** Who can begin a case first, with enough of their turn left for the work that a contact of its channel takes. */
export function firstAvailable(db: ReadDb, book: CoverageBook, caseId: CaseId, now: Instant): NextAvailable | null {
  const uid = currentCaseUid(db, caseId);
  const saved = caseByUid(db, uid);
  const found = caseForStaffing(db, uid);
  if (saved === undefined || found === undefined || !book.isPlanned(db, now)) return null;
  const roster = book.roster(db);
  const need = caseNeed(found, roster);
  const effortMs = (readStaffing(db).channels[saved.state.channel]?.handleSeconds ?? 0) * SECOND_MS;
  const assignments = book.assignments(db, after(now, -BEGUN_MS), after(now, AHEAD_MS));
  const first = nextAvailable(roster, assignments, need.selector, now, effortMs, WRAP_UP_MS);
  if (first === null) return null;
  const { agentId, from, doneAt } = first;
  return { agentId, from, doneAt, effortMs, isInTime: found.nextDueAt === null || doneAt <= found.nextDueAt };
}
