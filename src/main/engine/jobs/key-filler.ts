import type { Log } from '../log.ts';
import { addKeys, keysFilledFrom, messagesWithoutKeys, noteKeysFilled, windowBelow } from '../store/routing.store.ts';
import type { Store, WriteDb } from '../store/sql.ts';
import { keysOf } from '../../../shared/domain/routing/case-keys.ts';

/** So long others wait for a slice; a mail of many pages may make it longer. */
const SLICE_MS = 6;
const PAUSE_MS = 30;
/** Messages that are looked at in one slice at most. */
const WINDOW = 200;
/** After a failure, such as a full disk. */
const RETRY_MS = 60_000;

interface KeyFillerDeps {
  readonly store: Store;
  readonly log: Log;
  readonly pauseMs?: number;
  readonly sliceMs?: number;
}

/**
 * Works out what older messages name, which were stored before that was kept, so that a new case finds an old one about the same thing.
 * The newest first, in slices with pauses for everybody else; it goes on where it was after a restart, and begins anew when messages come
 * in that have no keys (a snapshot from an older Meridian).
 */
export function startKeyFiller({ store, log, pauseMs = PAUSE_MS, sliceMs = SLICE_MS }: KeyFillerDeps): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;

  function work(): void {
    timer = undefined;
    try {
      const isDone = store.write((tx) => fillSlice(tx, sliceMs));
      isTold = false;
      if (!isDone) wake(pauseMs);
    } catch (error) {
      if (!isTold) log('warn', 'what older messages name could not be stored', { error });
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
    if (changes.has('settings') && store.read(keysFilledFrom) === null) wake(pauseMs);
  });
  if (store.read(keysFilledFrom) !== 0) wake(pauseMs);
  return {
    [Symbol.dispose]: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

/** True when nothing is left. */
function fillSlice(tx: WriteDb, sliceMs: number): boolean {
  const below = keysFilledFrom(tx) ?? Number.MAX_SAFE_INTEGER;
  if (below === 0) return true;
  const begun = performance.now();
  const from = windowBelow(tx, below, WINDOW);
  let until = from;
  for (const { id, ...message } of messagesWithoutKeys(tx, from, below)) {
    addKeys(tx, id, keysOf(message));
    if (performance.now() - begun < sliceMs) continue;
    until = id;
    break;
  }
  noteKeysFilled(tx, until);
  return until === 0;
}
