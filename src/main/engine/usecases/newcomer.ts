import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';

/** Full time, first tier, whenever they are planned, until a lead says more. */
export const NEWCOMER: Omit<AgentProfile, 'agentId' | 'name' | 'zone' | 'languages'> = {
  hubId: null,
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  tiers: ['L1'],
  pattern: {},
  isActive: true,
};
