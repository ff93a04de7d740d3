import { createHash } from 'node:crypto';

/**
 * A small seeded source of chance for the sample workspace: the same seed gives the same numbers on every machine.
 * Never for anything that must not be guessed.
 */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** A whole number between both ends, both included. */
  int(min: number, max: number): number;
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  /** Throws a RangeError on an empty list. */
  pick<T>(list: readonly T[]): T;
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  shuffled<T>(list: readonly T[]): T[];
  /** Positive, with this median; about one in six is more than `spread` times larger or smaller. */
  around(median: number, spread: number): number;
  bytes(count: number): Uint8Array;
  hex(count: number): string;
  /** An independent source for a part of the work: what one part draws does not move another. */
  fork(label: string): Random;
}

/** @param seed any text */
export function seededRandom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = 1;

  // Small fast counter generator (sfc32): 96 bits of state and a counter.
  function next(): number {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum / 2 ** 32;
  }

  function int(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }

  function pick<T>(list: readonly T[]): T {
    const found = list[int(0, list.length - 1)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  function weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return pick(choices)[0];
  }

  function shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((value) => ({ value, key: next() }))
      .toSorted((left, right) => left.key - right.key)
      .map(({ value }) => value);
  }

  function around(median: number, spread: number): number {
    // Three dice are near enough to a bell.
    const bell = (next() + next() + next() - 1.5) * 2;
    return median * spread ** bell;
  }

  function bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => int(0, 255));
  }

  return {
    next,
    int,
    pick,
    weighted,
    shuffled,
    around,
    bytes,
    between: (min, max) => min + next() * (max - min),
    chance: (probability) => next() < probability,
    hex: (count) => Array.from({ length: count }, () => int(0, 15).toString(16)).join(''),
    fork: (label) => seededRandom(`${seed}/${label}`),
  };
}
