import {
  isLength,
  isNearWord,
  isOf,
  LENGTHS,
  MAX_GAP,
  MAX_TYPOS,
  SHORTEST,
  tokenize,
  type KnownWords,
  type Token,
  type WordList,
} from './phrase-words.ts';
import type { SecretHit, SecretScannerOptions } from './secret-types.ts';
import { joinedWords, unspacedChinese } from './unspaced-phrase.ts';

/** Characters around a run in which words such as "recovery phrase" count. */
const CONTEXT = 240;
/** Words of a list that may stand beside a phrase without being of it. */
const MAX_SURPLUS = 2;
/** Checksums that one text may cost; whole word lists have no phrase in them. */
const MAX_CHECKSUMS = 2_000;
/** A run this long is no phrase with words around it. */
const MAX_RUN = 36;

/** Words beside which a run of words is a phrase. */
export const PHRASE_CUE =
  /seed|recovery|mnemonic|phrase|backup words|secret words|wallet words|1[2258] words|24 words|twelve words|助[记記][词詞]|恢复|恢復|种子|種子|備份|备份|シード|フレーズ|ニーモニック|復元|リカバリ|시드|복구|니모닉|구문|semilla|recuperaci|frase|palabras|recupera[cç]|palavras|semente|phrase|récupération|graine|mots|parole|ripristino|recupero|fráze|slova|obnov|сид|мнемо|фраз|слов|seedphrase/iu;

/** What was taken out before says nothing about what is there now; the text beside a run may begin or end within it. */
const PLACEHOLDER_PART = /⟦[^⟦⟧]{0,48}(?:⟧|$)|^[^⟦⟧]{0,48}⟧/gu;

/**
 * A finder of BIP-39 recovery phrases: runs of words of one list, with numbering, commas and lines between them. A run whose checksum is
 * right (at any place, of any allowed length) is certain. Without it, a run is likely when words around it speak of a phrase, when the
 * message has nothing else, or when up to two words of it are one letter away from a word of the list.
 * Chinese lists are of everyday characters: those count where something stands between them, or beside words for a recovery phrase.
 *
 * Sources: BIP-39 (checksum, lengths, NFKD).
 */
export function createPhraseFinder(
  { lists, languagesOf }: KnownWords,
  sha256: SecretScannerOptions['sha256'],
): (text: string) => readonly SecretHit[] {
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

  /** What a checksum says of a run, null when it says nothing. */
  function judgeChecksum(text: string, run: readonly Token[], list: WordList, isMeant: boolean, isAlone: boolean): SecretHit | null {
    const indexes = run.map((token) => list.indexOf.get(token.key) ?? 0);
    const part = checkedPart(indexes);
    if (!isMeant && list.language === 'english' && list.isEveryday) return null;
    if (!isMeant && !isVaried(run) && (part === null || !isOneWordOver(indexes.slice(part.first, part.end)))) return null;
    // a word or two too many are the customer's own ("what", "now"); more may be a longer phrase in which a part is right by chance
    if (part !== null && !isAlone && !isLength(run.length) && run.length - part.length <= MAX_SURPLUS) {
      return hitOf(run.slice(part.first, part.end), 'certain', part.length);
    }
    const found = part ?? checkedPart(byTheirNumbers(text, run, indexes));
    return found === null ? null : hitOf(run, 'certain', isLength(run.length) ? run.length : found.length);
  }

  function judgeRun(text: string, run: readonly Token[], list: WordList, typos: number): SecretHit | null {
    if (run.length < SHORTEST) return null;
    const from = run[0]?.from ?? 0;
    const to = run.at(-1)?.to ?? 0;
    const isAlone = text.length - (to - from) < CONTEXT && !/\p{L}{2}/u.test(text.slice(0, from) + text.slice(to));
    const isNamed = hasContext(text, from, to);
    const checked = typos === 0 ? judgeChecksum(text, run, list, isAlone || isNamed, isAlone) : null;
    if (checked !== null) return checked;
    // prose has twelve such words in a row hardly ever: small words that no list has stand in between
    const isLikely = isNamed || (isVaried(run) && !list.isEveryday);
    return isLikely ? hitOf(run, 'likely', LENGTHS.find((length) => length <= run.length) ?? SHORTEST) : null;
  }

  function findRuns(text: string, tokens: readonly Token[], list: WordList, hits: SecretHit[]): void {
    let start = 0;
    while (start < tokens.length) {
      if (!isOf(tokens[start], list)) {
        start += 1;
        continue;
      }
      const end = strictEnd(tokens, start, list);
      const strict = { run: tokens.slice(start, end), typos: 0 };
      const loose = list.isEveryday ? strict : looseRun(tokens, start, list);
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
      if (list.language.endsWith('chinese')) hits.push(...unspacedChinese(text, tokens, list, hasChecksum));
      else if (!list.isEveryday) hits.push(...joinedWords(text, list, hasChecksum));
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

/** The token after the run of words of a list that starts at `start`. */
function strictEnd(tokens: readonly Token[], start: number, list: WordList): number {
  let end = start + 1;
  while (end < tokens.length && end - start < MAX_RUN && isOf(tokens[end], list) && isClose(tokens[end - 1], tokens[end])) end += 1;
  return end;
}

/** From a word of the list on: words of it, and up to two that nearly are (the first too may be one). */
function looseRun(tokens: readonly Token[], start: number, list: WordList): { readonly run: readonly Token[]; readonly typos: number } {
  let typos = 0;
  let end = start;
  let begin = start;
  let known = 0;
  for (const token of tokens.slice(start, start + SHORTEST)) if (isOf(token, list)) known += 1;
  if (known < SHORTEST - MAX_TYPOS) return { run: [], typos: 0 };
  const before = tokens[start - 1];
  const beforeIsNear = before !== undefined && isClose(before, tokens[start]) && isNearWord(before.key, list);
  while (end < tokens.length && end - begin < MAX_RUN) {
    const token = tokens[end];
    if (token === undefined || (end > start && !isClose(tokens[end - 1], token))) break;
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

function isClose(before: Token | undefined, after: Token | undefined): boolean {
  return before !== undefined && after !== undefined && after.from - before.to <= MAX_GAP;
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
  const sides = [text.slice(Math.max(0, from - CONTEXT), from), text.slice(to, to + CONTEXT / 2)];
  return sides.some((side) => PHRASE_CUE.test(side.replaceAll(PLACEHOLDER_PART, '')));
}
