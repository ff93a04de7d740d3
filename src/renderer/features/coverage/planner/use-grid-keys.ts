import type { KeyboardEvent } from 'react';
import { clock } from '../../../state/clock-store.ts';
import { IS_MAC } from '../../../ui/platform.ts';
import { redoStep, undoStep } from './edit-plan.ts';
import { moved, settled } from './grid-keys.ts';
import type { Cursor, GridModel, GridMove } from './grid-keys.ts';
import { selectAt } from './planner-actions.ts';
import type { PlannerActions } from './planner-actions.ts';
import { focusOn, select, steppedDate, stepWindow, toggleCollapsed, toggleSelected, usePlanner } from './planner.store.ts';
import { STEP_MINUTES } from './shift-edit.ts';
import type { PlannerData } from './use-planner-data.ts';
import { localDateOf } from '../../../../shared/domain/time/zone.ts';

/** Everything that the plan does by key while the focus is in it. */
export function gridKeyHandler(data: PlannerData, actions: PlannerActions): (event: KeyboardEvent<HTMLElement>) => void {
  const model: GridModel = { rows: data.rows, days: data.axis.days, shiftsOf: data.shiftsOf };
  return (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element) || event.target.closest('[data-stop],[data-shift]') === null) return;
    const isMod = IS_MAC ? event.metaKey : event.ctrlKey;
    const isMirrored = getComputedStyle(event.currentTarget).direction === 'rtl';
    const isTaken =
      event.altKey && !isMod
        ? altKey(event, actions, isMirrored)
        : isMod
          ? modKey(event, actions)
          : plainKey(event, data, model, actions, isMirrored);
    if (!isTaken) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function altKey(event: KeyboardEvent, actions: PlannerActions, isMirrored: boolean): boolean {
  const sign = { ArrowLeft: isMirrored ? 1 : -1, ArrowRight: isMirrored ? -1 : 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (sign === undefined || actions.targets().length === 0) return false;
  const isAcross = event.key === 'ArrowUp' || event.key === 'ArrowDown';
  if (event.shiftKey) actions.resize(isAcross ? 'start' : 'end', sign * STEP_MINUTES);
  else if (isAcross) actions.moveRow(sign === 1 ? 1 : -1);
  else actions.nudge(sign * STEP_MINUTES);
  return true;
}

function modKey(event: KeyboardEvent, actions: PlannerActions): boolean {
  switch (event.key.toLowerCase()) {
    case 'd':
      actions.copyByDays(event.shiftKey ? 7 : 1);
      return true;
    case 'c':
      actions.copy();
      return true;
    case 'v':
      actions.paste();
      return true;
    case 'a':
      actions.selectAll();
      return true;
    case 'z':
      void (event.shiftKey ? redoStep() : undoStep());
      return true;
    case 'y':
      void redoStep();
      return true;
    default:
      return false;
  }
}

const MOVES: Readonly<Record<string, GridMove>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

function plainKey(event: KeyboardEvent, data: PlannerData, model: GridModel, actions: PlannerActions, isMirrored: boolean): boolean {
  const cursor = settled(model, usePlanner.getState().cursor);
  if (cursor === null) return false;
  const isHub = data.rows.find((row) => row.key === cursor.rowKey)?.kind === 'hub';
  const move = moveOf(event.key, isMirrored);
  if (move !== null) {
    if (isHub && (move === 'left' || move === 'right')) {
      if ((move === 'left') !== usePlanner.getState().collapsed.has(cursor.rowKey)) toggleCollapsed(cursor.rowKey);
    } else {
      moveCursor(data, model, cursor, move, event.shiftKey);
    }
    return true;
  }
  if (isHub && (event.key === 'Enter' || event.key === ' ')) {
    toggleCollapsed(cursor.rowKey);
    return true;
  }
  return actOnKey(event.key, data, cursor, actions);
}

function moveOf(key: string, isMirrored: boolean): GridMove | null {
  if (key === 'ArrowLeft') return isMirrored ? 'right' : 'left';
  if (key === 'ArrowRight') return isMirrored ? 'left' : 'right';
  return MOVES[key] ?? null;
}

function moveCursor(data: PlannerData, model: GridModel, cursor: Cursor, move: GridMove, isExtending: boolean): void {
  const next = moved(model, cursor, move);
  if (next === null) return;
  if (next === 'earlier' || next === 'later') {
    leaveWindow(data, cursor.rowKey, next === 'earlier' ? -1 : 1);
    return;
  }
  selectAt(data, next, cursor, isExtending);
  focusOn(next);
}

function actOnKey(key: string, data: PlannerData, cursor: Cursor, actions: PlannerActions): boolean {
  switch (key) {
    case 'Enter':
      actions.open();
      return true;
    case ' ':
      if (cursor.shiftId !== null) toggleSelected(cursor.shiftId);
      return true;
    case 'n':
      actions.create();
      return true;
    case 'Delete':
    case 'Backspace':
      actions.remove();
      return true;
    case 'PageUp':
    case 'PageDown':
      stepWindow(key === 'PageUp' ? -1 : 1, data.zone, clock.now());
      return true;
    case 'Escape':
      if (usePlanner.getState().selected.size < 2) return false;
      select([]);
      return true;
    default:
      return false;
  }
}

/** Over the edge of what is shown: the next window, at its near end. */
function leaveWindow(data: PlannerData, rowKey: string, direction: -1 | 1): void {
  const { scale, date } = usePlanner.getState();
  usePlanner.setState({ date: steppedDate(scale, date ?? localDateOf(data.zone, clock.now()), direction) });
  const edge = direction === 1 ? data.axis.days.at(-1) : data.axis.days[0];
  if (edge !== undefined) focusOn({ rowKey, epochDay: edge.epochDay + direction, shiftId: null });
}
