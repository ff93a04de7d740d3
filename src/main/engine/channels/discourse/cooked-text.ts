import { compile } from 'html-to-text';
import type { FormatCallback } from 'html-to-text';

const MAX_DEPTH = 400;

const alternative: FormatCallback = (element, _walk, builder) => {
  builder.addInline(attributeIn(element.attribs, 'alt'));
};

const card: FormatCallback = (element, _walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  builder.addInline(attributeIn(element.attribs, 'data-onebox-src'));
  builder.closeBlock({ trailingLineBreaks: 2 });
};

function attributeIn(attributes: unknown, name: string): string {
  const value: unknown = typeof attributes === 'object' && attributes !== null ? Reflect.get(attributes, name) : undefined;
  return typeof value === 'string' ? value : '';
}

/** A file that a post shows or offers. */
export interface PostFile {
  /** As written in the post; relative to the forum when it begins with `/`. */
  readonly address: string;
  readonly name: string;
  readonly isImage: boolean;
}

/**
 * Readable text of what Discourse has made of a post: what others said is set apart by `> ` with their name, a card of another page is
 * its address, an emoji its name, a mention what it looks like. Never throws.
 * @param server of the forum, for links that are relative to it
 */
export function cookedReader(server: string): (cooked: string) => string {
  const convert = compile({
    wordwrap: false,
    limits: { maxInputLength: 1024 * 1024, maxDepth: MAX_DEPTH, maxChildNodes: 20_000, ellipsis: '…' },
    formatters: { alternative, card },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'img.emoji', format: 'alternative' },
      { selector: 'svg', format: 'skip' },
      { selector: 'script', format: 'skip' },
      { selector: '.quote-controls', format: 'skip' },
      { selector: '.lightbox-wrapper', format: 'skip' },
      { selector: 'aside.onebox', format: 'card' },
      // the name of somebody quoted stands above their words, and behind the same mark
      { selector: 'div.title', format: 'blockquote' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true, baseUrl: server } },
      { selector: 'a.mention', format: 'inline' },
      { selector: 'a.mention-group', format: 'inline' },
      { selector: 'a.hashtag', format: 'inline' },
      { selector: 'a.hashtag-cooked', format: 'inline' },
      { selector: 'a.attachment', format: 'inline' },
      { selector: 'a.anchor', format: 'skip' },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'table', options: { uppercaseHeaderCells: false } },
    ],
  });
  return (cooked) => {
    try {
      if (!isDeep(cooked)) return convert(cooked).trim();
    } catch {
      // its own limits; the words matter more than their layout
    }
    return cooked
      .replaceAll(/<[^<>]{0,2000}>/gu, ' ')
      .replaceAll(/[^\S\n]+/gu, ' ')
      .trim();
  };
}

const TAG = /<(\/?)([a-z][a-z0-9]{0,20})\b([^<>]{0,4000})>/giu;
const FLAT: ReadonlySet<string> = new Set('area base br col embed hr img input link meta source track wbr p li td th tr dt dd'.split(' '));

function isDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    if (FLAT.has(name.toLowerCase())) continue;
    if (slash === '/') depth = Math.max(0, depth - 1);
    else if (++depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Pictures and files of a post itself, in order, each once: not those of somebody quoted, of cards, emojis and avatars. */
export function filesOf(cooked: string): readonly PostFile[] {
  const found = new Map<string, PostFile>();
  let asides = 0;
  let isInLightbox = false;
  for (const match of cooked.matchAll(TAG)) {
    const [whole, slash = '', tag = '', rest = ''] = match;
    const name = tag.toLowerCase();
    if (name === 'aside') asides = Math.max(0, asides + (slash === '/' ? -1 : 1));
    if (name === 'a') isInLightbox = slash === '' && hasClass(rest, 'lightbox');
    if (slash === '/' || asides > 0 || (name === 'img' && isInLightbox) || found.size >= 50) continue;
    const file = fileOf(
      name,
      rest,
      /^[^<]{1,200}/u.exec(cooked.slice(match.index + whole.length, match.index + whole.length + 200))?.[0] ?? '',
    );
    if (file !== null && file.address !== '' && !found.has(file.address)) found.set(file.address, file);
  }
  return [...found.values()];
}

function fileOf(tag: string, attributes: string, label: string): PostFile | null {
  if (tag === 'a' && hasClass(attributes, 'lightbox'))
    return { address: attributeOf(attributes, 'href'), name: attributeOf(attributes, 'title'), isImage: true };
  if (tag === 'a' && hasClass(attributes, 'attachment'))
    return { address: attributeOf(attributes, 'href'), name: plain(label), isImage: false };
  const isUpload = tag === 'img' && attributeOf(attributes, 'data-base62-sha1') !== '' && !hasClass(attributes, 'emoji');
  return isUpload ? { address: attributeOf(attributes, 'src'), name: attributeOf(attributes, 'alt'), isImage: true } : null;
}

function hasClass(attributes: string, name: string): boolean {
  return ` ${attributeOf(attributes, 'class')} `.includes(` ${name} `);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function attributeOf(attributes: string, name: string): string {
  return plain(new RegExp(`(?:^|\\s)${name}="([^"]{0,2000})"`, 'iu').exec(attributes)?.[1] ?? '');
}

function plain(value: string): string {
  return value.replaceAll(/&(amp|lt|gt|quot|#39);/gu, (whole, key: string) => ENTITIES[key] ?? whole);
}
