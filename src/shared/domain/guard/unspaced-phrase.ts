import type { SecretHit } from './secret-types.ts';
import { foldWord, isLength, LENGTHS, SHORTEST, type Token, type WordList } from './phrase-words.ts';

type HasChecksum = (indexes: readonly number[]) => boolean;

const CHINESE_CONTEXT = /助[記记][词詞]|种子|種子|seed|mnemonic/iu;
const HAN = /^\p{sc=Han}+$/u;
/** Characters that hardly any sentence to a help desk is without. */
const EVERYDAY =
  /[的了是我你您不在有没沒这這那就也都要会會能可以吗嗎呢吧请請给給到们們怎么麼为為什和还還很好说說看被把从從让讓去来來过過得着著请]/u;

/** Characters of a Chinese list without anything between them (or in small groups), beside words for a recovery phrase or alone. */
export function unspacedChinese(text: string, tokens: readonly Token[], list: WordList, hasChecksum: HasChecksum): readonly SecretHit[] {
  const hits: SecretHit[] = [];
  let group: Token[] = [];
  const judge = (part: readonly Token[]): boolean => {
    const characters = part.flatMap((token) => [...token.key]);
    const first = part[0];
    const last = part.at(-1);
    const length = LENGTHS.find((one) => one === characters.length);
    if (length === undefined || first === undefined || last === undefined || part.length === length) return false;
    const indexes = characters.map((character) => list.indexOf.get(character));
    if (!indexes.every((index) => index !== undefined)) return false;
    const isNamed = CHINESE_CONTEXT.test(around(text, first.from, last.to));
    const isRight = hasChecksum(indexes);
    if (!isNamed && !(isRight && isAlone(text, first.from, last.to) && !EVERYDAY.test(characters.join('')))) return false;
    hits.push({
      kind: 'recovery-phrase',
      // twelve characters between two commas are a clause as often, also in a warning that names a phrase
      certainty: isNamed && isRight ? 'certain' : isRight || !EVERYDAY.test(characters.join('')) ? 'likely' : 'possible',
      from: first.from,
      to: last.to,
      detail: String(length),
    });
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

function isAlone(text: string, from: number, to: number): boolean {
  return text.length - (to - from) < 16 && !/\p{L}/u.test(text.slice(0, from) + text.slice(to));
}

/** As many letters of a list's script as twelve of its words have at least; longer pieces are no words. */
const LATIN_RUN = /(?:\p{sc=Latin}|\p{M}){36,600}/gu;
const HIRAGANA_RUN = /(?:\p{sc=Hiragana}|\p{M}){24,600}/gu;
const HANGUL_RUN = /[\p{sc=Hangul}]{24,600}/gu;

/** Twelve words of a list and more without anything between them, also where other letters stand before and behind them. */
export function joinedWords(text: string, list: WordList, hasChecksum: HasChecksum): readonly SecretHit[] {
  const runs = list.language === 'japanese' ? HIRAGANA_RUN : list.language === 'korean' ? HANGUL_RUN : LATIN_RUN;
  const hits: SecretHit[] = [];
  for (const match of text.matchAll(runs)) {
    const found = longestChain(match[0], list);
    if (found === null) continue;
    const length = LENGTHS.find((one) => one <= found.indexes.length) ?? SHORTEST;
    const isCertain = isLength(found.indexes.length) && hasChecksum(found.indexes);
    const place = { from: match.index + found.from, to: match.index + found.to };
    hits.push({ kind: 'recovery-phrase', certainty: isCertain ? 'certain' : 'likely', ...place, detail: String(length) });
  }
  return hits;
}

interface Chain {
  readonly from: number;
  readonly to: number;
  readonly indexes: readonly number[];
}

/** The most words of a list that stand one behind the other in a piece of text; null for fewer than a phrase has. */
function longestChain(piece: string, list: WordList): Chain | null {
  const { folded, places } = foldedWithPlaces(piece);
  const lengths = [...list.byLength.keys()];
  /** By the place behind a word: how many stand there in a row, and where the last one begins. */
  const counts = new Uint16Array(folded.length + 1);
  const starts = new Uint16Array(folded.length + 1);
  let best = 0;
  for (let end = 1; end <= folded.length; end += 1) {
    for (const length of lengths) {
      const start = end - length;
      if (start < 0 || !list.indexOf.has(folded.slice(start, end))) continue;
      const count = (counts[start] ?? 0) + 1;
      if (count <= (counts[end] ?? 0)) continue;
      counts[end] = count;
      starts[end] = start;
    }
    if ((counts[end] ?? 0) > (counts[best] ?? 0)) best = end;
  }
  if ((counts[best] ?? 0) < SHORTEST) return null;
  const indexes: number[] = [];
  let at = best;
  while ((counts[at] ?? 0) > 0) {
    const start = starts[at] ?? 0;
    indexes.unshift(list.indexOf.get(folded.slice(start, at)) ?? 0);
    at = start;
  }
  return { from: places[at] ?? 0, to: (places[best - 1] ?? 0) + 1, indexes };
}

function foldedWithPlaces(piece: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = '';
  const places: number[] = [];
  for (let at = 0; at < piece.length; at += 1) {
    const one = foldWord(piece[at] ?? '');
    for (let unit = 0; unit < one.length; unit += 1) places.push(at);
    folded += one;
  }
  return { folded, places };
}
