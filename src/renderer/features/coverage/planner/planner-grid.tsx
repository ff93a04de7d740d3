import { useVirtualizer } from '@tanstack/react-virtual';
import type { MouseEvent, ReactNode } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CoverageIssue } from '../../../../shared/domain/coverage/coverage.ts';
import { isId } from '../../../../shared/domain/ids.ts';
import { ContextMenu } from '../../../ui/menu.tsx';
import { fractionAt } from '../../../ui/time-axis.ts';
import { DayGround, HubGround } from './grounds.tsx';
import type { GroupBox } from './grounds.tsx';
import { settled } from './grid-keys.ts';
import type { Cursor } from './grid-keys.ts';
import { selectAt } from './planner-actions.ts';
import type { PlannerActions } from './planner-actions.ts';
import { HUB_PX, LANE_PX, PlannerRowItem, ROW_PADDING_PX } from './planner-row.tsx';
import { focusOn, select, toggleCollapsed, toggleSelected, usePlanner } from './planner.store.ts';
import { RequirementStrip } from './requirement-strip.tsx';
import type { ShiftWords } from './shift-words.ts';
import { NowLine, tickEvery, TimeHeader } from './time-header.tsx';
import { gridKeyHandler } from './use-grid-keys.ts';
import type { PlannerData } from './use-planner-data.ts';
import { usePlannerDrag } from './use-planner-drag.ts';
import type { GridLayout } from './use-planner-drag.ts';

/** The narrowest that a day is drawn, in pixels: below it the plan scrolls sideways. */
const MIN_DAY_PX = { day: 720, week: 92, month: 30 } as const;
const OVERSCAN = 6;

export interface PlannerGridProps {
  readonly data: PlannerData;
  readonly words: ShiftWords;
  readonly actions: PlannerActions;
  readonly menu: ReactNode;
  readonly onIssue: (issue: CoverageIssue) => void;
}

/** The plan: requirements on top, then hubs with their people over time. */
export function PlannerGrid({ data, words, actions, menu, onIssue }: PlannerGridProps): ReactNode {
  const t = useWords('plan');
  const { axis, rows, canPlan } = data;
  const scale = usePlanner((state) => state.scale);
  const scroller = useRef<HTMLDivElement>(null);
  const rowsBox = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const trackPx = useTrackWidth(rowsBox);
  const headPx = useHeight(head);
  const layout = useLayout(data, scale);
  const groups = useGroups(layout);

  // oxlint-disable-next-line react/incompatible-library -- it is used here only, and nothing of it is handed to memoised components
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => layout.heights[index] ?? HUB_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollPaddingEnd: headPx,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, layout]);

  const focus = useCursor(data, scroller, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }));
  useReveal(data, scroller, trackPx);
  const drag = usePlannerDrag(data, layout, words, { scroller, rows: rowsBox, head });
  const minimum = MIN_DAY_PX[scale] * (scale === 'day' ? 1 : axis.days.length);
  const every = tickEvery(trackPx, axis);
  const isSideways = useSideways(scroller, minimum);

  return (
    <ContextMenu className="plan-area" items={menu} onContextMenu={(event) => chooseForMenu(event, data)}>
      <div className="plan-scroll" ref={scroller} data-sideways={isSideways ? '' : undefined}>
        <div className="plan-canvas" style={{ minInlineSize: `calc(var(--plan-label) + ${minimum}px)` }}>
          <div className="plan-top" ref={head}>
            <TimeHeader axis={axis} trackPx={trackPx} words={words} />
            <RequirementStrip requirements={data.roster.requirements} coverage={data.coverage} axis={axis} onIssue={onIssue} />
          </div>
          <div className="plan-body">
            <div className="plan-grounds">
              <DayGround axis={axis} everyMinutes={every} />
              {groups.map(({ key, hub, top, height }) =>
                hub === null ? null : <HubGround key={key} hub={hub} top={top} height={height} axis={axis} trackPx={trackPx} />,
              )}
            </div>
            {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its stops take the focus in turn */}
            <div
              ref={rowsBox}
              role="grid"
              className="plan-rows"
              aria-label={t('grid.label')}
              aria-describedby="plan-grid-hint"
              aria-rowcount={rows.length}
              aria-multiselectable="true"
              data-scale={scale}
              data-editable={canPlan ? '' : undefined}
              style={{ blockSize: layout.total }}
              onPointerDown={drag.onPointerDown}
              onClick={(event) => onClick(event, data)}
              onDoubleClick={(event) => {
                if (event.target instanceof Element && event.target.closest('[data-shift]') !== null) actions.open();
              }}
              onFocus={(event) => {
                focus.enter();
                followFocus(event.target, data);
              }}
              onBlur={(event) => focus.leave(event.target, event.relatedTarget)}
              onKeyDown={gridKeyHandler(data, actions)}
            >
              {virtualizer.getVirtualItems().map((item) => {
                const row = rows[item.index];
                if (row === undefined) return null;
                return (
                  <PlannerRowItem
                    key={row.key}
                    row={row}
                    index={item.index}
                    top={layout.tops[item.index] ?? 0}
                    height={layout.heights[item.index] ?? HUB_PX}
                    shifts={data.shiftsOf(row.key)}
                    absences={data.absencesOf(row.key)}
                    overridesOf={data.overridesOf}
                    axis={axis}
                    trackPx={trackPx}
                    lanePx={layout.lanePx}
                    words={words}
                    canPlan={canPlan}
                  />
                );
              })}
            </div>
            <div className="plan-overlay" aria-hidden="true">
              <NowLine axis={axis} />
            </div>
          </div>
        </div>
      </div>
      <p id="plan-grid-hint" className="visually-hidden">
        {t(canPlan ? 'grid.hint' : 'grid.hintRead')}
      </p>
    </ContextMenu>
  );
}

interface FullLayout extends GridLayout {
  readonly total: number;
}

/** Places of all rows, also of those that are not drawn. */
function useLayout(data: PlannerData, scale: keyof typeof LANE_PX): FullLayout {
  const { rows, shiftsOf } = data;
  return useMemo(() => {
    const lanePx = LANE_PX[scale];
    const tops: number[] = [];
    const heights: number[] = [];
    let total = 0;
    for (const row of rows) {
      const height = row.kind === 'hub' ? HUB_PX : shiftsOf(row.key).lanes * lanePx + 2 * ROW_PADDING_PX - 2;
      tops.push(total);
      heights.push(height);
      total += height;
    }
    return { rows, tops, heights, lanePx, total };
  }, [rows, shiftsOf, scale]);
}

function useGroups(layout: FullLayout): readonly GroupBox[] {
  return useMemo(() => {
    const groups: GroupBox[] = [];
    layout.rows.forEach((row, index) => {
      const top = layout.tops[index] ?? 0;
      const height = layout.heights[index] ?? 0;
      const last = groups.at(-1);
      if (last?.key === row.groupKey) groups[groups.length - 1] = { ...last, height: top + height - last.top };
      else groups.push({ key: row.groupKey, hub: row.hub, top, height });
    });
    return groups;
  }, [layout]);
}

/** The width of a track in steps, so that a window that is resized does not draw all bars again for every pixel. */
function useTrackWidth(rows: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(900);
  useLayoutEffect(() => {
    const element = rows.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const label = element.querySelector<HTMLElement>('.plan-label')?.offsetWidth ?? 0;
      const px = element.offsetWidth - label;
      if (px > 0) setWidth(Math.round(px / 24) * 24);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [rows]);
  return width;
}

/** Whether the plan is wider than the place it has. */
function useSideways(scroller: React.RefObject<HTMLElement | null>, minimum: number): boolean {
  const [isWider, setWider] = useState(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      const label = element.querySelector<HTMLElement>('.plan-label')?.offsetWidth ?? 0;
      setWider(element.clientWidth < minimum + label);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, minimum]);
  return isWider;
}

function useHeight(element: React.RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(current.offsetHeight));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return height;
}

/** Keeps exactly one stop for Tab, and gives it the focus when somebody asked for that. */
function useCursor(
  data: PlannerData,
  scroller: React.RefObject<HTMLElement | null>,
  scrollTo: (index: number) => void,
): { readonly enter: () => void; readonly leave: (from: Element, to: EventTarget | null) => void } {
  const isInside = useRef(false);
  const { rows, axis, shiftsOf } = data;
  const cursor = usePlanner((state) => state.cursor);
  const request = usePlanner((state) => state.focusRequest);
  const real = useMemo(() => settled({ rows, days: axis.days, shiftsOf }, cursor), [rows, axis, shiftsOf, cursor]);
  useEffect(() => {
    const isSame = real?.rowKey === cursor?.rowKey && real?.epochDay === cursor?.epochDay && real?.shiftId === cursor?.shiftId;
    if (isSame) return;
    // The focus goes on from where the shift was that has gone.
    if (real !== null && isInside.current && document.activeElement === document.body) focusOn(real);
    else usePlanner.setState({ cursor: real });
  }, [real, cursor]);
  const wanted = useRef(request);
  const latest = useRef(real);
  useEffect(() => {
    latest.current = real;
  });
  useEffect(() => {
    if (wanted.current === request) return undefined;
    const index = rows.findIndex((row) => row.key === latest.current?.rowKey);
    if (index === -1) return undefined;
    scrollTo(index);
    const frame = requestAnimationFrame(() => {
      const element = latest.current === null ? null : stopElement(scroller.current, latest.current);
      if (element === null) return;
      wanted.current = request;
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
    // Also when rows or shifts change: what was asked for may come only then.
  }, [request, real, rows, scroller, scrollTo]);
  return {
    enter: () => {
      isInside.current = true;
    },
    leave: (from, to) => {
      // An element that was taken away has not been left by the person.
      setTimeout(() => {
        if (from.isConnected && !(to instanceof Element && scroller.current?.contains(to) === true)) isInside.current = false;
      });
    },
  };
}

function stopElement(scroller: HTMLElement | null, { rowKey, epochDay, shiftId }: Cursor): HTMLElement | null {
  const selector =
    shiftId !== null
      ? `[data-shift="${CSS.escape(shiftId)}"]`
      : rowKey.startsWith('hub:')
        ? `[data-stop="${CSS.escape(rowKey)}"]`
        : `[data-stop="${CSS.escape(`${rowKey} ${epochDay}`)}"]`;
  return scroller?.querySelector<HTMLElement>(selector) ?? null;
}

/** Scrolls sideways to a time that was asked for. */
function useReveal(data: PlannerData, scroller: React.RefObject<HTMLElement | null>, trackPx: number): void {
  const reveal = usePlanner((state) => state.reveal);
  const { axis } = data;
  useEffect(() => {
    const element = scroller.current;
    if (reveal === null || element === null || reveal.at < axis.from || reveal.at >= axis.to) return;
    const x = fractionAt(axis, reveal.at) * trackPx - element.clientWidth / 3;
    element.scrollTo({ left: getComputedStyle(element).direction === 'rtl' ? -x : x });
    usePlanner.setState({ reveal: null });
  }, [reveal, axis, trackPx, scroller]);
}

interface Hit {
  readonly cursor: Cursor;
}

/** What is under the pointer, as a cursor. */
function hitOf(target: EventTarget, data: PlannerData): Hit | null {
  if (!(target instanceof Element)) return null;
  const rowKey = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
  if (rowKey === undefined) return null;
  const shiftId = target.closest<HTMLElement>('[data-shift]')?.dataset['shift'];
  const day = target.closest<HTMLElement>('[data-day]')?.dataset['day'];
  const epochDay = day === undefined ? (data.axis.days[0]?.epochDay ?? 0) : Number(day);
  return { cursor: { rowKey, epochDay, shiftId: isId('shf', shiftId) ? shiftId : null } };
}

function onClick(event: MouseEvent<HTMLElement>, data: PlannerData): void {
  const hit = hitOf(event.target, data);
  if (hit === null) return;
  const { cursor } = hit;
  if (event.target instanceof Element && event.target.closest('.plan-hub-toggle') !== null) {
    toggleCollapsed(cursor.rowKey);
    focusOn(cursor);
    return;
  }
  const former = usePlanner.getState().cursor;
  if (cursor.shiftId !== null && (event.ctrlKey || event.metaKey)) toggleSelected(cursor.shiftId);
  else selectAt(data, cursor, former, event.shiftKey);
  focusOn(cursor);
}

/** A right click acts on what is under it, unless that is one of several selected shifts. */
function chooseForMenu(event: MouseEvent<HTMLElement>, data: PlannerData): void {
  const hit = hitOf(event.target, data);
  if (hit === null) return;
  const { cursor } = hit;
  const { selected } = usePlanner.getState();
  if (cursor.shiftId === null || !selected.has(cursor.shiftId)) select(cursor.shiftId === null ? [] : [cursor.shiftId]);
  usePlanner.setState({ cursor });
}

/** Tab and screen readers move the focus by themselves: the cursor goes with it. */
function followFocus(target: EventTarget, data: PlannerData): void {
  const hit = hitOf(target, data);
  if (hit === null) return;
  const { cursor } = usePlanner.getState();
  const { rowKey, epochDay, shiftId } = hit.cursor;
  if (cursor?.rowKey === rowKey && rowKey.startsWith('hub:')) return;
  if (cursor?.rowKey === rowKey && cursor.shiftId === shiftId && (shiftId !== null || cursor.epochDay === epochDay)) return;
  usePlanner.setState({ cursor: hit.cursor });
}
