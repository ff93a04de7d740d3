import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../../../../shared/domain/quotes.ts';
import { decodeFlowed } from './flowed.ts';
import { parseMail } from './parse-mail.ts';

const fixture = (name: string): Buffer => readFileSync(resolve(import.meta.dirname, '../../../../../../test/fixtures/mail/flowed', name));

describe('format=flowed', () => {
  it('keeps an answer below a quote apart from it', () => {
    const { text, preview } = parseMail(fixture('bottom-posted.eml'));
    expect(text).toBe(
      [
        'On 24.11.26 09:00, Support wrote:',
        '> Hi ',
        'Hello, I write below the quote and my line is long enough to be flowed.',
        '>> Earlier we asked this',
        '> and then that ',
        'Second answer.',
        ' indented by the sender',
        'From the start',
        '',
        '-- ',
        'Jo Berlin',
        '',
      ].join('\n'),
    );
    expect(visibleText(text)).toBe(
      'Hello, I write below the quote and my line is long enough to be flowed.\nSecond answer.\n indented by the sender\nFrom the start',
    );
    expect(preview).toBe(
      'Hello, I write below the quote and my line is long enough to be flowed. Second answer. indented by the sender From the start',
    );
  });

  it('removes the soft space with DelSp, which Japanese and Chinese need', () => {
    expect(parseMail(fixture('delsp.eml')).text).toBe('返金をお願いします\n> 以前の質問\nできました\n');
  });

  it.each([
    ['a \nb', 'a b'],
    ['a \n\nb', 'a \n\nb'],
    ['a \n> b \n> c\nd', 'a \n> b c\nd'],
    ['> a \n>> b', '> a \n>> b'],
    ['a \n-- \nJo', 'a \n-- \nJo'],
    ['> a \n> -- \n> Jo', '> a \n> -- \n> Jo'],
    ['>a', '> a'],
    [' >a', '>a'],
    ['a \n', 'a \n'],
  ])('%j becomes %j', (flowed, text) => {
    expect(decodeFlowed(flowed, false)).toBe(text);
  });
});
