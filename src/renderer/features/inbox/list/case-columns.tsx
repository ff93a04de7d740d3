import { columnSizingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { AssigneeCell, CustomerCell, LastActivityCell, SubjectCell, TierCell } from './case-cells.tsx';
import { ChannelIcon, FlagMarks, LanguageMark, StatusBadge } from './case-marks.tsx';
import { DueCell } from '../sla/due-badge.tsx';
import { RunwayBadge } from '../sla/runway-badge.tsx';
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
  'flags',
  'status',
  'assignee',
  'last',
];

/** From which width of the list on a column is worth its place; below the narrowest table rows have two lines instead. */
const NEEDS_WIDTH: Partial<Readonly<Record<ColumnId, number>>> = { runway: 880, tier: 960, language: 1_010, status: 1_180, channel: 1_220 };
export const TABLE_FROM_WIDTH = 740;

/** Which columns are shown in a list of this width (CSS pixels). */
export function visibleColumns(width: number, hidden: readonly string[]): Record<ColumnId, boolean> {
  const shown = (id: ColumnId): boolean => !hidden.includes(id) && width >= (NEEDS_WIDTH[id] ?? 0);
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
