import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { systemTimers } from '../../src/main/engine/team/machine-clock.ts';
import type { MachineClock, Timers } from '../../src/main/engine/team/machine-clock.ts';
import type { OutboxRow } from '../../src/shared/contract/outbox.contract.ts';
import type { Status } from '../../src/shared/domain/case.ts';
import type { CaseId, OutboxId } from '../../src/shared/domain/ids.ts';
import { after, HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

let aheadMs = 0;
const clock = { now: () => instant(Date.now() + aheadMs) };
/** A machine that slept is not one whose clock was set. */
const machine: MachineClock = { monotonicMs: () => performance.now(), uptimeMs: () => Date.now() + aheadMs };
/** What people would not notice takes less here. */
const timers: Timers = { after: (ms, work) => systemTimers.after(ms / 20, work) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

async function start(hub: MemoryHub, name: string, hasChannel: boolean): Promise<TeamStation> {
  const station = await startStation(hub, name, { clock, machine, ...(hasChannel ? { hasChannel } : { timers }) });
  open.push(station);
  return station;
}

async function theCase(station: TeamStation): Promise<CaseId> {
  let found: CaseId | null = null;
  await until(async () => {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    found = rows[0]?.caseId ?? null;
    return found !== null && (await station.ask('cases.timeline', { caseId: found })).some((item) => item.kind === 'message');
  }, 'the customer has written');
  if (found === null) throw new Error('no case');
  return found;
}

const rowOf = async (station: TeamStation, outboxId: OutboxId): Promise<OutboxRow | null> =>
  (await station.ask('outbox.list', {})).find((each) => each.outboxId === outboxId) ?? null;
const leavesAt = async (station: TeamStation, outboxId: OutboxId): Promise<Instant | null> =>
  (await rowOf(station, outboxId))?.laterAt ?? null;
const stateOf = async (station: TeamStation, outboxId: OutboxId): Promise<string | null> => (await rowOf(station, outboxId))?.state ?? null;
const wake = (station: TeamStation): void => station.engine.handleShellEvent({ type: 'power', state: 'resume' });

/** Ana holds the channel, and Bo has written a reply for later. */
async function planned(waitMs: number, thenStatus: Status | null = null) {
  const hub = new MemoryHub(clock);
  const ana = await start(hub, 'Ana', true);
  const bo = await start(hub, 'Bo', false);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone', text: 'Please help me, I see nothing.' }));
  await theCase(ana);
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  const caseId = await theCase(bo);
  const to = [{ address: 'mei@customer.test', name: '' }];
  const { draftId } = await bo.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text: 'Good morning.', to, cc: [] });
  const at = after(clock.now(), waitMs);
  const { outboxId } = await bo.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus, sendAt: at });
  await until(async () => (await leavesAt(ana, outboxId)) === at, 'Ana knows when it leaves');
  return { hub, ana, bo, caseId, outboxId, at };
}

test('whoever holds the channel sends it at its time, with its writer’s workstation off; anybody may give it another one', async () => {
  const { ana, bo, caseId, outboxId, at } = await planned(9 * HOUR_MS, 'solved');
  expect(await rowOf(ana, outboxId)).toMatchObject({ state: 'queued', thenStatus: 'solved' });
  expect(await ana.ask('cases.detail', { caseId })).toMatchObject({ sendsAt: at });
  const sooner = after(at, -HOUR_MS);
  expect(await ana.ask('outbox.reschedule', { opId: op(), outboxId, sendAt: sooner })).toEqual({ before: at });
  await until(async () => (await leavesAt(bo, outboxId)) === sooner, 'Bo sees it');
  // what its writer does to the case is no surprise to anybody
  await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'pending' } });
  await until(async () => (await ana.ask('cases.detail', { caseId }))?.status === 'pending', 'Ana sees it');
  await bo.settled();
  await bo.quit();
  aheadMs += 8 * HOUR_MS - MINUTE_MS;
  wake(ana);
  expect(await stateOf(ana, outboxId)).toBe('queued');
  aheadMs += MINUTE_MS;
  wake(ana);
  await until(() => ana.channel.sent.length === 1, 'it leaves');
  await until(async () => (await stateOf(ana, outboxId)) === null, 'it has left');
  expect(ana.channel.sent[0]).toMatchObject({ text: 'Good morning.', authorName: 'Bo' });
  // the case becomes what its writer wanted, in nobody's name
  await until(async () => (await ana.ask('cases.detail', { caseId }))?.status === 'solved', 'it is solved then');
  const last = (await ana.ask('cases.timeline', { caseId })).findLast((item) => item.kind === 'event');
  expect(last).toMatchObject({ agentId: null, body: { type: 'case.statusChanged', to: 'solved' } });
});

test('a colleague’s deed holds it at once, at both; as it is it leaves when one of them says so', async () => {
  const { ana, bo, caseId, outboxId, at } = await planned(9 * HOUR_MS);
  await ana.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
  await until(async () => (await stateOf(bo, outboxId)) === 'held', 'Bo is told');
  await until(async () => (await stateOf(ana, outboxId)) === 'held', 'and so is Ana');
  expect(bo.shell.asked.filter(({ name }) => name === 'notify')).not.toEqual([]);
  await bo.ask('outbox.reschedule', { opId: op(), outboxId, sendAt: at });
  await until(async () => (await stateOf(ana, outboxId)) === 'queued', 'it waits again');
  expect(await leavesAt(ana, outboxId)).toBe(at);
  await ana.ask('outbox.sendNow', { opId: op(), outboxId });
  await until(() => ana.channel.sent.length === 1, 'it leaves');
});

test('another time that was chosen without the hub comes too late for what has left, and asks nobody for more', async () => {
  const { ana, bo, caseId, outboxId, at } = await planned(2 * HOUR_MS);
  bo.link().setOnline(false);
  await bo.ask('outbox.reschedule', { opId: op(), outboxId, sendAt: after(at, HOUR_MS) });
  aheadMs += 2 * HOUR_MS;
  wake(ana);
  await until(() => ana.channel.sent.length === 1, 'it leaves by what the log knows');
  bo.link().setOnline(true);
  await until(async () => (await stateOf(bo, outboxId)) === null, 'Bo sees that it left');
  await bo.settled();
  for (const station of [ana, bo])
    await until(async () => (await station.ask('cases.detail', { caseId }))?.queuedReplies === 0, 'nothing waits any more');
  expect(ana.channel.sent).toHaveLength(1);
});

test('of two who choose another time at once the last in the log counts, at both', async () => {
  const { ana, bo, outboxId, at } = await planned(9 * HOUR_MS);
  bo.link().setOnline(false);
  const [mine, theirs] = [after(at, 2 * HOUR_MS), after(at, HOUR_MS)];
  await bo.ask('outbox.reschedule', { opId: op(), outboxId, sendAt: mine });
  await ana.ask('outbox.reschedule', { opId: op(), outboxId, sendAt: theirs });
  await ana.settled();
  bo.link().setOnline(true);
  for (const station of [ana, bo]) await until(async () => (await leavesAt(station, outboxId)) === mine, 'both say the same');
  expect(ana.channel.sent).toEqual([]);
});
