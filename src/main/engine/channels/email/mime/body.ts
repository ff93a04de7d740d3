import { firstHeader } from './header-block.ts';
import { htmlToPlainText } from './html-text.ts';
import { isMultipart } from './part-tree.ts';
import type { MimePart } from './part-tree.ts';
import { partText } from './part-content.ts';
import type { ParsedMail, ParseLimits, ParseWarning } from './parsed-mail.ts';
import { decodedParam, parseStructured } from './structured-header.ts';

type Warn = (warning: ParseWarning) => void;

/** The leaves of a mail by what they are for. */
export interface Leaves {
  /** Bodies in order; an alternative is one body with several representations. */
  readonly bodies: readonly { readonly plain: MimePart[]; readonly html: MimePart[] }[];
  /** In document order. */
  readonly files: readonly MimePart[];
}

/** Representations inside an alternative that are neither body nor worth listing as a file. */
const silentAlternatives = new Set(['text/x-amp-html', 'text/watch-html', 'text/enriched', 'text/richtext']);

/** Sorts leaves into bodies and files. */
export function sortLeaves(root: MimePart): Leaves {
  const bodies: { plain: MimePart[]; html: MimePart[] }[] = [];
  const files: MimePart[] = [];
  const visit = (part: MimePart, alternative: { plain: MimePart[]; html: MimePart[] } | null): void => {
    if (isMultipart(part) && part.children.length > 0) {
      let own = alternative;
      if (part.type.value === 'multipart/alternative' && own === null) {
        own = { plain: [], html: [] };
        bodies.push(own);
      }
      for (const child of part.children) visit(child, own);
      return;
    }
    const kind = bodyKind(part);
    if (kind === null) {
      if (alternative !== null && silentAlternatives.has(part.type.value)) return;
      if (part.bodyEnd > part.bodyStart || part.type.value !== 'text/plain') files.push(part);
      return;
    }
    const body = alternative ?? { plain: [], html: [] };
    if (alternative === null) bodies.push(body);
    body[kind].push(part);
  };
  visit(root, null);
  return bodies.some((body) => body.plain.length + body.html.length > 0) ? { bodies, files } : adoptNamedText(bodies, files);
}

/** Some phones send the text of a mail as a named inline part: when nothing else is a body, the first such part is. */
function adoptNamedText(bodies: Leaves['bodies'], files: readonly MimePart[]): Leaves {
  const first = files.find(
    (part) => (part.type.value === 'text/plain' || part.type.value === 'text/html') && dispositionOf(part) !== 'attachment',
  );
  if (first === undefined) return { bodies, files };
  const isHtml = first.type.value === 'text/html';
  return { bodies: [{ plain: isHtml ? [] : [first], html: isHtml ? [first] : [] }], files: files.filter((part) => part !== first) };
}

/** Disposition as far as it is one we know. */
export function dispositionOf(part: MimePart): 'attachment' | 'inline' | null {
  const value = parseStructured(firstHeader(part.fields, 'content-disposition')).value;
  if (value === 'attachment' || value === 'inline') return value;
  // unknown dispositions are attachments (RFC 2183 section 2.8)
  return value === '' ? null : 'attachment';
}

/** The name a part declares, decoded but not made safe. */
export function declaredName(part: MimePart): string | null {
  return decodedParam(parseStructured(firstHeader(part.fields, 'content-disposition')), 'filename') ?? decodedParam(part.type, 'name');
}

function bodyKind(part: MimePart): 'plain' | 'html' | null {
  if (dispositionOf(part) === 'attachment') return null;
  // a multipart without any part is shown as the text it holds
  if (isMultipart(part)) return 'plain';
  if (part.type.value === 'text/html' || part.type.value === 'application/xhtml+xml') return declaredName(part) === null ? 'html' : null;
  if (part.type.value === 'text/plain' || part.type.value === 'text') return declaredName(part) === null ? 'plain' : null;
  if (part.parent === null && (part.type.value === 'text/enriched' || part.type.value === 'text/richtext')) return 'plain';
  return null;
}

type Body = Pick<ParsedMail, 'text' | 'textSource' | 'html'>;

/** Text and HTML of all bodies in order. A body without text is converted from its HTML, so a list footer never replaces the mail. */
export function assembleBody(raw: Buffer, leaves: Leaves, limits: ParseLimits, warn: Warn): Body {
  const rooms = { text: limits.textLength, html: limits.htmlLength };
  const read = leaves.bodies.map((body) => readBody(raw, body, rooms, limits, warn));
  const withText = read.filter(({ text }) => text.trim() !== '');
  const html = read.some((body) => body.html !== null) ? read.map((body) => body.html ?? preformatted(body.text)).join('\n') : null;
  return {
    text: withText.map(({ text }) => text.replace(/\n+$/u, '\n')).join('\n'),
    textSource: withText.some(({ isPlain }) => isPlain) ? 'plain' : withText.length > 0 ? 'html' : 'none',
    html: html === null ? null : cut(html, limits.htmlLength),
  };
}

interface BodyText {
  readonly text: string;
  readonly isPlain: boolean;
  readonly html: string | null;
}

/** One body, within what is left of the caps; `rooms` is used up. */
function readBody(
  raw: Buffer,
  body: Leaves['bodies'][number],
  rooms: { text: number; html: number },
  limits: ParseLimits,
  warn: Warn,
): BodyText {
  const plain = joinText(raw, body.plain, rooms.text, warn);
  const markup = joinText(raw, body.html, rooms.html, warn);
  const html = cut(markup, rooms.html);
  if (html.length < markup.length) warn('html-truncated');
  const isPlain = plain.trim() !== '' || html === '';
  const whole = isPlain ? plain : fromHtml(html, limits, warn);
  const text = cut(whole, rooms.text);
  if (text.length < whole.length) warn('text-truncated');
  Object.assign(rooms, { text: rooms.text - text.length, html: rooms.html - html.length });
  return { text, isPlain, html: html.trim() === '' ? null : html };
}

function preformatted(text: string): string {
  return text.trim() === '' ? '' : `<pre style="white-space:pre-wrap;font-family:inherit">${escapeHtml(text)}</pre>`;
}

function fromHtml(html: string, limits: ParseLimits, warn: Warn): string {
  const { text, tooDeep } = htmlToPlainText(html, limits.htmlDepth);
  if (tooDeep) warn('html-too-deep');
  return text;
}

function joinText(raw: Buffer, parts: readonly MimePart[], room: number, warn: Warn): string {
  let joined = '';
  for (const part of parts) {
    if (joined.length > room) break;
    const text = partText(raw, part, room, warn);
    joined += joined === '' || joined.endsWith('\n') ? text : `\n${text}`;
  }
  return joined;
}

/** Cuts without splitting a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function escapeHtml(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}
