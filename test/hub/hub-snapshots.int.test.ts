import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SNAPSHOT_STORE, storeStream } from '../../src/main/engine/team/hub-names.ts';
import { createSnapshots, SNAPSHOT_CHUNK_BYTES } from '../../src/main/engine/team/hub-snapshots.ts';
import { LogRefused } from '../../src/main/engine/team/team-log.ts';
import { TestHub } from './hub-server.ts';
import { wireOf } from './hub-wire.ts';

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  hub = await TestHub.start();
  folder = mkdtempSync(join(tmpdir(), 'meridian-snapshots-'));
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function made(
  name: string,
  size: number,
): { readonly file: string; readonly bytes: Buffer; readonly snapshot: { readonly sha256: string; readonly size: number } } {
  const bytes = randomBytes(size);
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return { file, bytes, snapshot: { sha256: createHash('sha256').update(bytes).digest('hex'), size } };
}

async function consumers(): Promise<number> {
  const manager = await jetstreamManager(await hub.connectAs('admin'));
  return (await manager.streams.info(storeStream(SNAPSHOT_STORE))).state.consumer_count;
}

test('a snapshot goes up and comes down in chunks, without a consumer, and goes on where it was interrupted', async () => {
  await using ana = await wireOf(hub, 'ana');
  await using bo = await wireOf(hub, 'bo');
  const { file, bytes, snapshot } = made('one', 7 * SNAPSHOT_CHUNK_BYTES + 77);
  const steps: number[] = [];
  const lead = createSnapshots(ana);
  await lead.put('manifest of one', snapshot, file, (done, total) => {
    expect(total).toBe(bytes.length);
    steps.push(done);
  });
  expect(steps).toHaveLength(8);
  expect(steps.at(-1)).toBe(bytes.length);
  // nothing is sent again
  await lead.put('manifest of one, again', snapshot, file, () => {
    throw new Error('sent twice');
  });
  const agent = createSnapshots(bo);
  expect(await agent.list()).toEqual(['manifest of one, again']);
  const target = join(folder, 'fetched');
  expect(await agent.get(snapshot, target)).toBe(true);
  expect(readFileSync(target).equals(bytes)).toBe(true);
  truncateSync(target, 3 * SNAPSHOT_CHUNK_BYTES + 5);
  const later: number[] = [];
  expect(await agent.get(snapshot, target, (done) => void later.push(done))).toBe(true);
  expect(later[0]).toBe(4 * SNAPSHOT_CHUNK_BYTES);
  expect(readFileSync(target).equals(bytes)).toBe(true);
  expect(await consumers()).toBe(0);
});

test('the newest is told first, others are thrown away, and what is not there is said so', async () => {
  await using gate = await wireOf(hub, 'gate');
  const gateway = createSnapshots(gate);
  const [two, three] = [made('two', 10), made('three', SNAPSHOT_CHUNK_BYTES)];
  await gateway.put('manifest of two', two.snapshot, two.file);
  await gateway.put('manifest of three', three.snapshot, three.file);
  expect((await gateway.list()).slice(0, 2)).toEqual(['manifest of three', 'manifest of two']);
  await gateway.keepOnly([three.snapshot.sha256]);
  expect(await gateway.list()).toEqual(['manifest of three']);
  const target = join(folder, 'gone');
  expect(await gateway.get(two.snapshot, target)).toBe(false);
  expect(await gateway.get(three.snapshot, target)).toBe(true);
  expect(statSync(target).size).toBe(SNAPSHOT_CHUNK_BYTES);
});

test('an agent makes none', async () => {
  await using bo = await wireOf(hub, 'bo');
  const agent = createSnapshots(bo);
  const { file, snapshot } = made('agent', 10);
  await expect(agent.put('mine', snapshot, file)).rejects.toThrow(LogRefused);
});
