import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../time.ts';
import { compareClaims, holdingClaim, lockingClaim, MOST_TURNS, nextTurn } from './reply-claim.ts';
import type { ReplyClaim } from './reply-claim.ts';

const claim = (user: string, since: number, turn = 0, workstation = 'desk'): ReplyClaim => ({
  turn,
  since: instant(since),
  user,
  workstation,
});

/** Few values, so that equal turns, times and names are drawn often. One claim for each workstation, as presence has them. */
const claims = fc.uniqueArray(
  fc.record({
    turn: fc.integer({ min: 0, max: 3 }),
    since: fc.integer({ min: 0, max: 4 }).map(instant),
    user: fc.constantFrom('ana', 'bo', 'cy'),
    workstation: fc.constantFrom('desk', 'laptop'),
  }),
  { selector: ({ user, workstation }) => `${user} ${workstation}`, maxLength: 6 },
);

describe('whose reply it is', () => {
  test('who began earlier has it', () => {
    expect(holdingClaim([claim('ana', 20), claim('bo', 10)])?.user).toBe('bo');
  });

  test('who took it over has it, however late', () => {
    expect(holdingClaim([claim('ana', 10), claim('bo', 99, 1)])?.user).toBe('bo');
  });

  test('who takes it back has it', () => {
    expect(holdingClaim([claim('ana', 100, 2), claim('bo', 99, 1)])?.user).toBe('ana');
  });

  test('when both press at the same moment the name decides, then the workstation', () => {
    expect(holdingClaim([claim('bo', 10, 1), claim('ana', 10, 1)])?.user).toBe('ana');
    expect(holdingClaim([claim('ana', 10, 0, 'laptop'), claim('ana', 10, 0, 'desk')])?.workstation).toBe('desk');
  });

  test('nobody has what nobody writes', () => {
    expect(holdingClaim([])).toBeNull();
  });

  test('another workstation of the same person locks nothing', () => {
    const all = [claim('ana', 10, 0, 'laptop'), claim('ana', 20, 0, 'desk')];
    expect(lockingClaim(all, 'ana')).toBeNull();
    expect(lockingClaim(all, 'bo')?.workstation).toBe('laptop');
  });

  test('a take-over goes before all there are; the turns end somewhere', () => {
    expect(nextTurn([])).toBe(0);
    expect(nextTurn([claim('ana', 10), claim('bo', 9, 4)])).toBe(5);
    expect(nextTurn([claim('ana', 10, MOST_TURNS)])).toBe(MOST_TURNS);
  });
});

describe('all workstations agree', () => {
  test('the order is total over different workstations, and turns around when its sides do', () => {
    fc.assert(
      fc.property(claims, (all) => {
        for (const a of all)
          for (const b of all) {
            expect(Math.sign(compareClaims(a, b))).toBe(-Math.sign(compareClaims(b, a)) + 0);
            expect(compareClaims(a, b) === 0).toBe(a === b);
            const behind = all.filter((c) => compareClaims(a, b) < 0 && compareClaims(b, c) < 0);
            expect(behind.filter((c) => compareClaims(a, c) >= 0)).toEqual([]);
          }
      }),
    );
  });

  test('the same claim holds, in whatever order the claims came', () => {
    fc.assert(
      fc.property(
        claims.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(holdingClaim(shuffled)).toEqual(holdingClaim(all));
        },
      ),
    );
  });

  test('exactly one of those who write is not locked, and whoever only reads is', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const users = [...new Set(all.map(({ user }) => user))];
        expect(users.filter((user) => lockingClaim(all, user) === null)).toHaveLength(Math.min(1, users.length));
        expect(lockingClaim(all, 'reader') === null).toBe(all.length === 0);
      }),
    );
  });

  test('one key is enough: whoever takes over has it', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const taken = claim('zoe', 1_000, nextTurn(all));
        expect(holdingClaim([...all, taken])).toEqual(taken);
      }),
    );
  });
});
