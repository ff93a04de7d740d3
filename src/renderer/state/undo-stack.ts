import type { OperationId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';

export interface UndoEntry {
  readonly opId: OperationId;
  /** What was done, already translated: "Solved 3 cases". */
  readonly label: string;
  /** To whom or what, in words, where the label only counts: the subject and the customer of the one case. */
  readonly about?: string | undefined;
  /** How to take it back when the engine does not know by `opId`; answers the error's code, or null when it worked. */
  readonly takeBack?: (() => Promise<string | null>) | undefined;
  /** How to do it again after `takeBack`; what has none can not be done again. */
  readonly doAgain?: (() => Promise<string | null>) | undefined;
}

/** One thing that was done in this session, and what became of it. */
export interface Deed extends UndoEntry {
  /** Stays the same when it is undone and done again. */
  readonly key: string;
  readonly at: Instant;
  /** `gone`: it can not be undone any more. */
  readonly state: 'done' | 'undone' | 'gone';
  /** Why it is gone, in words. */
  readonly why: string;
  /** The operation whose undo does it again, or undoes it: the newest one of this deed. */
  readonly lastOpId: OperationId;
}

const MAX_ENTRIES = 50;

/**
 * What was done in this session, newest last, and what can be taken back of it or done again. The engine knows how; the page only
 * remembers what.
 */
export class UndoStack {
  #deeds: readonly Deed[] = [];
  /** What Redo does again, the next one last; something new that is done makes an end of it. */
  #redo: readonly string[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  readonly list = (): readonly Deed[] => this.#deeds;

  push(entry: UndoEntry, at: Instant): void {
    const deed: Deed = { ...entry, key: entry.opId, at, state: 'done', why: '', lastOpId: entry.opId };
    this.#deeds = [...this.#deeds.filter((each) => each.key !== deed.key), deed].slice(-MAX_ENTRIES);
    this.#redo = [];
    this.#changed();
  }

  /** The newest thing that is done and not taken back; null when there is nothing to undo. */
  get next(): Deed | null {
    return this.#deeds.findLast((deed) => deed.state === 'done') ?? null;
  }

  /** The thing that was taken back last; null when there is nothing to do again. */
  get nextAgain(): Deed | null {
    const key = this.#redo.at(-1);
    return this.#deeds.find((deed) => deed.key === key && deed.state === 'undone') ?? null;
  }

  find(key: string): Deed | null {
    return this.#deeds.find((deed) => deed.key === key) ?? null;
  }

  /** It was taken back, by the operation `opId`. */
  undone(key: string, opId: OperationId): void {
    this.#redo = [...this.#redo.filter((each) => each !== key), key];
    this.#put(key, { state: 'undone', lastOpId: opId });
  }

  /** It was done again, by the operation `opId`. */
  doneAgain(key: string, opId: OperationId): void {
    this.#redo = this.#redo.filter((each) => each !== key);
    this.#put(key, { state: 'done', lastOpId: opId });
  }

  /** It can not be undone, or done again, any more. */
  gone(key: string, why: string): void {
    this.#redo = this.#redo.filter((each) => each !== key);
    this.#put(key, { state: 'gone', why });
  }

  /** Somebody else sits here now, or another workspace is open. */
  clear(): void {
    this.#deeds = [];
    this.#redo = [];
    this.#changed();
  }

  get size(): number {
    return this.#deeds.length;
  }

  #put(key: string, patch: Partial<Deed>): void {
    this.#deeds = this.#deeds.map((deed) => (deed.key === key ? { ...deed, ...patch } : deed));
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
