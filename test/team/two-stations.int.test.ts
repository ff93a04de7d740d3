import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { until } from '../engine/workstation.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

async function team(): Promise<{ readonly hub: MemoryHub; readonly ana: TeamStation; readonly bo: TeamStation; readonly caseId: CaseId }> {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock });
  open.push(bo);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone', text: 'Please help me, I see nothing.' }));
  await theCase(ana);
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  const caseId = await theCase(bo);
  return { hub, ana, bo, caseId };
}

async function theCase(station: TeamStation): Promise<CaseId> {
  const found: CaseId[] = [];
  await until(async () => {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    found.push(...rows.map((row) => row.caseId));
    return found.length > 0;
  }, 'a case is there');
  const [caseId] = found;
  if (caseId === undefined) throw new Error('no case');
  return caseId;
}

test('a colleague without the mailbox has the whole case', async () => {
  const { bo, caseId } = await team();
  const detail = await bo.ask('cases.detail', { caseId });
  expect(detail).toMatchObject({ subject: 'My coins are gone' });
});
