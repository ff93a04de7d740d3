import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../src/main/engine/team/team-log.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { isLinearizable, unlinearizableCases, witnessProblems, type AppendOperation, type CaseOperation } from './history.ts';

type Short = readonly [from: number, to: number, what: string, seen?: string | null];

/** `[from, to, 'ana claims']`; `claims?` is unknown, `claims!` refused. */
function history(...all: readonly Short[]): readonly CaseOperation[] {
  return all.map(([startedAt, endedAt, what, seen]) => {
    const [actor = '', verb = ''] = what.split(' ');
    const kind = verb.startsWith('claims') ? 'claim' : verb.startsWith('releases') ? 'release' : 'read';
    const outcome = verb.endsWith('?') ? 'unknown' : verb.endsWith('!') ? 'refused' : 'ok';
    return { caseId: 'case_1', actor, kind, startedAt, endedAt, outcome, ...(seen === undefined ? {} : { seen }) };
  });
}

test.each<readonly [string, readonly Short[]]>([
  ['nothing', []],
  [
    'one after the other',
    [
      [0, 1, 'ana claims'],
      [2, 3, 'ana releases'],
      [4, 5, 'bo claims'],
      [6, 7, 'cy reads', 'bo'],
    ],
  ],
  [
    'a winner and many losers',
    [
      [0, 9, 'ana claims'],
      [0, 9, 'bo claims!'],
      [1, 2, 'cy claims!'],
    ],
  ],
  [
    'a read beside a claim sees either',
    [
      [0, 9, 'ana claims'],
      [1, 2, 'bo reads', 'ana'],
      [3, 9, 'cy reads', 'ana'],
    ],
  ],
  [
    'a read beside a claim that was not there yet',
    [
      [0, 9, 'ana claims'],
      [1, 2, 'bo reads', null],
    ],
  ],
  [
    'overlapping claims with a release between',
    [
      [0, 20, 'bo claims'],
      [1, 3, 'ana claims'],
      [4, 6, 'ana releases'],
    ],
  ],
  [
    'an unknown claim that happened late',
    [
      [0, 1, 'ana claims?'],
      [2, 3, 'bo reads', null],
      [4, 5, 'bo reads', 'ana'],
      [6, 7, 'ana releases'],
    ],
  ],
  [
    'an unknown claim that never happened',
    [
      [0, 1, 'ana claims?'],
      [2, 3, 'bo claims'],
      [4, 5, 'cy reads', 'bo'],
    ],
  ],
])('a single copy can have said so: %s', (_what, all) => {
  expect(isLinearizable(history(...all))).toBe(true);
});

test.each<readonly [string, readonly Short[]]>([
  [
    'two winners',
    [
      [0, 9, 'ana claims'],
      [0, 9, 'bo claims'],
    ],
  ],
  [
    'two winners, one after the other',
    [
      [0, 1, 'ana claims'],
      [5, 6, 'bo claims'],
    ],
  ],
  [
    'a read of what was over',
    [
      [0, 1, 'ana claims'],
      [2, 3, 'bo reads', null],
    ],
  ],
  [
    'a read of what had not begun',
    [
      [0, 1, 'bo reads', 'ana'],
      [2, 3, 'ana claims'],
    ],
  ],
  [
    'two reads that went back',
    [
      [0, 9, 'ana claims'],
      [1, 2, 'bo reads', 'ana'],
      [3, 4, 'bo reads', null],
    ],
  ],
  [
    'a release of what somebody else has',
    [
      [0, 1, 'ana claims'],
      [2, 3, 'bo releases'],
    ],
  ],
  [
    'a claim that was refused and is seen',
    [
      [0, 1, 'ana claims!'],
      [2, 3, 'bo reads', 'ana'],
    ],
  ],
  [
    'an unknown claim seen, and then another winner',
    [
      [0, 1, 'ana claims?'],
      [2, 3, 'bo reads', 'ana'],
      [4, 5, 'cy claims'],
    ],
  ],
])('no single copy can have said so: %s', (_what, all) => {
  expect(isLinearizable(history(...all))).toBe(false);
});

test('cases are judged one by one', () => {
  const good = history([0, 1, 'ana claims']).map((each) => ({ ...each, caseId: 'case_2' }));
  const bad = history([0, 1, 'ana claims'], [2, 3, 'bo claims']);
  expect(unlinearizableCases([...good, ...bad])).toEqual(['case_1']);
});

test('whatever one copy answers is accepted, and one answer changed for another owner is not', () => {
  const step = fc.record({
    actor: fc.constantFrom('ana', 'bo', 'cy'),
    kind: fc.constantFrom('claim', 'release', 'read'),
    length: fc.nat(30),
    gap: fc.nat(4),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      let owner: string | null = null;
      let now = 0;
      const operations: CaseOperation[] = [];
      for (const { actor, kind, length, gap } of steps) {
        // it takes effect at `now`, somewhere between its begin and its end
        now += gap + 1;
        const times = { caseId: 'case_1', actor, startedAt: now - (length % 7), endedAt: now + length };
        if (kind === 'read') operations.push({ ...times, kind: 'read', outcome: 'ok', seen: owner });
        else if (kind === 'claim') {
          operations.push({ ...times, kind: 'claim', outcome: owner === null ? 'ok' : 'refused' });
          owner ??= actor;
        } else {
          operations.push({ ...times, kind: 'release', outcome: owner === actor ? 'ok' : 'refused' });
          if (owner === actor) owner = null;
        }
      }
      expect(isLinearizable(operations)).toBe(true);
      const late = { caseId: 'case_1', actor: 'dee', kind: 'read', startedAt: now + 100, endedAt: now + 101, outcome: 'ok' } as const;
      expect(isLinearizable([...operations, { ...late, seen: owner }])).toBe(true);
      expect(isLinearizable([...operations, { ...late, seen: owner === 'ana' ? 'bo' : 'ana' }])).toBe(false);
    }),
  );
});

/** Every order of the given, one after the other: what the search must agree with. */
function* orders<T>(all: readonly T[]): Generator<readonly T[]> {
  if (all.length === 0) yield [];
  for (const [index, first] of all.entries()) {
    for (const rest of orders(all.toSpliced(index, 1))) yield [first, ...rest];
  }
}

function isPossible(order: readonly CaseOperation[]): boolean {
  let owner: string | null = null;
  for (const [index, { kind, actor, seen, startedAt }] of order.entries()) {
    if (order.slice(index + 1).some((later) => later.endedAt < startedAt)) return false;
    if (kind === 'claim' ? owner !== null : owner !== (kind === 'release' ? actor : (seen ?? null))) return false;
    if (kind !== 'read') owner = kind === 'claim' ? actor : null;
  }
  return true;
}

test('for short histories the search says what trying all orders says', () => {
  const operation = fc
    .record({
      actor: fc.constantFrom('ana', 'bo'),
      kind: fc.constantFrom('claim', 'release', 'read'),
      startedAt: fc.nat(12),
      length: fc.nat(6),
      seen: fc.constantFrom('ana', 'bo', null),
    })
    .map(({ length, ...rest }): CaseOperation => ({ caseId: 'case_1', outcome: 'ok', endedAt: rest.startedAt + length, ...rest }));
  const outcomes = new Map([
    [true, 0],
    [false, 0],
  ]);
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 5 }), (all) => {
      const expected = [...orders(all)].some(isPossible);
      outcomes.set(expected, (outcomes.get(expected) ?? 0) + 1);
      expect(isLinearizable(all)).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
  // both kinds were tried
  expect(Math.min(...outcomes.values())).toBeGreaterThan(50);
});

test('a hundred claims of one case in a crowd are judged at once', () => {
  const crowd = Array.from({ length: 100 }, (_unused, index): Short => [
    0,
    100,
    `p${String(index)} ${index === 40 ? 'claims' : 'claims?'}`,
  ]);
  const startedAt = performance.now();
  expect(isLinearizable(history(...crowd, [200, 201, 'ana reads', 'p40']))).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

function entry(sequence: number, id: string, stream = 'case.case_1'): LogEntry {
  return { sequence, id, stream, storedAt: instant(0), data: '' };
}

function append(id: string, startedAt: number, endedAt: number, rest: Partial<AppendOperation> = {}): AppendOperation {
  return { id, stream: 'case.case_1', startedAt, endedAt, outcome: 'ok', ...rest };
}

test('a log that holds what was acknowledged, in its order, is a witness', () => {
  const log = [entry(1, 'a'), entry(2, 'b'), entry(3, 'c', 'case.case_2'), entry(4, 'd')];
  const operations = [
    append('a', 0, 1, { expected: 0, sequence: 1 }),
    // beside each other: either may be first
    append('c', 2, 9, { stream: 'case.case_2', expected: 0 }),
    append('b', 3, 8, { expected: 1 }),
    append('d', 10, 11, { expected: 2, outcome: 'unknown' }),
    append('e', 12, 13, { outcome: 'refused' }),
    append('f', 12, 13, { outcome: 'unknown' }),
  ];
  expect(witnessProblems(operations, log)).toEqual([]);
});

test.each<readonly [string, readonly AppendOperation[], readonly LogEntry[], RegExp]>([
  ['lost', [append('a', 0, 1)], [], /a was acknowledged and is lost/u],
  ['stored twice', [append('a', 0, 1)], [entry(1, 'a'), entry(2, 'a')], /a is in the log 2 times/u],
  ['stored twice, unknown', [append('a', 0, 1, { outcome: 'unknown' })], [entry(1, 'a'), entry(2, 'a')], /a is in the log 2 times/u],
  ['refused with an effect', [append('a', 0, 1, { outcome: 'refused' })], [entry(1, 'a')], /a was refused and has an effect/u],
  ['at another place', [append('a', 0, 1, { sequence: 2 })], [entry(1, 'a')], /said to be at 2 and is at 1/u],
  [
    'behind something else',
    [append('a', 0, 9, { expected: 0 }), append('b', 0, 9, { expected: 0 })],
    [entry(1, 'a'), entry(2, 'b')],
    /b was stored behind 1 and not behind 0/u,
  ],
  ['out of order', [append('a', 5, 6), append('b', 0, 1)], [entry(1, 'a'), entry(2, 'b')], /b ended before a began and stands behind it/u],
  [
    'out of order, far apart',
    [append('a', 5, 6), append('b', 0, 9), append('c', 0, 2)],
    [entry(1, 'a'), entry(2, 'b'), entry(3, 'c')],
    /c ended before a began/u,
  ],
  ['from nowhere', [], [entry(1, 'a')], /nobody stored a/u],
  ['a gap', [append('a', 0, 1)], [entry(2, 'a')], /place 1 of the log is 2/u],
])('is no witness: %s', (_what, operations, log, problem) => {
  expect(witnessProblems(operations, log).join('\n')).toMatch(problem);
});

test('what was refused may be in the log where the fold gives it no effect', () => {
  expect(witnessProblems([append('a', 0, 1, { outcome: 'refused' })], [entry(1, 'a')], (id) => id === 'a')).toEqual([]);
});
