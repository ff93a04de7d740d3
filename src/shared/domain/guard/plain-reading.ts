import { skeleton } from './skeleton.ts';

/** A text as it reads, and where each of its UTF-16 units stood in the text that was given; `places` has one more, for the end. */
export interface PlainReading {
  readonly text: string;
  readonly places: readonly number[];
}

/** What is not seen, or is a letter or digit in another shape; the rest of a text reads as it is. */
const ODD =
  /\p{Default_Ignorable_Code_Point}|\p{Cf}|[\uff01-\uff5e\u24b6-\u24e9]|[\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}]|(?![0-9])\p{Nd}|[A-Za-z][\p{sc=Cyrillic}\p{sc=Greek}]|[\p{sc=Cyrillic}\p{sc=Greek}][A-Za-z]/u;
const UNSEEN = /^(?:\p{Default_Ignorable_Code_Point}|\p{Cf})$/u;
const MIXED_WORD = /(?:\p{L}|\p{M})+/gu;

/**
 * A text as a person reads it: without characters that are not seen, full width, mathematical and circled letters and all digits as those of
 * ASCII, and look-alike letters of words that mix Latin with Cyrillic or Greek as the Latin ones. Null when it reads as it is.
 */
export function plainReading(text: string): PlainReading | null {
  if (!ODD.test(text)) return null;
  const mixed = mixedWords(text);
  const places: number[] = [];
  let plain = '';
  let at = 0;
  for (const character of text) {
    const read = UNSEEN.test(character) ? '' : readCharacter(character, mixed.has(at));
    for (let unit = 0; unit < read.length; unit += 1) places.push(at);
    plain += read;
    at += character.length;
  }
  places.push(text.length);
  return plain === text ? null : { text: plain, places };
}

function readCharacter(character: string, isMixed: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 128) return character;
  if (/^\p{Nd}$/u.test(character)) return String(digitOf(code));
  const isShaped =
    (code >= 0xff_01 && code <= 0xff_5e) ||
    (code >= 0x24_b6 && code <= 0x24_e9) ||
    (code >= 0x1_d4_00 && code <= 0x1_d7_ff) ||
    (code >= 0x1_f1_30 && code <= 0x1_f1_89);
  if (!isShaped && !isMixed) return character;
  const read = isShaped && code < 0x1_f1_30 ? character.normalize('NFKC') : skeleton(character);
  return /^[\0-\x7f]$/u.test(read) ? read : character;
}

/** Decimal digits stand in Unicode in rows of ten that begin with nought; those of mathematics are five rows in a row. */
function digitOf(code: number): number {
  if (code >= 0x1_d7_ce && code <= 0x1_d7_ff) return (code - 0x1_d7_ce) % 10;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

/** The places of all letters of words that hold Latin letters beside Cyrillic or Greek ones. */
function mixedWords(text: string): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { 0: word, index } of text.matchAll(MIXED_WORD)) {
    if (!/[A-Za-z]/u.test(word) || !/[\p{sc=Cyrillic}\p{sc=Greek}]/u.test(word)) continue;
    for (let at = index; at < index + word.length; at += 1) places.add(at);
  }
  return places;
}
