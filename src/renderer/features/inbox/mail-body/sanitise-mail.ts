import purifier from 'dompurify';
import type { Config } from 'dompurify';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { cleanStyleAttribute, cleanStyleSheet, hiddenSelectors } from './mail-css.ts';
import { markMail } from './mark-mail.ts';
import { renameStyles } from './style-names.ts';
import type { StyleNames } from './style-names.ts';

/**
 * Turns the HTML of a mail, written by anybody, into a document that runs nothing, fetches nothing and asks for nothing.
 * It is the first of several layers: the result is shown in an opaque frame without scripts, under its own policy.
 */

export interface MailLink {
  readonly url: string;
  /** What the sender made visible; compared with the real address before the link is opened. */
  readonly text: string;
}

export interface CleanMail {
  /** A whole document, ready for the frame. */
  readonly html: string;
  /** The real addresses behind `mail-body://link/<token>/<n>`, by n. */
  readonly links: readonly MailLink[];
  /** Remote images that were left out and may be fetched on request, each once. */
  readonly remoteImages: readonly string[];
  /** Invisible one-pixel images; they only tell the sender that the mail was opened and are never fetched. */
  readonly trackers: number;
  /** True when nothing that a person could see is left. */
  readonly empty: boolean;
  /** A guess at its height in CSS pixels in a pane of usual width; nothing can measure inside the frame. */
  readonly estimatedHeight: number;
  /** How many places of what is looked for are marked in it; see `hitFragment`. */
  readonly hits: number;
}

/** A cleaned mail before it is written down for the frame: what is looked for can be marked in it again and again. */
export interface ReadMail {
  /** Nobody draws it, and nobody but us has it. */
  readonly root: Element | null;
  readonly css: readonly string[];
  readonly links: readonly MailLink[];
  readonly remoteImages: readonly string[];
  readonly trackers: number;
}

export interface MailImages {
  /** Data URLs of the mail's own images, by content id. */
  readonly inline: Readonly<Record<string, string>>;
  /** Data URLs of remote images that a person asked for, by their URL. */
  readonly remote: Readonly<Record<string, string>>;
}

/** Longest mail that is cleaned, in characters; a longer one is shown as text. Cleaning holds up the window while it runs. */
export const MAX_HTML_LENGTH = 1_500_000;
/** Where the links of a mail point to; the shell stops the navigation and reports n. The token is put in by the shell's table. */
export const LINK_PREFIX = 'mail-body://link/0/';

const RASTER = /^data:image\/(?:png|gif|jpeg|jpg|webp|bmp);base64,[a-z0-9+/=\s]+$/iu;
const MAX_LINKS = 5_000;

const FORBIDDEN_TAGS =
  'style form input button select option optgroup textarea label fieldset legend datalist output meter progress keygen isindex ' +
  'audio video source track embed object param applet iframe frame frameset noframes portal fencedframe ' +
  'link meta base title noscript template slot dialog details summary picture map area image svg math canvas marquee blink bgsound script xml plaintext xmp listing selectmenu menu';
const FORBIDDEN_ATTRIBUTES =
  'ping action formaction srcset sizes background poster autofocus target popover popovertarget popovertargetaction usemap ismap longdesc attributionsrc is slot part exportparts ' +
  'loading fetchpriority decoding crossorigin referrerpolicy integrity nonce srcdoc data manifest profile cite xmlns dynsrc lowsrc tabindex accesskey contenteditable draggable inert ' +
  'itemid itemprop itemref itemscope itemtype download hreflang type rel rev media for form list name enterkeyhint inputmode';

/** Attributes of layout and language. */
const PLAIN_ATTRIBUTES =
  'width height border cellpadding cellspacing align valign bgcolor color face size colspan rowspan dir lang start reversed value span nowrap hspace vspace headers scope abbr datetime text compact clear noshade rules frame char charoff';

const PROFILE: Config & { readonly RETURN_DOM: true } = {
  USE_PROFILES: { html: true },
  WHOLE_DOCUMENT: true,
  RETURN_DOM: true,
  SANITIZE_DOM: true,
  SANITIZE_NAMED_PROPS: true,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|cid:)/iu,
  // With an address pattern as strict as ours DOMPurify asks it of every attribute but these, which hold no addresses.
  ADD_URI_SAFE_ATTR: PLAIN_ATTRIBUTES.split(' '),
  FORBID_TAGS: FORBIDDEN_TAGS.split(' '),
  FORBID_ATTR: FORBIDDEN_ATTRIBUTES.split(' '),
  KEEP_CONTENT: true,
};

/** What one cleaning gathers while the document is walked. */
interface Gathered {
  readonly names: StyleNames;
  readonly images: MailImages;
  readonly links: MailLink[];
  readonly remote: Set<string>;
  readonly css: string[];
  trackers: number;
}

let gathered: Gathered | null = null;
let prepared = false;

/** Adds our hooks to the one instance there is: the page's policy lets DOMPurify make its trusted-types policy once. */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  purifier.addHook('uponSanitizeElement', (node, data) => {
    if (gathered === null) return;
    if (data.tagName === gathered.names.element && node instanceof Element) gatherStyle(node, gathered);
    else if (node instanceof Text) restoreWords(node, gathered);
  });
  // The hook's event is how DOMPurify is told what becomes of an attribute.
  purifier.addHook('uponSanitizeAttribute', (node, data) => {
    if (gathered === null) return;
    const value = gathered.names.restored(data.attrValue);
    if (data.attrName === gathered.names.attribute) giveStyle(node, value);
    // one by its own name is none that was cleaned
    Object.assign(data, data.attrName === 'style' ? { keepAttr: false } : { attrValue: value });
  });
  purifier.addHook('afterSanitizeAttributes', (node) => {
    if (gathered === null) return;
    if (node.nodeName === 'IMG') placeImage(node, gathered);
    else if (node.nodeName === 'A') placeLink(node, gathered);
    else dropAddresses(node);
  });
}

function restoreWords(node: Text, { names }: Gathered): void {
  const words = names.restored(node.data);
  if (words !== node.data) node.data = words;
}

/** What is harmless of a style attribute, set as a script does: the policy has nothing against that. */
function giveStyle(node: Element, css: string): void {
  const clean = cleanStyleAttribute(css);
  if (clean !== '' && node instanceof HTMLElement) node.style.cssText = clean;
}

function gatherStyle(node: Element, into: Gathered): void {
  if (!node.hasAttribute(into.names.mark)) return;
  const media = node.getAttribute('media')?.trim().toLowerCase() ?? '';
  if (media !== '' && media !== 'all' && media !== 'screen') return;
  const css = cleanStyleSheet(into.names.restored(node.textContent ?? ''));
  if (css !== '') into.css.push(css);
}

/** Nothing but a link or an image has business with an address. */
function dropAddresses(node: Element): void {
  node.removeAttribute('href');
  node.removeAttribute('src');
}

function placeLink(node: Element, into: Gathered): void {
  const href = node.getAttribute('href')?.trim() ?? '';
  node.removeAttribute('href');
  if (!/^(?:https?:|mailto:|tel:)/iu.test(href) || into.links.length >= MAX_LINKS || href.length > 8_000) return;
  into.links.push({
    url: href,
    text: into.names
      .restored(node.textContent ?? '')
      .replaceAll(/\s+/gu, ' ')
      .trim()
      .slice(0, 300),
  });
  node.setAttribute('href', `${LINK_PREFIX}${String(into.links.length - 1)}`);
  // No title of the sender's: it would look like our own tooltip.
  node.removeAttribute('title');
}

function isPixel(node: Element): boolean {
  const side = (name: string): number => Number.parseInt(node.getAttribute(name) ?? '', 10);
  const style = node.getAttribute('style') ?? '';
  return (
    side('width') <= 1 ||
    side('height') <= 1 ||
    /(?:^|;\s*)(?:width|height|max-width|max-height): [01]px/u.test(style) ||
    /display: none|visibility: hidden/u.test(style)
  );
}

function placeImage(node: Element, into: Gathered): void {
  const source = node.getAttribute('src')?.trim() ?? '';
  node.removeAttribute('src');
  const found = imageFor(source, node, into);
  if (found !== null && RASTER.test(found)) node.setAttribute('src', found);
}

/** A left-out image is shown by its words in place of a broken picture. */
function wordsForImages(body: Element): void {
  for (const image of body.querySelectorAll('img:not([src])')) {
    const words = (image.getAttribute('alt') ?? '').trim();
    if (words === '') {
      image.remove();
      continue;
    }
    const place = body.ownerDocument.createElement('span');
    place.className = 'left-out';
    place.textContent = words;
    image.replaceWith(place);
  }
}

function imageFor(source: string, node: Element, into: Gathered): string | null {
  if (/^cid:/iu.test(source)) return into.images.inline[contentId(source)] ?? null;
  if (/^data:/iu.test(source)) return source;
  if (!/^https?:/iu.test(source)) return null;
  if (isPixel(node)) {
    into.trackers += 1;
    return null;
  }
  const loaded = into.images.remote[source];
  if (loaded === undefined && source.length <= 2_000) into.remote.add(source);
  return loaded ?? null;
}

function contentId(source: string): string {
  const raw = source.slice(4).replaceAll(/^<|>$/gu, '');
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

const BASE_STYLE = `html { color-scheme: light; background: #fff; color: #1b1f24; scrollbar-width: thin; }
body { margin: 0; padding: 12px 14px; font: 14px/1.5 "Inter Variable", system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; } pre { white-space: pre-wrap; } table { max-width: 100%; } a { color: #0a58ca; } blockquote { margin: 0 0 0 8px; padding-left: 10px; border-left: 2px solid #d0d7de; color: #57606a; } .left-out { padding: 1px 6px; border: 1px dashed #b6bcc4; border-radius: 3px; color: #57606a; font-size: 12px; }`;

/**
 * Cleans the HTML of a mail. Needs a browser (it uses the browser's own parsers).
 * Returns null when the mail is longer than {@link MAX_HTML_LENGTH}; it is then shown as text.
 */
export function readMail(html: string, images: MailImages): ReadMail | null {
  if (html.length > MAX_HTML_LENGTH) return null;
  const renamed = renameStyles(html, crypto.randomUUID().replaceAll('-', ''));
  const into: Gathered = { names: renamed.names, images, links: [], remote: new Set(), css: [], trackers: 0 };
  prepare();
  gathered = into;
  let cleaned: Node;
  try {
    cleaned = purifier.sanitize(renamed.html, PROFILE);
  } finally {
    gathered = null;
  }
  const root = cleaned instanceof Element ? cleaned : null;
  const body = root?.querySelector('body') ?? null;
  if (body !== null) wordsForImages(body);
  return { root, css: into.css, links: into.links, remoteImages: [...into.remote], trackers: into.trackers };
}

/** Writes a cleaned mail down for the frame, with marks around what is looked for. */
export function drawMail(mail: ReadMail, query: Query | null): CleanMail {
  const marked = query === null ? null : markedBody(mail, query);
  const body = marked?.body ?? mail.root?.querySelector('body') ?? null;
  const content = body?.innerHTML ?? '';
  const bodyStyle = body === null ? '' : bodyAttributes(body);
  const styles = [...mail.css, marked?.css ?? ''].map((css) => (css === '' ? '' : `<style>${css}</style>`)).join('');
  return {
    html: `<!doctype html><html><head><meta charset="utf-8"><style>${BASE_STYLE}</style>${styles}</head><body${bodyStyle}>${content}</body></html>`,
    links: mail.links,
    remoteImages: mail.remoteImages,
    trackers: mail.trackers,
    empty: (body?.textContent ?? '').trim() === '' && body?.querySelector('img[src]') === null && mail.remoteImages.length === 0,
    estimatedHeight: body === null ? MIN_HEIGHT : estimateHeight(body),
    hits: marked?.hits ?? 0,
  };
}

/** A copy of the body with marks in it; null when what is looked for is not in it. */
function markedBody(mail: ReadMail, query: Query): { readonly body: HTMLElement; readonly hits: number; readonly css: string } | null {
  const copy = mail.root?.cloneNode(true);
  const body = copy instanceof Element ? copy.querySelector('body') : null;
  if (body === null) return null;
  const hidden = new Set(mail.css.flatMap((css) => hiddenSelectors(css)).flatMap((selector) => [...body.querySelectorAll(selector)]));
  const { hits, css } = markMail(body, query, (element) => hidden.has(element));
  return hits === 0 ? null : { body, hits, css };
}

const MIN_HEIGHT = 110;
const MAX_HEIGHT = 560;
const LINE_HEIGHT = 21;
const CHARACTERS_A_LINE = 78;
const WIDE_CHARACTER = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/gu;

function estimateHeight(body: Element): number {
  const text = (body.textContent ?? '').replaceAll(/\s+/gu, ' ');
  const characters = text.length + (text.match(WIDE_CHARACTER)?.length ?? 0);
  const blocks = body.querySelectorAll('br,p,div,li,blockquote').length * 0.6 + body.querySelectorAll('tr,h1,h2,h3,h4').length * 1.6;
  let pictures = 0;
  for (const image of body.querySelectorAll('img[src]'))
    pictures += Math.min(300, Number.parseInt(image.getAttribute('height') ?? '', 10) || 120);
  const lines = Math.max(characters / CHARACTERS_A_LINE + blocks, 1);
  return Math.round(Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, lines * LINE_HEIGHT + pictures + 64)));
}

/** Colours and direction of the sender's page, kept because text may be unreadable without them. */
function bodyAttributes(body: HTMLElement): string {
  let text = '';
  for (const name of ['style', 'bgcolor', 'text', 'dir', 'lang', 'class', 'align']) {
    const value = body.getAttribute(name);
    if (value !== null && value !== '')
      text += ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`;
  }
  return text;
}
