import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { requirePlanner } from './planner-access.ts';
import { planAround } from './publish-plan.ts';
import { recordTeam } from './team-events.ts';
import { zoneDataInUse } from './zone-data.ts';
import { shiftByUid, swapByUid } from '../store/plan.store.ts';
import type { Stretch } from '../store/plan.store.ts';
import { readRoster } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { PlanStretches } from '../../../shared/domain/coverage/assignments.ts';
import type { Swap } from '../../../shared/domain/coverage/plan.ts';
import { swapCheck, swapOverrides } from '../../../shared/domain/coverage/swaps.ts';
import type { SwapCheck, SwapTerms } from '../../../shared/domain/coverage/swaps.ts';
import type { AgentId, OperationId, ShiftId, SwapId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface SwapProposal {
  readonly shiftId: ShiftId;
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly toAgent: AgentId | null;
  readonly returnShiftId: ShiftId | null;
}

/** Everything that a swap concerns: the stretch, its shift, and the shift that is given in return. */
function concerned(db: ReadDb, { shiftId, fromAt, toAt, returnShiftId }: SwapProposal): Stretch {
  const ends = [shiftId, ...(returnShiftId === null ? [] : [returnShiftId])].flatMap((id) => {
    const body = shiftByUid(db, id)?.published;
    return body === null || body === undefined ? [] : [body.startAt, body.endAt];
  });
  return { from: instant(Math.min(fromAt, ...ends)), to: instant(Math.max(toAt, ...ends)) };
}

/** What is against a swap as the plan stands. */
export function checkTerms(db: ReadDb, terms: SwapTerms, now: Instant): SwapCheck {
  return swapCheck(readRoster(db), planAround(db, concerned(db, terms)), terms, zoneDataInUse(), now);
}

/** What is against a swap that nobody has asked for yet; whoever has the stretch now would give it. */
export function checkProposal(db: ReadDb, proposal: SwapProposal, now: Instant): SwapCheck {
  const body = shiftByUid(db, proposal.shiftId)?.published ?? null;
  if (body === null) return { refusals: [{ code: 'unknown-shift', agentId: null }], opened: [] };
  const plan = planAround(db, concerned(db, proposal));
  const stretches = new PlanStretches(readRoster(db), plan).of(proposal.shiftId, body);
  const owner = stretches.find((each) => each.from <= proposal.fromAt && proposal.fromAt < each.to)?.agentId ?? me(db)?.agentId ?? null;
  if (owner === null) return { refusals: [{ code: 'not-theirs', agentId: null }], opened: [] };
  return checkTerms(db, { ...proposal, fromAgent: owner }, now);
}

/** Asks a colleague, or whoever can and will, to take a stretch of one's own shift. */
export function askSwap(
  context: UseCaseContext,
  input: SwapProposal & { readonly opId: OperationId; readonly reason: string },
): Result<{ readonly swapId: SwapId }, CallError> {
  return once(context, input.opId, 'plan.askSwap', (tx) => {
    const { agentId } = requireMe(tx);
    const { shiftId, fromAt, toAt, toAgent, returnShiftId, reason } = input;
    const at = context.clock.now();
    const terms: SwapTerms = { shiftId, fromAt, toAt, fromAgent: agentId, toAgent, returnShiftId };
    const codes = new Set(checkTerms(tx, terms, at).refusals.map((refusal) => refusal.code));
    if (codes.has('unknown-shift')) throw new CommandFailure('not-found', shiftId);
    if (codes.has('not-theirs') || codes.has('same-person')) throw new CommandFailure('not-mine');
    if (codes.has('outside-shift')) throw new CommandFailure('outside-shift');
    if (codes.has('in-the-past')) throw new CommandFailure('in-the-past');
    const swapId = context.ids.next('swp');
    const swap: Swap = { ...terms, swapId, state: 'asked', reason, askedAt: at, decidedBy: null };
    recordTeam(context, tx, { type: 'swap.asked', swap, stretch: concerned(tx, input) }, { actor: agentId, at });
    return { value: { swapId } };
  });
}

/** Who was asked accepts or refuses; who asked withdraws. Until a lead has decided, all of them may think again. */
export function answerSwap(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly swapId: SwapId; readonly answer: 'accept' | 'refuse' | 'withdraw' },
): Result<null, CallError> {
  return once(context, input.opId, 'plan.answerSwap', (tx) => {
    const { agentId } = requireMe(tx);
    const { swapId, answer } = input;
    const swap = swapByUid(tx, swapId);
    if (swap === undefined) throw new CommandFailure('not-found', swapId);
    const isMine =
      answer === 'withdraw'
        ? swap.fromAgent === agentId
        : swap.toAgent === agentId || (answer === 'accept' && swap.toAgent === null && swap.fromAgent !== agentId);
    if (!isMine) throw new CommandFailure('not-mine');
    const isOpen = swap.state === 'asked' || (swap.state === 'accepted' && answer !== 'accept');
    if (!isOpen) throw new CommandFailure('already-decided', swap.state);
    const states = { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' } as const;
    const toAgent = answer === 'accept' ? agentId : swap.toAgent;
    const deed = { actor: agentId, at: context.clock.now() };
    recordTeam(context, tx, { type: 'swap.answered', swapId, state: states[answer], toAgent }, deed);
    return { value: null };
  });
}

/** A lead's last word. What is approved is written as overrides, one for each shift that passes to somebody. */
export function decideSwap(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly swapId: SwapId; readonly approve: boolean },
): Result<null, CallError> {
  return once(context, input.opId, 'plan.decideSwap', (tx) => {
    const actor = requirePlanner(tx);
    const { swapId, approve } = input;
    const swap = swapByUid(tx, swapId);
    if (swap === undefined) throw new CommandFailure('not-found', swapId);
    if (swap.state !== 'asked' && swap.state !== 'accepted') throw new CommandFailure('already-decided', swap.state);
    const deed = { actor, at: context.clock.now() };
    if (approve) {
      if (swap.state !== 'accepted') throw new CommandFailure('nobody-accepted');
      const { refusals } = checkTerms(tx, swap, deed.at);
      const detail = refusals.map(({ code }) => code).join(' ');
      if (refusals.some(({ code }) => code === 'opens-gap')) throw new CommandFailure('opens-gap', detail);
      if (refusals.length > 0) throw new CommandFailure('check-failed', detail);
      const plan = planAround(tx, concerned(tx, swap));
      const overrides = swapOverrides(plan, swap, zoneDataInUse(), { by: actor, at: deed.at }, () => context.ids.next('ovr'));
      for (const override of overrides) recordTeam(context, tx, { type: 'override.made', override }, deed);
    }
    recordTeam(context, tx, { type: 'swap.decided', swapId, state: approve ? 'approved' : 'refused' }, deed);
    return { value: null };
  });
}
