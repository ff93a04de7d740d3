import fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleOf, formatOfPath, HEADING_MARK as H, isBinary, markPlainHeadings, nameOfPath } from './article.ts';

test.each([
  ['a/b.md', 'markdown'],
  ['B.MARKDOWN', 'markdown'],
  ['x.htm', 'html'],
  ['x.txt', 'text'],
  ['x.pdf', null],
  ['md', null],
])('the format of %s', (path, format) => {
  expect(formatOfPath(path)).toBe(format);
});

test('a file is called by its name', () => {
  expect(nameOfPath('help/two-factor_lost.md')).toBe('two factor lost');
  expect(nameOfPath('C:\\help\\提现.html')).toBe('提现');
});

test('parts stand under their headings, the first heading is the title', () => {
  expect(articleOf(`${H}1 Withdrawals\nIntro.\n${H}2 Pending\nWait a day.\n${H}2 Empty\n${H}3 Failed\nWrite to us.`, 'file')).toEqual({
    title: 'Withdrawals',
    parts: [
      { heading: '', text: 'Intro.' },
      { heading: 'Pending', text: 'Wait a day.' },
      { heading: 'Failed', text: 'Write to us.' },
    ],
  });
});

test('without a heading the file gives the title', () => {
  expect(articleOf('Just words.', 'file')).toEqual({ title: 'file', parts: [{ heading: '', text: 'Just words.' }] });
});

test('a long part is divided between paragraphs', () => {
  const { parts } = articleOf(`${H}1 Long\n${'word '.repeat(300)}\n\n${'more '.repeat(300)}`, '');
  expect(parts.map(({ text }) => text.slice(0, 4))).toEqual(['word', 'more']);
});

test('plain text may have headings, too', () => {
  expect(markPlainHeadings('Refunds\n=======\n\n## Cards ##\nFive days.')).toBe(`${H}1 Refunds\n\n${H}2 Cards\nFive days.`);
});

test('a picture is no text', () => {
  expect(isBinary('\u0000\u0001PNG')).toBe(true);
  expect(isBinary('价格 – naïve 🙂\n')).toBe(false);
});

test('no word is lost and no mark is left, whatever is divided', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(`${H}1 a`, `${H}2 b`, '', `x${H}y`), fc.string({ maxLength: 20 })), { maxLength: 20 }),
      (lines) => {
        const { title, parts } = articleOf(lines.join('\n'), 'file');
        const all = [title, ...parts.flatMap(({ heading, text }) => [heading, text])].join(' ');
        expect(all).not.toContain(H);
        for (const { text } of parts) expect(text.trim()).not.toBe('');
        for (const word of lines.filter((line) => /^[a-z0-9]+$/u.test(line))) expect(all).toContain(word);
      },
    ),
  );
});
