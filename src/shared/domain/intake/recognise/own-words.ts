import { visibleText } from '../../quotes.ts';

/** Characters of a message that are read: nobody states what we need behind so many, and pasted logs have no end. */
export const MOST_READ = 6_000;
/** Of a longer message so much of its begin is looked at for what is quoted. */
export const MOST_SPLIT = 24_000;
/** What stands in the place of a secret. */
export const PLACEHOLDER_LIKE = /⟦|⟧/u;

/**
 * What of a message is read for facts: the customer's own words, in one form of letters and digits (`①` is `1.`). Where a secret was taken out there is a gap,
 * so that nothing before and behind it is read as one.
 */
export function ownWords(text: string): string {
  return visibleText(text.slice(0, MOST_SPLIT))
    .slice(0, MOST_READ)
    .replaceAll(/[①-⑨]/gu, (each) => `${String((each.codePointAt(0) ?? 0) - 0x245f)}. `)
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/gu, '')
    .replaceAll(/⟦[^⟦⟧\n]{0,60}⟧/gu, ' ⟦⟧ ');
}
