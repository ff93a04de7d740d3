import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maximumMatching } from './matching.ts';

interface Person {
  readonly name: string;
  readonly tags: readonly string[];
}

const A: Person = { name: 'A', tags: ['L2', 'de', 'en'] };
const B: Person = { name: 'B', tags: ['L1', 'en'] };
const C: Person = { name: 'C', tags: ['L1', 'de'] };

function match(people: readonly Person[], needs: readonly string[]) {
  return maximumMatching(people, needs, (person, need) => person.tags.includes(need));
}

describe('people and needs', () => {
  test('one person fills one need', () => {
    const { pairs, deficient } = match([A, B], ['L2', 'de']);
    expect(pairs).toHaveLength(1);
    expect(deficient).toEqual([['L2', 'de']]);
  });

  test('somebody is moved to what only they can do', () => {
    const { pairs, deficient } = match([A, B, C], ['en', 'de', 'L2']);
    expect(pairs.map(({ person, need }) => `${person.name} ${need}`).sort()).toEqual(['A L2', 'B en', 'C de']);
    expect(deficient).toEqual([]);
  });

  test('names those that compete, and only those', () => {
    // C can do the German, so it is not about that
    expect(match([A, C], ['L2', 'de', 'en']).deficient).toEqual([['L2', 'en']]);
    expect(match([A, B], ['L2', 'de', 'L1']).deficient).toEqual([['L2', 'de']]);
  });

  test('tells apart who competes for different people', () => {
    const people = [
      { name: 'x', tags: ['L2', 'de'] },
      { name: 'y', tags: ['ja', 'kyc'] },
    ];
    expect(match(people, ['L2', 'ja', 'de', 'kyc']).deficient).toEqual([
      ['L2', 'de'],
      ['ja', 'kyc'],
    ]);
  });

  test('a need that nobody can fill competes with nobody', () => {
    expect(match([A], ['de', 'fr']).deficient).toEqual([['fr']]);
    expect(match([], ['de']).deficient).toEqual([['de']]);
    expect(match([A], [])).toEqual({ pairs: [], deficient: [] });
  });
});

/** Every way to give each need somebody or nobody. */
function most(fits: readonly (readonly boolean[])[], needs: number, need = 0, taken: ReadonlySet<number> = new Set()): number {
  if (need === needs) return 0;
  let best = most(fits, needs, need + 1, taken);
  fits.forEach((row, person) => {
    if (row[need] === true && !taken.has(person)) best = Math.max(best, 1 + most(fits, needs, need + 1, new Set([...taken, person])));
  });
  return best;
}

test('agrees with trying everything on small teams', () => {
  const graph = fc
    .integer({ min: 0, max: 5 })
    .chain((needs) =>
      fc.tuple(fc.constant(needs), fc.array(fc.array(fc.boolean(), { minLength: needs, maxLength: needs }), { maxLength: 5 })),
    );
  fc.assert(
    fc.property(graph, ([count, fits]) => {
      const people = fits.map((_row, index) => index);
      const needs = Array.from({ length: count }, (_unused, index) => index);
      const { pairs, deficient } = maximumMatching(people, needs, (person, need) => fits[person]?.[need] === true);
      expect(pairs).toHaveLength(most(fits, count));
      expect(new Set(pairs.map((pair) => pair.person)).size).toBe(pairs.length);
      expect(new Set(pairs.map((pair) => pair.need)).size).toBe(pairs.length);
      for (const { person, need } of pairs) expect(fits[person]?.[need]).toBe(true);
      // Hall: those who can do anything of a group are fewer than the group, by as many as stay unfilled; no two groups share anybody
      const ableOf = (group: readonly number[]): readonly number[] =>
        people.filter((person) => group.some((need) => fits[person]?.[need] === true));
      const missing = deficient.map((group) => group.length - ableOf(group).length);
      expect(Math.min(1, ...missing)).toBeGreaterThan(0);
      expect(missing.reduce((sum, each) => sum + each, 0)).toBe(count - pairs.length);
      const everybody = deficient.flatMap(ableOf);
      expect(new Set(everybody).size).toBe(everybody.length);
    }),
    { numRuns: 1_000 },
  );
});
