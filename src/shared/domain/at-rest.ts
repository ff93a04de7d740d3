/** Where the time comes from. */
export interface RestTimers {
  /** Milliseconds since whenever. Monotonic: a clock that is set is no rest. */
  readonly nowMs: () => number;
  readonly startTimer: (run: () => void, ms: number) => void;
}

/**
 * Something that is done when nothing else has been for `restMs`, once for each rest.
 * @returns is called whenever something is done: the rest begins anew after it, the first one with the first call. It costs nothing, so every
 *   movement of a pointer may call it.
 */
export function createAtRest(run: () => void, restMs: number, { nowMs, startTimer }: RestTimers): () => void {
  let touchedAt = 0;
  let isWaiting = false;
  function look(): void {
    const leftMs = touchedAt + restMs - nowMs();
    isWaiting = leftMs > 0;
    if (isWaiting) startTimer(look, leftMs);
    else run();
  }
  return () => {
    touchedAt = nowMs();
    if (isWaiting) return;
    isWaiting = true;
    startTimer(look, restMs);
  };
}
