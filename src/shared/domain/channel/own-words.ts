/** Addresses are shortened, completed or shown otherwise on the way. */
const LINK = /\b(?:https?|upload):\/\/\S{1,4000}/giu;

/**
 * What two texts have in common when one of them went through a service that shows it in its own way: letters and digits in their order,
 * without links. Markup, quotes, blanks and marks are changed on the way.
 */
export function wordsOf(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(LINK, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

/**
 * Whether what a service shows as ours is what we wrote. Services put names before it (an answer on X begins with whom it answers) and
 * files behind it. A text without any word must be there as it is.
 */
export function isSameText(written: string, shown: string): boolean {
  const words = wordsOf(written);
  if (words === '') return shown.replaceAll(/\s+/gu, '').includes(written.replaceAll(/\s+/gu, ''));
  const there = wordsOf(shown);
  const room = Math.max(60, words.length);
  return there.includes(words) && there.length <= words.length + room;
}
