import { localHour } from './zone-clock.ts';
import type { Random } from './random.ts';
import type { SampleLanguage } from './texts/phrases.ts';
import type { AgentCard } from '../../../shared/contract/workspace.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Local hours of a shift, the same in every hub. Singapore, Lisbon and San Francisco cover nearly all of the day between them. */
const SHIFT_FROM = 9;
const SHIFT_TO = 18;

const ZONES = { Singapore: 'Asia/Singapore', Lisbon: 'Europe/Lisbon', 'San Francisco': 'America/Los_Angeles' } as const;
type Hub = keyof typeof ZONES;

export interface SampleAgent {
  readonly agentId: AgentId;
  readonly name: string;
  readonly hub: Hub;
  readonly zone: string;
  readonly languages: readonly string[];
  /** The person who sits at this desk is one of these: one a hub, so that it is always somebody's day. */
  readonly mayBeMe: boolean;
}

function agent(slug: string, name: string, hub: Hub, languages: readonly string[], mayBeMe = false): SampleAgent {
  return { agentId: makeId('agt', slug), name, hub, zone: ZONES[hub], languages, mayBeMe };
}

export const SAMPLE_TEAM: readonly SampleAgent[] = [
  agent('wei-ling-tan', 'Tan Wei Ling', 'Singapore', ['en', 'zh-Hans'], true),
  agent('arjun-nair', 'Arjun Nair', 'Singapore', ['en']),
  agent('haruka-mori', 'Haruka Mori', 'Singapore', ['ja', 'en']),
  agent('ji-soo-han', 'Han Ji-soo', 'Singapore', ['ko', 'en']),
  agent('nadia-rahman', 'Nadia Rahman', 'Singapore', ['en', 'ar']),
  agent('ines-carvalho', 'Inês Carvalho', 'Lisbon', ['pt', 'es', 'en'], true),
  agent('tomas-ferreira', 'Tomás Ferreira', 'Lisbon', ['pt', 'en']),
  agent('lucia-ortega', 'Lucía Ortega', 'Lisbon', ['es', 'en']),
  agent('amelia-brandt', 'Amelia Brandt', 'Lisbon', ['en', 'de']),
  agent('yuki-tanabe', 'Yuki Tanabe', 'Lisbon', ['ja', 'en']),
  agent('maya-thompson', 'Maya Thompson', 'San Francisco', ['en', 'es'], true),
  agent('diego-salazar', 'Diego Salazar', 'San Francisco', ['es', 'en']),
  agent('grace-liu', 'Grace Liu', 'San Francisco', ['zh-Hans', 'en']),
  agent('ethan-park', 'Ethan Park', 'San Francisco', ['ko', 'en']),
];

/** Hours since the shift began, negative or beyond nine when it is not on. */
function hoursIntoShift(each: SampleAgent, at: Instant): number {
  return localHour(each.zone, at) - SHIFT_FROM;
}

function isOnShift(each: SampleAgent, at: Instant): boolean {
  const hours = hoursIntoShift(each, at);
  return hours >= 0 && hours < SHIFT_TO - SHIFT_FROM;
}

/** Hours until the shift begins, from 0 to 24. */
function hoursUntilShift(each: SampleAgent, at: Instant): number {
  return (24 - hoursIntoShift(each, at)) % 24;
}

/** Who sits at this desk: from the hub at work now (the one that began last, where two overlap), else from the next to begin. */
export function meAt(now: Instant): SampleAgent {
  const candidates = SAMPLE_TEAM.filter((each) => each.mayBeMe);
  const working = candidates
    .filter((each) => isOnShift(each, now))
    .toSorted((left, right) => hoursIntoShift(left, now) - hoursIntoShift(right, now));
  const next = candidates.toSorted((left, right) => hoursUntilShift(left, now) - hoursUntilShift(right, now));
  const found = working[0] ?? next[0];
  if (found === undefined) throw new Error('the sample team has nobody for this desk');
  return found;
}

/** Somebody at work at this time, preferably one who writes the customer's language. In the gap between hubs the early bird answers. */
export function agentOnDuty(at: Instant, language: SampleLanguage | 'ar', random: Random): SampleAgent {
  const working = SAMPLE_TEAM.filter((each) => isOnShift(each, at));
  const first = SAMPLE_TEAM.toSorted((left, right) => hoursUntilShift(left, at) - hoursUntilShift(right, at))[0];
  const present = working.length > 0 ? working : SAMPLE_TEAM.filter((each) => each.hub === first?.hub);
  return random.weighted(present.map((each) => [each, each.languages.includes(language) ? (each.languages[0] === language ? 12 : 6) : 1]));
}

export function toAgentCard(each: SampleAgent, meId: AgentId): AgentCard {
  return {
    agentId: each.agentId,
    name: each.name,
    hub: each.hub,
    zone: each.zone,
    languages: each.languages,
    isMe: each.agentId === meId,
  };
}
