import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { EMPTY_PACKET } from '../../src/shared/domain/handoff/packet.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.now()) };
const AHEAD_MS = 10 * MINUTE_MS;
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

test('the reply of a colleague whose clock is fast leaves when it should', async () => {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock: { now: () => instant(Date.now() + AHEAD_MS) } });
  open.push(bo);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone' }));
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  bo.link().clockAheadMs = AHEAD_MS;
  const cases: CaseId[] = [];
  await until(async () => {
    const [row] = (await bo.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows;
    if (row !== undefined) cases.push(row.caseId);
    return row !== undefined && (await bo.ask('cases.timeline', { caseId: row.caseId })).some((item) => item.kind === 'message');
  }, 'Bo has the case');
  const caseId = cases.at(-1);
  if (caseId === undefined) throw new Error('no case');
  const to = [{ address: 'mei@customer.test', name: '' }];
  const { draftId } = await bo.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text: 'They are here.', to, cc: [] });
  await bo.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
  await until(() => ana.channel.sent.length === 1, 'it leaves');
  expect(ana.channel.sent[0]?.text).toContain('They are here.');
});

async function fastStation(hub: MemoryHub): Promise<{ readonly ana: TeamStation; readonly uid: CaseId }> {
  const ana = await startStation(hub, 'Ana', { clock: { now: () => instant(Date.now() + AHEAD_MS) }, hasChannel: true });
  open.push(ana);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone' }));
  const found: CaseId[] = [];
  await until(async () => {
    found.push(...(await ana.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows.map(({ caseId }) => caseId));
    return found.length > 0;
  }, 'a case is there');
  await join(ana, hub, 'ana', 'lead');
  ana.link().clockAheadMs = AHEAD_MS;
  const [uid] = found;
  if (uid === undefined) throw new Error('no case');
  return { ana, uid };
}

test('a workstation whose clock is fast wakes no case before its time', async () => {
  const hub = new MemoryHub(clock);
  const { ana, uid } = await fastStation(hub);
  const { store, ledger } = ana.engine;
  const untilAt = instant(Date.now() + 2_000);
  store.write((tx) => ledger.append(tx, uid, [{ type: 'case.snoozed', until: untilAt }], { actor: null }));
  await until(() => hub.entries.some(({ data }) => data.includes('"type":"case.woken"')), 'it has woken');
  const told = hub.entries.filter(({ data }) => data.includes('"type":"case.woken"'));
  expect(told).toHaveLength(1);
  expect(told[0]?.storedAt).toBeGreaterThanOrEqual(untilAt);
});

test('a workstation whose clock is fast ends no offer before its time, and does not fill the log with trying', async () => {
  const hub = new MemoryHub(clock);
  const { ana, uid } = await fastStation(hub);
  await ana.ask('cases.apply', { opId: op(), caseIds: [uid], action: { kind: 'claim' } });
  const me = (await ana.ask('workspace.get', {})).me?.agentId;
  if (me === undefined) throw new Error('nobody sits here');
  const handoffId = makeId('hnd', 'fast');
  const { store, ledger } = ana.engine;
  const expiresAt = instant(Date.now() + 3_000);
  const to = { kind: 'queue' } as const;
  const offer = {
    handoffId,
    fromId: me,
    fromHubId: null,
    to,
    reason: 'expertise',
    packet: EMPTY_PACKET,
    senderOffAt: null,
    teamHubs: [],
  } as const;
  store.write((tx) => ledger.append(tx, uid, [{ type: 'handoff.offered', ...offer, expiresAt }], { actor: me }));
  await until(
    () => store.read((db) => ledger.ownership(db, uid)).handoffs.find((each) => each.handoffId === handoffId)?.state === 'expired',
    'it has expired',
  );
  await ana.settled();
  const told = hub.entries.filter(({ data }) => data.includes('"type":"handoff.expired"'));
  expect(told).toHaveLength(1);
  expect(told[0]?.storedAt).toBeGreaterThanOrEqual(expiresAt);
});
