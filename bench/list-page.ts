import { join } from 'node:path';
import { spreadOf } from './measure.ts';
import type { Spread } from './measure.ts';
import { createDispatcher } from '../src/main/engine/dispatcher.ts';
import type { Handlers } from '../src/main/engine/dispatcher.ts';
import { sql } from '../src/main/engine/dispatcher.ts';
import { countViews, listCases } from '../src/main/engine/store/case-list.store.ts';
import { me } from '../src/main/engine/store/settings.store.ts';
import { openWorkspace } from '../src/main/engine/store/open-workspace.ts';
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

export async function measureList(
  folder: string,
  calls: number,
): Promise<{ readonly pages: readonly ListPageResult[]; readonly counts: Spread; readonly cases: number }> {
  const opened = openWorkspace(join(folder, 'workspaces', 'main'), Date.now(), () => undefined);
  try {
    const { store } = opened;
    // Only the handlers under measurement: the dispatcher looks up no other.
    const handlers = {
      'cases.list': sql<'cases.list'>((db, input) => listCases(db, input, me(db)?.agentId ?? null)),
      'cases.counts': sql<'cases.counts'>((db) => countViews(db, me(db)?.agentId ?? null)),
    } as unknown as Handlers;
    const dispatcher = createDispatcher({ store, handlers, log: () => undefined, onStorageFailure: () => undefined });
    const pages: ListPageResult[] = [];
    for (const page of listedPages()) {
      const statements: { readonly text: string; readonly parameters: Record<string, unknown> }[] = [];
      store.read((db) =>
        listCases(
          {
            ...db,
            // Listens in on the page's own statement, so that the baseline runs the very same.
            all: (text, parameters) => {
              statements.push({ text, parameters: parameters ?? {} });
              return db.all(text, parameters);
            },
            get: (text, parameters) => db.get(text, parameters),
          },
          { ...page, limit: 200 },
          me(db)?.agentId ?? null,
        ),
      );
      const [first] = statements;
      if (first === undefined) throw new Error('the list asked nothing');
      const prepared = store.database.prepare(first.text);
      const bare: number[] = [];
      const engine: number[] = [];
      let rows = 0;
      let total = 0;
      for (let each = -20; each < calls; each += 1) {
        const begun = performance.now();
        const answer = await dispatcher.call('cases.list', { ...page, limit: 200 });
        const between = performance.now();
        prepared.all(first.parameters);
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
