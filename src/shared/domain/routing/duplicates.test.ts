import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf, likeness } from './case-keys.ts';
import type { MessageKey } from './case-keys.ts';
import { compareCases, SAME_REASONS, SUGGESTED_FROM } from './duplicates.ts';
import type { CaseFacts } from './duplicates.ts';
import { makeId } from '../ids.ts';
import type { MessageOrigin, Verification } from '../message.ts';
import { HOUR_MS, instant } from '../time.ts';

const HASH = 'a3f1'.repeat(16);
const COMPLAINT = 'My withdrawal has been pending since yesterday and nobody at the desk answers me, please look into it now.';

const said = (text: string, address = '48211@telegram', origin: MessageOrigin | null = null): readonly MessageKey[] =>
  keysOf({ from: { address, name: '' }, replyTo: [], text, origin });
const named = (text: string, address?: string): readonly MessageKey[] => said(text, address).filter((key) => !key.startsWith('near:'));

const signedAs = (subject: string, verification: Verification = 'signed'): MessageOrigin => ({
  conversation: 'c',
  nativeKey: 'k',
  author: {
    nativeId: `user:${subject}`,
    handle: null,
    verification,
    facts: { 'identity.sub': subject, 'identity.email': 'Mei@Customer.test' },
  },
  isPrivate: true,
  intake: { transaction: `0x${HASH}` },
});

describe('the keys of a message', () => {
  it.each<[string, readonly string[]]>([
    [`It is ${HASH}, sent to 0x${'ab'.repeat(20)}`, [`transaction:${HASH}`, `transaction:${'ab'.repeat(20)}`]],
    [`0x${HASH.toUpperCase()}`, []],
    [`tx 0x${HASH}`, [`transaction:${HASH}`]],
    [`${HASH}00`, []],
    ['Order no. 4471-2093 is late', ['order:44712093']],
    ['Mein Bestellnummer: 8820014', ['order:8820014']],
    ['订单号：20261104883', ['order:20261104883']],
    ['номер заказа № 5512009', ['order:5512009']],
    ['I have 12345678 reasons, and 2026-11-29 is a day', []],
    ['order 12', []],
    ['Deposit: 2026-11-29, payment 20261129', []],
    ['withdrawal 100000 USDT, payment 12345.67, order 500000€', []],
    ['Siparişim 8820014 nerede', ['order:8820014']],
    ['from TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE', ['transaction:tqn9y2khesljw1chvwfmsmerdow5kcblse']],
    ['to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', ['transaction:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq']],
    [`sig ${'5Kd9'.repeat(22)}`, [`transaction:${'5kd9'.repeat(22)}`]],
    ['t'.repeat(34), []],
    ['Write to Mei.Chen@Customer.test, or @Mei_Chen on Telegram', ['mail:mei.chen@customer.test', 'handle:mei_chen']],
    ['see x.test/@nobody or a@b', []],
  ])('%s', (text, expected) => {
    // `0x` and a hash in capitals is the same hash
    const expectedKeys = text.startsWith('0xA') ? [`transaction:${HASH}`] : expected;
    expect(named(text).toSorted()).toEqual(expectedKeys.toSorted());
  });

  it('takes an identity, and its address, from a signature that holds, and from no other', () => {
    expect(said('', 'v1@chat', signedAs('u-7'))).toEqual(['sub:u-7', 'mail:mei@customer.test', `transaction:${HASH}`]);
    expect(said('', 'v1@chat', signedAs('u-7', 'failed'))).toEqual([`transaction:${HASH}`]);
    expect(said('', 'mei@customer.test')).toEqual(['mail:mei@customer.test']);
  });

  it('costs time in proportion to the text, whatever it is', () => {
    for (const piece of ['@', 'a', 'order ', 'a@', 'a.', '0x', '1-', 'заказ', 'siparis', 'bc1', 't', '5']) {
      const begun = performance.now();
      said(piece.repeat(200_000));
      expect(performance.now() - begun).toBeLessThan(300);
    }
  });

  it('shares one where two texts are nearly equal, and mostly none where they are not', () => {
    const near = (text: string): readonly MessageKey[] => said(text).filter((key) => key.startsWith('near:'));
    const other = near(`${COMPLAINT} Thanks, 12345!`);
    expect(near(COMPLAINT)).toHaveLength(3);
    expect(near(COMPLAINT).some((key) => other.includes(key))).toBe(true);
    expect(near('The parcel came with a broken lid and I would like to have another one sent to my new address.')).not.toEqual(
      expect.arrayContaining([expect.toSatisfy((key: MessageKey) => other.includes(key))]),
    );
    expect(near('too short')).toEqual([]);
  });
});

describe('two cases', () => {
  const NOW = instant(Date.UTC(2026, 10, 20, 9));
  const facts = (over: Partial<CaseFacts> & { readonly who?: string } = {}): CaseFacts => ({
    contactId: makeId('con', over.who ?? 'one'),
    verification: 'none',
    keys: new Set(),
    texts: [],
    ...over,
  });
  const isSuggested = (one: CaseFacts, other: CaseFacts): boolean => compareCases(one, other).score >= SUGGESTED_FROM;

  it('of one person are no duplicates for that alone', () => {
    expect(compareCases(facts(), facts())).toMatchObject({ reasons: ['same-contact'] });
    expect(isSuggested(facts(), facts())).toBe(false);
    const keys = new Set<MessageKey>(['order:44712093']);
    expect(isSuggested(facts({ keys }), facts({ keys }))).toBe(true);
  });

  it.each<[MessageKey, string, boolean]>([
    ['sub:u-7', 'same-identity', true],
    ['mail:mei@customer.test', 'same-address', true],
    ['handle:mei_chen', 'same-handle', false],
    [`transaction:${HASH}`, 'same-transaction', true],
    ['order:44712093', 'same-order', true],
  ])('of two contacts that share %s: %s', (key, reason, suggests) => {
    const [one, other] = [facts({ keys: new Set([key]) }), facts({ who: 'two', keys: new Set([key]) })];
    expect(compareCases(one, other).reasons).toEqual([reason]);
    expect(isSuggested(one, other)).toBe(suggests);
  });

  it('say the same within two days, and not later', () => {
    const at = (hours: number, text: string, who: string): CaseFacts =>
      facts({ who, texts: [{ at: instant(NOW + hours * HOUR_MS), text }] });
    expect(compareCases(at(0, COMPLAINT, 'one'), at(48, `${COMPLAINT.toUpperCase()} 77`, 'two')).reasons).toEqual(['same-words']);
    expect(compareCases(at(0, COMPLAINT, 'one'), at(49, COMPLAINT, 'two')).reasons).toEqual([]);
    expect(
      compareCases(at(0, COMPLAINT, 'one'), at(1, 'My parcel came today and it is the wrong colour, what now?', 'two')).reasons,
    ).toEqual([]);
  });

  it('warn where only one of the two customers has proven who they are', () => {
    const keys = new Set<MessageKey>(['order:44712093']);
    const signed = facts({ verification: 'signed', keys });
    expect(compareCases(signed, facts({ who: 'two', verification: 'failed', keys })).isVerifiedMeetsUnverified).toBe(true);
    expect(compareCases(signed, facts({ who: 'two', verification: 'signed', keys })).isVerifiedMeetsUnverified).toBe(false);
    expect(compareCases(signed, facts({ keys })).isVerifiedMeetsUnverified).toBe(false);
  });

  const anyKey = fc.constantFrom<MessageKey>('sub:a', 'mail:a@b.test', 'handle:mei_', 'transaction:f', 'order:12345', 'near:01.2');
  const anyFacts = fc.record({
    contactId: fc.constantFrom(makeId('con', 'one'), makeId('con', 'two')),
    verification: fc.constantFrom<Verification>('none', 'platform', 'signed', 'failed'),
    keys: fc.array(anyKey).map((keys) => new Set(keys)),
    texts: fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 9e8 }).map(instant), text: fc.constantFrom(COMPLAINT, `${COMPLAINT} 1`, 'Hi') }),
      {
        maxLength: 3,
      },
    ),
  });

  it('compare alike from both sides, and another thing in common never makes them less alike', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, anyKey, (one, other, key) => {
        const found = compareCases(one, other);
        expect(compareCases(other, one)).toEqual(found);
        expect(found.score).toBeGreaterThanOrEqual(0);
        expect(found.score).toBeLessThan(1);
        expect(found.reasons).toEqual(SAME_REASONS.filter((each) => found.reasons.includes(each)));
        const more = compareCases({ ...one, keys: new Set([...one.keys, key]) }, { ...other, keys: new Set([...other.keys, key]) });
        expect(more.score).toBeGreaterThanOrEqual(found.score);
      }),
    );
  });

  it('are as alike as can be with themselves in words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (one, other) => {
        expect(likeness(one, other)).toBe(likeness(other, one));
        expect([0, 1]).toContain(likeness(one, one));
      }),
    );
  });
});
