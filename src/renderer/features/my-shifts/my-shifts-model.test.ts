import { expect, test } from 'vitest';
import type { MyTurn } from '../../../shared/contract/coverage.contract.ts';
import { EMPTY_PLAN } from '../../../shared/domain/coverage/plan.ts';
import type { Override, Plan, Shift, ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { dateOfEpochDay, formatLocalDate } from '../../../shared/domain/time/local-time.ts';
import { nextTurn, nextTurnChange, ownShifts, shiftsOf, turnWeeks } from './my-shifts-model.ts';

const at = (iso: string): Instant => instant(Date.parse(iso));
const turn = (shift: string, from: string, to: string): MyTurn => ({
  shiftId: makeId('shf', shift),
  from: at(from),
  to: at(to),
  hubId: null,
  isOverride: false,
  note: '',
});

// A night shift over the change of the clocks in New York, which is 9 hours long, and one cut by a break.
const turns = [
  turn('day', '2026-11-04T14:00Z', '2026-11-04T18:00Z'),
  turn('night', '2026-11-01T02:00Z', '2026-11-01T11:00Z'),
  turn('day', '2026-11-04T19:00Z', '2026-11-04T22:00Z'),
];

test('the next turn is the one that runs, to the instant that it ends', () => {
  expect(nextTurn(turns, at('2026-11-01T01:00Z'))).toMatchObject({ isNow: false, turn: { shiftId: 'shf_night' } });
  expect(nextTurn(turns, at('2026-11-01T02:00Z'))).toMatchObject({ isNow: true, turn: { shiftId: 'shf_night' } });
  expect(nextTurn(turns, at('2026-11-01T11:00Z'))).toMatchObject({ isNow: false, turn: { from: at('2026-11-04T14:00Z') } });
  expect(nextTurn(turns, at('2026-11-04T22:00Z'))).toBeNull();
  expect(nextTurnChange(turns, at('2026-11-01T01:00Z'))).toBe(at('2026-11-01T02:00Z'));
  expect(nextTurnChange(turns, at('2026-11-01T03:00Z'))).toBe(at('2026-11-01T11:00Z'));
});

test('weeks are those of the zone, and count real hours', () => {
  const weeks = turnWeeks(turns, 'America/New_York', at('2026-10-31T00:00Z'));
  // The night begins on Saturday evening in New York, a Sunday in UTC; both are in the week of 26 October.
  expect(weeks.map((week) => [formatLocalDate(dateOfEpochDay(week.monday)), week.totalMs / HOUR_MS])).toEqual([
    ['2026-10-26', 9],
    ['2026-11-02', 7],
  ]);
  // In Apia the same instant is on Sunday, still in that week; in a zone where it is Monday it moves.
  expect(turnWeeks([turn('late', '2026-11-01T23:30Z', '2026-11-02T04:00Z')], 'Asia/Kathmandu', at('2026-10-31T00:00Z'))[0]?.monday).toBe(
    weeks[1]?.monday,
  );
});

test('a shift cut by a break is one shift to give away', () => {
  expect(ownShifts(turns, at('2026-11-01T12:00Z'))).toEqual([
    { shiftId: makeId('shf', 'day'), from: at('2026-11-04T14:00Z'), to: at('2026-11-04T22:00Z') },
  ]);
});

test('what may be taken in return is published, to come, and nobody else’s by an override', () => {
  const ben = makeId('agt', 'ben');
  const body = (from: string, to: string, agentId: ShiftBody['agentId'] = ben): ShiftBody => ({
    zone: 'UTC',
    startLocal: { year: 2026, month: 11, day: 1, hour: 0, minute: 0, second: 0 },
    endLocal: { year: 2026, month: 11, day: 1, hour: 0, minute: 0, second: 0 },
    startAt: at(from),
    endAt: at(to),
    zoneData: '2026c',
    agentId,
    hubId: null,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  });
  const shift = (id: string, published: ShiftBody | null): Shift => ({
    shiftId: makeId('shf', id),
    revision: 1,
    published,
    cancelled: null,
    draft: { kind: 'same' },
  });
  const override = (id: string, isCancelled: boolean): Override => ({
    ...body('2026-11-03T09:00Z', '2026-11-03T10:00Z'),
    overrideId: makeId('ovr', id),
    shiftId: makeId('shf', id),
    agentIn: null,
    reason: '',
    by: null,
    at: at('2026-11-01T00:00Z'),
    swapId: null,
    isCancelled,
  });
  const plan: Plan = {
    ...EMPTY_PLAN,
    shifts: [
      shift('begun', body('2026-11-01T09:00Z', '2026-11-01T17:00Z')),
      shift('later', body('2026-11-05T09:00Z', '2026-11-05T17:00Z')),
      shift('free', body('2026-11-04T09:00Z', '2026-11-04T17:00Z')),
      shift('covered', body('2026-11-03T09:00Z', '2026-11-03T17:00Z')),
      shift('others', body('2026-11-04T09:00Z', '2026-11-04T17:00Z', makeId('agt', 'ana'))),
      shift('draft', null),
    ],
    overrides: [override('covered', false), override('free', true)],
  };
  expect(shiftsOf(plan, ben, at('2026-11-01T12:00Z')).map((each) => each.shiftId)).toEqual(['shf_free', 'shf_later']);
});
