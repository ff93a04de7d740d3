import type { CallResult } from '../../shared/contract/define.ts';

/** What a query answered, and what it depends on: tables, and facts outside SQL whose names begin with `@`. */
export interface Evaluated {
  readonly result: CallResult<unknown, string> | Promise<CallResult<unknown, string>>;
  /** Known before the answer is: what changes while it is on the way must not be missed. */
  readonly depends: ReadonlySet<string>;
}

/** Never throws, and its promise never rejects: a failure is an answer. */
export type Evaluate = () => Evaluated;

interface Subscription {
  readonly evaluate: Evaluate;
  readonly send: (version: number, result: CallResult<unknown, string>) => void;
  depends: ReadonlySet<string>;
  version: number;
  lastSent: string;
  running: boolean;
  stale: boolean;
  ended: boolean;
}

/**
 * Keeps answers up to date: a commit names the tables it changed, and every subscription that read one of them is asked
 * again, at most once a turn. An answer that has not changed is not sent again.
 */
export class LiveQueries implements Disposable {
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly changed = new Set<string>();
  private scheduled: ReturnType<typeof setTimeout> | null = null;
  private closed = false;

  subscribe(key: string, evaluate: Evaluate, send: Subscription['send']): void {
    const subscription: Subscription = {
      evaluate,
      send,
      depends: new Set(),
      version: 0,
      lastSent: '',
      running: false,
      stale: false,
      ended: false,
    };
    this.unsubscribe(key);
    this.subscriptions.set(key, subscription);
    void this.refresh(subscription);
  }

  unsubscribe(key: string): void {
    const subscription = this.subscriptions.get(key);
    if (subscription !== undefined) subscription.ended = true;
    this.subscriptions.delete(key);
  }

  unsubscribeAll(prefix: string): void {
    for (const key of this.subscriptions.keys()) if (key.startsWith(prefix)) this.unsubscribe(key);
  }

  /** Tables changed by a commit, or `@` facts that changed. Answers follow within a few milliseconds. */
  invalidate(changes: Iterable<string>): void {
    for (const change of changes) this.changed.add(change);
    // Commits of one burst are answered together; between the slices of a backfill others have their turn.
    this.scheduled ??= setTimeout(() => this.flush(), this.subscriptions.size === 0 ? 50 : COALESCE_MS);
  }

  private flush(): void {
    this.scheduled = null;
    const changed = new Set(this.changed);
    this.changed.clear();
    for (const subscription of this.subscriptions.values()) {
      if (intersects(subscription.depends, changed)) void this.refresh(subscription);
    }
  }

  private async refresh(subscription: Subscription): Promise<void> {
    if (subscription.running) {
      subscription.stale = true;
      return;
    }
    subscription.running = true;
    try {
      do {
        subscription.stale = false;
        // Synchronous answers stay synchronous: what a person did is on the screen in the same turn.
        const evaluated = subscription.evaluate();
        subscription.depends = evaluated.depends;
        const result = evaluated.result instanceof Promise ? await evaluated.result : evaluated.result;
        if (this.closed || subscription.ended) return;
        const text = JSON.stringify(result);
        if (text !== subscription.lastSent) {
          subscription.lastSent = text;
          subscription.version += 1;
          subscription.send(subscription.version, result);
        }
      } while (subscription.stale);
    } finally {
      subscription.running = false;
    }
  }

  [Symbol.dispose](): void {
    this.closed = true;
    if (this.scheduled !== null) clearTimeout(this.scheduled);
    this.subscriptions.clear();
  }
}

const COALESCE_MS = 8;

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}
