import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recycledKeys } from './recycled-keys.ts';

const START = recycledKeys(new Map(), ['a', 'b', 'c'], null);

test('a row that stays keeps its key, and one that comes takes the key of one that went', () => {
  const next = recycledKeys(START, ['c', 'x', 'a'], null);
  expect(next.get('a')).toBe(START.get('a'));
  expect(next.get('c')).toBe(START.get('c'));
  expect(next.get('x')).toBe(START.get('b'));
});

test('another list uses all keys again, but that of the row with the focus', () => {
  expect([...recycledKeys(START, ['x', 'y', 'z'], null).values()].toSorted()).toEqual([...START.values()].toSorted());
  expect([...recycledKeys(START, ['x', 'y', 'z'], 'b').values()]).not.toContain(START.get('b'));
});

test('the same rows in any order are the same keys', () => {
  expect(recycledKeys(START, ['c', 'a', 'b'], 'a')).toBe(START);
});

test('keys are never given twice, and no more of them than the most rows that there were', () => {
  const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 7 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 8 }), (lists) => {
      let keys: ReadonlyMap<string, string> = new Map();
      let most = 0;
      const ever = new Set<string>();
      for (const ids of lists) {
        const before = keys;
        keys = recycledKeys(keys, ids, null);
        most = Math.max(most, ids.length);
        for (const key of keys.values()) ever.add(key);
        expect(new Set(keys.values()).size).toBe(ids.length);
        expect([...keys.keys()].toSorted()).toEqual(ids.toSorted());
        const stayed = ids.filter((id) => before.has(id));
        expect(stayed.map((id) => keys.get(id))).toEqual(stayed.map((id) => before.get(id)));
      }
      expect(ever.size).toBeLessThanOrEqual(most);
    }),
  );
});
