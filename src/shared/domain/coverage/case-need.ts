import type { Instant } from '../time.ts';
import type { CaseNeed } from './coverage.ts';
import { isSameName, qualifies, speaks } from './qualify.ts';
import { AGENT_TIERS, EVERYBODY } from './roster.ts';
import type { AgentProfile, Roster, Selector } from './roster.ts';
import { fittingRules, NO_ROUTING } from '../routing/rules.ts';
import type { CaseTraits } from '../routing/rules.ts';

/**
 * What a case asks of the person who takes it: its language, when somebody of the team speaks it; a skill for each label
 * that is the name of one (one of them is enough); each skill that a rule of the team asks for, when somebody has it; and the
 * highest tier that a label names. The team is everybody who is active; with `at`, everybody whose language and contract
 * count then.
 */
export function caseNeed(traits: CaseTraits, roster: Roster, at: Instant | null = null): CaseNeed {
  const { language, labels } = traits;
  const { agents, skills: known, spoken } = teamOf(roster);
  const isSpoken =
    language !== null &&
    (at === null
      ? spoken.some((each) => speaks(each, language))
      : agents.some((agent) => qualifies(agent, { ...EVERYBODY, languages: [language] }, at)));
  const skills = labels.flatMap((label) => known.get(folded(label)) ?? []);
  const tier = AGENT_TIERS.filter((each) => labels.some((label) => isSameName(label, each))).at(-1);
  const asked = fittingRules(roster.routing ?? NO_ROUTING, traits).map(({ rule }) => rule.skill.trim());
  const also = [...new Set(asked.flatMap((skill) => known.get(folded(skill)) ?? []))].sort();
  const unskilled = [...new Map(asked.filter((skill) => !known.has(folded(skill))).map((skill) => [folded(skill), skill])).values()];
  return {
    selector: {
      skills: [...new Set(skills)].sort(),
      languages: isSpoken ? [language] : [],
      tiers: tier === undefined ? [] : [tier],
      hubs: [],
      ...(also.length === 0 ? {} : { also }),
    },
    unspoken: language === null || isSpoken ? null : language,
    ...(unskilled.length === 0 ? {} : { unskilled }),
  };
}

interface Team {
  readonly agents: readonly AgentProfile[];
  /** By folded name, in the spelling of the first who has it, so that one skill is one need. */
  readonly skills: ReadonlyMap<string, string>;
  /** Every language that somebody speaks, once. */
  readonly spoken: readonly string[];
}

const teams = new WeakMap<Roster, Team>();

/** Who is active, and what they can do; worked out once for all cases. */
function teamOf(roster: Roster): Team {
  let team = teams.get(roster);
  if (team === undefined) {
    const agents = roster.agents.filter((agent) => agent.isActive);
    const skills = new Map<string, string>();
    for (const { name } of agents.flatMap((agent) => agent.skills)) if (!skills.has(folded(name))) skills.set(folded(name), name.trim());
    team = { agents, skills, spoken: [...new Set(agents.flatMap((agent) => agent.languages.map(({ name }) => folded(name))))] };
    teams.set(roster, team);
  }
  return team;
}

/** The same text for the same need, whatever the order of its parts: cases of one need share one table of staffed time. */
export function needKey(need: CaseNeed): string {
  return selectorKey(need.selector);
}

/** As `needKey`, for a selector. */
export function selectorKey({ skills, languages, tiers, hubs, also = [] }: Selector): string {
  const parts = [skills.map(folded), languages.map(folded), tiers, hubs, ...(also.length === 0 ? [] : [also.map(folded)])];
  return JSON.stringify(parts.map((part) => [...new Set(part)].sort()));
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}
