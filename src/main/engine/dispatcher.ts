import type { Log } from './log.ts';
import type { Evaluated } from './live-queries.ts';
import { storageFailure } from './store/sql.ts';
import type { ReadDb, Store } from './store/sql.ts';
import { contract } from '../../shared/contract/contract.ts';
import type { Answer, CallName, CommandName, Input, Output, QueryName } from '../../shared/contract/contract.ts';
import type { CallError, CallResult } from '../../shared/contract/define.ts';
import { fail, ok } from '../../shared/domain/result.ts';

/** Answers from the database alone: what it depends on is found out by itself. `facts` names what it knows besides SQL. */
interface SyncQuery<Name extends QueryName> {
  readonly kind: 'sql';
  readonly run: (db: ReadDb, input: Input<Name>) => Output<Name>;
  readonly facts?: readonly string[];
}
/** Needs the network, the keychain or a worker. */
interface AsyncQuery<Name extends QueryName> {
  readonly kind: 'async';
  readonly run: (input: Input<Name>) => Promise<Output<Name>>;
  readonly facts?: readonly string[];
}

export function sql<Name extends QueryName>(run: SyncQuery<Name>['run'], facts: readonly string[] = []): SyncQuery<Name> {
  return { kind: 'sql', run, facts };
}
export function later<Name extends QueryName>(run: AsyncQuery<Name>['run'], facts: readonly string[] = []): AsyncQuery<Name> {
  return { kind: 'async', run, facts };
}

export type Handlers = { readonly [Name in QueryName]: SyncQuery<Name> | AsyncQuery<Name> } & {
  readonly [Name in CommandName]: (input: Input<Name>) => CallResult<Output<Name>, string> | Promise<CallResult<Output<Name>, string>>;
};

/** Some of the handlers; an area's file gives its own. */
export type HandlersOf<Names extends CallName> = { readonly [Name in Names]: Handlers[Name] };

export interface Dispatcher {
  /** Parses the input, runs the handler, and turns every failure into an answer. Never throws. */
  call(name: string, input: unknown): Promise<CallResult<unknown, string>>;
  /** Runs a query for a subscription and tells what its answer depends on. */
  evaluate(name: string, input: unknown): Evaluated;
}

/** What changes nothing that others would have to know, and the ways out. */
const ALLOWED_WHEN_READ_ONLY =
  /^(app|desk|mailBody|vault|settings)\.|^workspace\.(open|resetSample|dismissNotice)$|^team\.(join|leave|nudge|tellPresence)$/u;

const NOTHING: ReadonlySet<string> = new Set();

export function createDispatcher(deps: {
  readonly store: Store;
  readonly handlers: Handlers;
  readonly log: Log;
  /** A call has failed because of the storage. */
  readonly onStorageFailure: (error: unknown) => void;
  /** The workspace has left its team: what is in it is a copy to read. */
  readonly isReadOnly?: () => boolean;
}): Dispatcher {
  let errors = 0;

  function failure(name: string, error: unknown): { readonly ok: false; readonly error: CallError } {
    const storage = storageFailure(error);
    if (storage === 'full') {
      deps.onStorageFailure(error);
      return fail({ code: 'storage-full', detail: String(error) });
    }
    if (storage === 'damaged') {
      deps.onStorageFailure(error);
      return fail({ code: 'storage-damaged', detail: String(error) });
    }
    errors += 1;
    const id = `${name}#${errors}`;
    deps.log('error', 'a call failed', { id, error });
    return fail({ code: 'internal', detail: id });
  }

  function parse(name: string, input: unknown): CallResult<{ readonly name: CallName; readonly input: unknown }, string> {
    if (!isCallName(name)) return fail({ code: 'invalid', detail: `there is no ${name.slice(0, 80)}` });
    const parsed = contract[name].input.safeParse(input);
    if (parsed.success) return ok({ name, input: parsed.data });
    return fail({ code: 'invalid', detail: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') });
  }

  function runQuery(name: QueryName, input: unknown): Evaluated {
    // `input` was parsed by the schema of this very name; the union of handlers can not express that.
    const handler: SyncQuery<QueryName> | AsyncQuery<QueryName> = deps.handlers[name];
    const facts = new Set(handler.facts ?? []);
    if (handler.kind === 'async') {
      // awaited in here, so that a handler may also throw before it has made its promise
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very name has parsed it; the union of handlers can not say so
      const answer = async (): Promise<Answer<QueryName>> => ok(await handler.run(input as Input<QueryName>));
      const result = answer().catch((error: unknown) => failure(name, error));
      return { result, depends: facts };
    }
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very name has parsed it; the union of handlers can not say so
      const { value, tables } = deps.store.readTracked((db) => handler.run(db, input as Input<QueryName>));
      return { result: ok(value), depends: facts.size === 0 ? tables : new Set([...tables, ...facts]) };
    } catch (error) {
      // Asked again when anything changes: a failure must not freeze a pane for good.
      return { result: failure(name, error), depends: new Set(['cases', 'messages', ...facts]) };
    }
  }

  return {
    call: async (name, input) => {
      const parsed = parse(name, input);
      if (!parsed.ok) return parsed;
      const known = parsed.value.name;
      if (isQuery(known)) return runQuery(known, parsed.value.input).result;
      if (deps.isReadOnly?.() === true && !ALLOWED_WHEN_READ_ONLY.test(known)) return fail({ code: 'read-only', detail: known });
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very name has parsed it; the union of handlers can not say so
        const handler = deps.handlers[known] as (input: unknown) => Answer<CommandName> | Promise<Answer<CommandName>>;
        return await handler(parsed.value.input);
      } catch (error) {
        return failure(name, error);
      }
    },
    evaluate: (name, input) => {
      const parsed = parse(name, input);
      if (!parsed.ok) return { result: parsed, depends: NOTHING };
      if (!isQuery(parsed.value.name))
        return { result: fail({ code: 'invalid', detail: 'commands can not be subscribed to' }), depends: NOTHING };
      return runQuery(parsed.value.name, parsed.value.input);
    },
  };
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(contract, name);
}
function isQuery(name: CallName): name is QueryName {
  return contract[name].kind === 'query';
}
