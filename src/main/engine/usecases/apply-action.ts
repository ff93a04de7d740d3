import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { confirmedEpoch } from './case-ownership.ts';
import type { CoverageBook } from './coverage-book.ts';
import { afterAct } from './handoff-acts.ts';
import { nextShiftOf } from './shift-snooze.ts';
import { caseByUid, currentCaseUid, setRead } from '../store/cases.store.ts';
import { noticeOwnChange } from '../store/outbox.store.ts';
import { profileByUid } from '../store/roster.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { Applied } from '../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { caseAfter } from '../../../shared/domain/case-undo.ts';
import type { CaseAfter } from '../../../shared/domain/case-undo.ts';
import { decide } from '../../../shared/domain/case-actions.ts';
import type { CaseAction, PlainAction } from '../../../shared/domain/case-actions.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
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
    /** What the case was like then; what was changed since is not taken back with it. */
    readonly after?: CaseAfter;
    /** As much of that as operations of before kept. */
    readonly hands?: Pick<CaseAfter, 'assigneeId' | 'ownerId'>;
  }[];
}

/** Without a book nothing is planned. */
type Planned = UseCaseContext & { readonly book?: CoverageBook };

const IS_NO_WORK: ReadonlySet<CaseAction['kind']> = new Set(['park', 'unpark', 'relate', 'remind', 'clear-reminder']);

/** One action on one or many cases, in one transaction with one undo. Cases that the action would not change are left alone. */
export function applyAction(
  context: Planned,
  input: { readonly opId: OperationId; readonly caseIds: readonly CaseId[]; readonly action: PlainAction },
): Result<Applied, CallError> {
  const { action } = input;
  return applyInternal(context, input, 'cases.apply', (tx, caseId) => {
    if (action.kind === 'remind') return { ...action, reminderId: action.reminderId ?? context.ids.next('rem') };
    return action.kind === 'snooze-until-shift' ? snoozeUntilShift(context, tx, caseId) : action;
  });
}

/** Null: nobody comes by the plan. */
function snoozeUntilShift(context: Planned, tx: WriteDb, caseId: CaseId): CaseAction | null {
  const next = context.book === undefined ? null : nextShiftOf(tx, context.book, caseId, context.clock.now());
  return next === null ? null : { kind: 'snooze', until: next.from, awaits: 'shift' };
}

/**
 * The same for a command of its own, which finds out first what is to be done: null leaves a case alone, and when that is all of them nothing
 * was planned. It may throw a CommandFailure.
 */
export function applyInternal(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly caseIds: readonly CaseId[] },
  name: string,
  actionOf: (tx: WriteDb, caseId: CaseId) => CaseAction | null,
): Result<Applied, CallError> {
  return once(context, input.opId, name, (tx) => {
    const me = requireMe(tx).agentId;
    let isPlanned = false;
    const inverse: Inverse['cases'] = input.caseIds.flatMap((caseId) => {
      const action = actionOf(tx, caseId);
      if (action === null) return [];
      isPlanned = true;
      const undo = applyOne(context, tx, caseId, action, me);
      return undo === null ? [] : [undo];
    });
    if (!isPlanned) throw new CommandFailure('nobody-planned');
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

/**
 * One action on one case, within a transaction. Null when it would change nothing; else what takes it back.
 * @param undoes the change of status that this one takes back
 */
export function applyOne(
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
  return {
    caseId: uid,
    actions: decision.inverse,
    statusEvent: action.kind === 'status' ? (eventIds[0] ?? null) : null,
    after: caseAfter(state),
  };
}

function isLead(tx: WriteDb, agentId: AgentId): boolean {
  const profile = profileByUid(tx, agentId);
  return profile !== undefined && profile.isActive && profile.tiers.includes('lead');
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
