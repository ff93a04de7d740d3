import { describe, expect, test } from 'vitest';
import { figuresOf, totalOf } from '../../../../test/bot/figures.ts';
import { HARD_ASKS, HARD_NEITHER, HARD_RISKS } from '../../../../test/bot/sentences-hard.ts';
import { HELD_OUT, TUNED } from '../../../../test/bot/sentences.ts';
import { readSignals } from './ask-for-human.ts';

describe('what customers say', () => {
  test.each(Object.entries(TUNED))('what the rules were written for comes out right: %s', (_language, sentences) => {
    expect(figuresOf(sentences).wrong).toEqual([]);
  });

  test('of sentences that the rules were not written for most are understood, and nobody is handed over by mistake', () => {
    const { asks, risks, falseAlarms } = totalOf(HELD_OUT);
    expect(asks[0] / asks[1]).toBeGreaterThan(0.8);
    expect(risks[0] / risks[1]).toBeGreaterThan(0.8);
    expect(falseAlarms[0]).toBe(0);
  });

  test('mistyped, mixed, pulled apart, mocking and denied', () => {
    expect(figuresOf({ asks: HARD_ASKS, risks: HARD_RISKS, neither: HARD_NEITHER }).wrong).toEqual([]);
  });

  test('what is in danger is found in the middle of a long message, too', () => {
    const filler = 'I sent it on Monday and waited. '.repeat(60);
    expect(readSignals(`${filler} My account was hacked. ${filler}`).isRisk).toBe(true);
  });

  test('a long and hostile text costs no time', () => {
    const texts = ['a '.repeat(200_000), '人'.repeat(100_000), 'talk to a real '.repeat(20_000), 'my account has been '.repeat(20_000)];
    const begun = performance.now();
    for (const text of texts) readSignals(text);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
