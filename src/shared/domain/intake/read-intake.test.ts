import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeId } from '../ids.ts';
import { instant, MINUTE_MS } from '../time.ts';
import { askText } from './ask-text.ts';
import { DEFAULT_RULES, kindOf } from './checklist.ts';
import { decideIntake } from './decide-intake.ts';
import type { IntakeAction } from './decide-intake.ts';
import { guessKind } from './guess-kind.ts';
import { NOTHING_SAID, saidAfter } from './intake-said.ts';
import type { IntakeSaid } from './intake-said.ts';
import { readIntake } from './read-intake.ts';
import type { IntakeMessage } from './read-intake.ts';
import { answersIn } from './recognise/answers.ts';
import { ownWords } from './recognise/own-words.ts';
import { recognise } from './recognise/recognise.ts';
import { CAPABILITIES } from '../channel/capabilities.ts';

const START = Date.UTC(2026, 10, 25, 9);
const HASH = `0x${'5e'.repeat(32)}`;
const ANA = makeId('agt', 'ana');

function message(place: number, over: Partial<IntakeMessage> = {}): IntakeMessage {
  return {
    messageId: makeId('msg', `m${String(place)}`),
    at: instant(START + place * MINUTE_MS),
    direction: 'in',
    auto: 'none',
    text: '',
    isRemoved: false,
    isUnsent: false,
    fromAddress: 'mei@customer.test',
    offsetMinutes: 540,
    origin: null,
    files: [],
    ...over,
  };
}

const read = (messages: readonly IntakeMessage[], said: IntakeSaid = NOTHING_SAID) =>
  readIntake({
    subject: 'Deposit not credited',
    labels: [],
    messages,
    said,
    rules: DEFAULT_RULES,
    offsetAt: () => null,
    ownAddresses: new Set(['support@team.test']),
  });
const valueOf = (messages: readonly IntakeMessage[], field: string, said?: IntakeSaid) =>
  read(messages, said).facts.find((each) => each.field === field)?.value ?? null;

const ask = askText({
  kind: kindOf(DEFAULT_RULES, 'deposit') ?? null,
  missing: ['network', 'transaction', 'address'],
  language: 'zh',
  rounds: 0,
  channel: CAPABILITIES.email,
  isPublic: false,
});
const asking = (place: number, over: Partial<IntakeMessage> = {}) => message(place, { direction: 'out', text: ask?.text ?? '', ...over });

describe('what is known', () => {
  test('an answer by number is about the question of that number, in any of the ways numbers are written', () => {
    for (const answer of [
      '1. TRC20\n2. abc123',
      '1) TRC20\n2) abc123',
      '①TRC20\n②abc123',
      '１、TRC20\n２、abc123',
      '(1) TRC20\n(2) abc123',
    ]) {
      const found = [message(0), asking(1), message(2, { text: answer })];
      expect([answer, valueOf(found, 'network'), valueOf(found, 'transaction')]).toEqual([answer, 'TRC20', 'abc123']);
    }
  });

  test('numbers answer nothing where nobody asked, and questions that never left ask nothing', () => {
    expect(valueOf([message(0, { text: '2. abc123' })], 'transaction')).toBeNull();
    expect(valueOf([asking(0, { isUnsent: true }), message(1, { text: '2. abc123' })], 'transaction')).toBeNull();
  });

  test('what they quote of our questions is no answer', () => {
    const found = [asking(0), message(1, { text: `TRC20\n\n${(ask?.text ?? '').replaceAll(/^/gmu, '> ')}` })];
    expect(read(found).missing).toEqual(['when', 'coin', 'amount', 'transaction', 'address']);
  });

  test('who does not know is not asked again, and the fact is not known either', () => {
    const { facts, missing, known } = read([asking(0), message(1, { text: '1. 不知道\n2. 没有\n3. n/a' })]);
    expect(missing).toEqual(['when', 'coin', 'amount']);
    expect(known).toBe(1);
    expect(facts.find(({ field }) => field === 'network')?.state).toBe('not-known');
  });

  test('the surest counts, of equals the newest; the rest is told', () => {
    const found = [
      message(0, { text: 'I sent 100 USDT, TRC20' }),
      message(1, { text: 'Sorry, it was ERC20' }),
      message(2, { text: 'Network: BEP20' }),
      message(3, { text: 'I said TRC20 at first' }),
    ];
    expect(read(found).facts.find(({ field }) => field === 'network')).toMatchObject({ value: 'BEP20', others: ['TRC20', 'ERC20'] });
    expect(valueOf(found.slice(0, 2), 'network')).toBe('ERC20');
  });

  test('a message that was taken back says nothing, and one that was edited what it says now', () => {
    const first = message(0, { text: `TRC20 ${HASH}` });
    expect(valueOf([first], 'transaction')).toBe(HASH);
    expect(valueOf([{ ...first, isRemoved: true }], 'transaction')).toBeNull();
    expect(valueOf([{ ...first, text: 'ERC20' }], 'network')).toBe('ERC20');
  });

  test('a form, a picture, and who writes are read; a logo and an address of ours are not', () => {
    const origin = {
      conversation: 'c',
      nativeKey: 'k',
      author: { nativeId: 'v', handle: null, verification: 'signed', facts: { 'identity.email': 'jo@signed.test' } },
      isPrivate: true,
      intake: { device: 'Pixel 8', transaction: '⟦redacted:private-key⟧' },
    } as const;
    const found = [
      message(0, { origin, fromAddress: 'v@chat', files: [{ name: 'shot.png', type: 'image/png', sizeBytes: 9, isInline: false }] }),
    ];
    expect([valueOf(found, 'device'), valueOf(found, 'account'), valueOf(found, 'screenshot')]).toEqual([
      'Pixel 8',
      'jo@signed.test',
      'shot.png',
    ]);
    expect(valueOf(found, 'transaction')).toBeNull();
    const logo = [{ name: 'logo.png', type: 'image/png', sizeBytes: 900, isInline: true }];
    expect(valueOf([message(0, { files: logo })], 'screenshot')).toBeNull();
    expect(valueOf([message(0, { fromAddress: 'support@team.test', text: 'I wrote to support@team.test' })], 'account')).toBeNull();
  });

  test('where a secret was taken out nothing is read, not even by number or by word', () => {
    const gap = '⟦redacted:recovery-phrase:12⟧';
    const found = [asking(0), message(1, { text: `1. ${gap}\n2. my key is ${gap}\nAddress: ${gap}\nError: ${gap}` })];
    expect(JSON.stringify(read(found))).not.toContain('redacted');
    expect(read(found).facts.filter(({ state, field }) => state === 'known' && field !== 'account')).toEqual([]);
  });

  test('what a colleague says counts, until it is taken back', () => {
    const found = [message(0, { text: 'I sent 100 USDT' })];
    const by = { by: ANA, at: instant(START) };
    const stated = saidAfter(NOTHING_SAID, { type: 'intake.factSet', field: 'amount', value: '101 USDT' }, by);
    expect(valueOf(found, 'amount', stated)).toBe('101 USDT');
    const cleared = saidAfter(stated, { type: 'intake.factSet', field: 'amount', value: null }, by);
    expect(read(found, cleared).missing).toContain('amount');
    expect(valueOf(found, 'amount', saidAfter(cleared, { type: 'intake.factSet', field: 'amount', value: null, asRead: true }, by))).toBe(
      '100 USDT',
    );
    expect(read(found, { ...NOTHING_SAID, kind: 'app' }).kindBy).toBe('agent');
    expect(read(found, { ...NOTHING_SAID, kind: null })).toMatchObject({ kindId: null, needed: 0, missing: [] });
    // a kind that the team has no more
    expect(read(found, { ...NOTHING_SAID, kind: 'gone' }).kindBy).toBe('words');
  });
});

describe('rounds', () => {
  test('are questions with an answer between them; what never left, machines and plain answers are none', () => {
    const answer = message(9, { text: 'ok' });
    expect(read([asking(0)]).rounds).toBe(1);
    expect(read([asking(0), asking(1)]).rounds).toBe(1);
    expect(read([asking(0), answer, asking(10)]).rounds).toBe(2);
    expect(read([asking(0, { isUnsent: true })]).rounds).toBe(0);
    expect(read([asking(0, { auto: 'bot' })]).rounds).toBe(0);
    expect(read([message(0, { direction: 'out', text: 'It has arrived. Thank you!' })]).rounds).toBe(0);
    // by hand, in an agent's own words
    const byHand = [
      'Could you please send us the TXID?',
      '请提供一下交易哈希。',
      'スクリーンショットを送ってください。',
      '¿Qué dispositivo usa?',
    ];
    for (const text of byHand) expect([text, read([message(0, { direction: 'out', text })]).rounds]).toEqual([text, 1]);
  });

  test('what was asked is open until they write', () => {
    expect(read([asking(0)]).openAsk).toEqual(['network', 'transaction', 'address']);
    expect(read([asking(0), message(1, { text: 'hm' })]).openAsk).toEqual([]);
  });
});

test('the kind is told by a label before words, by danger before all other words, and by the words that a team adds', () => {
  const kindFor = (text: string, labels: readonly string[] = [], rules = DEFAULT_RULES) =>
    guessKind({ subject: '', texts: [text], labels }, rules).kind?.id;
  expect(kindFor('My deposit is missing', ['KYC'])).toBe('identity');
  expect(kindFor('Someone hacked me and made a withdrawal')).toBe('security');
  expect(kindFor('Hello')).toBe('other');
  const rules = { kinds: DEFAULT_RULES.kinds.map((kind) => (kind.id === 'app' ? { ...kind, words: ['Aurelia Card'] } : kind)) };
  expect(kindFor('My aurelia card is declined', [], rules)).toBe('app');
  const off = { kinds: DEFAULT_RULES.kinds.map((kind) => ({ ...kind, isActive: kind.id !== 'deposit' })) };
  expect(kindFor('My deposit is missing', [], off)).toBe('other');
});

const action = fc.oneof(
  fc.record({ kind: fc.constant('intake-kind' as const), to: fc.option(fc.record({ id: fc.option(fc.constantFrom('app', 'deposit')) })) }),
  fc.record({
    kind: fc.constant('intake-fact' as const),
    field: fc.constantFrom('coin', 'when'),
    to: fc.option(fc.record({ value: fc.option(fc.constantFrom('a', 'b')) })),
  }),
);

test('a step back leads to what was said before, and changes nothing that somebody else has said since', () => {
  const by = { by: ANA, at: instant(START) };
  const after = (said: IntakeSaid, doing: IntakeAction): IntakeSaid =>
    decideIntake(said, doing).events.reduce((now, event) => saidAfter(now, event, by), said);
  fc.assert(
    fc.property(fc.array(action, { maxLength: 6 }), action, action, (before, doing, other) => {
      const start = before.reduce(after, NOTHING_SAID);
      const { events, inverse } = decideIntake(start, doing);
      const done = after(start, doing);
      expect(events.length).toBe(inverse.length);
      expect(inverse.reduce(after, done)).toEqual(start);
      const since = after(done, other);
      const isSameThing = JSON.stringify(since) !== JSON.stringify(done) && keyOf(other) === keyOf(doing);
      const isOvertaken = isSameThing && inverse.length > 0;
      expect(isOvertaken ? inverse.reduce(after, since) : since).toEqual(since);
    }),
  );
});

function keyOf(doing: IntakeAction): string {
  return doing.kind === 'intake-kind' ? doing.kind : `${doing.kind} ${doing.field}`;
}

test('hostile texts are read in bounded time, and what is kept of them is short', () => {
  const texts = [
    'a'.repeat(60_000),
    '1'.repeat(60_000),
    '1,'.repeat(30_000),
    '0x'.repeat(30_000),
    'i '.repeat(30_000),
    'app '.repeat(15_000),
    'error "'.repeat(8_000),
    'not '.repeat(15_000),
    '我'.repeat(60_000),
    '我点'.repeat(30_000),
    '1. '.repeat(20_000),
    'Device: '.repeat(8_000),
    '\n'.repeat(60_000),
    '⟦'.repeat(60_000),
    'a@'.repeat(30_000),
    'a.'.repeat(30_000),
    `${'still '.repeat(9_000)}!`,
    'iPhone '.repeat(9_000),
    'error code '.repeat(6_000),
  ];
  for (const text of texts) {
    const begun = performance.now();
    const own = ownWords(text);
    recognise({ text: own, at: instant(START), offsetMinutes: 0 });
    answersIn(own, new Map([[1, { field: 'when', question: 'When?' }]]));
    guessKind({ subject: text, texts: [own], labels: [] }, DEFAULT_RULES);
    // ten times what it takes on a slow machine; a text that blows up takes minutes
    expect([text.slice(0, 12), performance.now() - begun < 1_500]).toEqual([text.slice(0, 12), true]);
  }
  const found = read([message(0, { text: `I tried ${'x'.repeat(60_000)}` })]);
  for (const { value } of found.facts) expect((value ?? '').length).toBeLessThanOrEqual(300);
});

test('a case of very many messages is read at its begin and its end', () => {
  const many = Array.from({ length: 3_000 }, (_, place) => message(place, { text: place === 1_500 ? 'TRC20' : 'hm' }));
  expect(valueOf(many, 'network')).toBeNull();
  expect(valueOf([message(0, { text: 'ERC20' }), ...many.slice(1)], 'network')).toBe('ERC20');
});
