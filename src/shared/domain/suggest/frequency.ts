/** What the newest texts with a term tell of how many there are. */
export interface NewestSample {
  /** How many of the newest texts with the term were looked for. */
  readonly wanted: number;
  /** How many were found; fewer than wanted: there are no more among `total`. */
  readonly found: number;
  /** How many texts there are from the oldest one that was found to the newest of all, both included. */
  readonly span: number;
  /** How many texts there are where it was looked. */
  readonly total: number;
}

/**
 * In how many of `total` texts a term stands, without counting them. Texts are walked from the newest one until `wanted` have the term; how far
 * one had to walk tells how common it is (inverse sampling: J. B. S. Haldane, "On a method of estimating frequencies", Biometrika 33(3), 1945;
 * (m - 1) / (n - 1) is his unbiased estimate, with a standard error of about 1 / sqrt(m - 2) of it). The cost is that of `wanted` rows, however
 * common the term is. What is found whole is not estimated.
 */
export function frequencyOf({ wanted, found, span, total }: NewestSample): number {
  if (found < wanted || wanted < 2 || span <= 1) return Math.min(found, total);
  const share = (found - 1) / (span - 1);
  return Math.min(total, Math.max(found, Math.round(share * total)));
}
