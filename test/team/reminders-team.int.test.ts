import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import type { EngineEvent } from '../../src/shared/contract/workspace.contract.ts';
import type { AgentId, CaseId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** A reminder that one person sets and another is told of, at another workstation; and one that both say is done. */

let aheadMs = 0;
const clock = { now: () => instant(Date.now() + aheadMs) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

function listen(station: TeamStation): EngineEvent[] {
  const heard: EngineEvent[] = [];
  station.engine.attachPage({
    post: (message) => {
      if (message.t === 'event' && (message.event as EngineEvent).type === 'reminder') heard.push(message.event as EngineEvent);
    },
    onMessage: () => undefined,
    onClose: () => undefined,
  });
  return heard;
}

async function caseOf(station: TeamStation): Promise<CaseId | undefined> {
  return (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows[0]?.caseId;
}
const reminders = async (station: TeamStation) => (await station.ask('reminders.list', { of: 'all', limit: 10 })).rows;

test('a reminder for a colleague is told at their workstation and nowhere else, and done once', async () => {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock });
  open.push(bo);
  ana.channel.deliver(customerMail(clock));
  await until(async () => (await caseOf(ana)) !== undefined, 'the mail is fetched');
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  await until(async () => (await caseOf(bo)) !== undefined, 'Bo has the case');
  const caseId = (await caseOf(bo)) ?? ('' as CaseId);
  const boId = (await bo.ask('workspace.get', {})).me?.agentId ?? ('' as AgentId);
  const [atAnas, atBos] = [listen(ana), listen(bo)];

  await ana.ask('cases.apply', {
    opId: op(),
    caseIds: [caseId],
    action: {
      kind: 'remind',
      reminderId: null,
      at: instant(clock.now() + HOUR_MS),
      note: 'call the bank',
      forId: boId,
      isForSilence: false,
    },
  });
  await until(async () => (await reminders(bo)).length === 1, 'Bo has the reminder');
  aheadMs += HOUR_MS + 1_000;
  for (const station of [ana, bo]) station.engine.handleShellEvent({ type: 'power', state: 'resume' });
  await until(() => atBos.length > 0, 'Bo is told');
  expect([atBos, atAnas]).toMatchObject([[{ caseId, note: 'call the bank' }], []]);
  expect(await ana.ask('reminders.counts', {})).toEqual({ open: 0, due: 0 });

  // both say that it is done, one of them without a way to the hub
  const [reminder] = await reminders(bo);
  const done = { kind: 'clear-reminder', reminderId: reminder?.reminderId ?? null, as: 'done' } as const;
  bo.link().setOnline(false);
  await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: done });
  await ana.ask('cases.apply', { opId: op(), caseIds: [caseId], action: done });
  bo.link().setOnline(true);
  await until(async () => {
    for (const station of [ana, bo]) await station.settled();
    const waiting = bo.engine.store.read((db) => db.get('SELECT 1 FROM events WHERE sequence IS NULL AND void IS NULL LIMIT 1'));
    return waiting === undefined && bo.engine.team.session()?.sync.status().cursor === hub.entries.length;
  }, 'everybody has everything');
  expect([await reminders(ana), await reminders(bo)]).toEqual([[], []]);
  expect(await bo.ask('team.conflicts', { state: 'open' })).toEqual([]);
});
