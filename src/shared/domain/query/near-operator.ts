import { isOneAway } from '../bot/typos.ts';
import { operatorOf, OPERATOR_NAMES } from './query-words.ts';
import type { OperatorName } from './query-words.ts';

/** An operator that was written wrongly, and is looked for as a word. */
export interface NearOperator {
  readonly typed: string;
  readonly meant: OperatorName;
  /** What was typed, with the operator that is meant. */
  readonly corrected: string;
}

/** `statsu:open`: a word, a sign and a value, not in the middle of something such as an address. */
const LIKE_OPERATOR = /(?<=^|\s)-?(\p{L}{3,12})(?=(?:<=|>=|[:：<>])[^\s/])/gu;

/** The first operator in a search that is one letter, or two swapped, from one that there is; null when there is none. */
export function nearOperator(asked: string): NearOperator | null {
  for (const match of asked.matchAll(LIKE_OPERATOR)) {
    const typed = match[1] ?? '';
    const meant = operatorOf(typed) === null ? OPERATOR_NAMES.find((name) => isOneAway(typed.toLowerCase(), name)) : undefined;
    if (meant === undefined) continue;
    const start = match.index + match[0].length - typed.length;
    return { typed, meant, corrected: asked.slice(0, start) + meant + asked.slice(start + typed.length) };
  }
  return null;
}
