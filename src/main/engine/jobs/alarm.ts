import type { Log } from '../log.ts';
import { after, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

export interface AlarmOptions {
  readonly clock: Clock;
  /** When it is to ring next; null: not until it is set again. */
  readonly nextAt: (now: Instant) => Instant | null;
  readonly onRing: () => void;
  readonly log: Log;
  /** What could not be looked up, for the log. */
  readonly what: string;
  /** It rings at least so often: a clock that jumps must not hide anything, and timers can not wait for months. */
  readonly longestMs: number;
  readonly shortestMs: number;
}

/** The one timer of a watcher. Setting it passes over whatever else was to ring. */
export interface Alarm {
  set(): void;
  /** For good. */
  stop(): void;
}

/** A look that fails is tried again in a minute: nobody waits for a timer, so an error thrown there would end the engine. */
export function createAlarm({ clock, nextAt, onRing, log, what, longestMs, shortestMs }: AlarmOptions): Alarm {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;

  function next(now: Instant): Instant | null {
    try {
      return nextAt(now);
    } catch (error) {
      log('error', `${what} could not be looked up`, { error });
      return after(now, MINUTE_MS);
    }
  }

  function clear(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    set: () => {
      clear();
      if (isStopped) return;
      const now = clock.now();
      const at = next(now);
      if (at !== null) timer = setTimeout(onRing, Math.min(longestMs, Math.max(shortestMs, at - now)));
    },
    stop: () => {
      isStopped = true;
      clear();
    },
  };
}
