import type { ConflictRow } from '../../../shared/contract/team.contract.ts';
import { isOpenConflict } from '../../../shared/domain/team/conflict.ts';

/** The conflicts of one case, or those that belong to none. */
export interface ConflictGroup {
  readonly key: string;
  readonly case: ConflictRow['case'];
  readonly rows: readonly ConflictRow[];
}

export interface ConflictsSplit {
  /** What waits for a decision, by case; the case of the newest one first, and within a case the oldest first. */
  readonly groups: readonly ConflictGroup[];
  /** What needs nothing any more, the newest first. */
  readonly done: readonly ConflictRow[];
}

/** Sorts conflicts (the newest first, as the engine gives them) into what a person reads. */
export function splitConflicts(rows: readonly ConflictRow[]): ConflictsSplit {
  const byCase = new Map<string, ConflictRow[]>();
  const done: ConflictRow[] = [];
  for (const row of rows) {
    if (!isOpenConflict(row.conflict)) {
      done.push(row);
      continue;
    }
    const key = row.conflict.caseId ?? '';
    const known = byCase.get(key);
    if (known === undefined) byCase.set(key, [row]);
    else known.push(row);
  }
  const groups = [...byCase].map(([key, found]) => ({
    key,
    case: found.find((row) => row.case !== null)?.case ?? null,
    rows: [...found].reverse(),
  }));
  return { groups, done };
}

/** Where the keyboard goes when a conflict has been decided: to the one behind it, else to the one before. */
export function nextAfter(ids: readonly string[], decided: string): string | null {
  const at = ids.indexOf(decided);
  return at === -1 ? (ids[0] ?? null) : (ids[at + 1] ?? ids[at - 1] ?? null);
}
