import type { CaseGroup, CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Grouping } from '../../../../shared/domain/saved-view.ts';

/** What stands in one place of a grouped list. */
export type ListItem =
  | {
      readonly kind: 'heading';
      readonly key: string;
      /** Of all cases of the list. */
      readonly count: number;
      /** How many of them are here; fewer where the list was cut. */
      readonly loaded: number;
      readonly isFolded: boolean;
    }
  /** `index`: among the rows that are drawn. */
  | { readonly kind: 'row'; readonly index: number };

export interface GroupedRows {
  readonly items: readonly ListItem[];
  /** The rows that are not folded away, in the order in which they stand. */
  readonly rows: readonly CaseRow[];
}

/** @param dayOf names the day of an instant in the zone of who looks */
export function groupKeyOf(row: CaseRow, grouping: Grouping, dayOf: (row: CaseRow) => string): string {
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

export interface GroupRequest {
  readonly rows: readonly CaseRow[];
  readonly grouping: Grouping;
  readonly dayOf: (row: CaseRow) => string;
  /** Whether the rows of a group are hidden, by its key. */
  readonly isFolded: (key: string) => boolean;
  /** Of all cases of the list; null while it is not known. */
  readonly counts: readonly CaseGroup[] | null;
  /** All rows of one group, where somebody asked for them. */
  readonly whole: { readonly key: string; readonly rows: readonly CaseRow[] } | null;
}

/**
 * Puts rows that have something in common under a heading each: groups in the order in which the sort meets them, those of which no case is here
 * behind them, rows within a group as they were sorted.
 */
export function groupRows({ rows, grouping, dayOf, isFolded, counts, whole }: GroupRequest): GroupedRows {
  const groups = new Map<string, CaseRow[]>();
  for (const row of rows) {
    const key = groupKeyOf(row, grouping, dayOf);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  for (const { key } of counts ?? []) if (!groups.has(key)) groups.set(key, []);
  if (whole !== null && groups.has(whole.key)) {
    // what shares the value without being of the group, such as another Chinese
    const own = whole.rows.filter((row) => groupKeyOf(row, grouping, dayOf) === whole.key);
    if (own.length >= (groups.get(whole.key)?.length ?? 0)) groups.set(whole.key, own);
  }
  const known = new Map((counts ?? []).map(({ key, count }) => [key, count]));
  const items: ListItem[] = [];
  const shown: CaseRow[] = [];
  for (const [key, group] of groups) {
    const folded = isFolded(key) || group.length === 0;
    items.push({ kind: 'heading', key, count: Math.max(group.length, known.get(key) ?? 0), loaded: group.length, isFolded: folded });
    if (folded) continue;
    for (const row of group) {
      items.push({ kind: 'row', index: shown.length });
      shown.push(row);
    }
  }
  return { items, rows: shown };
}

/** Where the cursor of a grouped list can stand. */
export type Stop = { readonly heading: string } | { readonly caseId: CaseId };

export function stopsOf({ items, rows }: GroupedRows): readonly Stop[] {
  return items.flatMap((item): Stop[] => {
    if (item.kind === 'heading') return [{ heading: item.key }];
    const row = rows[item.index];
    return row === undefined ? [] : [{ caseId: row.caseId }];
  });
}

/** The stop so many steps away, not beyond the ends; from nowhere the first one. */
export function stopBeside(stops: readonly Stop[], from: Stop | null, step: number): Stop | null {
  const at = from === null ? -1 : stops.findIndex((stop) => isSameStop(stop, from));
  if (at < 0) return stops[0] ?? null;
  return stops[Math.max(0, Math.min(stops.length - 1, at + step))] ?? null;
}

/** The heading that a stop stands under; its own for a heading. */
export function headingAbove(stops: readonly Stop[], from: Stop): string | null {
  const at = stops.findIndex((stop) => isSameStop(stop, from));
  const heading = stops.slice(0, at + 1).findLast((stop) => 'heading' in stop);
  return heading !== undefined && 'heading' in heading ? heading.heading : null;
}

/** The cases under a heading. */
export function casesUnder(stops: readonly Stop[], heading: string): readonly CaseId[] {
  const from = stops.findIndex((stop) => 'heading' in stop && stop.heading === heading);
  if (from < 0) return [];
  const rest = stops.slice(from + 1);
  const until = rest.findIndex((stop) => 'heading' in stop);
  return (until < 0 ? rest : rest.slice(0, until)).flatMap((stop) => ('caseId' in stop ? [stop.caseId] : []));
}

function isSameStop(one: Stop, other: Stop): boolean {
  return 'heading' in one ? 'heading' in other && one.heading === other.heading : 'caseId' in other && one.caseId === other.caseId;
}
