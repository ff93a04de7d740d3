import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { introduce, op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { EngineToPage } from '../../src/shared/contract/define.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { openBlobStore } from '../../src/main/engine/store/blobs.store.ts';
import { IdSource } from '../../src/main/engine/identity.ts';
import { contract } from '../../src/shared/contract/contract.ts';
import { EMPTY_PACKET } from '../../src/shared/domain/handoff/packet.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

const account: StoredAccount = {
  uid: accountIdFor('sample', 'here'),
  kind: 'sample',
  address: 'here@team.test',
  name: 'Here',
  tokenKey: '00'.repeat(32),
  createdAt: instant(1_760_000_000_000),
  removedAt: null,
  settings: null,
};

let station: Workstation;
beforeEach(async () => {
  station = await startWorkstation();
  await introduce(station);
});
afterEach(() => station[Symbol.asyncDispose]());

async function arrive(name: string): Promise<CaseId> {
  const { store, ledger } = station.engine;
  store.write((tx) => saveAccount(tx, { ...account, removedAt: null }));
  const clock = { now: () => instant(Date.now()) };
  const message: NormalizedMessage = {
    channel: 'email',
    direction: 'in',
    nativeKey: name,
    thread: { tokens: [], ownKey: name, parentKeys: [] },
    subject: name,
    from: { address: 'mei@customer.test', name: 'Mei' },
    to: [],
    cc: [],
    replyTo: [],
    text: name,
    html: null,
    preview: name,
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
    { events: [{ kind: 'message', message, remoteRef: name }], cursor: '', more: false, backfill: null },
    account.uid,
  );
  blobs[Symbol.dispose]();
  const row = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 50 })).rows.find((each) => each.subject === name);
  if (row === undefined) throw new Error('did not arrive');
  return row.caseId;
}

describe('the port', () => {
  test.each([
    ['an unknown name', 'cases.steal', {}],
    ['an inherited name', 'toString', {}],
    ['a missing field', 'cases.list', { view: 'mine' }],
    ['a wrong type', 'cases.list', { view: 'mine', sort: 'newest', limit: '5' }],
    ['an unknown field', 'cases.counts', { extra: 1 }],
    ['a malformed id', 'cases.detail', { caseId: "case_' OR 1=1 --" }],
    ['an id of another kind', 'cases.detail', { caseId: 'msg_abc' }],
    ['nothing', 'cases.list', null],
  ])('refuses %s', async (_what, name, input) => {
    expect(await station.engine.call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  test('ignores messages of the wrong shape and answers the next one', async () => {
    const posted: EngineToPage[] = [];
    let deliver: (message: unknown) => void = () => {};
    station.engine.attachPage({
      post: (message) => posted.push(message),
      onMessage: (listener) => (deliver = listener),
      onClose: () => {},
    });
    for (const junk of [null, 7, 'x', {}, { t: 'call' }, { t: 'call', id: 'x', name: 'cases.counts' }, { t: 'evil', id: 1 }]) deliver(junk);
    deliver({ t: 'call', id: 9, name: 'cases.counts', input: {} });
    await until(() => posted.length > 0, 'an answer');
    expect(posted).toMatchObject([{ t: 'result', id: 9, result: { ok: true } }]);
  });

  test('every query answers on an empty workspace, in a form that a port can carry', async () => {
    const week = { from: 1_780_000_000_000, to: 1_780_604_800_000 };
    const everybody = { skills: [], languages: [], tiers: [], hubs: [] };
    const moment = { year: 2026, month: 11, day: 24, hour: 9, minute: 0, second: 0 };
    const wall = { zone: 'UTC', startLocal: moment, endLocal: { ...moment, hour: 17 } };
    const inputs: Record<string, unknown> = {
      'cases.list': { view: 'all', sort: 'newest', limit: 10 },
      'cases.countFilters': { filters: [[{ field: 'is', not: false, values: ['overdue'] }], []], zone: 'Nowhere/At_All' },
      'cases.detail': { caseId: 'case_none' },
      'cases.timeline': { caseId: 'case_none' },
      'cases.related': { caseId: 'case_none' },
      'routing.need': { caseId: 'case_none' },
      'macros.forCase': { caseId: 'case_none' },
      'macros.preview': { macroId: 'mac_none', caseIds: ['case_none'] },
      'suggest.forCase': { caseId: 'case_none', asOf: null },
      'knowledge.list': { text: '' },
      'knowledge.article': { articleId: 'art_none' },
      'macros.try': { text: '{{customer.name}}', language: 'en', caseId: null },
      'intake.ofCase': { caseId: 'case_none' },
      'intake.row': { caseId: 'case_none' },
      'cases.countGroups': { view: 'all', grouping: 'channel', zone: 'UTC' },
      'cases.search': { text: 'nothing', limit: 10 },
      'drafts.get': { caseId: 'case_none', kind: 'reply' },
      'drafts.news': { caseId: 'case_none', outboxId: null },
      'messages.html': { messageId: 'msg_none' },
      'messages.source': { messageId: 'msg_none' },
      'attachments.bytes': { attachmentId: 'att_none' },
      'sla.clocks': { caseId: 'case_none' },
      'sla.preview': { proposal: { policies: [], calendars: [] }, run: 'p' },
      'sla.simulate': { proposal: { policies: [], calendars: [] }, run: 's', days: 30, tiers: {} },
      'sla.progress': { run: 'p' },
      'sla.holidays': { country: 'PT', year: 2026 },
      'sla.readIcs': { text: 'BEGIN:VCALENDAR\nEND:VCALENDAR' },
      'roster.readAgentsCsv': { text: 'name,zone\n' },
      'plan.window': week,
      'plan.publications': { limit: 10 },
      'plan.revertDiff': { publicationId: 'pub_none' },
      'plan.checkAbsence': { agentId: 'agt_none', ...wall },
      'plan.checkSwap': { shiftId: 'shf_none', fromAt: week.from, toAt: week.to, toAgent: null, returnShiftId: null },
      'coverage.window': { ...week, layer: 'published' },
      'coverage.candidates': { of: { selector: everybody }, ...week, layer: 'published' },
      'coverage.year': { from: null },
      'coverage.onNow': { selector: everybody, at: null },
      'coverage.demand': { ...week, bucketMinutes: 30, channels: null, language: null, layer: 'published' },
      'coverage.fairness': week,
      'coverage.ribbon': { ...week, view: 'all' },
      'promises.ofCase': { caseId: 'case_none' },
      'reminders.list': { of: 'all', limit: 10 },
      'reminders.nextShifts': { caseIds: ['case_none'] },
      'promises.list': { owner: 'me', states: ['open'], ...week, limit: 10 },
      'promises.detect': { caseId: 'case_none', text: 'We will call you tomorrow at 10:00.' },
      'promises.check': { caseId: 'case_none', due: moment },
      'acknowledgements.preview': { language: 'ja', zone: 'Asia/Tokyo', template: null },
      'acknowledgements.log': { limit: 10 },
      'guard.sealed': { messageId: 'msg_none' },
      'guard.checkDraft': { caseId: null, text: 'Hello' },
      'guard.view': {},
      'bot.playbooks': {},
      'assistant.get': {},
      'authenticity.code': { caseId: 'case_none' },
      'audit.list': { action: null, from: null, to: null, before: null, limit: 10 },
      'audit.verify': {},
      'handoffs.prepare': { caseId: 'case_none' },
      'handoffs.check': { caseId: 'case_none', to: { kind: 'queue' }, packet: EMPTY_PACKET },
      'handoffs.get': { handoffId: 'hnd_none' },
      'handoffs.ofCase': { caseId: 'case_none' },
      'handoffs.metrics': week,
      'handoffs.events': { ids: [] },
      'coverage.runway': { caseId: 'case_none' },
      'coverage.nextAvailable': { caseId: 'case_none' },
      'coverage.readIcs': { text: 'BEGIN:VCALENDAR\nEND:VCALENDAR', floatingZone: null, ...week },
      'team.presence': { caseId: 'case_none' },
      'team.replyLock': { caseId: 'case_none' },
      'team.writers': { caseIds: ['case_none'] },
      'team.conflicts': { state: 'all' },
      'team.readInvite': { text: 'meridian://join/none' },
      'accounts.discover': null,
      'accounts.test': null,
      'channels.check': null,
    };
    for (const [name, definition] of Object.entries(contract)) {
      if (definition.kind !== 'query' || inputs[name] === null) continue;
      const answer = await station.engine.call(name, inputs[name] ?? {});
      expect([name, answer.ok]).toEqual([name, true]);
      expect(structuredClone(answer)).toEqual(answer);
    }
  });
});

describe('commands', () => {
  test('the same operation id does the thing once and answers the same', async () => {
    const caseId = await arrive('once');
    const opId = op();
    const first = await station.ask('cases.addNote', { opId, caseId, text: 'a note' });
    const second = await station.ask('cases.addNote', { opId, caseId, text: 'a note' });
    expect(second).toEqual(first);
    expect((await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'note')).toHaveLength(1);
  });

  test('one undo takes a bulk action back, once, and leaves alone what the action had not changed', async () => {
    const ids = [await arrive('a'), await arrive('b'), await arrive('c')];
    const [first = ids[0]] = ids;
    if (first === undefined) throw new Error('no case');
    await station.ask('cases.apply', { opId: op(), caseIds: [first], action: { kind: 'status', to: 'solved' } });
    const opId = op();
    expect(await station.ask('cases.apply', { opId, caseIds: ids, action: { kind: 'status', to: 'solved' } })).toEqual({
      changed: 2,
      undoable: true,
    });
    expect((await station.ask('cases.counts', {})).solved).toBe(3);
    expect(await station.ask('cases.undo', { opId: op(), undoes: opId })).toMatchObject({ changed: 2 });
    expect((await station.ask('cases.counts', {})).solved).toBe(1);
    expect(await station.call('cases.undo', { opId: op(), undoes: opId })).toMatchObject({ ok: false, error: { code: 'nothing-to-undo' } });
  });

  test('a bulk action on a case that is gone changes none of them', async () => {
    const caseId = await arrive('d');
    const answer = await station.call('cases.apply', { opId: op(), caseIds: [caseId, 'case_gone' as CaseId], action: { kind: 'claim' } });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect((await station.ask('cases.counts', {})).mine).toBe(0);
  });

  test('a snooze ends by itself', async () => {
    const caseId = await arrive('sleepy');
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'snooze', until: instant(Date.now() + 300) } });
    await until(async () => (await station.ask('cases.counts', {})).snoozed === 0, 'it woke up');
    // on a busy machine it wakes before anybody has looked: what is written says that it slept
    const types = (await station.ask('cases.timeline', { caseId })).flatMap((item) => (item.kind === 'event' ? [item.body.type] : []));
    expect(types).toEqual(expect.arrayContaining(['case.snoozed', 'case.woken']));
  });

  test('a VIP flag needs a reason and runs out', async () => {
    const caseId = await arrive('vip');
    const contactId = (await station.ask('cases.detail', { caseId }))?.contactId;
    if (contactId === undefined) throw new Error('no contact');
    expect(await station.call('contacts.setTier', { opId: op(), contactId, tier: 'vip', reason: ' ', until: null })).toMatchObject({
      ok: false,
      error: { code: 'reason-missing' },
    });
    await station.ask('contacts.setTier', { opId: op(), contactId, tier: 'vip', reason: 'market maker', until: null });
    expect((await station.ask('cases.counts', {})).vip).toBe(1);
    expect(await station.call('contacts.setZone', { opId: op(), contactId, zone: 'Mars/Olympus' })).toMatchObject({
      ok: false,
      error: { code: 'unknown-zone' },
    });
  });
});

describe('live queries', () => {
  test('answer at once, again when their tables change, and not when nothing changed for them', async () => {
    const caseId = await arrive('live');
    const posted: EngineToPage[] = [];
    let deliver: (message: unknown) => void = () => {};
    let close: () => void = () => {};
    station.engine.attachPage({
      post: (message) => posted.push(message),
      onMessage: (listener) => (deliver = listener),
      onClose: (listener) => (close = listener),
    });
    deliver({ t: 'subscribe', id: 1, name: 'cases.counts', input: {} });
    deliver({ t: 'subscribe', id: 2, name: 'settings.get', input: {} });
    const data = (id: number) => posted.filter((message) => message.t === 'data' && message.id === id);
    await until(() => data(1).length === 1 && data(2).length === 1, 'the first answers');
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
    await until(() => data(1).length === 2, 'the second answer');
    expect(data(1)[1]).toMatchObject({ version: 2, result: { ok: true, value: { mine: 1, unassigned: 0 } } });
    // A label touches `cases` and changes no count: asked again, but not sent again.
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'add-label', label: 'x' } });
    await station.ask('settings.set', { opId: op(), patch: { density: 'compact' } });
    await until(() => data(2).length === 2, 'the settings answer');
    expect(data(1)).toHaveLength(2);
    close();
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'release' } });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(data(1)).toHaveLength(2);
  });

  test('a commit that was rolled back tells nobody', async () => {
    const heard: string[][] = [];
    const stop = station.engine.store.onCommit((changes) => heard.push([...changes]));
    expect(() =>
      station.engine.store.write((tx) => {
        tx.run("INSERT INTO settings(key, value) VALUES('x', 'y')");
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(heard).toEqual([]);
    station.engine.store.write((tx) => tx.run("INSERT INTO settings(key, value) VALUES('x', 'y')"));
    expect(heard).toEqual([['settings']]);
    stop();
  });
});

describe('what the shell tells', () => {
  test('a link to a case waits for the page that it opens, and follows a merge', async () => {
    const caseId = await arrive('linked');
    station.engine.handleShellEvent({ type: 'deep-link', caseId });
    const posted: EngineToPage[] = [];
    station.engine.attachPage({ post: (message) => posted.push(message), onMessage: () => {}, onClose: () => {} });
    station.engine.attachPage({ post: (message) => posted.push(message), onMessage: () => {}, onClose: () => {} });
    expect(posted).toEqual([{ t: 'event', event: { type: 'open-case', caseId } }]);
  });

  test('an invite waits for the page that it opens, and is shown once', () => {
    const posted: EngineToPage[] = [];
    const page = { post: (message: EngineToPage) => posted.push(message), onMessage: () => {}, onClose: () => {} };
    station.engine.handleShellEvent({ type: 'invite-link', text: 'meridian://join/abc' });
    station.engine.attachPage(page);
    station.engine.attachPage(page);
    expect(posted).toEqual([{ t: 'event', event: { type: 'open-invite', text: 'meridian://join/abc' } }]);
  });

  test('switching the shift on a full disk says so and ends nothing', async () => {
    const posted: EngineToPage[] = [];
    station.engine.attachPage({ post: (message) => posted.push(message), onMessage: () => {}, onClose: () => {} });
    const write = vi.spyOn(station.engine.store, 'write').mockImplementationOnce(() => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    });
    station.engine.handleShellEvent({ type: 'switch-shift' });
    expect(posted).toEqual([{ t: 'event', event: { type: 'storage', state: 'full' } }]);
    write.mockRestore();
    station.engine.handleShellEvent({ type: 'switch-shift' });
    expect(posted.at(-1)).toEqual({ t: 'event', event: { type: 'storage', state: 'ok' } });
    expect((await station.ask('settings.get', {})).onShift).toBe(false);
  });
});
