import { Worker } from 'node:worker_threads';

/** How a worker is asked. */
export interface AskedWorker {
  /** Of the bundled worker: answers `{ id, texts }` with `{ id, found }`, one entry for each text. */
  readonly workerFile: string;
  /** Its thread's name. */
  readonly name: string;
  /** What takes longer is done without. */
  readonly patienceMs: number;
  /** A worker that nobody asks for so long is ended, and gives back what it has loaded. */
  readonly idleMs: number;
  /** So long nobody is kept waiting by a worker that crashed or hangs. */
  readonly restMs: number;
}

/**
 * Asks one worker thread about texts, started with the first question and ended when nobody has asked for a while. A worker that has not answered
 * in time is asked nothing more until it has; one that stays silent is ended, and after a rest another one is tried. Never rejects.
 * @returns what it has found of each text; empty where it could not be asked
 */
export function askWorker({
  workerFile,
  name,
  patienceMs,
  idleMs,
  restMs,
}: AskedWorker): (texts: readonly string[]) => Promise<readonly unknown[]> {
  let worker: Worker | null = null;
  let serial = 0;
  /** Nothing is asked: the worker owes an answer, or has failed a moment ago. */
  let isResting = false;
  let idle: NodeJS.Timeout | undefined;
  let rest: NodeJS.Timeout | undefined;
  const waiting = new Map<number, (found: readonly unknown[]) => void>();

  function end(): void {
    void worker?.terminate();
    worker = null;
    for (const settle of waiting.values()) settle([]);
    waiting.clear();
  }

  /** After it, whoever is silent until then is taken for hung. */
  function takeRest(): void {
    if (isResting) return;
    isResting = true;
    clearTimeout(rest);
    rest = setTimeout(() => {
      isResting = false;
      end();
    }, restMs);
    rest.unref();
  }

  function started(): Worker {
    if (worker !== null) return worker;
    const own = new Worker(workerFile, { name, env: {}, execArgv: [] });
    own.unref();
    const gone = (): void => {
      if (worker !== own) return;
      end();
      takeRest();
    };
    own.on('error', gone);
    own.on('exit', gone);
    own.on('message', ({ id, found }: { readonly id: number; readonly found: readonly unknown[] }) => {
      // slow, and not hung
      if (isResting && worker === own) {
        clearTimeout(rest);
        isResting = false;
      }
      waiting.get(id)?.(found);
    });
    worker = own;
    return own;
  }

  async function ask(texts: readonly string[]): Promise<readonly unknown[]> {
    serial += 1;
    const id = serial;
    return new Promise<readonly unknown[]>((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        takeRest();
        resolve([]);
      }, patienceMs);
      const settle = (answer: readonly unknown[]): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer);
      };
      waiting.set(id, settle);
      try {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
        started().postMessage({ id, texts });
      } catch {
        settle([]);
        takeRest();
      }
    });
  }

  return async (texts) => {
    if (texts.length === 0) return [];
    if (isResting) return [];
    clearTimeout(idle);
    const found = await ask(texts);
    clearTimeout(idle);
    idle = setTimeout(end, idleMs);
    idle.unref();
    return found;
  };
}
