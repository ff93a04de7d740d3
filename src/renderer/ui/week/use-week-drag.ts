import type { PointerEvent as ReactPointerEvent } from 'react';
import { useState } from 'react';
import { DAY_MINUTES } from '../../../shared/domain/time/calendar.ts';
import type { Week } from '../../../shared/domain/time/calendar.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import type { Weekday } from '../../../shared/domain/time/local-time.ts';
import { addWindow, moveWindow, resizeWindow, STEP_MINUTES, windowOf } from './week-edit.ts';
import type { EditedWeek, WindowPlace } from './week-edit.ts';

interface Drag {
  readonly kind: 'create' | 'move' | 'open' | 'close';
  /** Where it began. */
  readonly minute: number;
  readonly day: number;
  readonly place: WindowPlace | null;
  readonly from: Week;
  readonly now: EditedWeek;
}

interface WeekDrag {
  /** The week as it would be if the pointer were let go now; null while nothing is dragged. */
  readonly shown: EditedWeek | null;
  readonly handlers: {
    readonly onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: ReactPointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: ReactPointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
  };
  readonly cancel: () => void;
}

/**
 * Dragging on a week: an empty place makes a window, a window moves, its ends resize it. The grid keeps the pointer, not
 * the window: that one may move to another row. Elements tell what they are by `data-day`, `data-index` and `data-edge`.
 */
export function useWeekDrag(week: Week, onChange: (edited: EditedWeek) => void): WeekDrag {
  const [drag, setDrag] = useState<Drag | null>(null);

  const onPointerDown = (event: ReactPointerEvent<HTMLElement>): void => {
    const point = pointOf(event);
    if (event.button !== 0 || point === null || !(event.target instanceof Element)) return;
    const window = event.target.closest<HTMLElement>('[data-index]');
    const edge = event.target.closest<HTMLElement>('[data-edge]')?.dataset['edge'];
    const weekday = WEEKDAYS.find((each) => each === window?.dataset['day']);
    const place = window === null || weekday === undefined ? null : { weekday, index: Number(window.dataset['index']) };
    const kind = place === null ? 'create' : edge === 'open' || edge === 'close' ? edge : 'move';
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ kind, ...point, place, from: week, now: { week, place } });
  };
  const onPointerMove = (event: ReactPointerEvent<HTMLElement>): void => {
    const point = drag === null ? null : pointOf(event);
    if (drag !== null && point !== null) setDrag({ ...drag, now: dragged(drag, point) });
  };
  const onPointerUp = (): void => {
    if (drag === null) return;
    setDrag(null);
    if (drag.now.week !== drag.from) onChange(drag.now);
  };
  return {
    shown: drag?.now ?? null,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: () => setDrag(null) },
    cancel: () => setDrag(null),
  };
}

function dragged({ kind, minute, day, place, from }: Drag, to: { readonly minute: number; readonly day: number }): EditedWeek {
  // An end that is dragged into another row goes on past midnight, or comes back from there.
  const days = Math.min(1, Math.max(-1, to.day - day));
  const minutes = snapped(to.minute) - snapped(minute);
  if (place === null || kind === 'create') return created(from, day, snapped(minute), snapped(to.minute) + Math.max(0, days) * DAY_MINUTES);
  if (kind === 'move') {
    return minutes === 0 && to.day === day ? { week: from, place } : moveWindow(from, place, minutes, to.day - day);
  }
  const wanted = minutes + days * DAY_MINUTES;
  return wanted === 0 ? { week: from, place } : resizeWindow(from, place, kind, wanted);
}

function created(from: Week, day: number, a: number, b: number): EditedWeek {
  const start = Math.min(a, b, DAY_MINUTES - STEP_MINUTES);
  const length = Math.min(DAY_MINUTES, Math.max(a, b) - start);
  if (a === b || length < STEP_MINUTES) return { week: from, place: null };
  const weekday: Weekday = WEEKDAYS[day] ?? 'mon';
  return addWindow(from, weekday, windowOf(start, length));
}

function snapped(minute: number): number {
  return Math.round(minute / STEP_MINUTES) * STEP_MINUTES;
}

/** The day and the minute under the pointer; null while nothing is laid out. */
function pointOf(event: ReactPointerEvent<HTMLElement>): { readonly day: number; readonly minute: number } | null {
  const tracks = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-track]')];
  const boxes = tracks.map((track) => track.getBoundingClientRect());
  const [first] = boxes;
  if (first === undefined || first.width === 0) return null;
  const below = boxes.findIndex((box) => event.clientY < box.bottom);
  const isMirrored = getComputedStyle(event.currentTarget).direction === 'rtl';
  const share = (isMirrored ? first.right - event.clientX : event.clientX - first.left) / first.width;
  return { day: below === -1 ? boxes.length - 1 : below, minute: Math.min(1, Math.max(0, share)) * DAY_MINUTES };
}
