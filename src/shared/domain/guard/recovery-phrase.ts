import { isOneSlipAway } from './skeleton.ts';
import { phraseLanguages, type PhraseLanguage, type SecretHit, type SecretScannerOptions } from './secret-types.ts';

/** Lengths that BIP-39 allows, the longest first: twelve words of a phrase of 24 are no phrase of their own. */
const LENGTHS = [24, 21, 18, 15, 12] as const;
const SHORTEST = 12;
/** A line of such a list has a number, a bracket, some blanks; more is other text. */
const MAX_GAP = 32;
/** Characters around a run in which words such as "recovery phrase" count. */
const CONTEXT = 240;
/** Of twelve words, so many may be misspelt. */
const MAX_TYPOS = 2;
/** Words of a list that may stand beside a phrase without being of it. */
const MAX_SURPLUS = 2;
/** Checksums that one text may cost; whole word lists have no phrase in them. */
const MAX_CHECKSUMS = 2_000;
/** A run this long is no phrase with words around it. */
const MAX_RUN = 36;

const CONTEXT_WORDS =
  /seed|recovery|mnemonic|phrase|backup words|secret words|wallet words|1[2258] words|24 words|twelve words|助[记記][词詞]|恢复|恢復|种子|種子|備份|备份|シード|フレーズ|ニーモニック|復元|リカバリ|시드|복구|니모닉|구문|semilla|recuperaci|frase|palabras|recupera[cç]|palavras|semente|phrase|récupération|graine|mots|parole|ripristino|recupero|fráze|slova|obnov|сид|мнемо|фраз|слов|seedphrase/iu;

/** Words that every text is full of and no list has: where one stands, a phrase ends, however near it is to a word of a list. */
const FUNCTION_WORDS = new Set(
  'the of and to a an in is it its for on as at by be or are was were from with my i me we he she his her our your their not no do did has had but if so up out any how why who when been would could should there here which what de la el los las un una y en que se por con para es le les des du et une est au aux il lo gli che di e o os do da em na no um uma se je na ve si to der die das und'.split(
    ' ',
  ),
);

function isLength(words: number): boolean {
  return LENGTHS.some((length) => length === words);
}

interface Token {
  readonly from: number;
  readonly to: number;
  /** Lower case, compatibility forms and Latin accents folded. */
  readonly key: string;
  /** A bit for each language whose list has the word. */
  readonly languages: number;
}

interface List {
  readonly language: PhraseLanguage;
  readonly bit: number;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly byLength: ReadonlyMap<number, readonly string[]>;
  readonly isChinese: boolean;
}

const LETTERS = /(?:\p{L}|\p{M}|\u00ad|\u200c|\u200d|\u2060|\ufeff)+/gu;
const CHINESE_CONTEXT = /助[记記][词詞]|种子|種子|seed|mnemonic/iu;
const HAN = /^\p{sc=Han}+$/u;

const ASCII = /^[\0-\x7f]*$/u;

/** As a word of a list is looked up: NFKD as BIP-39 says, without the accents that customers leave out (no list has two such words). */
function foldWord(word: string): string {
  const lower = word.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower.normalize('NFKD').replaceAll(/[\u0300-\u036f]|\u00ad|\u200c|\u200d|\u2060|\ufeff/gu, '');
}

/**
 * A finder of BIP-39 recovery phrases: runs of words of one list, with numbering, commas and lines between them. A run whose checksum is
 * right (at any place, of any allowed length) is certain. Without it, a run is likely when words around it speak of a phrase, when the
 * message has nothing else, or when up to two words of it are one letter away from a word of the list.
 * Chinese lists are of everyday characters: those count where something stands between them, or beside words for a recovery phrase.
 *
 * Sources: BIP-39 (checksum, lengths, NFKD).
 */
export function createPhraseFinder({ wordLists, sha256 }: SecretScannerOptions): (text: string) => readonly SecretHit[] {
  const lists: List[] = [];
  const languagesOf = new Map<string, number>();
  for (const [position, language] of phraseLanguages.entries()) {
    const words = wordLists[language];
    if (words === undefined) continue;
    const indexOf = new Map<string, number>();
    const byLength = new Map<number, string[]>();
    for (const [index, word] of words.entries()) {
      const key = foldWord(word);
      indexOf.set(key, index);
      const ofLength = byLength.get(key.length) ?? [];
      ofLength.push(key);
      byLength.set(key.length, ofLength);
      languagesOf.set(key, (languagesOf.get(key) ?? 0) | (1 << position));
    }
    lists.push({ language, bit: 1 << position, indexOf, byLength, isChinese: language.endsWith('chinese') });
  }

  let checksumsLeft = MAX_CHECKSUMS;

  function hasChecksum(indexes: readonly number[]): boolean {
    const bits = indexes.length * 11;
    const entropyBits = (bits * 32) / 33;
    const bytes = new Uint8Array(Math.ceil(bits / 8));
    for (const [position, index] of indexes.entries()) {
      for (let bit = 0; bit < 11; bit += 1) {
        const at = position * 11 + bit;
        if ((index >> (10 - bit)) & 1) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
      }
    }
    const checksumBits = bits - entropyBits;
    const digest = sha256(bytes.slice(0, entropyBits / 8))[0] ?? 0;
    return digest >> (8 - checksumBits) === (bytes[entropyBits / 8] ?? 0) >> (8 - checksumBits);
  }

  /** The longest length whose checksum is right somewhere in the run, and from which to which word it is. */
  function checkedPart(indexes: readonly number[]): { readonly length: number; readonly first: number; readonly end: number } | null {
    for (const length of LENGTHS) {
      checksumsLeft -= Math.max(0, indexes.length - length + 1);
      if (checksumsLeft < 0) return null;
      const starts: number[] = [];
      for (let start = 0; start + length <= indexes.length; start += 1) {
        if (hasChecksum(indexes.slice(start, start + length))) starts.push(start);
      }
      if (starts.length > 0) return { length, first: starts[0] ?? 0, end: (starts.at(-1) ?? 0) + length };
    }
    return null;
  }

  function isNearWord(key: string, list: List): boolean {
    if (key.length < 3 || key.length > 12 || FUNCTION_WORDS.has(key)) return false;
    for (const length of [key.length - 1, key.length, key.length + 1]) {
      for (const word of list.byLength.get(length) ?? []) if (isOneSlipAway(key, word)) return true;
    }
    return false;
  }

  /** What a checksum says of a run, null when it says nothing. */
  function judgeChecksum(text: string, run: readonly Token[], list: List, isMeant: boolean, isAlone: boolean): SecretHit | null {
    const indexes = run.map((token) => list.indexOf.get(token.key) ?? 0);
    const part = checkedPart(indexes);
    if (!isMeant && !isVaried(run) && (part === null || !isOneWordOver(indexes.slice(part.first, part.end)))) return null;
    // a word or two too many are the customer's own ("what", "now"); more may be a longer phrase in which a part is right by chance
    if (part !== null && !isAlone && !isLength(run.length) && run.length - part.length <= MAX_SURPLUS) {
      return hitOf(run.slice(part.first, part.end), 'certain', part.length);
    }
    const found = part ?? checkedPart(byTheirNumbers(text, run, indexes));
    return found === null ? null : hitOf(run, 'certain', isLength(run.length) ? run.length : found.length);
  }

  function judgeRun(text: string, run: readonly Token[], list: List, typos: number): SecretHit | null {
    if (run.length < SHORTEST) return null;
    const from = run[0]?.from ?? 0;
    const to = run.at(-1)?.to ?? 0;
    const isAlone = text.length - (to - from) < CONTEXT && !/\p{L}{2}/u.test(text.slice(0, from) + text.slice(to));
    const isNamed = hasContext(text, from, to);
    const checked = typos === 0 ? judgeChecksum(text, run, list, isAlone || isNamed, isAlone) : null;
    if (checked !== null) return checked;
    // prose has twelve such words in a row hardly ever: small words that no list has stand in between; Chinese has them all the time
    const isLikely = isNamed || (isVaried(run) && !list.isChinese);
    return isLikely ? hitOf(run, 'likely', LENGTHS.find((length) => length <= run.length) ?? SHORTEST) : null;
  }

  function findRuns(text: string, tokens: readonly Token[], list: List, hits: SecretHit[]): void {
    let start = 0;
    while (start < tokens.length) {
      if (!isOf(tokens[start], list)) {
        start += 1;
        continue;
      }
      const end = strictEnd(text, tokens, start, list);
      const strict = { run: tokens.slice(start, end), typos: 0 };
      const loose = list.isChinese ? strict : looseRun(text, tokens, start, list, isNearWord);
      const isLooseFirst = loose.typos > 0 && isLength(loose.run.length) && !isLength(strict.run.length);
      const candidates = isLooseFirst ? [loose, strict] : [strict, loose];
      let next = end;
      for (const { run, typos } of candidates) {
        const hit = judgeRun(text, run, list, typos);
        if (hit === null) continue;
        hits.push(hit);
        const after = tokens.findIndex((token) => token.from >= hit.to);
        next = after === -1 ? tokens.length : after;
        break;
      }
      start = next;
    }
  }

  return (text) => {
    checksumsLeft = MAX_CHECKSUMS;
    const tokens = tokenize(text, languagesOf);
    const hits: SecretHit[] = [];
    for (const list of lists) {
      let known = 0;
      for (const token of tokens) if (isOf(token, list)) known += 1;
      if (known >= SHORTEST - MAX_TYPOS) findRuns(text, tokens, list, hits);
      if (list.isChinese) hits.push(...unspacedChinese(text, tokens, list, hasChecksum));
    }
    return hits;
  };
}

function hitOf(run: readonly Token[], certainty: SecretHit['certainty'], words: number): SecretHit {
  return { kind: 'recovery-phrase', certainty, from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0, detail: String(words) };
}

/** A phrase of chance hardly ever has a word twice; lists of options and style sheets do. */
function isVaried(run: readonly Token[]): boolean {
  return new Set(run.map((token) => token.key)).size * 3 >= run.length * 2;
}

/** One word over and over and a last one, as the phrases are that everybody tries things out with. */
function isOneWordOver(indexes: readonly number[]): boolean {
  return new Set(indexes.slice(0, -1)).size === 1;
}

function tokenize(text: string, languagesOf: ReadonlyMap<string, number>): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(LETTERS)) {
    const key = foldWord(match[0]);
    tokens.push({ from: match.index, to: match.index + match[0].length, key, languages: languagesOf.get(key) ?? 0 });
  }
  return withoutLabels(text, tokens);
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

/** The token after the run of words of a list that starts at `start`. */
function strictEnd(text: string, tokens: readonly Token[], start: number, list: List): number {
  let end = start + 1;
  while (end < tokens.length && end - start < MAX_RUN && isOf(tokens[end], list) && isClose(text, tokens[end - 1], tokens[end])) end += 1;
  return end;
}

function isOf(token: Token | undefined, list: List): boolean {
  return ((token?.languages ?? 0) & list.bit) !== 0;
}

/** From a word of the list on: words of it, and up to two that nearly are (the first too may be one). */
function looseRun(
  text: string,
  tokens: readonly Token[],
  start: number,
  list: List,
  isNearWord: (key: string, list: List) => boolean,
): { readonly run: readonly Token[]; readonly typos: number } {
  let typos = 0;
  let end = start;
  let begin = start;
  let known = 0;
  for (const token of tokens.slice(start, start + SHORTEST)) if (isOf(token, list)) known += 1;
  if (known < SHORTEST - MAX_TYPOS) return { run: [], typos: 0 };
  const before = tokens[start - 1];
  const beforeIsNear = before !== undefined && isClose(text, before, tokens[start]) && isNearWord(before.key, list);
  while (end < tokens.length && end - begin < MAX_RUN) {
    const token = tokens[end];
    if (token === undefined || (end > start && !isClose(text, tokens[end - 1], token))) break;
    if (!isOf(token, list)) {
      if (typos === MAX_TYPOS || !isNearWord(token.key, list)) break;
      typos += 1;
    }
    end += 1;
  }
  if (beforeIsNear && typos < MAX_TYPOS && end - begin === SHORTEST - 1) {
    begin -= 1;
    typos += 1;
  }
  return { run: tokens.slice(begin, end), typos };
}

function isClose(text: string, before: Token | undefined, after: Token | undefined): boolean {
  if (before === undefined || after === undefined || after.from - before.to > MAX_GAP) return false;
  // two blank lines and more part what belongs together from what does not
  return !/\n\s*\n\s*\n/u.test(text.slice(before.to, after.from));
}

/** The indexes in the order of the numbers that stand before the words, where those are 1 to n: two columns read by lines are mixed. */
function byTheirNumbers(text: string, run: readonly Token[], indexes: readonly number[]): readonly number[] {
  const ordered: number[] = [];
  for (const [position, token] of run.entries()) {
    const previous = run[position - 1];
    const gap = text.slice(previous?.to ?? Math.max(0, token.from - 6), token.from);
    const number = Number(/(\d{1,2})\D{0,4}$/u.exec(gap)?.[1] ?? Number.NaN);
    if (Number.isNaN(number) || number < 1 || number > run.length || ordered[number - 1] !== undefined) return [];
    ordered[number - 1] = indexes[position] ?? 0;
  }
  return ordered;
}

function hasContext(text: string, from: number, to: number): boolean {
  return CONTEXT_WORDS.test(text.slice(Math.max(0, from - CONTEXT), from)) || CONTEXT_WORDS.test(text.slice(to, to + CONTEXT / 2));
}

/** Characters of a Chinese list without anything between them (or in small groups), beside words for a recovery phrase. */
function unspacedChinese(
  text: string,
  tokens: readonly Token[],
  list: List,
  hasChecksum: (indexes: readonly number[]) => boolean,
): readonly SecretHit[] {
  const hits: SecretHit[] = [];
  let group: Token[] = [];
  const judge = (part: readonly Token[]): boolean => {
    const characters = part.flatMap((token) => [...token.key]);
    const first = part[0];
    const last = part.at(-1);
    const length = LENGTHS.find((one) => one === characters.length);
    if (length === undefined || first === undefined || last === undefined || part.length === length) return false;
    const indexes = characters.map((character) => list.indexOf.get(character));
    if (!indexes.every((index) => index !== undefined) || !CHINESE_CONTEXT.test(around(text, first.from, last.to))) return false;
    const certainty = hasChecksum(indexes) ? 'certain' : 'likely';
    hits.push({ kind: 'recovery-phrase', certainty, from: first.from, to: last.to, detail: String(length) });
    return true;
  };
  const close = (): void => {
    // all of it in groups, or one piece with other words beside it
    if (!group.map((token) => judge([token])).includes(true)) judge(group);
    group = [];
  };
  for (const token of tokens) {
    const previous = group.at(-1);
    const isPart = HAN.test(token.key) && !CHINESE_CONTEXT.test(token.key);
    if (previous !== undefined && (!isPart || !/^[\s,，、|/-]{1,4}$/u.test(text.slice(previous.to, token.from)))) close();
    if (isPart) group.push(token);
  }
  close();
  return hits;
}

function around(text: string, from: number, to: number): string {
  return text.slice(Math.max(0, from - 40), from) + ' ' + text.slice(to, to + 40);
}
