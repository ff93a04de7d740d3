import type { ShiftId } from '../../../../shared/domain/ids.ts';
import type { AxisDay } from '../../../ui/time-axis.ts';
import type { LanedShift, PlannerRow, RowKey, RowShifts } from './planner-rows.ts';

/**
 * Moving through the plan by key. Every row has a stop for each day, and on days with shifts one for each of them;
 * exactly one stop of the plan is reached by Tab.
 */

export interface Stop {
  readonly epochDay: number;
  readonly shiftId: ShiftId | null;
}

export interface Cursor extends Stop {
  readonly rowKey: RowKey;
}

/** The shifts of a row by the day they start on, those that began before the window on its first day. */
export function shiftsOfDay(shifts: readonly LanedShift[], days: readonly AxisDay[], index: number): readonly LanedShift[] {
  const day = days[index];
  if (day === undefined) return [];
  return shifts.filter(({ body }) => body.startAt < day.to && (index === 0 || body.startAt >= day.from));
}

/** All stops of a row from left to right; a hub's row has a single one. */
export function stopsOf(row: PlannerRow, shifts: RowShifts, days: readonly AxisDay[]): readonly Stop[] {
  if (row.kind === 'hub') return [{ epochDay: days[0]?.epochDay ?? 0, shiftId: null }];
  return days.flatMap((day, index): readonly Stop[] => {
    const own = shiftsOfDay(shifts.shifts, days, index);
    if (own.length === 0) return [{ epochDay: day.epochDay, shiftId: null }];
    return own.map(({ shiftId }) => ({ epochDay: day.epochDay, shiftId }));
  });
}

/** The place in the list of stops that a cursor is at; the nearest one by day when its shift is gone; -1 for no stops. */
export function stopIndex(stops: readonly Stop[], at: Stop): number {
  const exact = stops.findIndex((stop) => stop.shiftId === at.shiftId && (at.shiftId !== null || stop.epochDay === at.epochDay));
  if (exact !== -1) return exact;
  const sameDay = stops.findIndex((stop) => stop.epochDay >= at.epochDay);
  return sameDay === -1 ? stops.length - 1 : sameDay;
}

export type GridMove = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'top' | 'bottom';

export interface GridModel {
  readonly rows: readonly PlannerRow[];
  readonly days: readonly AxisDay[];
  readonly shiftsOf: (key: RowKey) => RowShifts;
}

/** Where a cursor really is, when rows or shifts have gone since; null while there is nothing. */
export function settled(model: GridModel, cursor: Cursor | null): Cursor | null {
  const row = model.rows.find((each) => each.key === cursor?.rowKey) ?? model.rows.find((each) => each.kind === 'agent') ?? model.rows[0];
  const [first] = model.days;
  if (row === undefined || first === undefined) return null;
  // A hub's row is one stop; the day is kept for the rows below it.
  if (row.kind === 'hub') return { rowKey: row.key, epochDay: cursor?.epochDay ?? first.epochDay, shiftId: null };
  const stops = stopsOf(row, model.shiftsOf(row.key), model.days);
  const stop = stops[stopIndex(stops, cursor ?? { epochDay: first.epochDay, shiftId: null })];
  return stop === undefined ? null : { rowKey: row.key, ...stop };
}

/**
 * The cursor after a move.
 * @returns `earlier` or `later` when the move leaves the window at that side; null when there is nowhere to go
 */
export function moved(model: GridModel, cursor: Cursor, move: GridMove): Cursor | 'earlier' | 'later' | null {
  const index = model.rows.findIndex((row) => row.key === cursor.rowKey);
  const row = model.rows[index];
  if (row === undefined) return settled(model, null);
  const stops = stopsOf(row, model.shiftsOf(row.key), model.days);
  const at = stopIndex(stops, cursor);
  const toStop = (next: number): Cursor | null => {
    const stop = stops[next];
    return stop === undefined ? null : { rowKey: row.key, ...stop };
  };
  const toRow = (next: number): Cursor | null => {
    const other = model.rows[next];
    if (other === undefined) return null;
    if (other.kind === 'hub') return { rowKey: other.key, epochDay: cursor.epochDay, shiftId: null };
    const others = stopsOf(other, model.shiftsOf(other.key), model.days);
    const stop = others[stopIndex(others, { epochDay: cursor.epochDay, shiftId: null })];
    return stop === undefined ? null : { rowKey: other.key, ...stop };
  };
  switch (move) {
    case 'left':
      return row.kind === 'hub' ? null : at === 0 ? 'earlier' : toStop(at - 1);
    case 'right':
      return row.kind === 'hub' ? null : at === stops.length - 1 ? 'later' : toStop(at + 1);
    case 'first':
      return toStop(0);
    case 'last':
      return toStop(stops.length - 1);
    case 'up':
      return toRow(index - 1);
    case 'down':
      return toRow(index + 1);
    case 'top':
      return toRow(0);
    case 'bottom':
      return toRow(model.rows.length - 1);
  }
}
