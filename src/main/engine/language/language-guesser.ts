import { Worker } from 'node:worker_threads';
import type { LanguageGuesser } from '../ports/language-port.ts';
import { languages } from '../../../shared/domain/language.ts';

/** Loading takes 1 to 3 s on a slow machine; what takes longer is done without. */
const PATIENCE_MS = 8_000;
/** The library's tables take some 90 MB; a worker that nobody asks gives them back. */
const IDLE_MS = 60_000;

/** So long nobody is kept waiting by a worker that crashed or hangs. */
const REST_MS = 60_000;

/**
 * A guesser with one worker thread, started with the first question and ended after a minute without one. A worker that has not answered
 * in time is asked nothing more until it has; one that stays silent is ended, and after a rest another one is tried. Never rejects.
 */
export function guessLanguagesInWorker(workerFile: string, idleMs = IDLE_MS, patienceMs = PATIENCE_MS, restMs = REST_MS): LanguageGuesser {
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
    const own = new Worker(workerFile, { name: 'language', env: {}, execArgv: [] });
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
    if (isResting) return texts.map(() => null);
    clearTimeout(idle);
    const found = await ask(texts);
    clearTimeout(idle);
    idle = setTimeout(end, idleMs);
    idle.unref();
    return texts.map((_, index) => languages.find((known) => known === found[index]) ?? null);
  };
}
