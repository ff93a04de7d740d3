import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { tellStandingOffer } from './handoff-promises.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { CaseId, MessageId, PromiseId } from '../../../shared/domain/ids.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { isLocalDate } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone, toInstant, toLocal } from '../../../shared/domain/time/zone.ts';
import type { Instant } from '../../../shared/domain/time.ts';

type PromiseDraft = Input<'promises.make'>['promise'];
type PromiseMade = Extract<CaseEventBody, { type: 'promise.made' }>;

/**
 * What the log keeps of a promise. A wall time that the zone's clocks jump over is moved forward, as everywhere.
 * @param toldAt when the customer learns of it at the earliest: what is due by then is no promise
 * @throws CommandFailure `unknown-zone`, `invalid` for a day that no calendar has, or the code for what is past already
 */
export function promiseMade(
  draft: PromiseDraft,
  messageId: MessageId | null,
  { promiseId, toldAt, pastCode }: { readonly promiseId: PromiseId; readonly toldAt: Instant; readonly pastCode: string },
): PromiseMade {
  if (!isKnownZone(draft.zone)) throw new CommandFailure('unknown-zone', draft.zone);
  if (!isLocalDate(draft.dueLocal)) throw new CommandFailure('invalid', JSON.stringify(draft.dueLocal));
  const dueAt = toInstant(draft.zone, draft.dueLocal);
  if (dueAt <= toldAt) throw new CommandFailure(pastCode, draft.text);
  const { text, zone, source } = draft;
  return { type: 'promise.made', promiseId, text, zone, dueAt, dueLocal: toLocal(zone, dueAt), messageId, source };
}

/** Writes a promise down that no message carries, such as one that was made by phone. */
export function makePromise(context: UseCaseContext, input: Input<'promises.make'>): Result<{ readonly promiseId: PromiseId }, CallError> {
  return once(context, input.opId, 'promises.make', (tx) => {
    const { agentId } = requireMe(tx);
    const caseUid = requireCase(tx, input.caseId);
    const promiseId = context.ids.next('prm');
    const made = promiseMade(input.promise, null, { promiseId, toldAt: context.clock.now(), pastCode: 'in-the-past' });
    context.ledger.append(tx, caseUid, [made], { actor: agentId });
    tellStandingOffer(context, tx, caseUid, agentId);
    return { value: { promiseId } };
  });
}

/** Somebody says that a promise was kept in a way that no message shows. */
export function keepPromise(context: UseCaseContext, input: Input<'promises.keep'>): Result<null, CallError> {
  return once(context, input.opId, 'promises.keep', (tx) => {
    const { agentId } = requireMe(tx);
    const caseUid = requireCase(tx, input.caseId);
    if (promiseIn(context, tx, caseUid, input.promiseId).state !== 'open') throw new CommandFailure('settled');
    context.ledger.append(tx, caseUid, [{ type: 'promise.kept', promiseId: input.promiseId }], { actor: agentId });
    return { value: null };
  });
}

/** Nobody owes it any more. That a text was no promise at all can also be said after it was broken. */
export function releasePromise(context: UseCaseContext, input: Input<'promises.release'>): Result<null, CallError> {
  return once(context, input.opId, 'promises.release', (tx) => {
    const { agentId } = requireMe(tx);
    const caseUid = requireCase(tx, input.caseId);
    const { state } = promiseIn(context, tx, caseUid, input.promiseId);
    const isCorrection = input.reason === 'not-a-promise' && state === 'broken';
    if (state !== 'open' && !isCorrection) throw new CommandFailure('settled');
    context.ledger.append(tx, caseUid, [{ type: 'promise.released', promiseId: input.promiseId, reason: input.reason }], {
      actor: agentId,
    });
    return { value: null };
  });
}

/** What takes back the promises of a message that never left: the customer was promised nothing. */
export function promisesTakenBack(promises: readonly CustomerPromise[], messageId: MessageId): readonly CaseEventBody[] {
  return promises
    .filter((each) => each.messageId === messageId && each.state === 'open')
    .map(({ promiseId }) => ({ type: 'promise.released', promiseId, reason: 'not-a-promise' }));
}

function requireCase(db: ReadDb, caseId: CaseId): CaseId {
  const uid = currentCaseUid(db, caseId);
  if (caseByUid(db, uid) === undefined) throw new CommandFailure('not-found', `case ${caseId}`);
  return uid;
}

function promiseIn(context: UseCaseContext, db: ReadDb, caseUid: CaseId, promiseId: PromiseId): CustomerPromise {
  const found = context.ledger.promises(db, caseUid).find((each) => each.promiseId === promiseId);
  if (found === undefined) throw new CommandFailure('not-found', `promise ${promiseId}`);
  return found;
}
