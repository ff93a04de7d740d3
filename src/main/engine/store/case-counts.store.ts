import type { CaseFilter, FilterClock } from './case-filter.store.ts';
import { changesOf } from './case-changes.store.ts';
import type { CaseChanges } from './case-changes.store.ts';
import { dependOn, tablesOf } from './sql.ts';
import type { ReadDb } from './sql.ts';

/**
 * How many cases a filter lets through, kept up to date instead of counted anew: for each filter that is asked for again and again it is
 * remembered which cases it lets through, and only those are looked at again that have changed, or that a moment of the clock has passed.
 * What a filter says is decided by its own SQL alone, for one case as for all.
 */

/** Filters that are remembered; more are asked for only while somebody types. */
const KEPT_FILTERS = 64;

interface Kept {
  /** The moments of the filter when it was counted last. */
  moments: readonly number[];
  /** One bit a case, by its local key. */
  members: Uint8Array;
  count: number;
  /** How many changes it has seen. */
  seen: number;
  /** Which state of the needs it was counted by. */
  needs: number;
  readonly tables: readonly string[];
}

const countersOf = new WeakMap<CaseChanges, CaseCounts>();

/** How many cases a filter lets through; null where counts are not kept: for a connection in a transaction, for one that stands in. */
export function keptCount(db: ReadDb, filter: CaseFilter): number | null {
  const changes = changesOf(db);
  if (changes === undefined) return null;
  const counts = countersOf.get(changes) ?? new CaseCounts(changes);
  countersOf.set(changes, counts);
  return counts.count(db, filter);
}

/**
 * The local keys of the cases that a filter lets through, ascending, where they are few; null when they are more than `most`, or not remembered.
 * To look a thousand cases up by their keys takes less than to look for them among 200,000.
 */
export function keptMembers(db: ReadDb, filter: CaseFilter, most: number): readonly number[] | null {
  const count = keptCount(db, filter);
  const changes = changesOf(db);
  if (count === null || count > most || changes === undefined) return null;
  return countersOf.get(changes)?.membersOf(filter) ?? null;
}

/** Tells of a case's local key whether a filter lets it through; null where that is not remembered. */
export function keptMembership(db: ReadDb, filter: CaseFilter): ((id: number) => boolean) | null {
  const changes = changesOf(db);
  if (keptCount(db, filter) === null || changes === undefined) return null;
  return countersOf.get(changes)?.membershipOf(filter) ?? null;
}

class CaseCounts {
  private readonly changes: CaseChanges;
  private readonly kept = new Map<string, Kept>();

  constructor(changes: CaseChanges) {
    this.changes = changes;
  }

  count(db: ReadDb, filter: CaseFilter): number | null {
    const { key } = filter;
    if (key === null) return null;
    const known = this.kept.get(key);
    const tables = known?.tables ?? tablesOf(db, scanSql(filter), filter.parameters);
    if (known === undefined && !this.changes.watches(tables)) return null;
    const kept = known ?? { moments: [], members: new Uint8Array(0), count: 0, seen: -1, needs: -1, tables };
    // the one that was asked for last is the last
    this.kept.delete(key);
    this.kept.set(key, kept);
    dependOn(db, kept.tables);
    const changed = this.changes.since(kept.seen);
    if (changed === null || (filter.asksNeeds && kept.needs !== this.changes.needs) || !this.follow(db, filter, kept, changed))
      scan(db, filter, kept);
    kept.moments = momentsOf(filter);
    kept.seen = this.changes.position;
    kept.needs = this.changes.needs;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_FILTERS) break;
      this.kept.delete(oldest);
    }
    return kept.count;
  }

  /** Of a filter that was counted a moment ago. */
  membersOf({ key }: CaseFilter): readonly number[] | null {
    const kept = key === null ? undefined : this.kept.get(key);
    if (kept === undefined) return null;
    const ids: number[] = [];
    for (const [place, bits] of kept.members.entries()) {
      if (bits === 0) continue;
      for (let bit = 0; bit < 8; bit += 1) if ((bits & (1 << bit)) !== 0) ids.push(place * 8 + bit);
    }
    return ids;
  }

  membershipOf({ key }: CaseFilter): ((id: number) => boolean) | null {
    const members = key === null ? undefined : this.kept.get(key)?.members;
    return members === undefined ? null : (id) => ((members[id >> 3] ?? 0) & (1 << (id & 7))) !== 0;
  }

  /** Looks again at what may have changed since; false when all of them must be looked at. */
  private follow(db: ReadDb, filter: CaseFilter, kept: Kept, noted: readonly number[]): boolean {
    const { many } = this.changes;
    const changed = new Set(noted);
    const moments = momentsOf(filter);
    for (const [index, clock] of filter.clocks.entries()) {
      const [before, now] = [kept.moments[index] ?? Number.NaN, moments[index] ?? Number.NaN];
      if (before === now) continue;
      const passed = passedBetween(clock, filter);
      if (passed === null) return false;
      const rows = db.all<{ id: number }>(passed, { low: Math.min(before, now), high: Math.max(before, now), most: many + 1 });
      for (const { id } of rows) changed.add(id);
    }
    if (changed.size > many) return false;
    if (changed.size > 0) lookAgain(db, filter, kept, changed);
    return true;
  }
}

function momentsOf({ clocks, parameters }: CaseFilter): readonly number[] {
  return clocks.map(({ name }) => Number(parameters[name]));
}

/** The keys of all cases that a filter lets through; unsolved ones are looked for among themselves. */
function scanSql({ isOpen, sql }: CaseFilter): string {
  const source = isOpen ? 'cases c INDEXED BY cases_due' : 'cases c';
  return `SELECT c.id FROM ${source} WHERE c.merged_into IS NULL ${isOpen ? 'AND c.status < 3' : ''} AND ${sql}`;
}

/** Those of some cases. */
function againSql({ point }: CaseFilter): string {
  return `SELECT c.id FROM json_each(@changed) j CROSS JOIN cases c ON c.id = j.value WHERE c.merged_into IS NULL AND ${point}`;
}

/** Finds the cases whose time lies between two moments in an index; null where there is none for all cases that the filter may let through. */
function passedBetween({ column }: FilterClock, { isOpen }: CaseFilter): string | null {
  const between = `${column} BETWEEN @low AND @high`;
  const open = 'status < 3 AND merged_into IS NULL';
  switch (column) {
    case 'next_due_at':
      // what is due next is never a solved case
      return `SELECT id FROM cases INDEXED BY cases_due WHERE ${open} AND lane IN (0, 1) AND ${between} LIMIT @most`;
    case 'waiting_since':
      return isOpen ? `SELECT id FROM cases INDEXED BY cases_waiting WHERE ${open} AND ${between} LIMIT @most` : null;
    case 'last_message_at':
      return `SELECT id FROM cases INDEXED BY cases_newest WHERE merged_into IS NULL AND ${between} LIMIT @most`;
    case 'snoozed_until':
      return `SELECT id FROM cases INDEXED BY cases_snoozed WHERE snoozed_until > 0 AND ${between} LIMIT @most`;
    case 'follow_up_at':
      return `SELECT id FROM cases INDEXED BY cases_follow_up WHERE follow_up_at < 9007199254740991 AND ${between} LIMIT @most`;
    case 'opened_at':
      return null;
  }
}

function scan(db: ReadDb, filter: CaseFilter, kept: Kept): void {
  const rows = db.all<{ id: number }>(scanSql(filter), filter.parameters);
  let greatest = 0;
  for (const { id } of rows) if (id > greatest) greatest = id;
  kept.members = new Uint8Array((greatest >> 3) + 1);
  for (const { id } of rows) kept.members[id >> 3] = (kept.members[id >> 3] ?? 0) | (1 << (id & 7));
  kept.count = rows.length;
}

function lookAgain(db: ReadDb, filter: CaseFilter, kept: Kept, changed: ReadonlySet<number>): void {
  const rows = db.all<{ id: number }>(againSql(filter), { ...filter.parameters, changed: JSON.stringify([...changed]) });
  const members = new Set(rows.map(({ id }) => id));
  for (const id of changed) {
    const place = id >> 3;
    const bit = 1 << (id & 7);
    const was = ((kept.members[place] ?? 0) & bit) !== 0;
    if (was === members.has(id)) continue;
    if (place >= kept.members.length) {
      const longer = new Uint8Array(place + 1_024);
      longer.set(kept.members);
      kept.members = longer;
    }
    kept.members[place] = (kept.members[place] ?? 0) ^ bit;
    kept.count += was ? -1 : 1;
  }
}
