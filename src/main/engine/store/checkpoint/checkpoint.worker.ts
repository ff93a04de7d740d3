import { parentPort } from 'node:worker_threads';
import type { CheckpointReply } from './checkpoint-work.ts';
import { checkpointHere } from './checkpoint-work.ts';

// Entry of the worker thread: copying pages and waiting for the disk to have them would keep the engine from everything else.

const port = parentPort;
if (port === null) throw new Error('checkpoint.worker runs in a worker thread only');

function answer(file: string): CheckpointReply {
  try {
    checkpointHere(file);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

port.on('message', (file: string) => port.postMessage(answer(file)));
