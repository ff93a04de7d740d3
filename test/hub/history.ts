/**
 * Checkers of histories. What clients were told while a log was under attack is compared with the log that came of it, and with what
 * any single copy of a case could have answered in some order (linearizability; the search is the one of Wing and Gong as
 * improved by Lowe).
 */
import type { LogEntry } from '../../src/main/engine/team/team-log.ts';

/** One attempt to store an entry, with all of its repetitions. Times are of one clock that never jumps. */
export interface AppendOperation {
  readonly id: string;
  readonly stream: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What the client knew at the end. `refused`: it was told that nothing was stored. */
  readonly outcome: 'ok' | 'refused' | 'unknown';
  /** Where it was stored, as far as the client was told. */
  readonly sequence?: number;
  /** What the stream's newest entry had to be. */
  readonly expected?: number;
}

/** What two people could be told about one case. `refused` claims have had no effect. */
export interface CaseOperation {
  readonly caseId: string;
  readonly actor: string;
  readonly kind: 'claim' | 'release' | 'read';
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: 'ok' | 'refused' | 'unknown';
  /** Of a read: whose the case was; null when it was nobody's. */
  readonly seen?: string | null;
}

/**
 * Whether the log is a witness of the history: everything that was acknowledged is in it once, where it was said to be and behind what
 * was expected, nothing that was refused has an effect, nothing came from nowhere, and what ended before something else began stands before it.
 * @param entries the whole log, in its order
 * @param isVoid what the fold gives no effect to
 * @returns what is wrong, in sentences; none when nothing is
 */
export function witnessProblems(
  operations: readonly AppendOperation[],
  entries: readonly LogEntry[],
  isVoid: (id: string) => boolean = () => false,
): readonly string[] {
  const problems: string[] = [];
  const places = new Map<string, number[]>();
  const before = new Map<number, number>();
  const newest = new Map<string, number>();
  for (const [index, { id, sequence, stream }] of entries.entries()) {
    if (sequence !== index + 1) problems.push(`place ${String(index + 1)} of the log is ${String(sequence)}`);
    places.set(id, [...(places.get(id) ?? []), sequence]);
    before.set(sequence, newest.get(stream) ?? 0);
    newest.set(stream, sequence);
  }
  for (const operation of operations) {
    const found = places.get(operation.id) ?? [];
    if (found.length > 1) problems.push(`${operation.id} is in the log ${String(found.length)} times`);
    const [place] = found;
    if (operation.outcome === 'refused' && place !== undefined && !isVoid(operation.id))
      problems.push(`${operation.id} was refused and has an effect`);
    if (operation.outcome !== 'ok') continue;
    if (place === undefined) {
      problems.push(`${operation.id} was acknowledged and is lost`);
      continue;
    }
    if (operation.sequence !== undefined && operation.sequence !== place) {
      problems.push(`${operation.id} was said to be at ${String(operation.sequence)} and is at ${String(place)}`);
    }
    if (operation.expected !== undefined && before.get(place) !== operation.expected) {
      problems.push(`${operation.id} was stored behind ${String(before.get(place))} and not behind ${String(operation.expected)}`);
    }
  }
  const known = new Set(operations.map(({ id }) => id));
  for (const id of places.keys()) if (!known.has(id)) problems.push(`nobody stored ${id}`);
  return [...problems, ...orderProblems(operations, places)];
}

/** In the order of the log nobody may have ended before somebody ahead of them began. */
function orderProblems(operations: readonly AppendOperation[], places: ReadonlyMap<string, readonly number[]>): readonly string[] {
  const placed = operations
    .filter(({ outcome }) => outcome === 'ok')
    .flatMap((operation) => (places.get(operation.id) ?? []).slice(0, 1).map((place) => ({ ...operation, place })))
    .toSorted((a, b) => a.place - b.place);
  const problems: string[] = [];
  let latest: (typeof placed)[number] | null = null;
  for (const each of placed) {
    if (latest !== null && each.endedAt < latest.startedAt)
      problems.push(`${each.id} ended before ${latest.id} began and stands behind it`);
    if (latest === null || each.startedAt > latest.startedAt) latest = each;
  }
  return problems;
}

type Owner = string | null;

/** What an operation makes of the owner; undefined when it cannot have happened then. */
function applied({ kind, actor, seen }: CaseOperation, owner: Owner): Owner | undefined {
  switch (kind) {
    case 'claim':
      return owner === null ? actor : undefined;
    case 'release':
      return owner === actor ? null : undefined;
    case 'read':
      return (seen ?? null) === owner ? owner : undefined;
  }
}

/**
 * Whether there is an order of the operations of one case, true to their times, that a single copy could have given. What is unknown may
 * have happened at any moment after its begin, or never.
 */
export function isLinearizable(operations: readonly CaseOperation[]): boolean {
  const all = operations.filter(({ outcome, kind }) => outcome === 'ok' || (outcome === 'unknown' && kind !== 'read'));
  const ends = all.map(({ outcome, endedAt }) => (outcome === 'ok' ? endedAt : Number.POSITIVE_INFINITY));
  const bits = all.map((_each, index) => 1n << BigInt(index));
  const wanted = all.reduce((mask, { outcome }, index) => (outcome === 'ok' ? mask | (bits[index] ?? 0n) : mask), 0n);
  const seen = new Set<string>();
  const open: { readonly done: bigint; readonly owner: Owner }[] = [{ done: 0n, owner: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { done, owner } = next;
    if ((done & wanted) === wanted) return true;
    const key = `${done.toString(36)} ${owner ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const isOpen = (index: number): boolean => (done & (bits[index] ?? 0n)) === 0n;
    const firstEnd = ends.reduce((least, end, index) => (isOpen(index) && end < least ? end : least), Number.POSITIVE_INFINITY);
    for (const [index, operation] of all.entries()) {
      // whatever began after another one ended came after it
      if (!isOpen(index) || operation.startedAt > firstEnd) continue;
      const after = applied(operation, owner);
      if (after !== undefined) open.push({ done: done | (bits[index] ?? 0n), owner: after });
    }
  }
  return false;
}

/** The cases whose histories no single copy could have given. */
export function unlinearizableCases(operations: readonly CaseOperation[]): readonly string[] {
  const caseIds = [...new Set(operations.map(({ caseId }) => caseId))];
  return caseIds.filter((id) => !isLinearizable(operations.filter(({ caseId }) => caseId === id)));
}
