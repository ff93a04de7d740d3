/** The first letters that a Mandarin syllable can have, and the first character of each in the order of the dictionary. */
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const FIRST_OF = [...'吖八嚓咑妸发旮哈丌咔垃呣拏噢妑七呥仨他屲夕丫帀'];
const HAN = /\p{Script=Han}/u;
/** The order of the Unicode CLDR by pinyin, which the browser knows for every character. */
const byPinyin = new Intl.Collator('zh-u-co-pinyin');

/** Where the dictionary begins with a rarer reading than that of everyday words and of surnames. */
const COMMONER: Readonly<Record<string, string>> = { 长: 'c', 曾: 'z' };

/** The first letter of a character in Mandarin, in its commonest reading. */
function initialOf(character: string): string {
  const commoner = COMMONER[character];
  if (commoner !== undefined) return commoner;
  const at = FIRST_OF.findLastIndex((first) => byPinyin.compare(first, character) <= 0);
  return LETTERS.charAt(at);
}

const known = new Map<string, string>();

/**
 * What somebody types who writes a Chinese text by the first letters of its syllables: `设置` is `sz`. Other characters are left as they are,
 * without spaces and signs; empty for a text without Chinese. A character with several readings has its commonest one.
 */
export function pinyinInitials(text: string): string {
  if (!HAN.test(text)) return '';
  const before = known.get(text);
  if (before !== undefined) return before;
  const initials = [...text.toLocaleLowerCase()]
    .map((character) => (HAN.test(character) ? initialOf(character) : /[\p{L}\p{N}]/u.test(character) ? character : ''))
    .join('');
  known.set(text, initials);
  return initials;
}
