import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealedExcerpt, WHOLE_TEXT } from './sealed-excerpt.ts';

test('a message is sealed whole', () => {
  expect(sealedExcerpt('my key is abc', [{ from: 10, to: 13 }])).toBe('my key is abc');
});

test('of a long text every secret is sealed, and nothing twice', () => {
  const lines = Array.from({ length: 8_000 }, (_, index) => `line ${String(index).padStart(6, '0')}\n`);
  const text = lines.join('');
  expect(text.length).toBeGreaterThan(WHOLE_TEXT);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: lines.length - 1 }), { minLength: 1, maxLength: 5 }), (picked) => {
      const length = lines[0]?.length ?? 0;
      const sealed = sealedExcerpt(
        text,
        picked.map((index) => ({ from: index * length, to: (index + 1) * length - 1 })),
      );
      for (const index of picked) expect(sealed.split(lines[index] ?? '')).toHaveLength(2);
      expect(sealed.length).toBeLessThan(picked.length * 1_050);
    }),
  );
});
