import { useMemo } from 'react';
import type { RosterView } from '../../shared/contract/coverage.contract.ts';
import { EMPTY_ROSTER } from '../../shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Roster } from '../../shared/domain/coverage/roster.ts';
import type { AgentId, HubId, RequirementId } from '../../shared/domain/ids.ts';
import type { Live } from '../bridge/live-queries.ts';
import { useLive, useLiveValue } from '../bridge/use-live.ts';

/** The team as leads have set it up; one live query for all who ask. */

/** The roster with what it is loaded with: loading and errors for the screens that show them. */
export function useRosterView(): Live<RosterView> {
  return useLive('roster.get', {});
}

/** The roster; empty while it is loaded. */
export function useRoster(): Roster {
  return useLiveValue('roster.get', {}, null)?.roster ?? EMPTY_ROSTER;
}

/** Whether the person at this desk may plan: leads may, and everybody while the team has none. */
export function useCanPlan(): boolean {
  return useLiveValue('roster.get', {}, null)?.canPlan ?? false;
}

/** Who sits at this desk; null while it is not known. */
export function useMe(): AgentProfile | null {
  const view = useLiveValue('roster.get', {}, null);
  return view?.roster.agents.find((agent) => agent.agentId === view.me) ?? null;
}

/** Hubs, people and requirements by their ids. */
export interface RosterIndex {
  readonly agents: ReadonlyMap<AgentId, AgentProfile>;
  readonly hubs: ReadonlyMap<HubId, Hub>;
  readonly requirementNames: ReadonlyMap<RequirementId, string>;
}

/** An index that stays the same as long as the roster does. */
export function useRosterIndex(): RosterIndex {
  const roster = useRoster();
  return useMemo(
    () => ({
      agents: new Map(roster.agents.map((agent) => [agent.agentId, agent])),
      hubs: new Map(roster.hubs.map((hub) => [hub.hubId, hub])),
      requirementNames: new Map(roster.requirements.map((requirement) => [requirement.requirementId, requirement.name])),
    }),
    [roster],
  );
}

/** A person's name; the id for somebody who is not known (an older record), empty for nobody. */
export function agentName(roster: Roster, agentId: AgentId | null): string {
  if (agentId === null) return '';
  return roster.agents.find((agent) => agent.agentId === agentId)?.name ?? agentId;
}

/** A hub's name; empty for none. */
export function hubName(roster: Roster, hubId: HubId | null): string {
  if (hubId === null) return '';
  return roster.hubs.find((hub) => hub.hubId === hubId)?.name ?? hubId;
}

/** The leads of the team, for saying who may plan. */
export function leadNames(roster: Pick<Roster, 'agents'>): readonly string[] {
  return roster.agents.filter((agent) => agent.isActive && agent.tiers.includes('lead')).map((agent) => agent.name);
}
