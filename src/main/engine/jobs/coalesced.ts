/** Work of which one run at a time is enough. */
export interface Coalesced {
  /** Resolves with a run that began after this call. */
  run(): Promise<void>;
  /** Resolves when none runs. */
  settled(): Promise<void>;
}

/** A call while the work is running has it run once more afterwards, however many there are. */
export function coalesced(work: () => Promise<void>): Coalesced {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function begin(): Promise<void> {
    const run = work();
    running = run;
    try {
      await run;
    } finally {
      if (running === run) running = null;
    }
  }

  async function after(before: Promise<void>): Promise<void> {
    await before.catch(() => {});
    next = null;
    await begin();
  }

  return {
    run: async () => {
      if (running === null && next === null) return begin();
      next ??= after(running ?? Promise.resolve());
      return next;
    },
    settled: async () => {
      for (let last = next ?? running; last !== null; last = next ?? running) await last.catch(() => {});
    },
  };
}
