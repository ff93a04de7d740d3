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

/** What goes when the list is too narrow for all that is wanted, the first one first. */
const GIVEN_UP: readonly ColumnId[] = ['status', 'language', 'tier', 'channel', 'runway', 'intake', 'waiting'];
/** In CSS pixels, as in case-list.css: between two columns, and at both ends with the room of the scrollbar. */
const COLUMN_GAP = 10;
const ROW_ENDS = 20 + 10;
const SIZES = new Map(caseColumns.map(({ id, size }) => [id, size ?? 0]));

/** The list that a table of these columns fits into without losing its end, in CSS pixels. */
function tableWidth(shown: readonly ColumnId[]): number {
  return shown.reduce((sum, id) => sum + (SIZES.get(id) ?? 0) + COLUMN_GAP, ROW_ENDS - COLUMN_GAP);
}

/** From this width of the list on there is a table; in a narrower one rows have two lines instead. */
export const TABLE_FROM_WIDTH = tableWidth(COLUMN_IDS.filter((id) => !GIVEN_UP.includes(id)));

/** Which columns are shown in a list of this width (CSS pixels): as many of those that are wanted as fit. */
export function visibleColumns(width: number, hidden: readonly string[]): Record<ColumnId, boolean> {
  let shown = COLUMN_IDS.filter((id) => !isColumnHidden(id, hidden) || !HIDEABLE_COLUMNS.includes(id));
  for (const id of GIVEN_UP) if (tableWidth(shown) > width) shown = shown.filter((each) => each !== id);
  const isShown = (id: ColumnId): boolean => shown.includes(id);
  return {
    select: true,
    due: isShown('due'),
    runway: isShown('runway'),
    waiting: isShown('waiting'),
    customer: true,
    tier: isShown('tier'),
    channel: isShown('channel'),
    language: isShown('language'),
    subject: true,
    intake: isShown('intake'),
    flags: isShown('flags'),
    status: isShown('status'),
    assignee: isShown('assignee'),
    last: isShown('last'),
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
