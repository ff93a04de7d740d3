import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareLogs, missingFrom } from './rewind.ts';
import type { OwnEntry } from './rewind.ts';

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

const entry = fc.record({ kind: fc.constantFrom('case.a', 'case.b', 'send.x', 'shift.s'), isThere: fc.boolean() });
test('what a hub has lost is offered again, each once, in the old order within its stream, and what was sent first', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), fc.nat(), (all, seed) => {
      const entries: OwnEntry[] = all.map(({ kind }, index) => ({ sequence: index + 1, id: `evt_${index}`, stream: kind }));
      const hub = new Set(entries.filter((_each, index) => all[index]?.isThere === true).map(({ id }) => id));
      const turned = [...entries.slice(seed % (entries.length + 1)), ...entries, ...entries.slice(0, seed % (entries.length + 1))];
      const missing = missingFrom(hub, turned);
      const lost = entries.filter(({ id }) => !hub.has(id));
      const sends = lost.filter(({ stream }) => stream === 'send.x');
      expect(missing).toEqual([...sends, ...lost.filter((each) => !sends.includes(each))]);
    }),
  );
});
