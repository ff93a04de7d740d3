import { instant } from '../../shared/domain/time.ts';
import type { Clock, Instant } from '../../shared/domain/time.ts';

/** The machine's clock, or for end-to-end tests one that runs ahead of it by as much as they say. */
export class EngineClock implements Clock {
  readonly #machine: () => number;
  #aheadMs: number | null;

  /** @param aheadMs null, as in every normal start, for the machine's clock, which nothing can move */
  constructor(machine: () => number, aheadMs: number | null) {
    this.#machine = machine;
    this.#aheadMs = aheadMs;
  }

  now(): Instant {
    return instant(this.#machine() + (this.#aheadMs ?? 0));
  }

  /** By how much it runs ahead of the machine's. */
  get movedMs(): number {
    return this.#aheadMs ?? 0;
  }

  /** Runs ahead of the machine by this much from now on; never back. False, and nothing is done, where it may not be moved. */
  moveTo(aheadMs: number): boolean {
    if (this.#aheadMs === null || aheadMs < this.#aheadMs) return false;
    this.#aheadMs = aheadMs;
    return true;
  }
}
