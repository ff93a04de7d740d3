import { parseQuery } from '../../src/shared/domain/search-text.ts';
import { drawMail, readMail } from '../../src/renderer/features/inbox/mail-body/sanitise-mail.ts';
import type { CleanMail, MailImages } from '../../src/renderer/features/inbox/mail-body/sanitise-mail.ts';

/**
 * Runs inside the page: the page's own cleaning, and a look at its result that knows nothing of how it was made. The
 * page's policy allows one maker of trusted HTML, the one that the cleaning itself uses; the look borrows it.
 */
interface HtmlPolicy {
  createHTML(html: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: unknown): HtmlPolicy;
}

/** How the page cleans a mail. */
export type Cleaning = (html: string, images: MailImages) => CleanMail | null;

declare global {
  interface Window {
    cleanMail: Cleaning;
    cleanAndMark: (html: string, images: MailImages, search: string) => { readonly plain: CleanMail; readonly marked: CleanMail } | null;
    problemsIn: (html: string) => string[];
    lookAt: (html: string) => { readonly text: string; readonly marks: number };
  }
}

const factory = (window as unknown as { readonly trustedTypes: PolicyFactory }).trustedTypes;
const createPolicy = factory.createPolicy.bind(factory);
let policy: HtmlPolicy | null = null;
factory.createPolicy = (name, rules) => {
  policy = createPolicy(name, rules);
  return policy;
};

const TAGS = new Set(
  (
    'html head meta body style div span p br hr a b i u s em strong small big sub sup center font blockquote pre code tt kbd samp var q cite abbr acronym address dfn del ins mark time ' +
    'ul ol li dl dt dd dir h1 h2 h3 h4 h5 h6 table caption colgroup col thead tbody tfoot tr td th img article section aside header footer main nav hgroup figure figcaption bdi bdo ruby rt rp wbr strike nobr data search label'
  ).split(' '),
);
const RASTER = /^data:image\/(?:png|gif|jpeg|jpg|webp|bmp);base64,/u;
const CSS = /url\(|@import|image-set|expression|\\/iu;

window.cleanMail = (html, images) => {
  const mail = readMail(html, images);
  return mail === null ? null : drawMail(mail, null);
};
/** As the page does: the mail is cleaned once, and what is looked for is marked in a copy. */
window.cleanAndMark = (html, images, search) => {
  const mail = readMail(html, images);
  if (mail === null) return null;
  const marked = drawMail(mail, parseQuery(search));
  return { plain: drawMail(mail, null), marked };
};
const parse = (html: string): Document => new DOMParser().parseFromString(policy === null ? html : policy.createHTML(html), 'text/html');

/** The words of a document, and how many different places are marked in it. */
window.lookAt = (html) => {
  const { body } = parse(html);
  const marks = new Set([...body.querySelectorAll('mark[data-hit]')].map((mark) => mark.getAttribute('data-hit')));
  return { text: body.textContent ?? '', marks: marks.size };
};
window.problemsIn = (html) => {
  const parsed = parse(html);
  const problems: string[] = [];
  for (const element of parsed.querySelectorAll('*')) {
    const tag = element.localName;
    if (!TAGS.has(tag) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') problems.push(`<${tag}>`);
    if (tag === 'style' && CSS.test(element.textContent ?? '')) problems.push('style sheet');
    // A form may hold an input called `attributes`.
    for (const name of Element.prototype.getAttributeNames.call(element)) {
      const value = Element.prototype.getAttribute.call(element, name) ?? '';
      if (name.startsWith('on')) problems.push(name);
      else if (name === 'href' ? !/^mail-body:\/\/link\/0\/\d+$/u.test(value) : name === 'src' && !RASTER.test(value))
        problems.push(`${name}=${value.slice(0, 60)}`);
      else if (name === 'style' && CSS.test(value)) problems.push('style attribute');
      else if (!['href', 'src', 'alt', 'title', 'style'].includes(name) && /(?:https?|javascript|data|file):/iu.test(value))
        problems.push(`${name}=${value.slice(0, 60)}`);
      else if (
        [
          'srcset',
          'background',
          'action',
          'formaction',
          'poster',
          'ping',
          'target',
          'srcdoc',
          'http-equiv',
          'is',
          'slot',
          'popover',
        ].includes(name)
      )
        problems.push(name);
    }
  }
  return problems;
};
