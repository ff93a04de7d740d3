import type { Log } from '../log.ts';
import { KeptShort } from '../store/checkpoint/kept-short.ts';
import type { CheckpointWork } from '../store/checkpoint/checkpoint-work.ts';
import type { SearchStore } from '../store/search.store.ts';
import type { Store } from '../store/sql.ts';

/** Commits that come together are looked at together. */
const LOOK_EVERY_MS = 50;

export interface CheckpointsDeps {
  readonly store: Store;
  readonly search: Pick<SearchStore, 'ifOpen' | 'path'>;
  readonly work: CheckpointWork;
  readonly log: Log;
}

export interface Checkpoints extends AsyncDisposable {
  /** Something may have been written that the main database's commits do not tell of. */
  kick(): void;
}

/**
 * Keeps the write-ahead logs of the main database and of the search index short without anybody waiting for it. By itself SQLite copies a log into
 * its main file inside the commit that reaches so many pages, which takes 40 ms and more: while a mailbox is filled in, whoever asks for a list or a
 * thread meets one of these every quarter of a second. Here a thread of its own copies, and a log begins anew when there is nearly nothing left of it.
 * What can not be copied so is copied by SQLite as ever.
 */
export function startCheckpoints({ store, search, work, log }: CheckpointsDeps): Checkpoints {
  const kept = [
    new KeptShort(store.path, () => store.database),
    // it may be thrown away and made anew, or not open at all
    new KeptShort(search.path, () => search.ifOpen),
  ];
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let isTold = false;

  /** Nobody waits for a look, so an error thrown there would end the engine. */
  const giveUp = (each: KeptShort, error: unknown): void => {
    each.leaveToSqlite();
    if (!isTold) log('warn', 'a write-ahead log could not be copied beside the engine', { file: each.file, error });
    isTold = true;
  };
  const isLong = (each: KeptShort): boolean => {
    try {
      return each.isLong();
    } catch (error) {
      giveUp(each, error);
      return false;
    }
  };
  const look = (): void => {
    timer = null;
    if (stopped || running !== null) return;
    const long = kept.filter(isLong);
    if (long.length === 0) return;
    running = copyAll(long).finally(() => {
      running = null;
      // what was committed meanwhile
      kick();
    });
  };
  const copyAll = async (long: readonly KeptShort[]): Promise<void> => {
    for (const each of long) {
      try {
        await work.copy(each.file);
        if (stopped) return;
        each.copied();
      } catch (error) {
        if (!stopped) giveUp(each, error);
      }
    }
  };
  const kick = (): void => {
    if (stopped || timer !== null) return;
    timer = setTimeout(look, LOOK_EVERY_MS);
    timer.unref();
  };

  const stopListening = store.onCommit(kick);
  return {
    kick,
    [Symbol.asyncDispose]: async () => {
      stopped = true;
      stopListening();
      if (timer !== null) clearTimeout(timer);
      await running;
      await work[Symbol.asyncDispose]();
      for (const each of kept) each.leaveToSqlite();
    },
  };
}
