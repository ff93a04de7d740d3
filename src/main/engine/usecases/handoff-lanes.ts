import { bulkReasons } from './handoff-answer.ts';
import { caseOwnership } from './case-ownership.ts';
import { sceneOf, workDueAt } from './handoff-scene.ts';
import type { HandoffDeps, Scene } from './handoff-scene.ts';
import { accountableNow } from './handoff-steps.ts';
import { sweepOf } from './handoff-sweep.ts';
import { rowsByCase } from '../store/case-list.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import {
  acceptedHandoffs,
  countAnswers,
  countEscalated,
  countIncoming,
  escalatedHandoffs,
  incomingHandoffs,
  lastInboundOf,
  outgoingHandoffs,
} from '../store/handoff-lists.store.ts';
import { handoffByUid } from '../store/handoffs.store.ts';
import type { StoredHandoff } from '../store/handoffs.store.ts';
import { hasPendingEvents } from '../store/events.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CaseOwnershipView, HandoffCounts, LaneRow, Lanes } from '../../../shared/contract/handoff.contract.ts';
import { currentVersion, pendingAccept } from '../../../shared/domain/handoff/handoff.ts';
import type { Handoff } from '../../../shared/domain/handoff/handoff.ts';
import type { CaseId, HandoffId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What is on its way to and from the person at this desk. */

/** An offer stands for a week at most, so what was offered longer ago is settled since long. */
const LOOKED_BACK_MS = 10 * DAY_MS;

export function lanesOf(deps: HandoffDeps, db: ReadDb): Lanes {
  const scene = sceneOf(deps, db);
  const { agent, hubs, now } = scene;
  if (agent === null) return { incoming: [], outgoing: [], accepted: [], escalated: [] };
  const me = agent.agentId;
  const since = after(now, -LOOKED_BACK_MS);
  const rows = (found: readonly StoredHandoff[]): readonly LaneRow[] => laneRows(deps, db, scene, found);
  return {
    incoming: rows(incomingHandoffs(db, { me, hubs })),
    outgoing: rows(outgoingHandoffs(db, me)),
    accepted: rows(acceptedHandoffs(db, me, since).filter((each) => isRecent(each.handoff, now))).toSorted(
      (a, b) => (b.handoff.acceptance?.at ?? 0) - (a.handoff.acceptance?.at ?? 0),
    ),
    escalated: scene.isLead ? rows(escalatedHandoffs(db, me, since)) : [],
  };
}

function isRecent({ steps }: Handoff, now: Instant): boolean {
  const settled = steps.findLast((each) => each.kind === 'settled');
  return settled === undefined || settled.at > after(now, -DAY_MS);
}

function laneRows(deps: HandoffDeps, db: ReadDb, scene: Scene, found: readonly StoredHandoff[]): readonly LaneRow[] {
  const uids = found.map((each) => each.caseUid);
  const cases = rowsByCase(db, uids);
  const heard = lastInboundOf(db, uids);
  return found.flatMap(({ caseUid, handoff }) => {
    const row = cases.get(caseUid);
    if (row === undefined) return [];
    return [
      {
        handoff,
        row,
        packet: currentVersion(handoff).packet,
        warnAt: warnAtOf(handoff),
        dueAt: workDueAt(deps, db, row),
        lastInboundId: heard.get(caseUid) ?? null,
        bulkRefusals: bulkReasons(scene, handoff, row, null),
        isAcceptPending: isAcceptPending(deps, db, caseUid, handoff.handoffId),
      },
    ];
  });
}

/** Half of the time of an offer is over. */
export function warnAtOf({ offeredAt, expiresAt }: Handoff): Instant {
  return instant(Math.round((offeredAt + expiresAt) / 2));
}

function isAcceptPending(deps: HandoffDeps, db: ReadDb, caseUid: CaseId, handoffId: HandoffId): boolean {
  return hasPendingEvents(db) && pendingAccept(caseOwnership(deps.ledger, db, caseUid))?.handoffId === handoffId;
}

export function laneRowOf(deps: HandoffDeps, db: ReadDb, handoffId: HandoffId): LaneRow | null {
  const stored = handoffByUid(db, handoffId);
  return stored === undefined ? null : (laneRows(deps, db, sceneOf(deps, db), [stored])[0] ?? null);
}

/** Asked by the rail at every change: counted in SQL, but for the sweep, which is worked out once it has begun. */
export function handoffCounts(deps: HandoffDeps, db: ReadDb): HandoffCounts {
  const scene = sceneOf(deps, db);
  const { agent, hubs, now, duty, rules, isLead } = scene;
  if (agent === null) return { incoming: 0, answers: 0, escalated: 0, sweepLeft: 0, sweepBeginsAt: null };
  const me = agent.agentId;
  const turn = duty.turnAt(me, now);
  const beginsAt = turn === null ? null : after(turn.to, -rules.sweepLeadMs);
  return {
    incoming: countIncoming(db, { me, hubs }),
    answers: countAnswers(db, me),
    escalated: isLead ? countEscalated(db, me, after(now, -LOOKED_BACK_MS)) : 0,
    sweepLeft: beginsAt === null || now < beginsAt ? 0 : (sweepOf(db, scene, me)?.left ?? 0),
    sweepBeginsAt: beginsAt,
  };
}

export function ownershipOfCase(deps: HandoffDeps, db: ReadDb, caseId: CaseId): CaseOwnershipView | null {
  const uid = currentCaseUid(db, caseId);
  const state = caseByUid(db, uid)?.state;
  if (state === undefined) return null;
  const scene = sceneOf(deps, db);
  const both = caseOwnership(deps.ledger, db, uid);
  const { ownerId, epoch, ownedSince, isInQueue, bounces, hubs, handoffs, doubleReplies } = both.confirmed;
  return {
    ownerId,
    epoch,
    ownedSince,
    isInQueue,
    accountable: accountableNow(state, both.confirmed, scene.now, scene.duty),
    bounces,
    hubs,
    handoffs,
    doubleReplies,
    isAcceptPending: pendingAccept(both) !== null,
  };
}
