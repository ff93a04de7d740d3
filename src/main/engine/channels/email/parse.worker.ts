import { parentPort } from 'node:worker_threads';
import { extractAttachment, parseMail } from './mime/parse-mail.ts';
import type { WorkerReply, WorkerRequest } from './parse-protocol.ts';

// Entry of the worker thread: parsing is synchronous and works on hostile bytes, so it may neither stall nor end the engine.

const port = parentPort;
if (port === null) throw new Error('parse.worker runs in a worker thread only');

const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

port.on('message', (request: WorkerRequest) => {
  if (request.kind === 'parse') {
    reply({ kind: 'parsed', id: request.id, mail: parseMail(request.raw, request.limits) });
    return;
  }
  try {
    const bytes = Uint8Array.from(extractAttachment(request.raw, request.index, request.limits));
    reply({ kind: 'extracted', id: request.id, bytes }, [bytes.buffer]);
  } catch (error) {
    reply({ kind: 'missing', id: request.id, message: error instanceof Error ? error.message : 'attachment not readable' });
  }
});

reply({ kind: 'ready' });
