import { Worker } from 'node:worker_threads';
import { makeSnapshot, NotNow } from './make-snapshot.ts';
import type { MadeSnapshot, SnapshotOrder } from './make-snapshot.ts';
import { unpackSnapshot, UnusableSnapshot } from './unpack-snapshot.ts';
import type { SnapshotToUnpack } from './unpack-snapshot.ts';

/** Packing and unpacking, which take seconds to minutes. */
export interface SnapshotWork {
  /** Throws NotNow. */
  make(order: SnapshotOrder): Promise<MadeSnapshot>;
  /** Throws UnusableSnapshot. */
  unpack(what: SnapshotToUnpack): Promise<void>;
}

export type SnapshotTask = { readonly make: SnapshotOrder } | { readonly unpack: SnapshotToUnpack };
export type SnapshotReply =
  | { readonly ok: true; readonly value: MadeSnapshot | null }
  | { readonly ok: false; readonly name: string; readonly reason: string };

/** In this thread; for tests and where nobody waits for the engine. */
export const snapshotWorkHere: SnapshotWork = { make: makeSnapshot, unpack: unpackSnapshot };

/** In a thread of its own for each, so that the inbox goes on. */
export function snapshotWorkIn(workerFile: string | URL): SnapshotWork {
  const run = async (task: SnapshotTask): Promise<MadeSnapshot | null> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, { name: 'snapshot', workerData: task, env: {}, execArgv: [] });
      worker.once('message', (reply: SnapshotReply) => {
        if (reply.ok) resolve(reply.value);
        else reject(failureOf(reply));
      });
      worker.once('error', reject);
      // after an answer this changes nothing any more
      worker.once('exit', (code) => reject(new Error(`the thread of the snapshot ended with code ${String(code)}`)));
    });
  return {
    make: async (order) => {
      const made = await run({ make: order });
      if (made === null) throw new Error('no snapshot');
      return made;
    },
    unpack: async (what) => {
      await run({ unpack: what });
    },
  };
}

function failureOf({ name, reason }: Extract<SnapshotReply, { readonly ok: false }>): Error {
  if (name === 'NotNow') return new NotNow(reason);
  return name === 'UnusableSnapshot' ? new UnusableSnapshot(reason) : new Error(reason);
}
