import { packetOf, sceneOf, sceneRow } from './handoff-scene.ts';
import type { HandoffDeps, Scene } from './handoff-scene.ts';
import { missingIn, senderOffAt } from './handoff-prepare.ts';
import { rowsByCase } from '../store/case-list.store.ts';
import { handoffDraftsOf } from '../store/handoff-drafts.store.ts';
import type { HandoffDraft } from '../store/handoff-drafts.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { casesOwnedBy } from '../store/sweep.store.ts';
import type { OwnedCase } from '../store/sweep.store.ts';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import type { SweepStatus, SweepView } from '../../../shared/contract/handoff.contract.ts';
import { expiryOf } from '../../../shared/domain/handoff/offer.ts';
import { nextInTurn } from '../../../shared/domain/handoff/receivers.ts';
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
  return sunsetSweep(agentId, casesOwnedBy(db, [agentId], thereSince(now)), duty, now, rules);
}

export function sweepView(deps: HandoffDeps, db: ReadDb): SweepView {
  const scene = sceneOf(deps, db);
  const { agent, now, duty, rules } = scene;
  if (agent === null || duty.turnAt(agent.agentId, now) === null) return { sweep: null, rows: [] };
  const owned = casesOwnedBy(db, [agent.agentId], thereSince(now));
  const sweep = sunsetSweep(agent.agentId, owned, duty, now, rules);
  if (sweep === null) return { sweep, rows: [] };
  const byId = new Map(owned.map((each) => [each.caseId, each]));
  const drafts = handoffDraftsOf(db, agent.agentId);
  const cases = rowsByCase(
    db,
    sweep.rows.map((each) => each.caseId),
  );
  // not all of them to one person: whoever is suggested for one counts as having it
  const given = new Map<AgentId, number>();
  const rows = sweep.rows.flatMap((row) => {
    const found = cases.get(row.caseId);
    if (found === undefined) return [];
    const asked = { row: found, owned: byId.get(row.caseId), draft: drafts.get(row.caseId), me: agent.agentId };
    const parkedReason = asked.owned?.parked?.reason ?? null;
    const offer = isToBeOffered(row) ? offerOf(deps, db, scene, asked, given) : NO_OFFER;
    if (offer.suggested !== null && row.state === 'to-do')
      given.set(offer.suggested.agentId, (given.get(offer.suggested.agentId) ?? 0) + 1);
    return [{ row, case: found, parkedReason, ...offer }];
  });
  return { sweep, rows };
}

const NO_OFFER = { suggested: null, missing: [] };

/** What is offered already, or may stay, is asked nothing more of. */
function isToBeOffered({ state }: SweepRow): boolean {
  return state === 'to-do' || state === 'parked';
}

function offerOf(
  deps: HandoffDeps,
  db: ReadDb,
  scene: Scene,
  asked: { readonly row: CaseRow; readonly owned: OwnedCase | undefined; readonly draft: HandoffDraft | undefined; readonly me: AgentId },
  given: ReadonlyMap<AgentId, number>,
): Pick<SweepView['rows'][number], 'suggested' | 'missing'> {
  const found = sceneRow(deps, db, scene, asked.row);
  const { expiresAt } = expiryOf({
    now: scene.now,
    senderOffAt: senderOffAt(scene, asked.me),
    nextPromiseAt: asked.owned?.nextPromiseAt ?? null,
    slaDueAt: found.dueAt,
    rules: scene.rules,
  });
  return {
    suggested: nextInTurn(
      scene.receivers(found.need, asked.me).filter((each) => each.from < expiresAt),
      given,
    ),
    missing: missingIn(found, asked.draft?.packet ?? packetOf(scene, found, asked.me, [])),
  };
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
