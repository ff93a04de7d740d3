import { wordsOf } from '../language.ts';
import { foldText } from '../search-fold.ts';
import { bigrams, tokensOf } from '../search-text.ts';

/** The terms of a text with how often each occurs, and how many there are altogether. */
export interface TermCounts {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

/** Of a text that is longer the beginning tells what it is about, and reading more costs time. */
const MAX_TEXT = 4_000;
/** As the index cuts them. */
const MAX_TERM = 64;
const DIGIT = /\p{N}/u;
const NOTHING: ReadonlySet<string> = new Set();

/**
 * What two texts are compared by: the words and, of scripts without spaces, the pairs that the search index knows them by. Without what names one
 * case and not its topic: addresses, links, codes, numbers, and `without` (such as the words of the customer's name).
 */
export function termCounts(text: string, without: ReadonlySet<string> = NOTHING): TermCounts {
  const counts = new Map<string, number>();
  let length = 0;
  for (const term of eachTerm(text)) {
    if (without.has(term)) continue;
    counts.set(term, (counts.get(term) ?? 0) + 1);
    length += 1;
  }
  return { counts, length };
}

function* eachTerm(text: string): Generator<string> {
  const folded = foldText(wordsOf(text.slice(0, MAX_TEXT)));
  for (const token of tokensOf(folded)) {
    if (token.isRun) yield* bigrams(token.text).filter((pair) => pair.length > 1);
    else if (token.text.length > 1 && !DIGIT.test(token.text)) yield token.text.slice(0, MAX_TERM);
  }
}

/** The terms of a text, each once. */
export function termsIn(text: string): ReadonlySet<string> {
  return new Set(termCounts(text).counts.keys());
}
