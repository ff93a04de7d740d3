/** Code points that X counts as one; all others count two (twitter-text configuration v3: weighted ranges). */
const LIGHT: readonly (readonly [from: number, to: number])[] = [
  [0, 4_351],
  [8_192, 8_205],
  [8_208, 8_223],
  [8_242, 8_247],
];
/** What X counts a link as, however long it is. */
const LINK_WEIGHT = 23;
/** Flags and keycaps are emojis, too, and are put together from signs that are none. */
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

/** Endings with three letters and more that people write without `https://`. X makes links of many more; of these in any case. */
const ENDINGS =
  'com|net|org|edu|gov|mil|int|info|biz|name|pro|mobi|asia|app|dev|page|blog|shop|store|online|site|website|tech|space|live|news|world|today|life|club|xyz|top|vip|win|work|email|support|help|chat|cloud|digital|finance|financial|exchange|money|cash|trade|trading|market|markets|capital|network|systems|company|agency|solutions|services|center|group|team|global|international|zone|link|click|host|press|media|video|studio|design|art|games|fun|one|icu|ltd|wiki|community|foundation|academy|guru|expert|legal|tax|bank|fund|security|wallet';
const LABEL = String.raw`[a-z\d](?:[a-z\d_-]{0,61}[a-z\d])?\.`;
/** Signs in a path or query, and those that one may end with (twitter-text, validUrlPath and validUrlPathEndingChars). */
const REST = String.raw`[\w!*';:=+,.$/%#[\]\-~&|@?()\u00c0-\u024f\u0400-\u04ff]{0,4000}`;
const END = /[^\w=#/+\-&)\u00c0-\u024f\u0400-\u04ff]+$/u;
const LINK = new RegExp(
  [
    String.raw`\bhttps?://[^\s/?#@\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]{1,253}(?:[/?#]${REST})?`,
    String.raw`(?<![\w@＠$#＃./-])(?:${LABEL}){1,10}(?:${ENDINGS}|[a-z]{2})(?![\w@-])(?::\d{1,5})?(?:[/?#]${REST})?`,
  ].join('|'),
  'giu',
);

/** A name of one part and the ending of a country is a link only with a path behind it, so that "done.it" is none; but for these. */
function isLink(found: string): boolean {
  if (found.includes('://')) return true;
  const host = found.split(/[/?#:]/u)[0]?.toLowerCase() ?? '';
  const labels = host.split('.');
  return labels.length > 2 || (labels.at(-1) ?? '').length > 2 || /\.(?:co|tv)$/u.test(host) || found.includes('/');
}

/** What X makes links of, as they stand in a text: also names without `https://` (twitter-text, extractUrlsWithIndices). */
function linksIn(text: string): readonly { readonly at: number; readonly length: number }[] {
  return [...text.matchAll(LINK)].flatMap((match) => {
    const [whole] = match;
    const open = whole.replace(END, '');
    // a bracket that was opened before the link ends behind it
    const shown = open.endsWith(')') && !open.includes('(') ? open.replace(/\)+$/u, '').replace(END, '') : open;
    return isLink(shown) ? [{ at: match.index, length: shown.length }] : [];
  });
}

/** Whether X makes a link of any part of it. */
export function hasLink(text: string): boolean {
  return linksIn(text).length > 0;
}

/** Signs of one that nothing joins to: most of what is written in Latin letters. The one before another sign may belong to it. */
const PLAIN = /[\n -~]+(?![^\n -~])/gu;

function weightOf(text: string): number {
  let weight = 0;
  const rest = text.replaceAll(PLAIN, (run) => {
    weight += run.length - 1;
    return '\n';
  });
  // an emoji counts two, whatever it is put together from
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(rest)) {
    if (EMOJI.test(segment)) weight += 2;
    else
      for (const character of segment) {
        const point = character.codePointAt(0) ?? 0;
        weight += LIGHT.some(([from, to]) => point >= from && point <= to) ? 1 : 2;
      }
  }
  return weight;
}

/** How long a post is for X, of 280 (twitter-text, parseTweet: weightedLength). */
export function weightedLength(text: string): number {
  const normal = text.normalize('NFC');
  let from = 0;
  let weight = 0;
  for (const { at, length } of linksIn(normal)) {
    weight += weightOf(normal.slice(from, at)) + LINK_WEIGHT;
    from = at + length;
  }
  return weight + weightOf(normal.slice(from));
}
