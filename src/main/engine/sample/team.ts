import { hubOf, sampleHub } from './hubs.ts';
import type { HubName } from './hubs.ts';
import type { AbilityLevel, AgentProfile, AgentTier } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Week } from '../../../shared/domain/time/calendar.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';

export interface SampleAgent {
  readonly agentId: AgentId;
  readonly name: string;
  readonly hub: HubName;
  readonly zone: string;
  /** The first one is their own. */
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly tiers: readonly AgentTier[];
  readonly hoursPerWeek: number;
  /** The person who sits at this desk is one of these: the lead of each hub, so that it is always somebody's day. */
  readonly mayBeMe: boolean;
}

type Facts = Pick<SampleAgent, 'languages' | 'tiers'> & Partial<Pick<SampleAgent, 'skills' | 'hoursPerWeek'>>;

function agent(slug: string, name: string, hub: HubName, facts: Facts): SampleAgent {
  return {
    agentId: makeId('agt', slug),
    name,
    hub,
    zone: hubOf(hub).zone,
    skills: [],
    hoursPerWeek: 40,
    mayBeMe: facts.tiers.includes('lead'),
    ...facts,
  };
}

const L1: readonly AgentTier[] = ['L1'];
const L2: readonly AgentTier[] = ['L1', 'L2'];
const LEAD: readonly AgentTier[] = ['L2', 'lead'];

/** The lead of each hub first, then its people in the order in which they take turns. */
export const SAMPLE_TEAM: readonly SampleAgent[] = [
  agent('wei-ling-tan', 'Tan Wei Ling', 'Singapore', { languages: ['zh-Hans', 'en'], tiers: LEAD, skills: ['withdrawals', 'security'] }),
  agent('arjun-nair', 'Arjun Nair', 'Singapore', { languages: ['en'], tiers: L2, skills: ['withdrawals', 'api'] }),
  agent('haruka-mori', 'Haruka Mori', 'Singapore', { languages: ['ja', 'en'], tiers: L2, skills: ['api', 'card'] }),
  agent('ji-soo-han', 'Han Ji-soo', 'Singapore', { languages: ['ko', 'en'], tiers: L1, skills: ['kyc'] }),
  agent('nadia-rahman', 'Nadia Rahman', 'Singapore', { languages: ['en', 'ar'], tiers: L2, skills: ['kyc', 'phishing'], hoursPerWeek: 32 }),
  agent('jia-hui-chen', 'Chen Jia Hui', 'Singapore', { languages: ['zh-Hans', 'en'], tiers: L1, skills: ['deposits', 'withdrawals'] }),
  agent('kai-wen-lim', 'Lim Kai Wen', 'Singapore', { languages: ['zh-Hans', 'en'], tiers: L2, skills: ['security', 'withdrawals'] }),
  agent('ines-carvalho', 'Inês Carvalho', 'Lisbon', { languages: ['pt', 'es', 'en'], tiers: LEAD, skills: ['kyc', 'security'] }),
  agent('tomas-ferreira', 'Tomás Ferreira', 'Lisbon', { languages: ['pt', 'en'], tiers: L2, skills: ['withdrawals'] }),
  agent('lucia-ortega', 'Lucía Ortega', 'Lisbon', {
    languages: ['es', 'en'],
    tiers: L2,
    skills: ['phishing', 'security'],
    hoursPerWeek: 30,
  }),
  agent('amelia-brandt', 'Amelia Brandt', 'Lisbon', { languages: ['en', 'de'], tiers: L2, skills: ['withdrawals', 'api'] }),
  agent('yuki-tanabe', 'Yuki Tanabe', 'Lisbon', { languages: ['ja', 'en'], tiers: L1, skills: ['deposits'] }),
  agent('mateus-lopes', 'Mateus Lopes', 'Lisbon', { languages: ['pt', 'es', 'en'], tiers: L1, skills: ['kyc', 'card'] }),
  agent('beatriz-nunes', 'Beatriz Nunes', 'Lisbon', { languages: ['pt', 'en'], tiers: L1, skills: ['withdrawals', 'phishing'] }),
  agent('maya-thompson', 'Maya Thompson', 'San Francisco', { languages: ['en', 'es'], tiers: LEAD, skills: ['withdrawals', 'phishing'] }),
  agent('diego-salazar', 'Diego Salazar', 'San Francisco', { languages: ['es', 'en'], tiers: L2, skills: ['api', 'deposits'] }),
  agent('grace-liu', 'Grace Liu', 'San Francisco', { languages: ['zh-Hans', 'en'], tiers: L2, skills: ['kyc', 'security'] }),
  agent('ethan-park', 'Ethan Park', 'San Francisco', { languages: ['ko', 'en'], tiers: L1, skills: ['phishing'] }),
  agent('priya-shah', 'Priya Shah', 'San Francisco', { languages: ['en', 'hi'], tiers: L2, skills: ['withdrawals'] }),
  agent('rafael-costa', 'Rafael Costa', 'San Francisco', { languages: ['pt', 'en'], tiers: L1, skills: ['card', 'withdrawals'] }),
  agent('camila-reyes', 'Camila Reyes', 'San Francisco', { languages: ['es', 'en'], tiers: L1, skills: ['kyc', 'deposits'] }),
];

export function leadOf(hub: HubName): SampleAgent {
  const found = SAMPLE_TEAM.find((each) => each.hub === hub && each.mayBeMe);
  if (found === undefined) throw new Error(`${hub} has no lead`);
  return found;
}

/** The people of a hub who take turns. */
export function crewOf(hub: HubName): readonly SampleAgent[] {
  return SAMPLE_TEAM.filter((each) => each.hub === hub && !each.mayBeMe);
}

/** Leads keep office hours; the others work when they are planned. */
function patternOf(each: SampleAgent): Week {
  if (!each.mayBeMe) return {};
  return Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [{ openMinute: 8 * 60, closeMinute: 19 * 60 }]]));
}

export function toProfile(each: SampleAgent): AgentProfile {
  const levels: readonly AbilityLevel[] = ['expert', 'good', 'good'];
  return {
    agentId: each.agentId,
    name: each.name,
    hubId: sampleHub(each.hub),
    zone: each.zone,
    contract: { hoursPerWeek: each.hoursPerWeek, from: null, until: null },
    skills: each.skills.map((name, index) => ({ name, level: index === 0 ? 'expert' : 'good', from: null, until: null })),
    languages: each.languages.map((name, index) => ({ name, level: levels[index] ?? 'basic', from: null, until: null })),
    tiers: each.tiers,
    pattern: patternOf(each),
    isActive: true,
  };
}
