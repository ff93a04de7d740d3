import type { CoverageBook } from './coverage-book.ts';
import type { ReadDb } from '../store/sql.ts';
import { Duty } from '../../../shared/domain/handoff/duty.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Who was on last week still tells when a turn ended; who comes within two weeks, whom a case can wait for. */
const BACK_MS = 8 * DAY_MS;
const AHEAD_MS = 15 * DAY_MS;
/** What is known is used for a day, and looks a day less far at the end of it. */
const GOOD_FOR_MS = DAY_MS;
/** Turns that reach into a period are whole. */
const MARGIN_MS = 2 * DAY_MS;

/** Who is on shift by the published plan, as handoffs ask it; kept until the plan changes or a day has passed. */
export class DutyBook {
  readonly #book: CoverageBook;
  #known: { readonly edition: number; readonly madeAt: Instant; readonly duty: Duty } | null = null;
  #period: { readonly edition: number; readonly from: Instant; readonly to: Instant; readonly duty: Duty } | null = null;

  constructor(book: CoverageBook) {
    this.#book = book;
  }

  /** From a week before `now` to two weeks after it. */
  at(db: ReadDb, now: Instant): Duty {
    const edition = this.#book.edition(db);
    const known = this.#known;
    if (known?.edition === edition && now >= known.madeAt && now < known.madeAt + GOOD_FOR_MS) return known.duty;
    const duty = this.#made(db, after(now, -BACK_MS), after(now, AHEAD_MS));
    this.#known = { edition, madeAt: now, duty };
    return duty;
  }

  /** Of a period that is looked back on, with the turns that reach into it. */
  during(db: ReadDb, from: Instant, to: Instant): Duty {
    const edition = this.#book.edition(db);
    const known = this.#period;
    if (known?.edition === edition && known.from === from && known.to === to) return known.duty;
    const duty = this.#made(db, after(from, -MARGIN_MS), after(to, MARGIN_MS));
    this.#period = { edition, from, to, duty };
    return duty;
  }

  #made(db: ReadDb, from: Instant, to: Instant): Duty {
    return new Duty(this.#book.roster(db), this.#book.assignments(db, from, to));
  }
}
