import { open, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { SnapshotFile, TeamSnapshots } from './hub-link.ts';
import { SNAPSHOT_STORE, storeStream } from './hub-names.ts';
import { hubApi, isNotPermitted, unavailable, type HubWire } from './hub-wire.ts';
import { readPage, readUnder, storeUnder } from './stored-messages.ts';
import { LogRefused, LogUnavailable } from './team-log.ts';

/** A message must stay below a megabyte. */
export const SNAPSHOT_CHUNK_BYTES = 512 * 1024;
/** Chunks on their way at once. */
const LANES = 4;
/** A chunk on a slow line. */
const CHUNK_MS = 30_000;
const ASK_MS = 10_000;
const LAG_TRIES = 20;
const LAG_PAUSE_MS = 100;
const SHA256 = /^[0-9a-f]{64}$/u;
const STREAM = storeStream(SNAPSHOT_STORE);
const MANIFESTS = `$O.${SNAPSHOT_STORE}.M`;
const CHUNKS = `$O.${SNAPSHOT_STORE}.C`;

const infoSchema = z.union([
  z.object({ error: z.object({ description: z.string().optional() }) }),
  z.object({ state: z.object({ subjects: z.record(z.string(), z.number()).nullish() }) }),
]);
const purgedSchema = z.union([
  z.object({ error: z.object({ description: z.string().optional() }) }),
  z.object({ success: z.literal(true) }),
]);

function checked({ sha256, size }: SnapshotFile): { readonly sha256: string; readonly size: number; readonly chunks: number } {
  if (!SHA256.test(sha256)) throw new RangeError(`${JSON.stringify(sha256)} is no SHA-256`);
  return { sha256, size, chunks: Math.ceil(size / SNAPSHOT_CHUNK_BYTES) };
}

/**
 * Snapshots on a hub, in the stream of an object store. Its library reads by a consumer, which nobody may make (decision 0020), so
 * chunks have a subject each, as those of files do, and come by direct get. They are written by leads and gateways alone, and nobody is
 * trusted for them: a manifest is signed, and what it names is checked by its hash by whoever reads it.
 */
export function createSnapshots(wire: HubWire): TeamSnapshots {
  async function ask(call: string, query: object): Promise<unknown> {
    try {
      const message = await wire.connection().request(hubApi(call), JSON.stringify(query), { timeout: ASK_MS });
      return message.json();
    } catch (error) {
      if (isNotPermitted(error))
        throw new LogRefused('not-permitted', `the hub does not let ${wire.userName} do ${call}`, { cause: error });
      throw unavailable(error);
    }
  }

  /** Numbers of the chunks that are there, as the leader knows it. */
  async function there(sha256: string): Promise<ReadonlySet<number>> {
    const answer = infoSchema.parse(await ask(`STREAM.INFO.${STREAM}`, { subjects_filter: `${CHUNKS}.${sha256}.*` }));
    if ('error' in answer) throw new LogUnavailable(answer.error.description ?? 'the hub did not say what it stores');
    return new Set(Object.keys(answer.state.subjects ?? {}).map((subject) => Number(subject.split('.').at(-1))));
  }

  async function getChunk(sha256: string, index: number): Promise<Uint8Array> {
    for (let tries = 0; ; tries += 1) {
      const [found] = await readPage(wire, STREAM, `${CHUNKS}.${sha256}.${String(index)}`, 1, 1);
      if (found !== undefined) return found.data;
      if (tries === LAG_TRIES) throw new LogUnavailable(`the copies of the hub lag behind in ${STREAM}`);
      await new Promise((resolve) => setTimeout(resolve, LAG_PAUSE_MS));
    }
  }

  return {
    list: async () => {
      const found = await readUnder(wire, STREAM, `${MANIFESTS}.*`);
      return found.toReversed().map(({ data }) => Buffer.from(data).toString('utf8'));
    },
    put: async (manifest, snapshot, file, onProgress) => {
      const { sha256, size, chunks } = checked(snapshot);
      const known = await there(sha256);
      const missing = Array.from({ length: chunks }, (_, index) => index).filter((index) => !known.has(index));
      let left = missing.length;
      const source = await open(file, 'r');
      try {
        const queue = missing.values();
        const lane = async (): Promise<void> => {
          for (const index of queue) {
            const bytes = new Uint8Array(Math.min(SNAPSHOT_CHUNK_BYTES, size - index * SNAPSHOT_CHUNK_BYTES));
            await source.read(bytes, 0, bytes.length, index * SNAPSHOT_CHUNK_BYTES);
            await storeUnder(wire, `${CHUNKS}.${sha256}.${String(index)}`, bytes, { expected: null, timeoutMs: CHUNK_MS });
            left -= 1;
            onProgress?.(Math.min(size, (chunks - left) * SNAPSHOT_CHUNK_BYTES), size);
          }
        };
        await Promise.all(Array.from({ length: LANES }, lane));
      } finally {
        await source.close();
      }
      // what names it comes last: it is complete for everybody who hears of it
      await storeUnder(wire, `${MANIFESTS}.${sha256}`, manifest, { expected: null, headers: [['Nats-Rollup', 'sub']] });
    },
    get: async (snapshot, file, onProgress) => {
      const { sha256, size, chunks } = checked(snapshot);
      if ((await there(sha256)).size < chunks) return false;
      const before = await stat(file).catch(() => null);
      // whole chunks that an earlier attempt has written
      let next = Math.min(chunks, Math.floor((before?.size ?? 0) / SNAPSHOT_CHUNK_BYTES));
      const target = await open(file, before === null ? 'w' : 'r+', 0o600);
      try {
        await target.truncate(next * SNAPSHOT_CHUNK_BYTES);
        const ahead = new Map<number, Promise<Uint8Array>>();
        for (; next < chunks; next += 1) {
          for (let index = next; index < Math.min(chunks, next + LANES); index += 1) {
            if (ahead.has(index)) continue;
            const chunk = getChunk(sha256, index);
            chunk.catch(() => {});
            ahead.set(index, chunk);
          }
          const bytes = await ahead.get(next);
          ahead.delete(next);
          const from = next * SNAPSHOT_CHUNK_BYTES;
          // it is looked at as a whole when all of it is here
          if (bytes === undefined || bytes.length !== Math.min(SNAPSHOT_CHUNK_BYTES, size - from)) return false;
          await target.write(bytes, 0, bytes.length, from);
          onProgress?.(from + bytes.length, size);
        }
        return true;
      } finally {
        await target.close();
      }
    },
    keepOnly: async (hashes) => {
      const kept = new Set(hashes);
      const found = await readUnder(wire, STREAM, `${MANIFESTS}.*`);
      for (const { subject } of found) {
        const sha256 = subject.split('.').at(-1) ?? '';
        if (kept.has(sha256)) continue;
        for (const filter of [subject, `${CHUNKS}.${sha256}.*`]) {
          const answer = purgedSchema.parse(await ask(`STREAM.PURGE.${STREAM}`, { filter }));
          if ('error' in answer) throw new LogUnavailable(answer.error.description ?? 'the hub erased nothing');
        }
      }
    },
  };
}
