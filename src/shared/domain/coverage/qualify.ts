import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { addDays, epochDayOf } from '../time/local-time.ts';
import type { LocalDate } from '../time/local-time.ts';
import { epochDayAt, startOfDay } from '../time/zone.ts';
import type { Ability, AgentProfile, AgentTier, Selector } from './roster.ts';

/**
 * Who can do what, and when. Abilities and contracts count by whole days of the agent's own zone. Names are compared
 * without regard to case.
 */

/** First and last day, both included; null for no limit. */
interface DayLimits {
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
}

/** True when the agent is in the team, employed, and can do what the selector asks for at this time. */
export function qualifies(agent: AgentProfile, selector: Selector, at: Instant): boolean {
  return agent.isActive && isEmployed(agent, at) && isAble(agent, selector, at);
}

/** True within the contract's dates. */
export function isEmployed(agent: AgentProfile, at: Instant): boolean {
  return counts(agent, agent.contract, at);
}

/** True when the agent can do what the selector asks for at this time, whether or not they are employed. */
export function isAble(agent: AgentProfile, selector: Selector, at: Instant): boolean {
  const { skills, languages, tiers, hubs, also = [] } = selector;
  const has = (skill: string): boolean => hasAbility(agent, agent.skills, at, (name) => isSameName(name, skill));
  if (hubs.length > 0 && (agent.hubId === null || !hubs.includes(agent.hubId))) return false;
  if (tiers.length > 0 && !tiers.some((tier) => hasTier(agent, tier))) return false;
  if ((skills.length > 0 && !skills.some(has)) || !also.every(has)) return false;
  return languages.length === 0 || languages.some((asked) => hasAbility(agent, agent.languages, at, (name) => speaks(name, asked)));
}

/** The stretches of `[from, to)` in which the agent qualifies: sorted, none touching another. */
export function qualifiedSpans(agent: AgentProfile, selector: Selector, from: Instant, to: Instant): readonly Span[] {
  return spansWhere(agent, from, to, (at) => qualifies(agent, selector, at));
}

/** As `qualifiedSpans`, without regard to the contract. */
export function ableSpans(agent: AgentProfile, selector: Selector, from: Instant, to: Instant): readonly Span[] {
  return spansWhere(agent, from, to, (at) => isAble(agent, selector, at));
}

/**
 * True when who speaks `spoken` can be given what is asked in `asked`: one of the BCP 47 tags is the beginning of the
 * other. Who speaks `pt-BR` or `pt` can do `pt`; who speaks `zh` can do `zh-Hans`, who speaks `zh-Hant` can not.
 */
export function speaks(spoken: string, asked: string): boolean {
  const has = folded(spoken);
  const wants = folded(asked);
  if (has === '' || wants === '') return false;
  return has === wants || has.startsWith(`${wants}-`) || wants.startsWith(`${has}-`);
}

/** Whether two names of a skill are the same one. */
export function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function folded(tag: string): string {
  return tag.trim().toLowerCase().replaceAll('_', '-');
}

/** L2 can do L1 work; a lead stands in for nobody unless their profile says so. */
function hasTier(agent: AgentProfile, asked: AgentTier): boolean {
  return agent.tiers.includes(asked) || (asked === 'L1' && agent.tiers.includes('L2'));
}

function hasAbility(agent: AgentProfile, abilities: readonly Ability[], at: Instant, fits: (name: string) => boolean): boolean {
  return abilities.some((ability) => fits(ability.name) && counts(agent, ability, at));
}

function counts(agent: AgentProfile, { from, until }: DayLimits, at: Instant): boolean {
  if (from === null && until === null) return true;
  const day = epochDayAt(agent.zone, at);
  return (from === null || epochDayOf(from) <= day) && (until === null || day <= epochDayOf(until));
}

function spansWhere(agent: AgentProfile, from: Instant, to: Instant, isTrue: (at: Instant) => boolean): readonly Span[] {
  if (to <= from) return [];
  const spans: { from: Instant; to: Instant }[] = [];
  const changes = changesOf(agent).filter((at) => at > from && at < to);
  const bounds = [from, ...changes.sort((a, b) => a - b), to];
  bounds.forEach((begin, index) => {
    const end = bounds[index + 1];
    if (end === undefined || end === begin || !isTrue(begin)) return;
    const last = spans.at(-1);
    if (last?.to === begin) last.to = end;
    else spans.push({ from: begin, to: end });
  });
  return spans;
}

/** Instants at which something about the agent begins or ends to count. */
function changesOf(agent: AgentProfile): Instant[] {
  return [agent.contract, ...agent.skills, ...agent.languages].flatMap(({ from, until }: DayLimits) => [
    ...(from === null ? [] : [startOfDay(agent.zone, from)]),
    ...(until === null ? [] : [startOfDay(agent.zone, addDays(until, 1))]),
  ]);
}
