import { describe, expect, it } from 'vitest';
import { hasLink, weightedLength } from './weighted-length.ts';

describe('how long a post is for X', () => {
  it.each([
    ['a word of Latin letters', 'hello', 5],
    ['Cyrillic counts one, too', 'привет', 6],
    ['Chinese counts two', '提现还没到账', 12],
    ['Japanese and Korean, too', '出金できない 출금', 17],
    ['140 of them are a whole post', '字'.repeat(140), 280],
    ['signs that are composed are one', 'e\u0301', 1],
    ['an emoji counts two, however it is put together', '👩‍💻', 2],
    ['a flag', '🇯🇵', 2],
    ['a keycap', '1️⃣', 2],
    ['a link counts 23, however long', `https://example.com/${'a'.repeat(300)}`, 23],
    ['or short', 'https://t.co', 23],
    ['a full stop behind a link is no part of it', 'See https://example.com/a.', 4 + 23 + 1],
    ['nor is a bracket', '(https://example.com/a)', 1 + 23 + 1],
    ['but one that was opened in it', 'https://en.example.org/wiki/Coin_(money)', 23],
    ['nor what is written on in Chinese', '请看https://example.com/a，谢谢', 4 + 23 + 2 + 4],
    ['a name without its protocol', 'example.com', 23],
    ['and within Chinese', '请看docs.example.com/help。', 4 + 23 + 2],
    ['the end of a country behind two names', 'help.example.io', 23],
    ['or before a path', 'example.io/help', 23],
    ['but not alone', 'Done.It works.', 14],
    ['an address of mail is no link', 'help@example.com', 16],
    ['nor are numbers', '1.5 of 2.75 and v1.2.3', 22],
    ['nor is an abbreviation', 'e.g. this, i.e. that', 20],
  ])('%s: %j', (_what, text, weight) => {
    expect(weightedLength(text)).toBe(weight);
  });

  it('knows what costs as a link', () => {
    expect(['see example.com', 'https://a.example', 'status.example.io'].map(hasLink)).toEqual([true, true, true]);
    expect(['no link here', 'a.b', 'me@example.com', 'ok.Next'].map(hasLink)).toEqual([false, false, false, false]);
  });

  it('is quick with what wants to be slow', () => {
    const begun = performance.now();
    for (const text of ['a.'.repeat(20_000), 'a-'.repeat(20_000), `https://${'('.repeat(20_000)}`, 'x'.repeat(50_000)])
      weightedLength(text);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
