import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { introduce, op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { accountIdFor, IdSource } from '../../src/main/engine/identity.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { openBlobStore } from '../../src/main/engine/store/blobs.store.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { EngineToPage } from '../../src/shared/contract/define.ts';
import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import type { SlaProposal } from '../../src/shared/contract/sla.contract.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

/** A Wednesday morning; tests move the clock by hand. */
const T0 = Date.UTC(2026, 10, 25, 9, 0, 0);
let nowMs = T0;
const clock = { now: () => instant(nowMs) };
const account: StoredAccount = {
  uid: accountIdFor('sample', 'here'),
  kind: 'sample',
  address: 'here@team.test',
  name: 'Here',
  tokenKey: '00'.repeat(32),
  createdAt: instant(T0),
  removedAt: null,
  settings: null,
};

let station: Workstation;
beforeEach(async () => {
  nowMs = T0;
  station = await startWorkstation({ clock });
  await introduce(station);
});
afterEach(() => station[Symbol.asyncDispose]());

let messages = 0;
async function arrive(subject: string, from = 'mei@customer.test', parents: readonly string[] = []): Promise<CaseId> {
  const { store, ledger } = station.engine;
  store.write((tx) => {
    saveAccount(tx, account);
  });
  messages += 1;
  const key = `m${messages}`;
  const message: NormalizedMessage = {
    channel: 'email',
    direction: 'in',
    nativeKey: key,
    thread: { tokens: [], ownKey: key, parentKeys: parents },
    subject,
    from: { address: from, name: '' },
    to: [],
    cc: [],
    replyTo: [],
    text: subject,
    html: null,
    preview: subject,
    language: 'en',
    sentAt: clock.now(),
    receivedAt: clock.now(),
    senderOffsetMinutes: null,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: false,
  };
  const blobs = openBlobStore(':memory:');
  await ingestBatch(
    { store, ledger, blobs, clock, ids: new IdSource(clock), probe: noProbe, verifyToken: () => null },
    account,
    { events: [{ kind: 'message', message, remoteRef: key }], cursor: '', more: false, backfill: null },
    account.uid,
  );
  blobs[Symbol.dispose]();
  const found = store.read((db) =>
    db.get<{ uid: CaseId }>('SELECT c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.own_key = @key', { key }),
  );
  if (found === undefined) throw new Error(`${subject} was not stored`);
  return found.uid;
}
async function rows(view: 'all' | 'due-soon' | 'overdue' | 'unassigned' = 'all'): Promise<readonly CaseRow[]> {
  return (await station.ask('cases.list', { view, sort: 'due', limit: 100 })).rows;
}
async function row(subject: string): Promise<CaseRow> {
  const found = (await rows()).find((each) => each.subject === subject);
  if (found === undefined) throw new Error(`no case ${subject}`);
  return found;
}
async function proposal(change: (proposal: SlaProposal) => SlaProposal = (same) => same): Promise<SlaProposal> {
  const { policies, calendars } = await station.ask('sla.config', {});
  return change({
    policies: policies
      .filter((policy) => policies.every((other) => other.id !== policy.id || other.version <= policy.version) && policy.isActive)
      .sort((a, b) => a.position - b.position)
      .map(({ version: _v, position: _p, effectiveFrom: _e, isActive: _a, ...rest }) => rest),
    calendars: calendars.map(({ id, name, versions }) => {
      const last = versions.at(-1);
      if (last === undefined) throw new Error('a calendar without a version');
      return { id, name, ...last };
    }),
  });
}
function standardFirstReply(targetMs: number) {
  return (same: SlaProposal): SlaProposal => ({
    ...same,
    policies: same.policies.map((policy) =>
      policy.id === 'standard'
        ? { ...policy, targets: { ...policy.targets, normal: { ...policy.targets.normal, 'first-reply': targetMs } } }
        : policy,
    ),
  });
}

describe('the clocks of a case', () => {
  test('a new workspace promises something sensible, and lists sort by what is due next', async () => {
    const standard = await arrive('ordinary');
    expect(await row('ordinary')).toMatchObject({
      sla: { metric: 'first-reply', state: 'running', dueAt: T0 + 8 * HOUR_MS, policyId: 'standard' },
      raised: false,
    });
    nowMs += 5 * MINUTE_MS;
    await arrive('later');
    expect((await rows()).map((each) => each.subject)).toEqual(['ordinary', 'later']);
    const clocks = await station.ask('sla.clocks', { caseId: standard });
    const [first] = clocks.instances;
    expect(first?.steps.map((step) => clocks.causes[step.eventId]?.type)).toEqual(['case.messageReceived']);
  });

  test('a note, a claim and a queued reply move no clock; solving ends them and the outcome is kept', async () => {
    const caseId = await arrive('solved');
    await station.ask('cases.addNote', { opId: op(), caseId, text: 'looking' });
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
    expect((await row('solved')).sla).toMatchObject({ state: 'running', dueAt: T0 + 8 * HOUR_MS });
    nowMs += HOUR_MS;
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
    expect((await row('solved')).sla).toBeNull();
    const outcomes = station.engine.store.read((db) =>
      db.all('SELECT metric, state, ended_at AS endedAt FROM sla_outcomes ORDER BY metric'),
    );
    expect(outcomes).toEqual([
      { metric: 'first-reply', state: 'waived', endedAt: nowMs },
      { metric: 'resolution', state: 'met', endedAt: nowMs },
    ]);
  });

  test('solving by a slip and taking it back leaves the clocks as they were', async () => {
    const caseId = await arrive('slip');
    nowMs += HOUR_MS;
    const before = (await row('slip')).sla;
    const opId = op();
    await station.ask('cases.apply', { opId, caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
    expect((await row('slip')).sla).toBeNull();
    await station.ask('cases.undo', { opId: op(), undoes: opId });
    expect((await row('slip')).sla).toEqual(before);
    expect(station.engine.store.read((db) => db.all('SELECT 1 FROM sla_outcomes'))).toEqual([]);
  });

  test('pending pauses the resolution, a priority changes the target from the original start', async () => {
    const caseId = await arrive('priority');
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'priority', to: 'urgent' } });
    expect((await row('priority')).sla).toMatchObject({ dueAt: T0 + HOUR_MS, priority: 'urgent' });
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'no-reply-needed' } });
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'pending' } });
    expect((await row('priority')).sla).toMatchObject({ metric: 'resolution', state: 'paused', dueAt: null });
  });

  test('a VIP goes first, is promised more, and an ordinary customer is raised at four fifths', async () => {
    await arrive('ordinary');
    nowMs += 6 * HOUR_MS;
    const vip = await arrive('important', 'vip@customer.test');
    const contactId = (await station.ask('cases.detail', { caseId: vip }))?.contactId;
    if (contactId === undefined) throw new Error('no contact');
    await station.ask('contacts.setTier', { opId: op(), contactId, tier: 'vip', reason: 'market maker', until: null });
    expect((await row('important')).sla).toMatchObject({ policyId: 'vip', dueAt: nowMs + HOUR_MS });
    expect((await rows()).map((each) => each.subject)).toEqual(['important', 'ordinary']);
    // 80 % of eight hours are six hours and twenty-four minutes.
    nowMs = T0 + 6.4 * HOUR_MS;
    station.engine.handleShellEvent({ type: 'power', state: 'resume' });
    await until(async () => (await row('ordinary')).raised, 'the guard raises the ordinary case');
    // In one lane the due time alone decides: the VIP's is 16:00, the other's 17:00.
    expect((await rows()).map((each) => each.subject)).toEqual(['important', 'ordinary']);
    nowMs = T0 + 7 * HOUR_MS + 30 * MINUTE_MS;
    await arrive('fresh VIP', 'vip@customer.test');
    expect((await rows()).map((each) => each.subject)).toEqual(['important', 'ordinary', 'fresh VIP']);
  });
});

describe('time goes on', () => {
  test('a case enters Due soon and Overdue by itself, and its owner is warned once at each step', async () => {
    const events: unknown[] = [];
    station.engine.attachPage({
      post: (message: EngineToPage) => {
        if (message.t === 'event') events.push(message.event);
      },
      onMessage: () => {},
      onClose: () => {},
    });
    await arrive('ticking');
    const steps: [number, string | null][] = [
      [4 * HOUR_MS, 'half'],
      [6 * HOUR_MS, null],
      [6.4 * HOUR_MS, 'four-fifths'],
      [8 * HOUR_MS + 1, 'breach'],
    ];
    const seen: string[] = [];
    for (const [at, level] of steps) {
      nowMs = T0 + at;
      station.engine.handleShellEvent({ type: 'power', state: 'resume' });
      if (level !== null) seen.push(level);
      const levels = (): string[] =>
        events.flatMap((event) => (typeof event === 'object' && event !== null && 'level' in event ? [String(event.level)] : []));
      await until(() => levels().length === seen.length, `${seen.length} warnings`);
      expect(levels()).toEqual(seen);
    }
    expect(await rows('overdue')).toHaveLength(1);
    expect((await station.ask('cases.counts', {})).overdue).toBe(1);
    expect((await station.ask('cases.counts', {}))['due-soon']).toBe(0);
  });

  test('what breached long ago while nobody looked rings nobody', async () => {
    const events: unknown[] = [];
    station.engine.attachPage({ post: (message) => events.push(message), onMessage: () => {}, onClose: () => {} });
    await arrive('asleep');
    nowMs += 20 * HOUR_MS;
    station.engine.handleShellEvent({ type: 'power', state: 'resume' });
    await until(async () => (await rows('overdue')).length === 1, 'it is overdue');
    expect(events.filter((event) => JSON.stringify(event).includes('sla-warning'))).toEqual([]);
  });
});

describe('the rules', () => {
  test('a new version leaves open cases alone unless it is applied, after a preview', async () => {
    await arrive('open');
    nowMs += 2 * HOUR_MS;
    const tighter = await proposal(standardFirstReply(HOUR_MS));
    // Two hours are used of the eight, and more than the new one hour: it would be overdue, but for the quarter it gets.
    expect(await station.ask('sla.preview', { proposal: tighter, run: 'p1' })).toMatchObject({
      openCases: 1,
      hours: { changed: 0, breachAtOnce: 0 },
      applied: { changed: 1, breachAtOnce: 1 },
    });
    expect(await station.ask('sla.preview', { proposal: await proposal(standardFirstReply(3 * HOUR_MS)), run: 'p2' })).toMatchObject({
      applied: { changed: 1, breachAtOnce: 0 },
    });
    await station.ask('sla.save', { opId: op(), proposal: tighter, applyToOpen: false });
    expect((await row('open')).sla).toMatchObject({ dueAt: T0 + 8 * HOUR_MS, policyVersion: 1 });
    await arrive('new');
    expect((await row('new')).sla).toMatchObject({ dueAt: nowMs + HOUR_MS, policyVersion: 2 });
    const tightest = await proposal(standardFirstReply(30 * MINUTE_MS));
    await station.ask('sla.save', { opId: op(), proposal: tightest, applyToOpen: true });
    await until(async () => (await row('open')).sla?.policyVersion === 3, 'the open case has the new version');
    // Its new due time is past already: a quarter of the target from the change, so that it does not breach in the same second.
    expect((await row('open')).sla).toMatchObject({ state: 'running', dueAt: nowMs + 7.5 * MINUTE_MS });
  });

  test('the same proposal again changes nothing', async () => {
    expect(await station.ask('sla.save', { opId: op(), proposal: await proposal(), applyToOpen: true })).toEqual({
      changed: 0,
      appliedTo: 0,
    });
  });

  test('a calendar that never opens and a promise without hours are refused, and nothing is saved', async () => {
    const closed = await proposal((same) => ({ ...same, calendars: same.calendars.map((calendar) => ({ ...calendar, week: {} })) }));
    expect(
      (await station.ask('sla.preview', { proposal: closed, run: 'p' }))?.problems.calendars.map((each) => each.problem.code),
    ).toContain('never-opens');
    expect(await station.call('sla.save', { opId: op(), proposal: closed, applyToOpen: false })).toMatchObject({
      ok: false,
      error: { code: 'has-problems' },
    });
    const nowhere = await proposal((same) => ({
      ...same,
      policies: same.policies.map((policy) => ({ ...policy, promise: { kind: 'calendars' as const, calendarIds: ['nowhere'] } })),
    }));
    expect(await station.call('sla.save', { opId: op(), proposal: nowhere, applyToOpen: false })).toMatchObject({
      ok: false,
      error: { code: 'has-problems' },
    });
    expect((await station.ask('sla.config', {})).policies).toHaveLength(2);
  });

  test('the simulator says what would have been, and saves nothing', async () => {
    const caseId = await arrive('history');
    nowMs += 2 * HOUR_MS;
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
    nowMs += HOUR_MS;
    const strict = await proposal((same) => ({
      ...same,
      policies: same.policies.map((policy) => ({ ...policy, targets: { ...policy.targets, normal: { resolution: HOUR_MS } } })),
    }));
    const simulation = await station.ask('sla.simulate', { proposal: strict, days: 30, tiers: {}, run: 's' });
    expect(simulation?.metrics.find((each) => each.metric === 'resolution')).toMatchObject({
      before: { met: 1, breached: 0 },
      after: { met: 0, breached: 1 },
    });
    expect(simulation?.changed.find((each) => each.metric === 'resolution')).toMatchObject({ caseId, before: 'met', after: 'breached' });
    expect((await station.ask('sla.config', {})).policies).toHaveLength(2);
  });
});

describe('hours that change under open cases', () => {
  /** Promises office hours to ordinary customers; cases that begin from now on count by them. */
  async function promiseOffice(): Promise<void> {
    const office = await proposal((same) => ({
      ...same,
      policies: same.policies.map((policy) =>
        policy.id === 'standard' ? { ...policy, promise: { kind: 'calendars' as const, calendarIds: ['office-hours'] } } : policy,
      ),
    }));
    await station.ask('sla.save', { opId: op(), proposal: office, applyToOpen: false });
  }
  const shorter = (same: SlaProposal): SlaProposal => ({
    ...same,
    calendars: same.calendars.map((calendar) => {
      const day = [{ openMinute: 9 * 60, closeMinute: 13 * 60 }];
      return calendar.id === 'office-hours'
        ? { ...calendar, effectiveFrom: clock.now(), week: { mon: day, tue: day, wed: day, thu: day, fri: day } }
        : calendar;
    }),
  });

  test('the preview tells them apart from applying a policy, and both are what then happens', async () => {
    await promiseOffice();
    await arrive('by office hours');
    const before = (await row('by office hours')).sla?.dueAt ?? 0;
    nowMs += HOUR_MS;
    const both = standardFirstReply(30 * MINUTE_MS)(await proposal(shorter));
    const preview = await station.ask('sla.preview', { proposal: both, run: 'p' });
    expect(preview).toMatchObject({ openCases: 1, hours: { changed: 1, breachAtOnce: 0 }, applied: { changed: 1, breachAtOnce: 1 } });
    const hoursOnly = await station.ask('sla.preview', { proposal: await proposal(shorter), run: 'p' });
    expect(hoursOnly).toMatchObject({ hours: { changed: 1, breachAtOnce: 0 }, applied: { changed: 0, breachAtOnce: 0 } });
    await station.ask('sla.save', { opId: op(), proposal: await proposal(shorter), applyToOpen: false });
    await until(async () => ((await row('by office hours')).sla?.dueAt ?? 0) > before, 'the shorter day moves the due time');
  });

  test('a calendar goes out of use when nobody promises it; a case that began by it keeps its clock', async () => {
    await promiseOffice();
    await arrive('old promise');
    const before = (await row('old promise')).sla?.dueAt;
    const without = (same: SlaProposal): SlaProposal => ({
      ...same,
      calendars: same.calendars.filter((calendar) => calendar.id !== 'office-hours'),
    });
    const refused = await proposal(without);
    expect((await station.ask('sla.preview', { proposal: refused, run: 'p' }))?.problems.policies).toEqual([
      { policyId: 'standard', problem: { code: 'retired-hours', priority: null, metric: null } },
    ]);
    expect(await station.call('sla.save', { opId: op(), proposal: refused, applyToOpen: false })).toMatchObject({
      ok: false,
      error: { code: 'has-problems' },
    });
    const moved = await proposal((same) =>
      without({
        ...same,
        policies: same.policies.map((policy) => ({
          ...policy,
          promise: { kind: 'calendars' as const, calendarIds: ['around-the-clock'] },
        })),
      }),
    );
    await station.ask('sla.save', { opId: op(), proposal: moved, applyToOpen: false });
    const { calendars } = await station.ask('sla.config', {});
    expect(calendars.map(({ id, isRetired }) => [id, isRetired === true])).toContainEqual(['office-hours', true]);
    nowMs += MINUTE_MS;
    await arrive('new promise');
    expect((await row('new promise')).sla).toMatchObject({ dueAt: nowMs + 8 * HOUR_MS });
    expect((await row('old promise')).sla).toMatchObject({ dueAt: before, problem: null });
  });
});

describe('a long replay', () => {
  test('tells how far it is, and ends when nobody wants it any more', async () => {
    for (let index = 0; index < 30; index += 1) await arrive(`case ${index}`);
    const question = { proposal: await proposal(), days: 30, tiers: {}, run: 'long' };
    const running = station.ask('sla.simulate', question);
    expect(await station.ask('sla.progress', { run: 'long' })).toMatchObject({ done: 0, total: 30 });
    expect(await station.ask('sla.cancel', { opId: op(), run: 'long' })).toEqual({ isCancelled: true });
    expect(await running).toBeNull();
    expect(await station.ask('sla.progress', { run: 'long' })).toBeNull();
    expect(await station.ask('sla.cancel', { opId: op(), run: 'long' })).toEqual({ isCancelled: false });
    expect(await station.ask('sla.simulate', question)).toMatchObject({ cases: 30 });
  });

  test('can count customers of one tier as another', async () => {
    await arrive('ordinary');
    nowMs += 3 * HOUR_MS;
    const asked = { proposal: await proposal(), days: 30, run: 's' };
    const plain = await station.ask('sla.simulate', { ...asked, tiers: {} });
    expect(plain?.metrics.find((each) => each.metric === 'first-reply')).toMatchObject({ after: { breached: 0, open: 1 } });
    const asVip = await station.ask('sla.simulate', { ...asked, tiers: { standard: 'vip' } });
    expect(asVip?.metrics.find((each) => each.metric === 'first-reply')).toMatchObject({
      tier: 'standard',
      before: { breached: 0, open: 1 },
      after: { breached: 1, open: 0 },
    });
  });
});

describe('a customer who comes back', () => {
  const solve = (caseId: CaseId): Promise<unknown> =>
    station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
  const key = (): string => `m${messages}`;

  test('within the reopen window opens the case again; later a linked case follows, and further mail stays there', async () => {
    const caseId = await arrive('withdrawal');
    const firstKey = key();
    await solve(caseId);
    nowMs += 71 * HOUR_MS;
    expect(await arrive('Re: withdrawal', 'mei@customer.test', [firstKey])).toBe(caseId);
    expect((await station.ask('cases.detail', { caseId }))?.status).toBe('open');
    await solve(caseId);

    nowMs += 73 * HOUR_MS;
    const followUp = await arrive('Re: withdrawal, again', 'mei@customer.test', [firstKey]);
    const followKey = key();
    expect(followUp).not.toBe(caseId);
    expect((await station.ask('cases.detail', { caseId }))?.status).toBe('solved');
    // What names both, or only the old one again, belongs to the newer case; neither is merged away.
    expect(await arrive('Re: withdrawal, both', 'mei@customer.test', [firstKey, followKey])).toBe(followUp);
    expect(await arrive('Re: withdrawal, old mail', 'mei@customer.test', [firstKey])).toBe(followUp);
    expect((await station.ask('cases.detail', { caseId }))?.messageCount).toBe(2);
    expect((await station.ask('cases.detail', { caseId: followUp }))?.messageCount).toBe(3);
  });
});
