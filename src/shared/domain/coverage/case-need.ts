import type { Instant } from '../time.ts';
import type { CaseNeed } from './coverage.ts';
import { isSameName, qualifies, speaks } from './qualify.ts';
import { AGENT_TIERS, EVERYBODY } from './roster.ts';
import type { AgentProfile, Roster, Selector } from './roster.ts';

/** What is known of a case that says who can take it. */
export interface CaseTraits {
  /** BCP 47; null when unknown. */
  readonly language: string | null;
  readonly labels: readonly string[];
}

/**
 * What a case asks of the person who takes it: its language, when somebody of the team speaks it; a skill for each label
 * that is the name of one (one of them is enough); and the highest tier that a label names. The team is everybody who
 * is active; with `at`, everybody whose ability and contract count then.
 */
export function caseNeed({ language, labels }: CaseTraits, roster: Roster, at: Instant | null = null): CaseNeed {
  const team = roster.agents.filter((agent) => agent.isActive);
  const isSpoken = language !== null && team.some((agent) => canSpeak(agent, language, at));
  const skills = labels.flatMap((label) => skillNamed(team, label));
  const tier = AGENT_TIERS.filter((each) => labels.some((label) => isSameName(label, each))).at(-1);
  return {
    selector: {
      skills: [...new Set(skills)].sort(),
      languages: isSpoken ? [language] : [],
      tiers: tier === undefined ? [] : [tier],
      hubs: [],
    },
    unspoken: language === null || isSpoken ? null : language,
  };
}

function canSpeak(agent: AgentProfile, language: string, at: Instant | null): boolean {
  return at === null
    ? agent.languages.some((spoken) => speaks(spoken.name, language))
    : qualifies(agent, { ...EVERYBODY, languages: [language] }, at);
}

/** The skill in the spelling of the first in the team who has it, so that one skill is one need. */
function skillNamed(team: readonly AgentProfile[], label: string): readonly string[] {
  const skill = team.flatMap((agent) => agent.skills).find((each) => isSameName(each.name, label));
  return skill === undefined ? [] : [skill.name.trim()];
}

/** The same text for the same need, whatever the order of its parts: cases of one need share one table of staffed time. */
export function needKey(need: CaseNeed): string {
  return selectorKey(need.selector);
}

/** As `needKey`, for a selector. */
export function selectorKey({ skills, languages, tiers, hubs }: Selector): string {
  const parts = [skills.map(folded), languages.map(folded), tiers, hubs];
  return JSON.stringify(parts.map((part) => [...new Set(part)].sort()));
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}
