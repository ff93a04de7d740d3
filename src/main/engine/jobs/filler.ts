import type { Log } from '../log.ts';
import type { ReadDb, Store, WriteDb } from '../store/sql.ts';

/** After a failure, such as a full disk. */
const RETRY_MS = 60_000;

export interface FillerDeps {
  readonly store: Store;
  readonly log: Log;
  /** What could not be stored, for the log. */
  readonly what: string;
  /** Tables whose commits may leave something to do. */
  readonly tables: readonly string[];
  /** Whether there is anything to do; asked before each slice, so that nothing is written where there is not. */
  readonly isAnyLeft: (db: ReadDb) => boolean;
  /** Works until `isOver`, and does at least one piece. What it throws takes back the slice. True when nothing is left. */
  readonly fill: (tx: WriteDb, isOver: () => boolean) => boolean;
  /** Between a commit and the first slice, and between slices: everybody else goes first. */
  readonly pauseMs: number;
  /** So long others wait for a slice; one large piece may make it longer. */
  readonly sliceMs: number;
}

/**
 * Makes up for what is derived from the database and not there yet, in slices with pauses. What is left to do has to be in the database,
 * so that it goes on after a restart. A slice that fails is tried again in a minute; that it fails is told once.
 */
export function startFiller({ store, log, what, tables, isAnyLeft, fill, pauseMs, sliceMs }: FillerDeps): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;

  function work(): void {
    timer = undefined;
    try {
      const isDone = !store.read(isAnyLeft) || store.write((tx) => fillSlice(tx));
      isTold = false;
      if (!isDone) wake(pauseMs);
    } catch (error) {
      if (!isTold) log('warn', `${what} could not be stored`, { error });
      isTold = true;
      wake(RETRY_MS);
    }
  }
  function fillSlice(tx: WriteDb): boolean {
    const begun = performance.now();
    return fill(tx, () => performance.now() - begun >= sliceMs);
  }
  function wake(afterMs: number): void {
    if (timer !== undefined) return;
    timer = setTimeout(work, afterMs);
    timer.unref();
  }

  const stop = store.onCommit((changes) => {
    if (tables.some((table) => changes.has(table))) wake(pauseMs);
  });
  wake(pauseMs);
  return {
    [Symbol.dispose]: () => {
      stop();
      clearTimeout(timer);
    },
  };
}
