import { join } from 'node:path';
import { ledgerOf } from './furnish.ts';
import type { ScalePlan } from './case-life.ts';
import { createDispatcher } from '../../src/main/engine/dispatcher.ts';
import type { Dispatcher, Handlers } from '../../src/main/engine/dispatcher.ts';
import { caseHandlers } from '../../src/main/engine/handlers/cases.handlers.ts';
import type { EngineServices } from '../../src/main/engine/handlers/services.ts';
import { IdSource } from '../../src/main/engine/identity.ts';
import { openWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import type { OpenedWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import { openSearchStore } from '../../src/main/engine/store/search.store.ts';
import type { SearchStore } from '../../src/main/engine/store/search.store.ts';
import { withoutPeeking } from '../../src/main/engine/store/sql.ts';
import type { ReadDb, SqlParameters, Store } from '../../src/main/engine/store/sql.ts';
import type { CaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import type { Clock } from '../../src/shared/domain/time.ts';

/** The engine's own handlers of cases over a workspace, at the time of its plan. */
export interface Desk extends Disposable {
  readonly opened: OpenedWorkspace;
  readonly search: SearchStore;
  readonly ledger: CaseLedger;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  /** The answer of a call; throws what went wrong. */
  ask<Value>(name: string, input: unknown): Promise<Value>;
  /** The statements by which a query is answered, to run without the engine around them. */
  statementsOf(name: string, input: unknown): Promise<readonly HeardStatement[]>;
}

export interface HeardStatement {
  readonly text: string;
  readonly run: () => unknown;
}

export function openDesk(workspace: string, { now }: Pick<ScalePlan, 'now'>): Desk {
  const clock = { now: () => now };
  const opened = openWorkspace(workspace, now, () => undefined);
  const search = openSearchStore(join(workspace, 'search.db'));
  const ids = new IdSource(clock);
  const ledger = ledgerOf(clock, ids, coverageParts(clock));
  const { store, blobs } = opened;
  const context = { store, blobs, ledger, ids, clock };
  // None of the calls that are measured needs anything else.
  const services = { context, search, guard: {} } as unknown as EngineServices;
  const handlers = caseHandlers(services) as unknown as Handlers;
  const dispatcherOf = (asked: Store): Dispatcher =>
    createDispatcher({
      store: asked,
      handlers,
      log: (_level, text, facts) => process.stderr.write(`${text} ${String((facts?.['error'] as Error | undefined)?.stack)}\n`),
      onStorageFailure: () => undefined,
    });
  const dispatcher = dispatcherOf(store);
  const answerOf = async <Value>(by: Dispatcher, name: string, input: unknown): Promise<Value> => {
    const answer = await by.call(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.detail}`);
    return answer.value as Value;
  };
  return {
    opened,
    search,
    ledger,
    ids,
    clock,
    dispatcher,
    ask: async (name, input) => answerOf(dispatcher, name, input),
    statementsOf: async (name, input) => {
      const heard: { readonly text: string; readonly parameters: SqlParameters }[] = [];
      const listener = {
        get: (db: ReadDb) => (text: string, parameters?: SqlParameters) => {
          heard.push({ text, parameters: { ...parameters } });
          return db.get(text, parameters);
        },
        all: (db: ReadDb) => (text: string, parameters?: SqlParameters) => {
          heard.push({ text, parameters: { ...parameters } });
          return db.all(text, parameters);
        },
      };
      const listening = {
        readTracked: (work: (db: ReadDb) => unknown) =>
          store.readTracked((db) => work({ get: listener.get(db), all: listener.all(db) } as unknown as ReadDb)),
      } as unknown as Store;
      await answerOf(dispatcherOf(listening), name, input);
      return heard.map(({ text, parameters }) => {
        const statement = store.database.prepare<SqlParameters>(withoutPeeking(text));
        return { text, run: () => statement.all(parameters) };
      });
    },
    [Symbol.dispose]: () => {
      search[Symbol.dispose]();
      blobs[Symbol.dispose]();
      store[Symbol.dispose]();
    },
  };
}
