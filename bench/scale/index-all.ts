import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startIntakeFiller } from '../../src/main/engine/jobs/intake-filler.ts';
import { createSearchIndexer } from '../../src/main/engine/jobs/search-indexer.ts';
import { openWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import { isAnyStale } from '../../src/main/engine/store/intake.store.ts';
import { openSearchStore } from '../../src/main/engine/store/search.store.ts';
import type { Store } from '../../src/main/engine/store/sql.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** Its being there says that no row comes any more. */
const WRITTEN = 'written';
const PASS_EVERY_MS = 15_000;

export function writtenMark(workspace: string): string {
  return join(workspace, WRITTEN);
}

/** Begins a part of this measurement in a process of its own: two cores are better than one. */
export function startPart(name: string, request: object): { readonly ended: Promise<void> } {
  const [, part = ''] = process.argv;
  const child = spawn(process.execPath, [part, name, JSON.stringify(request)], { stdio: ['ignore', 'ignore', 'inherit'] });
  return {
    ended: new Promise((resolve, reject) => {
      child.once('close', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`${name} ended with code ${String(code)}`));
      });
    }),
  };
}

/** Makes the search index by the app's own indexer, while the rows are written and until there are no more. */
export async function indexWhileWritten(workspace: string): Promise<null> {
  for (let isLast = false; !isLast;) {
    isLast = existsSync(writtenMark(workspace));
    await completeIndex(workspace);
    if (!isLast) await new Promise((resolve) => void setTimeout(resolve, PASS_EVERY_MS));
  }
  return null;
}

/** What is known of each unsolved case, where an older engine has written it: the app does this beside everything else, for minutes. */
async function fillIntake(store: Store): Promise<void> {
  using _filler = startIntakeFiller({ store, log: () => undefined, pauseMs: 0, sliceMs: 500 });
  while (store.read(isAnyStale)) await new Promise((resolve) => void setTimeout(resolve, 20));
}

/** Indexes what is not indexed: nothing, as a rule. The indexer's pauses for others are left out, so nothing but time is another. */
export async function completeIndex(workspace: string): Promise<void> {
  const opened = openWorkspace(workspace, Date.now(), () => undefined);
  const search = openSearchStore(join(workspace, 'search.db'));
  // what is lost in a power cut is made anew by the next run
  search.database.pragma('synchronous = OFF');
  search.database.pragma('wal_autocheckpoint = 20000');
  search.database.pragma('cache_size = -400000');
  const { store } = opened;
  try {
    const indexer = createSearchIndexer({
      store,
      search,
      clock: { now: () => instant(0) },
      log: () => undefined,
      sliceMs: 2_000,
      pauseMs: 0,
    });
    await indexer.settled();
    await indexer[Symbol.asyncDispose]();
    await fillIntake(store);
  } finally {
    search[Symbol.dispose]();
    opened.blobs[Symbol.dispose]();
    store[Symbol.dispose]();
  }
}
