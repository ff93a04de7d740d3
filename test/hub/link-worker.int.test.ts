import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HubLink } from '../../src/main/engine/team/hub-link.ts';
import { startHubLink } from '../../src/main/engine/team/link-host.ts';
import { signerOf } from '../../src/main/engine/team/nkey-signature.ts';
import { LogRefused, LogUnavailable, type LogEntry } from '../../src/main/engine/team/team-log.ts';
import { writeWire, type WireEvent } from '../../src/shared/contract/team-wire.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { eventually, TestHub } from './hub-server.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const clock = { now: () => instant(Date.now()) };

/** Does on request what no link should do. */
const dyingWorker = `
import { uptime } from 'node:os';
import { parentPort } from 'node:worker_threads';
const now = { monotonicMs: Number(process.hrtime.bigint() / 1000n) / 1000, uptimeMs: uptime() * 1000 };
parentPort.on('message', (message) => {
  if (message.t === 'nudge') process.exit(3);
  if (message.name === 'acquire') parentPort.postMessage({ t: 'done', id: message.id, value: { key: message.input.key, fence: 1, safeMs: 60000, renewedAt: now, isLost: false } });
  if (message.name === 'identity') parentPort.postMessage({ t: 'done', id: message.id, value: { logId: Object.keys(process.env).join(), lastSequence: 1 } });
});
`;

let hub: TestHub;
let folder = '';
let workerFile = '';
const links: HubLink[] = [];

beforeAll(async () => {
  // inside the repository, so that the bundle finds its packages as out/main does
  const cache = path.join(repository, 'node_modules/.cache/meridian');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(path.join(cache, 'link-worker-'));
  workerFile = path.join(folder, 'link-worker.js');
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    build: {
      ssr: path.join(repository, 'src/main/engine/team/link.worker.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: 'link-worker.js' } },
    },
  });
  hub = await TestHub.start();
});
afterAll(async () => {
  await Promise.all(links.map(async (link) => link[Symbol.asyncDispose]()));
  await hub[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function join(name: string, workstation: string): Promise<HubLink> {
  const link = startHubLink({ workerFile, invite: hub.inviteOf(name), workstation, run: `${workstation}-1`, clock, log: () => {} });
  links.push(link);
  await eventually(async () => {
    if (link.state().state !== 'online') throw new Error(JSON.stringify(link.state()));
    return Promise.resolve();
  });
  return link;
}

function signedBy(
  name: string,
  id: string,
  stream: string,
  user = name,
): { readonly id: string; readonly stream: string; readonly data: string } {
  const event: WireEvent = {
    v: 1,
    id,
    stream,
    type: 'note.added',
    sv: 1,
    user,
    workstation: 'ws_1',
    actor: null,
    hlc: '000000001-0000-ws_1',
    at: instant(1),
    base: 0,
    epoch: null,
    body: {},
  };
  const signer = signerOf(hub.inviteOf(name).seed);
  return { id, stream, data: writeWire(event, (text) => signer.sign(Buffer.from(text)).toString('base64')) };
}

test('two workstations, each with its link in a thread: events with authors, leases, presence and files', async () => {
  const [ana, cy] = await Promise.all([join('ana', 'ws_ana'), join('cy', 'ws_cy')]);
  expect(ana.state().roundTripMs).toBeGreaterThan(0);
  await expect.poll(() => ana.directory.users().map(({ name }) => name)).toContain('gate');
  await expect.poll(() => ana.directory.settings().hubName).toBe('Test hub');
  // who wrote what is known on the other side; who claims to be somebody else is caught
  const heard: LogEntry[] = [];
  cy.log.onEntry((entry) => void heard.push(entry));
  await cy.log.identity();
  await ana.log.append(signedBy('ana', 'evt_1', 'case.case_1'));
  await cy.log.append(signedBy('cy', 'evt_2', 'case.case_1', 'ana'));
  await expect
    .poll(() => heard.map(({ id, author }) => [id, author?.isGenuine]))
    .toEqual([
      ['evt_1', true],
      ['evt_2', false],
    ]);
  expect(await ana.log.read(0, 10)).toEqual(heard);
  const refused: unknown = await cy.log.append(signedBy('cy', 'evt_3', 'shift.shf_1')).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LogRefused);
  // one holder
  const lease = await ana.leases.acquire('channel.acc_1', 'mail');
  expect(lease?.isHeld()).toBe(true);
  expect(await cy.leases.acquire('channel.acc_1', 'mail')).toBeNull();
  await expect.poll(() => cy.leases.holder('channel.acc_1')).toMatchObject({ user: 'ana', workstation: 'ws_ana', fence: lease?.fence });
  await lease?.[Symbol.asyncDispose]();
  expect(lease?.isHeld()).toBe(false);
  const next = await eventually(async () => {
    const taken = await cy.leases.acquire('channel.acc_1', 'mail');
    if (taken === null) throw new Error('it is not free');
    return taken;
  });
  expect(next.fence).toBeGreaterThan(lease?.fence ?? Number.MAX_SAFE_INTEGER);
  // who looks at what
  cy.presence.tell({ agentId: 'agt_cy', onShift: true, viewing: 'case_1', writing: true, claim: { turn: 1, since: 7 } });
  await expect
    .poll(() => ana.presence.others())
    .toMatchObject([{ user: 'cy', workstation: 'ws_cy', viewing: 'case_1', writing: true, claim: { turn: 1, since: 7 } }]);
  // a file of several chunks
  const bytes = new Uint8Array(700_000).map((_each, index) => index % 251);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const progress: number[] = [];
  await ana.files.put(sha256, bytes, (done) => void progress.push(done));
  expect(progress.at(-1)).toBe(bytes.byteLength);
  expect(Buffer.compare((await cy.files.get(sha256, ['ana'])) ?? new Uint8Array(), bytes)).toBe(0);
  expect(await cy.files.get('0'.repeat(64), ['ana'])).toBeNull();
  const [measured] = await cy.measure();
  expect(measured?.roundTripMs).toBeGreaterThan(0);
  // who leaves in order is not there any more, and holds nothing
  await links.splice(links.indexOf(cy), 1)[0]?.[Symbol.asyncDispose]();
  expect(next.isHeld()).toBe(false);
  await expect(cy.log.identity()).rejects.toThrow(LogUnavailable);
  await expect.poll(() => ana.presence.others()).toEqual([]);
  await expect.poll(() => ana.leases.holder('channel.acc_1')).toBeNull();
});

test('a thread that ends takes nothing with it: its leases are not held any more, and another thread follows', async () => {
  const dying = path.join(folder, 'dying.mjs');
  writeFileSync(dying, dyingWorker);
  const link = startHubLink({ workerFile: dying, invite: hub.inviteOf('ana'), workstation: 'ws_2', run: 'one', clock, log: () => {} });
  links.push(link);
  const lease = await link.leases.acquire('channel.acc_2', 'mail');
  expect(lease?.isHeld()).toBe(true);
  // and it sees nothing of the engine's environment
  expect(await link.log.identity()).toEqual({ logId: '', lastSequence: 1 });
  const asked = link.log.head('case.case_1');
  link.nudge();
  await expect(asked).rejects.toThrow(LogUnavailable);
  expect(lease?.isHeld()).toBe(false);
  expect(link.state()).toMatchObject({ state: 'offline', code: 'unreachable' });
  expect(await eventually(async () => link.log.identity())).toEqual({ logId: '', lastSequence: 1 });
});
