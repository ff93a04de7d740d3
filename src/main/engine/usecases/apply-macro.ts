import { applyMacroSteps } from './apply-action.ts';
import { CommandFailure, once } from './context.ts';
import { countUse, macroOf } from './macros.ts';
import { queueReply } from './send-reply.ts';
import type { ReplyDeps } from './send-reply.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { draftOfCase, saveDraft } from '../store/drafts.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { detailOf } from '../store/timeline.store.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { MacroApplied } from '../../../shared/contract/macros.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';

/**
 * Does what a macro does to many cases, and queues the replies that somebody has read and confirmed: all of it or nothing, in one transaction with one
 * undo.
 */
export function applyMacro(deps: ReplyDeps, input: Input<'macros.apply'>): Result<MacroApplied, CallError> {
  return once(deps, input.opId, 'macros.apply', (tx) => {
    const macro = macroOf(tx, input.macroId);
    if (macro === null) throw new CommandFailure('not-found', `macro ${input.macroId}`);
    const sent = input.replies.map(({ caseId, text }) => queueText(deps, tx, caseId, text));
    const { changed, undoable, inverse } = applyMacroSteps(deps, tx, input.caseIds, macro.actions);
    countUse(deps, tx, macro.macroId, input.caseIds.length);
    const value: MacroApplied = { changed, undoable, outboxIds: sent.map(({ outboxId }) => outboxId), sendAt: sent[0]?.sendAt ?? null };
    return { value, ...(undoable ? { inverse } : {}) };
  });
}

/** Throws a CommandFailure with the case as its detail. What somebody is writing there is not written over. */
function queueText(deps: ReplyDeps, tx: WriteDb, caseId: CaseId, text: string): ReturnType<typeof queueReply> {
  const caseUid = currentCaseUid(tx, caseId);
  const detail = detailOf(tx, caseUid);
  if (detail === null) throw new CommandFailure('not-found', `case ${caseId}`);
  if (draftOfCase(tx, caseUid, 'reply') !== undefined) throw new CommandFailure('has-draft', caseId);
  if (!detail.canReply) throw new CommandFailure('account-removed', caseId);
  const savedAt = deps.clock.now();
  const draftId = saveDraft(tx, { uid: deps.ids.next('drf'), caseUid, kind: 'reply', text, to: detail.replyTo, cc: [], savedAt });
  try {
    return queueReply(deps, tx, { caseId: caseUid, draftId, thenStatus: null });
  } catch (error) {
    if (error instanceof CommandFailure) throw new CommandFailure(error.code, caseId);
    throw error;
  }
}
