import type { CoverageBook } from './coverage-book.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { caseNeed } from '../../../shared/domain/coverage/case-need.ts';
import type { OnNow, StaffedRunway } from '../../../shared/domain/coverage/coverage.ts';
import { onNow } from '../../../shared/domain/coverage/on-now.ts';
import type { Selector } from '../../../shared/domain/coverage/roster.ts';
import { staffedRunway } from '../../../shared/domain/coverage/runway.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';
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
    need: caseNeed({ language: found?.language ?? null, labels: found?.labels ?? [] }, roster),
    now,
    roster,
    assignments: book.isPlanned(db, now) ? book.assignments(db, now, until) : null,
  });
}
