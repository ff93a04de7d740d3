import { epochDayOf } from '../../../shared/domain/time/local-time.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { LocalDate } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone } from '../../../shared/domain/time/zone.ts';
import type { EditedTeam, TeamPart } from './team.store.ts';
import { idOf, nameOf } from './team.store.ts';

export type TeamFault =
  | 'name-missing'
  | 'name-taken'
  | 'zone-missing'
  | 'dates-turned'
  | 'holiday-twice'
  | 'target-low'
  | 'hours-empty'
  | 'ability-unnamed';

/** What must be put right before a part may be saved; empty when it is fine. People may share a name, places and requirements may not. */
export function teamFaults(part: TeamPart, team: EditedTeam): readonly TeamFault[] {
  const faults: TeamFault[] = [];
  const name = nameOf(part).trim();
  if (name === '') faults.push('name-missing');
  if (name !== '' && part.kind !== 'agent' && namesOf(part, team).includes(name.toLowerCase())) faults.push('name-taken');
  if (part.kind === 'hub') {
    if (!isKnownZone(part.hub.zone)) faults.push('zone-missing');
    const days = part.hub.holidays.map(({ date }) => epochDayOf(date));
    if (new Set(days).size < days.length) faults.push('holiday-twice');
  }
  if (part.kind === 'agent') {
    const { zone, contract, skills, languages } = part.agent;
    if (!isKnownZone(zone)) faults.push('zone-missing');
    if ([contract, ...skills, ...languages].some(isTurned)) faults.push('dates-turned');
    if ([...skills, ...languages].some((ability) => ability.name.trim() === '')) faults.push('ability-unnamed');
  }
  if (part.kind === 'requirement') {
    const { window, minimum, target } = part.requirement;
    if (target < minimum) faults.push('target-low');
    if (window !== null && !isKnownZone(window.zone)) faults.push('zone-missing');
    if (window !== null && Object.values(window.week).every((windows) => windows.length === 0)) faults.push('hours-empty');
  }
  return faults;
}

/**
 * Whether the person at this desk could not plan any more, for then others would be leads and they would not. The engine
 * refuses them from then on, taking it back included.
 */
export function isLockedOut(agents: readonly AgentProfile[], me: AgentId | null): boolean {
  const leads = agents.filter((agent) => agent.isActive && agent.tiers.includes('lead'));
  return leads.length > 0 && leads.every((agent) => agent.agentId !== me);
}

function namesOf(part: TeamPart, team: EditedTeam): readonly string[] {
  const all =
    part.kind === 'hub'
      ? team.hubs.map((hub) => ({ id: hub.hubId, name: hub.name }))
      : team.requirements.map((requirement) => ({ id: requirement.requirementId, name: requirement.name }));
  return all.filter(({ id }) => id !== idOf(part)).map(({ name }) => name.trim().toLowerCase());
}

function isTurned({ from, until }: { readonly from: LocalDate | null; readonly until: LocalDate | null }): boolean {
  return from !== null && until !== null && epochDayOf(until) < epochDayOf(from);
}
