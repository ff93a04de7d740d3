/**
 * How well words match what was typed: 0 is no match, more is better. All typed words must be there; the beginning
 * of the text counts most, then the beginning of a word, then anywhere. Letters that are merely in order count last,
 * so that `gs` finds Go to Settings.
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
