import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bm25, fitOf, inverseFrequency, termScore } from './bm25.ts';
import { heaviest, rarestTerms, tellingTerms, weightsOf } from './choose-terms.ts';
import { frequencyOf } from './frequency.ts';
import { pickAnswer } from './pick-answer.ts';
import { rankCases } from './rank-cases.ts';
import type { PastCase } from './rank-cases.ts';
import { termCounts } from './terms.ts';
import { DAY_MS, instant } from '../time.ts';

describe('terms', () => {
  test('are those of the index, without what names one case', () => {
    expect([...termCounts('The Withdrawal to ana@mail.test failed, tx 0xabc123 (A-1029)').counts.keys()]).toEqual([
      'the',
      'withdrawal',
      'to',
      'failed',
      'tx',
    ]);
    expect([...termCounts('提现失败').counts.keys()]).toEqual(['提现', '现失', '失败']);
    expect(termCounts('fee fee Fée', new Set(['the']))).toEqual({ counts: new Map([['fee', 3]]), length: 3 });
    expect(termCounts('Mei asks', new Set(['mei'])).counts.has('mei')).toBe(false);
  });
});

describe('BM25', () => {
  test('is what its formula says', () => {
    // by hand: ln(1 + (100 - 4 + 0.5) / (4 + 0.5)), then 3 occurrences in a text of half the usual length
    expect(inverseFrequency(4, 100)).toBeCloseTo(Math.log(1 + 96.5 / 4.5), 12);
    expect(termScore(2, 3, 50, 100)).toBeCloseTo((2 * 3 * 2.2) / (3 + 1.2 * (0.25 + 0.75 * 0.5)), 12);
  });

  test('a rarer term weighs more, and weight is above zero for any counts', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (one, other, all) => {
        const [rare, common] = [Math.min(one, other), Math.max(one, other)];
        expect(inverseFrequency(rare, all)).toBeGreaterThanOrEqual(inverseFrequency(common, all));
        expect(inverseFrequency(common, all)).toBeGreaterThan(0);
      }),
    );
  });

  test('more of a term is better, less and less so, and a longer text needs more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 400 }), (times, length) => {
        const at = (count: number, long = length): number => termScore(1, count, long, 60);
        expect(at(times + 1)).toBeGreaterThan(at(times));
        expect(at(times + 2) - at(times + 1)).toBeLessThan(at(times + 1) - at(times));
        expect(at(times, length + 10)).toBeLessThan(at(times));
      }),
    );
  });

  test('fits between nothing and all of what is asked', () => {
    const weights = new Map([
      ['refund', 3],
      ['card', 2],
    ]);
    expect(fitOf(bm25(weights, termCounts('parcel'), 2), weights, 2)).toBe(0);
    expect(fitOf(bm25(weights, termCounts('refund card'), 2), weights, 2)).toBe(1);
    expect(fitOf(0, new Map(), 60)).toBe(0);
  });
});

describe('how common a term is', () => {
  test('what is found whole is not estimated', () => {
    expect(frequencyOf({ wanted: 48, found: 7, span: 1_000, total: 2_000_000 })).toBe(7);
  });

  test('lies about where it is, however often it stands', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.9, noNaN: true }), fc.integer(), (share, seed) => {
        // a walk over texts of which each has the term with this probability
        let state = seed >>> 0;
        const next = (): number => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return state / 2 ** 32;
        };
        let span = 0;
        for (let found = 0; found < 48; span += 1) if (next() < share) found += 1;
        const estimate = frequencyOf({ wanted: 48, found: 48, span, total: 1_000_000 });
        // more than five standard errors are no chance
        expect(estimate / 1_000_000 / share).toBeGreaterThan(0.4);
        expect(estimate / 1_000_000 / share).toBeLessThan(2.6);
      }),
    );
  });
});

describe('the terms that are looked for', () => {
  const known = [
    { term: 'the', having: 900_000 },
    { term: 'withdrawal', having: 9_000 },
    { term: 'frobnicate', having: 3 },
    { term: 'zzyzx', having: 1 },
  ];
  test('are the rarest, but not those of this case alone, nor those of nearly all', () => {
    expect(rarestTerms(known, 1_000_000).map(({ term }) => term)).toEqual(['frobnicate', 'withdrawal']);
    expect([...weightsOf(known, 1_000_000).keys()]).toEqual(['the', 'withdrawal', 'frobnicate']);
  });

  test('tell something when they are not everywhere, in few texts and in many', () => {
    const telling = (all: number, ...having: readonly number[]): readonly string[] => [
      ...tellingTerms(
        having.map((each) => ({ term: String(each), having: each })),
        all,
      ),
    ];
    expect(telling(14, 1, 2, 5, 8)).toEqual(['2', '5']);
    expect(telling(1_000_000, 2, 100_000, 300_000)).toEqual(['2', '100000']);
  });

  test('the heaviest texts are proposed first, of equals the newest', () => {
    expect(
      heaviest(
        [
          { weight: 5, keys: [9, 4] },
          { weight: 2, keys: [9, 7, 6] },
        ],
        3,
      ),
    ).toEqual([9, 4, 7]);
  });
});

describe('similar cases', () => {
  const now = instant(Date.UTC(2026, 10, 29));
  const weights = new Map([
    ['withdrawal', 4],
    ['pending', 3],
    ['please', 0.3],
  ]);
  const open = { language: 'en', channel: 'email', kinds: ['kyc'] } as const;
  const past = (id: string, words: string, over: Partial<PastCase<string>> = {}): PastCase<string> => ({
    id,
    language: 'en',
    channel: 'email',
    kinds: [],
    at: now,
    words: termCounts(words),
    ...over,
  });
  const order = (...cases: readonly PastCase<string>[]): readonly string[] =>
    rankCases({ weights, telling: new Set(['withdrawal', 'pending']) }, open, cases, now).map(({ id }) => id);

  test('what words weigh decides, however new another one is', () => {
    expect(
      order(past('new', 'pending parcel please'), past('old', 'withdrawal pending', { at: instant(now - 700 * DAY_MS), channel: 'x' })),
    ).toEqual(['old', 'new']);
  });

  test.each<[string, Partial<PastCase<string>>]>([
    ['older', { at: instant(now - 365 * DAY_MS) }],
    ['in another language', { language: 'es' }],
    ['on another channel', { channel: 'x' }],
  ])('of equal words the one that is not %s comes first', (_what, over) => {
    expect(order(past('worse', 'withdrawal pending', over), past('better', 'withdrawal pending'))).toEqual(['better', 'worse']);
  });

  test('an old one on the same channel comes after a new one on another', () => {
    const old = past('old', 'withdrawal pending', { at: instant(now - 700 * DAY_MS) });
    expect(order(old, past('new', 'withdrawal pending', { channel: 'x' }))).toEqual(['new', 'old']);
  });

  test('of equal words the one of the same kind comes first', () => {
    expect(order(past('worse', 'withdrawal pending'), past('better', 'withdrawal pending', { kinds: ['kyc', 'x'] }))).toEqual([
      'better',
      'worse',
    ]);
  });

  test('words that are everywhere make none alone, however few words there are', () => {
    expect(order(past('polite', 'please please please'))).toEqual([]);
    const few = { weights: new Map([['is', 0.6]]), telling: new Set<string>() };
    expect(rankCases(few, open, [past('a', 'is is is is')], now)).toEqual([]);
  });
});

describe('the answer of a case', () => {
  const asked = new Map([
    ['withdrawal', 4],
    ['review', 3],
  ]);
  const [looking, manual, welcome] = [
    'The withdrawal waits for a second review now.',
    'The withdrawal waits for a manual review now.',
    'You are very welcome, have a nice day.',
  ];
  test.each<[string, readonly string[], number, number | null]>([
    ['is the one about what was asked', [manual, welcome], 0, 0],
    ['is that even where the conversation stands elsewhere', [manual, welcome], 1, 0],
    ['is of two the one where the conversation stands', [looking, manual], 0, 0],
    ['is of two the later one when there was an answer before', [looking, manual], 1, 1],
    ['is the last one however many there were before', [looking, manual], 7, 1],
    ['is none where nobody says anything', ['Done.', 'ok'], 0, null],
    ['is none where nobody answered', [], 0, null],
  ])('%s', (_what, answers, stage, wanted) => {
    expect(pickAnswer(asked, answers, stage)).toBe(wanted);
  });
});
