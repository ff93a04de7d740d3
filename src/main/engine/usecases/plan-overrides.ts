import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { requirePlanner } from './planner-access.ts';
import { recordTeam } from './team-events.ts';
import { overrideByUid, shiftByUid } from '../store/plan.store.ts';
import { profileByUid } from '../store/roster.store.ts';
import { zoneDataInUse } from './zone-data.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { wallSpan } from '../../../shared/domain/coverage/derive.ts';
import type { WallSpan } from '../../../shared/domain/coverage/plan.ts';
import type { AgentId, OperationId, OverrideId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { isLocalDate } from '../../../shared/domain/time/local-time.ts';
import type { LocalDateTime } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone } from '../../../shared/domain/time/zone.ts';

export interface WallTimes {
  readonly zone: string;
  readonly startLocal: LocalDateTime;
  readonly endLocal: LocalDateTime;
}

/** The stretch that somebody means. Throws a CommandFailure: `unknown-zone`, `no-length`, `invalid`. */
export function meantSpan({ zone, startLocal, endLocal }: WallTimes): WallSpan {
  if (!isKnownZone(zone)) throw new CommandFailure('unknown-zone', zone);
  if (!isLocalDate(startLocal) || !isLocalDate(endLocal)) throw new CommandFailure('invalid', 'no such date');
  const span = wallSpan(zone, startLocal, endLocal, zoneDataInUse());
  if (span.endAt <= span.startAt) throw new CommandFailure('no-length');
  return span;
}

export type OverrideInput = WallTimes & {
  readonly opId: OperationId;
  readonly shiftId: ShiftId;
  readonly agentIn: AgentId | null;
  readonly reason: string;
};

/** Gives a stretch of a published shift to somebody else, or to nobody; counts at once. */
export function overrideShift(context: UseCaseContext, input: OverrideInput): Result<{ readonly overrideId: OverrideId }, CallError> {
  return once(context, input.opId, 'plan.override', (tx) => {
    const actor = requirePlanner(tx);
    const span = meantSpan(input);
    if (input.agentIn !== null && profileByUid(tx, input.agentIn) === undefined) throw new CommandFailure('unknown-agent', input.agentIn);
    const body = shiftByUid(tx, input.shiftId)?.published ?? null;
    if (body === null) throw new CommandFailure('not-found', input.shiftId);
    if (span.startAt < body.startAt || span.endAt > body.endAt) throw new CommandFailure('outside-shift');
    const at = context.clock.now();
    const overrideId = context.ids.next('ovr');
    const override = {
      ...span,
      overrideId,
      shiftId: input.shiftId,
      agentIn: input.agentIn,
      reason: input.reason,
      by: actor,
      at,
      swapId: null,
      isCancelled: false,
    };
    recordTeam(context, tx, { type: 'override.made', override }, { actor, at });
    return { value: { overrideId } };
  });
}

/** What has begun was worked, and stays. */
export function cancelOverride(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly overrideId: OverrideId },
): Result<null, CallError> {
  return once(context, input.opId, 'plan.cancelOverride', (tx) => {
    const actor = requirePlanner(tx);
    const override = overrideByUid(tx, input.overrideId);
    if (override === undefined) throw new CommandFailure('not-found', input.overrideId);
    const at = context.clock.now();
    if (override.startAt <= at) throw new CommandFailure('has-begun');
    if (!override.isCancelled) recordTeam(context, tx, { type: 'override.cancelled', overrideId: input.overrideId }, { actor, at });
    return { value: null };
  });
}
