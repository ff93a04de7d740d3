import type { RuleProgress } from '../../../shared/contract/sla.contract.ts';

/** Work over many cases that somebody watches: it tells how far it is, and ends early when nobody wants it any more. */
export interface RuleRun {
  readonly isCancelled: boolean;
  /** Tells how far it is and lets everybody else have the thread. */
  pause(done: number, total: number): Promise<void>;
}

const TELL_EVERY_MS = 100;

interface State {
  progress: RuleProgress;
  isCancelled: boolean;
}

/** Previews and replays under way, by the name that the page gave them. */
export class RuleRuns {
  readonly #runs = new Map<string, State>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Does a piece of work, and tells about it under its name for as long as it goes on. */
  async during<Value>(name: string, work: (run: RuleRun) => Promise<Value>): Promise<Value> {
    const state: State = { progress: { done: 0, total: null }, isCancelled: false };
    this.#runs.set(name, state);
    try {
      return await work(this.#runOf(state));
    } finally {
      if (this.#runs.get(name) === state) this.#runs.delete(name);
      this.#changed();
    }
  }

  #runOf(state: State): RuleRun {
    let toldAt = performance.now();
    return {
      get isCancelled() {
        return state.isCancelled;
      },
      pause: async (done, total) => {
        state.progress = { done, total };
        if (performance.now() - toldAt >= TELL_EVERY_MS) {
          toldAt = performance.now();
          this.#changed();
        }
        await turn();
      },
    };
  }

  /** Null when there is no such run, or not any more. */
  progress(name: string): RuleProgress | null {
    return this.#runs.get(name)?.progress ?? null;
  }

  /** Ends a run at its next pause; false when there is none. */
  cancel(name: string): boolean {
    const state = this.#runs.get(name);
    if (state !== undefined) state.isCancelled = true;
    return state !== undefined;
  }
}

/** Lets everybody else have the thread between two parts of a long piece of work. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
