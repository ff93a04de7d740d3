import { expect, test } from 'vitest';
import { fakeRoster, fakeShifts } from '../../../../../test/renderer/preview/fake-plan.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { dayAxis } from '../../../ui/time-axis.ts';
import { moved, settled, stopsOf } from './grid-keys.ts';
import type { Cursor, GridModel, GridMove } from './grid-keys.ts';
import { agentKey, EMPTY_ROW, plannerRows, shiftsByRow } from './planner-rows.ts';

const axis = dayAxis('UTC', { year: 2026, month: 11, day: 2 }, 7);
const monday = axis.days[0]?.epochDay ?? 0;
const roster = fakeRoster(6);
const shifts = shiftsByRow(fakeShifts(roster, monday, 7), 'published', axis.from, axis.to, new Map());
const model: GridModel = {
  rows: plannerRows(roster, instant(axis.from), new Set(), new Set(shifts.keys())),
  days: axis.days,
  shiftsOf: (key) => shifts.get(key) ?? EMPTY_ROW,
};
const [first] = roster.agents;
if (first === undefined) throw new Error('no team');
const rowKey = agentKey(first.agentId);

function walk(from: Cursor, ...moves: readonly GridMove[]): Cursor | 'earlier' | 'later' | null {
  let at: Cursor = from;
  for (const [index, move] of moves.entries()) {
    const next = moved(model, at, move);
    if (next === null || typeof next === 'string') return index === moves.length - 1 ? next : null;
    at = next;
  }
  return at;
}

const start = settled(model, { rowKey, epochDay: monday, shiftId: null });

test('a row has a stop for every shift and for every day without one', () => {
  const row = model.rows.find((each) => each.key === rowKey);
  const stops = row === undefined ? [] : stopsOf(row, model.shiftsOf(rowKey), axis.days);
  expect(stops.map((stop) => stop.shiftId !== null)).toEqual([true, true, true, true, true, false, false]);
});

test('a cursor on a day lands on the shift of that day', () => {
  expect(start).toMatchObject({ rowKey, epochDay: monday });
  expect(start?.shiftId).not.toBeNull();
});

test('arrows go from shift to shift, then to empty days, then out of the window', () => {
  if (start === null) throw new Error('no cursor');
  expect(walk(start, 'right', 'right')).toMatchObject({ epochDay: monday + 2 });
  expect(walk(start, 'last')).toMatchObject({ epochDay: monday + 6, shiftId: null });
  expect(walk(start, 'last', 'right')).toBe('later');
  expect(walk(start, 'left')).toBe('earlier');
  expect(walk(start, 'right', 'first')).toEqual(start);
});

test('going down keeps the day, also across the row of a hub', () => {
  if (start === null) throw new Error('no cursor');
  const friday = walk(start, 'right', 'right', 'right', 'right');
  if (friday === null || typeof friday === 'string') throw new Error('no Friday');
  const rows = model.rows.map((row) => row.kind);
  const from = model.rows.findIndex((row) => row.key === rowKey);
  const hub = rows.indexOf('hub', from);
  const downs = Array.from({ length: hub - from }, (): GridMove => 'down');
  const onHub = walk(friday, ...downs);
  expect(onHub).toMatchObject({ epochDay: monday + 4, shiftId: null });
  if (onHub === null || typeof onHub === 'string') throw new Error('no hub below');
  expect(settled(model, onHub)).toEqual(onHub);
  expect(walk(onHub, 'left')).toBeNull();
  const below = walk(onHub, 'down', 'down');
  expect(below).toMatchObject({ epochDay: monday + 4 });
  expect(below !== null && typeof below !== 'string' && below.shiftId !== null).toBe(true);
});

test('a cursor whose shift has gone stays on its day', () => {
  if (start === null || start.shiftId === null) throw new Error('no shift');
  const without = new Map(shifts);
  const row = model.shiftsOf(rowKey);
  without.set(rowKey, { ...row, shifts: row.shifts.filter((each) => each.shiftId !== start.shiftId) });
  const gone: GridModel = { ...model, shiftsOf: (key) => without.get(key) ?? EMPTY_ROW };
  expect(settled(gone, start)).toEqual({ rowKey, epochDay: monday, shiftId: null });
});

test('a row that has gone gives way to the first person', () => {
  expect(settled(model, { rowKey: 'agent:agt_gone', epochDay: monday, shiftId: null })?.rowKey).toMatch(/^agent:/u);
});
