import { h } from './dom.ts';
import type { Words } from '../words/words.ts';

const ADDRESS = /https?:\/\/[^\s<>"'“”‘’「」『』（）]+/giu;
/** What ends a sentence is no part of an address. */
const TRAIL = /[.,;:!?。，；：！？、)\]}]+$/u;

/** A piece of a text: words, or an address that a visitor may follow. */
export type TextPart = { readonly text: string } | { readonly text: string; readonly href: string; readonly host: string };

/** Addresses of web pages in a text. `host` is as the browser will ask for it, so that look-alike letters show (`xn--…`). */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const written = match[0].replace(TRAIL, '');
    const url = URL.canParse(written) ? new URL(written) : null;
    // who puts a name before the host wants it to be read as the host
    if (url === null || url.username !== '' || url.password !== '') continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ text: written, href: url.href, host: url.host });
    at = match.index + written.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

const LONG = 40;

/** The text with its links, which open elsewhere and say where they lead. */
export function richText(text: string, words: Words): HTMLElement {
  const paragraph = h('div', { class: 'text', attributes: { dir: 'auto' } });
  for (const part of textParts(text)) {
    if (!('href' in part)) {
      paragraph.append(part.text);
      continue;
    }
    const isPlain =
      part.text.length <= LONG && part.text.toLowerCase().startsWith(part.href.slice(0, part.href.indexOf(part.host)) + part.host);
    const attributes = { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow', referrerpolicy: 'no-referrer' };
    const shown = isPlain ? part.text : `${part.text.slice(0, LONG)}${part.text.length > LONG ? '…' : ''}`;
    paragraph.append(
      h('a', { attributes }, shown, h('span', { class: 'hidden', text: ` (${words.opensNew})` })),
      ...(isPlain ? [] : [h('span', { class: 'host', text: part.host })]),
    );
  }
  return paragraph;
}
