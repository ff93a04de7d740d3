import { join } from 'node:path';
import { ingestDeps } from './data-set.ts';
import { spreadOf } from './measure.ts';
import type { Spread } from './measure.ts';
import { createDispatcher } from '../src/main/engine/dispatcher.ts';
import type { Handlers } from '../src/main/engine/dispatcher.ts';
import { caseHandlers } from '../src/main/engine/handlers/cases.handlers.ts';
import type { EngineServices } from '../src/main/engine/handlers/services.ts';
import { openWorkspace } from '../src/main/engine/store/open-workspace.ts';
import { withoutPeeking } from '../src/main/engine/store/sql.ts';
import type { ReadDb, SqlParameters, Store } from '../src/main/engine/store/sql.ts';
import type { SortId, ViewId } from '../src/shared/domain/views.ts';

export interface ListPageResult {
  readonly view: ViewId;
  readonly sort: SortId;
  readonly rows: number;
  readonly total: number;
  /** The statement alone, on the driver, milliseconds. */
  readonly bare: Spread;
  /** The engine's whole answer: contract, statement, count, rows made into values. */
  readonly engine: Spread;
}

/** Pages that people look at, in the workspace of the data set, which is only read. */
export function listedPages(): readonly { readonly view: ViewId; readonly sort: SortId }[] {
  return [
    { view: 'unassigned', sort: 'waiting' },
    { view: 'all', sort: 'waiting' },
    { view: 'all', sort: 'newest' },
    { view: 'solved', sort: 'newest' },
  ];
}

/** The statement that the page's rows come from, overheard while the engine answers: the baseline runs the very same. */
async function pageStatement(
  store: Store,
  dispatcherOf: (store: Store) => ReturnType<typeof createDispatcher>,
  page: { readonly view: ViewId; readonly sort: SortId },
): Promise<{ readonly text: string; readonly parameters: SqlParameters }> {
  const heard: { readonly text: string; readonly parameters: SqlParameters; readonly rows: number }[] = [];
  const listening = {
    readTracked: (work: (db: ReadDb) => unknown) =>
      store.readTracked((db) =>
        work({
          get: (text: string, parameters?: SqlParameters) => db.get(text, parameters),
          all: (text: string, parameters?: SqlParameters) => {
            const rows = db.all(text, parameters);
            heard.push({ text, parameters: parameters ?? {}, rows: rows.length });
            return rows;
          },
        } as unknown as ReadDb),
      ),
  } as unknown as Store;
  const answer = await dispatcherOf(listening).call('cases.list', { ...page, limit: 200 });
  if (!answer.ok) throw new Error(`cases.list: ${answer.error.code} ${answer.error.detail}`);
  const [most] = heard.sort((left, right) => right.rows - left.rows);
  if (most === undefined) throw new Error('the list asked nothing');
  return most;
}

export async function measureList(
  folder: string,
  calls: number,
): Promise<{ readonly pages: readonly ListPageResult[]; readonly counts: Spread; readonly cases: number }> {
  const opened = openWorkspace(join(folder, 'workspaces', 'main'), Date.now(), () => undefined);
  try {
    const { store } = opened;
    // The app's own handlers; the dispatcher looks up none but those of cases here, and they need nothing but the context.
    const handlers = caseHandlers({ context: ingestDeps(opened), guard: {} } as unknown as EngineServices) as unknown as Handlers;
    const dispatcherOf = (asked: Store): ReturnType<typeof createDispatcher> =>
      createDispatcher({ store: asked, handlers, log: () => undefined, onStorageFailure: () => undefined });
    const dispatcher = dispatcherOf(store);
    const pages: ListPageResult[] = [];
    for (const page of listedPages()) {
      const statement = await pageStatement(store, dispatcherOf, page);
      const prepared = store.database.prepare(withoutPeeking(statement.text));
      const bare: number[] = [];
      const engine: number[] = [];
      let rows = 0;
      let total = 0;
      for (let each = -20; each < calls; each += 1) {
        const begun = performance.now();
        const answer = await dispatcher.call('cases.list', { ...page, limit: 200 });
        const between = performance.now();
        prepared.all(statement.parameters);
        const ended = performance.now();
        if (!answer.ok) throw new Error(`cases.list: ${answer.error.code} ${answer.error.detail}`);
        ({
          rows: { length: rows },
          total,
        } = answer.value as { rows: unknown[]; total: number });
        if (each < 0) continue;
        engine.push(between - begun);
        bare.push(ended - between);
      }
      pages.push({ ...page, rows, total, bare: spreadOf(bare), engine: spreadOf(engine) });
    }
    const counts: number[] = [];
    for (let each = 0; each < calls; each += 1) {
      const begun = performance.now();
      await dispatcher.call('cases.counts', {});
      counts.push(performance.now() - begun);
    }
    const cases = store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM cases'))?.count ?? 0;
    return { pages, counts: spreadOf(counts), cases };
  } finally {
    opened.blobs[Symbol.dispose]();
    opened.store[Symbol.dispose]();
  }
}
