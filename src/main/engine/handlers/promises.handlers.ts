import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { lastDecisions } from '../store/acknowledgements.store.ts';
import { previewAcknowledgement } from '../usecases/acknowledge-compose.ts';
import { acknowledgementView, saveAcknowledgements } from '../usecases/acknowledge-settings.ts';
import { keepPromise, makePromise, releasePromise } from '../usecases/promise-commands.ts';
import { checkedPromise, detectedPromises, promiseCounts, promiseList, promisesOf } from '../usecases/promise-queries.ts';
import type { promiseContract } from '../../../shared/contract/promise.contract.ts';

/** Who could keep a promise follows from the plan, and from what time it is. */
const COVER = ['@plan', '@shift', '@clock'];

export function promiseHandlers(services: EngineServices): HandlersOf<keyof typeof promiseContract> {
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

    'acknowledgements.get': sql((db) => acknowledgementView(db)),
    'acknowledgements.save': (input) => saveAcknowledgements(context, input),
    'acknowledgements.preview': sql((db, input) => previewAcknowledgement(db, queries, input), COVER),
    'acknowledgements.log': sql((db, { limit }) => lastDecisions(db, limit)),
  };
}
