import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from './search-fold.ts';
import { blended, isAllIn, qualityOf, rankingOf } from './search-rank.ts';
import type { FoldedMessage } from './search-rank.ts';
import { DAY_MS, instant } from './time.ts';

const NOW = instant(Date.UTC(2026, 10, 29));
const message = (parts: Partial<FoldedMessage>): FoldedMessage => {
  const { subject = '', people = '', files = '', text = '' } = parts;
  return { subject: foldText(subject), people: foldText(people), files: foldText(files), text: foldText(text) };
};
const quality = (asked: string, parts: Partial<FoldedMessage>): number => qualityOf(message(parts), rankingOf(asked))?.quality ?? -1;
const FILLER = 'This is what else a customer writes about it all. '.repeat(12);

describe('how well a message answers', () => {
  test.each([
    ['a subject before a text', 'refund', { subject: 'refund' }, { text: 'refund' }],
    ['a subject before a name', 'refund', { subject: 'refund' }, { people: 'refund desk' }],
    ['a name before a file', 'ana', { people: 'Ana' }, { files: 'ana.pdf' }],
    ['a file before a text', 'invoice', { files: 'invoice.pdf' }, { text: 'invoice' }],
    ['the word before one that begins with it', 'refund', { text: 'a refund, please' }, { text: 'a refundable fee' }],
    ['the words beside each other before words apart', 'lost card', { text: 'my lost card' }, { text: 'the card that I lost' }],
    ['a phrase in the subject before one in the text', 'lost card', { subject: 'lost card' }, { subject: 'card, lost', text: 'lost card' }],
    ['twice before once', 'refund', { text: 'refund, refund' }, { text: 'refund, please' }],
    ['a short text before a long one', 'refund', { text: 'refund' }, { text: `refund ${FILLER}` }],
    ['Chinese words beside each other', '退款 失败', { text: '退款失败了' }, { text: '失败，没有退款' }],
  ])('%s', (_what, asked, better, worse) => {
    expect(quality(asked, better)).toBeGreaterThan(quality(asked, worse));
    expect(quality(asked, worse)).toBeGreaterThan(0);
  });

  test('every word must be somewhere, in whatever parts', () => {
    expect(qualityOf(message({ subject: 'lost', text: 'card' }), rankingOf('lost card'))?.parts).toEqual(['subject', 'text']);
    expect(qualityOf(message({ subject: 'lost' }), rankingOf('lost card'))).toBeNull();
    expect(isAllIn('Lost card', rankingOf('card lo'))).toBe(true);
    expect(isAllIn('Lost', rankingOf('card lo'))).toBe(false);
    expect(isAllIn('anything', rankingOf(''))).toBe(false);
  });

  test('a quoted phrase, a stray quote and nothing at all do no harm', () => {
    for (const asked of ['"lost card"', 'lost "card', '“lost” card', '"', '', '!!'])
      expect(() => quality(asked, { text: 'lost card' })).not.toThrow();
    expect(quality('"lost card"', { text: 'lost card' })).toBeGreaterThan(0);
  });
});

describe('quality and age', () => {
  const age = fc.integer({ min: 0, max: 4_000 }).map((days) => instant(NOW - days * DAY_MS));
  const some = fc.double({ min: 0.01, max: 100, noNaN: true });

  test('of equal quality the newer is better, and of equal age the better match', () => {
    fc.assert(
      fc.property(some, some, age, age, (one, other, at, then) => {
        const newer = Math.max(at, then);
        expect(blended(one, instant(newer), NOW)).toBeGreaterThanOrEqual(blended(one, instant(Math.min(at, then)), NOW));
        expect(Math.sign(blended(one, at, NOW) - blended(other, at, NOW))).toBe(Math.sign(one - other));
      }),
    );
  });

  test('a match that is two and a half times as good is never beaten by a newer one', () => {
    fc.assert(
      fc.property(some, age, age, (one, at, then) => {
        expect(blended(one * 2.51, at, NOW)).toBeGreaterThan(blended(one, then, NOW));
      }),
    );
  });

  test('a clock that is ahead makes nothing better than new', () => {
    expect(blended(1, instant(NOW + 9 * DAY_MS), NOW)).toBe(1);
  });
});
