import { describe, expect, test } from 'vitest';
import { ability, agent, assignment, date, hour, roster } from '../../../../test/coverage/team.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { nextAvailable, onNow, promiseFeasible } from './on-now.ts';
import type { Assignment } from './plan.ts';
import { EVERYBODY } from './roster.ts';

const mei = agent('mei', { tiers: ['L2'] });
const ada = agent('ada', { tiers: ['L2'] });
const tom = agent('tom', { tiers: ['L1'] });
const TEAM = roster({ agents: [mei, tom, ada] });
const L2 = { ...EVERYBODY, tiers: ['L2'] as const };
const HALF = 30 * MINUTE_MS;

describe('who is on now', () => {
  const shifts = [
    assignment(mei, 0, 4),
    assignment(mei, 4, 8),
    assignment(tom, 2, 10),
    assignment(ada, 1, 3),
    assignment(ada, 5, 9),
    assignment(ada, 30, 38),
  ];

  test('are those who qualify, by name, until they stop working', () => {
    const found = onNow(TEAM, shifts, EVERYBODY, hour(2));
    expect(found.on).toEqual([
      { agentId: ada.agentId, until: hour(3), shiftId: 'shf_ada-1' },
      { agentId: mei.agentId, until: hour(8), shiftId: 'shf_mei-0' },
      { agentId: tom.agentId, until: hour(10), shiftId: 'shf_tom-2' },
    ]);
    expect(found.next).toEqual([]);
    expect(onNow(TEAM, shifts, L2, hour(6)).on.map((each) => each.shiftId)).toEqual(['shf_ada-5', 'shf_mei-4']);
  });

  test('begin with the first instant of a shift and end before its last', () => {
    expect(onNow(TEAM, shifts, L2, hour(0)).on.map((each) => each.agentId)).toEqual([mei.agentId]);
    expect(onNow(TEAM, shifts, L2, hour(8)).on.map((each) => each.agentId)).toEqual([ada.agentId]);
    expect(onNow(TEAM, shifts, L2, hour(9)).on).toEqual([]);
  });

  test('is somebody who is back from a break among those who come next', () => {
    expect(onNow(TEAM, shifts, L2, hour(4)).next).toEqual([{ agentId: ada.agentId, from: hour(5), until: hour(9), shiftId: 'shf_ada-5' }]);
    expect(onNow(TEAM, shifts, EVERYBODY, hour(-1)).next.map((each) => each.agentId)).toEqual([mei.agentId, ada.agentId, tom.agentId]);
    expect(onNow(TEAM, shifts, EVERYBODY, hour(40))).toEqual({ at: hour(40), on: [], next: [] });
  });

  test('looks at what somebody can do at that time', () => {
    const lin = agent('lin', { skills: [ability('kyc', { from: date('2026-06-02') })] });
    const team = roster({ agents: [lin] });
    const kyc = { ...EVERYBODY, skills: ['kyc'] };
    const found = onNow(team, [assignment(lin, 20, 28)], kyc, hour(21));
    expect(found.on).toEqual([]);
    expect(found.next).toEqual([{ agentId: lin.agentId, from: hour(24), until: hour(28), shiftId: 'shf_lin-20' }]);
  });
});

describe('who is available next', () => {
  function available(shifts: readonly Assignment[], at: number, effortMs: number, wrapUpMs = HALF) {
    return nextAvailable(TEAM, shifts, L2, hour(at), effortMs, wrapUpMs);
  }
  const shifts = [assignment(mei, 0, 8), assignment(tom, 0, 24), assignment(ada, 9, 17)];

  test('is somebody who is there, when enough of their turn is left', () => {
    expect(available(shifts, 5, 2.5 * HOUR_MS)).toEqual({
      agentId: mei.agentId,
      shiftId: 'shf_mei-0',
      from: hour(5),
      doneAt: hour(7.5),
      turnEndsAt: hour(8),
    });
  });

  test('is the next who comes, when it is not', () => {
    expect(available(shifts, 5, 2.5 * HOUR_MS + 1)).toMatchObject({ agentId: ada.agentId, from: hour(9) });
    expect(available(shifts, 7.5, 0)).toMatchObject({ agentId: ada.agentId });
    expect(available(shifts, 7.4, 0)).toMatchObject({ agentId: mei.agentId });
  });

  test('is nobody, when nobody who can has so much time', () => {
    expect(available(shifts, 5, 8 * HOUR_MS)).toBeNull();
    expect(available([], 0, 0)).toBeNull();
  });

  test('does not begin on a break and does not work through one', () => {
    const turn = { turnEndsAt: hour(8), shiftId: assignment(mei, 0, 8).shiftId };
    const broken = [assignment(mei, 0, 4, turn), assignment(mei, 5, 8, turn)];
    expect(available(broken, 4.5, HOUR_MS)).toMatchObject({ from: hour(5), doneAt: hour(6) });
    expect(available(broken, 3, 3 * HOUR_MS)).toMatchObject({ from: hour(3), doneAt: hour(7) });
    expect(available(broken, 3, 4 * HOUR_MS)).toBeNull();
  });

  test('of two who can begin at once is the one who is done first, then the first by name', () => {
    const broken = [assignment(ada, 0, 1, { turnEndsAt: hour(8) }), assignment(ada, 2, 8, { turnEndsAt: hour(8) }), assignment(mei, 0, 8)];
    expect(available(broken, 0, 3 * HOUR_MS)).toMatchObject({ agentId: mei.agentId });
    expect(available(broken, 0, HOUR_MS)).toMatchObject({ agentId: ada.agentId });
  });

  test('does not count twice the time of somebody with two shifts at once', () => {
    const twice = [assignment(mei, 0, 4), assignment(mei, 0.5, 4)];
    expect(available(twice, 0, 4 * HOUR_MS, 0)).toMatchObject({ doneAt: hour(4) });
    expect(available(twice, 0, 4 * HOUR_MS + 1, 0)).toBeNull();
  });
});

describe('a promise', () => {
  const shifts = [assignment(mei, 0, 8), assignment(tom, 0, 24)];

  test.each([
    [8.5, 1, true],
    [9, 1, false],
    [9, 1.5, true],
    [8, 0, true],
    [8.01, 0, false],
    [0, 4, false],
    [0.01, 0, true],
  ])('due at hour %d with %d hours before it can be kept: %s', (due, prep, expected) => {
    expect(promiseFeasible(TEAM, shifts, L2, hour(due), prep * HOUR_MS)).toBe(expected);
  });
});
