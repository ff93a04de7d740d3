import type { LanguageGuesser } from '../ports/language-port.ts';
import { askWorker } from '../ports/asked-worker.ts';
import { languages } from '../../../shared/domain/language.ts';

/** Loading takes 1 to 3 s on a slow machine; what takes longer is done without. */
const PATIENCE_MS = 8_000;
/** The library's tables take some 90 MB; a worker that nobody asks gives them back. */
const IDLE_MS = 60_000;
const REST_MS = 60_000;

/** A guesser in a worker thread ({@link askWorker}); a language that it does not tell in time stays unknown. */
export function guessLanguagesInWorker(workerFile: string, idleMs = IDLE_MS, patienceMs = PATIENCE_MS, restMs = REST_MS): LanguageGuesser {
  const ask = askWorker({ workerFile, name: 'language', idleMs, patienceMs, restMs });
  return async (texts) => {
    const found = await ask(texts);
    return texts.map((_, index) => languages.find((known) => known === found[index]) ?? null);
  };
}
