import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, brotliCompressSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { createUser } from '@nats-io/nkeys';
import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { teamTables } from './team-tables.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { migrate, MIGRATIONS } from '../../src/main/engine/store/migrate.ts';
import { SNAPSHOT_TABLES } from '../../src/main/engine/store/snapshot/tables.ts';
import { makeHistoryPending, setFactsAside } from '../../src/main/engine/store/membership.store.ts';
import { pruneWire, saveLogCursor } from '../../src/main/engine/store/team.store.ts';
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
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  expect(new Set(tables)).toEqual(new Set(Object.keys(SNAPSHOT_TABLES)));
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

/** The one snapshot of the hub. */
function only(hub: MemoryHub): {
  readonly sha256: string;
  readonly manifest: SnapshotManifest;
  readonly text: string;
  readonly bytes: Uint8Array;
} {
  const [[sha256, { manifest: text, bytes }] = ['', { manifest: '', bytes: new Uint8Array() }]] = [...hub.snapshots];
  const manifest = readManifest(text)?.manifest;
  if (manifest === undefined) throw new Error('no snapshot');
  return { sha256, manifest, text, bytes };
}

test('a snapshot holds nothing that is one person’s or one workstation’s', async () => {
  const hub = new MemoryHub(clock);
  const ana = await leadWithHistory(hub);
  await ana.ask('settings.set', { opId: op(), patch: { signature: 'Ana, private' } });
  expect(await ana.engine.snapshots?.make()).toBe('made');
  const { bytes, manifest } = only(hub);
  const plain = brotliDecompressSync(bytes);
  expect(manifest).toMatchObject({ size: bytes.length, unpackedSize: plain.length, user: 'ana', schema: MIGRATIONS.length });
  const text = plain.toString('latin1');
  expect(text).toContain('The bank was asked.');
  for (const secret of ['A secret that nobody may read', 'Ana, private', '00'.repeat(32), 'localhost:4222'])
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
  // nothing of it is left beside the workspace
  expect(() => readFileSync(`${ana.folder}/snapshots/made.gz`)).toThrow('ENOENT');
});

interface Forging {
  readonly hub: MemoryHub;
  readonly ana: (text: string) => string;
}

const forgeries: readonly (readonly [what: string, reason: RegExp | null, forge: (forging: Forging) => void])[] = [
  [
    'bytes that were changed',
    /could not be used/u,
    ({ hub }) => change(hub, (bytes) => Buffer.concat([bytes.subarray(0, -5), Buffer.from('xxxxx')])),
  ],
  ['bytes that are cut off', /could not be used/u, ({ hub }) => change(hub, (bytes) => bytes.subarray(0, 2_000))],
  [
    'more bytes than its maker said',
    /could not be used/u,
    ({ hub, ana }) => replace(hub, brotliCompressSync(Buffer.alloc(100_000)), ana, { unpackedSize: 5_000 }),
  ],
  [
    'a file that is no database',
    /could not be used/u,
    ({ hub, ana }) => replace(hub, brotliCompressSync(Buffer.alloc(5_000, 'x')), ana, { unpackedSize: 5_000 }),
  ],
  ['a manifest that is none', /refused/u, ({ hub }) => resign(hub, () => 'nonsense')],
  [
    'another maker than who signed',
    /refused/u,
    ({ hub, ana }) => resign(hub, ({ manifest }) => signed({ ...manifest, user: 'gate' }, ana)),
  ],
  [
    'a maker who is no lead',
    /refused/u,
    ({ hub, ana }) => {
      demote(hub, 'ana');
      resign(hub, ({ manifest }) => signed(manifest, ana));
    },
  ],
  ['a maker whose key has ended', /refused/u, ({ hub }) => endKeys(hub, 'ana')],
  [
    'a signature of something else',
    /refused/u,
    ({ hub, ana }) => resign(hub, ({ manifest }) => `${JSON.stringify(manifest)}\n${ana('something else')}`),
  ],
  [
    'a schema of the future',
    /refused/u,
    ({ hub, ana }) => resign(hub, ({ manifest }) => signed({ ...manifest, schema: MIGRATIONS.length + 1 }, ana)),
  ],
  ['rules of the future', /refused/u, ({ hub, ana }) => resign(hub, ({ manifest }) => signed({ ...manifest, foldVersion: 99 }, ana))],
  ['another log', /refused/u, ({ hub, ana }) => resign(hub, ({ manifest }) => signed({ ...manifest, logId: 'log-2' }, ana))],
  [
    'a place behind the end of the log',
    /refused/u,
    ({ hub, ana }) => resign(hub, ({ manifest }) => signed({ ...manifest, through: 10_000 }, ana)),
  ],
  [
    'another entry at its place',
    /refused/u,
    ({ hub, ana }) => resign(hub, ({ manifest }) => signed({ ...manifest, idThere: 'evt_other' }, ana)),
  ],
  // the same workspace takes what nobody touched
  ['nothing', null, () => {}],
];

function signed(manifest: SnapshotManifest, sign: (text: string) => string): string {
  return writeManifest(manifest, sign);
}

function change(hub: MemoryHub, to: (bytes: Uint8Array) => Uint8Array): void {
  const { sha256, text, bytes } = only(hub);
  hub.snapshots.set(sha256, { manifest: text, bytes: to(bytes) });
}

function resign(hub: MemoryHub, to: (known: ReturnType<typeof only>) => string): void {
  const known = only(hub);
  hub.snapshots.set(known.sha256, { manifest: to(known), bytes: known.bytes });
}

/** As its maker signs it. */
function replace(hub: MemoryHub, bytes: Uint8Array, sign: (text: string) => string, more: Partial<SnapshotManifest>): void {
  const { manifest } = only(hub);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  hub.snapshots.clear();
  hub.snapshots.set(sha256, { manifest: signed({ ...manifest, sha256, size: bytes.length, ...more }, sign), bytes });
}

function demote(hub: MemoryHub, name: string): void {
  const user = hub.users.get(name);
  if (user !== undefined) hub.users.set(name, { ...user, role: 'agent' });
}

function endKeys(hub: MemoryHub, name: string): void {
  const user = hub.users.get(name);
  if (user !== undefined) hub.users.set(name, { ...user, keys: user.keys.map((key) => ({ ...key, revokedAt: Date.now() })) });
}

test('a snapshot that is in any way in doubt is refused, and the log is read', async () => {
  const hub = new MemoryHub(clock);
  hub.addUser('gate', 'gateway', null, signerOf(new TextDecoder().decode(createUser().getSeed())).publicKey);
  const ana = await leadWithHistory(hub);
  expect(await ana.engine.snapshots?.make()).toBe('made');
  const signer = ana.engine.team.session()?.signer;
  const before = { snapshots: new Map(hub.snapshots), users: new Map(hub.users) };
  if (signer === undefined) throw new Error('no session');
  const logged: Logged[] = [];
  const bo = await station(hub, 'Bo', logged);
  const link = hub.link('bo', 'desk');
  bo.engine.store.write((tx) => {
    makeHistoryPending(tx);
    setFactsAside(tx, null);
    saveLogCursor(tx, { logId: hub.logId, sequence: 0, id: null });
  });
  for (const [what, reason, forge] of forgeries) {
    for (const kind of ['snapshots', 'users'] as const) {
      const kept: ReadonlyMap<string, never> = before[kind] as never;
      hub[kind].clear();
      for (const [key, value] of kept) hub[kind].set(key, value);
    }
    forge({ hub, ana: (text) => signer.sign(text) });
    logged.length = 0;
    const started = await bo.engine.snapshots?.begin(link, { logId: hub.logId, lastSequence: hub.entries.length }, () => {});
    const problem = logged.find(({ message }) => message.includes('snapshot'))?.message;
    expect([what, started?.size ?? null, problem]).toEqual([what, reason === null ? 6 : null, expect.stringMatching(reason ?? /started/u)]);
    expect(bo.engine.store.read((db) => db.get('SELECT count(*) AS count FROM cases'))).toEqual({ count: started?.size ?? 0 });
  }
});

test('only leads and gateways make one, nobody while something waits, and one at a time', async () => {
  const hub = new MemoryHub(clock);
  const ana = await leadWithHistory(hub);
  const bo = await station(hub, 'Bo');
  expect(await bo.engine.snapshots?.make()).toBe('not-joined');
  await join(bo, hub, 'bo');
  await bo.settled();
  expect(await bo.engine.snapshots?.make()).toBe('not-permitted');
  const held = await bo.link().leases.acquire('snapshot', 'busy');
  expect(await ana.engine.snapshots?.make()).toBe('busy');
  await held?.[Symbol.asyncDispose]();
  ana.link().setOnline(false);
  expect(await ana.engine.snapshots?.make()).toBe('not-now');
  ana.link().fault = (call) => (call === 'append' ? 'lost' : null);
  ana.link().setOnline(true);
  const [caseId] = await casesOf(ana);
  if (caseId === undefined) throw new Error('no case');
  await ana.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'priority', to: 'urgent' } });
  expect(await ana.engine.snapshots?.make()).toBe('not-now');
  expect(hub.snapshots.size).toBe(0);
});

test('a workspace with a history of its own reads the log', async () => {
  const hub = new MemoryHub(clock);
  const ana = await leadWithHistory(hub);
  expect(await ana.engine.snapshots?.make()).toBe('made');
  const logged: Logged[] = [];
  const bo = await station(hub, 'Bo', logged, { hasChannel: true });
  bo.channel.deliver(customerMail(clock, { subject: 'Mine alone' }));
  await until(async () => (await casesOf(bo)).length === 1, 'a case');
  await join(bo, hub, 'bo', 'lead');
  await until(async () => (await casesOf(bo)).length === 7, 'all cases');
  expect(logged.map(({ message }) => message)).toContain('the log is read from its begin: this workspace has a history of its own');
});

test('after a start from a snapshot a hub that lost its end is given back what is known here', async () => {
  const hub = new MemoryHub(clock);
  const ana = await leadWithHistory(hub);
  expect(await ana.engine.snapshots?.make()).toBe('made');
  const { through } = only(hub).manifest;
  const bo = await station(hub, 'Bo');
  await join(bo, hub, 'bo', 'lead');
  await until(async () => (await casesOf(bo)).length === 6, 'bo has the cases');
  await goOn(ana);
  await bo.settled();
  await until(async () => (await bo.ask('team.get', {}))?.cursor === hub.entries.length, 'bo has everything');
  const all = hub.entries.map(({ id }) => id);
  // only bo comes back first, who has no bytes before the snapshot
  ana.link().setOnline(false);
  bo.link().setOnline(false);
  hub.restore(through + 1);
  bo.link().setOnline(true);
  await until(() => hub.entries.length === all.length, 'the hub has it again');
  expect(hub.entries.map(({ id }) => id)).toEqual(all);
  await bo.settled();
  // further back than the snapshot: what bo did is brought again, what others did is theirs to bring
  bo.link().setOnline(false);
  hub.restore(through - 3);
  bo.link().setOnline(true);
  await until(
    async () => (await bo.ask('team.get', {}))?.pending.count === 0 && hub.entries.length > through - 3,
    'bo has pushed what is bo’s',
  );
  await bo.settled();
  const authors = hub.entries.slice(through - 3).map(({ author }) => (author?.isGenuine === true ? author.user : null));
  expect(new Set(authors)).not.toContain(null);
  ana.link().setOnline(true);
  await ana.settled();
  await bo.settled();
  await until(() => new Set(hub.entries.map(({ id }) => id)).size === all.length, 'everything is there again');
  await until(
    () => JSON.stringify(teamTables(bo.engine.store, 'bo')['cases']) === JSON.stringify(teamTables(ana.engine.store, 'ana')['cases']),
    'both have the same cases',
  );
});

test('bytes that a snapshot covers can go, and the workstation works on without them', async () => {
  const hub = new MemoryHub(clock);
  const ana = await leadWithHistory(hub);
  const { store } = ana.engine;
  const wires = (): number => store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM team_wire'))?.count ?? 0;
  const before = wires();
  expect(store.write((tx) => pruneWire(tx, 10, 4))).toBe(4);
  expect(store.write((tx) => pruneWire(tx, 10, 100))).toBe(6);
  store.write((tx) => pruneWire(tx, hub.entries.length, 1_000));
  expect([before, wires()]).toEqual([hub.entries.length, 0]);
  await goOn(ana);
  await until(async () => (await ana.ask('team.get', {}))?.pending.count === 0, 'a claim is confirmed');
  expect(wires()).toBe(hub.entries.length - before);
});
