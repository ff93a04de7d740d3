import type { CaseLedger } from './case-ledger.ts';
import type { IdSource } from '../identity.ts';
import { me, operationByUid, saveOperation } from '../store/settings.store.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import type { ReadDb, Store, WriteDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AgentCard } from '../../../shared/contract/workspace.contract.ts';
import type { OperationId } from '../../../shared/domain/ids.ts';
import { ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/** What every use case may use. No sockets: those belong to connectors and jobs. */
export interface UseCaseContext {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly ledger: CaseLedger;
  readonly ids: IdSource;
  readonly clock: Clock;
}

/** Thrown inside a command's transaction to roll it back and answer with a declared code. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly code: string;
  constructor(code: string, detail = '') {
    super(detail);
    this.code = code;
  }
}

export interface Outcome<Value> {
  readonly value: Value;
  /** What `cases.undo` does to take it back, as JSON; absent when it can not be undone. */
  readonly inverse?: unknown;
}

/**
 * Runs a command once: in one transaction, remembered by its operation id. The same operation id again gets the first
 * answer and changes nothing. A CommandFailure rolls back and becomes the command's error.
 */
export function once<Value>(
  context: UseCaseContext,
  opId: OperationId,
  name: string,
  work: (tx: WriteDb) => Outcome<Value>,
): Result<Value, CallError> {
  const repeated = context.store.read((db) => operationByUid(db, opId));
  // Stored by the same command with the same output type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
  if (repeated !== undefined) return ok(JSON.parse(repeated.result) as Value);
  try {
    return ok(
      context.store.write((tx) => {
        const outcome = work(tx);
        saveOperation(tx, {
          uid: opId,
          name,
          at: context.clock.now(),
          result: JSON.stringify(outcome.value ?? null),
          inverse: outcome.inverse === undefined ? null : JSON.stringify(outcome.inverse),
        });
        return outcome.value;
      }),
    );
  } catch (error) {
    context.ledger.forget();
    if (error instanceof CommandFailure) return { ok: false, error: { code: error.code, detail: error.message } };
    throw error;
  }
}

/** The person at this desk. Throws a CommandFailure before they said who they are. */
export function requireMe(db: ReadDb): AgentCard {
  const agent = me(db);
  if (agent === null) throw new CommandFailure('not-found', 'no profile yet');
  return agent;
}
