import type { CoverageBook } from './coverage-book.ts';
import { zoneDataInUse } from './zone-data.ts';
import { readPlan } from '../store/plan.store.ts';
import { changesSince, firstPublicationAt, lastPlanChangeAt } from '../store/published.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import { promiseFeasible } from '../../../shared/domain/coverage/on-now.ts';
import type { Assignment, Plan, Shift } from '../../../shared/domain/coverage/plan.ts';
import { SAME } from '../../../shared/domain/coverage/plan.ts';
import type { Selector } from '../../../shared/domain/coverage/roster.ts';
import type { ShiftId } from '../../../shared/domain/ids.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Whether somebody was planned to be on, by the plan as it was published at an earlier time. */
export class PastCover {
  readonly #db: ReadDb;
  readonly #book: CoverageBook;
  readonly #firstAt: Instant | null;
  readonly #lastChangeAt: Instant | null;

  constructor(db: ReadDb, book: CoverageBook) {
    this.#db = db;
    this.#book = book;
    this.#firstAt = firstPublicationAt(db);
    this.#lastChangeAt = lastPlanChangeAt(db);
  }

  /** True also when nothing had been planned by then: then nobody could say that it was not covered. */
  isCovered(selector: Selector, dueAt: Instant, preparationMs: number, asOf: Instant): boolean {
    if (this.#firstAt === null || asOf < this.#firstAt) return true;
    const window = { from: after(dueAt, -Math.max(preparationMs, 1)), to: dueAt };
    return promiseFeasible(this.#book.roster(this.#db), this.#assignments(window, asOf), selector, dueAt, preparationMs);
  }

  #assignments(window: Span, asOf: Instant): readonly Assignment[] {
    if (this.#lastChangeAt === null || this.#lastChangeAt <= asOf) return this.#book.assignments(this.#db, window.from, window.to);
    const roster = this.#book.roster(this.#db);
    return assignments(roster, planAsOf(this.#db, window, asOf), 'published', window.from, window.to, zoneDataInUse()).assignments;
  }
}

/**
 * The published plan of a stretch as it was at `asOf`: what was published later is taken back, and what was agreed later is
 * left out. An absence counts from when it was asked for; an override that was cancelled since is not remembered.
 */
export function planAsOf(db: ReadDb, window: Span, asOf: Instant): Plan {
  // shifts of the day before reach into it
  const stretch = { from: after(window.from, -DAY_MS), to: after(window.to, DAY_MS) };
  const plan = readPlan(db, stretch);
  const shifts = new Map<ShiftId, Shift>(plan.shifts.map((shift) => [shift.shiftId, shift]));
  // the first change since tells what stood there before
  for (const { shiftId, before } of changesSince(db, stretch, asOf).toReversed()) {
    if (before === null) shifts.delete(shiftId);
    else shifts.set(shiftId, { shiftId, revision: 0, published: before, cancelled: null, draft: SAME });
  }
  return {
    ...plan,
    shifts: [...shifts.values()],
    overrides: plan.overrides.filter((each) => each.at <= asOf),
    absences: plan.absences.filter((each) => each.requestedAt <= asOf),
  };
}
