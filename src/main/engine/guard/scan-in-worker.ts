import { askWorker } from '../ports/asked-worker.ts';
import type { LongTextScan } from '../ports/scan-port.ts';
import type { SecretHit } from '../../../shared/domain/guard/secret-types.ts';

/** Forty megabytes of text, the most that a mail may have, take a quarter of a minute; a machine may be four times as slow. */
const PATIENCE_MS = 60_000;
/** The word lists take some 10 MB. */
const IDLE_MS = 60_000;
const REST_MS = 60_000;

/** A scan in a worker thread. */
export function scanInWorker(workerFile: string, patienceMs = PATIENCE_MS): LongTextScan {
  const ask = askWorker({ workerFile, name: 'secrets', idleMs: IDLE_MS, patienceMs, restMs: REST_MS });
  return async (texts) => {
    const found = await ask(texts);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own worker answers with the hits of each text
    return texts.map((_, index) => (found[index] as readonly SecretHit[] | undefined) ?? null);
  };
}
