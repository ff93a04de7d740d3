import { expect, test } from 'vitest';
import { seenRows } from './seen-rows.ts';

const LIST = { top: 0, seenHeight: 500, height: 50, headingHeight: 0, places: null, count: 100 };

test('of a list those are seen that are seen as a whole', () => {
  expect(seenRows(LIST)).toEqual({ first: 0, last: 9 });
  expect(seenRows({ ...LIST, top: 75 })).toEqual({ first: 2, last: 10 });
  expect(seenRows({ ...LIST, count: 3 })).toEqual({ first: 0, last: 2 });
});

test('of groups those that no heading covers', () => {
  // a heading, two rows, a heading, three rows
  const places = [1, 2, 4, 5, 6];
  expect(seenRows({ ...LIST, headingHeight: 50, places, count: 5, seenHeight: 250 })).toEqual({ first: 0, last: 2 });
  // the heading of the first group covers its first row
  expect(seenRows({ ...LIST, headingHeight: 50, places, count: 5, seenHeight: 250, top: 50 })).toEqual({ first: 1, last: 3 });
});

test('nothing is seen of no rows, and in a window without room', () => {
  expect(seenRows({ ...LIST, count: 0 })).toBeNull();
  expect(seenRows({ ...LIST, seenHeight: 0 })).toBeNull();
  expect(seenRows({ ...LIST, places: [], headingHeight: 50 })).toBeNull();
});
