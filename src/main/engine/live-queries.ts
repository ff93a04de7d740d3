import type { CallResult } from '../../shared/contract/define.ts';

/** What a query answered, and what it depends on: tables, and facts outside SQL whose names begin with `@`. */
export interface Evaluated {
  readonly result: CallResult<unknown, string> | Promise<CallResult<unknown, string>>;
  /** Known before the answer is: what changes while it is on the way must not be missed. */
  readonly depends: ReadonlySet<string>;
}

/** Never throws, and its promise never rejects: a failure is an answer. */
export type Evaluate = () => Evaluated;

/**
 * screen: what a person looks at or has just asked for, answered in the same turn. margin: what stands around it (counts, badges, the
 * strip of the day), answered when nothing of the first kind waits, one a turn. reserve: what nobody sees and somebody may look at next, answered after
 * both, and once in a second at most.
 */
export type Urgency = 'screen' | 'margin' | 'reserve';

interface Subscription {
  readonly evaluate: Evaluate;
  urgency: Urgency;
  readonly send: (version: number, result: CallResult<unknown, string>) => void;
  depends: ReadonlySet<string>;
  version: number;
  lastSent: string;
  running: boolean;
  stale: boolean;
  ended: boolean;
  /** It is in the queue of what is answered later. */
  waits: boolean;
  /** When it may be asked again; performance.now(). */
  restsUntil: number;
}

/**
 * Keeps answers up to date: a commit names the tables it changed, and every subscription that read one of them is asked
 * again, at most once a turn. An answer that has not changed is not sent again. What stands in the margin is asked for last. While much
 * changes each takes no more than a share of the time, so that nobody waits for a count behind a list, and a mailbox that is filled in goes on; what a
 * person does is seen at once all the same. What is only kept in reserve comes after that.
 */
export class LiveQueries implements Disposable {
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly changed = new Set<string>();
  private waiting: Subscription[] = [];
  private scheduled: ReturnType<typeof setTimeout> | null = null;
  private next: { readonly at: number; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  private closed = false;

  subscribe(key: string, evaluate: Evaluate, send: Subscription['send'], urgency: Urgency = 'screen'): void {
    const subscription: Subscription = {
      evaluate,
      urgency,
      send,
      depends: new Set(),
      version: 0,
      lastSent: '',
      running: false,
      stale: false,
      ended: false,
      waits: false,
      restsUntil: 0,
    };
    this.unsubscribe(key);
    this.subscriptions.set(key, subscription);
    this.ask(subscription);
  }

  /** Somebody begins to look at it, or does not any more. What has changed unseen is answered at once. */
  attend(key: string, urgency: Urgency): void {
    const subscription = this.subscriptions.get(key);
    if (subscription === undefined) return;
    subscription.urgency = urgency;
    if (urgency === 'reserve') {
      subscription.restsUntil = performance.now() + RESERVE_REST_MS;
      return;
    }
    subscription.restsUntil = 0;
    this.answerRested();
  }

  /** A person has just done something: what is on the screen follows at once, however lately it was asked again. */
  hurry(): void {
    for (const subscription of this.subscriptions.values()) if (subscription.urgency === 'screen') subscription.restsUntil = 0;
    this.answerRested();
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
      if (intersects(subscription.depends, changed)) this.ask(subscription);
    }
  }

  private ask(subscription: Subscription): void {
    if (subscription.urgency === 'screen' && subscription.restsUntil <= performance.now()) {
      this.answer(subscription);
      return;
    }
    if (subscription.waits) return;
    subscription.waits = true;
    this.waiting.push(subscription);
    this.schedule();
  }

  private schedule(): void {
    if (this.closed || this.waiting.length === 0) return;
    const now = performance.now();
    const at = Math.max(now + PAUSE_MS, Math.min(...this.waiting.map(({ restsUntil }) => restsUntil)));
    if (this.next !== null) {
      if (this.next.at <= at) return;
      clearTimeout(this.next.timer);
    }
    const answerOne = (): void => {
      this.next = null;
      const rested = this.rested();
      const subscription =
        rested.find(({ urgency }) => urgency === 'screen') ?? rested.find(({ urgency }) => urgency === 'margin') ?? rested[0];
      if (subscription !== undefined) this.answer(subscription);
      this.schedule();
    };
    this.next = { at, timer: setTimeout(answerOne, at - now) };
  }

  private rested(): readonly Subscription[] {
    const now = performance.now();
    return this.waiting.filter(({ restsUntil }) => restsUntil <= now);
  }

  /** What waits and is on the screen now; the rest has its turn. */
  private answerRested(): void {
    for (const subscription of this.rested()) if (subscription.urgency === 'screen') this.answer(subscription);
    this.schedule();
  }

  private answer(subscription: Subscription): void {
    if (subscription.waits) this.waiting = this.waiting.filter((each) => each !== subscription);
    subscription.waits = false;
    if (subscription.ended) return;
    const isFirst = subscription.version === 0;
    const begun = performance.now();
    void this.refresh(subscription);
    const done = performance.now();
    subscription.restsUntil = done + restOf(subscription.urgency, isFirst, done - begun);
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
        // the first answer is new, and on its way before it is written down to be compared with the next
        if (subscription.version === 0) this.tell(subscription, result);
        const text = JSON.stringify(result);
        if (subscription.version === 1 && subscription.lastSent === '') subscription.lastSent = text;
        else if (text !== subscription.lastSent) {
          subscription.lastSent = text;
          this.tell(subscription, result);
        }
      } while (subscription.stale);
    } finally {
      subscription.running = false;
    }
  }

  private tell(subscription: Subscription, result: CallResult<unknown, string>): void {
    subscription.version += 1;
    subscription.send(subscription.version, result);
  }

  [Symbol.dispose](): void {
    this.closed = true;
    if (this.scheduled !== null) clearTimeout(this.scheduled);
    if (this.next !== null) clearTimeout(this.next.timer);
    this.subscriptions.clear();
  }
}

const COALESCE_MS = 8;
/** Whatever has come from the page meanwhile is answered first. */
const PAUSE_MS = 4;
/** One that took a while is not asked again before so many times as long: what changes all the time costs a tenth of it at most. */
const REST_TIMES = 9;
/** What is on the screen takes a fifth: a list that moves twelve times a second while a mailbox is filled in is as good as one that moves sixty times. */
const SCREEN_REST_TIMES = 4;
/** What nobody sees is not asked again before that. */
const RESERVE_REST_MS = 1_000;

/** How long it is not asked again, milliseconds. The first answer costs what the next ones do not. */
function restOf(urgency: Urgency, isFirst: boolean, tookMs: number): number {
  if (urgency === 'screen') return isFirst ? 0 : tookMs * SCREEN_REST_TIMES;
  const restMs = tookMs * REST_TIMES;
  return urgency === 'reserve' ? Math.max(restMs, RESERVE_REST_MS) : restMs;
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}
