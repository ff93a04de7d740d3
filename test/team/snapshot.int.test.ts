import Database from 'better-sqlite3';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { join as joinPath } from 'node:path';
import { createUser } from '@nats-io/nkeys';
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { teamTables } from './team-tables.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { MIGRATIONS, migrate } from '../../src/main/engine/store/migrate.ts';
import { SNAPSHOT_TABLES } from '../../src/main/engine/store/snapshot/tables.ts';
import { snapshotWorkHere } from '../../src/main/engine/store/snapshot/snapshot-work.ts';
import { signerOf } from '../../src/main/engine/team/nkey-signature.ts';
import type { EngineOptions } from '../../src/main/engine/create-engine.ts';
import { readManifest, writeManifest } from '../../src/shared/contract/team-snapshot.ts';
import type { SnapshotManifest } from '../../src/shared/contract/team-snapshot.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

interface Logged {
  readonly message: string;
  readonly fields: unknown;
}

async function station(
  hub: MemoryHub,
  name: string,
  logged: Logged[] = [],
  more: Partial<EngineOptions> & { hasChannel?: boolean } = {},
): Promise<TeamStation> {
  const started = await startStation(hub, name, {
    clock,
    snapshots: snapshotWorkHere,
    log: (_level, message, fields) => void logged.push({ message, fields }),
    ...more,
  });
  open.push(started);
  return started;
}

async function casesOf(at: TeamStation): Promise<CaseId[]> {
  const { rows } = await at.ask('cases.list', { view: 'all', sort: 'newest', limit: 50 });
  return rows.map(({ caseId }) => caseId);
}

/** A lead with a mailbox and some days of work. */
async function leadWithHistory(hub: MemoryHub): Promise<TeamStation> {
  const ana = await station(hub, 'Ana', [], { hasChannel: true });
  for (let index = 0; index < 6; index += 1)
    ana.channel.deliver(
      customerMail(clock, {
        subject: `Order ${String(index)}`,
        text: `Where is order ${String(index)}? 我的订单`,
        from: { address: `mei${String(index)}@customer.test`, name: 'Mei' },
      }),
    );
  await until(async () => (await casesOf(ana)).length === 6, 'six cases');
  await join(ana, hub, 'ana', 'lead');
  await ana.settled();
  const [first, second, third] = await casesOf(ana);
  if (first === undefined || second === undefined || third === undefined) throw new Error('no cases');
  await ana.ask('cases.apply', { opId: op(), caseIds: [first], action: { kind: 'claim' } });
  await ana.ask('cases.apply', { opId: op(), caseIds: [second], action: { kind: 'status', to: 'solved' } });
  await ana.ask('cases.apply', { opId: op(), caseIds: [third], action: { kind: 'add-label', label: 'refund' } });
  await ana.ask('cases.addNote', { opId: op(), caseId: first, text: 'The bank was asked.' });
  // what is nobody else's business
  await ana.ask('drafts.save', { opId: op(), caseId: second, kind: 'reply', text: 'A secret that nobody may read', to: [], cc: [] });
  await ana.settled();
  return ana;
}

async function goOn(ana: TeamStation): Promise<void> {
  const caseId = (await casesOf(ana))[3];
  if (caseId === undefined) throw new Error('no case');
  await ana.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  await ana.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'priority', to: 'high' } });
  await ana.settled();
}

test('every table was decided about', () => {
  const database = new Database(':memory:');
  migrate(database);
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();
  expect(tables.toSorted()).toEqual(Object.keys(SNAPSHOT_TABLES).toSorted());
  database.close();
});

test('who starts from a snapshot and goes on in the log has the same as who read all of it', async () => {
  const hub = new MemoryHub(clock);
  const ana = await leadWithHistory(hub);
  expect(await ana.engine.snapshots?.make()).toBe('made');
  await goOn(ana);

  const logged: Logged[] = [];
  const bo = await station(hub, 'Bo', logged);
  await join(bo, hub, 'bo');
  await until(async () => (await casesOf(bo)).length === 6, 'bo has the cases');
  await bo.settled();
  const cy = await startStation(hub, 'Cy', { clock });
  open.push(cy);
  await join(cy, hub, 'cy');
  await until(async () => (await casesOf(cy)).length === 6, 'cy has the cases');
  await cy.settled();
  await bo.settled();

  expect(logged.map(({ message }) => message)).toContain('started from a snapshot');
  const [quick, slow] = [teamTables(bo.engine.store, 'bo'), teamTables(cy.engine.store, 'cy')];
  for (const table of Object.keys(slow)) expect([table, quick[table]]).toEqual([table, slow[table]]);
  expect(quick['messages']).toHaveLength(7);
});
