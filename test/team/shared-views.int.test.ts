import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { theCase } from './real-station.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { IdSource } from '../../src/main/engine/identity.ts';
import { leavePending } from '../../src/main/engine/team/admission.ts';
import { createCaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import type { ListedView } from '../../src/shared/contract/views.contract.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { SavedView } from '../../src/shared/domain/saved-view.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

const VIEW: SavedView = {
  viewId: makeId('view', 'late'),
  name: 'Unsolved of nobody',
  conditions: [
    { field: 'status', not: false, values: ['open', 'pending', 'hold'] },
    { field: 'assignee', not: false, values: ['nobody'] },
  ],
  text: '',
  sort: 'due',
  hiddenColumns: ['waiting'],
  grouping: 'channel',
};

async function start(name: string, hub: MemoryHub, hasChannel = false): Promise<TeamStation> {
  const station = await startStation(hub, name, { clock, hasChannel });
  open.push(station);
  return station;
}
/** Says in the roster, too, that who sits there is a lead: without any, everybody decides. */
async function lead(station: TeamStation): Promise<void> {
  await until(async () => (await station.ask('team.get', {}))?.phase === 'live', 'joined');
  const { roster, me } = await station.ask('roster.get', {});
  const agent = roster.agents.find((each) => each.agentId === me);
  if (agent === undefined) throw new Error('nobody sits here');
  await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: { ...agent, tiers: ['lead'] } }] });
}
const views = async (station: TeamStation): Promise<readonly ListedView[]> => station.ask('views.list', {});
const sees = async (station: TeamStation, check: (views: readonly ListedView[]) => boolean, what: string): Promise<void> =>
  until(async () => check(await views(station)), what);
const count = async (station: TeamStation): Promise<number | undefined> =>
  (await station.ask('cases.countFilters', { filters: [VIEW.conditions], zone: 'UTC' }))[0];

test('a view that somebody shares is everybody’s to use, and its owner’s and leads’ to change', async () => {
  const hub = new MemoryHub(clock);
  const ana = await start('Ana', hub, true);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone', text: 'Please help me, I see nothing.' }));
  await theCase(ana);
  await join(ana, hub, 'ana', 'lead');
  await lead(ana);
  const bo = await start('Bo', hub);
  await join(bo, hub, 'bo');
  const cy = await start('Cy', hub);
  await join(cy, hub, 'cy');
  const caseId = await theCase(bo);

  // private: nobody else has it
  await bo.ask('views.save', { opId: op(), view: VIEW, isShared: false });
  expect(await views(bo)).toEqual([{ ...VIEW, isShared: false, ownerId: null, canChange: true, isMine: true }]);
  await bo.ask('views.save', { opId: op(), view: VIEW, isShared: true });
  await sees(ana, (all) => all.length === 1, 'Ana sees what Bo shares');
  const boId = (await bo.ask('workspace.get', {})).me?.agentId;
  expect(await views(ana)).toEqual([{ ...VIEW, isShared: true, ownerId: boId, canChange: true, isMine: false }]);
  await sees(cy, (all) => all[0]?.canChange === false, 'Cy may use it and no more');
  expect((await views(bo))[0]).toMatchObject({ isShared: true, isMine: true });
  expect(await count(ana)).toBe(1);
  await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  await until(async () => (await count(ana)) === 0, 'its count goes with the cases');

  const refused = await cy.call('views.save', { opId: op(), view: { ...VIEW, name: 'Mine now' }, isShared: true });
  expect(refused.ok ? null : refused.error.code).toBe('not-allowed');
  const kept = await cy.call('views.remove', { opId: op(), viewId: VIEW.viewId });
  expect(kept.ok ? null : kept.error.code).toBe('not-allowed');

  // a lead changes and removes it, and it stays Bo's
  await ana.ask('views.save', { opId: op(), view: { ...VIEW, name: 'Nobody’s' }, isShared: true });
  await sees(bo, (all) => all[0]?.name === 'Nobody’s', 'Bo sees the new name');
  await ana.ask('views.remove', { opId: op(), viewId: VIEW.viewId });
  await sees(bo, (all) => all.length === 0, 'it is gone at Bo’s');
  await ana.ask('views.save', { opId: op(), view: VIEW, isShared: true });
  await sees(cy, (all) => all.length === 1, 'it is back');
  expect((await views(cy))[0]?.ownerId).toBe(boId);
  const taken = await ana.call('views.save', { opId: op(), view: VIEW, isShared: false });
  expect(taken.ok ? null : taken.error.code).toBe('not-allowed');
  await sees(bo, (all) => all.length === 1, 'Bo has it again');
  await bo.ask('views.save', { opId: op(), view: VIEW, isShared: false });
  await sees(ana, (all) => all.length === 0, 'Bo took it back from the team');
  expect(await views(bo)).toMatchObject([{ viewId: VIEW.viewId, isShared: false }]);
});

test('what is shared while away is told later, and a view in nobody’s name has no effect', async () => {
  const hub = new MemoryHub(clock);
  const ana = await start('Ana', hub, true);
  await join(ana, hub, 'ana', 'lead');
  await lead(ana);
  const bo = await start('Bo', hub);
  await join(bo, hub, 'bo');
  await until(async () => (await bo.ask('team.get', {}))?.phase === 'live', 'Bo has joined');
  const anaId = (await ana.ask('workspace.get', {})).me?.agentId ?? makeId('agt', 'none');
  await ana.ask('views.save', { opId: op(), view: VIEW, isShared: true });
  await sees(bo, (all) => all.length === 1, 'Bo sees it');
  bo.link().setOnline(false);
  await bo.ask('views.save', { opId: op(), view: { ...VIEW, viewId: makeId('view', 'plane'), name: 'Plane' }, isShared: true });
  // as a changed program would, past the engine's own check
  const boId = (await bo.ask('workspace.get', {})).me?.agentId ?? makeId('agt', 'none');
  const ledger = createCaseLedger({ log: leavePending, ids: new IdSource(clock), clock, node: 'forger' });
  bo.engine.store.write((tx) => {
    for (const owner of [anaId, boId])
      ledger.recordTeamEvent(tx, `view.${VIEW.viewId}`, 'view.removed', { viewId: VIEW.viewId, owner }, { actor: boId });
  });
  bo.link().setOnline(true);
  await sees(ana, (all) => all.some((view) => view.name === 'Plane'), 'what was shared on the plane');
  expect((await views(ana)).map((view) => view.viewId)).toContain(VIEW.viewId);
  await sees(bo, (all) => all.length === 2, 'Bo sees the same');
});

test('views are in the order that each person gives them', async () => {
  const hub = new MemoryHub(clock);
  const ana = await start('Ana', hub, true);
  const named = (name: string): SavedView => ({ ...VIEW, viewId: makeId('view', name), name });
  for (const name of ['b', 'a', 'c']) await ana.ask('views.save', { opId: op(), view: named(name), isShared: name === 'c' });
  expect((await views(ana)).map((view) => view.name)).toEqual(['a', 'b', 'c']);
  await ana.ask('views.order', { opId: op(), viewIds: [makeId('view', 'c'), makeId('view', 'gone'), makeId('view', 'b')] });
  expect((await views(ana)).map((view) => view.name)).toEqual(['c', 'b', 'a']);
});
