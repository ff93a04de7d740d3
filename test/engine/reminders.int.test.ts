import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import type { HandChannel } from './hand-channel.ts';
import { body, drafted, HARUKA, LUCIA, setUp, TOMAS } from './roster-team.ts';
import { op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { rebuildProjections } from '../../src/main/engine/usecases/rebuild-projections.ts';
import type { Input, Output } from '../../src/shared/contract/contract.ts';
import type { EngineEvent } from '../../src/shared/contract/workspace.contract.ts';
import type { AgentId, CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

/** A Wednesday at nine in Lisbon; tests move the clock by hand. */
const T0 = Date.UTC(2026, 10, 25, 9);
let nowMs = T0;
const clock = { now: () => instant(nowMs) };

let station: Workstation;
let channel: HandChannel;
let me: AgentId;
let heard: Extract<EngineEvent, { type: 'reminder' }>[];

function listen(to: Workstation): void {
  heard = [];
  to.engine.attachPage({
    post: (message) => {
      if (message.t === 'event' && (message.event as EngineEvent).type === 'reminder') heard.push(message.event as (typeof heard)[number]);
    },
    onMessage: () => undefined,
    onClose: () => undefined,
  });
}

beforeEach(async () => {
  nowMs = T0;
  ({ station, channel } = await startWithChannel(clock));
  me = await setUp(station);
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
  listen(station);
});
afterEach(() => station[Symbol.asyncDispose]());

function moveTo(ms: number): void {
  nowMs = T0 + ms;
  station.engine.handleShellEvent({ type: 'power', state: 'resume' });
}
async function arrive(change: Partial<NormalizedMessage> = {}): Promise<CaseId> {
  const mail = customerMail(clock, change);
  channel.deliver(mail);
  await until(() => caseOfMessage(station, mail) !== null, 'the mail is a case');
  return caseOfMessage(station, mail) ?? ('' as CaseId);
}
type Action = Input<'cases.apply'>['action'];
type Remind = Extract<Action, { kind: 'remind' }>;
async function apply(caseId: CaseId, action: Action): Promise<ReturnType<typeof op>> {
  const opId = op();
  await station.ask('cases.apply', { opId, caseIds: [caseId], action });
  return opId;
}
const undo = async (undoes: ReturnType<typeof op>) => station.ask('cases.undo', { opId: op(), undoes });
const remind = (hours: number, more: Partial<Remind> = {}): Remind => ({
  kind: 'remind',
  reminderId: null,
  at: instant(T0 + hours * HOUR_MS),
  note: 'call the bank',
  forId: null,
  isForSilence: false,
  ...more,
});
const list = async (of: 'me' | 'all' = 'me') => (await station.ask('reminders.list', { of, limit: 10 })).rows;
const counts = async () => station.ask('reminders.counts', {});
async function only(): Promise<Output<'cases.list'>['rows'][number]> {
  const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
  if (row === undefined) throw new Error('no case');
  return row;
}
const found = async (value: 'stale' | 'reminder') =>
  (
    await station.ask('cases.countFilters', {
      filters: [[{ field: value === 'stale' ? 'is' : 'has', not: false, values: [value] }]],
      zone: 'UTC',
    })
  )[0];
const told = (caseId: CaseId) => station.ask('cases.timeline', { caseId });

describe('a reminder', () => {
  test('is told once when it is due, again at another time, and goes and comes back by undo', async () => {
    const caseId = await arrive();
    await apply(caseId, { kind: 'assign', agentId: me });
    const set = await apply(caseId, remind(2));
    expect([await counts(), await found('reminder'), (await only()).reminders]).toMatchObject([
      { open: 1, due: 0 },
      1,
      [{ note: 'call the bank', at: T0 + 2 * HOUR_MS }],
    ]);
    moveTo(2 * HOUR_MS - 1);
    expect(heard).toEqual([]);
    moveTo(2 * HOUR_MS);
    expect(heard).toMatchObject([{ caseId, note: 'call the bank', subject: 'A question' }]);
    expect(station.shell.asked.filter(({ name }) => name === 'notify').map(({ input }) => input)).toContainEqual({
      title: 'Mei Tanaka',
      body: 'call the bank',
      caseId,
    });
    moveTo(3 * HOUR_MS);
    expect([heard.length, await counts()]).toEqual([1, { open: 1, due: 1 }]);

    const [{ reminderId } = { reminderId: null }] = await list();
    await apply(caseId, { ...remind(5), reminderId });
    expect(await counts()).toEqual({ open: 1, due: 0 });
    moveTo(5 * HOUR_MS);
    expect(heard).toHaveLength(2);

    const done = await apply(caseId, { kind: 'clear-reminder', reminderId, as: 'done' });
    expect([await list(), await found('reminder')]).toEqual([[], 0]);
    await undo(done);
    expect(await list()).toMatchObject([{ reminderId, at: T0 + 5 * HOUR_MS, note: 'call the bank' }]);
    // it was told at this time already
    moveTo(6 * HOUR_MS);
    expect(heard).toHaveLength(2);
    await undo(set);
    expect(await list()).toEqual([]);
    expect(
      (await told(caseId)).flatMap((item) => (item.kind === 'event' && item.body.type.startsWith('reminder.') ? [item.body.type] : [])),
    ).toEqual(['reminder.set', 'reminder.set', 'reminder.cleared', 'reminder.set', 'reminder.cleared']);
  });

  test('goes with the case to whoever answers for it, and one for a colleague is theirs', async () => {
    const caseId = await arrive();
    await apply(caseId, remind(2));
    await apply(caseId, remind(3, { forId: TOMAS.agentId, note: '' }));
    // while nobody answers for it, it is mine who set it
    expect((await list()).map(({ concerns }) => concerns)).toEqual([me]);
    await apply(caseId, { kind: 'assign', agentId: LUCIA.agentId });
    expect([await list(), (await list('all')).map(({ concerns }) => concerns)]).toEqual([[], [LUCIA.agentId, TOMAS.agentId]]);
    moveTo(4 * HOUR_MS);
    expect(heard).toEqual([]);
    await apply(caseId, { kind: 'assign', agentId: me });
    // what fell due before is told to whom it has come to
    await until(() => heard.length > 0, 'it is told');
    expect(heard).toMatchObject([{ at: T0 + 2 * HOUR_MS }]);
  });

  test('for silence ends with the next word of the customer, and says why', async () => {
    const caseId = await arrive();
    await apply(caseId, remind(48, { isForSilence: true }));
    await apply(caseId, remind(50));
    nowMs = T0 + HOUR_MS;
    const key = station.engine.store.read((db) => db.get<{ own_key: string }>('SELECT own_key FROM messages'))?.own_key ?? '';
    channel.deliver(customerMail(clock, { thread: { tokens: [], ownKey: '<second@customer.test>', parentKeys: [`<${key}>`] } }));
    await until(async () => (await list('all')).length === 1, 'one is over');
    expect(await list('all')).toMatchObject([{ at: T0 + 50 * HOUR_MS }]);
    expect((await told(caseId)).filter((item) => item.kind === 'event' && item.body.type === 'reminder.cleared')).toMatchObject([
      { agentId: null, body: { as: 'answered' } },
    ]);
  });

  test('waits for whoever is off shift, comes up after a restart, and is not told twice', async () => {
    const caseId = await arrive();
    await apply(caseId, remind(2));
    await station.ask('settings.set', { opId: op(), patch: { onShift: false } });
    moveTo(2 * HOUR_MS);
    expect(heard).toEqual([]);
    await station.quit();
    nowMs = T0 + 9 * HOUR_MS;
    const { folder } = station;
    const again = async (): Promise<void> => {
      station = await startWorkstation({ clock, folder, createConnector: () => channel.connector() });
      listen(station);
    };
    await again();
    await station.ask('settings.set', { opId: op(), patch: { onShift: true } });
    await until(() => heard.length > 0, 'it is told');
    expect(heard).toMatchObject([{ caseId, at: T0 + 2 * HOUR_MS }]);
    await station.quit();
    await again();
    moveTo(10 * HOUR_MS);
    expect([heard, await counts()]).toEqual([[], { open: 1, due: 1 }]);
  });

  test('is made again from the events', async () => {
    const caseId = await arrive();
    await apply(caseId, remind(2));
    await apply(caseId, remind(3, { forId: me, note: 'second' }));
    const { store, ledger } = station.engine;
    const rows = () => store.read((db) => db.all('SELECT uid, at, for_uid FROM reminders ORDER BY uid'));
    const before = rows();
    expect(before).toHaveLength(2);
    store.write((tx) => tx.run("INSERT INTO reminders(uid, case_id, at, for_uid) VALUES('rem_none', 999, 5, '')"));
    rebuildProjections(store, ledger, () => undefined);
    expect(rows()).toEqual(before);
  });
});

describe('a snooze', () => {
  test('until the customer writes ends with their word, or at its latest time, and undo gives it back', async () => {
    const caseId = await arrive();
    await apply(caseId, { kind: 'snooze', until: instant(T0 + 14 * DAY_MS), awaits: 'reply' });
    expect(await only()).toMatchObject({ snoozedUntil: T0 + 14 * DAY_MS, snoozedFor: 'reply' });
    const solved = await apply(caseId, { kind: 'status', to: 'solved' });
    expect((await only()).snoozedFor).toBeNull();
    await undo(solved);
    expect(await only()).toMatchObject({ snoozedFor: 'reply' });
    moveTo(14 * DAY_MS);
    // at once, and not by a timer of up to a minute
    expect((await only()).snoozedUntil).toBeNull();
  });

  test('until somebody comes who can take it goes by the plan and the case, and is refused without one', async () => {
    const caseId = await arrive();
    const refused = await station.call('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'snooze-until-shift' } });
    expect(refused).toMatchObject({ error: { code: 'nobody-planned' } });
    const publish = async (...changes: Parameters<typeof drafted>[]): Promise<void> => {
      await station.ask('plan.edit', { opId: op(), changes: changes.map((each) => drafted(...each)) });
      await station.ask('plan.publish', { opId: op(), note: '' });
    };
    await publish(
      ['haruka', body(HARUKA.agentId, '2026-11-25T12:00', '2026-11-25T16:00')],
      ['lucia', body(LUCIA.agentId, '2026-11-25T14:00', '2026-11-25T20:00')],
    );
    // Haruka comes first, and speaks no English
    expect(await station.ask('reminders.nextShifts', { caseIds: [caseId] })).toEqual([
      { caseId, agentId: LUCIA.agentId, from: Date.UTC(2026, 10, 25, 14) },
    ]);
    await apply(caseId, { kind: 'snooze-until-shift' });
    expect(await only()).toMatchObject({ snoozedUntil: Date.UTC(2026, 10, 25, 14), snoozedFor: 'shift' });
    // she comes later than was planned, and the case with her
    await publish(['lucia', body(LUCIA.agentId, '2026-11-25T15:30', '2026-11-25T20:00')]);
    await until(async () => (await only()).snoozedUntil === Date.UTC(2026, 10, 25, 15, 30), 'it follows the plan');
    // somebody else comes before her
    await publish(['tomas', body(TOMAS.agentId, '2026-11-25T13:00', '2026-11-25T15:00')]);
    await until(async () => (await only()).snoozedUntil === Date.UTC(2026, 10, 25, 13), 'it comes back earlier');
    moveTo(4 * HOUR_MS);
    await until(async () => (await only()).snoozedUntil === null, 'it woke');
  });
});

test('no reply needed is told with its reason, taken back by undo, and the clock goes on as if it had never been said', async () => {
  const caseId = await arrive();
  const due = (await only()).sla?.dueAt;
  expect(due).toBeGreaterThan(T0);
  const said = await apply(caseId, { kind: 'no-reply-needed', reason: 'a copy of another case' });
  expect(await only()).toMatchObject({ waitingSince: null, followUpAt: null });
  expect(await station.ask('cases.detail', { caseId })).toMatchObject({ noReply: { by: me, reason: 'a copy of another case' } });
  await undo(said);
  expect(await only()).toMatchObject({ waitingSince: T0, sla: { dueAt: due } });
  expect(await station.ask('cases.detail', { caseId })).toMatchObject({ noReply: null });
  // by the button, long after
  await apply(caseId, { kind: 'no-reply-needed' });
  await apply(caseId, { kind: 'reply-needed' });
  expect(await only()).toMatchObject({ waitingSince: T0, sla: { dueAt: due } });
});

test('who waits for a day without news is found, counted as the day ends, and no more once somebody answers', async () => {
  const caseId = await arrive();
  expect([(await only()).followUpAt, await found('stale')]).toEqual([T0 + DAY_MS, 0]);
  const sla = (await only()).sla;
  moveTo(DAY_MS - MINUTE_MS);
  expect(await found('stale')).toBe(0);
  moveTo(DAY_MS);
  expect(await found('stale')).toBe(1);
  expect((await only()).sla?.dueAt).toBe(sla?.dueAt);
  await apply(caseId, { kind: 'status', to: 'hold' });
  expect(await found('stale')).toBe(1);
  await apply(caseId, { kind: 'no-reply-needed' });
  expect([(await only()).followUpAt, await found('stale')]).toEqual([null, 0]);
});
