import type { CoverageBook } from './coverage-book.ts';
import { turn } from './rule-runs.ts';
import {
  addNeed,
  casesForStaffing,
  dropNeeds,
  dropUnusedNeeds,
  openCaseIds,
  readNeeds,
  saveCaseStaffing,
  saveNeedLine,
} from '../store/runway.store.ts';
import type { NeedLine, StoredNeed } from '../store/runway.store.ts';
import type { Store, WriteDb } from '../store/sql.ts';
import { caseNeed, needKey } from '../../../shared/domain/coverage/case-need.ts';
import type { CaseTraits } from '../../../shared/domain/routing/rules.ts';
import type { Selector } from '../../../shared/domain/coverage/roster.ts';
import type { StaffedTime } from '../../../shared/domain/coverage/staffed-time.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** What a case keeps of its runway: what it asks for, and the staffed time of that at its next due time. */
export interface CaseStaffing {
  /** 0: not known. */
  readonly need: number;
  readonly staffedDue: number | null;
}

const UNKNOWN: CaseStaffing = { need: 0, staffedDue: null };
/** So long others wait for a slice of cases. */
const SLICE_MS = 8;
const SLICE_CASES = 100;
const REMEMBERED_TRAITS = 5_000;

interface KnownNeed {
  readonly id: number;
  readonly key: string;
  readonly selector: Selector;
  /** What was written last, and when it held. */
  line: NeedLine;
  asOf: Instant;
  /** Null until it is looked up. */
  table: StaffedTime | null;
  edition: number;
  /** Added to the table's staffed time: see `anchored`. */
  offset: number;
}

/**
 * The staffed runway of cases in SQL. A need's staffed time up to now is a line that changes at shift boundaries only, a
 * case keeps the staffed time at its due time; time passes without anything being written.
 *
 * Both are counted from an instant that is arbitrary, but stays the same when the plan changes: a changed plan has its
 * staffed time continue from what it is now. So only cases whose runway really changes are written again, and until they
 * are, theirs is the old one and not nonsense.
 */
export class CaseRunway {
  readonly #book: CoverageBook;
  readonly #clock: Clock;
  #needs: Map<string, KnownNeed> | null = null;
  readonly #selectors = new Map<string, { readonly key: string; readonly selector: Selector }>();
  #selectorsEdition = -1;

  constructor(book: CoverageBook, clock: Clock) {
    this.#book = book;
    this.#clock = clock;
  }

  /** What a case with these traits keeps. A need that is new is stored. */
  of(tx: WriteDb, traits: CaseTraits, dueAt: Instant | null): CaseStaffing {
    if (!this.#book.isPlanned(tx, this.#clock.now())) return UNKNOWN;
    const { key, selector } = this.#selectorOf(tx, traits);
    const need = this.#need(tx, key, selector);
    const table = this.#anchored(tx, need);
    return { need: need.id, staffedDue: dueAt === null ? null : table.at(dueAt) + need.offset };
  }

  /** Works out one case again, because what it asks for may have changed. */
  recount(tx: WriteDb, caseId: number): void {
    if (this.#book.isPlanned(tx, this.#clock.now())) this.#recountCases(tx, [caseId]);
  }

  /** Writes the lines of all needs as they are now; true when one had changed. */
  settle(tx: WriteDb): boolean {
    const now = this.#clock.now();
    if (!this.#book.isPlanned(tx, now)) {
      this.#needs = null;
      return dropNeeds(tx) > 0;
    }
    let hasChanged = false;
    for (const need of this.#stored(tx).values()) {
      const line = lineAt(this.#anchored(tx, need), need.offset, now);
      if (line.base === need.line.base && line.since === need.line.since && line.opensAt === need.line.opensAt) continue;
      saveNeedLine(tx, need.id, line, now);
      need.line = line;
      need.asOf = now;
      hasChanged = true;
    }
    return hasChanged;
  }

  /**
   * Works out all open cases again, in slices, because plan or roster changed. Cases whose runway stays as it is are not
   * written.
   * @returns how many were looked at and how many were written
   */
  async recountAll(store: Store, signal: AbortSignal): Promise<{ readonly cases: number; readonly written: number }> {
    const result = { cases: 0, written: 0 };
    await this.warm(store, signal);
    if (signal.aborted) return result;
    const ids = store.write((tx) => {
      this.settle(tx);
      return openCaseIds(tx);
    });
    while (result.cases < ids.length && !signal.aborted) {
      store.write((tx) => {
        const begun = performance.now();
        while (result.cases < ids.length && performance.now() - begun < SLICE_MS) {
          const slice = ids.slice(result.cases, result.cases + SLICE_CASES);
          result.written += this.#recountCases(tx, slice);
          result.cases += slice.length;
        }
      });
      await turn();
    }
    if (!signal.aborted && store.write((tx) => dropUnusedNeeds(tx)) > 0) this.#needs = null;
    return result;
  }

  /** Has the plan worked out, week by week with turns for everybody else: a quarter of a year is too much for one go. */
  async warm(store: Store, signal: AbortSignal): Promise<void> {
    const window = store.read((db) => this.#book.window(db, this.#clock.now()));
    if (window === null) return;
    for (let { from } = window; from < window.to && !signal.aborted; from = instant(from + 7 * DAY_MS)) {
      store.read((db) => this.#book.assignments(db, from, instant(from + 7 * DAY_MS)));
      await turn();
    }
  }

  /** A transaction was rolled back: what was stored in it is not there. */
  forget(): void {
    this.#needs = null;
  }

  #recountCases(tx: WriteDb, ids: readonly number[]): number {
    let written = 0;
    for (const each of casesForStaffing(tx, ids)) {
      const { need, staffedDue } = this.of(tx, each, each.nextDueAt);
      if (need === each.need && staffedDue === each.staffedDue) continue;
      saveCaseStaffing(tx, each.id, need, staffedDue);
      written += 1;
    }
    return written;
  }

  #selectorOf(tx: WriteDb, traits: CaseTraits): { readonly key: string; readonly selector: Selector } {
    const edition = this.#book.edition(tx);
    if (edition !== this.#selectorsEdition || this.#selectors.size > REMEMBERED_TRAITS) {
      this.#selectors.clear();
      this.#selectorsEdition = edition;
    }
    const { language, channel, accountId, tier, labels } = traits;
    const text = [language, channel, accountId, tier, ...labels].join('\n');
    let known = this.#selectors.get(text);
    if (known === undefined) {
      const need = caseNeed(traits, this.#book.roster(tx));
      known = { key: needKey(need), selector: need.selector };
      this.#selectors.set(text, known);
    }
    return known;
  }

  #stored(tx: WriteDb): Map<string, KnownNeed> {
    this.#needs ??= new Map(readNeeds(tx).map((need) => [need.key, remembered(need)]));
    return this.#needs;
  }

  #need(tx: WriteDb, key: string, selector: Selector): KnownNeed {
    const needs = this.#stored(tx);
    const known = needs.get(key);
    if (known !== undefined) return known;
    const now = this.#clock.now();
    const table = this.#book.staffedTime(tx, key, selector, now);
    const line = lineAt(table, 0, now);
    const id = addNeed(tx, key, selector, line, now);
    const made = { id, key, selector, line, asOf: now, table, edition: this.#book.edition(tx), offset: 0 };
    needs.set(key, made);
    return made;
  }

  /** The table of the plan as it is, with the offset that has it continue from what was counted before. */
  #anchored(tx: WriteDb, need: KnownNeed): StaffedTime {
    const edition = this.#book.edition(tx);
    if (need.table !== null && need.edition === edition) return need.table;
    const now = this.#clock.now();
    const table = this.#book.staffedTime(tx, need.key, need.selector, now);
    // What lies before is over: the two must agree now. After a start it is the stored line that they must agree with.
    need.offset =
      need.table === null
        ? need.line.base + (need.line.since === null ? 0 : need.asOf - need.line.since) - table.at(need.asOf)
        : need.offset + need.table.at(now) - table.at(now);
    need.table = table;
    need.edition = edition;
    return table;
  }
}

function remembered({ id, key, selector, asOf, ...line }: StoredNeed): KnownNeed {
  return { id, key, selector, line, asOf, table: null, edition: -1, offset: 0 };
}

function lineAt(table: StaffedTime, offset: number, now: Instant): NeedLine {
  const { base, since } = table.lineAt(now);
  return { base: base + offset, since, opensAt: since === null ? table.nextChange(now) : null };
}
