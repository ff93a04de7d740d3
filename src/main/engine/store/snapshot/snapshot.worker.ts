import { parentPort, workerData } from 'node:worker_threads';
import { snapshotWorkHere } from './snapshot-work.ts';
import type { SnapshotReply, SnapshotTask } from './snapshot-work.ts';

// Entry of the worker thread: copying and packing all of a team's cases takes minutes.

async function run(task: SnapshotTask): Promise<SnapshotReply> {
  try {
    if ('make' in task) return { ok: true, value: await snapshotWorkHere.make(task.make) };
    await snapshotWorkHere.unpack(task.unpack);
    return { ok: true, value: null };
  } catch (error) {
    return {
      ok: false,
      name: error instanceof Error ? error.name : 'Error',
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(await run(workerData as SnapshotTask));
