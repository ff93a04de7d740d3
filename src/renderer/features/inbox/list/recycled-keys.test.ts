import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recycledKeys } from './recycled-keys.ts';

const START = recycledKeys(new Map(), ['a', 'b', 'c'], null);

test('a row that stays keeps its key, and one that comes takes the key of one that went', () => {
  const next = recycledKeys(START, ['a', 'x', 'c'], null);
  expect(next.get('a')).toBe(START.get('a'));
  expect(next.get('c')).toBe(START.get('c'));
  expect(next.get('x')).toBe(START.get('b'));
});

test('another list uses all keys again, but that of the row with the focus', () => {
  expect([...recycledKeys(START, ['x', 'y', 'z'], null).values()].toSorted()).toEqual([...START.values()].toSorted());
  expect([...recycledKeys(START, ['x', 'y', 'z'], 'b').values()]).not.toContain(START.get('b'));
});

test('the focus goes from the row that goes to its heir, and to nobody else', () => {
  const next = recycledKeys(START, ['x', 'y', 'z'], 'b', 'x');
  expect(next.get('x')).toBe(START.get('b'));
  expect([...next.values()].toSorted()).toEqual([...START.values()].toSorted());
  // who stays has its own
  expect(recycledKeys(START, ['a', 'y', 'z'], 'b', 'a').get('a')).toBe(START.get('a'));
  expect([...recycledKeys(START, ['a', 'y', 'z'], 'b', 'a').values()]).not.toContain(START.get('b'));
});

test('a list that is scrolled by a row puts one element elsewhere at most', () => {
  const down = recycledKeys(START, ['b', 'c', 'd'], null);
  expect(down.get('d')).toBe(START.get('a'));
  // to stand above the others, the last element would have to be passed by all of them
  const up = recycledKeys(down, ['a', 'b', 'c'], null);
  expect([...down.values()]).not.toContain(up.get('a'));
});

test('the same rows in any order are the same keys', () => {
  expect(recycledKeys(START, ['c', 'a', 'b'], 'a')).toBe(START);
});

test('keys are never given twice, elements do not pass one another, and there are not ever more keys', () => {
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
        const places = (of: readonly (string | undefined)[]): readonly number[] =>
          of.map((key) => [...before.values()].findIndex((each) => each === key)).filter((place) => place !== -1);
        const isSorted = (of: readonly number[]): boolean => of.every((place, index) => place > (of[index - 1] ?? -1));
        const untilLastStayed = ids.slice(0, ids.findLastIndex((id) => before.has(id)) + 1);
        // when those that stay are in another order, they pass one another anyway
        const isPassed = !isSorted(places(untilLastStayed.map((id) => keys.get(id))));
        expect(isSorted(places(stayed.map((id) => before.get(id)))) && isPassed).toBe(false);
      }
      // of those that go, each may have been named beside one that came
      expect(ever.size).toBeLessThanOrEqual(2 * most);
    }),
  );
});
