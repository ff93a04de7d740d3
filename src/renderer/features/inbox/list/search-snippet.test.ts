import { describe, expect, it } from 'vitest';
import { snippetParts } from './search-snippet.tsx';

const marked = (snippet: string, marks: readonly (readonly [number, number])[]) =>
  snippetParts(snippet, marks)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

describe('snippetParts', () => {
  it('marks what matched and loses no character', () => {
    expect(
      marked('refund for the order', [
        [0, 6],
        [15, 20],
      ]),
    ).toBe('[refund] for the [order]');
    expect(marked('请尽快退款', [[3, 5]])).toBe('请尽快[退款]');
    expect(marked('plain', [])).toBe('plain');
  });
  it('survives marks that overlap, are out of order or lie outside', () => {
    expect(
      marked('abcdef', [
        [4, 99],
        [0, 2],
        [1, 3],
      ]),
    ).toBe('[ab][c]d[ef]');
    expect(
      marked('abc', [
        [5, 9],
        [2, 2],
      ]),
    ).toBe('abc');
  });
});
