import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, reply, until } from '../engine/workstation.ts';
import { writeWire } from '../../src/shared/contract/team-wire.ts';
import type { PlainAction as CaseAction } from '../../src/shared/domain/case-actions.ts';
import type { AgentId, CaseId } from '../../src/shared/domain/ids.ts';
import { DAY_MS, instant } from '../../src/shared/domain/time.ts';

/** What comes of something that one did while the other did something else. */

const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

interface Pair {
  readonly hub: MemoryHub;
  readonly ana: TeamStation;
  readonly bo: TeamStation;
  readonly caseId: CaseId;
}

async function pair(boClock = clock): Promise<Pair> {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock: boClock });
  open.push(bo);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone' }));
  await until(async () => (await firstCase(ana)) !== null, 'the mail is fetched');
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  await until(async () => (await firstCase(bo)) !== null, 'Bo has the case');
  await quiet({ hub, ana, bo });
  const caseId = await firstCase(bo);
  if (caseId === null) throw new Error('no case');
  return { hub, ana, bo, caseId };
}

async function firstCase(station: TeamStation): Promise<CaseId | null> {
  return (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows[0]?.caseId ?? null;
}

/** Everything is said, and everybody has heard it. */
async function quiet({ hub, ana, bo }: Pick<Pair, 'ana' | 'bo' | 'hub'>): Promise<void> {
  await until(async () => {
    for (const station of [ana, bo]) await station.settled();
    return [ana, bo].every((station) => {
      const waiting = station.engine.store.read((db) => db.get('SELECT 1 FROM events WHERE sequence IS NULL AND void IS NULL LIMIT 1'));
      return waiting === undefined && station.engine.team.session()?.sync.status().cursor === hub.entries.length;
    });
  }, 'everybody has everything');
}

async function does(station: TeamStation, caseId: CaseId, action: CaseAction): Promise<void> {
  await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action });
}

async function agentOf(station: TeamStation): Promise<AgentId> {
  const me = (await station.ask('workspace.get', {})).me?.agentId;
  if (me === undefined) throw new Error('nobody is there');
  return me;
}

async function needed(station: TeamStation): Promise<readonly { readonly id: string; readonly reason: string }[]> {
  return (await station.ask('team.conflicts', { state: 'open' })).map(({ conflict: { id, reason } }) => ({ id, reason }));
}

test('two who take a case at once: one has it, and the other is told', async () => {
  const { hub, ana, bo, caseId } = await pair();
  await Promise.all([does(ana, caseId, { kind: 'claim' }), does(bo, caseId, { kind: 'claim' })]);
  await quiet({ hub, ana, bo });
  const owner = (await ana.ask('cases.detail', { caseId }))?.assigneeId;
  expect((await bo.ask('cases.detail', { caseId }))?.assigneeId).toBe(owner);
  const [winner, loser] = owner === (await agentOf(ana)) ? [ana, bo] : [bo, ana];
  expect(await needed(winner)).toEqual([]);
  expect((await needed(loser)).map(({ reason }) => reason)).toEqual(['claimed-by-other']);
});

test('who took a case without a connection, and too late, is told when there is one', async () => {
  const { hub, ana, bo, caseId } = await pair();
  bo.link().setOnline(false);
  await does(bo, caseId, { kind: 'claim' });
  expect((await bo.ask('cases.detail', { caseId }))?.assigneeId).toBe(await agentOf(bo));
  await does(ana, caseId, { kind: 'claim' });
  bo.link().setOnline(true);
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) expect((await station.ask('cases.detail', { caseId }))?.assigneeId).toBe(await agentOf(ana));
  expect((await needed(bo)).map(({ reason }) => reason)).toEqual(['claimed-by-other']);
});

test.each([
  ['keep-theirs', 'pending'],
  ['apply-mine', 'solved'],
] as const)('a status that both have changed waits for a person: %s', async (choice, status) => {
  const { hub, ana, bo, caseId } = await pair();
  bo.link().setOnline(false);
  await does(bo, caseId, { kind: 'status', to: 'solved' });
  await does(ana, caseId, { kind: 'status', to: 'pending' });
  bo.link().setOnline(true);
  await quiet({ hub, ana, bo });
  const [conflict, ...more] = await needed(bo);
  expect(more).toEqual([]);
  expect(conflict?.reason).toBe('status-changed-by-other');
  expect((await bo.ask('cases.detail', { caseId }))?.status).toBe('pending');
  await bo.ask('conflicts.resolve', { opId: op(), conflictId: conflict?.id ?? '', choice });
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) expect((await station.ask('cases.detail', { caseId }))?.status).toBe(status);
  expect(await needed(bo)).toEqual([]);
});

test('a note and a label that were written apart stand beside each other', async () => {
  const { hub, ana, bo, caseId } = await pair();
  bo.link().setOnline(false);
  await bo.ask('cases.addNote', { opId: op(), caseId, text: 'Ask the bank.' });
  await does(bo, caseId, { kind: 'add-label', label: 'bank' });
  await does(ana, caseId, { kind: 'add-label', label: 'urgent' });
  bo.link().setOnline(true);
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) {
    expect([...((await station.ask('cases.detail', { caseId }))?.labels ?? [])].toSorted()).toEqual(['bank', 'urgent']);
    expect((await station.ask('cases.timeline', { caseId })).filter(({ kind }) => kind === 'note')).toHaveLength(1);
    expect(await needed(station)).toEqual([]);
  }
});

test('a reply that was written while a colleague answered waits, and its customer gets one answer', async () => {
  const { hub, ana, bo, caseId } = await pair();
  bo.link().setOnline(false);
  await reply(bo, caseId, 'Written on the train.');
  await reply(ana, caseId, 'Written at the desk.');
  await until(() => ana.channel.sent.length === 1, 'Ana has answered');
  await quiet({ hub, ana, bo: ana });
  bo.link().setOnline(true);
  await quiet({ hub, ana, bo });
  expect((await needed(bo)).map(({ reason }) => reason)).toContain('colleague-replied');
  expect((await bo.ask('outbox.list', {})).map(({ state }) => state)).toEqual(['held']);
  expect(ana.channel.sent.map(({ text }) => text)).toEqual(['Written at the desk.']);
});

test('a clock that is a day ahead makes nothing happen tomorrow', async () => {
  const { hub, ana, bo, caseId } = await pair({ now: () => instant(Date.now() + DAY_MS) });
  await does(bo, caseId, { kind: 'claim' });
  await quiet({ hub, ana, bo });
  const rows = ana.engine.store.read((db) => db.all<{ at: number }>("SELECT at FROM events WHERE type = 'case.claimed'"));
  expect(rows).toHaveLength(1);
  expect(rows.every(({ at }) => at <= Date.now())).toBe(true);
  await does(ana, caseId, { kind: 'release' });
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) expect((await station.ask('cases.detail', { caseId }))?.assigneeId).toBeNull();
});

test('a hub that was put back gets what it lost in its old place', async () => {
  const { hub, ana, bo, caseId } = await pair();
  const copy = hub.entries.length;
  await does(bo, caseId, { kind: 'claim' });
  await does(ana, caseId, { kind: 'add-label', label: 'urgent' });
  await quiet({ hub, ana, bo });
  const before = hub.entries.map(({ id }) => id);
  for (const station of [ana, bo]) station.link().setOnline(false);
  hub.restore(copy);
  for (const station of [ana, bo]) station.link().setOnline(true);
  await until(() => hub.entries.length === before.length, 'the hub has it again');
  await quiet({ hub, ana, bo });
  expect(hub.entries.map(({ id }) => id)).toEqual(before);
  for (const station of [ana, bo]) expect((await station.ask('cases.detail', { caseId }))?.assigneeId).toBe(await agentOf(bo));
});

test('where somebody wrote before a restored hub had everything, what it lost comes behind it', async () => {
  const { hub, ana, bo, caseId } = await pair();
  const copy = hub.entries.length;
  await does(bo, caseId, { kind: 'claim' });
  await does(ana, caseId, { kind: 'add-label', label: 'urgent' });
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) station.link().setOnline(false);
  hub.restore(copy);
  const body = { user: 'cy' };
  hub.append({
    id: 'evt_stranger',
    stream: 'agent.agt_cy',
    data: writeWire(wire('evt_stranger', 'agent.agt_cy', 'agent.joined', body), () => 'c2ln'),
  });
  for (const station of [ana, bo]) station.link().setOnline(true);
  await until(() => hub.entries.length === copy + 3, 'the hub has everything');
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) {
    expect((await station.ask('cases.detail', { caseId }))?.assigneeId).toBe(await agentOf(bo));
    expect((await station.ask('cases.detail', { caseId }))?.labels).toEqual(['urgent']);
  }
});

test('what somebody says in the name of somebody else has no effect', async () => {
  const { hub, ana, bo, caseId } = await pair();
  const event = {
    ...wire('evt_forged', `case.${caseId}`, 'case.claimed', { agentId: await agentOf(ana) }),
    user: 'bo',
    actor: await agentOf(ana),
    epoch: 0,
  };
  hub.append({ id: event.id, stream: event.stream, data: writeWire(event, () => 'c2ln') });
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) expect((await station.ask('cases.detail', { caseId }))?.assigneeId).toBeNull();
});

test('a kind of event that is not known yet is kept and skipped', async () => {
  const { hub, ana, bo, caseId } = await pair();
  const event = { ...wire('evt_future', `case.${caseId}`, 'case.celebrated', { cake: true }), user: 'ana', epoch: 0 };
  hub.append({ id: event.id, stream: event.stream, data: writeWire(event, () => 'c2ln') });
  await does(bo, caseId, { kind: 'claim' });
  await quiet({ hub, ana, bo });
  for (const station of [ana, bo]) {
    expect((await station.ask('cases.detail', { caseId }))?.assigneeId).toBe(await agentOf(bo));
    const kept = station.engine.store.read((db) =>
      db.get<{ body: string; void: string | null }>("SELECT body, void FROM events WHERE id = 'evt_future'"),
    );
    expect(kept).toEqual({ body: JSON.stringify({ cake: true }), void: null });
  }
});

function wire(id: string, stream: string, type: string, body: Readonly<Record<string, unknown>>): Parameters<typeof writeWire>[0] {
  return {
    v: 1,
    id,
    stream,
    type,
    sv: 1,
    user: 'cy',
    workstation: 'ws-cy',
    actor: null,
    hlc: '0mm8y7c00-0000-cy',
    at: clock.now(),
    base: 0,
    epoch: null,
    body,
  };
}
