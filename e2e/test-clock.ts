import type { RunningApp } from './electron-app.ts';

/** The time of the whole app, engine and page, in the hands of a test. It goes on by itself and can be moved ahead. */
export interface TestClock {
  /** The time in the app. */
  now(): number;
  /** Jumps ahead, as if the machine had slept: what fell due meanwhile happens once. */
  ahead(ms: number): Promise<void>;
}

/** Takes the clock of an app that has just shown its window. */
export async function takeClock({ app, page }: RunningApp): Promise<TestClock> {
  let aheadMs = 0;
  await page.clock.install();
  // The page read the machine's clock before: it starts again on the one that can be moved.
  await page.reload();
  return {
    now: () => Date.now() + aheadMs,
    ahead: async (ms) => {
      aheadMs += ms;
      await app.evaluate((_electron, total) => globalThis.meridianTest.moveClock(total), aheadMs);
      await page.clock.fastForward(ms);
    },
  };
}
