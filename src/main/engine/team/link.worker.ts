import { parentPort, workerData } from 'node:worker_threads';
import { instant } from '../../../shared/domain/time.ts';
import { createHubLink, type HubLinkOptions } from './create-hub-link.ts';
import type { FromLink } from './link-protocol.ts';
import { serveHubLink } from './link-worker.ts';

// Entry of the worker thread: the connection to the hub and the signatures of thousands of events must not keep the inbox waiting.

const port = parentPort;
if (port === null) throw new Error('link.worker runs in a worker thread only');

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the engine wrote it
const start = workerData as Pick<HubLinkOptions, 'invite' | 'workstation' | 'run'>;
const clock = { now: () => instant(Date.now()) };
const post = (message: FromLink): void => port.postMessage(message);
const link = createHubLink({
  ...start,
  clock,
  log: (level, message, fields = {}) => post({ t: 'log', level, message, fields }),
});
serveHubLink(port, link, clock, () => port.close());
