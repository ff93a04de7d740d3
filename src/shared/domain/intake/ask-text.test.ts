import { expect, test } from 'vitest';
import { CAPABILITIES } from '../channel/capabilities.ts';
import { lengthIn } from '../channel/outbound-limits.ts';
import { asksForSecret } from '../guard/outbound.ts';
import { askText, MOST_AT_ONCE } from './ask-text.ts';
import { fieldsAsked, knownQuestions, numberedQuestions } from './asks-in.ts';
import { DEFAULT_RULES } from './checklist.ts';
import { FACT_FIELDS, isPersonal } from './fact-fields.ts';
import { ASK_LANGUAGES } from './questions.ts';

const KNOWN = knownQuestions(DEFAULT_RULES);
const [DEPOSIT] = DEFAULT_RULES.kinds;
const base = { kind: DEPOSIT ?? null, missing: FACT_FIELDS, rounds: 0, channel: CAPABILITIES.email, isPublic: false } as const;

test('every kind asks in every language without asking for a secret, and is read back as what it asks', () => {
  for (const language of ASK_LANGUAGES) {
    for (const kind of DEFAULT_RULES.kinds) {
      const ask = askText({ ...base, kind, missing: kind.items.map(({ field }) => field), language });
      expect([language, kind.id, asksForSecret(ask?.text ?? '')]).toEqual([language, kind.id, []]);
    }
  }
});

test('every question, first and again, long and short, asks for no secret either, and is read back', () => {
  for (const language of ASK_LANGUAGES) {
    for (const rounds of [0, 1]) {
      for (const channel of [CAPABILITIES.email, CAPABILITIES.x]) {
        for (let from = 0; from < FACT_FIELDS.length; from += 3) {
          const ask = askText({ ...base, missing: FACT_FIELDS.slice(from, from + 3), language, rounds, channel });
          const text = ask?.text ?? '';
          expect([language, from, asksForSecret(text)]).toEqual([language, from, []]);
          expect(fieldsAsked(text, KNOWN)).toEqual(ask?.fields);
          expect([...numberedQuestions(text, KNOWN).keys()]).toEqual(ask?.fields.map((_, index) => index + 1));
        }
      }
    }
  }
});

test('nobody is asked for more than can be answered at once; what is left is told', () => {
  const ask = askText({ ...base, language: 'en' });
  expect(ask?.fields).toEqual(FACT_FIELDS.slice(0, MOST_AT_ONCE));
  expect(ask?.left).toEqual(FACT_FIELDS.slice(MOST_AT_ONCE));
});

test('a post of 280 gets short words, and no more than fit', () => {
  for (const language of ASK_LANGUAGES) {
    const ask = askText({ ...base, language, channel: CAPABILITIES.x });
    expect([language, lengthIn('weighted', ask?.text ?? '') <= 280]).toEqual([language, true]);
    expect([language, (ask?.fields.length ?? 0) >= 3]).toEqual([language, true]);
  }
  expect(askText({ ...base, language: 'en', channel: { text: { max: 40, unit: 'utf16', isHtml: false } } })).toBeNull();
});

test('where everybody reads along nothing personal is asked for', () => {
  const ask = askText({ ...base, language: 'en', isPublic: true, channel: CAPABILITIES.community });
  expect(ask?.fields.some(isPersonal)).toBe(false);
  expect(ask?.heldBack).toEqual(FACT_FIELDS.filter(isPersonal));
  expect(askText({ ...base, missing: ['account'], language: 'en', isPublic: true })).toBeNull();
});

test('a language that has no words gets English, and says so; nothing missing asks for nothing', () => {
  expect(askText({ ...base, language: 'tr' })).toMatchObject({ language: 'en', isFallback: true });
  expect(askText({ ...base, language: 'zh-TW' })).toMatchObject({ language: 'zh-Hant', isFallback: false });
  expect(askText({ ...base, missing: [], language: 'en' })).toBeNull();
});
