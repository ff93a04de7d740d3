import { columnSizingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { AssigneeCell, CustomerCell, LastActivityCell, SubjectCell, TierCell } from './case-cells.tsx';
import { ChannelIcon, FlagMarks, LanguageMark, StatusBadge } from './case-marks.tsx';
import { DueCell } from '../sla/due-badge.tsx';
import { RunwayBadge } from '../sla/runway-badge.tsx';
import { IntakeCell } from './intake-cell.tsx';
import { WaitingBadge } from './waiting-badge.tsx';

export const listFeatures = tableFeatures({ columnVisibilityFeature, columnSizingFeature });
const column = createColumnHelper<typeof listFeatures, CaseRow>();

/** Columns in the order they are shown. `size` is in CSS pixels; the subject takes what is left. */
export const caseColumns = column.columns([
  column.display({ id: 'select', size: 34, enableHiding: false }),
  column.display({ id: 'due', size: 148, cell: ({ row }) => <DueCell row={row.original} /> }),
  column.display({ id: 'runway', size: 100, cell: ({ row }) => <RunwayBadge row={row.original} /> }),
  column.display({ id: 'waiting', size: 104, cell: ({ row }) => <WaitingBadge since={row.original.waitingSince} /> }),
  column.display({ id: 'customer', size: 172, enableHiding: false, cell: ({ row }) => <CustomerCell row={row.original} /> }),
  column.display({ id: 'tier', size: 70, cell: ({ row }) => <TierCell row={row.original} /> }),
  column.display({ id: 'channel', size: 30, cell: ({ row }) => <ChannelIcon channel={row.original.channel} /> }),
  column.display({ id: 'language', size: 36, cell: ({ row }) => <LanguageMark language={row.original.language} /> }),
  column.display({ id: 'subject', size: 180, enableHiding: false, cell: ({ row }) => <SubjectCell row={row.original} /> }),
  column.display({ id: 'intake', size: 84, cell: ({ row }) => <IntakeCell caseId={row.original.caseId} /> }),
  column.display({ id: 'flags', size: 70, cell: ({ row }) => <FlagMarks row={row.original} /> }),
  column.display({ id: 'status', size: 116, cell: ({ row }) => <StatusBadge status={row.original.status} /> }),
  column.display({ id: 'assignee', size: 34, cell: ({ row }) => <AssigneeCell row={row.original} /> }),
  column.display({ id: 'last', size: 66, cell: ({ row }) => <LastActivityCell row={row.original} /> }),
]);

export const COLUMN_IDS = [
  'select',
  'due',
  'runway',
  'waiting',
  'customer',
  'tier',
  'channel',
  'language',
  'subject',
  'intake',
  'flags',
  'status',
  'assignee',
  'last',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** What a person may hide. */
export const HIDEABLE_COLUMNS: readonly ColumnId[] = [
  'due',
  'runway',
  'waiting',
  'tier',
  'channel',
  'language',
  'intake',
  'flags',
  'status',
  'assignee',
  'last',
];

/** Shown only where somebody has asked for them: a list of hidden columns that does not know of them shows them nowhere. */
const ON_DEMAND: ReadonlySet<string> = new Set<ColumnId>(['intake']);

export function isColumnHidden(id: string, hidden: readonly string[]): boolean {
  return ON_DEMAND.has(id) ? !hidden.includes(`with:${id}`) : hidden.includes(id);
}

/** The list of hidden columns once this one is shown, or hidden. */
export function withColumn(id: string, isShown: boolean, hidden: readonly string[]): readonly string[] {
  const word = ON_DEMAND.has(id) ? `with:${id}` : id;
  const others = hidden.filter((each) => each !== word);
  return isShown === ON_DEMAND.has(id) ? [...others, word] : others;
}

/** From which width of the list on a column is worth its place; below the narrowest table rows have two lines instead. */
const NEEDS_WIDTH: Partial<Readonly<Record<ColumnId, number>>> = { runway: 880, tier: 960, language: 1_010, status: 1_180, channel: 1_220 };
export const TABLE_FROM_WIDTH = 740;

/** Which columns are shown in a list of this width (CSS pixels). */
export function visibleColumns(width: number, hidden: readonly string[]): Record<ColumnId, boolean> {
  const shown = (id: ColumnId): boolean => !isColumnHidden(id, hidden) && width >= (NEEDS_WIDTH[id] ?? 0);
  return {
    select: true,
    due: shown('due'),
    runway: shown('runway'),
    waiting: shown('waiting'),
    customer: true,
    tier: shown('tier'),
    channel: shown('channel'),
    language: shown('language'),
    subject: true,
    intake: shown('intake'),
    flags: shown('flags'),
    status: shown('status'),
    assignee: shown('assignee'),
    last: shown('last'),
  };
}

/** The CSS grid of a row whose columns have these ids and sizes. */
export function gridTemplate(columns: readonly { readonly id: string; readonly size: number }[]): string {
  return columns.map(({ id, size }) => (id === 'subject' ? `minmax(${String(size)}px, 1fr)` : `${String(size)}px`)).join(' ');
}

export type ListDensity = 'comfortable' | 'compact';

/** Height of a row in CSS pixels; every row has the same, so that nothing moves while rows come and go. */
export function rowHeight(isTable: boolean, density: ListDensity): number {
  if (isTable) return density === 'comfortable' ? 52 : 34;
  return density === 'comfortable' ? 64 : 52;
}
