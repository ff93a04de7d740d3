import type { CallError, CallResult } from '../../shared/contract/define.ts';
import { share } from './structural-sharing.ts';

/** What a live query knows at the moment. `error` replaces the value: the screen says what to do next. */
export type Live<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'error'; readonly error: CallError };

/** A question that the engine answers again whenever the answer changes. */
export interface Subscribed {
  /** Somebody begins to look at it, or does not any more. */
  readonly attend: (isShown: boolean) => void;
  readonly stop: () => void;
}

type OnData = (result: CallResult<unknown, string>) => void;
export type Subscribe = (name: string, input: unknown, onData: OnData, isShown: boolean) => Subscribed;

export interface LiveQuery {
  readonly subscribe: (onChange: () => void) => () => void;
  /**
   * Keeps the answer though nobody shows it, until the returned function is called. It may then be a second old, and is made current when somebody shows
   * it: for what is only looked at, not for what a form begins with.
   */
  readonly hold: () => () => void;
  readonly snapshot: () => Live<unknown>;
}

const LOADING: Live<never> = { state: 'loading' };
/** How long an unused query stays live, so that going back shows it at once. */
export const KEEP_MS = 5_000;

/**
 * Live queries by name and input: shown in several places, asked once. The value keeps the identity of every row that
 * did not change, so that memoised rows do not render again.
 */
export class LiveQueries {
  readonly #entries = new Map<string, LiveEntry>();
  readonly #subscribe: Subscribe;
  readonly #later: (work: () => void) => void;
  #untold = new Set<() => void>();

  /**
   * @param later does something after the messages that have arrived by now. Answers that come together are then drawn together: while the page draws
   * one, several more arrive, and each would have it draw everything around them anew.
   */
  constructor(subscribe: Subscribe, later: (work: () => void) => void) {
    this.#subscribe = subscribe;
    this.#later = later;
  }

  readonly #tell = (listeners: Iterable<() => void>): void => {
    for (const listener of listeners) this.#untold.add(listener);
    this.#later(() => {
      const told = this.#untold;
      this.#untold = new Set();
      for (const listener of told) listener();
    });
  };

  open(name: string, input: unknown): LiveQuery {
    const key = `${name} ${stableJson(input)}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry = new LiveEntry(
      (onData, isShown) => this.#subscribe(name, input, onData, isShown),
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
      this.#tell,
    );
    this.#entries.set(key, entry);
    return entry;
  }

  /** What a query says at the moment, without asking it; `loading` where nobody shows it. */
  peek(name: string, input: unknown): Live<unknown> {
    return this.#entries.get(`${name} ${stableJson(input)}`)?.snapshot() ?? LOADING;
  }

  /**
   * Shows what a command is about to change before the engine has answered. The next answer replaces it, whatever it says.
   * @param change the value as it will be; the same one where nothing changes
   * @returns takes it back, when the command was refused: what was answered last is shown again, unless a newer answer has come
   */
  anticipate(name: string, change: (value: unknown) => unknown): () => void {
    const ahead = [...this.#entries].flatMap(([key, entry]) => (key.startsWith(`${name} `) && entry.anticipate(change) ? [entry] : []));
    return () => {
      for (const entry of ahead) entry.takeBack();
    };
  }

  /** Ends at once what nobody shows, instead of keeping it for a while. */
  forgetUnused(): void {
    for (const entry of this.#entries.values()) entry.releaseIfUnused();
  }

  /** How many queries are kept; for tests. */
  get size(): number {
    return this.#entries.size;
  }
}

class LiveEntry implements LiveQuery {
  #state: Live<unknown> = LOADING;
  /** What was answered last, while something else is shown in expectation of the next answer. */
  #answered: Live<unknown> | null = null;
  readonly #listeners = new Set<() => void>();
  #holds = 0;
  #asked: Subscribed | null = null;
  #forget: ReturnType<typeof setTimeout> | null = null;
  readonly #start: (onData: OnData, isShown: boolean) => Subscribed;
  readonly #dispose: () => void;
  readonly #tell: (listeners: Iterable<() => void>) => void;

  constructor(
    start: (onData: OnData, isShown: boolean) => Subscribed,
    dispose: () => void,
    tell: (listeners: Iterable<() => void>) => void,
  ) {
    this.#start = start;
    this.#dispose = dispose;
    this.#tell = tell;
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    // One wrapper per subscriber: the same function may subscribe twice.
    const listener = (): void => {
      // whoever left before it could be told hears nothing more
      if (this.#listeners.has(listener)) onChange();
    };
    this.#listeners.add(listener);
    this.#keep(true);
    return () => {
      this.#listeners.delete(listener);
      this.#letGo();
    };
  };

  readonly hold = (): (() => void) => {
    let isHeld = true;
    this.#holds += 1;
    this.#keep(false);
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds -= 1;
      this.#letGo();
    };
  };

  #keep(isShown: boolean): void {
    if (this.#forget !== null) clearTimeout(this.#forget);
    this.#forget = null;
    if (this.#asked === null) this.#asked = this.#start((result) => this.#receive(result), isShown);
    else if (isShown || this.#listeners.size === 0) this.#asked.attend(isShown);
  }

  #letGo(): void {
    if (this.#listeners.size > 0) return;
    if (this.#holds > 0) this.#asked?.attend(false);
    else this.#forget ??= setTimeout(() => this.#release(), KEEP_MS);
  }

  readonly snapshot = (): Live<unknown> => this.#state;

  anticipate(change: (value: unknown) => unknown): boolean {
    const before = this.#state;
    if (before.state !== 'ready') return false;
    const value = change(before.value);
    if (value === before.value) return false;
    this.#answered ??= before;
    this.#state = { state: 'ready', value };
    this.#tell(this.#listeners);
    return true;
  }

  takeBack(): void {
    if (this.#answered === null) return;
    this.#state = this.#answered;
    this.#answered = null;
    this.#tell(this.#listeners);
  }

  #receive(result: CallResult<unknown, string>): void {
    const before = this.#state;
    this.#answered = null;
    if (result.ok) {
      const value = before.state === 'ready' ? share(before.value, result.value) : result.value;
      if (before.state === 'ready' && value === before.value) return;
      this.#state = { state: 'ready', value };
    } else {
      this.#state = { state: 'error', error: result.error };
    }
    if (this.#listeners.size > 0) this.#tell(this.#listeners);
  }

  releaseIfUnused(): void {
    if (this.#listeners.size === 0 && this.#holds === 0) this.#release();
  }

  #release(): void {
    if (this.#forget !== null) clearTimeout(this.#forget);
    this.#asked?.stop();
    this.#asked = null;
    this.#forget = null;
    this.#answered = null;
    // A component may still hold this entry between render and effect; it starts again from `loading` if it subscribes.
    this.#state = LOADING;
    this.#dispose();
  }
}

/** JSON with the keys of every object in order, so that equal inputs give equal text. Undefined fields are left out. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
