import type { Store, WriteDb } from '../store/sql.ts';

/** How much work is cut: by time and not by number, because one message may take as long as twenty others. */
export interface Slices {
  /** After so many milliseconds a transaction takes nothing further. */
  readonly ms: number;
  /** Lets everybody else have the thread. */
  readonly turn: () => Promise<void>;
}

export interface SlicedWork<Item, Made> {
  readonly one: (tx: WriteDb, item: Item) => readonly Made[];
  /** The last thing in each transaction. */
  readonly end: (tx: WriteDb, isLast: boolean) => void;
  readonly committed: (made: readonly Made[]) => void;
}

/** How many items were committed, and why the others were not; null when all were. */
export interface Written {
  readonly count: number;
  readonly error: Error | null;
}

/**
 * Writes items in their order, in short transactions with a turn for others after each; in one transaction without `slices`. A transaction takes
 * one item at least. What was committed before an error stays: the work must bear to be repeated from there. Never throws for an item.
 */
export async function writeInSlices<Item, Made>(
  store: Store,
  items: readonly Item[],
  slices: Slices | undefined,
  work: SlicedWork<Item, Made>,
): Promise<Written> {
  let count = 0;
  for (;;) {
    let end = count;
    const made: Made[] = [];
    try {
      store.write((tx) => {
        const until = performance.now() + (slices?.ms ?? Number.POSITIVE_INFINITY);
        for (const item of items.slice(count)) {
          if (end > count && performance.now() >= until) break;
          made.push(...work.one(tx, item));
          end += 1;
        }
        work.end(tx, end === items.length);
      });
    } catch (error) {
      return { count, error: error instanceof Error ? error : new Error(String(error)) };
    }
    count = end;
    work.committed(made);
    if (slices === undefined || count === items.length) return { count, error: null };
    await slices.turn();
  }
}
