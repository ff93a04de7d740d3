import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useRef } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ShiftBody, ShiftChange } from '../../../../shared/domain/coverage/plan.ts';
import { isId } from '../../../../shared/domain/ids.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { fractionAt, instantAt } from '../../../ui/time-axis.ts';
import { usePointerDrag } from '../../../ui/use-pointer-drag.ts';
import type { DragPoint } from '../../../ui/use-pointer-drag.ts';
import { drawGhost, GhostLayer } from './drag-ghost.ts';
import { changed, editPlan, newShiftId } from './edit-plan.ts';
import type { PlacedShift, PlannerRow } from './planner-rows.ts';
import { focusOn, select, usePlanner } from './planner.store.ts';
import {
  FINE_STEP_MINUTES,
  inRow,
  movedBy,
  movedLike,
  newShift,
  resizedTo,
  rowZone,
  seamOf,
  startDayIn,
  STEP_MINUTES,
  stretchBetween,
} from './shift-edit.ts';
import { zoneCity } from './shift-words.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

/** Rows with their places, as the grid lays them out. */
export interface GridLayout {
  readonly rows: readonly PlannerRow[];
  readonly tops: readonly number[];
  readonly heights: readonly number[];
  readonly lanePx: number;
}

interface Subject {
  readonly kind: 'create' | 'move' | 'start' | 'end' | 'marquee';
  readonly row: PlannerRow;
  readonly rowIndex: number;
  /** Real time under the pointer where it went down. */
  readonly at: number;
  readonly y: number;
  /** The shift under the pointer, and all that are dragged with it. */
  readonly shift: PlacedShift | null;
  readonly all: readonly PlacedShift[];
}

/** What letting go now would do. */
type Outcome =
  | { readonly kind: 'create'; readonly body: ShiftBody }
  | { readonly kind: 'change'; readonly isCopy: boolean; readonly bodies: ReadonlyMap<ShiftId, ShiftBody> }
  | { readonly kind: 'select'; readonly shiftIds: readonly ShiftId[] }
  | null;

/**
 * Dragging in the plan: empty space makes a shift, a shift moves (also to another person), its ends resize it, with
 * Ctrl or Alt a copy moves, with Shift on empty space shifts are selected. While it goes on nothing renders: a ghost is
 * moved by its transform, and a label says the times.
 */
export function usePlannerDrag(
  data: PlannerData,
  layout: GridLayout,
  words: ShiftWords,
  refs: {
    readonly scroller: RefObject<HTMLElement | null>;
    readonly rows: RefObject<HTMLElement | null>;
    readonly head: RefObject<HTMLElement | null>;
  },
): { readonly onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void } {
  const t = useWords('plan');
  const ghost = useRef<GhostLayer | null>(null);
  const outcome = useRef<Outcome>(null);

  // What does not change while something is dragged is asked for when the pointer goes down.
  const frame = useRef({ labelPx: 0, isMirrored: false });

  const track = (): DOMRect | null => {
    const box = refs.rows.current?.getBoundingClientRect();
    if (box === undefined) return null;
    const { labelPx, isMirrored } = frame.current;
    return new DOMRect(isMirrored ? box.left : box.left + labelPx, box.top, box.width - labelPx, box.height);
  };
  const timeAt = (box: DOMRect, clientX: number): number => {
    const share = (clientX - box.left) / box.width;
    return instantAt(data.axis, frame.current.isMirrored ? 1 - share : share);
  };
  const rowAt = (y: number): number => {
    const found = layout.tops.findLastIndex((top) => top <= y);
    return Math.max(0, found);
  };

  const begin = (event: ReactPointerEvent<HTMLElement>): Subject | null => {
    frame.current = {
      labelPx: refs.rows.current?.querySelector<HTMLElement>('.plan-label')?.offsetWidth ?? 0,
      isMirrored: isRtl(refs.rows.current),
    };
    const box = track();
    if (box === null || !(event.target instanceof Element)) return null;
    if (event.target.closest('.plan-track') === null) return null;
    const y = event.clientY - box.top;
    const rowIndex = rowAt(y);
    const row = layout.rows[rowIndex];
    if (row === undefined || row.kind === 'hub') return null;
    const at = timeAt(box, event.clientX);
    const base = { row, rowIndex, at, y };
    const bar = event.target.closest<HTMLElement>('[data-shift]');
    const shiftId = bar?.dataset['shift'];
    const shift = isId('shf', shiftId) ? findShift(data, shiftId) : null;
    const canEdit = data.canPlan && usePlanner.getState().layer === 'draft';
    if (shift === null) {
      if (event.shiftKey || !canEdit) return { ...base, kind: 'marquee', shift: null, all: [] };
      return { ...base, kind: 'create', shift: null, all: [] };
    }
    if (!canEdit || shift.look === 'removed') return null;
    const edge = event.target.closest<HTMLElement>('[data-edge]')?.dataset['edge'];
    if (edge === 'start' || edge === 'end') return { ...base, kind: edge, shift, all: [shift] };
    return { ...base, kind: 'move', shift, all: movedTogether(data, shift) };
  };

  const start = (subject: Subject): void => {
    const rows = refs.rows.current;
    if (rows === null) return;
    ghost.current = new GhostLayer(
      rows,
      subject.kind === 'marquee' ? 'marquee' : subject.kind,
      subject.all.map((each) => each.shiftId),
    );
  };

  const result = (subject: Subject, point: DragPoint, box: DOMRect): Outcome => {
    const at = timeAt(box, point.clientX);
    const step = point.shiftKey ? FINE_STEP_MINUTES : STEP_MINUTES;
    const { shift, row } = subject;
    if (subject.kind === 'marquee') {
      return { kind: 'select', shiftIds: shiftsWithin(data, layout, subject, at, point.clientY - box.top) };
    }
    if (subject.kind === 'create' || shift === null) return creation(data, row, subject.at, at, step);
    if (subject.kind !== 'move') {
      const from = subject.kind === 'start' ? shift.body.startAt : shift.body.endAt;
      const body = resizedTo(shift.body, subject.kind, from + (at - subject.at), step, data.zoneData);
      return body === shift.body ? null : { kind: 'change', isCopy: false, bodies: new Map([[shift.shiftId, body]]) };
    }
    const primary = movedBy(shift.body, at - subject.at, step, data.zoneData);
    const rowDelta = rowsBetween(layout, subject.rowIndex, rowAt(point.clientY - box.top));
    const bodies = new Map<ShiftId, ShiftBody>();
    for (const each of subject.all) {
      const timed = each === shift ? primary : movedLike(each.body, shift.body, primary, data.zoneData);
      const target = rowDelta === 0 ? null : rowAfter(layout, each, rowDelta);
      const body = target === null ? timed : inRow(timed, target);
      if (body !== each.body || point.copyKey) bodies.set(each.shiftId, body);
    }
    return bodies.size === 0 ? null : { kind: 'change', isCopy: point.copyKey, bodies };
  };

  const labelOf = (body: ShiftBody, row: PlannerRow, isCopy: boolean): readonly string[] => {
    const hub = row.kind === 'agent' ? row.agent.zone : (row.hub?.zone ?? data.zone);
    const zones = [...new Set([body.zone, data.zone, hub])];
    const length = words.length(body.endAt - body.startAt);
    const seam = seamOf(body);
    const more = seam === 0 ? length : t('drag.seam', { length, by: words.length(Math.abs(seam)) });
    const lines = zones.map((zone) => `${words.day(body.startAt, zone)} ${words.times(body, zone)} ${zoneCity(zone)}`);
    return [isCopy ? t('drag.copy', { what: more }) : more, ...lines];
  };

  const move = (subject: Subject, point: DragPoint): void => {
    const box = track();
    if (box === null || ghost.current === null) return;
    const made = result(subject, point, box);
    outcome.current = made;
    if (made === null) {
      ghost.current.rest();
      return;
    }
    if (made.kind === 'select') {
      const y = point.clientY - box.top;
      ghost.current.marquee(box, subject, { at: timeAt(box, point.clientX), y }, (at) => fractionAt(data.axis, at));
      return;
    }
    const body =
      made.kind === 'create'
        ? made.body
        : subject.shift === null
          ? undefined
          : (made.bodies.get(subject.shift.shiftId) ?? subject.shift.body);
    if (body === undefined) return;
    const isCopy = made.kind === 'change' && made.isCopy;
    const target = subject.kind === 'move' ? rowIndexOf(layout, body, subject.rowIndex) : subject.rowIndex;
    const row = layout.rows[target] ?? subject.row;
    drawGhost(ghost.current, {
      axis: data.axis,
      trackPx: box.width,
      body,
      before: subject.shift?.body ?? null,
      top: layout.tops[target] ?? 0,
      formerTop: layout.tops[subject.rowIndex] ?? 0,
      height: layout.lanePx - 2,
      lines: labelOf(body, row, isCopy),
      isCopy,
      ...frame.current,
    });
  };

  const finish = (): void => {
    ghost.current?.remove();
    ghost.current = null;
    outcome.current = null;
  };

  const drop = (subject: Subject, point: DragPoint): void => {
    const box = track();
    const made = box === null ? null : result(subject, point, box);
    finish();
    if (made === null) return;
    if (made.kind === 'select') {
      select(made.shiftIds);
      return;
    }
    if (made.kind === 'create') {
      const shiftId = newShiftId();
      void editPlan([changed(shiftId, made.body)], t('done.created', { who: words.who(made.body.agentId), when: words.when(made.body) }));
      focusOn({ rowKey: subject.row.key, epochDay: startDayIn(data.zone, made.body), shiftId });
      select([shiftId]);
      return;
    }
    const changes: ShiftChange[] = [...made.bodies].map(([shiftId, body]) =>
      changed(made.isCopy ? newShiftId() : shiftId, made.isCopy ? { ...body, rotationId: null, source: 'manual' } : body),
    );
    const [first] = made.bodies.values();
    const label =
      made.bodies.size > 1 || first === undefined
        ? t(made.isCopy ? 'done.copiedMany' : 'done.movedMany', { count: made.bodies.size })
        : t(made.isCopy ? 'done.copied' : subject.kind === 'move' ? 'done.moved' : 'done.resized', {
            who: words.who(first.agentId),
            when: words.when(first),
          });
    void editPlan(changes, label);
    select(changes.map((change) => change.shiftId));
  };

  return usePointerDrag<Subject>({
    begin,
    start,
    move,
    drop,
    cancel: finish,
    scroller: refs.scroller,
    insets: () => ({
      top: refs.head.current?.offsetHeight ?? 0,
      start: frame.current.labelPx,
    }),
  });
}

/** A shift and, when it is one of the selected ones, all of them that are still there; itself first. */
function movedTogether(data: PlannerData, shift: PlacedShift): readonly PlacedShift[] {
  const { selected } = usePlanner.getState();
  if (!selected.has(shift.shiftId)) return [shift];
  const others = [...selected].filter((id) => id !== shift.shiftId).flatMap((id) => findShift(data, id) ?? []);
  return [shift, ...others.filter((each) => each.look !== 'removed')];
}

/** The shift that an empty stretch would become. */
function creation(data: PlannerData, row: PlannerRow, from: number, to: number, step: number): Outcome {
  const stretch = stretchBetween(rowZone(row, data.zone), from, to, step);
  return stretch === null ? null : { kind: 'create', body: newShift(row, stretch.from, stretch.to, data.zone, data.zoneData) };
}

function isRtl(element: Element | null): boolean {
  return element !== null && getComputedStyle(element).direction === 'rtl';
}

export function findShift(data: Pick<PlannerData, 'rows' | 'shiftsOf'>, shiftId: ShiftId): PlacedShift | null {
  for (const row of data.rows) {
    const found = data.shiftsOf(row.key).shifts.find((each) => each.shiftId === shiftId);
    if (found !== undefined) return found;
  }
  return null;
}

/** Rows that shifts can be in; hubs' own rows are skipped when counting. */
function ordinals(layout: GridLayout): readonly number[] {
  return layout.rows.flatMap((row, index) => (row.kind === 'hub' ? [] : [index]));
}

function rowsBetween(layout: GridLayout, from: number, to: number): number {
  const places = ordinals(layout);
  const start = places.indexOf(from);
  // Over a hub's own row the nearest row that takes shifts is meant.
  const exact = places.indexOf(to);
  const end = exact === -1 ? places.findIndex((index) => index > to) : exact;
  return (end === -1 ? places.length - 1 : end) - start;
}

function rowAfter(layout: GridLayout, placed: PlacedShift, delta: number): PlannerRow | null {
  const places = ordinals(layout);
  const start = places.indexOf(rowIndexOf(layout, placed.body, -1));
  if (start === -1) return null;
  const target = places[Math.min(places.length - 1, Math.max(0, start + delta))];
  return target === undefined ? null : (layout.rows[target] ?? null);
}

function rowIndexOf(layout: GridLayout, body: ShiftBody, fallback: number): number {
  const found = layout.rows.findIndex((row) =>
    body.agentId === null
      ? row.kind === 'open' && (row.hub?.hubId ?? null) === body.hubId
      : row.kind === 'agent' && row.agent.agentId === body.agentId,
  );
  return found === -1 ? fallback : found;
}

function shiftsWithin(data: PlannerData, layout: GridLayout, subject: Subject, at: number, y: number): readonly ShiftId[] {
  const [from, to] = [Math.min(subject.at, at), Math.max(subject.at, at)];
  const [top, bottom] = [Math.min(subject.y, y), Math.max(subject.y, y)];
  return layout.rows.flatMap((row, index) => {
    const rowTop = layout.tops[index] ?? 0;
    if (rowTop > bottom || rowTop + (layout.heights[index] ?? 0) < top) return [];
    return data
      .shiftsOf(row.key)
      .shifts.filter(({ body }) => body.startAt < to && body.endAt > from)
      .map(({ shiftId }) => shiftId);
  });
}
