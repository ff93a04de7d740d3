import { CommandFailure } from './context.ts';
import { readProfiles } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';

/** Leads plan; so does everybody while the team has no active lead, or nobody could begin. */
export function mayPlan(agents: readonly AgentProfile[], me: AgentId | null): boolean {
  const leads = agents.filter((agent) => agent.isActive && agent.tiers.includes('lead'));
  return leads.length === 0 || leads.some((agent) => agent.agentId === me);
}

/** The person at this desk, who may plan. Throws a CommandFailure `not-a-lead` otherwise. */
export function requirePlanner(db: ReadDb): AgentId | null {
  const agent = me(db)?.agentId ?? null;
  if (!mayPlan(readProfiles(db), agent)) throw new CommandFailure('not-a-lead');
  return agent;
}
