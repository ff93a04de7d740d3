import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_CONDITIONS, MAX_WORDS, parseCaseQuery } from '../domain/query/parse-case-query.ts';
import { contract } from './contract.ts';

const CROWD = Array.from({ length: 80 }, (_, index) => ({ agentId: `01AGENT${String(index)}`, name: `Ana ${String(index)}` }));

/** Whether the engine takes what was read of this. */
function isTaken(typed: string): boolean {
  const { conditions, text } = parseCaseQuery(typed, CROWD);
  return contract['cases.search'].input.safeParse({ text, filter: { conditions, zone: 'UTC' }, limit: 40 }).success;
}
const codesOf = (typed: string): readonly string[] => parseCaseQuery(typed, CROWD).problems.map(({ code }) => code);

it('takes whatever somebody types or pastes', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 700 }),
    fc.constantFrom('due<', 'before:32-13', 'from:"', '"', 'assignee:ana', '🦊', '\ud83e', 'مرحبا', '-', '\0'),
    fc.nat(900).map((length) => 'x'.repeat(length)),
    fc.nat(300).map((length) => `subject:${'y'.repeat(length)}`),
    fc.nat(70).map((count) => `label:${Array.from({ length: count }, (_, index) => `l${String(index)}`).join(',')}`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      expect(isTaken(pieces.join(' '))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it('tells what of it was too long, or too much, in one line each', () => {
  const words = parseCaseQuery('refund '.repeat(700), CROWD);
  expect(words.text.length).toBeLessThanOrEqual(MAX_WORDS);
  expect(words.problems).toMatchObject([{ code: 'too-long', value: expect.stringMatching(/^r?e?f?u?n?d? ?refund .*…$/u) as string }]);
  // a character of two halves stays whole
  expect(parseCaseQuery('🦊'.repeat(300), CROWD).text).toBe('🦊'.repeat(MAX_WORDS / 2));
  expect(parseCaseQuery(`x${'🦊'.repeat(300)}`, CROWD).text).not.toMatch(/\p{Surrogate}/u);
  expect(codesOf(`subject:${'y'.repeat(201)}`)).toEqual(['too-long']);
  const many = parseCaseQuery(Array.from({ length: 60 }, (_, index) => `label:l${String(index)}`).join(' '), CROWD);
  expect(many.conditions).toHaveLength(MAX_CONDITIONS);
  expect(many.problems).toMatchObject([{ code: 'too-many', value: expect.stringMatching(/^l24, l25, .*…$/u) as string }]);
  // none of many values is dropped without a word
  expect(codesOf(`label:${Array.from({ length: 25 }, (_, index) => `l${String(index)}`).join(',')}`)).toEqual(['too-many']);
  expect(codesOf('assignee:ana')).toEqual(['too-many']);
});
