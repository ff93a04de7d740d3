import { inverseFrequency } from './bm25.ts';

/** A term of a question, and in how many texts it stands. */
export interface KnownTerm {
  readonly term: string;
  readonly having: number;
}

/** More than a handful costs time and finds the same. */
const MOST_CHOSEN = 8;
/** What stands in more than this share of all texts tells nothing, and has a long list. */
const COMMON_SHARE = 0.2;
/** With few texts nothing is common. */
const FEW_TEXTS = 200;

/** The terms that texts are looked for by, rarest first. What no other text has finds nothing (`having` counts the question itself). */
export function rarestTerms(known: readonly KnownTerm[], all: number): readonly KnownTerm[] {
  const common = all < FEW_TEXTS ? all : all * COMMON_SHARE;
  return known
    .filter(({ having }) => having > 1 && having <= common)
    .toSorted((one, other) => one.having - other.having || compareText(one.term, other.term))
    .slice(0, MOST_CHOSEN);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A term of no more than this share of all texts, or of so few, is no word that is everywhere. */
const TELLING_SHARE = 0.12;
const TELLING_COUNT = 5;

/** The terms that tell what a question is about. What a text has of the others alone, every text has. */
export function tellingTerms(known: readonly KnownTerm[], all: number): ReadonlySet<string> {
  const most = Math.max(TELLING_COUNT, all * TELLING_SHARE);
  return new Set(known.filter(({ having }) => having > 1 && having <= most).map(({ term }) => term));
}

/** What each term weighs. One that stands in no other text weighs nothing: no text has it, and none is the worse for it. */
export function weightsOf(known: readonly KnownTerm[], all: number): ReadonlyMap<string, number> {
  return new Map(known.filter(({ having }) => having > 1).map(({ term, having }) => [term, inverseFrequency(having, all)]));
}

/** Texts that were proposed, by what the terms weigh that they have; the heaviest first, equal ones newest first (keys follow time). */
export function heaviest(
  lists: readonly { readonly weight: number; readonly keys: readonly number[] }[],
  limit: number,
): readonly number[] {
  const weights = new Map<number, number>();
  for (const { weight, keys } of lists) for (const key of keys) weights.set(key, (weights.get(key) ?? 0) + weight);
  return [...weights]
    .toSorted((one, other) => other[1] - one[1] || other[0] - one[0])
    .slice(0, limit)
    .map(([key]) => key);
}
