import { describe, expect, test } from 'vitest';
import { compareLogs } from './rewind.ts';

describe('a log that is looked at again', () => {
  const own = { logId: 'one', cursor: 7, idAtCursor: 'evt_7' };
  const CASES = [
    ['nothing is new', { logId: 'one', lastSequence: 7, idAtCursor: 'evt_7' }, 'same'],
    ['the hub has more', { logId: 'one', lastSequence: 9, idAtCursor: 'evt_7' }, 'ahead'],
    ['the hub has less', { logId: 'one', lastSequence: 6, idAtCursor: null }, 'rewound'],
    ['the hub has less, whatever it says of that place', { logId: 'one', lastSequence: 6, idAtCursor: 'evt_7' }, 'rewound'],
    ['the hub has something else there', { logId: 'one', lastSequence: 9, idAtCursor: 'evt_x' }, 'rewound'],
    ['the hub has lost that entry', { logId: 'one', lastSequence: 9, idAtCursor: null }, 'rewound'],
    ['it is another log', { logId: 'two', lastSequence: 7, idAtCursor: 'evt_7' }, 'other-log'],
  ] as const;
  test.each(CASES)('%s', (_name, hub, verdict) => {
    expect(compareLogs(own, hub)).toBe(verdict);
  });

  test('nothing was followed yet', () => {
    const begin = { logId: 'one', cursor: 0, idAtCursor: null };
    expect(compareLogs(begin, { logId: 'one', lastSequence: 0, idAtCursor: null })).toBe('same');
    expect(compareLogs(begin, { logId: 'one', lastSequence: 3, idAtCursor: null })).toBe('ahead');
  });
});
