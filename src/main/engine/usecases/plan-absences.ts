import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { meantSpan } from './plan-overrides.ts';
import type { WallTimes } from './plan-overrides.ts';
import { mayPlan } from './planner-access.ts';
import { recordTeam } from './team-events.ts';
import { absenceByUid } from '../store/plan.store.ts';
import { profileByUid, readProfiles } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { Absence, AbsenceKind } from '../../../shared/domain/coverage/plan.ts';
import type { AbsenceId, AgentId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** Who asks, and whether they may for this person. */
function permission(db: ReadDb, agentId: AgentId): { readonly actor: AgentId | null; readonly isLead: boolean; readonly isOwn: boolean } {
  const actor = me(db)?.agentId ?? null;
  return { actor, isLead: mayPlan(readProfiles(db), actor), isOwn: actor === agentId };
}

/** Asks for time off, for oneself; a lead also for others, and may approve it in the same step. */
export function requestAbsence(
  context: UseCaseContext,
  input: WallTimes & {
    readonly opId: OperationId;
    readonly agentId: AgentId;
    readonly kind: AbsenceKind;
    readonly note: string;
    readonly isApproved: boolean;
  },
): Result<{ readonly absenceId: AbsenceId }, CallError> {
  return once(context, input.opId, 'plan.requestAbsence', (tx) => {
    if (profileByUid(tx, input.agentId) === undefined) throw new CommandFailure('unknown-agent', input.agentId);
    const { actor, isLead, isOwn } = permission(tx, input.agentId);
    if (!isLead && (!isOwn || input.isApproved)) throw new CommandFailure('not-a-lead');
    const span = meantSpan(input);
    const at = context.clock.now();
    const absenceId = context.ids.next('abs');
    const absence: Absence = {
      ...span,
      absenceId,
      agentId: input.agentId,
      kind: input.kind,
      state: input.isApproved ? 'approved' : 'requested',
      note: input.note,
      requestedAt: at,
      decidedBy: input.isApproved ? actor : null,
    };
    recordTeam(context, tx, { type: 'absence.requested', absence }, { actor, at });
    return { value: { absenceId } };
  });
}

/** A lead approves or declines what was asked for; the person or a lead may call it off. */
export function decideAbsence(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly absenceId: AbsenceId; readonly state: 'approved' | 'declined' | 'cancelled' },
): Result<null, CallError> {
  return once(context, input.opId, 'plan.decideAbsence', (tx) => {
    const absence = absenceByUid(tx, input.absenceId);
    if (absence === undefined) throw new CommandFailure('not-found', input.absenceId);
    const { actor, isLead, isOwn } = permission(tx, absence.agentId);
    // What is over is a record: only a lead puts it right.
    const isOver = absence.endAt <= context.clock.now();
    if (!isLead && !(isOwn && input.state === 'cancelled' && !isOver)) throw new CommandFailure('not-a-lead');
    const isOpen = absence.state === 'requested' || (input.state === 'cancelled' && absence.state === 'approved');
    if (!isOpen) throw new CommandFailure('already-decided', absence.state);
    const deed = { actor, at: context.clock.now() };
    recordTeam(context, tx, { type: 'absence.decided', absenceId: input.absenceId, state: input.state }, deed);
    return { value: null };
  });
}
