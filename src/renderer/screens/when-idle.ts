/**
 * Does something when the page has nothing else to do, at the latest after so many milliseconds.
 * @returns takes it back
 */
export function whenIdle(work: () => void, latestMs: number): () => void {
  const handle = requestIdleCallback(work, { timeout: latestMs });
  return () => cancelIdleCallback(handle);
}
