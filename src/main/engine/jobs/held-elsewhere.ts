import { holdIfChanged } from './outbox-ready.ts';
import type { Log } from '../log.ts';
import { entriesInState, queuedPlace } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { storageFailure } from '../store/sql.ts';
import type { ReadDb, Store } from '../store/sql.ts';
import type { Timers } from '../team/machine-clock.ts';
import type { CaseLedger } from '../usecases/case-ledger.ts';
import { toldSend } from '../store/told-sends.store.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { after, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/**
 * So long a reply has to leave at whoever holds its channel. Only then is it looked at here: what was on its way when the thread changed
 * must not be shown as held for a moment.
 */
const TIME_TO_LEAVE_MS = 15_000;

export interface HeldElsewhereDeps {
  readonly store: Store;
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  readonly log: Log;
  readonly timers: Timers;
  /** Whether another workstation sends for the account, or nobody at the moment. */
  readonly isElsewhere: (account: AccountId) => boolean;
}

/**
 * Whoever holds a channel holds a reply back whose thread has changed, and that is no event: everybody who knows the thread comes to the
 * same. So its writer is told at their own workstation, and can release it or take it back there, also when a gateway holds the channel,
 * at which nobody sits.
 */
export function watchHeldElsewhere(deps: HeldElsewhereDeps): Disposable {
  const { store, clock, timers } = deps;
  let cancel: () => void = () => {};
  /** When the timer rings; null while there is none. */
  let ringsAt: Instant | null = null;
  let isOver = false;

  function waiting(): readonly OutboxEntry[] {
    return (
      store
        // what leaves at a time of its own is looked at all the time: see later-watch.ts
        .read((db) =>
          entriesInState(db, 'queued').filter((entry) => entry.agent !== null && entry.laterAt === null && !isOutOfHand(db, entry)),
        )
        .filter(({ account }) => deps.isElsewhere(account))
    );
  }

  function look(): void {
    ringsAt = null;
    if (isOver) return;
    try {
      const now = clock.now();
      const queued = waiting();
      for (const entry of queued) if (dueAt(entry) <= now) holdIfChanged(deps, entry);
      const later = queued.flatMap((entry) => (dueAt(entry) > now ? dueAt(entry) - now : []));
      // a clock that jumps must not leave a reply lying
      if (later.length > 0) soon(Math.min(MINUTE_MS, ...later));
    } catch (error) {
      deps.ledger.forget();
      if (storageFailure(error) === null) deps.log('error', 'replies that leave elsewhere could not be looked at', { error });
      soon(MINUTE_MS);
    }
  }

  function soon(ms: number): void {
    const at = after(clock.now(), ms);
    if (isOver || (ringsAt !== null && ringsAt <= at)) return;
    cancel();
    ringsAt = at;
    cancel = timers.after(ms, look);
  }

  const stop = store.onCommit((changes) => {
    if (changes.has('events') || changes.has('outbox')) soon(TIME_TO_LEAVE_MS);
  });
  soon(TIME_TO_LEAVE_MS);
  return {
    [Symbol.dispose]: () => {
      isOver = true;
      stop();
      cancel();
    },
  };
}

/** Whether its thread is of no matter: it waits for the log, which judges it then, or the log has it that it is on its way. */
function isOutOfHand(db: ReadDb, entry: OutboxEntry): boolean {
  return queuedPlace(db, entry).isPending || toldSend(db, entry.uid).kind === 'underway';
}

function dueAt({ sendAt, updatedAt }: OutboxEntry): Instant {
  return after(sendAt > updatedAt ? sendAt : updatedAt, TIME_TO_LEAVE_MS);
}
