import { expect, test } from 'vitest';
import { pinyinInitials } from './pinyin.ts';
import { matchScore, ranked } from './rank.ts';
import { caseIdIn, scopeOf } from './scope.ts';

test('all typed words must be there, in any order and any case', () => {
  expect(matchScore('Go to Settings', 'SETT go')).toBeGreaterThan(0);
  expect(matchScore('Go to Settings', 'go inbox')).toBe(0);
  expect(matchScore('打开命令面板', '命令')).toBeGreaterThan(0);
});

test('the beginning counts more than the beginning of a word, that more than the middle, initials least', () => {
  const scores = [
    matchScore('Set pending', 'set'),
    matchScore('Go to Settings', 'set'),
    matchScore('Offset', 'set'),
    matchScore('Sync every thing', 'set'),
  ];
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
  expect(scores.at(-1)).toBeGreaterThan(0);
});

test('nothing typed matches everything', () => {
  expect(matchScore('Anything', ' ')).toBeGreaterThan(0);
});

test.each([
  ['设置', 'sz'],
  ['打开命令面板', 'dkmlmb'],
  ['王小明', 'wxm'],
  ['撤销上一步操作', 'cxsybcz'],
  ['前往“VIP”', 'qwvip'],
  ['区块链', 'qkl'],
  ['Settings', ''],
])('%s is typed as %s', (text, initials) => {
  expect(pinyinInitials(text)).toBe(initials);
});

/**
 * GB 2312 has its 3,755 common characters in the order of their pinyin; these are the first ones of each letter. Those that differ are
 * characters with several readings.
 */
const FIRST_IN_GB = [
  0xb0a1, 0xb0c5, 0xb2c1, 0xb4ee, 0xb6ea, 0xb7a2, 0xb8c1, 0xb9fe, 0xbbf7, 0xbfa6, 0xc0ac, 0xc2e8, 0xc4c3, 0xc5b6, 0xc5be, 0xc6da, 0xc8bb,
  0xc8f6, 0xcbfa, 0xcdda, 0xcef4, 0xd1b9, 0xd4d1, 0xd7fa,
];

test('all common characters have the letter of their place in the national standard, but for those with several readings', () => {
  const decoder = new TextDecoder('gbk');
  const wrong: string[] = [];
  let count = 0;
  for (const [index, letter] of [...'abcdefghjklmnopqrstwxyz'].entries()) {
    for (let code = FIRST_IN_GB[index] ?? 0; code < (FIRST_IN_GB[index + 1] ?? 0); code += 1) {
      if ((code & 0xff) < 0xa1 || (code & 0xff) > 0xfe) continue;
      const character = decoder.decode(new Uint8Array([code >> 8, code & 0xff]));
      count += 1;
      if (pinyinInitials(character) !== letter) wrong.push(character);
    }
  }
  expect(count).toBe(3_755);
  expect(wrong.length).toBeLessThan(20);
});

test('first letters of syllables find Chinese, behind what is written so', () => {
  expect(matchScore('前往设置', 'sz')).toBeGreaterThan(0);
  expect(matchScore('设置', 'sz')).toBeGreaterThan(matchScore('前往设置', 'sz'));
  expect(matchScore('设置', 'zs')).toBe(0);
  expect(matchScore('sz 设置', 'sz')).toBeGreaterThan(matchScore('设置', 'sz'));
});

test('a better match comes before a habit, a habit before what is never used', () => {
  const things = [
    { thing: 'never', score: 6, habit: 0 },
    { thing: 'often', score: 6, habit: 3 },
    { thing: 'better', score: 8, habit: 0 },
    { thing: 'no match', score: 0, habit: 99 },
    { thing: 'never, too', score: 6, habit: 0 },
  ];
  expect(ranked(things)).toEqual(['better', 'often', 'never', 'never, too']);
});

test.each([
  ['> reply', 'commands', 'reply'],
  ['@mei', 'people', 'mei'],
  ['#refund', 'cases', 'refund'],
  ['/mine', 'views', 'mine'],
  ['》回复', 'commands', '回复'],
  ['  ＠ 王', 'people', '王'],
  ['a > b', 'all', 'a > b'],
  ['', 'all', ''],
])('%j looks for %s', (typed, scope, text) => {
  expect(scopeOf(typed)).toEqual({ scope, text });
});

test('a pasted link names a case', () => {
  expect(caseIdIn('meridian://case/case_01J')).toBe('case_01J');
  expect(caseIdIn('case_01J')).toBe('case_01J');
  expect(caseIdIn('the case_01J')).toBeNull();
  expect(caseIdIn('meridian://join/case_01J')).toBeNull();
});
