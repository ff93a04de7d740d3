import { once, requireMe } from './context.ts';
import { sceneOf } from './handoff-scene.ts';
import type { HandoffDeps, Scene } from './handoff-scene.ts';
import { rowsByCase } from '../store/case-list.store.ts';
import { briefMark, saveBriefMark } from '../store/handoff-settings.store.ts';
import { incomingHandoffs } from '../store/handoff-lists.store.ts';
import { briefRows } from '../store/sweep.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { BriefView } from '../../../shared/contract/handoff.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { currentVersion } from '../../../shared/domain/handoff/handoff.ts';
import type { Handoff } from '../../../shared/domain/handoff/handoff.ts';
import { sunriseBrief } from '../../../shared/domain/handoff/sweep.ts';
import type { BriefCase } from '../../../shared/domain/handoff/sweep.ts';
import type { AgentId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** The begin of a turn: what was handed over, what has changed, what is due first. */

export function briefView(deps: HandoffDeps, db: ReadDb): BriefView {
  const scene = sceneOf(deps, db);
  const { agent, duty, now } = scene;
  if (agent === null) return { brief: null, cases: {}, readAt: null };
  const brief = sunriseBrief(agent.agentId, agent.zone, briefCases(db, scene, agent.agentId), duty, now);
  if (brief === null) return { brief, cases: {}, readAt: null };
  const named = new Set([...brief.handedOver, ...brief.changed, ...brief.dueBeforeNoon, ...brief.promises.map((each) => each.caseId)]);
  const cases = Object.fromEntries(rowsByCase(db, [...named]));
  const read = briefMark(db, agent.agentId);
  return { brief, cases, readAt: read?.turnFrom === brief.turn.from ? read.at : null };
}

function briefCases(db: ReadDb, scene: Scene, me: AgentId): readonly BriefCase[] {
  const offers = new Map(incomingHandoffs(db, { me, hubs: scene.hubs }).map((each) => [each.caseUid, each.handoff]));
  return briefRows(db, me, [...offers.keys()]).map((row) => ({ ...row, offeredToMe: offeredToMe(offers.get(row.caseId)) }));
}

function offeredToMe(offer: Handoff | undefined): BriefCase['offeredToMe'] {
  if (offer === undefined) return null;
  return { handoffId: offer.handoffId, expiresAt: offer.expiresAt, severity: currentVersion(offer).packet.severity };
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
