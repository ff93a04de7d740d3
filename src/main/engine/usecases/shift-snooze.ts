import type { UseCaseContext } from './context.ts';
import type { CoverageBook } from './coverage-book.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { isCopy } from '../store/membership.store.ts';
import { casesAsleepForShift } from '../store/reminders.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { NextShift } from '../../../shared/contract/reminders.contract.ts';
import { caseNeed } from '../../../shared/domain/coverage/case-need.ts';
import { nextStart } from '../../../shared/domain/coverage/next-start.ts';
import { onNow } from '../../../shared/domain/coverage/on-now.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Whoever is on began after that, but for shifts of days. */
const BEGUN_MS = 2 * DAY_MS;
/** Who comes later is not waited for. */
const AHEAD_MS = 14 * DAY_MS;

/** Who can take a case and comes next, by the published plan and the case's own needs; null when the plan knows nobody in two weeks. */
export function nextShiftOf(db: ReadDb, book: CoverageBook, caseId: CaseId, now: Instant): NextShift | null {
  const found = caseForStaffing(db, currentCaseUid(db, caseId));
  if (found === undefined || !book.isPlanned(db, now)) return null;
  const roster = book.roster(db);
  const assignments = book.assignments(db, after(now, -BEGUN_MS), after(now, AHEAD_MS));
  const next = nextStart(roster, assignments, caseNeed(found, roster).selector, now);
  return next === null ? null : { caseId, ...next };
}

/**
 * The plan is another one: whoever was waited for may come earlier, or not at all. Cases that sleep for somebody sleep until then; where
 * nobody comes any more they wake when they would have.
 */
export function followShifts(context: UseCaseContext, book: CoverageBook): void {
  const now = context.clock.now();
  const moved = context.store.read((db) =>
    isCopy(db)
      ? []
      : casesAsleepForShift(db).flatMap(({ caseId, until }) => {
          const next = until > now ? nextShiftOf(db, book, caseId, now) : null;
          return next === null || next.from === until || (next.from > until && isAnyoneOn(db, book, caseId, until))
            ? []
            : [{ caseId, until: next.from }];
        }),
  );
  if (moved.length === 0) return;
  context.store.write((tx) => {
    for (const { caseId, until } of moved)
      context.ledger.append(tx, caseId, [{ type: 'case.snoozed', until, awaits: 'shift' }], { actor: null });
  });
}

function isAnyoneOn(db: ReadDb, book: CoverageBook, caseId: CaseId, at: Instant): boolean {
  const found = caseForStaffing(db, caseId);
  if (found === undefined) return false;
  const roster = book.roster(db);
  return onNow(roster, book.assignments(db, after(at, -BEGUN_MS), after(at, 1)), caseNeed(found, roster).selector, at).on.length > 0;
}
