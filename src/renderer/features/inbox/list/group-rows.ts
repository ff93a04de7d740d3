import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Grouping } from '../../../../shared/domain/saved-view.ts';

/** What stands in one place of a grouped list. */
export type ListItem =
  | { readonly kind: 'heading'; readonly key: string; readonly count: number; readonly isFolded: boolean; readonly sample: CaseRow }
  /** `index`: among the rows that are drawn. */
  | { readonly kind: 'row'; readonly index: number };

export interface GroupedRows {
  readonly items: readonly ListItem[];
  /** The rows that are not folded away, in the order in which they stand. */
  readonly rows: readonly CaseRow[];
}

/** @param dayOf names the day of an instant in the zone of who looks */
function keyOf(row: CaseRow, grouping: Grouping, dayOf: (row: CaseRow) => string): string {
  switch (grouping) {
    case 'none':
      return '';
    case 'assignee':
      return row.assigneeId ?? '';
    case 'status':
      return row.status;
    case 'channel':
      return row.channel;
    case 'language':
      return row.language ?? '';
    case 'tier':
      return row.tier;
    case 'due-day':
      return dayOf(row);
  }
}

/**
 * Puts rows that have something in common under a heading each: groups in the order in which the sort meets them, rows within a group as
 * they were sorted.
 * @param isFolded whether the rows of a group are hidden, by its key
 */
export function groupRows(
  rows: readonly CaseRow[],
  grouping: Grouping,
  dayOf: (row: CaseRow) => string,
  isFolded: (key: string) => boolean,
): GroupedRows {
  const groups = new Map<string, CaseRow[]>();
  for (const row of rows) {
    const key = keyOf(row, grouping, dayOf);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const items: ListItem[] = [];
  const shown: CaseRow[] = [];
  for (const [key, group] of groups) {
    const [sample] = group;
    if (sample === undefined) continue;
    const folded = isFolded(key);
    items.push({ kind: 'heading', key, count: group.length, isFolded: folded, sample });
    if (folded) continue;
    for (const row of group) {
      items.push({ kind: 'row', index: shown.length });
      shown.push(row);
    }
  }
  return { items, rows: shown };
}
