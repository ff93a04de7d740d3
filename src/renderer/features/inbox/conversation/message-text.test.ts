import { describe, expect, it } from 'vitest';
import { foldedSections, textParts } from './message-text.tsx';

describe('textParts', () => {
  it('finds addresses without the punctuation around them and loses nothing', () => {
    const text = 'See https://example.org/a?b=c, (http://x.example) or 请看https://例え.example/路径。Thanks.';
    const parts = textParts(text);
    expect(parts.filter((part) => part.isLink).map((part) => part.text)).toEqual([
      'https://example.org/a?b=c',
      'http://x.example',
      'https://例え.example/路径',
    ]);
    expect(parts.map((part) => part.text).join('')).toBe(text);
  });
  it('leaves other schemes alone', () => {
    expect(textParts('javascript:alert(1) file:///etc/passwd').some((part) => part.isLink)).toBe(false);
  });
});

describe('foldedSections', () => {
  it('keeps every character, and folds what is quoted', () => {
    const text = 'Yes, please.\n\nOn Mon, 4 May 2026 at 10:00, Ann <ann@example.org> wrote:\n> Shall we?\n> Really?\n';
    const sections = foldedSections(text);
    expect(sections.map((section) => section.text).join('')).toBe(text);
    expect(sections.map((section) => section.folds)).toEqual([false, true]);
  });
});
