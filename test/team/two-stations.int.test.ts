import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { theCase } from './real-station.ts';
import { inviteTo, join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
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

test('a colleague without the mailbox has the whole case', async () => {
  const { bo, caseId } = await team();
  const detail = await bo.ask('cases.detail', { caseId });
  expect(detail).toMatchObject({ subject: 'My coins are gone' });
});

test('who leaves keeps a copy to read, and who comes back goes on where they left it', async () => {
  const { hub, ana, bo, caseId } = await team();
  await bo.ask('team.leave', { opId: op() });
  expect((await bo.ask('team.get', {}))?.phase).toBe('read-only');
  expect((await bo.ask('cases.detail', { caseId }))?.subject).toBe('My coins are gone');
  const refused = await bo.call('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  expect(refused.ok ? null : refused.error.code).toBe('read-only');

  await ana.ask('cases.addNote', { opId: op(), caseId, text: 'Written while Bo was away.' });
  await join(bo, hub, 'bo');
  await until(async () => (await bo.ask('team.get', {}))?.phase === 'live', 'Bo is back');
  await until(async () => (await bo.ask('cases.timeline', { caseId })).some((item) => item.kind === 'note'), 'what was missed is there');
  await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  const me = (await bo.ask('workspace.get', {})).me?.agentId;
  await until(async () => (await ana.ask('cases.detail', { caseId }))?.assigneeId === me, 'Ana sees that Bo has it');
  expect((await ana.ask('team.conflicts', { state: 'all' })).length).toBe(0);
});

test('another hub takes no workspace with the history of a team', async () => {
  const { bo } = await team();
  await bo.ask('team.leave', { opId: op() });
  const other = inviteTo('bo', 'agent', null, 'hub-other');
  const refused = await bo.call('team.join', { opId: op(), invite: other, keepHistory: true, isSamePerson: true });
  expect(refused.ok ? null : refused.error.code).toBe('other-hub');
});

test('a key that is not let in makes a copy to read, and what waits goes out if it is let in again', async () => {
  const { ana, bo, caseId } = await team();
  await until(async () => (await bo.ask('team.get', {}))?.phase === 'live', 'Bo has joined');
  bo.link().setOnline(false);
  await bo.ask('cases.addNote', { opId: op(), caseId, text: 'Written on the plane.' });
  bo.link().setOnline(true);
  bo.link().revoke();
  await until(async () => (await bo.ask('team.get', {}))?.phase === 'read-only', 'Bo is out');
  const refused = await bo.call('cases.addNote', { opId: op(), caseId, text: 'Never written.' });
  expect(refused.ok ? null : refused.error.code).toBe('read-only');
  bo.link().revoke(false);
  await until(async () => (await bo.ask('team.get', {}))?.phase === 'live', 'Bo is in again');
  await until(async () => (await ana.ask('cases.timeline', { caseId })).some((item) => item.kind === 'note'), 'Ana reads the note');
});

test('an agent takes no cases along, because nobody would believe them', async () => {
  const { hub, ana } = await team();
  const cy = await startStation(hub, 'Cy', { clock, hasChannel: true });
  open.push(cy);
  cy.channel.deliver(customerMail(clock, { subject: 'From elsewhere' }));
  await theCase(cy);
  hub.addUser('cy', 'agent');
  const refused = await cy.call('team.join', { opId: op(), invite: inviteTo('cy', 'agent'), keepHistory: true, isSamePerson: true });
  expect(refused.ok ? null : refused.error.code).toBe('history-needs-lead');
  await cy.ask('team.join', { opId: op(), invite: inviteTo('cy', 'agent'), keepHistory: false, isSamePerson: true });
  await until(async () => (await cy.ask('team.get', {}))?.phase === 'live', 'Cy has joined');
  expect((await cy.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 })).rows.map(({ subject }) => subject)).toEqual([
    'My coins are gone',
  ]);
  expect((await ana.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 })).total).toBe(1);
  await until(async () => (await ana.ask('workspace.get', {})).agents.some(({ name }) => name === 'Cy'), 'Ana knows Cy');
});

test('in a copy to read time brings about nothing', async () => {
  let ahead = 0;
  const shifted = { now: () => instant(Date.now() + ahead) };
  const hub = new MemoryHub(shifted);
  const ana = await startStation(hub, 'Ana', { clock: shifted, hasChannel: true });
  open.push(ana);
  ana.channel.deliver(customerMail(shifted, { subject: 'Later' }));
  const caseId = await theCase(ana);
  await join(ana, hub, 'ana', 'lead');
  await until(async () => (await ana.ask('team.get', {}))?.phase === 'live', 'Ana has joined');
  await ana.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'snooze', until: instant(shifted.now() + 60_000) } });
  await until(async () => (await ana.ask('team.get', {}))?.pending.count === 0, 'the hub knows');
  await ana.ask('team.leave', { opId: op() });
  const events = (): number => ana.engine.store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM events')?.count ?? 0);
  const before = events();
  ahead = 3_600_000;
  ana.engine.handleShellEvent({ type: 'power', state: 'resume' });
  await ana.engine.settled();
  expect(events()).toBe(before);
});
