import { createAlarm } from './alarm.ts';
import type { Log } from '../log.ts';
import type { CaseRunway } from '../usecases/case-runway.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import type { CoverageBook } from '../usecases/coverage-book.ts';
import { followShift } from '../usecases/follow-shift.ts';
import { retimePromised } from '../usecases/retime-promised.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface CoverageWatcherDeps {
  readonly context: UseCaseContext;
  readonly book: CoverageBook;
  readonly runway: CaseRunway;
  readonly log: Log;
  /** Somebody has come or gone. */
  readonly onClock: () => void;
}

/**
 * Sleeps until the next person comes or goes, then brings the staffed time of all needs up to date; and works all open
 * cases out again when plan or roster change. Does nothing while neither happens.
 */
export interface CoverageWatcher extends AsyncDisposable {
  /** The machine woke up or its clock moved: look again. */
  kick(): void;
  /** Plan or roster have changed, and the book knows. */
  followSoon(): void;
  /** Resolves when no change waits to be followed; for tests and measurements. */
  settled(): Promise<void>;
}

/** A lead who plans makes many changes in a moment. */
const GATHER_MS = 50;

export function startCoverageWatcher(deps: CoverageWatcherDeps): CoverageWatcher {
  const { context, book, runway, log } = deps;
  const stopping = new AbortController();
  const alarm = createAlarm({
    clock: context.clock,
    log,
    what: 'who comes or goes next',
    longestMs: MINUTE_MS,
    shortestMs: 25,
    onRing: () => sweep(),
    // without a plan nobody comes or goes
    nextAt: (now) => context.store.read((db) => (book.isPlanned(db, now) ? book.nextEdge(db, now) : null)),
  });
  let gathering: ReturnType<typeof setTimeout> | null = null;
  let working: Promise<void> = Promise.resolve();
  let lookedAt: Instant | null = null;

  function sweep(): void {
    if (stopping.signal.aborted) return;
    try {
      const now = context.clock.now();
      const passed = lookedAt === null ? null : context.store.read((db) => book.nextEdge(db, lookedAt ?? now));
      lookedAt = now;
      const hasChanged = context.store.write((tx) => {
        followShift(tx, book, now);
        return runway.settle(tx);
      });
      if (hasChanged || (passed !== null && passed <= now)) deps.onClock();
    } catch (error) {
      context.ledger.forget();
      log('error', 'staffed time could not be brought up to date', { error });
    }
    alarm.set();
  }

  /** Does a part whose failure must not keep the others from being done. */
  async function apart(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      context.ledger.forget();
      log('error', `${what} could not be worked out`, { error });
    }
  }

  async function followPlan(): Promise<void> {
    try {
      await runway.warm(context.store, stopping.signal);
      sweep();
      await apart('clocks that shifts promise', () => retimePromised(context, stopping.signal));
      await apart('the staffed runway of the open cases', () => runway.recountAll(context.store, stopping.signal));
      deps.onClock();
    } catch (error) {
      context.ledger.forget();
      log('error', 'the plan could not be followed', { error });
    }
  }

  function follow(): void {
    gathering = null;
    working = working.then(() => followPlan());
  }

  follow();
  return {
    kick: sweep,
    followSoon: () => {
      gathering ??= setTimeout(follow, GATHER_MS);
    },
    settled: async () => {
      do {
        if (gathering !== null) {
          clearTimeout(gathering);
          follow();
        }
        await working;
      } while (gathering !== null);
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      alarm.stop();
      if (gathering !== null) clearTimeout(gathering);
      await working;
    },
  };
}
