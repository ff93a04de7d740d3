import { compile } from 'html-to-text';
import type { FormatCallback } from 'html-to-text';
import { Marked } from 'marked';
import { HEADING_MARK, markPlainHeadings } from '../../../shared/domain/suggest/article.ts';
import type { ArticleFormat } from '../../../shared/domain/suggest/article.ts';
import { lazily } from '../../../shared/domain/lazily.ts';

/** Deepest nesting for which html-to-text, which recurses, is used at all. */
const MAX_DEPTH = 200;

const heading: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  builder.addLiteral(`${HEADING_MARK}${levelOf(element)} `);
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 2 });
};

function levelOf(element: unknown): string {
  const name: unknown = typeof element === 'object' && element !== null ? Reflect.get(element, 'name') : undefined;
  return typeof name === 'string' ? name.slice(1, 2) : '2';
}

/** Made with the first text: that takes longer than many modules take to load. */
const converter = lazily(() =>
  compile({
    wordwrap: false,
    limits: { maxInputLength: 1_000_000, maxDepth: MAX_DEPTH, maxChildNodes: 20_000, ellipsis: '…' },
    formatters: { heading },
    selectors: [
      ...['head', 'script', 'style', 'noscript', 'template', 'iframe', 'object', 'svg', 'img', 'nav', 'form', '[hidden]'].map(
        (selector) => ({
          selector,
          format: 'skip',
        }),
      ),
      { selector: '[style*="display:none"]', format: 'skip' },
      { selector: '[style*="display: none"]', format: 'skip' },
      // where a link leads is told of what a person can open; anything else of it could only do harm
      { selector: 'a', format: 'inline' },
      ...['a[href^="https://"]', 'a[href^="http://"]', 'a[href^="mailto:"]'].map((selector) => ({
        selector,
        format: 'anchor',
        options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true, linkBrackets: ['(', ')'] as [string, string] },
      })),
      { selector: 'ul', options: { itemPrefix: '- ' } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, format: 'heading' })),
      { selector: 'table', options: { uppercaseHeaderCells: false } },
    ],
  }),
);

const markdown = new Marked({ gfm: true, async: false });
/** What some programs put above an article about the article. */
const FRONT_MATTER = /^---\r?\n[\s\S]{0,5000}?\r?\n---\r?\n/u;

/**
 * The words of an article, with its headings marked (`HEADING_MARK`) and without anything that could do something: what was written as HTML is text, and
 * scripts, styles and hidden parts are gone. Never throws.
 */
export function articleText(source: string, format: ArticleFormat): string {
  // a mark of the file's own would be a heading that it has not
  const clean = source.replace(/^\ufeff/u, '').replaceAll(HEADING_MARK, '');
  if (format === 'text') return markPlainHeadings(clean);
  return htmlText(format === 'html' ? clean : markdownHtml(clean.replace(FRONT_MATTER, '')));
}

function markdownHtml(source: string): string {
  try {
    return markdown.parse(source, { async: false });
  } catch {
    // nested as no person writes: its words are worth more than its layout
    return source;
  }
}

function htmlText(html: string): string {
  try {
    if (!isDeep(html)) return converter()(html);
  } catch {
    // its own limits
  }
  return html
    .replaceAll(/<[^<>]{0,2000}>/gu, ' ')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .trim();
}

/** Counts tags that are not closed; what closes by itself is counted too, so this errs on the careful side. */
function isDeep(html: string): boolean {
  let depth = 0;
  for (const [, closes, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})/giu)) {
    if (FLAT.has(name.toLowerCase())) continue;
    depth = closes === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

const FLAT = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option thead tbody'.split(' '),
);
