import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { body, date, drafted, HARUKA, LISBON, local, LUCIA, setUp, shiftId, SINGAPORE, TOMAS, TURNS } from './roster-team.ts';
import { publish } from '../../src/shared/domain/coverage/draft.ts';
import type { Shift, ShiftChange } from '../../src/shared/domain/coverage/plan.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { zoneDataInUse } from '../../src/main/engine/usecases/zone-data.ts';
import type { EngineToPage, PageToEngine } from '../../src/shared/contract/define.ts';

/** A Tuesday noon in Lisbon. */
const NOW = instant(Date.UTC(2026, 10, 24, 12));
const WEEK = { from: instant(Date.UTC(2026, 10, 30)), to: instant(Date.UTC(2026, 11, 7)) };
const ONE = drafted('one', body(TOMAS.agentId, '2026-12-01T09:00', '2026-12-01T17:00'));
const TWO = drafted('two', body(LUCIA.agentId, '2026-12-02T09:00', '2026-12-02T17:00'));

function utc(day: number, hour: number, month = 11): Instant {
  return instant(Date.UTC(2026, month, day, hour));
}

let station: Workstation;
let now: Instant = NOW;
let me: AgentId;
beforeEach(async () => {
  now = NOW;
  station = await startWorkstation({ clock: { now: () => now } });
  me = await setUp(station);
});
afterEach(() => station[Symbol.asyncDispose]());

async function edit(...changes: readonly ShiftChange[]): Promise<readonly ShiftChange[]> {
  return (await station.ask('plan.edit', { opId: op(), changes })).inverse;
}
async function publishAll(note = ''): Promise<ReturnType<typeof makeId<'pub'>>> {
  return (await station.ask('plan.publish', { opId: op(), note })).publicationId;
}
async function shifts(): Promise<readonly Shift[]> {
  return (await station.ask('plan.window', WEEK)).shifts;
}
/** Somebody else is the lead, so that the person at this desk is not. */
async function demote(): Promise<void> {
  await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: { ...LUCIA, tiers: ['L2', 'lead'] } }] });
}
/** The person at this desk becomes somebody else of the team. */
function sitDown(agentId: AgentId): void {
  station.engine.store.write((tx) => tx.run('UPDATE agents SET is_me = (uid = @agentId)', { agentId }));
}
async function code(answer: Promise<{ readonly ok: boolean } & object>): Promise<string> {
  const result = (await answer) as { readonly ok: boolean; readonly error?: { readonly code: string } };
  return result.ok ? 'ok' : (result.error?.code ?? '');
}

describe('the draft', () => {
  test('instants are derived from wall times, whatever the page made of them', async () => {
    await edit(
      drafted('spring', body(null, '2027-03-28T01:30', '2027-03-28T09:00', { breaks: [lunch('2027-03-28')] })),
      drafted('singapore', body(HARUKA.agentId, '2026-12-01T09:00', '2026-12-01T18:00', { zone: SINGAPORE.zone })),
    );
    const all = await station.ask('plan.window', { from: NOW, to: instant(Date.UTC(2027, 3, 1)) });
    expect(all.shifts.map(({ draft }) => (draft.kind === 'changed' ? draft.body : null))).toMatchObject([
      { startAt: utc(1, 1), endAt: utc(1, 10), zoneData: zoneDataInUse() },
      // 01:30 does not exist that night: it is 02:30 by the new clock.
      {
        startAt: Date.UTC(2027, 2, 28, 1, 30),
        endAt: Date.UTC(2027, 2, 28, 8),
        breaks: [{ startAt: Date.UTC(2027, 2, 28, 4), endAt: Date.UTC(2027, 2, 28, 5) }],
      },
    ]);
  });

  test('is changed and brought back by inverses, also of several changes of one shift', async () => {
    await edit(ONE);
    await publishAll();
    const before = await shifts();
    const longer = drafted('one', body(TOMAS.agentId, '2026-12-01T09:00', '2026-12-01T19:00'));
    const inverse = await edit(longer, { shiftId: shiftId('one'), draft: { kind: 'removed' } }, TWO);
    expect(inverse).toHaveLength(2);
    expect((await station.ask('plan.window', WEEK)).drafted).toBe(2);
    const redo = await edit(...inverse);
    expect(await shifts()).toEqual(before);
    await edit(...redo);
    expect((await shifts()).map((shift) => shift.draft.kind)).toEqual(['removed', 'changed']);
  });

  test('a change that changes nothing is no event, and an edit of what is published is no draft', async () => {
    await edit(ONE);
    await publishAll();
    const events = countEvents();
    expect(await edit(ONE)).toEqual([]);
    expect(countEvents()).toBe(events);
    expect((await station.ask('plan.window', WEEK)).drafted).toBe(0);
  });

  test('what was never published and is drafted no more leaves no row', async () => {
    const inverse = await edit(ONE);
    await edit(...inverse);
    expect(station.engine.store.read((db) => db.all('SELECT uid FROM shifts'))).toEqual([]);
  });

  test.each([
    ['unknown-zone', drafted('x', body(null, '2026-12-01T09:00', '2026-12-01T17:00', { zone: 'Europe/Atlantis' }))],
    ['unknown-agent', drafted('x', body(makeId('agt', 'nobody'), '2026-12-01T09:00', '2026-12-01T17:00'))],
    ['invalid', drafted('x', body(null, '2026-12-01T09:00', '2026-12-01T17:00', { hubId: makeId('hub', 'nowhere') }))],
    [
      'invalid',
      drafted('x', { ...body(null, '2026-12-01T09:00', '2026-12-01T17:00'), endLocal: { ...local('2026-11-30T17:00'), day: 31 } }),
    ],
  ])('is refused with %s, all or nothing', async (expected, wrong) => {
    expect(await code(station.call('plan.edit', { opId: op(), changes: [ONE, wrong] }))).toBe(expected);
    expect(await shifts()).toEqual([]);
  });

  test('the same operation again changes nothing and answers the same', async () => {
    const opId = op();
    const first = await station.ask('plan.edit', { opId, changes: [ONE] });
    await publishAll();
    expect(await station.ask('plan.edit', { opId, changes: [TWO] })).toEqual(first);
    expect(await shifts()).toMatchObject([{ shiftId: shiftId('one'), revision: 1 }]);
  });

  test('is thrown away and brought back', async () => {
    expect(await code(station.call('plan.discard', { opId: op() }))).toBe('nothing-drafted');
    await edit(ONE, TWO);
    const before = await shifts();
    const { inverse } = await station.ask('plan.discard', { opId: op() });
    expect(await shifts()).toEqual([]);
    await edit(...inverse);
    expect(await shifts()).toEqual(before);
  });

  test('is made of rotations, once, and leaves out what is there', async () => {
    const range = { rotationIds: [TURNS.rotationId], from: date('2026-11-30'), to: date('2026-12-04') };
    const { made, inverse } = await station.ask('plan.generate', { opId: op(), ...range });
    expect(made).toBe(5);
    const first = await shifts();
    const people = new Set(first.map(({ draft }) => (draft.kind === 'changed' ? draft.body.agentId : null)));
    expect(people.size).toBe(1);
    expect(await station.ask('plan.generate', { opId: op(), ...range })).toEqual({ made: 0, inverse: [] });
    // Somebody moved one of them by months, and one was published: neither is made again.
    const [moved, kept] = first;
    if (moved === undefined || kept?.draft.kind !== 'changed') throw new Error('nothing was made');
    await edit({ shiftId: moved.shiftId, draft: { kind: 'changed', body: body(null, '2027-02-01T09:00', '2027-02-01T17:00') } });
    await publishAll();
    expect(await station.ask('plan.generate', { opId: op(), ...range })).toMatchObject({ made: 0 });
    await edit(...inverse);
    expect(await code(station.call('plan.generate', { opId: op(), ...range, rotationIds: [makeId('rot', 'none')] }))).toBe('not-found');
    expect(await code(station.call('plan.generate', { opId: op(), ...range, to: date('2028-12-04') }))).toBe('too-long');
    const far = { ...range, from: date('2126-11-30'), to: date('2126-12-04') };
    expect(await code(station.call('plan.generate', { opId: op(), ...far }))).toBe('beyond-plan');
  });

  test('takes no shift of a wrong year, and no question about a century', async () => {
    const write = (start: string, end: string): Promise<string> =>
      code(station.call('plan.edit', { opId: op(), changes: [drafted('one', body(TOMAS.agentId, start, end))] }));
    expect(await write('2062-12-01T09:00', '2062-12-01T17:00')).toBe('beyond-plan');
    expect(await write('2026-12-01T09:00', '2062-12-01T17:00')).toBe('beyond-plan');
    expect(await write('2026-12-01T09:00', '2026-12-31T09:00')).toBe('ok');
    const century = { from: instant(Date.UTC(2000, 1, 1)), to: instant(Date.UTC(2099, 1, 1)) };
    expect(await code(station.call('plan.window', century))).toBe('invalid');
    expect(await code(station.call('coverage.fairness', century))).toBe('invalid');
  });

  test('is not made of more shifts at once than can be taken back at once', async () => {
    const seats = { ...TURNS, rotationId: makeId('rot', 'crowd'), seats: 500, supersedes: null };
    await station.ask('roster.save', { opId: op(), changes: [{ kind: 'rotation', rotation: seats }] });
    const year = { rotationIds: [seats.rotationId], from: date('2026-11-30'), to: date('2027-11-30') };
    expect(await code(station.call('plan.generate', { opId: op(), ...year }))).toBe('too-long');
    expect((await station.ask('plan.window', WEEK)).drafted).toBe(0);
  });
});

function lunch(day: string): ReturnType<typeof body>['breaks'][number] {
  return { startLocal: local(`${day}T05:00`), endLocal: local(`${day}T06:00`), startAt: NOW, endAt: NOW };
}
function countEvents(): number {
  return station.engine.store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM events')?.count ?? 0);
}

describe('publishing', () => {
  test('makes of the rows what the rules make of them, and tells whom it concerns', async () => {
    await edit(ONE, TWO);
    const rows = await shifts();
    const diff = await station.ask('plan.diff', {});
    expect(diff).toMatchObject({
      changes: [
        { shiftId: shiftId('one'), before: null },
        { shiftId: shiftId('two'), before: null },
      ],
      problems: [],
    });
    expect(diff.told.map((told) => told.agentId)).toEqual([LUCIA.agentId, TOMAS.agentId]);
    const first = await station.ask('plan.publish', { opId: op(), note: 'December' });
    expect(first.changed).toBe(2);
    expect(await shifts()).toEqual(publish(rows).shifts);
    expect((await station.ask('plan.diff', {})).changes).toEqual([]);
    expect(await code(station.call('plan.publish', { opId: op(), note: '' }))).toBe('nothing-drafted');
    expect(await station.ask('plan.publications', { limit: 10 })).toMatchObject([
      { publicationId: first.publicationId, note: 'December', changed: 2, byName: 'Ana Reis', reverts: null, isRevertible: true, at: NOW },
    ]);
  });

  test('says which shortfalls come and go by it', async () => {
    // The requirement wants somebody in Lisbon on Mondays from nine to five.
    const monday = drafted('monday', body(TOMAS.agentId, '2026-11-30T08:00', '2026-11-30T17:00'));
    await edit(monday);
    const { closed, opened } = await station.ask('plan.diff', {});
    expect(closed).toMatchObject([{ kind: 'gap', from: utc(30, 9, 10), to: utc(30, 17, 10) }]);
    expect(opened).toEqual([]);
    await publishAll();
    await edit({ shiftId: shiftId('monday'), draft: { kind: 'removed' } });
    expect(await station.ask('plan.diff', {})).toMatchObject({
      opened: [{ kind: 'gap', from: utc(30, 9, 10), to: utc(30, 17, 10) }],
      closed: [],
      told: [{ agentId: TOMAS.agentId, shifts: [{ kind: 'removed' }] }],
    });
  });

  test('is refused while somebody would work two shifts at once, or a shift has no length', async () => {
    await edit(ONE, drafted('double', body(TOMAS.agentId, '2026-12-01T16:00', '2026-12-01T20:00')));
    expect((await station.ask('plan.diff', {})).problems.map(({ problem }) => problem.code)).toContain('overlap');
    expect(await code(station.call('plan.publish', { opId: op(), note: '' }))).toBe('has-errors');
    await edit(drafted('double', body(LUCIA.agentId, '2026-12-01T16:00', '2026-12-01T16:00')));
    expect(await code(station.call('plan.publish', { opId: op(), note: '' }))).toBe('has-errors');
    expect(await shifts()).toMatchObject([{ published: null }, { published: null }]);
  });

  test('sees an overlap with what was published before', async () => {
    await edit(ONE);
    await publishAll();
    await edit(drafted('double', body(TOMAS.agentId, '2026-12-01T16:00', '2026-12-01T20:00')));
    expect(await code(station.call('plan.publish', { opId: op(), note: '' }))).toBe('has-errors');
  });

  test('is taken back by a publishing, which can be taken back', async () => {
    await edit(ONE, TWO);
    const first = await publishAll();
    const published = await shifts();
    const back = await station.ask('plan.revert', { opId: op(), publicationId: first });
    expect(back).toMatchObject({ changed: 2, conflicts: [] });
    expect(await shifts()).toEqual([]);
    expect((await station.ask('plan.publications', { limit: 10 })).map((row) => [row.reverts, row.isRevertible])).toEqual([
      [first, true],
      [null, false],
    ]);
    expect(await code(station.call('plan.revert', { opId: op(), publicationId: makeId('pub', 'none') }))).toBe('not-found');
    if (back.publicationId === null) throw new Error('nothing was taken back');
    await station.ask('plan.revert', { opId: op(), publicationId: back.publicationId });
    // Back as it was, but for the counter that calendars go by.
    expect(await shifts()).toEqual(published.map((shift) => ({ ...shift, revision: 3 })));
  });

  test('a shift that was changed since is a conflict and stays', async () => {
    await edit(ONE, TWO);
    const first = await publishAll();
    await edit(drafted('one', body(LUCIA.agentId, '2026-12-01T09:00', '2026-12-01T17:00')));
    await publishAll();
    expect(await station.ask('plan.revert', { opId: op(), publicationId: first })).toMatchObject({
      changed: 1,
      conflicts: [shiftId('one')],
    });
    expect(await shifts()).toMatchObject([{ shiftId: shiftId('one'), published: { agentId: LUCIA.agentId } }]);
    const conflicts = await station.ask('plan.revert', { opId: op(), publicationId: first });
    expect(conflicts).toEqual({ publicationId: null, changed: 0, conflicts: [shiftId('one'), shiftId('two')] });
  });

  test('a draft stays on top of what is taken back', async () => {
    await edit(ONE);
    const first = await publishAll();
    await edit(drafted('one', body(LUCIA.agentId, '2026-12-01T10:00', '2026-12-01T17:00')));
    await station.ask('plan.revert', { opId: op(), publicationId: first });
    expect(await shifts()).toMatchObject([{ published: null, cancelled: { agentId: TOMAS.agentId }, draft: { kind: 'changed' } }]);
  });

  test('is for leads alone once there is one', async () => {
    await edit(ONE);
    await demote();
    expect((await station.ask('roster.get', {})).canPlan).toBe(false);
    const publicationId = makeId('pub', 'any');
    const calls = [
      station.call('plan.edit', { opId: op(), changes: [TWO] }),
      station.call('plan.generate', { opId: op(), rotationIds: [TURNS.rotationId], from: date('2026-12-01'), to: date('2026-12-02') }),
      station.call('plan.publish', { opId: op(), note: '' }),
      station.call('plan.discard', { opId: op() }),
      station.call('plan.revert', { opId: op(), publicationId }),
      station.call('plan.cancelOverride', { opId: op(), overrideId: makeId('ovr', 'any') }),
      station.call('plan.decideSwap', { opId: op(), swapId: makeId('swp', 'none'), approve: true }),
      station.call('plan.override', { opId: op(), shiftId: shiftId('one'), agentIn: null, ...wall('09:00', '10:00'), reason: '' }),
      station.call('roster.save', { opId: op(), changes: [{ kind: 'hub', hub: LISBON }] }),
      station.call('plan.dismissZoneNotice', { opId: op() }),
    ];
    for (const call of calls) expect(await code(call)).toBe('not-a-lead');
  });

  test('a second page sees it at once', async () => {
    const { page, heard, close } = attach();
    page({ t: 'subscribe', id: 1, name: 'plan.window', input: WEEK, isShown: true });
    await expect.poll(() => heard.length).toBe(1);
    await edit(ONE);
    await publishAll();
    await expect.poll(() => revisionOf(heard.at(-1))).toBe(1);
    close();
  });
});

function wall(start: string, end: string): { zone: string; startLocal: ReturnType<typeof local>; endLocal: ReturnType<typeof local> } {
  return { zone: LISBON.zone, startLocal: local(`2026-12-01T${start}`), endLocal: local(`2026-12-01T${end}`) };
}
function revisionOf(message: EngineToPage | undefined): number | null {
  if (message?.t !== 'data' || !message.result.ok) return null;
  return (message.result.value as { readonly shifts: readonly Shift[] }).shifts[0]?.revision ?? null;
}
function attach(): { page: (message: PageToEngine) => void; heard: EngineToPage[]; close: () => void } {
  const heard: EngineToPage[] = [];
  let listener: (message: PageToEngine) => void = () => {};
  let closed = (): void => {};
  station.engine.attachPage({
    post: (message: EngineToPage) => heard.push(message),
    onMessage: (each: (message: PageToEngine) => void) => {
      listener = each;
    },
    onClose: (each: () => void) => {
      closed = each;
    },
  });
  return { page: (message) => listener(message), heard, close: () => closed() };
}

describe('covers', () => {
  beforeEach(async () => {
    await edit(ONE);
    await publishAll();
  });
  const give = (start: string, end: string, agentIn: AgentId | null = LUCIA.agentId): ReturnType<typeof station.call<'plan.override'>> =>
    station.call('plan.override', { opId: op(), shiftId: shiftId('one'), agentIn, ...wall(start, end), reason: 'dentist' });

  test('count at once and are called off before they begin', async () => {
    const answer = await give('09:00', '11:00');
    if (!answer.ok) throw new Error(answer.error.code);
    expect((await station.ask('plan.window', WEEK)).overrides).toMatchObject([
      { shiftId: shiftId('one'), agentIn: LUCIA.agentId, by: me, startAt: utc(1, 9), endAt: utc(1, 11), isCancelled: false },
    ]);
    const { overrideId } = answer.value;
    await station.ask('plan.cancelOverride', { opId: op(), overrideId });
    expect((await station.ask('plan.window', WEEK)).overrides).toMatchObject([{ overrideId, isCancelled: true }]);
    const second = await give('09:00', '11:00');
    now = utc(1, 10);
    if (!second.ok) throw new Error(second.error.code);
    expect(await code(station.call('plan.cancelOverride', { opId: op(), overrideId: second.value.overrideId }))).toBe('has-begun');
  });

  test('are refused where they mean nothing', async () => {
    expect(await code(give('08:00', '10:00'))).toBe('outside-shift');
    expect(await code(give('10:00', '10:00'))).toBe('no-length');
    expect(await code(give('09:00', '10:00', makeId('agt', 'nobody')))).toBe('unknown-agent');
    const input = { opId: op(), shiftId: shiftId('one'), agentIn: null, reason: '' };
    expect(await code(station.call('plan.override', { ...input, ...wall('09:00', '10:00'), zone: 'Europe/Atlantis' }))).toBe(
      'unknown-zone',
    );
    expect(await code(station.call('plan.override', { ...input, opId: op(), ...wall('09:00', '10:00'), shiftId: shiftId('none') }))).toBe(
      'not-found',
    );
  });

  test('of a shift that begins before the window are in it', async () => {
    await give('09:00', '10:00');
    expect((await station.ask('plan.window', { from: utc(1, 16), to: utc(2, 0) })).overrides).toHaveLength(1);
  });
});

describe('time off', () => {
  const ask = (agentId: AgentId, isApproved = false): ReturnType<typeof station.call<'plan.requestAbsence'>> =>
    station.call('plan.requestAbsence', { opId: op(), agentId, kind: 'pto', ...wall('00:00', '23:59'), note: 'Porto', isApproved });
  const decide = (absenceId: ReturnType<typeof makeId<'abs'>>, state: 'approved' | 'declined' | 'cancelled'): Promise<string> =>
    code(station.call('plan.decideAbsence', { opId: op(), absenceId, state }));

  test('is asked for by oneself, approved by a lead, and called off by both', async () => {
    await demote();
    expect(await code(ask(TOMAS.agentId))).toBe('not-a-lead');
    expect(await code(ask(me, true))).toBe('not-a-lead');
    const mine = await ask(me);
    if (!mine.ok) throw new Error(mine.error.code);
    const { absenceId } = mine.value;
    expect(await decide(absenceId, 'approved')).toBe('not-a-lead');
    expect((await station.ask('plan.requests', {})).absences).toMatchObject([{ absenceId }]);
    sitDown(LUCIA.agentId);
    expect(await decide(absenceId, 'approved')).toBe('ok');
    expect((await station.ask('plan.requests', {})).absences).toEqual([]);
    expect(await decide(absenceId, 'declined')).toBe('already-decided');
    sitDown(me);
    expect(await station.ask('plan.mine', {})).toMatchObject({ absences: [{ absenceId, state: 'approved', decidedBy: LUCIA.agentId }] });
    expect(await decide(absenceId, 'cancelled')).toBe('ok');
    expect(await decide(absenceId, 'cancelled')).toBe('already-decided');
    expect(await decide(makeId('abs', 'none'), 'cancelled')).toBe('not-found');
  });

  test('takes what it takes: the shortfalls are told before', async () => {
    await edit(drafted('monday', body(TOMAS.agentId, '2026-11-30T08:00', '2026-11-30T17:00')));
    await publishAll();
    const off = { agentId: TOMAS.agentId, zone: LISBON.zone, startLocal: local('2026-11-30T12:00'), endLocal: local('2026-12-01T00:00') };
    expect(await station.ask('plan.checkAbsence', off)).toMatchObject({
      opened: [{ kind: 'gap', from: utc(30, 12, 10), to: utc(30, 17, 10) }],
    });
    expect(await station.ask('plan.checkAbsence', { ...off, agentId: LUCIA.agentId })).toEqual({ opened: [] });
    await station.ask('plan.requestAbsence', { opId: op(), kind: 'sick', note: '', isApproved: true, ...off });
    expect((await station.ask('plan.window', WEEK)).absences).toMatchObject([{ state: 'approved', decidedBy: me, kind: 'sick' }]);
  });

  test('is refused where it means nothing', async () => {
    const input = { kind: 'pto' as const, note: '', isApproved: false, agentId: me };
    const of = (change: object): Promise<string> =>
      code(station.call('plan.requestAbsence', { opId: op(), ...input, ...wall('09:00', '10:00'), ...change }));
    expect(await of({ agentId: makeId('agt', 'nobody') })).toBe('unknown-agent');
    expect(await of({ zone: 'Europe/Atlantis' })).toBe('unknown-zone');
    expect(await of(wall('10:00', '09:00'))).toBe('no-length');
    expect(await of({ endLocal: { ...local('2026-11-30T10:00'), day: 31 } })).toBe('invalid');
  });
});
