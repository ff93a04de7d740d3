import type { Log } from '../log.ts';
import { intakeCase, isAnyStale, noteFresh, saveCaseIntake, staleCase } from '../store/intake.store.ts';
import type { Store, WriteDb } from '../store/sql.ts';
import { readIntake } from '../../../shared/domain/intake/read-intake.ts';

/** So long others wait for a slice; a case of many long messages may make it longer. */
const SLICE_MS = 5;
/** Between a change and its place in the list, and between slices. */
const PAUSE_MS = 100;
/** After a failure, such as a full disk. */
const RETRY_MS = 60_000;

interface IntakeFillerDeps {
  readonly store: Store;
  readonly log: Log;
  readonly pauseMs?: number;
  readonly sliceMs?: number;
}

/**
 * Keeps what lists and filters tell of what is known of a case: works out the cases that have changed, in slices with pauses for everybody
 * else. What has still to be done is in a table, so that it goes on after a restart.
 */
export function startIntakeFiller({ store, log, pauseMs = PAUSE_MS, sliceMs = SLICE_MS }: IntakeFillerDeps): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;

  function work(): void {
    timer = undefined;
    try {
      if (!store.read(isAnyStale)) return;
      const isDone = store.write((tx) => fillSlice(tx, sliceMs));
      isTold = false;
      if (!isDone) wake(pauseMs);
    } catch (error) {
      if (!isTold) log('warn', 'what is known of cases could not be stored', { error });
      isTold = true;
      wake(RETRY_MS);
    }
  }
  function wake(afterMs: number): void {
    if (timer !== undefined) return;
    timer = setTimeout(work, afterMs);
    timer.unref();
  }

  const stop = store.onCommit((changes) => {
    if (changes.has('cases') || changes.has('messages') || changes.has('settings')) wake(pauseMs);
  });
  wake(pauseMs);
  return {
    [Symbol.dispose]: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

/** True when nothing is left. */
function fillSlice(tx: WriteDb, sliceMs: number): boolean {
  const begun = performance.now();
  do {
    const stale = staleCase(tx);
    if (stale === undefined) return true;
    const { id, state } = stale;
    if (state !== null) saveCaseIntake(tx, id, readIntake(intakeCase(tx, id, state)));
    noteFresh(tx, id, state === null);
  } while (performance.now() - begun < sliceMs);
  return false;
}
