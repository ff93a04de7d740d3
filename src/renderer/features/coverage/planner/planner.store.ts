import { create } from 'zustand';
import type { PlanLayer, ShiftBody, ShiftChange } from '../../../../shared/domain/coverage/plan.ts';
import type { RotationId, ShiftId, TemplateId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { dateOfEpochDay, epochDayOf, weekdayOfEpochDay, WEEKDAYS } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../../shared/domain/time/local-time.ts';
import { localDateOf } from '../../../../shared/domain/time/zone.ts';
import { dayAxis } from '../../../ui/time-axis.ts';
import type { TimeAxis } from '../../../ui/time-axis.ts';
import type { Cursor } from './grid-keys.ts';
import type { RowKey } from './planner-rows.ts';

export const SCALES = ['day', 'week', 'month'] as const;
export type Scale = (typeof SCALES)[number];
export type SidePanel = 'issues' | 'requests' | 'history';

/** A change that is on its way to the engine, shown at once. */
export interface Pending {
  readonly change: ShiftChange;
  /** The engine has answered; the plan that has it comes next, or after one that was on its way before. */
  readonly isAnswered: boolean;
  /** A plan without it has come since. */
  readonly isOverdue?: true;
}

/** Something that was done to the draft, with what brings the draft back. */
export interface Step {
  readonly label: string;
  readonly inverse: readonly ShiftChange[];
}

export type PlannerDialog =
  | { readonly kind: 'shift'; readonly shiftId: ShiftId | null; readonly body: ShiftBody }
  | { readonly kind: 'override'; readonly shiftId: ShiftId }
  | { readonly kind: 'absence'; readonly agentId: string; readonly epochDay: number }
  | { readonly kind: 'publish' }
  | { readonly kind: 'generate'; readonly rotationIds: readonly RotationId[] | null }
  | { readonly kind: 'fill'; readonly templateId: TemplateId | null }
  | { readonly kind: 'patterns' }
  | { readonly kind: 'ics' }
  | { readonly kind: 'export' };

/** What the planner is looking at, for as long as the window lives. The plan itself is the engine's. */
export interface PlannerState {
  readonly scale: Scale;
  /** A day within what is shown; null: today. */
  readonly date: LocalDate | null;
  /** The zone whose days are shown; null: the viewer's. */
  readonly zone: string | null;
  readonly layer: PlanLayer;
  readonly collapsed: ReadonlySet<RowKey>;
  readonly isStripOpen: boolean;
  readonly selected: ReadonlySet<ShiftId>;
  readonly cursor: Cursor | null;
  /** The cursor was moved by key or by a click: it wants the focus. */
  readonly focusRequest: number;
  readonly pending: ReadonlyMap<ShiftId, Pending>;
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
  readonly clipboard: readonly ShiftBody[];
  readonly side: SidePanel | null;
  /** Issues that nobody has to act on at once are listed, too. */
  readonly hasMinorIssues: boolean;
  readonly dialog: PlannerDialog | null;
  /** A time to scroll to, and the row when it is one row's. */
  readonly reveal: { readonly at: Instant; readonly rowKey: RowKey | null } | null;
  /** Told to screen readers. */
  readonly spoken: string;
}

const FRESH: PlannerState = {
  scale: 'week',
  date: null,
  zone: null,
  layer: 'draft',
  collapsed: new Set(),
  isStripOpen: true,
  selected: new Set(),
  cursor: null,
  focusRequest: 0,
  pending: new Map(),
  done: [],
  undone: [],
  clipboard: [],
  side: null,
  hasMinorIssues: false,
  dialog: null,
  reveal: null,
  spoken: '',
};

export const usePlanner = create<PlannerState>()(() => FRESH);

export function setScale(scale: Scale): void {
  usePlanner.setState({ scale });
}

/** The days that are shown: the day, its week from Monday on, or its month. */
export function shownAxis(scale: Scale, date: LocalDate, zone: string): TimeAxis {
  const day = epochDayOf(date);
  if (scale === 'day') return dayAxis(zone, date, 1);
  if (scale === 'week') return dayAxis(zone, dateOfEpochDay(day - WEEKDAYS.indexOf(weekdayOfEpochDay(day))), 7);
  const first = epochDayOf({ ...date, day: 1 });
  return dayAxis(zone, dateOfEpochDay(first), monthAfter(first) - first);
}

function monthAfter(firstDay: number): number {
  const { year, month } = dateOfEpochDay(firstDay);
  return epochDayOf(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 });
}

/** The day that the window before or after the shown one is made from. */
export function steppedDate(scale: Scale, date: LocalDate, direction: -1 | 1): LocalDate {
  const day = epochDayOf(date);
  if (scale === 'day') return dateOfEpochDay(day + direction);
  if (scale === 'week') return dateOfEpochDay(day + 7 * direction);
  const first = epochDayOf({ ...date, day: 1 });
  return direction === 1 ? dateOfEpochDay(monthAfter(first)) : { ...dateOfEpochDay(first - 1), day: 1 };
}

/** Shows the window before or after; `zone` tells what today is when nothing was chosen yet. */
export function stepWindow(direction: -1 | 1, zone: string, now: Instant): void {
  usePlanner.setState(({ scale, date }) => ({ date: steppedDate(scale, date ?? localDateOf(zone, now), direction) }));
}

/** Shows a time, in the scale that is on. */
export function showTime(zone: string, at: Instant, rowKey: RowKey | null = null): void {
  usePlanner.setState({ date: localDateOf(zone, at), reveal: { at, rowKey } });
}

export function select(shiftIds: Iterable<ShiftId>): void {
  usePlanner.setState({ selected: new Set(shiftIds) });
}

export function toggleSelected(shiftId: ShiftId): void {
  usePlanner.setState(({ selected }) => {
    const next = new Set(selected);
    if (!next.delete(shiftId)) next.add(shiftId);
    return { selected: next };
  });
}

/** Puts the cursor somewhere and the focus on it. */
export function focusOn(cursor: Cursor): void {
  usePlanner.setState(({ focusRequest }) => ({ cursor, focusRequest: focusRequest + 1 }));
}

export function toggleCollapsed(key: RowKey): void {
  usePlanner.setState(({ collapsed }) => {
    const next = new Set(collapsed);
    if (!next.delete(key)) next.add(key);
    return { collapsed: next };
  });
}

let focusedBefore: Element | null = null;

/** Opens a dialog, or closes the one that is open; then the focus goes back to where it was, or to the plan. */
export function openDialog(dialog: PlannerDialog | null): void {
  const { dialog: before, cursor } = usePlanner.getState();
  if (before === null && dialog !== null) focusedBefore = document.activeElement;
  usePlanner.setState({ dialog });
  if (dialog !== null) return;
  const former = focusedBefore;
  focusedBefore = null;
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    if (former instanceof HTMLElement && former.isConnected && former !== document.body) former.focus();
    else if (cursor !== null) focusOn(cursor);
  });
}

export function toggleSide(side: SidePanel): void {
  usePlanner.setState((state) => ({ side: state.side === side ? null : side }));
}

export function say(spoken: string): void {
  usePlanner.setState({ spoken });
}
