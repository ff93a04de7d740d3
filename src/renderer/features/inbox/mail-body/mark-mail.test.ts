// @vitest-environment happy-dom
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPositions, parseQuery } from '../../../../shared/domain/search-text.ts';
import { MARK_COLOURS, markMail, MOST_HITS, MOST_NESTED } from './mark-mail.ts';

function bodyOf(html: string): HTMLElement {
  const body = document.createElement('body');
  body.innerHTML = html;
  return body;
}

/** The words of each hit, its parts divided by `|`. */
function hitsIn(body: HTMLElement): readonly string[] {
  const hits: string[] = [];
  for (const mark of body.querySelectorAll<HTMLElement>('mark[data-hit]')) {
    const place = Number(mark.dataset['hit']) - 1;
    const before = hits[place];
    hits[place] = before === undefined ? (mark.textContent ?? '') : `${before}|${mark.textContent ?? ''}`;
  }
  return hits;
}

function marked(html: string, asked: string): readonly string[] {
  const body = bodyOf(html);
  const { hits } = markMail(body, parseQuery(asked));
  const found = hitsIn(body);
  expect(found).toHaveLength(hits);
  return found;
}

describe('what is marked', () => {
  it.each([
    ['within a word, across elements', '<p>My <b>re</b>fund, a <i>REFUND</i></p>', 'refund', ['re|fund', 'REFUND']],
    ['entities', '<p>Tom&nbsp;&amp; Jerry, caf&eacute;</p>', '"tom & jerry" cafe', ['Tom\u00a0& Jerry', 'café']],
    ['blanks as a reader sees them', '<p>late\n      <b>  refund</b></p>', '"late refund"', ['late\n|refund']],
    ['parts of words of scripts without spaces', '<p>上周的订单<b>退</b>款失败了</p>', '退款', ['退|款']],
    ['a word that a line break cuts', '<p>退<br>款</p><p>退\n款</p>', '退款', ['退|款', '退\n款']],
    ['accents and full-width letters', '<p>Envío dañado ＲＥＦＵＮＤ</p>', 'danado refund', ['dañado', 'ＲＥＦＵＮＤ']],
    ['the beginning of the last word only', '<p>refunds carded</p>', 'refund card', ['card']],
    ['cells and lists, each by itself', '<table><tr><td>re</td><td>fund</td></tr></table><ul><li>refund</li></ul>', 'refund', ['refund']],
    ['no phrase from one block into another', '<div>late</div><div>refund</div>', '"late refund"', []],
    ['blocks by their style', '<span style="display:block">re</span>fund <div style="display:inline">re</div>fund', 'refund', ['re|fund']],
    ['words under a reading', '<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby></p>', '漢字', ['漢|字']],
    ['no word through a picture', '<p>re<img alt="refund">fund</p>', 'refund', []],
  ])('%s', (_name, html, asked, expected) => {
    expect(marked(html, asked)).toEqual(expected);
  });

  it('leaves out what is no text, and what nobody sees', () => {
    const html =
      '<style>.refund{}</style><p title="refund" hidden>refund</p><a href="refund">x</a><div style="display:none">refund<p>refund</p></div>' +
      '<div style="max-height:0;overflow:hidden">refund</div><div style="font-size:0px">refund</div><p style="visibility:hidden">refund</p>';
    expect(marked(html, 'refund')).toEqual([]);
    const body = bodyOf('<p class="preheader">refund</p><p>refund</p>');
    expect(markMail(body, parseQuery('refund'), (element) => element.className === 'preheader').hits).toBe(1);
  });

  it('numbers the places in their order, and gives each one name', () => {
    const body = bodyOf('<p id="hit-2">a <b>re</b>fund</p><div>refund<p>refund</p>refund</div>');
    const { hits, css } = markMail(body, parseQuery('refund'));
    expect(hits).toBe(4);
    expect([...body.querySelectorAll('mark')].map((mark) => `${mark.id}/${String(mark.dataset['hit'])}`)).toEqual([
      'hit-1/1',
      '/1',
      'hit-2/2',
      'hit-3/3',
      'hit-4/4',
    ]);
    // only what has several parts needs a rule of its own
    expect(css.match(/#hit-\d+/gu)).toEqual(['#hit-1', '#hit-1']);
  });

  it('counts no more than it says', () => {
    expect(marked('<p>refund</p>'.repeat(MOST_HITS + 20), 'refund')).toHaveLength(MOST_HITS);
  });

  it('leaves a mail alone in which nothing is found', () => {
    const body = bodyOf('<p>one</p> two');
    expect(markMail(body, parseQuery('refund'))).toEqual({ hits: 0, css: '' });
    expect(body.innerHTML).toBe('<p>one</p> two');
  });

  it('walks no deeper than a browser nests, and goes on after it', () => {
    const body = bodyOf('');
    let inner: HTMLElement = body;
    for (let depth = 1; depth < 2_000; depth += 1) {
      const next = document.createElement('div');
      inner.append(next);
      inner = next;
      if (depth === MOST_NESTED || depth === MOST_NESTED + 1) inner.append('refund');
    }
    body.append('refund');
    expect(markMail(body, parseQuery('refund')).hits).toBe(2);
    expect(body.querySelectorAll('mark')).toHaveLength(2);
  });
});

const words = fc.constantFrom(
  'refund',
  're',
  'fund',
  ' ',
  '\n',
  '\n  ',
  '退',
  '款',
  '退款',
  'é',
  'cafe\u0301',
  '&nbsp;',
  '-',
  '10',
  '&lt;b&gt;',
  '😀',
);
const text = fc.array(words, { maxLength: 8 }).map((parts) => parts.join(''));
const tree = fc.letrec<{ html: string }>((tie) => ({
  html: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc
      .tuple(fc.constantFrom('p', 'div', 'b', 'i', 'span', 'td', 'li', 'a', 'blockquote'), fc.array(tie('html'), { maxLength: 4 }))
      .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag}>`),
    fc.constantFrom('<br>', '<img>', '<hr>', '<span style="display:none">refund</span>'),
  ),
})).html;
const asked = fc.constantFrom('refund', '退款', '"re fund"', 'cafe', 'fund 10', 're', '退 款', '"refund 退款"');

describe('for any mail', () => {
  it('no word changes, marks taken out leave the mail as it was, and a second time finds the same places', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 6 }), asked, (parts, search) => {
        const query = parseQuery(search);
        const body = bodyOf(parts.join(''));
        const [before, textBefore] = [body.innerHTML, body.textContent];
        const { hits } = markMail(body, query);
        expect(body.textContent).toBe(textBefore);
        expect(new Set([...body.querySelectorAll<HTMLElement>('mark')].map((mark) => mark.dataset['hit'])).size).toBe(hits);
        const again = bodyOf(body.innerHTML);
        expect(markMail(again, query).hits).toBe(hits);
        for (const mark of body.querySelectorAll('mark, #hits-off')) mark.replaceWith(...mark.childNodes);
        body.normalize();
        expect(body.innerHTML).toBe(before);
      }),
      { numRuns: 150 },
    );
  });

  it('as many places are marked as the matcher finds in each block', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 5 }), asked, (blocks, search) => {
        const query = parseQuery(search);
        const body = bodyOf(
          blocks.map((inner) => `<p>${inner.map((part, index) => (index % 2 === 0 ? part : `<b>${part}</b>`)).join('')}</p>`).join('\n'),
        );
        // by another way than the marking goes: what the browser says is the text of the block
        const count = [...body.querySelectorAll('p')].reduce(
          (sum, block) =>
            sum +
            matchPositions(
              (block.textContent ?? '').replaceAll(/[ \n]+/gu, (blanks) => (blanks.includes('\n') ? '\n' : ' ')),
              query,
            ).length,
          0,
        );
        expect(markMail(body, query).hits).toBe(count);
      }),
      { numRuns: 150 },
    );
  });
});

it('has the colours of marks in the light page', () => {
  const tokens = fs.readFileSync(path.join(import.meta.dirname, '../../../ui/tokens.css'), 'utf8');
  const light = (name: string): string | undefined => new RegExp(`--${name}: (?:light-dark\\()?(#[0-9a-f]{6})`, 'u').exec(tokens)?.[1];
  expect(MARK_COLOURS).toEqual({
    all: light('soon-soft'),
    words: light('soon'),
    current: light('accent'),
    currentWords: light('on-accent'),
  });
});
