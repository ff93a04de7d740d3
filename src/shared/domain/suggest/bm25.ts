import type { TermCounts } from './terms.ts';

/**
 * Okapi BM25 as S. Robertson and H. Zaragoza give it in "The Probabilistic Relevance Framework: BM25 and Beyond" (Foundations and Trends in
 * Information Retrieval 3(4), 2009, section 3.4; first in Robertson et al., "Okapi at TREC-3", 1994):
 *
 *     score(D, Q) = sum over t in Q of  idf(t) * tf(t, D) * (k1 + 1) / (tf(t, D) + k1 * (1 - b + b * |D| / avgdl))
 *     idf(t)      = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5))
 *
 * N: texts there are; n(t): those with t; tf: how often t stands in D; |D|: terms of D; avgdl: those of a usual text. The 1 inside the
 * logarithm keeps the weight of what most texts have above zero, where the original goes below it (so does Lucene). k1 = 1.2 and b = 0.75 lie in
 * the middle of what the authors found to serve (1.2 < k1 < 2, 0.5 < b < 0.8).
 */
const K1 = 1.2;
const B = 0.75;

/** How rare a term is, from counts: the texts that have it and all texts. Above zero. A count that can not be (an estimate) is taken for the nearest that can. */
export function inverseFrequency(having: number, all: number): number {
  const total = Math.max(all, 1);
  const n = Math.min(Math.max(having, 0), total);
  return Math.log(1 + (total - n + 0.5) / (n + 0.5));
}

/** What one term adds to a score. `usualLength`: terms of a usual text. */
export function termScore(weight: number, times: number, length: number, usualLength: number): number {
  if (times <= 0) return 0;
  return (weight * times * (K1 + 1)) / (times + K1 * (1 - B + (B * length) / Math.max(1, usualLength)));
}

/** The BM25 of a text for weighted terms (`weights`: by `inverseFrequency`). */
export function bm25(weights: ReadonlyMap<string, number>, text: TermCounts, usualLength: number): number {
  let score = 0;
  for (const [term, weight] of weights) score += termScore(weight, text.counts.get(term) ?? 0, text.length, usualLength);
  return score;
}

/** Whether a text has at least one of them. */
export function hasAny(terms: ReadonlySet<string>, text: TermCounts): boolean {
  return [...terms].some((term) => text.counts.has(term));
}

/**
 * How much of what is asked a text has, from 0 to 1: its score over that of a text of usual length that has each of the terms once. Scores of different
 * collections can be compared by it, a bare score can not: it grows with the length of the question.
 */
export function fitOf(score: number, weights: ReadonlyMap<string, number>, usualLength: number): number {
  let whole = 0;
  for (const weight of weights.values()) whole += termScore(weight, 1, usualLength, usualLength);
  return whole === 0 ? 0 : Math.min(1, score / whole);
}
