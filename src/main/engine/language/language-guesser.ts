import { Worker } from 'node:worker_threads';
import type { LanguageGuesser } from '../ports/language-port.ts';
import { languages } from '../../../shared/domain/language.ts';

/** Loading takes 1 to 3 s on a slow machine; what takes longer is done without. */
const PATIENCE_MS = 8_000;
/** The library's tables take some 90 MB; a worker that nobody asks gives them back. */
const IDLE_MS = 60_000;

/** A guesser with one worker thread, started with the first question and ended after a minute without one. */
export function guessLanguagesInWorker(workerFile: string, idleMs = IDLE_MS, patienceMs = PATIENCE_MS): LanguageGuesser {
  let worker: Worker | null = null;
  let serial = 0;
  let idle: NodeJS.Timeout | undefined;
  const waiting = new Map<number, (found: readonly unknown[]) => void>();

  function end(): void {
    void worker?.terminate();
    worker = null;
    for (const settle of waiting.values()) settle([]);
    waiting.clear();
  }

  function started(): Worker {
    if (worker !== null) return worker;
    const own = new Worker(workerFile, { name: 'language', env: {}, execArgv: [] });
    own.unref();
    const gone = (): void => {
      if (worker === own) end();
    };
    own.on('error', gone);
    own.on('exit', gone);
    own.on('message', ({ id, found }: { readonly id: number; readonly found: readonly unknown[] }) => waiting.get(id)?.(found));
    worker = own;
    return own;
  }

  return async (texts) => {
    if (texts.length === 0) return [];
    clearTimeout(idle);
    serial += 1;
    const id = serial;
    const found = await new Promise<readonly unknown[]>((resolve) => {
      const timer = setTimeout(() => resolve([]), patienceMs);
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      started().postMessage({ id, texts });
    });
    waiting.delete(id);
    clearTimeout(idle);
    idle = setTimeout(end, idleMs);
    idle.unref();
    return texts.map((_, index) => languages.find((known) => known === found[index]) ?? null);
  };
}
