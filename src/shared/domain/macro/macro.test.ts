import { describe, expect, test } from 'vitest';
import { makeId } from '../ids.ts';
import { instant, MINUTE_MS } from '../time.ts';
import { fitsChannel, SHORTCUT_PATTERN, stepsOf, textFor } from './macro.ts';

const text = (language: string, words = language) => ({ language, text: words });

describe('the text for a customer', () => {
  const all = { texts: [text('ja'), text('en'), text('zh-Hans')] };
  test.each([
    ['zh-CN', 'zh-Hans', false],
    ['ja', 'ja', false],
    // better the other script than another language
    ['zh-TW', 'zh-Hans', true],
    ['fr', 'en', true],
    [null, 'en', true],
  ])('of the language %s', (language, chosen, isFallback) => {
    expect(textFor(all, language)).toEqual({ ...text(chosen), isFallback });
  });

  test('is the first one where there is no English', () => {
    expect(textFor({ texts: [text('ja'), text('ko')] }, 'fr')).toEqual({ ...text('ja'), isFallback: true });
  });

  test('is never an empty one', () => {
    expect(textFor({ texts: [text('fr', ' '), text('en')] }, 'fr')?.language).toBe('en');
    expect(textFor({ texts: [text('fr', '')] }, 'fr')).toBeNull();
  });
});

test('what is done comes in the order in which it makes sense, on the clock of now', () => {
  const me = makeId('agt', 'me');
  const now = instant(Date.UTC(2026, 10, 29));
  const steps = stepsOf(
    [
      { kind: 'snooze', minutes: 90 },
      { kind: 'status', to: 'pending' },
      { kind: 'assign', to: 'me' },
      { kind: 'add-label', label: 'kyc' },
    ],
    { me, now },
  );
  expect(steps).toEqual([
    { kind: 'add-label', label: 'kyc' },
    { kind: 'assign', agentId: me },
    { kind: 'status', to: 'pending' },
    { kind: 'snooze', until: instant(now + 90 * MINUTE_MS) },
  ]);
});

test('a macro without channels fits all of them', () => {
  expect(fitsChannel({ channels: [] }, 'x')).toBe(true);
  expect(fitsChannel({ channels: ['email'] }, 'x')).toBe(false);
});

test.each([
  ['', true],
  ['kyc', true],
  ['认证', true],
  ['two-fa_2', true],
  ['a b', false],
  ['#kyc', false],
  ['-a', false],
])('the shortcut “%s”', (shortcut, isGood) => {
  expect(SHORTCUT_PATTERN.test(shortcut)).toBe(isGood);
});
