import { changesOf } from './case-changes.store.ts';
import type { CaseChanges } from './case-changes.store.ts';
import { dependOn } from './sql.ts';
import type { ReadDb } from './sql.ts';

export interface LabelCount {
  readonly label: string;
  readonly count: number;
}

/** For each label how many cases have it, and after how many uses of it that was counted. */
type Kept = Map<string, { readonly count: number; readonly uses: number }>;
const keptBy = new WeakMap<CaseChanges, Kept>();

/** How many cases have each label, the most frequent first. A label is counted again when it was given or taken. */
export function listLabels(db: ReadDb): LabelCount[] {
  const changes = changesOf(db);
  if (changes === undefined) return countedLabels(db);
  const known = keptBy.get(changes);
  const kept: Kept = known ?? new Map(countedLabels(db).map(({ label, count }) => [label, { count, uses: changes.usesOf(label) }]));
  keptBy.set(changes, kept);
  dependOn(db, ['case_labels']);
  for (const label of changes.usedLabels()) {
    const uses = changes.usesOf(label);
    if (kept.get(label)?.uses === uses) continue;
    const count = db.get<{ count: number }>('SELECT count(*) AS count FROM case_labels WHERE label = @label', { label })?.count ?? 0;
    kept.set(label, { count, uses });
  }
  return [...kept]
    .flatMap(([label, { count }]) => (count === 0 ? [] : [{ label, count }]))
    .sort((one, other) => other.count - one.count || compareBytes(one.label, other.label));
}

/** The same by reading all of them. */
export function countedLabels(db: ReadDb): LabelCount[] {
  return db.all('SELECT label, count(*) AS count FROM case_labels GROUP BY label ORDER BY count(*) DESC, label');
}

/** As SQLite orders texts: by the bytes of UTF-8, so by code points. */
function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
