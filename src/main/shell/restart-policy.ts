/** What to do after the engine ended by itself. */
export type RestartDecision = { readonly kind: 'restart'; readonly delayMs: number } | { readonly kind: 'give-up' };

const DELAYS_MS = [250, 1_500] as const;
const QUICK_CRASHES = 3;
/** Crashes within this time of each other count together. */
const WINDOW_MS = 60_000;

/** Restarts a crashed engine with a growing pause, and gives up after three crashes within a minute. */
export class RestartPolicy {
  #crashes: number[] = [];

  /** @param nowMs any clock that only goes forward, in milliseconds */
  onCrash(nowMs: number): RestartDecision {
    this.#crashes = [...this.#crashes.filter((at) => nowMs - at < WINDOW_MS), nowMs];
    if (this.#crashes.length >= QUICK_CRASHES) return { kind: 'give-up' };
    return { kind: 'restart', delayMs: DELAYS_MS[this.#crashes.length - 1] ?? DELAYS_MS[1] };
  }

  /** A person asked for another try: the count starts again. */
  reset(): void {
    this.#crashes = [];
  }
}
