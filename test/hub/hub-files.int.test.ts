import { createHash, randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles, MAX_FILE_BYTES, WrongContent } from '../../src/main/engine/team/hub-files.ts';
import type { TeamFiles } from '../../src/main/engine/team/hub-link.ts';
import { FILE_CHUNK_BYTES, fileChunkSubject, FILES_STREAM } from '../../src/main/engine/team/hub-names.ts';
import type { HubWire } from '../../src/main/engine/team/hub-wire.ts';
import { storeUnder } from '../../src/main/engine/team/stored-messages.ts';
import { TestHub } from './hub-server.ts';
import { wireOf } from './hub-wire.ts';

const USERS = ['ana', 'bo', 'cy', 'gate'];

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Chunks that a user has of a file. */
async function chunksOf(user: string, sha256: string): Promise<number> {
  const manager = await jetstreamManager(await hub.connectAs('admin'));
  const { state } = await manager.streams.info(FILES_STREAM, { subjects_filter: `file.${user}.${sha256}.*` });
  return Object.keys(state.subjects ?? {}).length;
}

/** Fails after so many chunks, as a line that is cut. */
function cutAfter(wire: HubWire, chunks: number): HubWire {
  let left = chunks;
  return {
    userName: wire.userName,
    subscribe: (subject, listener) => wire.subscribe(subject, listener),
    onConnect: (listener) => wire.onConnect(listener),
    doubt: (how) => wire.doubt(how),
    connection: () => {
      const connection = wire.connection();
      return new Proxy(connection, {
        get: (target, name) => {
          if (name !== 'request') return Reflect.get(target, name, target) as unknown;
          return async (subject: string, ...rest: [string, { timeout: number }]) => {
            if (subject.startsWith('file.')) {
              left -= 1;
              if (left < 0) throw new Error('the line is cut');
            }
            return target.request(subject, ...rest);
          };
        },
      });
    },
  };
}

test.each([
  ['an empty file', 0],
  ['one byte', 1],
  ['exactly a chunk', FILE_CHUNK_BYTES],
  ['a chunk and a byte', FILE_CHUNK_BYTES + 1],
  ['some chunks', 5 * FILE_CHUNK_BYTES + 77],
])('%s is the same after the way over the hub', async (_what, size) => {
  await using ana = await wireOf(hub, 'ana');
  await using bo = await wireOf(hub, 'bo');
  const bytes = new Uint8Array(randomBytes(size));
  const sha256 = hashOf(bytes);
  const steps: number[] = [];
  await createFiles(ana, { users: () => USERS }).put(sha256, bytes, (done, total) => {
    expect(total).toBe(size);
    steps.push(done);
  });
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(size);
  const read = createFiles(bo, { users: () => USERS });
  expect(hashOf((await read.get(sha256, ['cy', 'ana'])) ?? randomBytes(1))).toBe(sha256);
  expect(await read.get(sha256, ['cy'])).toBeNull();
  expect(await read.get(hashOf(randomBytes(8)), USERS)).toBeNull();
});

test('what was interrupted is nobody’s file, and goes on where it ended', async () => {
  await using ana = await wireOf(hub, 'ana');
  await using bo = await wireOf(hub, 'bo');
  const bytes = new Uint8Array(randomBytes(10 * FILE_CHUNK_BYTES));
  const sha256 = hashOf(bytes);
  await expect(createFiles(cutAfter(ana, 6), { users: () => USERS }).put(sha256, bytes)).rejects.toThrow('the line is cut');
  const before = await chunksOf('ana', sha256);
  expect(before).toBeGreaterThan(3);
  expect(before).toBeLessThanOrEqual(6);
  const read = createFiles(bo, { users: () => USERS });
  expect(await read.get(sha256, ['ana'])).toBeNull();
  const steps: number[] = [];
  await createFiles(cutAfter(ana, 10 - before), { users: () => USERS }).put(sha256, bytes, (done) => steps.push(done));
  expect(steps[0]).toBe((before + 1) * FILE_CHUNK_BYTES);
  expect(hashOf((await read.get(sha256, ['ana'])) ?? randomBytes(1))).toBe(sha256);
});

test('nothing is sent when somebody has stored it already, and it is what it says', async () => {
  await using ana = await wireOf(hub, 'ana');
  await using bo = await wireOf(hub, 'bo');
  const bytes = new Uint8Array(randomBytes(3 * FILE_CHUNK_BYTES));
  const sha256 = hashOf(bytes);
  await createFiles(ana, { users: () => USERS }).put(sha256, bytes);
  await createFiles(ana, { users: () => USERS }).put(sha256, bytes);
  await createFiles(bo, { users: () => USERS }).put(sha256, bytes);
  expect([await chunksOf('ana', sha256), await chunksOf('bo', sha256)]).toEqual([3, 0]);
  // somebody whom the directory does not name is nobody
  await createFiles(bo, { users: () => ['bo'] }).put(sha256, bytes);
  expect(await chunksOf('bo', sha256)).toBe(3);
});

test('a wrong content is an error for who reads it, and keeps nobody from storing the right one', async () => {
  await using ana = await wireOf(hub, 'ana');
  await using bo = await wireOf(hub, 'bo');
  const bytes = new Uint8Array(randomBytes(2 * FILE_CHUNK_BYTES + 5));
  const sha256 = hashOf(bytes);
  const forged: readonly (readonly [string, Uint8Array, number, number])[] = [
    ['another content', new Uint8Array(randomBytes(bytes.length)), bytes.length, 3],
    ['another size', bytes, bytes.length + 1, 3],
    ['a size that nobody can hold', bytes, MAX_FILE_BYTES * 10, 4_000],
    ['no size', bytes, Number.NaN, 3],
  ];
  for (const [what, content, size, chunks] of forged) {
    // a file of its own each time: what is stored can never be replaced
    const salted = new Uint8Array([...content, forged.length]);
    const name = hashOf(new TextEncoder().encode(`${sha256} ${what}`));
    const headers = [
      ['Meridian-Size', String(size)],
      ['Meridian-Chunks', String(chunks)],
    ] as const;
    for (let index = 0; index < 3; index += 1) {
      const part = salted.subarray(index * FILE_CHUNK_BYTES, (index + 1) * FILE_CHUNK_BYTES);
      await storeUnder(bo, fileChunkSubject('bo', name, index), part, { expected: null, headers });
    }
    await expect(createFiles(ana, { users: () => USERS }).get(name, ['bo'])).rejects.toThrow(WrongContent);
  }
  const evil: TeamFiles = createFiles(bo, { users: () => USERS });
  await expect(evil.put(sha256, new Uint8Array(5))).rejects.toThrow(WrongContent);
  for (let index = 0; index < 3; index += 1) {
    const part = new Uint8Array(index === 2 ? 5 : FILE_CHUNK_BYTES);
    const headers = [
      ['Meridian-Size', String(bytes.length)],
      ['Meridian-Chunks', '3'],
    ] as const;
    await storeUnder(bo, fileChunkSubject('bo', sha256, index), part, { expected: null, headers });
  }
  const files = createFiles(ana, { users: () => USERS });
  await files.put(sha256, bytes);
  expect(hashOf((await files.get(sha256, ['bo', 'ana'])) ?? randomBytes(1))).toBe(sha256);
});

test('a file of 30 MB goes up and down in seconds', async () => {
  await using ana = await wireOf(hub, 'ana');
  await using bo = await wireOf(hub, 'bo');
  const bytes = new Uint8Array(randomBytes(30_000_000));
  const sha256 = hashOf(bytes);
  const startedAt = performance.now();
  await createFiles(ana, { users: () => USERS }).put(sha256, bytes);
  const upAt = performance.now();
  const got = await createFiles(bo, { users: () => USERS }).get(sha256, ['ana']);
  const downAt = performance.now();
  const speed = (ms: number): string => `${(ms / 1_000).toFixed(2)} s, ${(30_000 / ms).toFixed(0)} MB/s`;
  console.log(`30 MB up: ${speed(upAt - startedAt)}; down: ${speed(downAt - upAt)}`);
  expect(hashOf(got ?? randomBytes(1))).toBe(sha256);
});
