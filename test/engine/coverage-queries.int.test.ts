import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrive } from './arriving.ts';
import { ANYBODY, body, drafted, LISBON, LUCIA, setUp, shiftId, SINGAPORE, TOMAS, HARUKA, local } from './roster-team.ts';
import { op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { DEFAULT_STAFFING } from '../../src/shared/domain/coverage/demand.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import type { ShiftChange } from '../../src/shared/domain/coverage/plan.ts';
import type { AgentId, CaseId } from '../../src/shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** A Wednesday morning at nine, in Lisbon and in UTC; tests move the clock by hand. */
const T0 = Date.UTC(2026, 10, 25, 9);
let nowMs = T0;
const clock = { now: () => instant(nowMs) };
let station: Workstation;
let me: AgentId;

beforeEach(async () => {
  nowMs = T0;
  station = await startWorkstation({ clock });
  me = await setUp(station);
});
afterEach(() => station[Symbol.asyncDispose]());

async function draft(...changes: readonly ShiftChange[]): Promise<void> {
  await station.ask('plan.edit', { opId: op(), changes });
}
async function publish(...changes: readonly ShiftChange[]): Promise<void> {
  await draft(...changes);
  await station.ask('plan.publish', { opId: op(), note: '' });
}
function at(hours: number) {
  return instant(T0 + hours * HOUR_MS);
}
/** Monday the 30th: the requirement wants somebody in Lisbon from nine to five. */
const MONDAY = { from: instant(Date.UTC(2026, 10, 30)), to: instant(Date.UTC(2026, 11, 1)) };

describe('the coverage of a stretch', () => {
  test('tells the draft from what is published', async () => {
    await publish(drafted('one', body(TOMAS.agentId, '2026-11-30T09:00', '2026-11-30T13:00')));
    await draft(drafted('two', body(LUCIA.agentId, '2026-11-30T13:00', '2026-11-30T17:00')));
    const published = await station.ask('coverage.window', { ...MONDAY, layer: 'published' });
    expect(published.requirements).toMatchObject([
      { requirementId: ANYBODY.requirementId, totals: { gap: 4 * HOUR_MS, low: 4 * HOUR_MS } },
    ]);
    expect(published.issues.filter((issue) => issue.kind === 'gap')).toMatchObject([
      { from: Date.UTC(2026, 10, 30, 13), to: Date.UTC(2026, 10, 30, 17), severity: 'major' },
    ]);
    expect(published.assignments.map((each) => each.agentId)).toEqual([TOMAS.agentId]);
    const drafts = await station.ask('coverage.window', { ...MONDAY, layer: 'draft' });
    expect(drafts.requirements).toMatchObject([{ totals: { gap: 0, low: 8 * HOUR_MS } }]);
    expect(drafts.issues.filter((issue) => issue.kind === 'gap')).toEqual([]);
  });

  test('is cut to what was asked for, and tells no gap of the past', async () => {
    await publish(drafted('night', body(TOMAS.agentId, '2026-11-29T22:00', '2026-11-30T02:00')));
    const window = await station.ask('coverage.window', { ...MONDAY, layer: 'published' });
    expect(window.assignments).toMatchObject([{ from: MONDAY.from, to: MONDAY.from + 2 * HOUR_MS }]);
    nowMs = MONDAY.to;
    expect((await station.ask('coverage.window', { ...MONDAY, layer: 'published' })).issues).toEqual([]);
  });

  test('can be covered by whoever is free, rested and able', async () => {
    await publish(drafted('busy', body(TOMAS.agentId, '2026-11-30T08:00', '2026-11-30T18:00')));
    const stretch = { from: instant(Date.UTC(2026, 10, 30, 9)), to: instant(Date.UTC(2026, 10, 30, 17)) };
    const found = await station.ask('coverage.candidates', {
      of: { requirementId: ANYBODY.requirementId },
      ...stretch,
      layer: 'published',
    });
    expect(found.map(({ agentId, refusals }) => [agentId, refusals])).toEqual([
      [LUCIA.agentId, []],
      [TOMAS.agentId, ['busy']],
    ]);
  });
});

test('the year is checked behind the plan, by what the rotations will make', async () => {
  const year = await station.ask('coverage.year', { from: null });
  // One Lisbon rotation from seven to three: the last two hours of the window are nobody's on every Monday.
  const [first] = year.regimes;
  expect(year.plannedUntil).toBe(T0);
  expect(first?.requirements).toMatchObject([{ requirementId: ANYBODY.requirementId, weeklyWantedMs: 8 * HOUR_MS }]);
  expect(first?.requirements[0]?.holes).toContainEqual(
    expect.objectContaining({ days: ['mon'], startMinute: 15 * 60, endMinute: 17 * 60, state: 'gap' }),
  );
});

describe('who is on', () => {
  test('is told for now and for later, with who comes next', async () => {
    await publish(
      drafted('tomas', body(TOMAS.agentId, '2026-11-25T08:00', '2026-11-25T12:00')),
      drafted('lucia', body(LUCIA.agentId, '2026-11-25T12:00', '2026-11-25T20:00')),
    );
    const selector = { ...EVERYBODY, hubs: [LISBON.hubId] };
    const on = await station.ask('coverage.onNow', { selector, at: null });
    expect(on).toMatchObject({
      at: T0,
      on: [{ agentId: TOMAS.agentId, until: at(3), shiftId: shiftId('tomas') }],
      next: [{ agentId: LUCIA.agentId, from: at(3), until: at(11) }],
    });
    const l2 = await station.ask('coverage.onNow', { selector: { ...selector, tiers: ['L2'] }, at: null });
    expect(l2).toMatchObject({ on: [], next: [{ agentId: LUCIA.agentId }] });
    expect((await station.ask('coverage.onNow', { selector, at: at(4) })).on).toMatchObject([{ agentId: LUCIA.agentId }]);
  });

  test('a shift over midnight in UTC is one, and an override changes it at once', async () => {
    await publish(drafted('night', body(TOMAS.agentId, '2026-11-25T20:00', '2026-11-26T04:00')));
    expect((await station.ask('coverage.onNow', { selector: EVERYBODY, at: at(13) })).on).toMatchObject([
      { agentId: TOMAS.agentId, until: at(19) },
    ]);
    await station.ask('plan.override', {
      opId: op(),
      shiftId: shiftId('night'),
      agentIn: HARUKA.agentId,
      zone: LISBON.zone,
      startLocal: local('2026-11-25T22:00'),
      endLocal: local('2026-11-26T04:00'),
      reason: 'ill',
    });
    expect((await station.ask('coverage.onNow', { selector: EVERYBODY, at: at(14) })).on).toMatchObject([
      { agentId: HARUKA.agentId, until: at(19) },
    ]);
    const agent = { ...TOMAS, isActive: false };
    await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent }] });
    expect((await station.ask('coverage.onNow', { selector: EVERYBODY, at: at(12) })).on).toEqual([]);
  });

  test('changes for live questions when a shift begins and ends', async () => {
    await publish(drafted('tomas', body(TOMAS.agentId, '2026-11-25T10:00', '2026-11-25T12:00')));
    const answers: { readonly on: readonly unknown[] }[] = [];
    station.engine.attachPage({
      post: (message) => {
        if (message.t === 'data' && message.result.ok) answers.push(message.result.value as (typeof answers)[number]);
      },
      onMessage: (listener) => listener({ t: 'subscribe', id: 1, name: 'coverage.onNow', input: { selector: EVERYBODY, at: null } }),
      onClose: () => undefined,
    });
    await until(() => answers.length > 0, 'the first answer');
    for (const [hours, people] of [
      [1, 1],
      [3, 0],
    ] as const) {
      nowMs = at(hours);
      station.engine.handleShellEvent({ type: 'power', state: 'resume' });
      await until(() => answers.at(-1)?.on.length === people, `${String(people)} on after ${String(hours)} h`);
    }
    expect(answers.at(-1)?.on).toEqual([]);
  });
});

describe('demand and staffing', () => {
  /** Mail on each of the last five Wednesdays: two at ten, one at two. So four whole weeks are known. */
  async function history(): Promise<void> {
    for (let week = 5; week >= 1; week -= 1) {
      for (const [index, hour] of [10, 10, 14].entries()) {
        const received = instant(Date.UTC(2026, 10, 25, hour) - week * 7 * DAY_MS);
        const from = { address: `c${String(week)}-${String(index)}@customer.test`, name: '' };
        await arrive(station, clock, 'history', { from, sentAt: received, receivedAt: received, senderOffsetMinutes: 0 });
      }
    }
    const machine = instant(Date.UTC(2026, 10, 18, 10));
    await arrive(station, clock, 'robot', { auto: 'auto-generated', receivedAt: machine, sentAt: machine });
  }

  test('are worked out from what people wrote, beside who is planned', async () => {
    await history();
    await publish(drafted('tomas', body(TOMAS.agentId, '2026-11-25T10:00', '2026-11-25T10:30')));
    const today = { from: instant(Date.UTC(2026, 10, 25)), to: instant(Date.UTC(2026, 10, 26)) };
    const input = { ...today, bucketMinutes: 60, channels: null, language: null, layer: 'published' } as const;
    const found = await station.ask('coverage.demand', input);
    expect(found).toMatchObject({ weeks: 4, channels: ['email'] });
    const bucket = (hour: number) => found.buckets[hour];
    expect(bucket(10)).toMatchObject({ forecast: 2, p80: 2, actual: null, scheduled: 0.5 });
    expect(bucket(14)).toMatchObject({ forecast: 1, scheduled: 0 });
    expect(bucket(8)).toMatchObject({ forecast: 0, actual: 0 });
    // Two mails of twelve minutes in an hour, nobody busier than 85 %, 30 % of the time for other things: one person.
    expect(bucket(10)?.required).toBe(1);
    expect((await station.ask('coverage.demand', { ...input, language: 'ja' })).buckets[10]).toMatchObject({ forecast: 0, scheduled: 0 });
  });

  test('settings are everybody’s defaults until a lead says otherwise, and come back', async () => {
    expect(await station.ask('coverage.staffing', {})).toEqual(DEFAULT_STAFFING);
    const settings = { ...DEFAULT_STAFFING, shrinkage: 0.1 };
    const { inverse } = await station.ask('coverage.setStaffing', { opId: op(), settings });
    expect(inverse).toEqual(DEFAULT_STAFFING);
    expect(await station.ask('coverage.staffing', {})).toEqual(settings);
    await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: { ...LUCIA, tiers: ['lead'] } }] });
    expect(await station.call('coverage.setStaffing', { opId: op(), settings })).toMatchObject({
      ok: false,
      error: { code: 'not-a-lead' },
    });
  });

  test('name the first deadline that the people on shift can not meet', async () => {
    // A quarter of an hour of somebody is about nine minutes of work: too little for one mail, and nobody comes later.
    await publish(drafted('tomas', body(TOMAS.agentId, '2026-11-25T10:00', '2026-11-25T10:15')));
    const first = await arrive(station, clock, 'first');
    expect(await station.ask('coverage.feasibility', {})).toMatchObject({
      jobs: 1,
      workMs: 12 * 60_000,
      missed: [{ caseId: first, dueAt: at(8) }],
    });
    await publish(drafted('lucia', body(LUCIA.agentId, '2026-11-25T12:00', '2026-11-25T14:00')));
    expect((await station.ask('coverage.feasibility', {})).missed).toEqual([]);
  });
});

describe('fairness', () => {
  const stretch = { from: instant(T0 - 70 * DAY_MS), to: instant(T0 + 14 * DAY_MS) };
  async function solveLate(caseId: CaseId): Promise<void> {
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
  }

  test('counts late changes, and breaches that came from another shift', async () => {
    // Published on Wednesday for Thursday: late for him, and early enough for Monday. Nobody is surprised by what they did themselves.
    await publish(
      drafted('mine', body(me, '2026-11-26T09:00', '2026-11-26T17:00')),
      drafted('tomas', body(TOMAS.agentId, '2026-11-26T09:00', '2026-11-26T17:00')),
      drafted('monday', body(TOMAS.agentId, '2026-11-30T09:00', '2026-11-30T17:00')),
    );
    // Resolution is due in the night, when its owner is asleep; the other one's while its owner works.
    const night = await arrive(station, clock, 'night');
    await station.ask('cases.apply', { opId: op(), caseIds: [night], action: { kind: 'claim' } });
    const { instances } = await station.ask('sla.clocks', { caseId: night });
    const resolution = instances.find((each) => each.metric === 'resolution');
    const dueAt = resolution?.dueAt ?? null;
    if (dueAt === null) throw new Error('no resolution clock');
    nowMs = dueAt + HOUR_MS;
    await solveLate(night);
    const found = await station.ask('coverage.fairness', stretch);
    const row = (agentId: AgentId) => found.rows.find((each) => each.agentId === agentId);
    expect(row(me)).toMatchObject({ lateChanges: 0, inheritedBreaches: 1, scheduledMinutes: 480 });
    expect(row(TOMAS.agentId)).toMatchObject({ lateChanges: 1, inheritedBreaches: 0, scheduledMinutes: 960 });
    expect(row(HARUKA.agentId)).toMatchObject({ burden: 0 });
  });

  test('a breach of one’s own shift is not inherited, nor one of a case that nobody owned', async () => {
    const own = await arrive(station, clock, 'own');
    const free = await arrive(station, clock, 'free', { from: { address: 'b@customer.test', name: '' } });
    await station.ask('cases.apply', { opId: op(), caseIds: [own], action: { kind: 'claim' } });
    const { instances } = await station.ask('sla.clocks', { caseId: own });
    const dueAt = instances.find((each) => each.metric === 'resolution')?.dueAt ?? null;
    if (dueAt === null) throw new Error('no resolution clock');
    const day = new Date(dueAt).toISOString().slice(0, 10);
    await publish(drafted('mine', body(me, `${day}T00:00`, `${day}T23:00`)));
    nowMs = dueAt + HOUR_MS;
    await solveLate(own);
    await solveLate(free);
    const found = await station.ask('coverage.fairness', stretch);
    expect(found.rows.map((row) => row.inheritedBreaches)).toEqual(found.rows.map(() => 0));
  });
});

test('a strip over the inbox is not worked out without a plan, and says so', async () => {
  await arrive(station, clock, 'due');
  const ribbon = await station.ask('coverage.ribbon', { from: at(-12), to: at(12), view: 'unassigned' });
  expect(ribbon).toMatchObject({ hasPlan: false, due: [{ at: at(8), count: 1, unstaffed: 0 }] });
  expect(ribbon.lanes.map((lane) => [lane.hubId, lane.shifts])).toEqual([
    [LISBON.hubId, []],
    [SINGAPORE.hubId, []],
  ]);
});
