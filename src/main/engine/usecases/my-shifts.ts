import { once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { requirePlanner } from './planner-access.ts';
import { checkTerms } from './plan-swaps.ts';
import { ZONE_NOTICE_KEY } from './save-roster.ts';
import { recordTeam } from './team-events.ts';
import { absencesOfAgent, openSwaps, planOf, shiftsByUid } from '../store/plan.store.ts';
import { unseenNotices } from '../store/publications.store.ts';
import { shiftUidsOf } from '../store/published.store.ts';
import { profileByUid, readRoster } from '../store/roster.store.ts';
import { me, saveSettingValue } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { MyShifts } from '../../../shared/contract/coverage.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { PlanStretches } from '../../../shared/domain/coverage/assignments.ts';
import type { Plan, Swap } from '../../../shared/domain/coverage/plan.ts';
import type { AgentId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Eight weeks. */
const AHEAD_MS = 56 * DAY_MS;

/** The shifts of the person at this desk, and what concerns them; null before they said who they are. */
export function myShifts(db: ReadDb, now: Instant): MyShifts | null {
  const agent = me(db);
  if (agent === null) return null;
  const { agentId, zone } = agent;
  const stretch = { from: now, to: after(now, AHEAD_MS) };
  // This is asked for with every change of the plan, wherever the person is in the app.
  const plan = planOf(db, stretch, shiftsByUid(db, shiftUidsOf(db, agentId, stretch)));
  const turns = new PlanStretches(readRoster(db), plan)
    .all('published', stretch.from, stretch.to)
    .filter((each) => each.agentId === agentId && each.away === null && each.to > now)
    .sort((a, b) => a.from - b.from)
    .map(({ shiftId, from, to, body, override }) => ({
      shiftId,
      from,
      to,
      hubId: body.hubId,
      isOverride: override !== null,
      note: body.note,
    }));
  const nameOf = (id: AgentId | null): string | null => (id === null ? null : (profileByUid(db, id)?.name ?? null));
  return {
    agentId,
    zone,
    turns,
    absences: absencesOfAgent(db, agentId, now),
    swaps: swapsFor(db, plan, agentId, now),
    notices: unseenNotices(db, agentId).map(({ told, by, ...notice }) => ({ ...told, ...notice, byName: nameOf(by) })),
  };
}

/** Mine, those that I was asked for, and those that anybody may take and I can. What is over is left out. */
function swapsFor(db: ReadDb, plan: Plan, agentId: AgentId, now: Instant): MyShifts['swaps'] {
  const found = new Map<Swap['swapId'], Swap>();
  for (const swap of [...openSwaps(db), ...plan.swaps]) if (swap.toAt > now) found.set(swap.swapId, swap);
  return [...found.values()]
    .map((swap) => ({ ...swap, canIAccept: canAccept(db, swap, agentId, now) }))
    .filter((swap) => swap.fromAgent === agentId || swap.toAgent === agentId || swap.canIAccept)
    .sort((a, b) => a.fromAt - b.fromAt);
}

/** Whether anything but the lead's last word is against it. */
function canAccept(db: ReadDb, swap: Swap, agentId: AgentId, now: Instant): boolean {
  if (swap.state !== 'asked' || swap.fromAgent === agentId || (swap.toAgent !== null && swap.toAgent !== agentId)) return false;
  return checkTerms(db, { ...swap, toAgent: agentId }, now).refusals.every(({ code }) => code === 'opens-gap');
}

/** Acknowledges every publishing that changed my shifts. */
export function dismissNotices(context: UseCaseContext, input: { readonly opId: OperationId }): Result<null, CallError> {
  return once(context, input.opId, 'plan.dismissNotices', (tx) => {
    const { agentId } = requireMe(tx);
    const publicationIds = unseenNotices(tx, agentId).map((notice) => notice.publicationId);
    if (publicationIds.length > 0) {
      const deed = { actor: agentId, at: context.clock.now() };
      recordTeam(context, tx, { type: 'agent.noticesSeen', agentId, publicationIds }, deed);
    }
    return { value: null };
  });
}

/** A lead has seen what a change of the law did to the plan. */
export function dismissZoneNotice(context: UseCaseContext, input: { readonly opId: OperationId }): Result<null, CallError> {
  return once(context, input.opId, 'plan.dismissZoneNotice', (tx) => {
    requirePlanner(tx);
    saveSettingValue(tx, ZONE_NOTICE_KEY, '');
    return { value: null };
  });
}
