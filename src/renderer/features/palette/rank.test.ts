import { expect, test } from 'vitest';
import { matchScore } from './rank.ts';

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
