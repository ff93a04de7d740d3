import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clashes,
  conflictsIn,
  inTheWay,
  isCharacterKeys,
  isKeys,
  keysOf,
  NO_KEY_MAP,
  partsOf,
  readKeyMap,
  refusalOf,
  withKeys,
} from './key-map.ts';
import type { KeyMap } from './key-map.ts';

const claim = { id: 'case.claim', keys: ['c'], place: 'inbox' };
const macro = { id: 'case.macro', keys: ['#', 'mod+j'], place: 'inbox' };
const goInbox = { id: 'go.inbox', keys: ['g i'], place: 'everywhere' };
const undo = { id: 'app.undo', keys: ['u', 'mod+z'], place: 'everywhere' };
const planUndo = { id: 'plan.undo', keys: ['u', 'mod+z'], place: 'plan' };
const sweepPark = { id: 'handoffs.sweep.park', keys: ['p'], place: 'handoffs.sweep' };
const briefRead = { id: 'handoffs.brief.read', keys: ['r'], place: 'handoffs.brief' };
const accept = { id: 'handoffs.accept', keys: ['a'], place: 'handoffs' };
const ALL = [claim, macro, goInbox, undo, planUndo, sweepPark, briefRead, accept];
const mapOf = (keys: KeyMap['keys'], isWithoutCharacterKeys = false): KeyMap => ({ keys, isWithoutCharacterKeys });

describe('keys as text', () => {
  test.each(['c', 'shift+c', 'mod+k', 'mod+shift+z', 'alt+arrowleft', 'f1', 'g i', '?', '+', 'mod++', 'é', 'g 0', 'space'])(
    '%s can be pressed',
    (keys) => {
      expect(isKeys(keys)).toBe(true);
    },
  );

  test.each(['', 'C', 'ctrl+c', 'mod+', 'shift+mod+k', 'g i x', 'mod+k c', 'g enter', 'g mod+i', 'two', 'f25', '\u0000', ' ', 'g  i'])(
    '%j can not',
    (keys) => {
      expect(isKeys(keys)).toBe(false);
    },
  );

  test('the plus sign is a key and what joins keys', () => {
    expect(partsOf('mod++')).toEqual(['mod', '+']);
    expect(partsOf('+')).toEqual(['+']);
    expect(partsOf('mod+shift+z')).toEqual(['mod', 'shift', 'z']);
  });

  test.each([
    ['c', true],
    ['shift+c', true],
    ['g i', true],
    ['?', true],
    ['space', true],
    ['mod+c', false],
    ['alt+p', false],
    ['f1', false],
    ['escape', false],
    ['arrowdown', false],
  ])('%s writes a character: %s', (keys, isCharacter) => {
    expect(isCharacterKeys(keys)).toBe(isCharacter);
  });
});

describe('the keys of a command', () => {
  test('are those it comes with, those it was given, or none', () => {
    expect(keysOf(claim, NO_KEY_MAP)).toEqual(['c']);
    expect(keysOf(claim, mapOf({ 'case.claim': ['mod+b'] }))).toEqual(['mod+b']);
    expect(keysOf(claim, mapOf({ 'case.claim': [] }))).toEqual([]);
    expect(keysOf({ id: 'toString', keys: ['x'] }, NO_KEY_MAP)).toEqual(['x']);
  });

  test('are without characters when those are switched off', () => {
    expect(keysOf(macro, mapOf({}, true))).toEqual(['mod+j']);
    expect(keysOf(goInbox, mapOf({}, true))).toEqual([]);
  });
});

describe('changing', () => {
  test('to what it comes with is no change', () => {
    expect(withKeys(mapOf({ 'case.claim': ['b'] }), claim, ['c'])).toEqual(NO_KEY_MAP);
  });

  test('takes keys from whoever has them, and from keys that begin with them', () => {
    expect(withKeys(NO_KEY_MAP, claim, ['c', 'mod+j'], [macro]).keys).toEqual({ 'case.claim': ['c', 'mod+j'], 'case.macro': ['#'] });
    expect(withKeys(NO_KEY_MAP, claim, ['g'], [goInbox]).keys).toEqual({ 'case.claim': ['g'], 'go.inbox': [] });
  });

  test('leaves nothing in the way (whatever is given to whatever)', () => {
    const keys = fc.constantFrom('c', 'g', 'g i', 'mod+j', 'u', 'p', 'r', 'a', 'alt+q', 'x y');
    fc.assert(
      fc.property(fc.constantFrom(...ALL), keys, (command, wanted) => {
        const next = withKeys(NO_KEY_MAP, command, [wanted], inTheWay(command, wanted, ALL, NO_KEY_MAP));
        expect(keysOf(command, next)).toEqual([wanted]);
        expect(inTheWay(command, wanted, ALL, next)).toEqual([]);
        expect(conflictsIn(ALL, next)).toEqual([]);
      }),
    );
  });
});

describe('what is in the way', () => {
  test('are equal keys and beginnings, where both can be heard', () => {
    expect(clashes('g', 'g i')).toBe(true);
    expect(clashes('g i', 'g o')).toBe(false);
    expect(inTheWay(claim, 'mod+j', ALL, NO_KEY_MAP)).toEqual([macro]);
    expect(inTheWay(claim, 'g', ALL, NO_KEY_MAP)).toEqual([goInbox]);
    // in the planner nobody claims
    expect(inTheWay(claim, 'p', ALL, NO_KEY_MAP)).toEqual([]);
    expect(inTheWay(sweepPark, 'a', ALL, NO_KEY_MAP)).toEqual([accept]);
    expect(inTheWay(sweepPark, 'r', ALL, NO_KEY_MAP)).toEqual([]);
    expect(inTheWay(goInbox, 'p', ALL, NO_KEY_MAP)).toEqual([sweepPark]);
  });

  test('two that come with one key are made for it, until one of them is changed to it', () => {
    expect(conflictsIn(ALL, NO_KEY_MAP)).toEqual([]);
    expect(conflictsIn(ALL, mapOf({ 'case.claim': ['u'] }))).toEqual([{ keys: 'u', one: 'case.claim', other: 'app.undo' }]);
  });

  test('keys that were switched off are in nobody’s way', () => {
    expect(conflictsIn(ALL, mapOf({ 'case.claim': ['u'] }, true))).toEqual([]);
  });
});

test.each([
  ['tab', 'focus'],
  ['shift+tab', 'focus'],
  ['mod+c', 'editing'],
  ['mod+q', 'window'],
  ['mod+f', 'menu-bar'],
  ['shift+f10', 'context-menu'],
  ['super+k', 'system'],
  ['mod+alt+e', 'writes'],
  ['enter', 'controls'],
  ['shift+arrowup', 'controls'],
  ['mod+k c', 'not-keys'],
  ['mod+enter', null],
  ['alt+arrowup', null],
  ['g q', null],
] as const)('%s can not be had: %s', (keys, why) => {
  expect(refusalOf({ keys: [] }, keys, false)).toBe(why);
});

test('what a command comes with it may always have, and Option writes on a Mac', () => {
  expect(refusalOf({ keys: ['enter'] }, 'enter', false)).toBeNull();
  expect(refusalOf({ keys: [] }, 'alt+e', true)).toBe('writes');
  expect(refusalOf({ keys: [] }, 'alt+e', false)).toBeNull();
  expect(refusalOf({ keys: [] }, 'mod+alt+e', true)).toBeNull();
});

describe('what was kept', () => {
  test('comes back as it was', () => {
    const keyMap = mapOf({ 'case.claim': ['b', 'g c'], 'case.hold': [] }, true);
    expect(readKeyMap(JSON.parse(JSON.stringify(keyMap)))).toEqual({ keyMap, dropped: 0 });
  });

  test('leaves out what can not be read, and counts it; commands it does not know stay', () => {
    const kept = {
      keys: { 'case.claim': ['B', 'b'], 'case.hold': 'p', 'of.tomorrow': ['mod+b'], 'case.read': ['ctrl+m'] },
      isWithoutCharacterKeys: 1,
    };
    expect(readKeyMap(kept)).toEqual({ keyMap: mapOf({ 'case.claim': ['b'], 'of.tomorrow': ['mod+b'] }), dropped: 3 });
  });

  test('is never fatal, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (value, keys) => {
        for (const read of [readKeyMap(value), readKeyMap({ keys })])
          for (const each of Object.values(read.keyMap.keys)) expect(each.every(isKeys)).toBe(true);
      }),
    );
    expect(readKeyMap(null)).toEqual({ keyMap: NO_KEY_MAP, dropped: 0 });
    expect(readKeyMap('text')).toEqual({ keyMap: NO_KEY_MAP, dropped: 1 });
  });
});
