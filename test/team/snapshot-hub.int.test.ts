import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinHub, startRealStation, theCase } from './real-station.ts';
import type { RealStation } from './real-station.ts';
import { teamTables } from './team-tables.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { TestHub } from '../hub/hub-server.ts';
import { snapshotWorkHere } from '../../src/main/engine/store/snapshot/snapshot-work.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.now()) };
let hub: TestHub;
const open: RealStation[] = [];
beforeAll(async () => {
  const users = ['ana', 'bo', 'cy'].map((name) => ({ name, role: 'lead' }) as const);
  hub = await TestHub.start({ users });
});
afterAll(async () => {
  for (const station of open) await station[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

async function started(name: string, hasSnapshots: boolean, hasChannel = false): Promise<RealStation> {
  const station = await startRealStation(name, { hasChannel, ...(hasSnapshots ? { snapshots: snapshotWorkHere } : {}) });
  open.push(station);
  return station;
}

async function hasAll(station: RealStation, upTo: number): Promise<void> {
  await until(async () => {
    const team = await station.ask('team.get', {});
    return team !== null && team.cursor >= upTo && team.pending.count === 0 && team.progress === null;
  }, 'everything is there');
}

test('on a real hub, a start from a snapshot gives the same as reading the log', async () => {
  const ana = await started('Ana', true, true);
  for (const subject of ['One', 'Two', 'Three']) ana.channel.deliver(customerMail(clock, { subject }));
  await until(async () => (await ana.ask('cases.counts', {})).all === 3, 'three cases');
  await joinHub(ana, hub, 'ana');
  await hasAll(ana, 1);
  await until(async () => (await ana.call('team.makeSnapshot', { opId: op() })).ok, 'a snapshot is made');
  await ana.ask('cases.apply', { opId: op(), caseIds: [await theCase(ana)], action: { kind: 'add-label', label: 'later' } });
  await hasAll(ana, 1);
  const last = (await ana.ask('team.get', {}))?.cursor ?? 0;
  const bo = await started('Bo', true);
  await joinHub(bo, hub, 'bo');
  await hasAll(bo, last);
  const cy = await started('Cy', false);
  await joinHub(cy, hub, 'cy');
  await hasAll(cy, last);
  await until(
    async () => (await bo.ask('team.get', {}))?.cursor === (await cy.ask('team.get', {}))?.cursor && (await hasAll(bo, last), true),
    'both are at the same place',
  );
  expect(bo.engine.store.read((db) => db.get('SELECT count(*) AS count FROM team_wire WHERE sequence <= @last', { last }))).not.toEqual(
    cy.engine.store.read((db) => db.get('SELECT count(*) AS count FROM team_wire WHERE sequence <= @last', { last })),
  );
  const [quick, slow] = [teamTables(bo.engine.store, 'bo'), teamTables(cy.engine.store, 'cy')];
  for (const table of Object.keys(slow)) expect([table, quick[table]]).toEqual([table, slow[table]]);
});
