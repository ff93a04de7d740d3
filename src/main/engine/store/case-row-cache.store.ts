import { changesOf } from './case-changes.store.ts';
import type { CaseChanges } from './case-changes.store.ts';
import { dependOn } from './sql.ts';
import type { ReadDb } from './sql.ts';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';

/** Rows that are remembered: what some views show at first, about a kilobyte each. */
const KEPT_ROWS = 3_000;

interface Kept {
  /** By local key; the one that was asked for last is the last. */
  readonly rows: Map<number, CaseRow>;
  seen: number;
  seenRows: number;
}

const keptBy = new WeakMap<CaseChanges, Kept>();

/**
 * The rows of these local keys that are there, by key. A row is read and made once, and again when its case has changed: after a commit a list
 * of 200 needs the two or three rows that the commit was about.
 * @param tables what `load` reads; nothing is remembered when changes of one of them would go unnoticed
 */
export function rememberedRows(
  db: ReadDb,
  ids: readonly number[],
  tables: readonly string[],
  load: (missing: readonly number[]) => ReadonlyMap<number, CaseRow>,
): ReadonlyMap<number, CaseRow> {
  const changes = changesOf(db);
  if (changes === undefined || !changes.watches(tables)) return load(ids);
  dependOn(db, tables);
  const kept = keptRowsOf(changes);
  const found = new Map<number, CaseRow>();
  const missing: number[] = [];
  for (const id of ids) {
    const row = kept.rows.get(id);
    if (row === undefined) missing.push(id);
    else found.set(id, row);
  }
  const loaded = missing.length === 0 ? null : load(missing);
  for (const [id, row] of loaded ?? []) found.set(id, row);
  for (const [id, row] of found) {
    kept.rows.delete(id);
    kept.rows.set(id, row);
  }
  for (const id of kept.rows.keys()) {
    if (kept.rows.size <= KEPT_ROWS) break;
    kept.rows.delete(id);
  }
  return found;
}

/** What is remembered, without what has changed since. */
function keptRowsOf(changes: CaseChanges): Kept {
  const kept = keptBy.get(changes) ?? { rows: new Map<number, CaseRow>(), seen: 0, seenRows: changes.rows };
  keptBy.set(changes, kept);
  const changed = changes.since(kept.seen);
  if (changed === null || kept.seenRows !== changes.rows) kept.rows.clear();
  else for (const id of changed) kept.rows.delete(id);
  kept.seen = changes.position;
  kept.seenRows = changes.rows;
  return kept;
}
