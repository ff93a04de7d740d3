import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import type { HandChannel } from './hand-channel.ts';
import { body, drafted, HARUKA, local, LUCIA, setUp, TOMAS } from './roster-team.ts';
import { op, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { Input, Output } from '../../src/shared/contract/contract.ts';
import type { EngineEvent } from '../../src/shared/contract/workspace.contract.ts';
import type { AgentId, CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

/** A Wednesday at nine in Lisbon, six in the evening in Tokyo; tests move the clock by hand. */
const T0 = Date.UTC(2026, 10, 25, 9);
let nowMs = T0;
const clock = { now: () => instant(nowMs) };
const DAY = { from: instant(T0), to: instant(T0 + 24 * HOUR_MS) };
const TOKYO = 'Asia/Tokyo';

let station: Workstation;
let channel: HandChannel;
let me: AgentId;
let heard: Extract<EngineEvent, { type: 'promise' }>[];

beforeEach(async () => {
  nowMs = T0;
  ({ station, channel } = await startWithChannel(clock));
  me = await setUp(station);
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
  heard = [];
  station.engine.attachPage({
    post: (message) => {
      if (message.t === 'event' && (message.event as EngineEvent).type === 'promise') heard.push(message.event as (typeof heard)[number]);
    },
    onMessage: () => undefined,
    onClose: () => undefined,
  });
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
async function publish(...changes: Parameters<typeof drafted>[]): Promise<void> {
  await station.ask('plan.edit', { opId: op(), changes: changes.map((each) => drafted(...each)) });
  await station.ask('plan.publish', { opId: op(), note: '' });
}
type Draft = Input<'promises.make'>['promise'];
const draftOf = (due: string): Draft => ({ text: `back by ${due}`, zone: TOKYO, dueLocal: local(due), source: 'typed' });
/** 19:00 in Tokyo is an hour from the begin. */
const AT_SEVEN = draftOf('2026-11-25T19:00');
const make = async (caseId: CaseId, promise = AT_SEVEN) => (await station.ask('promises.make', { opId: op(), caseId, promise })).promiseId;

async function reply(caseId: CaseId, promises?: Input<'cases.reply'>['promises']): Promise<Output<'cases.reply'>> {
  const { draftId } = await station.ask('drafts.save', {
    opId: op(),
    caseId,
    kind: 'reply',
    text: 'We are on it.',
    to: [{ address: 'mei@customer.test', name: '' }],
    cc: [],
  });
  return station.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null, ...(promises === undefined ? {} : { promises }) });
}
async function sent(count: number): Promise<void> {
  await until(async () => channel.sent.length === count && (await station.ask('outbox.list', {})).length === 0, `${count} sent`);
}
async function only(caseId: CaseId): Promise<Output<'promises.ofCase'>[number]> {
  const [first, ...others] = await station.ask('promises.ofCase', { caseId });
  if (first === undefined || others.length > 0) throw new Error(`one promise was expected, ${others.length + 1} found`);
  return first;
}

describe('a promise', () => {
  test('made with a reply is told when the reply is sent, and kept by the next one in time', async () => {
    const caseId = await arrive();
    const { messageId } = await reply(caseId, [AT_SEVEN]);
    await sent(1);
    expect((await only(caseId)).promise).toMatchObject({ state: 'open', messageId, dueAt: T0 + HOUR_MS, toldAt: nowMs, ownerId: me });
    const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
    expect(row?.nextPromise).toMatchObject({ dueAt: T0 + HOUR_MS, zone: TOKYO });
    moveTo(30 * MINUTE_MS);
    await reply(caseId);
    await sent(2);
    expect((await only(caseId)).promise).toMatchObject({ state: 'kept', settlement: { by: 'message', at: nowMs } });
  });

  test('goes with the reply that is taken back: nobody was told, and it is broken by no time', async () => {
    const caseId = await arrive();
    await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 30 } });
    const { outboxId } = await reply(caseId, [AT_SEVEN]);
    await station.ask('outbox.cancel', { opId: op(), outboxId });
    expect((await only(caseId)).promise).toMatchObject({ state: 'released', toldAt: null, settlement: { reason: 'not-a-promise' } });
    moveTo(2 * HOUR_MS);
    expect(heard).toEqual([]);
  });

  test('that is due before the customer can read it is refused, and nothing of the reply is queued', async () => {
    const caseId = await arrive();
    const past = draftOf('2026-11-25T17:59');
    expect(await station.call('promises.make', { opId: op(), caseId, promise: past })).toMatchObject({ error: { code: 'in-the-past' } });
    expect(await station.call('promises.make', { opId: op(), caseId, promise: { ...AT_SEVEN, zone: 'Mars/Olympus' } })).toMatchObject({
      error: { code: 'unknown-zone' },
    });
    await expect(reply(caseId, [past])).rejects.toThrow('promise-in-the-past');
    // half a minute to take it back is too long for what is due in twenty seconds
    await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 30 } });
    nowMs = T0 + HOUR_MS - 20_000;
    await expect(reply(caseId, [AT_SEVEN])).rejects.toThrow('promise-in-the-past');
    expect(await station.ask('outbox.list', {})).toEqual([]);
    expect(await station.ask('promises.ofCase', { caseId })).toEqual([]);
  });

  test('is owed by whoever owns the case next, and listed as theirs', async () => {
    const caseId = await arrive();
    await make(caseId);
    const mine = async () => (await station.ask('promises.list', { owner: 'me', states: ['open'], ...DAY, limit: 10 })).total;
    expect([await mine(), await station.ask('promises.counts', {})]).toEqual([1, { open: 1, infeasible: 0, soon: 1 }]);
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'assign', agentId: TOMAS.agentId } });
    expect((await only(caseId)).promise).toMatchObject({ ownerId: TOMAS.agentId, madeBy: me });
    expect([await mine(), await station.ask('promises.counts', {})]).toEqual([0, { open: 0, infeasible: 0, soon: 0 }]);
  });

  test('is settled by a word, once; a text that was none is corrected even after it was broken', async () => {
    const caseId = await arrive();
    const promiseId = await make(caseId);
    await station.ask('promises.keep', { opId: op(), caseId, promiseId });
    expect(await station.call('promises.release', { opId: op(), caseId, promiseId, reason: 'withdrawn' })).toMatchObject({
      error: { code: 'settled' },
    });
    const second = await make(caseId, draftOf('2026-11-25T20:00'));
    moveTo(3 * HOUR_MS);
    expect(await station.call('promises.keep', { opId: op(), caseId, promiseId: second })).toMatchObject({ error: { code: 'settled' } });
    await station.ask('promises.release', { opId: op(), caseId, promiseId: second, reason: 'not-a-promise' });
    const settled = await station.ask('promises.list', { owner: 'all', states: ['kept', 'released', 'broken'], ...DAY, limit: 10 });
    expect(settled.rows.map(({ promise }) => [promise.promiseId, promise.state])).toEqual([
      [second, 'released'],
      [promiseId, 'kept'],
    ]);
  });
});

describe('time goes on', () => {
  test('its owner is told when it is due soon and when it is broken, and lists say so without being asked again', async () => {
    const caseId = await arrive();
    await reply(caseId, [AT_SEVEN]);
    await sent(1);
    moveTo(44 * MINUTE_MS);
    expect(heard).toEqual([]);
    moveTo(45 * MINUTE_MS);
    expect(heard).toMatchObject([{ what: 'due-soon', caseId, dueAt: T0 + HOUR_MS, subject: 'A question' }]);
    // at the due time it is still in time
    moveTo(HOUR_MS);
    expect((await only(caseId)).promise.state).toBe('open');
    moveTo(HOUR_MS + 1);
    expect(heard.map((each) => each.what)).toEqual(['due-soon', 'broken']);
    expect((await only(caseId)).promise.state).toBe('broken');
    const stored = station.engine.store.read((db) => db.get<{ state: string }>('SELECT state FROM promises'));
    expect(stored?.state).toBe('broken');
    expect((await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows[0]?.nextPromise).toBeNull();
    moveTo(2 * HOUR_MS);
    expect(heard).toHaveLength(2);
  });

  test('it wakes by itself just after the due time', async () => {
    const caseId = await arrive();
    await make(caseId);
    nowMs = T0 + HOUR_MS - 30;
    // any commit has it look at the clock again
    await station.ask('settings.set', { opId: op(), patch: { density: 'compact' } });
    const begun = Date.now();
    const ticking = setInterval(() => {
      nowMs = T0 + HOUR_MS - 30 + (Date.now() - begun);
    }, 1);
    await until(() => heard.some((each) => each.what === 'broken'), 'it is broken');
    clearInterval(ticking);
    expect((await only(caseId)).promise.state).toBe('broken');
  });

  test('what was broken is told, whatever had the case written before anybody looked', async () => {
    const caseId = await arrive();
    await make(caseId);
    nowMs = T0 + HOUR_MS + 1;
    await station.ask('cases.addNote', { opId: op(), caseId, text: 'too late' });
    expect((await only(caseId)).promise.state).toBe('broken');
    moveTo(HOUR_MS + 2);
    expect(heard.map((each) => each.what)).toEqual(['broken']);
    moveTo(HOUR_MS + 3);
    expect(heard).toHaveLength(1);
  });

  test('what was broken long ago while nobody looked rings nobody, and a colleague is not rung for what is mine', async () => {
    const caseId = await arrive();
    await make(caseId);
    moveTo(9 * HOUR_MS);
    expect((await only(caseId)).promise.state).toBe('broken');
    const other = await arrive({ subject: 'Of a colleague' });
    await station.ask('cases.apply', { opId: op(), caseIds: [other], action: { kind: 'assign', agentId: TOMAS.agentId } });
    await make(other, draftOf('2026-11-26T04:00'));
    moveTo(10 * HOUR_MS + 1);
    expect((await only(other)).promise.state).toBe('broken');
    expect(heard).toEqual([]);
  });
});

describe('who can keep it', () => {
  beforeEach(async () => {
    await publish(
      ['mine', body(me, '2026-11-25T08:00', '2026-11-25T16:00')],
      ['lucia', body(LUCIA.agentId, '2026-11-25T14:00', '2026-11-25T20:00')],
      ['haruka', body(HARUKA.agentId, '2026-11-25T20:00', '2026-11-25T23:00')],
    );
  });

  test('is said before it is made: by the clock of the customer, and by those who speak the language', async () => {
    const caseId = await arrive();
    const inJapanese = await arrive({ subject: '質問', language: 'ja', from: { address: 'ken@customer.test', name: '' } });
    // 04:30 in Tokyo is 19:30 in Lisbon, where Lucia is on, who speaks no Japanese
    const due = local('2026-11-26T04:30');
    expect(await station.ask('promises.check', { caseId, due })).toMatchObject({
      zone: { zone: TOKYO, source: 'offset' },
      dueLocal: due,
      feasibility: { kind: 'feasible' },
    });
    expect(await station.ask('promises.check', { caseId: inJapanese, due })).toMatchObject({
      feasibility: { kind: 'infeasible', earlier: null, later: { at: Date.UTC(2026, 10, 25, 20, 15) } },
    });
    expect(await station.ask('promises.check', { caseId, due: local('2026-12-24T12:00') })).toMatchObject({
      feasibility: { kind: 'unplanned' },
    });
    expect(await station.ask('promises.check', { caseId, due: { ...due, month: 2, day: 30 } })).toBeNull();
  });

  test('is told with what a text promises, in the zone and by the business hours of the case', async () => {
    const caseId = await arrive();
    const { zone, found } = await station.ask('promises.detect', { caseId, text: 'Hello Mei,\n\nwe will get back to you by 21:00.\n' });
    expect(zone.source).toBe('offset');
    // nine in the evening in Tokyo is noon in Lisbon
    expect(found).toMatchObject([{ promise: { dueAt: Date.UTC(2026, 10, 25, 12), sureness: 'high' }, feasibility: { kind: 'feasible' } }]);
    // "our time" is that of who writes
    const own = await station.ask('promises.detect', { caseId, text: 'We will get back to you by 13:00 our time.' });
    expect(own.found).toMatchObject([{ promise: { dueAt: Date.UTC(2026, 10, 25, 13) } }]);
  });

  test('changes with the plan: what nobody can keep any more is told once, and marked on the ribbon', async () => {
    const caseId = await arrive();
    await make(caseId, draftOf('2026-11-26T04:30'));
    await make(caseId, draftOf('2026-11-25T21:00'));
    const ribbon = async () =>
      (await station.ask('coverage.ribbon', { ...DAY, view: 'all' })).promises.map(({ at, count, infeasible }) => [at, count, infeasible]);
    const [noon, evening] = [Date.UTC(2026, 10, 25, 12), Date.UTC(2026, 10, 25, 19, 30)];
    expect(await ribbon()).toEqual([
      [noon, 1, 0],
      [evening, 1, 0],
    ]);
    await publish(['lucia', body(LUCIA.agentId, '2026-11-25T14:00', '2026-11-25T18:00')]);
    await until(() => heard.length > 0, 'it is told');
    expect(heard).toMatchObject([{ what: 'infeasible', caseId, dueAt: evening }]);
    expect(await ribbon()).toEqual([
      [noon, 1, 0],
      [evening, 1, 1],
    ]);
    expect(await station.ask('promises.counts', {})).toMatchObject({ open: 2, infeasible: 1 });
    // what is lost besides is news, and what is lost already is none
    await publish(['mine', body(me, '2026-11-25T08:00', '2026-11-25T11:30')]);
    await until(() => heard.length > 1, 'the other one is told');
    expect(heard.map((each) => each.dueAt)).toEqual([evening, noon]);
  });

  test('is nobody’s news when it was promised with open eyes', async () => {
    const caseId = await arrive();
    // ten in the evening in Lisbon, when Haruka is on, who speaks Japanese alone
    await make(caseId, draftOf('2026-11-26T07:00'));
    expect((await only(caseId)).feasibility?.kind).toBe('infeasible');
    await publish(['lucia', body(LUCIA.agentId, '2026-11-25T14:00', '2026-11-25T19:00')]);
    const other = await arrive({ subject: 'Another' });
    await make(other, draftOf('2026-11-26T03:00'));
    await publish(['lucia', body(LUCIA.agentId, '2026-11-25T14:00', '2026-11-25T17:00')]);
    await until(() => heard.length > 0, 'the other one is told');
    expect(heard.map((each) => each.caseId)).toEqual([other]);
  });
});
