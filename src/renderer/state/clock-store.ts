import { useEffect, useReducer } from 'react';
import { instant, MINUTE_MS } from '../../shared/domain/time.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** What the clock needs of the world; tests pass their own. */
export interface ClockWorld {
  now(): number;
  /** Calls `run` after `ms` milliseconds; returns how to cancel it. */
  startTimer(run: () => void, ms: number): () => void;
  isHidden(): boolean;
  onVisibilityChange(run: () => void): void;
}

interface Consumer {
  /** When what this consumer shows changes next; null for never. */
  wakeAt: Instant | null;
  readonly notify: () => void;
}

/** Browsers clamp longer timers; the clock simply sleeps again. */
const LONGEST_SLEEP_MS = 12 * 60 * 60_000;

/**
 * One timer for everything on screen that shows time. It sleeps until the earliest moment at which something on
 * screen changes, wakes only those consumers, and does nothing while the window is hidden.
 */
export class ClockStore {
  readonly #consumers = new Set<Consumer>();
  readonly #world: ClockWorld;
  #cancelTimer: (() => void) | null = null;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(world: ClockWorld) {
    this.#world = world;
    world.onVisibilityChange(() => this.#catchUp());
  }

  now(): Instant {
    return instant(this.#world.now());
  }

  /** Calls `notify` once at `wakeAt`, or when the window is seen again after it. Returns how to stop. */
  add(wakeAt: Instant | null, notify: () => void): () => void {
    const consumer: Consumer = { wakeAt, notify };
    this.#consumers.add(consumer);
    // What changes later than the next wake needs no new timer, however many there are of it.
    if (wakeAt !== null && wakeAt < this.#timerAt) this.#schedule();
    return () => {
      this.#consumers.delete(consumer);
      if (consumer.wakeAt !== null && consumer.wakeAt <= this.#timerAt) this.#schedule();
    };
  }

  #schedule(): void {
    let earliest = Number.POSITIVE_INFINITY;
    if (!this.#world.isHidden())
      for (const consumer of this.#consumers) earliest = Math.min(earliest, consumer.wakeAt ?? Number.POSITIVE_INFINITY);
    if (earliest === this.#timerAt) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#timerAt = earliest;
    if (earliest === Number.POSITIVE_INFINITY) return;
    const sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(0, earliest - this.#world.now()));
    this.#cancelTimer = this.#world.startTimer(() => this.#catchUp(), sleepMs);
  }

  #catchUp(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#timerAt = Number.POSITIVE_INFINITY;
    if (!this.#world.isHidden()) {
      const now = this.#world.now();
      const due = [...this.#consumers].filter((consumer) => consumer.wakeAt !== null && consumer.wakeAt <= now);
      for (const consumer of due) {
        consumer.wakeAt = null;
        consumer.notify();
      }
    }
    this.#schedule();
  }
}

/** The clock of the page. */
export const clock = new ClockStore({
  now: () => Date.now(),
  startTimer: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  isHidden: () => document.visibilityState === 'hidden',
  onVisibilityChange: (run) => document.addEventListener('visibilitychange', run),
});

/**
 * The current instant, and a new render exactly when what is shown changes.
 * @param next when the shown value changes after `now`; null for never
 */
export function useNow(next: (now: Instant) => Instant | null): Instant {
  const [, wake] = useReducer((count: number) => count + 1, 0);
  const now = clock.now();
  const wakeAt = next(now);
  useEffect(() => clock.add(wakeAt, wake), [wakeAt]);
  return now;
}

/** The next full minute after `now`; for clocks without seconds. */
export function nextMinute(now: Instant): Instant {
  return instant(Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS);
}
