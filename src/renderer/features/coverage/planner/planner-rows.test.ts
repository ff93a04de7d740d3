import { expect, test } from 'vitest';
import { fakeRoster, fakeShifts } from '../../../../../test/renderer/preview/fake-plan.ts';
import type { Shift, ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import { HOUR_MS, instant } from '../../../../shared/domain/time.ts';
import { dayAxis } from '../../../ui/time-axis.ts';
import { withPending } from './edit-plan.ts';
import { agentKey, openKey, placed, plannerRows, shiftsByRow } from './planner-rows.ts';

const axis = dayAxis('UTC', { year: 2026, month: 11, day: 2 }, 7);
const roster = fakeRoster(6);
const shifts = fakeShifts(roster, axis.days[0]?.epochDay ?? 0, 7);
const [first] = shifts;
if (first?.published === null || first === undefined) throw new Error('no shift');
const body: ShiftBody = first.published;
const key = agentKey(roster.agents[0]?.agentId ?? ('' as never));
const later: ShiftBody = { ...body, startAt: instant(body.startAt + HOUR_MS), endAt: instant(body.endAt + HOUR_MS) };
const draft = (change: Shift['draft']): Shift => ({ ...first, draft: change });

test('hubs come from east to west, each with its open shifts and its people by name', () => {
  const rows = plannerRows(roster, axis.from, new Set(), new Set());
  expect(rows.filter((row) => row.kind === 'hub').map((row) => row.hub?.name)).toEqual(['Singapore', 'Lisbon', 'New York']);
  expect(rows.slice(0, 2).map((row) => row.kind)).toEqual(['hub', 'open']);
  const names = rows
    .filter((row) => row.kind === 'agent' && row.hub?.name === 'Lisbon')
    .map((row) => (row.kind === 'agent' ? row.agent.name : ''));
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
});

test('a collapsed hub keeps its own row only', () => {
  const [hub] = plannerRows(roster, axis.from, new Set(), new Set());
  const rows = plannerRows(roster, axis.from, new Set([hub?.key ?? '']), new Set());
  expect(rows.filter((row) => row.groupKey === hub?.key).map((row) => row.kind)).toEqual(['hub']);
});

test('who left the team is shown as long as they have a shift in the window', () => {
  const gone = { ...roster, agents: roster.agents.map((agent, index) => (index === 0 ? { ...agent, isActive: false } : agent)) };
  const isThere = (busy: readonly string[]): boolean =>
    plannerRows(gone, axis.from, new Set(), new Set(busy)).some((row) => row.key === key);
  expect([isThere([]), isThere([key])]).toEqual([false, true]);
});

test('drafts look like what they do', () => {
  const look = (shift: Shift): string | undefined => placed(shift, 'draft')?.look;
  expect(look(first)).toBe('published');
  expect(look(draft({ kind: 'removed' }))).toBe('removed');
  expect(look(draft({ kind: 'changed', body: later }))).toBe('moved');
  expect(look(draft({ kind: 'changed', body: { ...body, note: 'Bring the key' } }))).toBe('changed');
  expect(look(draft({ kind: 'changed', body }))).toBe('published');
  expect(look({ ...first, published: null, draft: { kind: 'changed', body } })).toBe('new');
  expect(placed({ ...first, published: null, draft: { kind: 'changed', body } }, 'published')).toBeNull();
  expect(placed(draft({ kind: 'removed' }), 'published')?.look).toBe('published');
});

test('a moved shift leaves a shadow where it was, in its former person’s row', () => {
  const other = roster.agents[1]?.agentId ?? null;
  const rows = shiftsByRow([draft({ kind: 'changed', body: { ...body, agentId: other } })], 'draft', axis.from, axis.to, new Map());
  expect(rows.get(key)?.shadows).toHaveLength(1);
  expect(rows.get(key)?.shifts).toHaveLength(0);
  expect(rows.get(agentKey(other ?? ('' as never)))?.shifts).toHaveLength(1);
});

test('open shifts that overlap lie side by side, and those that only touch do not', () => {
  const open = (id: number, from: number, hours: number): Shift => ({
    ...first,
    shiftId: `shf_${id}` as Shift['shiftId'],
    published: {
      ...body,
      agentId: null,
      startAt: instant(body.startAt + from * HOUR_MS),
      endAt: instant(body.startAt + (from + hours) * HOUR_MS),
    },
  });
  const rows = shiftsByRow([open(1, 0, 8), open(2, 4, 8), open(3, 8, 4), open(4, 9, 1)], 'published', axis.from, axis.to, new Map());
  const row = rows.get(openKey(body.hubId));
  expect(row?.shifts.map((each) => each.lane)).toEqual([0, 1, 0, 2]);
  expect(row?.lanes).toBe(3);
});

test('rows in which nothing changed stay the same objects', () => {
  const before = shiftsByRow(shifts, 'draft', axis.from, axis.to, new Map());
  const changedShifts = shifts.map((shift) => (shift === first ? draft({ kind: 'removed' }) : shift));
  const after = shiftsByRow(changedShifts, 'draft', axis.from, axis.to, before);
  const same = [...before.keys()].filter((each) => before.get(each) === after.get(each));
  expect(same).toHaveLength(before.size - 1);
  expect(same).not.toContain(key);
});

test('what is on its way to the engine is shown over what it said last', () => {
  const fresh = 'shf_fresh' as Shift['shiftId'];
  const pending = new Map([
    [first.shiftId, { change: { shiftId: first.shiftId, draft: { kind: 'removed' as const } }, isAnswered: false }],
    [fresh, { change: { shiftId: fresh, draft: { kind: 'changed' as const, body: later } }, isAnswered: false }],
  ]);
  const shown = withPending(shifts, pending);
  expect(shown.find((shift) => shift.shiftId === first.shiftId)?.draft.kind).toBe('removed');
  expect(shown.at(-1)).toMatchObject({ shiftId: fresh, published: null, draft: { kind: 'changed' } });
  expect(shown.filter((shift) => shifts.includes(shift))).toHaveLength(shifts.length - 1);
});
