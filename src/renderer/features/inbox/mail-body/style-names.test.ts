import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renameStyles } from './style-names.ts';

const MARK = 'm0123456789abcdef';
const renamed = (html: string): string => renameStyles(html, '0123456789ABCDEF').html;

describe('gives other names to', () => {
  test.each([
    ['an attribute', '<p style="color: red">', `<p style${MARK}="color: red">`],
    [
      'one behind a slash, a quote or a line',
      `<p/style=a><p a='b'style=c><p\nstyle\t= d>`,
      `<p/style${MARK}=a><p a='b'style${MARK}=c><p\nstyle${MARK}\t= d>`,
    ],
    ['one without a value', '<p style><p style/>', `<p style${MARK}><p style${MARK}/>`],
    ['one in other letters', '<P STYLE="color: red">', `<P STYLE${MARK}="color: red">`],
    [
      'an element',
      '<style>p {}</style><STYLE media=print></STYLE >',
      `<noframes ${MARK}style >p {}</noframes ${MARK}style ><noframes ${MARK}STYLE  media=print></noframes ${MARK}STYLE  >`,
    ],
  ])('%s', (_what, html, expected) => {
    expect(renamed(html)).toBe(expected);
  });
});

test.each(['<p class="style">', '<stylesheet>', '<p data-style="a" restyle=b styles=c>', 'font-style: normal', '<styled style-x=1>'])(
  'leaves %s as it is',
  (html) => {
    expect(renamed(html)).toBe(html);
  },
);

test('whatever is in a mail can be given its own letters back', () => {
  const pieces = fc.constantFrom(
    'style',
    'Style',
    '<',
    '</',
    '<style',
    '</STYLE',
    '=',
    '"',
    "'",
    ' ',
    '\n',
    '/',
    '>',
    'noframes',
    '<noframes ',
    'a',
    MARK.slice(0, 5),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const html = parts.join('');
      const { html: changed, names } = renameStyles(html, '0123456789abcdef');
      expect(names.restored(changed)).toBe(html);
    }),
  );
});
