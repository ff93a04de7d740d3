import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { keepPromise, makePromise, releasePromise } from '../usecases/promise-commands.ts';
import { checkedPromise, detectedPromises, promiseCounts, promiseList, promisesOf } from '../usecases/promise-queries.ts';
import type { promiseContract } from '../../../shared/contract/promise.contract.ts';

type Names = Extract<keyof typeof promiseContract, `promises.${string}`>;

/** Who could keep a promise follows from the plan, and from what time it is. */
const COVER = ['@plan', '@shift', '@clock'];

export function promiseHandlers(services: EngineServices): HandlersOf<Names> {
  const { context, book } = services;
  const { ledger, clock } = context;
  const queries = { ledger, book, clock };
  return {
    'promises.ofCase': sql((db, { caseId }) => promisesOf(db, queries, caseId), COVER),
    'promises.list': sql((db, input) => promiseList(db, queries, input), COVER),
    'promises.counts': sql((db) => promiseCounts(db, queries), COVER),
    'promises.detect': sql((db, input) => detectedPromises(db, queries, input), COVER),
    'promises.check': sql((db, input) => checkedPromise(db, queries, input), COVER),
    'promises.make': (input) => makePromise(context, input),
    'promises.keep': (input) => keepPromise(context, input),
    'promises.release': (input) => releasePromise(context, input),
  };
}
