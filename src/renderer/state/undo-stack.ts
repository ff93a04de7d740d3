import type { OperationId } from '../../shared/domain/ids.ts';

export interface UndoEntry {
  readonly opId: OperationId;
  /** What was done, already translated: "Solved 3 cases". */
  readonly label: string;
  /** How to take it back when the engine does not know by `opId`; answers the error's code, or null when it worked. */
  readonly takeBack?: (() => Promise<string | null>) | undefined;
}

const MAX_ENTRIES = 50;

/** What can be taken back in this session, newest last. The engine knows how; the page only remembers what. */
export class UndoStack {
  #entries: readonly UndoEntry[] = [];

  push(entry: UndoEntry): void {
    this.#entries = [...this.#entries, entry].slice(-MAX_ENTRIES);
  }

  /** The newest entry, taken off the stack; null when there is nothing to undo. */
  pop(): UndoEntry | null {
    const entry = this.#entries.at(-1) ?? null;
    this.#entries = this.#entries.slice(0, -1);
    return entry;
  }

  /** Takes a given entry off the stack, wherever it is. */
  take(opId: OperationId): UndoEntry | null {
    const entry = this.#entries.find((each) => each.opId === opId) ?? null;
    this.#entries = this.#entries.filter((each) => each.opId !== opId);
    return entry;
  }

  get size(): number {
    return this.#entries.length;
  }
}
