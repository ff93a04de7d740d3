import type { CoverageBook } from './coverage-book.ts';
import { handoffRules } from './handoff-rules.ts';
import type { ReadDb } from '../store/sql.ts';
import { caseNeed, needKey } from '../../../shared/domain/coverage/case-need.ts';
import type { CaseTraits } from '../../../shared/domain/routing/rules.ts';
import { promiseFeasibility } from '../../../shared/domain/promise/feasibility.ts';
import type { Feasibility } from '../../../shared/domain/promise/feasibility.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Who could keep promises by the published plan, for one answer: what all cases share is looked up once. */
export class PromiseCover {
  readonly #db: ReadDb;
  readonly #book: CoverageBook;
  readonly #now: Instant;
  readonly #plannedUntil: Instant | null;
  readonly #preparationMs: number;

  constructor(db: ReadDb, book: CoverageBook, now: Instant) {
    this.#db = db;
    this.#book = book;
    this.#now = now;
    this.#plannedUntil = book.isPlanned(db, now) ? book.publishedUntil(db) : null;
    this.#preparationMs = handoffRules(db).preparationMs;
  }

  /** Whether somebody can keep a promise of a case with these traits by then; null while nothing is planned at all. */
  at(traits: CaseTraits, dueAt: Instant, customerZone: string): Feasibility | null {
    const plannedUntil = this.#plannedUntil;
    if (plannedUntil === null) return null;
    const need = caseNeed(traits, this.#book.roster(this.#db));
    return promiseFeasibility({
      dueAt,
      now: this.#now,
      preparationMs: this.#preparationMs,
      staffed: this.#book.staffedTime(this.#db, needKey(need), need.selector, this.#now),
      plannedUntil,
      customerZone,
    });
  }

  /** As `at`, for a promise as it stands; null also once it is settled. */
  of(traits: CaseTraits, { state, dueAt, zone }: CustomerPromise): Feasibility | null {
    return state === 'open' ? this.at(traits, dueAt, zone) : null;
  }
}
