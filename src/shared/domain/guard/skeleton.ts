import { CONFUSABLES } from './confusables.ts';

/** Letters in squares, circles and flags that no normalization takes apart, by the first of each alphabet. */
const ENCLOSED = [0x1_f1_50, 0x1_f1_70, 0x1_f1_e6, 0x1_f1_30] as const;

/** Digits that are written for letters. */
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g' };
/** Signs that are, inside of a word: an `@` before a name and a `!` behind it are what they are. */
const SIGNS: Readonly<Record<string, string>> = { '@': 'a', $: 's', '€': 'e', '!': 'l', '|': 'l' };

/** Turned and foreign letters that imitations are made of and no table has. */
const TURNED: readonly (readonly [from: string, to: string])[] = [
  ['ʍ', 'm'],
  ['ǝ', 'e'],
  ['ə', 'a'],
  ['ɐ', 'a'],
  ['ɯ', 'w'],
  ['ɹ', 'r'],
  ['ʌ', 'v'],
  ['ĸ', 'k'],
  ['ƅ', 'b'],
  ['ᶌ', 'v'],
];

let table: ReadonlyMap<string, string> | null = null;

function confusables(): ReadonlyMap<string, string> {
  table ??= parseTable();
  return table;
}

function parseTable(): ReadonlyMap<string, string> {
  const parsed = new Map<string, string>();
  const character = (hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));
  for (const match of CONFUSABLES.matchAll(/(?<to>[\da-f+]+):(?<from>[\da-f,\s]+?)(?=\s[\da-f+]+:|\s*$)/gu)) {
    const prototype = (match.groups?.['to'] ?? '').split('+').map(character).join('');
    for (const from of (match.groups?.['from'] ?? '').split(/[,\s]+/u)) if (from !== '') parsed.set(character(from), prototype);
  }
  for (const [from, to] of TURNED) parsed.set(from, to);
  return parsed;
}

function openEnclosed(text: string): string {
  return text.replaceAll(/[\u{1f130}-\u{1f149}\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const first = ENCLOSED.find((start) => code >= start && code < start + 26) ?? code;
    return String.fromCodePoint(0x61 + code - first);
  });
}

function mapConfusables(text: string): string {
  const mapped = confusables();
  let result = '';
  for (const character of text) result += mapped.get(character) ?? character;
  return result;
}

/**
 * A text as it looks: compatibility forms folded (full width, mathematical and circled letters), marks and invisible characters
 * stripped, look-alikes of other scripts replaced by their prototypes, in lower case. Blanks and signs stay. Two texts that a hurried
 * reader takes for the same have the same skeleton; one text's skeleton is for comparing, never for showing.
 *
 * Source: UTS #39, 4 (skeleton), with NFKC in the place of NFD, since compatibility forms too are for the eye, in lower case, and with
 * ASCII as it is: that `1` looks like `l` is for {@link visualKey}.
 */
export function skeleton(text: string): string {
  if (/^[a-z ]*$/u.test(text)) return text;
  const plain = openEnclosed(text)
    .normalize('NFKC')
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
  // an upper-case letter may resemble one that its lower case does not: Cyrillic В is a B
  return mapConfusables(mapConfusables(plain).toLowerCase()).toLowerCase();
}

/**
 * What remains of a name when all that is done to imitate one is undone: its {@link skeleton} without anything but letters and digits,
 * with digits read as the letters they stand for, `rn` as `m`, `vv` as `w`, and `i` as `l`. `''` when nothing is left.
 */
export function visualKey(text: string): string {
  return skeleton(text)
    .replaceAll(/(?<=[\p{L}\p{N}])[@!|€](?=[\p{L}\p{N}])|\$(?=\p{L})/gu, (sign) => SIGNS[sign] ?? sign)
    .replaceAll(/[0-9]/gu, (digit) => LEET[digit] ?? digit)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('i', 'l');
}

/** The keys of a text's words, in order: words end at blanks, signs and where lower case turns into upper case. */
export function visualWords(text: string): readonly string[] {
  const parted = openEnclosed(text)
    .normalize('NFKC')
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  return parted
    .split(/[\s\p{P}\p{S}\p{Zs}]+/u)
    .map(visualKey)
    .filter((key) => key !== '');
}

/**
 * Whether two keys differ by at most one slip: a letter more, less, another, or two neighbours swapped
 * (optimal string alignment distance of at most 1).
 */
export function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const left = a.length - start - end;
  const right = b.length - start - end;
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
