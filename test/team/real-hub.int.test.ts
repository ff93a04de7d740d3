import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinHub, startRealStation, theCase } from './real-station.ts';
import type { RealStation } from './real-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { TestHub } from '../hub/hub-server.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.now()) };
let hub: TestHub;
const open: RealStation[] = [];
beforeAll(async () => {
  hub = await TestHub.start({
    users: [
      { name: 'ana', role: 'lead' },
      { name: 'bo', role: 'agent' },
    ],
  });
});
afterAll(async () => {
  for (const station of open) await station[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

test('two workstations on a real hub: history is brought, a case is taken once, and both see it', async () => {
  const ana = await startRealStation('Ana', { hasChannel: true });
  open.push(ana);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone' }));
  const caseId = await theCase(ana);
  await joinHub(ana, hub, 'ana');
  await until(async () => (await ana.ask('team.get', {}))?.phase === 'live', 'Ana has joined');
  const bo = await startRealStation('Bo');
  open.push(bo);
  await joinHub(bo, hub, 'bo');
  expect(await theCase(bo)).toBe(caseId);
  await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  const me = (await bo.ask('workspace.get', {})).me?.agentId;
  await until(async () => (await ana.ask('cases.detail', { caseId }))?.assigneeId === me, 'Ana sees that Bo has it');
  await until(async () => (await bo.ask('team.get', {}))?.pending.count === 0, 'nothing waits');
  expect(await ana.ask('team.conflicts', { state: 'all' })).toEqual([]);
});
