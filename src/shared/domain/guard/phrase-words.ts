import { isOneSlipAway } from './skeleton.ts';
import { phraseLanguages, type PhraseLanguage, type SecretScannerOptions } from './secret-types.ts';

/** Lengths that BIP-39 allows, the longest first: twelve words of a phrase of 24 are no phrase of their own. */
export const LENGTHS = [24, 21, 18, 15, 12] as const;
export const SHORTEST = 12;
/** A line of such a list has a number, a bracket, some blanks; more is other text. */
export const MAX_GAP = 32;
/** Of twelve words, so many may be misspelt. */
export const MAX_TYPOS = 2;

export function isLength(words: number): boolean {
  return LENGTHS.some((length) => length === words);
}

/** A word of a text. `from` and `to` are UTF-16 offsets. */
export interface Token {
  readonly from: number;
  readonly to: number;
  /** Lower case, compatibility forms and Latin accents folded. */
  readonly key: string;
  /** A bit for each list that has the word. */
  readonly languages: number;
}

/** The words of a language, or what some people write down of them. */
export interface WordList {
  readonly language: PhraseLanguage;
  readonly bit: number;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly byLength: ReadonlyMap<number, readonly string[]>;
  /** Its words are those of every day, too: a run of them says little without words beside it. */
  readonly isEveryday: boolean;
}

/** A word, as far as its letters go. */
export const LETTERS = /(?:\p{L}|\p{M}|\u00ad|\u200c|\u200d|\u2060|\ufeff)+/gu;
const ASCII = /^[\0-\x7f]*$/u;

/** As a word of a list is looked up: NFKD as BIP-39 says, without the accents that customers leave out (no list has two such words). */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower.normalize('NFKD').replaceAll(/[\u0300-\u036f]|\u00ad|\u200c|\u200d|\u2060|\ufeff/gu, '');
}

/** A list by its words as they are looked up. */
export function wordListOf(
  language: PhraseLanguage,
  words: readonly string[],
  { bit, isEveryday }: Pick<WordList, 'bit' | 'isEveryday'>,
): WordList {
  const indexOf = new Map(words.map((word, index) => [foldWord(word), index]));
  const byLength = new Map<number, string[]>();
  for (const key of indexOf.keys()) byLength.set(key.length, [...(byLength.get(key.length) ?? []), key]);
  return { language, bit, indexOf, byLength, isEveryday };
}

/** All words that phrases are made of, indexed once. */
export interface KnownWords {
  readonly lists: readonly WordList[];
  /** A bit for each list that has the word. */
  readonly languagesOf: ReadonlyMap<string, number>;
}

/** Letters of an English word that say which it is (BIP-39). */
const BEGINNING = 4;

/** Indexes the lists; the beginnings of the English words are a list of their own. */
export function knownWordsOf(wordLists: SecretScannerOptions['wordLists']): KnownWords {
  const lists: WordList[] = [];
  const languagesOf = new Map<string, number>();
  const add = (list: WordList): void => {
    lists.push(list);
    for (const key of list.indexOf.keys()) languagesOf.set(key, (languagesOf.get(key) ?? 0) | list.bit);
  };
  for (const [position, language] of phraseLanguages.entries()) {
    const words = wordLists[language];
    if (words !== undefined) add(wordListOf(language, words, { bit: 1 << position, isEveryday: language.endsWith('chinese') }));
  }
  // four letters of an English word are of no other: plates of metal have no more
  const beginnings = wordLists.english?.map((word) => word.slice(0, BEGINNING));
  if (beginnings !== undefined) add(wordListOf('english', beginnings, { bit: 1 << phraseLanguages.length, isEveryday: true }));
  return { lists, languagesOf };
}

/** Words that every text is full of and no list has: where one stands, a phrase ends, however near it is to a word of a list. */
const FUNCTION_WORDS = new Set(
  'the of and to a an in is it its for on as at by be or are was were from with my i me we he she his her our your their not no do did has had but if so up out any how why who when been would could should there here which what de la el los las un una y en que se por con para es le les des du et une est au aux il lo gli che di e o os do da em na no um uma se je na ve si to der die das und'.split(
    ' ',
  ),
);

/** Whether a word is one slip away from a word of the list. */
export function isNearWord(key: string, list: WordList): boolean {
  if (key.length < 3 || key.length > 12 || FUNCTION_WORDS.has(key)) return false;
  for (const length of [key.length - 1, key.length, key.length + 1]) {
    for (const word of list.byLength.get(length) ?? []) if (isOneSlipAway(key, word)) return true;
  }
  return false;
}

export function isOf(token: Token | undefined, list: WordList): boolean {
  return ((token?.languages ?? 0) & list.bit) !== 0;
}

/** The words of a text, without what numbers or joins those of a phrase. */
export function tokenize(text: string, languagesOf: ReadonlyMap<string, number>): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(LETTERS)) {
    const key = foldWord(match[0]);
    tokens.push({ from: match.index, to: match.index + match[0].length, key, languages: languagesOf.get(key) ?? 0 });
  }
  return withoutJoints(withoutOrdinals(withoutLabels(text, tokens)));
}

/** Without the labels of "Word 1: …, Word 2: …": a word that ten times stands before a number is none of the phrase. */
function withoutLabels(text: string, tokens: readonly Token[]): readonly Token[] {
  if (tokens.length < 2 * SHORTEST) return tokens;
  const counts = new Map<string, number>();
  const isBeforeNumber = (token: Token): boolean => /^\s?[#№.]?\s?\d{1,2}(?!\d)/u.test(text.slice(token.to, token.to + 6));
  for (const token of tokens) if (isBeforeNumber(token)) counts.set(token.key, (counts.get(token.key) ?? 0) + 1);
  const labels = new Set([...counts].filter(([, count]) => count >= SHORTEST - MAX_TYPOS).map(([key]) => key));
  return labels.size === 0 ? tokens : tokens.filter((token) => !(labels.has(token.key) && isBeforeNumber(token)));
}

const ORDINALS = new Set(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  ),
);

/** Without those of "first: …, second: …". */
function withoutOrdinals(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length < 2 * SHORTEST) return tokens;
  const found = new Set(tokens.filter(({ key }) => ORDINALS.has(key)).map(({ key }) => key));
  return found.size < SHORTEST - MAX_TYPOS ? tokens : tokens.filter(({ key }) => !ORDINALS.has(key));
}

/** As many as join the words of a phrase of twelve. */
const JOINTS = SHORTEST - 1;
const LONGEST_STEP = 4;

/** Without what stands between the words again and again, at the same distance: "… and … and …", the tags of a list. */
function withoutJoints(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length < SHORTEST + JOINTS) return tokens;
  const joints = new Set<Token>();
  for (let step = 2; step <= LONGEST_STEP; step += 1) {
    for (let start = 0; start < step; start += 1) {
      let chain: Token[] = [];
      for (let at = start; at < tokens.length + step; at += step) {
        const token = tokens[at];
        // one word over and over is no joint but the phrase that everybody tries things out with
        const isJoint =
          token !== undefined &&
          (token.key !== tokens[at + 1]?.key || token.key !== tokens[at + 2]?.key) &&
          (chain[0]?.key ?? token.key) === token.key;
        if (isJoint) chain.push(token);
        else {
          if (chain.length >= JOINTS) for (const one of chain) joints.add(one);
          chain = token === undefined ? [] : [token];
        }
      }
    }
  }
  return joints.size === 0 ? tokens : tokens.filter((token) => !joints.has(token));
}
