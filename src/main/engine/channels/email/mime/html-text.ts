import { compile } from 'html-to-text';
import { lazily } from '../../../../../shared/domain/lazily.ts';

/** Made with the first text: that takes longer than many modules take to load. */
const converter = lazily(() =>
  compile({
    wordwrap: false,
    limits: { maxInputLength: 2 * 1024 * 1024, maxDepth: 400, maxChildNodes: 20_000, ellipsis: '…' },
    selectors: [
      { selector: 'head', format: 'skip' },
      { selector: 'title', format: 'skip' },
      { selector: 'img', format: 'skip' },
      // what the sender hides from view must not enter search, previews and quotes
      { selector: '[hidden]', format: 'skip' },
      { selector: '[style*="display:none"]', format: 'skip' },
      { selector: '[style*="display: none"]', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'h3', options: { uppercase: false } },
      { selector: 'h4', options: { uppercase: false } },
      { selector: 'h5', options: { uppercase: false } },
      { selector: 'h6', options: { uppercase: false } },
      { selector: 'table', options: { uppercaseHeaderCells: false } },
    ],
  }),
);

/** Text of an HTML body, and whether its markup was too deep to be laid out. */
export interface HtmlText {
  readonly text: string;
  readonly tooDeep: boolean;
}

/**
 * Readable text of HTML: blocks on lines of their own, quotes prefixed by `> `, links with their target. Markup deeper than
 * `maxDepth` is stripped tag by tag instead, in linear time. Never throws.
 */
export function htmlToPlainText(html: string, maxDepth: number): HtmlText {
  const tooDeep = isDeeperThan(html, maxDepth);
  if (tooDeep) return { text: stripTags(html), tooDeep };
  try {
    return { text: converter()(html), tooDeep };
  } catch {
    // the converter's own limits are the only expected cause; the words matter more than their layout
    return { text: stripTags(html), tooDeep: true };
  }
}

/** Elements that never nest in themselves: void ones, and those that a sibling closes implicitly. */
const flatElements = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option thead tbody'.split(' '),
);
const tagStart = /<(\/?)([a-z][a-z0-9]{0,20})/giu;

function isDeeperThan(html: string, maxDepth: number): boolean {
  let depth = 0;
  for (const match of html.matchAll(tagStart)) {
    if (flatElements.has((match[2] ?? '').toLowerCase())) continue;
    if (match[1] === '/') depth = Math.max(0, depth - 1);
    else if (++depth > maxDepth) return true;
  }
  return false;
}

const blockElements = new Set(
  'address article aside blockquote br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td tr ul'.split(
    ' ',
  ),
);
const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** Text between tags, a line for each block. One pass, no recursion. */
export function stripTags(html: string): string {
  const out: string[] = [];
  // an unclosed script must not be searched for its end again and again
  const closers = { script: new CloserSearch(html, /<\/script/giu), style: new CloserSearch(html, /<\/style/giu) };
  let position = 0;
  while (position < html.length) {
    const open = html.indexOf('<', position);
    if (open < 0) break;
    if (open > position) out.push(html.slice(position, open));
    const name = /^<\/?([a-z][a-z0-9]{0,20})/iu.exec(html.slice(open, open + 24))?.[1]?.toLowerCase() ?? '';
    position = skipTag(html, open, name, name === 'script' || name === 'style' ? closers[name] : null);
    if (blockElements.has(name)) out.push('\n');
  }
  if (position < html.length) out.push(html.slice(position));
  return decodeEntities(out.join(''))
    .replace(/[ \t\r\f\v]+/gu, ' ')
    .replace(/ ?\n[ \n]*/gu, '\n')
    .trim();
}

/** Offset after the tag, comment, script or style that begins at `open`. */
function skipTag(html: string, open: number, name: string, closer: CloserSearch | null): number {
  if (html.startsWith('<!--', open)) {
    const end = html.indexOf('-->', open + 4);
    return end < 0 ? html.length : end + 3;
  }
  const isTag = name !== '' || html.charAt(open + 1) === '!' || html.charAt(open + 1) === '?' || html.charAt(open + 1) === '/';
  if (!isTag) return open + 1;
  const end = html.indexOf('>', open);
  if (end < 0) return html.length;
  if (closer === null || html.charAt(open + 1) === '/') return end + 1;
  const close = closer.after(end);
  if (close < 0) return end + 1;
  const closeEnd = html.indexOf('>', close);
  return closeEnd < 0 ? html.length : closeEnd + 1;
}

/** Finds end tags for growing positions, reading the text once. */
class CloserSearch {
  readonly #html: string;
  readonly #pattern: RegExp;
  #found = -2;

  constructor(html: string, pattern: RegExp) {
    this.#html = html;
    this.#pattern = pattern;
  }

  /** Offset of the first end tag at or after `position`, -1 when there is none. */
  after(position: number): number {
    if (this.#found === -1 || this.#found >= position) return this.#found;
    this.#pattern.lastIndex = position;
    this.#found = this.#pattern.exec(this.#html)?.index ?? -1;
    return this.#found;
  }
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/giu, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities.get(name.toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\uFFFD';
  });
}
