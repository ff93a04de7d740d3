import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TeamFiles } from './hub-link.ts';
import { FILE_CHUNK_BYTES, fileChunkSubject, FILES_STREAM } from './hub-names.ts';
import { hubApi, unavailable, type HubWire } from './hub-wire.ts';
import type { MessageHeaders } from './message-headers.ts';
import { readPage, storeUnder, type Stored } from './stored-messages.ts';
import { LogRefused, LogUnavailable } from './team-log.ts';

/** Larger ones are refused at both ends: whoever reads one must hold it. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;
const SHA256 = /^[0-9a-f]{64}$/u;
/** Chunks on their way at once. */
const LANES = 4;
/** A chunk on a slow line. */
const CHUNK_MS = 30_000;
const ASK_MS = 10_000;
const PAGE_BYTES = 2 * 1024 * 1024;
/** A copy of the stream may know a little less than its leader. */
const LAG_TRIES = 20;
const LAG_PAUSE_MS = 100;
const SIZE_HEADER = 'Meridian-Size';
const CHUNKS_HEADER = 'Meridian-Chunks';

/** What is stored under a hash is not what the hash says. */
export class WrongContent extends Error {
  override readonly name = 'WrongContent';
}

type Progress = (done: number, total: number) => void;

const infoSchema = z.union([
  z.object({ error: z.object({ description: z.string().optional() }) }),
  z.object({ state: z.object({ subjects: z.record(z.string(), z.number()).nullish() }) }),
]);

export interface FileOptions {
  /** Names of the hub's users, who may have stored a file already. */
  readonly users: () => readonly string[];
}

function chunkCount(size: number): number {
  return Math.max(1, Math.ceil(size / FILE_CHUNK_BYTES));
}

function checked(sha256: string): string {
  if (!SHA256.test(sha256)) throw new RangeError(`${JSON.stringify(sha256)} is no SHA-256`);
  return sha256;
}

function manifestOf(headers: MessageHeaders): { readonly size: number; readonly chunks: number } | null {
  const size = Number(headers.first(SIZE_HEADER) ?? Number.NaN);
  const chunks = Number(headers.first(CHUNKS_HEADER) ?? Number.NaN);
  const isPossible = Number.isSafeInteger(size) && size >= 0 && size <= MAX_FILE_BYTES && chunks === chunkCount(size);
  return isPossible ? { size, chunks } : null;
}

/**
 * Attachments on a hub: chunks of 256 KiB, each stored once under the name of who uploaded it and never replaced. The first one is
 * stored first and says how many there are, so what was interrupted is seen, and goes on. Nobody is trusted for a content: it is
 * checked against its hash by whoever reads it, also before a copy of somebody else's counts as one.
 */
export function createFiles(wire: HubWire, { users }: FileOptions): TeamFiles {
  /** Who has which chunks, as the leader knows it. */
  async function holders(sha256: string): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
    let answer: z.infer<typeof infoSchema>;
    try {
      const query = JSON.stringify({ subjects_filter: `file.*.${sha256}.*` });
      const message = await wire.connection().request(hubApi(`STREAM.INFO.${FILES_STREAM}`), query, { timeout: ASK_MS });
      answer = infoSchema.parse(message.json());
    } catch (error) {
      throw unavailable(error);
    }
    if ('error' in answer) throw new LogUnavailable(answer.error.description ?? 'the hub did not say what it stores');
    const found = new Map<string, Set<number>>();
    for (const subject of Object.keys(answer.state.subjects ?? {})) {
      const [, user = '', , index = ''] = subject.split('.');
      const chunks = found.get(user) ?? new Set();
      found.set(user, chunks.add(Number(index)));
    }
    return found;
  }

  async function putChunk(sha256: string, bytes: Uint8Array, index: number): Promise<void> {
    const from = index * FILE_CHUNK_BYTES;
    const headers = [
      [SIZE_HEADER, String(bytes.length)],
      [CHUNKS_HEADER, String(chunkCount(bytes.length))],
    ] as const;
    const options = { expected: null, timeoutMs: CHUNK_MS, ...(index === 0 ? { headers } : {}) };
    try {
      await storeUnder(wire, fileChunkSubject(wire.userName, sha256, index), bytes.subarray(from, from + FILE_CHUNK_BYTES), options);
    } catch (error) {
      // an attempt whose answer was lost, or another workstation of this user, stored it
      if (!(error instanceof LogRefused && /per subject/u.test(error.message))) throw error;
    }
  }

  /** The content as `owner` stored it; null when it is not complete there. Throws WrongContent and LogUnavailable. */
  async function getFrom(owner: string, sha256: string, there: ReadonlySet<number>, onProgress?: Progress): Promise<Uint8Array | null> {
    const wrong = new WrongContent(`what ${owner} stored as ${sha256} is something else`);
    let last: Stored | undefined;
    let manifest: ReturnType<typeof manifestOf> = null;
    let bytes = new Uint8Array();
    const got = new Set<number>();
    for (let lags = 0; ;) {
      const page = await readPage(wire, FILES_STREAM, `file.${owner}.${sha256}.*`, (last?.sequence ?? 0) + 1, PAGE_BYTES);
      for (const each of page) {
        const index = Number(each.subject.split('.').at(-1));
        if (manifest === null) {
          manifest = index === 0 ? manifestOf(each.headers) : null;
          if (manifest === null) throw wrong;
          bytes = new Uint8Array(manifest.size);
        }
        const from = index * FILE_CHUNK_BYTES;
        const isRight = index < manifest.chunks && each.data.length === Math.min(FILE_CHUNK_BYTES, manifest.size - from);
        if (!isRight) throw wrong;
        bytes.set(each.data, from);
        got.add(index);
        onProgress?.(Math.min(got.size * FILE_CHUNK_BYTES, manifest.size), manifest.size);
      }
      last = page.at(-1) ?? last;
      if (manifest !== null && got.size === manifest.chunks) break;
      if (page.length > 0) continue;
      if (manifest !== null && there.size < manifest.chunks) return null;
      if (lags === LAG_TRIES) throw new LogUnavailable(`the copies of the hub lag behind in ${FILES_STREAM}`);
      lags += 1;
      await new Promise((resolve) => setTimeout(resolve, LAG_PAUSE_MS));
    }
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw wrong;
    return bytes;
  }

  async function isWithOthers(sha256: string, chunks: number, found: ReadonlyMap<string, ReadonlySet<number>>): Promise<boolean> {
    const known = new Set(users());
    for (const [user, there] of found) {
      if (user === wire.userName || !known.has(user) || there.size !== chunks) continue;
      try {
        if ((await getFrom(user, sha256, there)) !== null) return true;
      } catch (error) {
        if (!(error instanceof WrongContent)) throw error;
      }
    }
    return false;
  }

  return {
    put: async (sha256, bytes, onProgress) => {
      if (createHash('sha256').update(bytes).digest('hex') !== checked(sha256)) {
        throw new WrongContent(`what is to be stored as ${sha256} is something else`);
      }
      if (bytes.length > MAX_FILE_BYTES) throw new LogRefused('too-large', `a file has ${String(bytes.length)} bytes`);
      const chunks = chunkCount(bytes.length);
      const found = await holders(sha256);
      const own = found.get(wire.userName) ?? new Set();
      const missing = Array.from({ length: chunks }, (_, index) => index).filter((index) => !own.has(index));
      const total = bytes.length;
      const progress = (left: number): void =>
        onProgress?.(left === 0 ? total : Math.min(total, (chunks - left) * FILE_CHUNK_BYTES), total);
      if (missing.length === 0 || (own.size === 0 && (await isWithOthers(sha256, chunks, found)))) {
        progress(0);
        return;
      }
      let left = missing.length;
      const putOne = async (index: number): Promise<void> => {
        await putChunk(sha256, bytes, index);
        left -= 1;
        progress(left);
      };
      // the first alone: it says how many follow, and readers meet it first
      if (missing[0] === 0) await putOne(0);
      const queue = missing.filter((index) => index !== 0).values();
      const lane = async (): Promise<void> => {
        for (const index of queue) await putOne(index);
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    },
    get: async (sha256, owners, onProgress) => {
      const found = await holders(checked(sha256));
      let problem: WrongContent | null = null;
      for (const owner of owners) {
        const there = found.get(owner);
        if (there?.has(0) !== true) continue;
        try {
          const bytes = await getFrom(owner, sha256, there, onProgress);
          if (bytes !== null) return bytes;
        } catch (error) {
          if (!(error instanceof WrongContent)) throw error;
          problem = error;
        }
      }
      if (problem !== null) throw problem;
      return null;
    },
  };
}
