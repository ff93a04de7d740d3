import { splitQuotedText } from '../quotes.ts';
import { isRedacted } from './placeholder.ts';
import { KEY_CUE, STRONG_OTHER } from './key-material.ts';
import { isLength, isNearWord, isOf, LETTERS, MAX_GAP, tokenize, type KnownWords, type Token, type WordList } from './phrase-words.ts';
import { PHRASE_CUE } from './recovery-phrase.ts';
import type { ConversationHits, EarlierHit, SecretHit, SecretScanner } from './secret-types.ts';

/** Mails of one sender that are read together: a secret in more of them is one in most of any five. */
export interface MailsReader {
  /** Whether a mail has something that may be a part of a secret; most have nothing, and no other mail has to be looked at. */
  readonly mayBePart: (text: string) => boolean;
  readonly read: (texts: readonly string[], at: number) => ConversationHits;
}

/** Characters of a mail that are read; parts of secrets are no long texts. */
const LONGEST = 16 * 1024;
/** Words that stand apart where a mail speaks of a phrase; where none does; and where no checksum helps either. */
const LEAST_WORDS = 3;
const LEAST_UNNAMED = 4;
const LEAST_UNCHECKED = 6;
/** Mails that a phrase is parted over, and combinations that are tried. */
const MOST_MAILS = 4;
const MOST_TRIES = 100;
/** Words of a line that has one word which is only near to one of the list. */
const WORDS_AROUND_SLIP = 3;
/** Where words announce what comes next: the end of a mail. */
const ANNOUNCING = 300;
/** Values of one mail: who sends more sends a list. */
const MOST_VALUES = 4;

/** Where a piece of a line ends that may be a list: "the first six: …". */
const SEPARATOR = /[\n:：。！？]|[.!?](?=\s)/u;
/** What stands between the words of a list; numbers of orders and signs of programs do not. */
const JOINT = /^(?:(?!\d{3})[^{}<>=[\]$_`\\@%]){1,32}$/u;
/** What a list is called is none of its words. */
const LEAD_END = /^[^\S\n]*[:：]/u;
const PARAGRAPH = /\n[^\S\n]*\n/u;
/** Words of the English list that people close mails with. */
const COURTESIES = new Set(
  'again all any can day enjoy find good great have hello help kind like much need news nice now please ready same stay thank that then there they this time update very wait want what when will you'.split(
    ' ',
  ),
);
const VALUE = /(?<![0-9A-Za-z/=_.-])(?:(?:0[xX])?[0-9A-Fa-f]{16,66}|(?=[A-Za-z]*\d)[1-9A-HJ-NP-Za-km-z]{20,112})(?![0-9A-Za-z/])/gu;
/** What keys with a checksum begin with. */
const CHECKED_KEY = /^(?:[xyzYZtuvUV]prv|6P|[5KLc9])/u;
const PLACEHOLDERS = /⟦redacted:[a-z0-9:-]{1,48}⟧/gu;
const KEY_PLACEHOLDER = /⟦redacted:(?:private|extended|pem)-key/u;
/** Put before values where the mails themselves call them a key. */
const NAMED_KEY = 'private key:\n';

interface Part {
  readonly from: number;
  readonly to: number;
  readonly words: number;
}

interface Piece extends Part {
  readonly mail: number;
  /** Where it begins in the composed text. */
  readonly start: number;
}

/**
 * Reads mails of one sender together. What counts is what somebody wrote in a mail, not what it quotes, and of that what stands apart: lines
 * of words of one list, values. A greeting before them and a name below them part nothing, and prose is never put together.
 */
export function createMailsReader({ lists, languagesOf }: KnownWords, scan: SecretScanner['scan']): MailsReader {
  // the beginnings of words are everyday words themselves
  const wholeLists = lists.filter(({ language, isEveryday }) => language !== 'english' || !isEveryday);

  /** What of a text stands apart, the longest; null when nothing does. */
  function partOf(segments: readonly Segment[], list: WordList, isAcross: boolean): Part | null {
    const parts: Part[] = [];
    let group: Token[] = [];
    const close = (): void => {
      const [first] = group;
      const last = group.at(-1);
      if (first !== undefined && last !== undefined && group.length >= LEAST_WORDS && !isCourtesy(group))
        parts.push({ from: first.from, to: last.to, words: group.length });
      group = [];
    };
    for (const segment of segments) {
      if (!segment.isJoined || (!isAcross && segment.isParagraph)) close();
      if (segment.mayBeList && isOfList(segment, list)) group.push(...segment.words);
      else close();
    }
    close();
    return parts.toSorted((one, other) => other.words - one.words)[0] ?? null;
  }

  /** The part of a mail by list, once with each paragraph for itself and once with words in paragraphs of their own put together. */
  function allParts(text: string): readonly (Part | null)[] {
    const tokens = tokenize(text, languagesOf);
    const segments = segmentsOf(tokens, text);
    const mayBe = segments.filter(({ mayBeList }) => mayBeList).flatMap(({ words }) => words);
    return wholeLists.flatMap((list) => {
      const isPoor = mayBe.filter((token) => isOf(token, list)).length < LEAST_WORDS - 1;
      return [false, true].map((isAcross) => (isPoor ? null : partOf(segments, list, isAcross)));
    });
  }

  /** What the parts of some mails make, if that is a phrase and nothing else. */
  function phraseIn(own: readonly string[], parts: readonly (Part | null)[], mails: readonly number[], at: number): readonly Place[] {
    const chosen = mails.flatMap((mail) => parts[mail] ?? []);
    const { pieces, text } = compose(own, (mail) => parts[mail] ?? [], mails, '');
    const count = tokenize(text, languagesOf).length;
    const isNamed = own.some((one) => PHRASE_CUE.test(one));
    if (!isLength(count) || (!isNamed && chosen.some(({ words }) => words < LEAST_UNNAMED))) return [];
    const isFirm = isNamed || chosen.every(({ words }) => words >= LEAST_UNCHECKED);
    return scan(text)
      .filter(
        ({ kind, certainty, detail }) => kind === 'recovery-phrase' && detail === String(count) && (certainty === 'certain' || isFirm),
      )
      .flatMap((hit) => placesIn(hit, pieces, at, true));
  }

  function findPhrase(own: readonly string[], at: number): readonly Place[] {
    const byMail = own.map(allParts);
    for (const index of byMail[at]?.keys() ?? []) {
      const parts = byMail.map((each) => each[index] ?? null);
      if (parts[at] === null) continue;
      const others = [...parts.keys()].filter((mail) => mail !== at && parts[mail] !== null);
      for (const mails of combinations(others, at)) {
        const found = isRepeated(own, parts, mails) ? [] : phraseIn(own, parts, mails, at);
        if (found.length > 0) return found;
      }
    }
    return [];
  }

  return {
    mayBePart: (text) => {
      const own = ownWords(text);
      return valuesOf(own).length > 0 || allParts(own).some((part) => part !== null);
    },
    read: (texts, at) => {
      const own = texts.map(ownWords);
      const phrase = findPhrase(own, at);
      const places = phrase.length > 0 ? withCopies(texts, phrase) : findKey(texts, own, at, scan);
      const earlier: EarlierHit[] = places.filter(({ mail }) => mail !== at).map(({ mail, hit }) => ({ index: mail, hit }));
      return { hits: places.filter(({ mail }) => mail === at).map(({ hit }) => hit), earlier };
    },
  };
}

/** A hit in one of the mails. */
interface Place {
  readonly mail: number;
  readonly hit: SecretHit;
}

/** Which mails may hold a phrase together with the new one: few before many, the nearest first. */
function combinations(others: readonly number[], at: number): readonly (readonly number[])[] {
  const near = others.toSorted((one, other) => Math.abs(one - at) - Math.abs(other - at));
  let last: readonly (readonly number[])[] = [[]];
  const all: (readonly number[])[] = [];
  for (let size = 1; size < MOST_MAILS; size += 1) {
    last = last.flatMap((chosen) => near.slice(near.indexOf(chosen.at(-1) ?? -1) + 1).map((mail) => [...chosen, mail]));
    all.push(...last);
  }
  return all.slice(0, MOST_TRIES).map((chosen) => [...chosen, at].toSorted((one, other) => one - other));
}

/** A half that was sent again, and what somebody closes every mail with. */
function isRepeated(own: readonly string[], parts: readonly (Part | null)[], mails: readonly number[]): boolean {
  const said = mails.map((mail) => {
    const { from, to } = parts[mail] ?? { from: 0, to: 0 };
    return (own[mail] ?? '')
      .slice(from, to)
      .toLowerCase()
      .replaceAll(/[^\p{L}]+/gu, ' ');
  });
  return new Set(said).size < said.length;
}

/** With everything else blank, so that all stays where it is: quotes, announcements of them, signatures, and what was taken out before. */
function ownWords(text: string): string {
  return splitQuotedText(text.slice(0, LONGEST))
    .blocks.map((block) => (block.kind === 'own' ? block.text : block.text.replaceAll(/[^\n]/gu, ' ')))
    .join('')
    .replaceAll(PLACEHOLDERS, (placeholder) => '□'.repeat(placeholder.length));
}

/** Words of a line, or of the part of it that is set apart. */
interface Segment {
  readonly words: Token[];
  /** Nothing but what joins a list stands before it, and perhaps a blank line. */
  readonly isJoined: boolean;
  readonly isParagraph: boolean;
  /** Its words are joined as those of a list are, and are neither its name nor a courtesy. */
  mayBeList: boolean;
}

function segmentsOf(tokens: readonly Token[], text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let before = '';
  for (const [index, token] of tokens.entries()) {
    const last = segments.at(-1);
    const isJoined = JOINT.test(before);
    if (last === undefined || SEPARATOR.test(before))
      segments.push({ words: [token], isJoined, isParagraph: PARAGRAPH.test(before), mayBeList: true });
    else {
      last.words.push(token);
      last.mayBeList &&= isJoined;
    }
    before = text.slice(token.to, tokens[index + 1]?.from);
    const current = segments.at(-1);
    if (current !== undefined && (SEPARATOR.test(before) || index === tokens.length - 1))
      current.mayBeList &&= !LEAD_END.test(before) && !isCourteousLine(current.words);
  }
  return segments;
}

function isOfList({ words }: Segment, list: WordList): boolean {
  const others = words.filter((word) => !isOf(word, list));
  const [slip] = others;
  if (slip === undefined) return true;
  return !list.isEveryday && others.length === 1 && words.length > WORDS_AROUND_SLIP && isNearWord(slip.key, list);
}

function isCourteousLine(words: readonly Token[]): boolean {
  return words.length > 1 && words.every(({ key }) => COURTESIES.has(key));
}

/** Words of chance are hardly ever such words; of a third of them it is a sentence. */
function isCourtesy(words: readonly Token[]): boolean {
  return words.filter(({ key }) => COURTESIES.has(key)).length * 3 >= words.length;
}

function valuesOf(text: string): readonly Part[] {
  const values = [...text.matchAll(VALUE)].map((match) => ({ from: match.index, to: match.index + match[0].length, words: 1 }));
  return values.length > MOST_VALUES ? [] : values;
}

function compose(
  own: readonly string[],
  partsOf: (mail: number) => Part | readonly Part[],
  mails: readonly number[],
  before: string,
): { readonly text: string; readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  let text = before;
  for (const mail of mails) {
    for (const part of [partsOf(mail)].flat()) {
      pieces.push({ ...part, mail, start: text.length });
      text += `${own[mail]?.slice(part.from, part.to) ?? ''}\n`;
    }
  }
  return { text, pieces };
}

/** Where the parts of a hit stand in their mails; none when the new mail has no part of it, or no other has one. */
function placesIn(hit: SecretHit, pieces: readonly Piece[], at: number, isShared: boolean): readonly Place[] {
  const places = pieces.flatMap(({ mail, start, from, to }): readonly Place[] => {
    const begin = Math.max(hit.from, start);
    const end = Math.min(hit.to, start + to - from);
    return begin < end ? [{ mail, hit: { ...hit, from: from + begin - start, to: from + end - start } }] : [];
  });
  const isHere = places.some(({ mail }) => mail === at);
  return isHere && (!isShared || places.some(({ mail }) => mail !== at)) ? places : [];
}

/** The same words once more, in a quote or in a mail that was sent twice. */
function withCopies(texts: readonly string[], places: readonly Place[]): readonly Place[] {
  const all = [...places];
  for (const { mail, hit } of places) {
    for (const [index, text] of texts.entries()) {
      for (const { from, to } of sameWords(texts[mail]?.slice(hit.from, hit.to) ?? '', text)) {
        const isThere = all.some((other) => other.mail === index && from < other.hit.to && to > other.hit.from);
        if (!isThere) all.push({ mail: index, hit: { ...hit, from, to } });
      }
    }
  }
  return all;
}

/** Where the words of a part of a phrase stand in a text, whatever stands between them. */
export function sameWords(part: string, text: string): readonly { readonly from: number; readonly to: number }[] {
  const words = [...part.matchAll(LETTERS)].map(([word]) => word);
  if (words.length < LEAST_WORDS) return [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{M}])${words.join(`[^\\p{L}]{1,${String(MAX_GAP)}}`)}(?![\\p{L}\\p{M}])`, 'giu');
  return [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

/**
 * A key in parts, or one that a mail before has announced. Who speaks of transactions in any of the mails, or answers a question for one, sends
 * those: they look the same.
 */
function findKey(texts: readonly string[], own: readonly string[], at: number, scan: SecretScanner['scan']): readonly Place[] {
  const values = own.map(valuesOf);
  if (values[at]?.length === 0) return [];
  const isOther = own.some((one, mail) => STRONG_OTHER.test(mail === at ? (texts[at] ?? '') : one));
  const isNamed = !isOther && own.some((one, mail) => mail <= at && isAnnounced(texts[mail] ?? '', one));
  for (const mails of pairsWith(own.length, at)) {
    const { text, pieces } = compose(own, (mail) => values[mail] ?? [], mails, isNamed ? NAMED_KEY : '');
    if (!isNamed && !pieces.some(({ mail, from, to }) => CHECKED_KEY.test(own[mail]?.slice(from, to) ?? ''))) continue;
    const places = scan(text)
      .filter((hit) => isRedacted(hit) && (hit.kind === 'private-key' || hit.kind === 'extended-key'))
      .flatMap((hit) => placesIn(hit, pieces, at, !isNamed));
    if (places.length > 0) return places;
  }
  return [];
}

/** The mail and each other, the nearest first. */
function pairsWith(mails: number, at: number): readonly (readonly number[])[] {
  const others = [...Array.from({ length: mails }).keys()].filter((mail) => mail !== at);
  return others.toSorted((one, other) => Math.abs(one - at) - Math.abs(other - at)).map((mail) => (mail < at ? [mail, at] : [at, mail]));
}

/** The words of a key that was taken out have announced that one. */
function isAnnounced(text: string, own: string): boolean {
  return !KEY_PLACEHOLDER.test(text) && new RegExp(KEY_CUE.source, 'iu').test(own.trimEnd().slice(-ANNOUNCING));
}
