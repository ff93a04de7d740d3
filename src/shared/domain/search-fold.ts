/**
 * How search sees text: compatibility forms, case, diacritics, Arabic vowel signs and invisible characters are folded away,
 * and so are line breaks inside Chinese, Japanese and Thai sentences, which mail programs insert anywhere.
 */

/** What a character is to search. `run` characters stand in scripts whose words are not separated reliably. */
export const CHARACTER = { other: 1, letter: 2, digit: 3, run: 4 } as const;
export type CharacterKind = (typeof CHARACTER)[keyof typeof CHARACTER];

const RUN =
  /^(?=[\p{L}\p{N}\p{M}])[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script_Extensions=Bopomofo}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const DIGIT = /^\p{N}/u;
const LETTER = /^[\p{L}\p{M}\p{Co}]/u;

function classify(codePoint: number): CharacterKind {
  const character = String.fromCodePoint(codePoint);
  if (RUN.test(character)) return CHARACTER.run;
  if (DIGIT.test(character)) return CHARACTER.digit;
  return LETTER.test(character) ? CHARACTER.letter : CHARACTER.other;
}

// Filled as characters are met: asking three expressions for every character would be most of the cost of indexing.
const known = new Uint8Array(0x10000);

function kindOf(codePoint: number): number {
  if (codePoint > 0xffff) return classify(codePoint);
  const stored = known[codePoint] ?? 0;
  if (stored !== 0) return stored;
  const kind = classify(codePoint);
  known[codePoint] = kind;
  return kind;
}

/** The kind of the character that begins at `index`; `other` beyond the end. */
export function kindAt(text: string, index: number): number {
  const codePoint = text.codePointAt(index);
  return codePoint === undefined ? CHARACTER.other : kindOf(codePoint);
}

/** The kind of the character that ends right before `index`; `other` at the start. */
export function kindBefore(text: string, index: number): number {
  if (index <= 0) return CHARACTER.other;
  const unit = text.charCodeAt(index - 1);
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff && index > 1;
  return kindAt(text, isLowSurrogate ? index - 2 : index - 1);
}

/** UTF-16 units of the character that begins at `index`. */
export function widthAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}

/** Latin, Greek and Cyrillic accents, Hebrew points, Arabic harakat and tatweel, variation selectors, and what is not visible. */
const DROPPED =
  '\\u00ad\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u061c\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed' +
  '\\u08d3-\\u08e1\\u08e3-\\u08ff\\u180b-\\u180e\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u20d0-\\u20f0\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff\\u{e0100}-\\u{e01ef}';
const DROP = new RegExp(`[${DROPPED}]`, 'gu');
/** What belongs to the character before it: marks, dropped ones, half-width sound marks, and Hangul in parts (as macOS names files). */
const SEGMENT = new RegExp(`[\\s\\S][\\p{M}${DROPPED}\\uff9e-\\uffdc\\u1160-\\u11ff\\ud7b0-\\ud7fb\\u3131-\\u318e]*`, 'gu');
const ASCII = /^[\0-\x7f]*$/u;

/** Letters that have no decomposition but that people type without their stroke. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const UNPLAIN = /[ßæœøđðþłħıς]/gu;

function foldPiece(piece: string): string {
  if (ASCII.test(piece)) return piece.toLowerCase();
  return piece
    .normalize('NFKD')
    .toLowerCase()
    .replace(DROP, '')
    .replace(UNPLAIN, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFKC');
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0d;
}

/** Where a single line break stands between two characters of a run script: [start, end) pairs to cut out. */
function wraps(folded: string): [number, number][] {
  const cuts: [number, number][] = [];
  for (let feed = folded.indexOf('\n'); feed >= 0; feed = folded.indexOf('\n', feed + 1)) {
    let start = feed;
    let end = feed + 1;
    while (start > 0 && isBlank(folded.charCodeAt(start - 1))) start -= 1;
    while (end < folded.length && isBlank(folded.charCodeAt(end))) end += 1;
    if (kindBefore(folded, start) === CHARACTER.run && kindAt(folded, end) === CHARACTER.run) cuts.push([start, end]);
  }
  return cuts;
}

/** The folded form of a text; what is indexed and what queries are compared with. */
export function foldText(text: string): string {
  const folded = foldPiece(text);
  const cuts = wraps(folded);
  if (cuts.length === 0) return folded;
  let joined = '';
  let from = 0;
  for (const [start, end] of cuts) {
    joined += folded.slice(from, start);
    from = end;
  }
  return joined + folded.slice(from);
}

/** A folded text that knows where each of its UTF-16 units came from. */
export interface MappedText {
  readonly folded: string;
  /** The [start, end) of the original text that the folded [start, end) stands for. */
  original(start: number, end: number): [number, number];
}

/** Like `foldText`, with the way back to the original. Slower: for texts that are shown. */
export function foldWithMap(text: string): MappedText {
  if (ASCII.test(text)) return { folded: text.toLowerCase(), original: (start, end) => [start, end] };
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of text.matchAll(SEGMENT)) {
    const [segment] = match;
    const piece = foldPiece(segment);
    folded += piece;
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(match.index);
      ends.push(match.index + segment.length);
    }
  }
  const cuts = wraps(folded);
  let joined = '';
  let from = 0;
  for (const [start, end] of cuts) {
    joined += folded.slice(from, start);
    from = end;
  }
  joined += folded.slice(from);
  // From the back, so that earlier positions stay true.
  for (const [start, end] of cuts.toReversed()) {
    starts.splice(start, end - start);
    ends.splice(start, end - start);
  }
  return { folded: joined, original: (start, end) => [starts[start] ?? text.length, ends[end - 1] ?? starts[start] ?? text.length] };
}
