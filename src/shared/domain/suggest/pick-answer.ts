import { bm25 } from './bm25.ts';
import { termCounts } from './terms.ts';

/** Terms of a usual answer. */
const USUAL_ANSWER_LENGTH = 50;
/** Shorter ones are "done" and "you are welcome". */
const FEWEST_TERMS = 6;
/** How much less an answer counts for each step that it is away from where the conversation stands. */
const AWAY = 0.8;

/**
 * Which of the answers that were given in a case (oldest first) answers what was asked: the one with most of the question's words (`asked`, by weight), those
 * before others that were given as far into their conversation (`stage`: answers that the open case has had); the longest where none has any of the words.
 * Null when none says anything.
 */
export function pickAnswer(asked: ReadonlyMap<string, number>, answers: readonly string[], stage: number): number | null {
  const place = Math.min(stage, answers.length - 1);
  const judged = answers
    .map((text, index) => {
      const words = termCounts(text);
      return {
        index,
        length: words.length,
        score: (bm25(asked, words, USUAL_ANSWER_LENGTH) + words.length / 1_000) * AWAY ** Math.abs(index - place),
      };
    })
    .filter(({ length }) => length >= FEWEST_TERMS)
    .toSorted((one, other) => other.score - one.score || one.index - other.index);
  return judged[0]?.index ?? null;
}
