import { NEWCOMER } from './newcomer.ts';
import { profileByUid } from '../store/roster.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';

/**
 * What somebody who is no lead may say of a profile: of their own the name, the zone and which languages they speak. What leads
 * decide (tiers, hours, skills, hub, whether somebody is in the team) stays as it is; nobody makes themselves a lead.
 */
export function clampProfile(db: ReadDb, wanted: AgentProfile, actor: AgentId | null): AgentProfile {
  const known = profileByUid(db, wanted.agentId);
  if (actor !== wanted.agentId && known !== undefined) return known;
  const { agentId, name, zone, languages } = wanted;
  return { ...NEWCOMER, ...known, agentId, name, zone, languages };
}
