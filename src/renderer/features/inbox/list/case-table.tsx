import { useTable } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { startTransition, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Grouping } from '../../../../shared/domain/saved-view.ts';
import type { SortId } from '../../../../shared/domain/views.ts';
import { useSession } from '../../../state/session.ts';
import { Checkbox } from '../../../ui/check.tsx';
import { ContextMenu } from '../../../ui/menu.tsx';
import { arriveInList, currentCaseId, moveTo, useInbox } from '../inbox-store.ts';
import { caseColumns, gridTemplate, listFeatures, rowHeight, TABLE_FROM_WIDTH, visibleColumns } from './case-columns.tsx';
import type { ColumnId } from './case-columns.tsx';
import { CaseMenuItems } from './case-menu.tsx';
import { askForWhole, setFolded } from '../filter/filter-store.ts';
import { GroupHeading } from './group-heading.tsx';
import type { ListItem } from './group-rows.ts';
import { CaseRowItem, toggleAll } from './case-row.tsx';
import { useGroupCommands } from './use-group-commands.ts';
import { WHOLE_ROWS } from './use-case-rows.ts';
import { useRecycledKeys } from './recycled-keys.ts';
import { seenRows } from './seen-rows.ts';
import { useFocusInList } from './use-focus-in-list.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useScrollMemory } from './use-scroll-memory.ts';

const MENU = <CaseMenuItems />;
const GROW_WITHIN_ROWS = 40;
/** Rows drawn beyond the edges; a page of keys is drawn in a frame anyway. */
const OVERSCAN = 4;
/** As wide as the list was last, so that it is not drawn for no width at first. */
let lastWidth = 0;

export interface CaseTableProps {
  readonly rows: readonly CaseRow[];
  /** Headings and rows in their order; null where nothing is grouped. */
  readonly items: readonly ListItem[] | null;
  readonly grouping: Grouping;
  /** Of which list the groups are; folded ones are kept by it. */
  readonly groupsOf: string;
  readonly hiddenColumns: readonly string[];
  readonly total: number;
  /** Which list this is; scroll positions are remembered by it. */
  readonly listKey: string;
  readonly sort: SortId;
  readonly onSort: ((sort: SortId) => void) | null;
  readonly grow: () => void;
}

function useWidth(): readonly [(node: HTMLElement | null) => void, number] {
  const [node, setNode] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(lastWidth);
  useLayoutEffect(() => {
    if (node === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const isFirst = lastWidth === 0;
      lastWidth = Math.round(entry.contentRect.width);
      if (isFirst) setWidth(lastWidth);
      // it has another width because something was opened beside it, and that is to be seen first
      else startTransition(() => setWidth(lastWidth));
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, [node]);
  return [setNode, width];
}

/** The list of cases: a grid whose rows are drawn only where they are seen. */
export function CaseTable({
  rows,
  items: grouped,
  grouping,
  groupsOf,
  hiddenColumns: hidden,
  total,
  listKey,
  sort,
  onSort,
  grow,
}: CaseTableProps): ReactNode {
  const t = useWords('inbox');
  const density = useSession((state) => state.density);
  const checked = useSession((state) => state.checkedCaseIds);
  const selectedCaseId = useSession((state) => state.selectedCaseId);
  const cursorCaseId = useInbox((state) => state.cursorCaseId);
  const cursorHeading = useInbox((state) => state.cursorHeading);
  const [outer, width] = useWidth();

  const isTable = width >= TABLE_FROM_WIDTH;
  const height = rowHeight(isTable, density);
  const columnVisibility = useMemo(() => visibleColumns(width, hidden), [width, hidden]);
  const table = useTable({
    features: listFeatures,
    columns: caseColumns,
    data: rows,
    getRowId: (row) => row.caseId,
    state: { columnVisibility },
  });
  const columns = table.getVisibleLeafColumns().map((column) => ({ id: column.id, size: column.getSize() }));
  const template = gridTemplate(columns);
  const tableRows = table.getRowModel().rows;

  const currentId = selectedCaseId ?? cursorCaseId;
  const currentIndex = useMemo(() => (currentId === null ? -1 : rows.findIndex((row) => row.caseId === currentId)), [rows, currentId]);
  // Something must be reachable with Tab even when the current case is not in this list.
  const focusIndex = currentIndex === -1 ? 0 : currentIndex;
  const { places, headingPlace, focusPlace, currentPlace } = usePlaces(grouped, focusIndex, currentIndex, cursorHeading);

  const { headings, headingHeight } = useHeadings(grouped, height);

  const { scroller, top } = useScrollMemory(rows, listKey, height, places);
  // oxlint-disable-next-line react/incompatible-library -- it is used here only, and nothing of it is handed to memoised components
  const virtualizer = useVirtualizer({
    count: grouped === null ? tableRows.length : grouped.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (place) => {
      const item = grouped?.[place];
      return item?.kind === 'heading' ? `group ${item.key}` : (tableRows[item?.index ?? place]?.id ?? place);
    },
    overscan: OVERSCAN,
    scrollPaddingStart: headingHeight,
    // The current row stays in the page when it is scrolled away, so that it keeps the keyboard's focus.
    rangeExtractor: (range) => {
      const indexes = new Set(defaultRangeExtractor(range));
      const pinned = headingAt(headings, range.startIndex);
      if (pinned !== -1) indexes.add(pinned);
      if (focusPlace < range.count) indexes.add(focusPlace);
      return [...indexes].sort((a, b) => a - b);
    },
  });

  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const items = virtualizer.getVirtualItems();
  const pinnedPlace = headingAt(headings, virtualizer.range?.startIndex ?? 0);
  const keys = useRecycledKeys(
    items.flatMap(({ index: place }) => {
      const item = grouped?.[place];
      const row = item?.kind === 'heading' ? undefined : tableRows[item?.index ?? place];
      return row === undefined ? [] : [row.id];
    }),
    headingPlace === -1 ? (tableRows[focusIndex]?.id ?? null) : null,
  );
  // not the last that is drawn: that may be the current one, far below what is seen
  const lastIndex = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (lastIndex >= rows.length - GROW_WITHIN_ROWS) grow();
  }, [lastIndex, rows.length, grow]);
  // Only a change of the current case scrolls, not a change of the rows around it.
  const latestIndex = useRef(currentPlace);
  useEffect(() => {
    latestIndex.current = currentPlace;
  });
  useEffect(() => {
    const show = (): void => {
      const place = latestIndex.current;
      if (place < 0) return;
      // it is on the screen as a rule, and to ask for more would have the page work out its layout in between
      const [node, seen] = [scroller.current, virtualizer.scrollRect?.height ?? 0];
      const [highest, lowest] = [place * height - headingHeight, (place + 1) * height - seen];
      if (node !== null && (top.current > highest || top.current < lowest)) node.scrollTop = top.current > highest ? highest : lowest;
    };
    show();
    // what scrolled the list just before is told at the beginning of the next frame
    const frame = requestAnimationFrame(show);
    return () => cancelAnimationFrame(frame);
  }, [currentId, cursorHeading, virtualizer, height, headingHeight, top, scroller]);
  useGroupCommands(grouped !== null, groupsOf);
  const grid = useRef<HTMLDivElement>(null);
  useGridKeys(grid);
  useFocusInList();
  const listShown = useRef(listKey);
  useLayoutEffect(() => {
    if (listShown.current === listKey) return;
    listShown.current = listKey;
    const seen = seenRows({
      top: top.current,
      height,
      headingHeight,
      seenHeight: virtualizer.scrollRect?.height ?? 0,
      places,
      count: rows.length,
    });
    if (seen !== null) arriveInList(rows, seen);
  }, [listKey, rows, places, height, headingHeight, virtualizer, top]);

  const isChecking = checked.size > 0;
  const allChecked = isChecking && rows.length > 0 && rows.every((row) => checked.has(row.caseId));

  return (
    <ContextMenu className="ib-grid-area" items={MENU} ref={outer} onContextMenu={chooseForMenu}>
      <div
        ref={grid}
        role="grid"
        className="ib-grid"
        data-list={listKey}
        data-density={density}
        aria-label={t('list.title')}
        aria-rowcount={(grouped === null ? total : grouped.length) + (isTable ? 1 : 0)}
        aria-multiselectable="true"
      >
        {isTable && (
          <div role="rowgroup" className="ib-head">
            <div role="row" aria-rowindex={1} className="ib-row-table ib-head-row" style={{ gridTemplateColumns: template }}>
              {columns.map(({ id }) => (
                <HeadCell key={id} id={id} sort={sort} onSort={onSort}>
                  {id === 'select' && (
                    <Checkbox
                      hideLabel
                      label={t('list.selectAll')}
                      checked={allChecked}
                      indeterminate={isChecking && !allChecked}
                      onChange={toggleAll}
                    />
                  )}
                </HeadCell>
              ))}
            </div>
          </div>
        )}
        <div className="ib-scroll" ref={scroller} role="rowgroup">
          <div className="ib-canvas" role="presentation" style={{ blockSize: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const placed = grouped?.[item.index];
              if (placed?.kind === 'heading')
                return (
                  <GroupHeading
                    key={item.key}
                    item={placed}
                    grouping={grouping}
                    top={item.start}
                    height={height}
                    index={item.index + (isTable ? 2 : 1)}
                    isCurrent={item.index === headingPlace}
                    isPinned={item.index === pinnedPlace}
                    onFold={(isFolded) => {
                      if (!isFolded && placed.loaded === 0) askForWhole(`${groupsOf} ${placed.key}`);
                      setFolded(`${groupsOf} ${placed.key}`, isFolded);
                    }}
                    onWhole={placed.loaded < WHOLE_ROWS ? () => askForWhole(`${groupsOf} ${placed.key}`) : null}
                  />
                );
              const index = placed?.index ?? item.index;
              const row = tableRows[index];
              if (row === undefined) return null;
              return (
                <CaseRowItem
                  key={keys.get(row.id) ?? row.id}
                  row={row}
                  index={item.index}
                  top={item.start}
                  height={height}
                  isTable={isTable}
                  isCurrent={index === focusIndex && headingPlace === -1}
                  isChecked={checked.has(row.original.caseId)}
                  isChecking={isChecking}
                  template={isTable ? template : ''}
                />
              );
            })}
          </div>
        </div>
      </div>
    </ContextMenu>
  );
}

interface Places {
  /** Where rows stand among the headings; null where nothing is grouped. */
  readonly places: readonly number[] | null;
  /** Where the heading stands that the cursor is on; -1 where it is on a row. */
  readonly headingPlace: number;
  readonly focusPlace: number;
  readonly currentPlace: number;
}

function usePlaces(grouped: CaseTableProps['items'], focusIndex: number, currentIndex: number, cursorHeading: string | null): Places {
  const places = useMemo(() => grouped?.flatMap((item, place) => (item.kind === 'row' ? [place] : [])) ?? null, [grouped]);
  const headingPlace = useMemo(
    () => (cursorHeading === null ? -1 : (grouped?.findIndex((item) => item.kind === 'heading' && item.key === cursorHeading) ?? -1)),
    [grouped, cursorHeading],
  );
  if (headingPlace !== -1) return { places, headingPlace, focusPlace: headingPlace, currentPlace: headingPlace };
  const rowPlace = places === null || currentIndex === -1 ? currentIndex : (places[currentIndex] ?? -1);
  return { places, headingPlace, focusPlace: places === null ? focusIndex : (places[focusIndex] ?? 0), currentPlace: rowPlace };
}

/** Where the headings are. That of the group at the top stays there while the list is scrolled through it, and covers a row. */
function useHeadings(
  grouped: CaseTableProps['items'],
  height: number,
): { readonly headings: readonly number[]; readonly headingHeight: number } {
  return useMemo(
    () => ({
      headings: grouped?.flatMap((item, place) => (item.kind === 'heading' ? [place] : [])) ?? [],
      headingHeight: grouped === null ? 0 : height,
    }),
    [grouped, height],
  );
}

/** The heading that a place stands under; -1 where nothing is grouped. */
function headingAt(headings: readonly number[], place: number): number {
  return headings.findLast((heading) => heading <= place) ?? -1;
}

/** A right click acts on the row under it, unless that row is one of several checked ones. */
function chooseForMenu(event: MouseEvent): void {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-case-id]') : null;
  const found = useInbox.getState().order.find((id: CaseId) => id === row?.dataset['caseId']);
  if (found === undefined || useSession.getState().checkedCaseIds.has(found)) return;
  if (useSession.getState().checkedCaseIds.size > 0) useSession.setState({ checkedCaseIds: new Set() });
  if (currentCaseId() !== found) moveTo(found);
}

interface HeadCellProps {
  readonly id: string;
  readonly sort: SortId;
  readonly onSort: ((sort: SortId) => void) | null;
  readonly children: ReactNode;
}

function isColumnId(id: string): id is ColumnId {
  return Object.hasOwn(visibleColumns(0, []), id);
}

const BARE_HEADS: ReadonlySet<ColumnId> = new Set<ColumnId>(['channel', 'language', 'tier', 'flags', 'assignee']);

function HeadCell({ id, sort, onSort, children }: HeadCellProps): ReactNode {
  const t = useWords('inbox');
  if (!isColumnId(id)) return null;
  const name = t(`column.${id}`);
  if ((id === 'due' || id === 'runway' || id === 'waiting' || id === 'last') && onSort !== null)
    return <SortHead id={id} name={name} sort={sort} onSort={onSort} />;
  return (
    <div role="columnheader" className={`ib-cell ib-cell-${id}`}>
      {id === 'select' ? children : <span className={BARE_HEADS.has(id) ? 'visually-hidden' : 'truncate'}>{name}</span>}
    </div>
  );
}

interface SortHeadProps {
  readonly id: 'due' | 'runway' | 'waiting' | 'last';
  readonly name: string;
  readonly sort: SortId;
  readonly onSort: (sort: SortId) => void;
}

/** The columns that the list can be in the order of. */
function SortHead({ id, name, sort, onSort }: SortHeadProps): ReactNode {
  const isActive = id === 'last' ? sort === 'newest' || sort === 'oldest' : sort === id;
  const direction = id !== 'last' || sort === 'oldest' ? 'ascending' : 'descending';
  const byTime: SortId = sort === 'newest' ? 'oldest' : 'newest';
  return (
    <div role="columnheader" className={`ib-cell ib-cell-${id}`} aria-sort={isActive ? direction : 'none'}>
      <button type="button" className="ib-head-button" onClick={() => onSort(id === 'last' ? byTime : id)}>
        {name}
        {isActive && (direction === 'ascending' ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />)}
      </button>
    </div>
  );
}
