/** Who does what when nobody can do two things at once. */
export interface Matching<Person, Need> {
  /** As many pairs as there can be. */
  readonly pairs: readonly { readonly person: Person; readonly need: Need }[];
  /**
   * Needs that compete for too few people, in groups that have nobody in common; every unfilled need is in one. By Hall's
   * theorem each group is the reason: all who fit any of its needs are fewer than they are.
   */
  readonly deficient: readonly (readonly Need[])[];
}

/**
 * The most needs that distinct people can fill at once: a maximum matching of a bipartite graph, by augmenting paths
 * (H. W. Kuhn, The Hungarian Method, 1955; C. Berge, Two theorems in graph theory, 1957). Earlier needs and earlier
 * people are preferred, so the answer is always the same.
 */
export function maximumMatching<Person, Need>(
  people: readonly Person[],
  needs: readonly Need[],
  fits: (person: Person, need: Need) => boolean,
): Matching<Person, Need> {
  const able = needs.map((need) => people.flatMap((person, index) => (fits(person, need) ? [index] : [])));
  /** Per person, the need that they fill. */
  const filledBy = new Map<number, number>();
  const unfilled = needs.map((_need, index) => index).filter((need) => !augment(need, able, filledBy));
  const pairs = [...filledBy].sort((a, b) => a[1] - b[1]).flatMap(([person, need]) => pairOf(people[person], needs[need]));
  const groups = deficientGroups(unfilled, able, filledBy);
  return { pairs, deficient: groups.map((group) => needs.filter((_need, index) => group.has(index))) };
}

function pairOf<Person, Need>(person: Person | undefined, need: Need | undefined): readonly { person: Person; need: Need }[] {
  return person === undefined || need === undefined ? [] : [{ person, need }];
}

/** Finds somebody for a need, moving others to what else they can do. */
function augment(first: number, able: readonly (readonly number[])[], filledBy: Map<number, number>): boolean {
  /** People that were tried, with the need that they were tried for. */
  const triedFor = new Map<number, number>();
  const queue = [first];
  for (let need = queue.shift(); need !== undefined; need = queue.shift()) {
    for (const person of able[need] ?? []) {
      if (triedFor.has(person)) continue;
      triedFor.set(person, need);
      const held = filledBy.get(person);
      if (held !== undefined) {
        queue.push(held);
        continue;
      }
      reassign(person, first, triedFor, filledBy);
      return true;
    }
  }
  return false;
}

/** Gives a free person the need that they were tried for, its former person theirs, and so on back to the first need. */
function reassign(free: number, first: number, triedFor: ReadonlyMap<number, number>, filledBy: Map<number, number>): void {
  const heldBy = new Map([...filledBy].map(([person, need]) => [need, person]));
  for (let person: number | undefined = free; person !== undefined;) {
    const need = triedFor.get(person);
    if (need === undefined) return;
    filledBy.set(person, need);
    person = need === first ? undefined : heldBy.get(need);
  }
}

/** From each unfilled need all that alternating paths reach; what two of them reach together is one group. */
function deficientGroups(
  unfilled: readonly number[],
  able: readonly (readonly number[])[],
  filledBy: ReadonlyMap<number, number>,
): readonly ReadonlySet<number>[] {
  let groups: ReadonlySet<number>[] = [];
  for (const first of unfilled) {
    const reached = new Set([first]);
    for (const need of reached) {
      for (const person of able[need] ?? []) {
        const held = filledBy.get(person);
        if (held !== undefined) reached.add(held);
      }
    }
    const shared = groups.filter((group) => [...group].some((need) => reached.has(need)));
    groups = [...groups.filter((group) => !shared.includes(group)), new Set([...shared.flatMap((group) => [...group]), ...reached])];
  }
  return groups;
}
