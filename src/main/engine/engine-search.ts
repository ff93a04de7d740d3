import { join } from 'node:path';
import { startCheckpoints } from './jobs/checkpoints.ts';
import { createSearchIndexer } from './jobs/search-indexer.ts';
import type { SearchIndexer } from './jobs/search-indexer.ts';
import type { Log } from './log.ts';
import type { CheckpointWork } from './store/checkpoint/checkpoint-work.ts';
import { openSearchStore } from './store/search.store.ts';
import type { SearchStore } from './store/search.store.ts';
import type { Store } from './store/sql.ts';
import type { Clock } from '../../shared/domain/time.ts';

export interface SearchDeps {
  readonly store: Store;
  readonly workspacePath: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Copies write-ahead logs; left out: SQLite does it inside commits. */
  readonly checkpoints?: CheckpointWork;
  /** Why the main database is not the one that was indexed: recovered rows may have got other keys. Null where it is. */
  readonly isAnotherBecause: unknown;
  /** More is found, or everything. */
  readonly onProgress: () => void;
}

export interface EngineSearch extends AsyncDisposable {
  readonly index: SearchStore;
  readonly indexer: SearchIndexer;
}

/** The search index, what keeps it up to date, and what keeps its write-ahead log and that of the main database short. */
export function startSearch(deps: SearchDeps): EngineSearch {
  const { store, clock, log, checkpoints: work } = deps;
  const index = openSearchStore(join(deps.workspacePath, 'search.db'));
  if (deps.isAnotherBecause !== null) index.forgetAll(deps.isAnotherBecause);
  const checkpoints = work === undefined ? null : startCheckpoints({ store, search: index, work, log });
  const onProgress = (): void => {
    checkpoints?.kick();
    deps.onProgress();
  };
  const indexer = createSearchIndexer({ store, search: index, clock, log, onProgress });
  return {
    index,
    indexer,
    [Symbol.asyncDispose]: async () => {
      await indexer[Symbol.asyncDispose]();
      await checkpoints?.[Symbol.asyncDispose]();
      index[Symbol.dispose]();
    },
  };
}
