import { bm25 } from './bm25.ts';
import { termCounts } from './terms.ts';

/** Terms of a usual answer. */
const USUAL_ANSWER_LENGTH = 50;
/** Shorter ones are "done" and "you are welcome". */
const FEWEST_TERMS = 6;
/** How much less an answer counts for each later one: what was said last was right, or right by then. */
const EARLIER = 0.8;

/**
 * Which of the answers that were given in a case (newest first) answers what was asked: the one with most of the question's words (`asked`, by weight), later
 * ones before earlier ones; the longest where none has any. Null when none says anything.
 */
export function pickAnswer(asked: ReadonlyMap<string, number>, answers: readonly string[]): number | null {
  const judged = answers
    .map((text, index) => {
      const words = termCounts(text);
      return { index, length: words.length, score: (bm25(asked, words, USUAL_ANSWER_LENGTH) + words.length / 1_000) * EARLIER ** index };
    })
    .filter(({ length }) => length >= FEWEST_TERMS)
    .toSorted((one, other) => other.score - one.score || one.index - other.index);
  return judged[0]?.index ?? null;
}
