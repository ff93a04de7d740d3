import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { body, drafted, HARUKA, local, LISBON, LUCIA, setUp, shiftId, TOMAS } from './roster-team.ts';
import type { Input } from '../../src/shared/contract/contract.ts';
import type { MyShifts } from '../../src/shared/contract/coverage.contract.ts';
import type { ShiftBody } from '../../src/shared/domain/coverage/plan.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, SwapId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

/** A Tuesday noon in Lisbon. */
const NOW = instant(Date.UTC(2026, 10, 24, 12));
const at = (month: number, day: number, hour: number): Instant => instant(Date.UTC(2026, month - 1, day, hour));
/** A Monday, on which somebody of Lisbon is wanted from nine to five. */
const MONDAY = { shiftId: shiftId('monday'), fromAt: at(11, 30, 9), toAt: at(11, 30, 17), returnShiftId: null };
const TUESDAY = { shiftId: shiftId('tuesday'), fromAt: at(12, 1, 9), toAt: at(12, 1, 17), returnShiftId: null };

let station: Workstation;
let now: Instant = NOW;
let lead: AgentId;
beforeEach(async () => {
  now = NOW;
  station = await startWorkstation({ clock: { now: () => now } });
  lead = await setUp(station);
  const lisbon = (agentId: AgentId, day: string, change: Partial<ShiftBody> = {}): ShiftBody =>
    body(agentId, `${day}T09:00`, `${day}T17:00`, change);
  await station.ask('plan.edit', {
    opId: op(),
    changes: [
      drafted('monday', lisbon(TOMAS.agentId, '2026-11-30')),
      drafted('tuesday', lisbon(TOMAS.agentId, '2026-12-01')),
      drafted('wednesday', lisbon(LUCIA.agentId, '2026-12-02')),
      drafted('soon', body(TOMAS.agentId, '2026-11-24T11:00', '2026-11-24T15:00', { note: 'at the desk' })),
    ],
  });
  await station.ask('plan.publish', { opId: op(), note: '' });
  await station.ask('roster.save', {
    opId: op(),
    changes: [{ kind: 'agent', agent: { ...TOMAS, agentId: lead, name: 'Ana Reis', tiers: ['lead'] } }],
  });
});
afterEach(() => station[Symbol.asyncDispose]());

/** The person at this desk becomes somebody else of the team. */
function sitDown(agentId: AgentId): void {
  station.engine.store.write((tx) => tx.run('UPDATE agents SET is_me = (uid = @agentId)', { agentId }));
}
async function mine(agentId: AgentId): Promise<MyShifts> {
  sitDown(agentId);
  const found = await station.ask('plan.mine', {});
  if (found === null) throw new Error('nobody is here');
  return found;
}
async function ask(proposal: Omit<Input<'plan.askSwap'>, 'opId' | 'reason'>): Promise<SwapId> {
  sitDown(TOMAS.agentId);
  return (await station.ask('plan.askSwap', { opId: op(), ...proposal, reason: 'family' })).swapId;
}
async function answer(who: AgentId, swapId: SwapId, what: 'accept' | 'refuse' | 'withdraw'): Promise<string> {
  sitDown(who);
  const result = await station.call('plan.answerSwap', { opId: op(), swapId, answer: what });
  return result.ok ? 'ok' : result.error.code;
}
async function decide(swapId: SwapId, approve = true, who: AgentId = lead): Promise<string> {
  sitDown(who);
  const result = await station.call('plan.decideSwap', { opId: op(), swapId, approve });
  return result.ok ? 'ok' : `${result.error.code} (${result.error.detail})`;
}
async function overrides(): Promise<readonly object[]> {
  return (await station.ask('plan.window', { from: NOW, to: at(12, 7, 0) })).overrides;
}

describe('a swap', () => {
  test('is asked, accepted, approved, and becomes a cover', async () => {
    const swapId = await ask({ ...TUESDAY, toAgent: LUCIA.agentId });
    expect(await station.ask('plan.requests', {})).toMatchObject({
      swaps: [{ swapId }],
      shifts: [{ shiftId: TUESDAY.shiftId }],
      absences: [],
    });
    expect((await mine(LUCIA.agentId)).swaps).toMatchObject([{ swapId, state: 'asked', canIAccept: true }]);
    expect(await answer(LUCIA.agentId, swapId, 'accept')).toBe('ok');
    expect(await overrides()).toEqual([]);
    expect(await decide(swapId)).toBe('ok');
    expect((await station.ask('plan.requests', {})).swaps).toEqual([]);
    expect(await overrides()).toMatchObject([
      {
        shiftId: TUESDAY.shiftId,
        agentIn: LUCIA.agentId,
        startAt: TUESDAY.fromAt,
        endAt: TUESDAY.toAt,
        swapId,
        by: lead,
        reason: 'family',
      },
    ]);
    expect((await mine(TOMAS.agentId)).swaps).toMatchObject([{ swapId, state: 'approved', decidedBy: lead, canIAccept: false }]);
    expect((await mine(LUCIA.agentId)).turns.map((turn) => [turn.shiftId, turn.isOverride])).toEqual([
      [shiftId('tuesday'), true],
      [shiftId('wednesday'), false],
    ]);
    expect((await mine(TOMAS.agentId)).turns.map((turn) => turn.shiftId)).toEqual([shiftId('soon'), shiftId('monday')]);
  });

  test('of a part of a shift leaves the rest where it is', async () => {
    const swapId = await ask({ ...TUESDAY, fromAt: at(12, 1, 13), toAgent: null });
    await answer(LUCIA.agentId, swapId, 'accept');
    expect(await decide(swapId)).toBe('ok');
    expect((await mine(TOMAS.agentId)).turns.at(-1)).toMatchObject({ from: at(12, 1, 9), to: at(12, 1, 13), hubId: LISBON.hubId });
  });

  test('in exchange becomes two covers', async () => {
    const swapId = await ask({ ...TUESDAY, toAgent: LUCIA.agentId, returnShiftId: shiftId('wednesday') });
    await answer(LUCIA.agentId, swapId, 'accept');
    expect(await decide(swapId)).toBe('ok');
    expect(await overrides()).toMatchObject([
      { shiftId: shiftId('tuesday'), agentIn: LUCIA.agentId },
      { shiftId: shiftId('wednesday'), agentIn: TOMAS.agentId },
    ]);
  });

  test('that would open a gap is refused with the reason, and nothing changes', async () => {
    const swapId = await ask({ ...MONDAY, toAgent: HARUKA.agentId });
    await answer(HARUKA.agentId, swapId, 'accept');
    sitDown(lead);
    const check = await station.ask('plan.checkSwap', { ...MONDAY, toAgent: HARUKA.agentId });
    expect(check).toMatchObject({
      refusals: [{ code: 'opens-gap', agentId: null }],
      opened: [{ kind: 'gap', from: MONDAY.fromAt, to: MONDAY.toAt }],
    });
    expect(await decide(swapId)).toBe('opens-gap (opens-gap)');
    expect(await overrides()).toEqual([]);
    expect((await mine(TOMAS.agentId)).swaps).toMatchObject([{ swapId, state: 'accepted' }]);
    expect(await decide(swapId, false)).toBe('ok');
    expect((await mine(TOMAS.agentId)).swaps).toMatchObject([{ state: 'refused', decidedBy: lead }]);
    expect(await decide(swapId, false)).toContain('already-decided');
  });

  test('with somebody who can not work then is refused for that', async () => {
    const swapId = await ask({ ...TUESDAY, toAgent: LUCIA.agentId });
    await answer(LUCIA.agentId, swapId, 'accept');
    sitDown(lead);
    await station.ask('plan.requestAbsence', {
      opId: op(),
      agentId: LUCIA.agentId,
      kind: 'sick',
      zone: LISBON.zone,
      startLocal: local('2026-12-01T00:00'),
      endLocal: local('2026-12-02T00:00'),
      note: '',
      isApproved: true,
    });
    expect(await decide(swapId)).toBe('check-failed (absent)');
  });

  test('waits for its people: nobody has accepted, somebody else is asked, it is withdrawn', async () => {
    const swapId = await ask({ ...TUESDAY, toAgent: LUCIA.agentId });
    expect(await decide(swapId)).toBe('nobody-accepted ()');
    expect(await decide(swapId, true, LUCIA.agentId)).toBe('not-a-lead ()');
    expect(await answer(HARUKA.agentId, swapId, 'accept')).toBe('not-mine');
    expect(await answer(LUCIA.agentId, swapId, 'withdraw')).toBe('not-mine');
    expect(await answer(TOMAS.agentId, swapId, 'accept')).toBe('not-mine');
    expect(await answer(LUCIA.agentId, swapId, 'accept')).toBe('ok');
    expect(await answer(LUCIA.agentId, swapId, 'accept')).toBe('already-decided');
    expect(await answer(LUCIA.agentId, swapId, 'refuse')).toBe('ok');
    expect(await answer(TOMAS.agentId, swapId, 'withdraw')).toBe('already-decided');
    const second = await ask({ ...TUESDAY, toAgent: null });
    expect(await answer(HARUKA.agentId, second, 'refuse')).toBe('not-mine');
    expect(await answer(TOMAS.agentId, second, 'withdraw')).toBe('ok');
    expect(await answer(HARUKA.agentId, makeId('swp', 'none'), 'accept')).toBe('not-found');
    expect(await decide(makeId('swp', 'none'))).toContain('not-found');
  });

  test('that anybody may take is shown to who can', async () => {
    await ask({ ...TUESDAY, toAgent: null });
    expect((await mine(LUCIA.agentId)).swaps).toMatchObject([{ canIAccept: true }]);
    sitDown(lead);
    await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: { ...LUCIA, isActive: false } }] });
    expect((await mine(LUCIA.agentId)).swaps).toEqual([]);
  });

  test('is asked for one\u2019s own shift to come alone', async () => {
    const call = async (who: AgentId, change: object): Promise<string> => {
      sitDown(who);
      const result = await station.call('plan.askSwap', { opId: op(), ...TUESDAY, toAgent: HARUKA.agentId, reason: '', ...change });
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await call(LUCIA.agentId, {})).toBe('not-mine');
    expect(await call(TOMAS.agentId, { toAgent: TOMAS.agentId })).toBe('not-mine');
    expect(await call(TOMAS.agentId, { toAt: at(12, 1, 18) })).toBe('outside-shift');
    expect(await call(TOMAS.agentId, { shiftId: shiftId('none') })).toBe('not-found');
    expect(await call(TOMAS.agentId, { shiftId: shiftId('soon'), fromAt: at(11, 24, 11), toAt: at(11, 24, 15) })).toBe('in-the-past');
  });
});

describe('my shifts', () => {
  test('are from the one that runs on, whole, for eight weeks', async () => {
    expect((await mine(TOMAS.agentId)).turns).toMatchObject([
      { shiftId: shiftId('soon'), from: at(11, 24, 11), to: at(11, 24, 15), note: 'at the desk' },
      { shiftId: shiftId('monday') },
      { shiftId: shiftId('tuesday') },
    ]);
    now = at(11, 24, 15);
    expect((await mine(TOMAS.agentId)).turns).toHaveLength(2);
    expect(await mine(HARUKA.agentId)).toMatchObject({ agentId: HARUKA.agentId, zone: 'Asia/Singapore', turns: [], notices: [] });
  });

  test('are not those that somebody is away for', async () => {
    sitDown(lead);
    await station.ask('plan.requestAbsence', {
      opId: op(),
      agentId: TOMAS.agentId,
      kind: 'training',
      zone: LISBON.zone,
      startLocal: local('2026-11-30T12:00'),
      endLocal: local('2026-12-02T00:00'),
      note: '',
      isApproved: true,
    });
    expect((await mine(TOMAS.agentId)).turns).toMatchObject([
      { shiftId: shiftId('soon') },
      { shiftId: shiftId('monday'), from: at(11, 30, 9), to: at(11, 30, 12) },
    ]);
  });

  test('tell what was published, late or not, until it was acknowledged', async () => {
    sitDown(lead);
    const late = drafted('late', body(LUCIA.agentId, '2026-11-25T09:00', '2026-11-25T17:00'));
    await station.ask('plan.edit', { opId: op(), changes: [late] });
    const { publicationId } = await station.ask('plan.publish', { opId: op(), note: '' });
    const { notices } = await mine(LUCIA.agentId);
    expect(notices).toMatchObject([
      { publicationId, byName: 'Ana Reis', shifts: [{ shiftId: shiftId('late'), kind: 'added', isLate: true }] },
      { shifts: [{ shiftId: shiftId('wednesday'), kind: 'added', isLate: false }] },
    ]);
    await station.ask('plan.dismissNotices', { opId: op() });
    expect((await mine(LUCIA.agentId)).notices).toEqual([]);
    expect((await mine(TOMAS.agentId)).notices).toHaveLength(1);
  });
});
