import { describe, expect, it } from 'vitest';
import { makeId } from '../../../../shared/domain/ids.ts';
import { neighbour, nextAfterLeaving, rangeBetween, targetsOf } from './row-selection.ts';

const id = (name: string) => makeId('case', name);
const ORDER = ['a', 'b', 'c', 'd', 'e'].map(id);

describe('rangeBetween', () => {
  it('goes both ways and includes both ends', () => {
    expect(rangeBetween(ORDER, id('b'), id('d'))).toEqual(['b', 'c', 'd'].map(id));
    expect(rangeBetween(ORDER, id('d'), id('b'))).toEqual(['b', 'c', 'd'].map(id));
  });
  it('is one row when its beginning left the list, none when its end did', () => {
    expect(rangeBetween(ORDER, id('gone'), id('d'))).toEqual([id('d')]);
    expect(rangeBetween(ORDER, id('b'), id('gone'))).toEqual([]);
  });
});

describe('nextAfterLeaving', () => {
  it('takes the next that stays, at the end the one before', () => {
    expect(nextAfterLeaving(ORDER, id('b'), new Set([id('b'), id('c')]))).toBe(id('d'));
    expect(nextAfterLeaving(ORDER, id('e'), new Set([id('e'), id('d')]))).toBe(id('c'));
    expect(nextAfterLeaving(ORDER, id('a'), new Set(ORDER))).toBeNull();
  });
  it('keeps a case that stays', () => {
    expect(nextAfterLeaving(ORDER, id('b'), new Set([id('c')]))).toBe(id('b'));
  });
});

describe('neighbour', () => {
  it('stops at the ends and begins at the first row', () => {
    expect(neighbour(ORDER, id('e'), 1)).toBe(id('e'));
    expect(neighbour(ORDER, id('a'), -10)).toBe(id('a'));
    expect(neighbour(ORDER, id('gone'), 1)).toBe(id('a'));
    expect(neighbour([], null, 1)).toBeNull();
  });
});

describe('targetsOf', () => {
  it('prefers what is checked, in list order, and ignores what is not shown', () => {
    expect(targetsOf(ORDER, new Set([id('d'), id('b'), id('gone')]), id('a'))).toEqual(['b', 'd'].map(id));
    expect(targetsOf(ORDER, new Set([id('gone')]), id('a'))).toEqual([id('a')]);
    expect(targetsOf(ORDER, new Set(), null)).toEqual([]);
  });
});
