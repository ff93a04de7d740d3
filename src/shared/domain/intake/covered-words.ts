/**
 * Tells whether a short text consists of known phrases and of nothing else. What is not known is a fact until a person has read it, so
 * nothing is guessed: one word that is not listed, a number, a link or an address, and the answer is no.
 */

/** Phrases as people write them, by what they are for. They are folded like the texts. */
export interface PhraseBook {
  /** At least one of these must be there. */
  readonly core: readonly string[];
  /** Greetings, courtesy and the like: they may stand beside it. */
  readonly beside: readonly string[];
}

/** Scripts that are written without spaces, or whose writers set them as they like (Korean). */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー`;
const SPACE_INSIDE = new RegExp(`(?<=[${UNSPACED}]) (?=[${UNSPACED}])`, 'gu');
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
const LATIN_MARKS = /[\u0300-\u036f]/gu;
/** Digits of any script, what links and addresses are made of. Circled and Chinese digits of everyday words are letters. */
const FACT = /\p{Nd}|\p{No}|[@#$€£¥%]|:\/\/|\bwww\.|[a-z]\.[a-z]{2,}(?![a-z])/iu;

/** Longer texts say something. In UTF-16 units. */
const LONGEST = 160;

/** As the phrases are compared: without case, accents, punctuation, and letters that are held down. */
export function foldPhrase(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(LATIN_MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(LATIN_MARKS, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replaceAll(/(\p{L})\1{2,}/gu, '$1')
    .trim()
    .replaceAll(SPACE_INSIDE, '');
}

/** Whether it holds what may be a fact: a number, an amount, an address, a link. */
export function mayHoldFact(text: string): boolean {
  return FACT.test(text);
}

interface Entry {
  readonly phrase: string;
  readonly isCore: boolean;
}

/** Reads texts with a book; made once, as the phrases are sorted by their first character. */
export function coveredBy(book: PhraseBook): (text: string, names?: readonly string[]) => boolean {
  const entries = indexOf([
    ...book.core.map((phrase) => ({ phrase: foldPhrase(phrase), isCore: true })),
    ...book.beside.map((phrase) => ({ phrase: foldPhrase(phrase), isCore: false })),
  ]);
  return (text, names = []) => {
    if (text.length > LONGEST || mayHoldFact(text)) return false;
    const folded = foldPhrase(text);
    return folded !== '' && isCovered(folded, [entries, indexOf(wordsOf(names).map((phrase) => ({ phrase, isCore: false })))]);
  };
}

/** The words of people's names: who is thanked by name is no fact. */
function wordsOf(names: readonly string[]): readonly string[] {
  return names.map(foldPhrase).flatMap((name) => [name, ...name.split(' ')].filter((word) => word !== ''));
}

function indexOf(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const first = entry.phrase.charAt(0);
    found.set(first, [...(found.get(first) ?? []), entry]);
  }
  return found;
}

/** Every place that can be reached from the start by whole phrases, and whether one of them was a core one. */
function isCovered(text: string, indexes: readonly ReadonlyMap<string, readonly Entry[]>[]): boolean {
  const without = new Set([0]);
  const withCore = new Set<number>();
  for (let at = 0; at < text.length; at += 1) {
    const places = [without, withCore].filter((each) => each.has(at));
    if (places.length === 0) continue;
    if (text.charAt(at) === ' ') {
      for (const place of places) place.add(at + 1);
      continue;
    }
    for (const index of indexes) {
      for (const { phrase, isCore } of index.get(text.charAt(at)) ?? []) {
        const end = at + phrase.length;
        if (!text.startsWith(phrase, at) || !isWordEnd(text, end)) continue;
        for (const place of places) (isCore ? withCore : place).add(end);
      }
    }
  }
  return withCore.has(text.length);
}

function isWordEnd(text: string, end: number): boolean {
  const next = text.charAt(end);
  return next === '' || next === ' ' || IS_UNSPACED.test(text.charAt(end - 1)) || IS_UNSPACED.test(next);
}
