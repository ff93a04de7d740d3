import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { confirmedEpoch } from './case-ownership.ts';
import { afterAct } from './handoff-acts.ts';
import { caseByUid, currentCaseUid, setRead } from '../store/cases.store.ts';
import { noticeOwnChange } from '../store/outbox.store.ts';
import { profileByUid } from '../store/roster.store.ts';
import { markUndone, operationByUid } from '../store/settings.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { Applied } from '../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { decide } from '../../../shared/domain/case-actions.ts';
import type { CaseAction } from '../../../shared/domain/case-actions.ts';
import type { CaseEventBody, CaseState } from '../../../shared/domain/case.ts';
import type { AgentId, CaseId, OperationId } from '../../../shared/domain/ids.ts';
import { stepsOf } from '../../../shared/domain/macro/macro.ts';
import type { MacroAction } from '../../../shared/domain/macro/macro.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** What takes an operation back: for each case the actions that lead to where it was. */
export interface Inverse {
  readonly cases: readonly {
    readonly caseId: CaseId;
    readonly actions: readonly CaseAction[];
    /** The change of status that was made: taking it back gives the clocks back, too. */
    readonly statusEvent: string | null;
    /** Who had the case then; what has changed hands since is not taken from who has it now. */
    readonly hands?: Hands;
  }[];
}

const IS_NO_WORK: ReadonlySet<CaseAction['kind']> = new Set(['park', 'unpark', 'relate']);

/** Who works on a case, and who answers for it. */
type Hands = Pick<CaseState, 'assigneeId' | 'ownerId'>;

/** One action on one or many cases, in one transaction with one undo. Cases that the action would not change are left alone. */
export function applyAction(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly caseIds: readonly CaseId[]; readonly action: CaseAction },
): Result<Applied, CallError> {
  return applyInternal(context, input, 'cases.apply', () => input.action);
}

/** The same for a command of its own, which finds out first what is to be done. It may throw a CommandFailure. */
export function applyInternal(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly caseIds: readonly CaseId[] },
  name: string,
  actionOf: (tx: WriteDb, caseId: CaseId) => CaseAction,
): Result<Applied, CallError> {
  return once(context, input.opId, name, (tx) => {
    const me = requireMe(tx).agentId;
    const inverse: Inverse['cases'] = input.caseIds.flatMap((caseId) => {
      const undo = applyOne(context, tx, caseId, actionOf(tx, caseId), me);
      return undo === null ? [] : [undo];
    });
    const undoable = inverse.some((each) => each.actions.length > 0);
    return { value: { changed: inverse.length, undoable }, ...(undoable ? { inverse: { cases: inverse } satisfies Inverse } : {}) };
  });
}

/**
 * Does what a macro does, within a transaction: `inverse` is what undoes all of it, the last thing first.
 * Cases that it would not change are left alone.
 */
export function applyMacroSteps(
  context: UseCaseContext,
  tx: WriteDb,
  caseIds: readonly CaseId[],
  actions: readonly MacroAction[],
): { readonly changed: number; readonly undoable: boolean; readonly inverse: Inverse } {
  if (actions.length === 0) return { changed: 0, undoable: false, inverse: { cases: [] } };
  const me = requireMe(tx).agentId;
  const steps = stepsOf(actions, { me, now: context.clock.now() });
  const changed = new Set<CaseId>();
  const cases = caseIds.flatMap((caseId) =>
    steps
      .flatMap((step) => applyOne(context, tx, caseId, step, me) ?? [])
      .map((each) => {
        changed.add(each.caseId);
        return each;
      })
      .toReversed(),
  );
  return { changed: changed.size, undoable: cases.some((each) => each.actions.length > 0), inverse: { cases } };
}

function applyOne(
  context: UseCaseContext,
  tx: WriteDb,
  caseId: CaseId,
  action: CaseAction,
  me: AgentId,
  undoes: string | null = null,
): Inverse['cases'][number] | null {
  const uid = currentCaseUid(tx, caseId);
  const saved = caseByUid(tx, uid);
  if (saved === undefined) throw new CommandFailure('not-found', `case ${caseId}`);
  const decision = decide(saved.state, action, me);
  if (decision.events.length === 0) return null;
  const bodies = decision.events.map((body): CaseEventBody => {
    if (body.type === 'case.statusChanged' && undoes !== null) return { ...body, undoes };
    // what a lead assigns goes there, whatever is being offered or has gone around
    if (body.type === 'case.assigned' && body.agentId !== null && isLead(tx, me)) return { ...body, isForced: true };
    return body;
  });
  const { id, state, eventIds } = context.ledger.append(tx, uid, bodies, { actor: me });
  noticeOwnChange(tx, id, { ...state, epoch: confirmedEpoch(context.ledger, tx, uid) }, me);
  // leaving a case where it is is no work on it, nor is saying what it is about
  if (!IS_NO_WORK.has(action.kind)) afterAct(context.ledger, tx, { id, uid, state }, me);
  const { assigneeId, ownerId } = state;
  return {
    caseId: uid,
    actions: decision.inverse,
    statusEvent: action.kind === 'status' ? (eventIds[0] ?? null) : null,
    hands: { assigneeId, ownerId },
  };
}

function isLead(tx: WriteDb, agentId: AgentId): boolean {
  const profile = profileByUid(tx, agentId);
  return profile !== undefined && profile.isActive && profile.tiers.includes('lead');
}

/** Whether somebody has taken the case, or been given it, since: an assignment of before is no more to be undone. */
function hasMovedOn(tx: WriteDb, caseId: CaseId, hands: Hands | undefined, action: CaseAction): boolean {
  if (hands === undefined || action.kind !== 'assign') return false;
  const state = caseByUid(tx, currentCaseUid(tx, caseId))?.state;
  return state?.assigneeId !== hands.assigneeId || state.ownerId !== hands.ownerId;
}

/**
 * Takes an operation back by its inverse, as a new operation. An operation is undone at most once. Cases that have changed
 * hands since stay where they are; when all of them have, there is nothing to undo.
 */
export function undoOperation(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly undoes: OperationId },
): Result<Applied, CallError> {
  return once(context, input.opId, 'cases.undo', (tx) => {
    const operation = operationByUid(tx, input.undoes);
    if (operation === undefined || operation.inverse === null || operation.undone) throw new CommandFailure('nothing-to-undo');
    const me = requireMe(tx).agentId;
    // Written by `applyAction` alone.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
    const { cases } = JSON.parse(operation.inverse) as Inverse;
    const changed = new Set<CaseId>();
    let moved = 0;
    for (const each of cases) {
      const actions = each.actions.filter((action) => !hasMovedOn(tx, each.caseId, each.hands, action));
      if (actions.length < each.actions.length) moved += 1;
      let touched = false;
      for (const action of actions) touched = applyOne(context, tx, each.caseId, action, me, each.statusEvent) !== null || touched;
      if (touched) changed.add(each.caseId);
    }
    if (moved > 0 && changed.size === 0) throw new CommandFailure('nothing-to-undo');
    markUndone(tx, input.undoes);
    return { value: { changed: changed.size, undoable: false } };
  });
}

export function markRead(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly caseIds: readonly CaseId[]; readonly read: boolean },
): Result<null, CallError> {
  return once(context, input.opId, 'cases.markRead', (tx) => {
    for (const caseId of input.caseIds) setRead(tx, currentCaseUid(tx, caseId), input.read);
    return { value: null };
  });
}
