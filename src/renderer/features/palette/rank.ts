import { pinyinInitials } from './pinyin.ts';

/**
 * How well words match what was typed: 0 is no match, more is better. All typed words must be there; the beginning
 * of the text counts most, then the beginning of a word, then anywhere. Letters that are merely in order count last,
 * so that `gs` finds Go to Settings; so do the first letters of Chinese syllables, so that `sz` finds 设置.
 */
export function matchScore(text: string, typed: string): number {
  const haystack = text.toLocaleLowerCase();
  const words = typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  let score = 1;
  for (const word of words) {
    const wordScore = scoreWord(haystack, word);
    if (wordScore === 0) return 0;
    score += wordScore;
  }
  return score;
}

function scoreWord(haystack: string, word: string): number {
  const at = haystack.indexOf(word);
  if (at === 0) return 8;
  if (at > 0) return /[\s,.:;/()-]/u.test(haystack.charAt(at - 1)) ? 6 : 4;
  const pinyin = /^[a-z0-9]+$/u.test(word) ? pinyinInitials(haystack).indexOf(word) : -1;
  if (pinyin !== -1) return pinyin === 0 ? 3.5 : 3;
  return word.length <= 4 && isInitials(haystack, word) ? 2 : 0;
}

function isInitials(haystack: string, word: string): boolean {
  const initials = haystack
    .split(/[\s,.:;/()-]+/u)
    .map((part) => part.charAt(0))
    .join('');
  let from = 0;
  for (const letter of word) {
    const found = initials.indexOf(letter, from);
    if (found === -1) return false;
    from = found + 1;
  }
  return true;
}

/** One thing that may be meant: how well it matches, and how much of a habit it is. */
export interface Ranked<Thing> {
  readonly thing: Thing;
  readonly score: number;
  readonly habit: number;
}

/** What matches, the best match first; among equal ones what is used most, and most lately. What is equal in both stays in its order. */
export function ranked<Thing>(things: readonly Ranked<Thing>[]): readonly Thing[] {
  return things
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.habit - a.habit)
    .map(({ thing }) => thing);
}
