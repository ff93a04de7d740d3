import { holdIfChanged } from './outbox-ready.ts';
import type { HoldDeps } from './outbox-ready.ts';
import type { Log } from '../log.ts';
import { queuedPlace, waitingForTime } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { storageFailure } from '../store/sql.ts';
import { toldSend } from '../store/told-sends.store.ts';
import type { Timers } from '../team/machine-clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';

export interface LaterWatchDeps extends HoldDeps {
  readonly log: Log;
  readonly timers: Timers;
}

export interface LaterWatch extends Disposable {
  /** The machine woke up or its clock moved: look again. */
  kick(): void;
}

/** What came of a change is looked at when the rest of it is there, too. */
const SETTLE_MS = SECOND_MS;

/**
 * A reply that leaves tomorrow is held back as soon as its thread changes, and not when it is to leave: so there is time to read it again. One whose
 * time has passed by far, because nobody could send it, is held back too. Every workstation does it for itself and comes to the same, as of what is
 * held elsewhere.
 */
export function watchLater(deps: LaterWatchDeps): LaterWatch {
  const { store, timers } = deps;
  let cancel: () => void = () => {};
  let isSet = false;
  let isOver = false;

  function look(): void {
    isSet = false;
    if (isOver) return;
    try {
      // a jump of the clock is noticed within a minute, also when nothing is due
      deps.clockJump?.();
      const waiting = store.read(waitingForTime).filter((entry) => entry.agent !== null);
      for (const entry of waiting) if (!isOutOfHand(entry)) holdIfChanged(deps, entry);
      // timers stand still while a machine sleeps, and a clock may jump
      if (waiting.length > 0) soon(MINUTE_MS);
    } catch (error) {
      deps.ledger.forget();
      if (storageFailure(error) === null) deps.log('error', 'replies for later could not be looked at', { error });
      soon(MINUTE_MS);
    }
  }

  /** Its thread is of no matter while the log judges it, or when it is on its way. */
  function isOutOfHand(entry: OutboxEntry): boolean {
    return store.read((db) => queuedPlace(db, entry).isPending || toldSend(db, entry.uid).kind === 'underway');
  }

  function soon(ms: number): void {
    if (isOver || isSet) return;
    isSet = true;
    cancel = timers.after(ms, look);
  }

  function kick(): void {
    cancel();
    isSet = false;
    soon(SETTLE_MS);
  }

  const stop = store.onCommit((changes) => {
    if (changes.has('events') || changes.has('outbox')) kick();
  });
  soon(SETTLE_MS);
  return {
    kick,
    [Symbol.dispose]: () => {
      isOver = true;
      stop();
      cancel();
    },
  };
}
