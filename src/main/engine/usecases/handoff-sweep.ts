import { packetOf, sceneCase, sceneOf } from './handoff-scene.ts';
import type { HandoffDeps, Scene } from './handoff-scene.ts';
import { missingIn, senderOffAt } from './handoff-prepare.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { handoffDraftsOf } from '../store/handoff-drafts.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { casesOwnedBy, ownedCases } from '../store/sweep.store.ts';
import type { OwnedCase } from '../store/sweep.store.ts';
import type { SweepStatus, SweepView } from '../../../shared/contract/handoff.contract.ts';
import { expiryOf } from '../../../shared/domain/handoff/offer.ts';
import { sunsetSweep } from '../../../shared/domain/handoff/sweep.ts';
import type { Sweep, SweepRow } from '../../../shared/domain/handoff/sweep.ts';
import type { AgentId, HubId } from '../../../shared/domain/ids.ts';
import { after, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The end of a turn: whose cases are left, and what can be done about each. */

/** A customer who has written in a chat so lately is still there. */
const THERE_MS = 30 * MINUTE_MS;

function thereSince(now: Instant): Instant {
  return after(now, -THERE_MS);
}

export function sweepOf(db: ReadDb, scene: Scene, agentId: AgentId): Sweep | null {
  const { now, duty, rules } = scene;
  if (duty.turnAt(agentId, now) === null) return null;
  return sunsetSweep(agentId, ownedCases(db, agentId, thereSince(now)), duty, now, rules);
}

export function sweepView(deps: HandoffDeps, db: ReadDb): SweepView {
  const scene = sceneOf(deps, db);
  const { agent, now, duty, rules } = scene;
  if (agent === null || duty.turnAt(agent.agentId, now) === null) return { sweep: null, rows: [] };
  const owned = ownedCases(db, agent.agentId, thereSince(now));
  const sweep = sunsetSweep(agent.agentId, owned, duty, now, rules);
  if (sweep === null) return { sweep, rows: [] };
  const byId = new Map(owned.map((each) => [each.caseId, each]));
  const drafts = handoffDraftsOf(db, agent.agentId);
  return { sweep, rows: sweep.rows.flatMap((row) => viewRow(deps, db, scene, row, byId.get(row.caseId), drafts) ?? []) };
}

function viewRow(
  deps: HandoffDeps,
  db: ReadDb,
  scene: Scene,
  row: SweepRow,
  owned: OwnedCase | undefined,
  drafts: ReturnType<typeof handoffDraftsOf>,
): SweepView['rows'][number] | null {
  const parkedReason = owned?.parked?.reason ?? null;
  if (row.state !== 'to-do' && row.state !== 'parked') {
    const [found] = rowsOfCases(db, [row.caseId]);
    return found === undefined ? null : { row, case: found, suggested: null, missing: [], parkedReason };
  }
  const found = sceneCase(deps, db, scene, row.caseId);
  if (found === null) return null;
  const fromId = found.state.ownerId;
  const expiry = expiryOf({
    now: scene.now,
    senderOffAt: fromId === null ? null : senderOffAt(scene, fromId),
    nextPromiseAt: owned?.nextPromiseAt ?? null,
    slaDueAt: found.dueAt,
    rules: scene.rules,
  });
  const suggested = scene.receivers(found.need, fromId).find((each) => each.from < expiry.expiresAt) ?? null;
  const packet = drafts.get(row.caseId)?.packet ?? packetOf(db, scene, found, false);
  return { row, case: found.row, suggested, missing: missingIn(found, packet), parkedReason };
}

/** How far everybody is whose turn is on, by hub; who has most left comes first. */
export function sweepStatus(
  deps: HandoffDeps,
  db: ReadDb,
): readonly { readonly hubId: HubId | null; readonly people: readonly SweepStatus[] }[] {
  const scene = sceneOf(deps, db);
  const { now, duty, rules } = scene;
  const on = duty.roster.agents.flatMap(({ agentId, hubId, isActive }) => {
    const turn = isActive ? duty.turnAt(agentId, now) : null;
    return turn === null ? [] : [{ agentId, hubId: turn.hubId ?? hubId }];
  });
  const owned = new Map<AgentId, OwnedCase[]>();
  const owners = on.map((each) => each.agentId);
  for (const each of casesOwnedBy(db, owners, thereSince(now))) owned.set(each.ownerId, [...(owned.get(each.ownerId) ?? []), each]);
  const hubs = new Map<HubId | null, SweepStatus[]>();
  for (const { agentId, hubId } of on) {
    const sweep = sunsetSweep(agentId, owned.get(agentId) ?? [], duty, now, rules);
    if (sweep === null) continue;
    const { turnEndsAt, beginsAt, left, done } = sweep;
    hubs.set(hubId, [...(hubs.get(hubId) ?? []), { agentId, turnEndsAt, beginsAt, left, done }]);
  }
  return [...hubs]
    .map(([hubId, people]) => ({
      hubId,
      people: people.toSorted((a, b) => a.turnEndsAt - b.turnEndsAt || b.left - a.left || duty.compare(a.agentId, b.agentId)),
    }))
    .sort((a, b) => (a.people[0]?.turnEndsAt ?? 0) - (b.people[0]?.turnEndsAt ?? 0));
}
