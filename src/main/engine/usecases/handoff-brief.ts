import { once, requireMe } from './context.ts';
import { sceneOf } from './handoff-scene.ts';
import type { HandoffDeps, Scene } from './handoff-scene.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { briefMark, saveBriefMark } from '../store/handoff-settings.store.ts';
import { incomingHandoffs } from '../store/handoff-lists.store.ts';
import { promisesOfCase } from '../store/promises.store.ts';
import { lastChangeAt, ownedCases } from '../store/sweep.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { BriefView } from '../../../shared/contract/handoff.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { currentVersion } from '../../../shared/domain/handoff/handoff.ts';
import type { Handoff } from '../../../shared/domain/handoff/handoff.ts';
import { sunriseBrief } from '../../../shared/domain/handoff/sweep.ts';
import type { BriefCase } from '../../../shared/domain/handoff/sweep.ts';
import type { AgentId, CaseId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The begin of a turn: what was handed over, what has changed, what is due first. */

export function briefView(deps: HandoffDeps, db: ReadDb): BriefView {
  const scene = sceneOf(deps, db);
  const { agent, duty, now } = scene;
  if (agent === null) return { brief: null, cases: {}, readAt: null };
  const brief = sunriseBrief(agent.agentId, agent.zone, briefCases(db, scene, agent.agentId), duty, now);
  if (brief === null) return { brief, cases: {}, readAt: null };
  const named = new Set([...brief.handedOver, ...brief.changed, ...brief.dueBeforeNoon, ...brief.promises.map((each) => each.caseId)]);
  const cases = Object.fromEntries(rowsOfCases(db, [...named]).map((row) => [row.caseId, row]));
  const read = briefMark(db, agent.agentId);
  return { brief, cases, readAt: read?.turnFrom === brief.turn.from ? read.at : null };
}

function briefCases(db: ReadDb, scene: Scene, me: AgentId): readonly BriefCase[] {
  const offers = new Map(incomingHandoffs(db, { me, hubs: scene.hubs }).map((each) => [each.caseUid, each.handoff]));
  const own = ownedCases(db, me, scene.now).map((each) => each.caseId);
  return [...new Set([...own, ...offers.keys()])].flatMap((uid) => briefCase(db, uid, offers.get(uid), me) ?? []);
}

function briefCase(db: ReadDb, uid: CaseId, offer: Handoff | undefined, me: AgentId): BriefCase | null {
  const saved = caseByUid(db, uid);
  if (saved === undefined) return null;
  const { ownerId, ownedSince } = saved.state;
  const due = db.get<{ due: Instant | null }>(
    'SELECT CASE WHEN next_due_at < 9007199254740991 THEN next_due_at END AS due FROM cases WHERE uid = @uid',
    { uid },
  );
  return {
    caseId: uid,
    ownerId,
    offeredToMe:
      offer === undefined
        ? null
        : { handoffId: offer.handoffId, expiresAt: offer.expiresAt, severity: currentVersion(offer).packet.severity },
    ownedSince,
    lastChangeAt: lastChangeAt(db, uid, me),
    slaDueAt: due?.due ?? null,
    promises: promisesOfCase(db, saved.id).filter((each) => each.state === 'open'),
  };
}

export function markBriefRead(deps: HandoffDeps, input: { readonly opId: OperationId }): Result<null, CallError> {
  return once(deps, input.opId, 'handoffs.briefRead', (tx) => {
    const { agentId } = requireMe(tx);
    const { duty, now } = sceneOf(deps, tx);
    const turn = duty.turnAt(agentId, now) ?? duty.nextTurn(agentId, now);
    if (turn !== null) saveBriefMark(tx, agentId, { turnFrom: turn.from, at: now });
    return { value: null };
  });
}
