import type { SearchStore } from '../store/search.store.ts';
import { dayOfMessageKey, keysOfDay } from '../store/search-source.store.ts';
import type { Query } from '../../../shared/domain/search-text.ts';
import { frequencyOf } from '../../../shared/domain/suggest/frequency.ts';
import type { KnownTerm } from '../../../shared/domain/suggest/choose-terms.ts';

/** Newest messages with a term that tell how common it is. */
const SAMPLE = 48;
/** A count is good for so long: topics do not change within the hour. */
const FRESH_MS = 60 * 60_000;
/** Terms remembered; the common ones come again and again, and are the dear ones. */
const MOST_KNOWN = 20_000;

/** In how many messages terms stand, without counting. */
export interface TermBook {
  /** Messages that the index knows. */
  all(): number;
  /** What is known of these terms when the time is up, and whether that is all of them. `until`: of `performance.now()`. */
  known(terms: readonly string[], until: number): { readonly known: readonly KnownTerm[]; readonly isComplete: boolean };
}

interface Days {
  /** Newest first: the number of a day, and how many messages came after it. */
  readonly after: ReadonlyMap<number, number>;
  readonly counts: ReadonlyMap<number, number>;
  readonly total: number;
}

/** The terms of an index. What was found out is remembered, and asked again after a while or when the index is a new one. */
export function createTermBook(search: SearchStore, now: () => number = () => performance.now()): TermBook {
  let days: Days | null = null;
  let daysAt = -Infinity;
  let generation = -1;
  const remembered = new Map<string, { readonly having: number; readonly at: number }>();

  function refresh(): Days {
    const at = now();
    if (generation !== search.generation) {
      remembered.clear();
      days = null;
      generation = search.generation;
    }
    if (days === null || at - daysAt > FRESH_MS / 30) {
      days = readDays(search);
      daysAt = at;
    }
    return days;
  }

  function count(term: string, { after, counts, total }: Days): number {
    const keys = search.candidates(queryOf(term), Number.MAX_SAFE_INTEGER, SAMPLE);
    const oldest = keys.at(-1);
    if (oldest === undefined) return 0;
    const day = dayOfMessageKey(oldest);
    const span = (after.get(day) ?? 0) + (counts.get(day) ?? 0) - (oldest - keysOfDay(day).from) + 1;
    return frequencyOf({ wanted: SAMPLE, found: keys.length, span: Math.max(span, keys.length), total });
  }

  return {
    all: () => refresh().total,
    known: (terms, until) => {
      const current = refresh();
      const known: KnownTerm[] = [];
      for (const term of terms) {
        const at = now();
        let found = remembered.get(term);
        // one that hardly anything had may stand in the next message
        if (found === undefined || at - found.at > FRESH_MS || found.having < SAMPLE) {
          if (at > until) return { known, isComplete: false };
          found = { having: count(term, current), at };
          if (remembered.size >= MOST_KNOWN) remembered.clear();
          remembered.set(term, found);
        }
        known.push({ term, having: found.having });
      }
      return { known, isComplete: true };
    },
  };
}

/** How many messages each day has: keys within a day count from one. */
function readDays(search: SearchStore): Days {
  const counts = new Map<number, number>();
  for (const [day, { last }] of search.days()) counts.set(day, last - keysOfDay(day).from);
  const after = new Map<number, number>();
  let total = 0;
  for (const day of [...counts.keys()].toSorted((one, other) => other - one)) {
    after.set(day, total);
    total += counts.get(day) ?? 0;
  }
  return { after, counts, total };
}

/** What the index is asked for one term. */
export function queryOf(term: string): Query {
  return { clauses: [{ units: [], phrase: false, terms: [{ text: term, prefix: false }], whole: null }] };
}
