import type { Log } from './log.ts';

/** After a failure, such as a full disk. */
const RETRY_MS = 60_000;

/** Something that is begun when it is first asked for. */
export interface BegunLater<Value> {
  /** Null where it can not be begun, which keeps nobody from anything else: it is told, and tried again in a minute. */
  (): Value | null;
  /** Null while it has not been begun. */
  made(): Value | null;
}

/** What is begun later, together: one that can not be begun keeps none of the others. Disposed, nothing is begun any more. */
export interface Beginnings<What extends string> extends Disposable {
  /** @param begin is called until it succeeds once; where it throws it must have left nothing behind */
  readonly later: <Value>(what: What, begin: () => Value) => BegunLater<Value>;
}

export interface BeginningsDeps<What extends string> {
  readonly log: Log;
  readonly onFailure: (error: unknown) => void;
  /** What can not be begun, whenever that has changed; empty when all is well again. */
  readonly onFailing: (failing: readonly What[]) => void;
}

export function createBeginnings<What extends string>({ log, onFailure, onFailing }: BeginningsDeps<What>): Beginnings<What> {
  /** What could not be begun, with how to try again. */
  const failing = new Map<What, Set<() => void>>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isOver = false;

  function retry(): void {
    timer = null;
    for (const tries of failing.values()) for (const attempt of tries) attempt();
    if (failing.size > 0) wait();
  }
  function wait(): void {
    if (isOver) return;
    timer ??= setTimeout(retry, RETRY_MS);
    timer.unref();
  }
  function noteFailure(what: What, attempt: () => void, error: unknown): void {
    const tries = failing.get(what) ?? new Set();
    if (tries.has(attempt)) return;
    log('error', `${what} could not be begun`, { error });
    onFailure(error);
    failing.set(what, tries.add(attempt));
    onFailing([...failing.keys()]);
    wait();
  }
  function noteSuccess(what: What, attempt: () => void): void {
    const tries = failing.get(what);
    if (tries?.delete(attempt) !== true) return;
    log('info', `${what} could be begun after all`, {});
    if (tries.size > 0) return;
    failing.delete(what);
    onFailing([...failing.keys()]);
  }

  return {
    later: <Value>(what: What, begin: () => Value) => {
      let made: { readonly value: Value } | null = null;
      let hasFailed = false;
      const attempt = (): void => {
        try {
          made = { value: begin() };
        } catch (error) {
          hasFailed = true;
          noteFailure(what, attempt, error);
          return;
        }
        noteSuccess(what, attempt);
      };
      return Object.assign(
        () => {
          // who asks often does not make it be tried more often
          if (made === null && !hasFailed && !isOver) attempt();
          return made?.value ?? null;
        },
        { made: () => made?.value ?? null },
      );
    },
    [Symbol.dispose]: () => {
      isOver = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
