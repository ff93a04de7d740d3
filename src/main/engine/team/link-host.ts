import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../shared/domain/time.ts';
import type { Log } from '../log.ts';
import type { HubInvite } from './hub-invite.ts';
import type { HubLink } from './hub-link.ts';
import { LinkProxy } from './link-proxy.ts';
import { within } from './within.ts';

export interface LinkHostOptions {
  /** The bundled worker (`out/main/link-worker.js`). */
  readonly workerFile: string | URL;
  readonly invite: HubInvite;
  readonly workstation: string;
  /** Another one at each start of the program. */
  readonly run: string;
  readonly clock: Clock;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A thread that ran so long did not end because of how it began. */
const GOOD_MS = 60_000;
const CLOSE_MS = 4_000;

/** A link in a worker thread of its own. A thread that ends by itself is followed by another; what was held by it is lost. */
export function startHubLink({ workerFile, invite, workstation, run, clock, log }: LinkHostOptions): HubLink {
  const proxy = new LinkProxy({ clock, log });
  let worker: Worker | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;
  let failures = 0;

  function start(): void {
    retry = null;
    const startedAt = performance.now();
    // nothing of the engine's environment concerns the link
    const own = new Worker(workerFile, { name: 'hub-link', workerData: { invite, workstation, run }, env: {}, execArgv: [] });
    worker = own;
    own.on('error', (error) => log('error', 'hub: the link ended', { error }));
    own.on('exit', (code) => {
      if (isClosed || worker !== own) return;
      worker = null;
      failures = performance.now() - startedAt > GOOD_MS ? 1 : failures + 1;
      proxy.detach(`the link to the hub ended with code ${String(code)}`);
      retry = setTimeout(start, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
    });
    proxy.attach(own);
  }
  start();
  const close = async (): Promise<void> => {
    isClosed = true;
    if (retry !== null) clearTimeout(retry);
    try {
      await within(proxy[Symbol.asyncDispose](), CLOSE_MS, 'the link');
    } catch (error) {
      log('warn', 'hub: the link did not close by itself', { error });
    }
    proxy.detach('the link was closed');
    await worker?.terminate();
  };
  return {
    log: proxy.log,
    leases: proxy.leases,
    presence: proxy.presence,
    files: proxy.files,
    snapshots: proxy.snapshots,
    directory: proxy.directory,
    chat: proxy.chat,
    state: () => proxy.state(),
    onState: (listener) => proxy.onState(listener),
    nudge: () => proxy.nudge(),
    measure: async () => proxy.measure(),
    [Symbol.asyncDispose]: close,
  };
}
