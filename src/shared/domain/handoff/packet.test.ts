import { describe, expect, test } from 'vitest';
import { at } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import { changesReadBack, completenessOf, EMPTY_PACKET, firstAction, missingOf, nextPromise } from './packet.ts';
import type { Packet, PacketPromise } from './packet.ts';
import { SCREEN_COLUMNS, SCREEN_LINES, sizeOf } from './packet-size.ts';
import { mismatches, readBackOf } from './read-back.ts';

const CALL: PacketPromise = {
  promiseId: makeId('prm', 'call'),
  text: 'We call back',
  dueAt: at('2026-06-02T14:00:00Z'),
  zone: 'America/New_York',
};
const MAIL: PacketPromise = { ...CALL, promiseId: makeId('prm', 'mail'), text: 'We write', dueAt: at('2026-06-02T12:30:00Z') };
const STABLE: Packet = {
  ...EMPTY_PACKET,
  severity: 'stable',
  goal: 'Wants the refund of order 4711.',
  state: 'The bank has it.',
  actions: [
    { what: 'Ask the bank for the reference', dueAt: null },
    { what: 'Tell the customer', dueAt: null },
  ],
  promises: [CALL, MAIL],
};

describe('a packet', () => {
  test('lacks everything that is required, in the order of the screen', () => {
    expect(missingOf(EMPTY_PACKET, []).map((each) => each.field)).toEqual(['severity', 'goal', 'state', 'first-action']);
    expect(missingOf(STABLE, [CALL.promiseId, MAIL.promiseId])).toEqual([]);
  });

  test('is not sent with spaces for words, or with a first action that says nothing', () => {
    const blank = { ...STABLE, goal: ' \n', actions: [{ what: '  ', dueAt: null }, ...STABLE.actions] };
    expect(missingOf(blank, []).map((each) => each.field)).toEqual(['goal', 'first-action']);
    expect(firstAction(blank)).toBeNull();
  });

  test('has a plan when it is not stable', () => {
    const watcher = { ...STABLE, severity: 'watcher' as const };
    expect(missingOf(watcher, [])).toEqual([{ part: 'situation', field: 'if-then' }]);
    expect(missingOf({ ...watcher, ifThen: [{ when: 'They call', action: '' }] }, [])).toHaveLength(1);
    expect(missingOf({ ...watcher, ifThen: [{ when: 'They call', action: 'Page the bank' }] }, [])).toEqual([]);
  });

  test('loses no promise', () => {
    expect(missingOf({ ...STABLE, promises: [MAIL] }, [MAIL.promiseId, CALL.promiseId])).toEqual([
      { part: 'situation', field: 'promise', promiseId: CALL.promiseId },
    ]);
  });

  test('is complete when it was read back', () => {
    expect(completenessOf(STABLE, false)).toMatchObject({ count: 4, parts: { synthesis: false } });
    expect(completenessOf(STABLE, true).count).toBe(5);
    expect(completenessOf(EMPTY_PACKET, false).count).toBe(0);
    const silent = { ...STABLE, promises: [] };
    expect(completenessOf(silent, true).parts.situation).toBe(false);
    expect(completenessOf({ ...silent, isSituationPlain: true }, true).count).toBe(5);
    expect(completenessOf({ ...silent, severity: 'critical', isSituationPlain: true }, true).parts.situation).toBe(false);
  });

  test('tells the promise that falls due first', () => {
    expect(nextPromise(STABLE)).toBe(MAIL);
    expect(nextPromise({ ...STABLE, promises: [] })).toBeNull();
  });

  test('must be read again when what was repeated has changed', () => {
    expect(changesReadBack(STABLE, { ...STABLE, state: 'The bank has paid.', promises: [MAIL, CALL] })).toBe(false);
    expect(changesReadBack(STABLE, { ...STABLE, severity: 'watcher' })).toBe(true);
    expect(changesReadBack(STABLE, { ...STABLE, promises: [MAIL] })).toBe(true);
    expect(changesReadBack(STABLE, { ...STABLE, promises: [{ ...CALL, dueAt: MAIL.dueAt }, MAIL] })).toBe(true);
    expect(changesReadBack(STABLE, { ...STABLE, actions: STABLE.actions.toReversed() })).toBe(true);
    expect(changesReadBack(STABLE, { ...STABLE, ifThen: [{ when: 'a', action: 'b' }] })).toBe(true);
  });
});

describe('the size of a packet', () => {
  test('counts lines, headings and wide characters', () => {
    // goal, state, two actions, two promises: six lines under four headings
    expect(sizeOf(STABLE)).toEqual({ lines: 10, excess: 0, longest: [] });
    const latin = sizeOf({ ...EMPTY_PACKET, goal: 'x'.repeat(SCREEN_COLUMNS) });
    const chinese = sizeOf({ ...EMPTY_PACKET, goal: '退'.repeat(SCREEN_COLUMNS) });
    expect([latin.lines, chinese.lines]).toEqual([2, 3]);
    expect(sizeOf({ ...EMPTY_PACKET, state: 'one\ntwo\n\nfour' }).lines).toBe(5);
  });

  test('names what to shorten, the longest first', () => {
    const long = { ...STABLE, state: 'x'.repeat(SCREEN_COLUMNS * SCREEN_LINES), blockers: ['', 'y'.repeat(SCREEN_COLUMNS + 1)] };
    const size = sizeOf(long);
    expect(size.excess).toBe(size.lines - SCREEN_LINES);
    expect(size.longest.map(({ field, index, lines }) => [field, index, lines])).toEqual([
      ['state', 0, SCREEN_LINES],
      ['blockers', 1, 2],
    ]);
  });
});

describe('a read-back', () => {
  const lisbon = readBackOf(STABLE, 'Europe/Lisbon');

  test('fits when it says what the packet says, by the clock of the receiver', () => {
    expect(lisbon.nextPromise).toMatchObject({ promiseId: MAIL.promiseId, local: { hour: 13, minute: 30 } });
    expect(mismatches(STABLE, lisbon)).toEqual([]);
    expect(mismatches(STABLE, { ...lisbon, firstAction: '  ask the  BANK for the reference ' })).toEqual([]);
  });

  test('tells another first action, and whether it is one of the packet', () => {
    expect(mismatches(STABLE, { ...lisbon, firstAction: 'Tell the customer' })).toEqual([{ kind: 'first-action', isListed: true }]);
    expect(mismatches(STABLE, { ...lisbon, firstAction: 'Sleep' })).toEqual([{ kind: 'first-action', isListed: false }]);
    expect(mismatches(STABLE, { ...lisbon, firstAction: ' ' })).toEqual([{ kind: 'no-first-action' }]);
  });

  test('tells a promise that was read by the wrong clock', () => {
    const promise = lisbon.nextPromise;
    if (promise === null) throw new Error('no promise');
    const wrong = { ...promise, local: { ...promise.local, hour: 12 } };
    expect(mismatches(STABLE, { ...lisbon, nextPromise: wrong })).toMatchObject([
      { kind: 'promise-time', said: { hour: 12 }, is: { hour: 13 } },
    ]);
    expect(mismatches(STABLE, { ...lisbon, nextPromise: { ...promise, promiseId: CALL.promiseId } })).toEqual([{ kind: 'other-promise' }]);
    expect(mismatches(STABLE, { ...lisbon, nextPromise: null })).toEqual([{ kind: 'promise-overlooked' }]);
    expect(mismatches({ ...STABLE, promises: [] }, lisbon)).toEqual([{ kind: 'promise-invented' }]);
  });

  test('has a plan for a case that is not stable', () => {
    const watcher: Packet = { ...STABLE, severity: 'watcher', ifThen: [{ when: 'They call', action: 'Page the bank' }] };
    expect(mismatches(watcher, readBackOf(watcher, 'Europe/Lisbon'))).toEqual([]);
    expect(mismatches(watcher, lisbon)).toEqual([{ kind: 'no-contingency' }]);
  });
});
