import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snippetAround } from './search-snippet.ts';

function marked(snippet: { readonly text: string; readonly marks: readonly (readonly [number, number])[] }): string[] {
  return snippet.marks.map(([start, end]) => snippet.text.slice(start, end));
}

test('a short text is given whole, with its white space collapsed', () => {
  const text = 'My  order\n\nis late';
  const snippet = snippetAround(text, [[4, 9]], 160);
  expect(snippet.text).toBe('My order is late');
  expect(marked(snippet)).toEqual(['order']);
});

test('the window stands where most matches are', () => {
  const text = `refund ${'filler words '.repeat(40)}the refund of order A-1029 ${'more words '.repeat(40)}`;
  const spots = [...text.matchAll(/refund|order|A-1029/gu)].map((match): [number, number] => [match.index, match.index + match[0].length]);
  const snippet = snippetAround(text, spots, 160);
  expect(marked(snippet)).toEqual(['refund', 'order', 'A-1029']);
  expect(snippet.text.startsWith('…')).toBe(true);
  expect(snippet.text.endsWith('…')).toBe(true);
});

test('of wide characters fewer stand before the first match: they take the room of two', () => {
  const lead = (text: string, wanted: string): string => {
    const at = text.indexOf(wanted);
    const snippet = snippetAround(text, [[at, at + wanted.length]], 60);
    return snippet.text.slice(0, snippet.marks[0]?.[0]);
  };
  expect(lead('你们的费率页面上写着是免费的，但是这次提现还是扣了手续费。', '提现')).toBe('…的，但是这次');
  expect(lead('先月からずっと待っていますが、出金がまだ届いていません。', '出金')).toBe('…ていますが、');
  expect(lead('it has been pending for days, my withdrawal', 'withdrawal')).toBe('…days, my ');
  expect(lead('请尽快退款', '退款')).toBe('请尽快');
});

test('without a match it is the beginning', () => {
  expect(snippetAround('x'.repeat(300), [], 100)).toEqual({ text: `${'x'.repeat(100)}…`, marks: [] });
});

test('never longer than asked, never half a character, and marks hold what was matched', () => {
  const text = fc
    .array(fc.constantFrom('word', '退款', '😀', ' ', '\n\n', '𠀋', 'x'), { minLength: 1, maxLength: 80 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom('word', '退款', '😀', 'x'), fc.integer({ min: 20, max: 60 }), (whole, wanted, length) => {
      const spots = [...whole.matchAll(new RegExp(wanted, 'gu'))].map((match): [number, number] => [
        match.index,
        match.index + match[0].length,
      ]);
      const snippet = snippetAround(whole, spots, length);
      expect(snippet.text.length).toBeLessThanOrEqual(length + 2);
      expect(snippet.text).not.toMatch(/\p{Cs}/u);
      expect(marked(snippet).includes(wanted)).toBe(spots.length > 0);
      // near enough to the beginning to be seen in a narrow row
      expect(snippet.marks[0]?.[0] ?? 0).toBeLessThanOrEqual(14);
      for (const mark of marked(snippet)) expect(wanted.startsWith(mark) || wanted.endsWith(mark)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
