import { caseNeed } from '../coverage/case-need.ts';
import { isSameName } from '../coverage/qualify.ts';
import type { AgentTier, Roster } from '../coverage/roster.ts';
import { fittingRules, NO_ROUTING } from './rules.ts';
import type { CaseTraits, RuleCause } from './rules.ts';

/** One thing that a case asks of the person who takes it, and why. */
export type NeedReason =
  | { readonly kind: 'language'; readonly language: string; readonly isAsked: boolean }
  | { readonly kind: 'tier'; readonly tier: AgentTier; readonly label: string }
  /** A label that is the name of a skill; of several such skills one is enough. */
  | { readonly kind: 'label'; readonly skill: string; readonly label: string }
  | {
      readonly kind: 'rule';
      readonly skill: string;
      readonly ruleId: string;
      readonly because: readonly RuleCause[];
      readonly isAsked: boolean;
    };

/** `caseNeed` in parts, each with its cause; what is asked of nobody, because nobody can, is among them with `isAsked` false. */
export function needReasons(traits: CaseTraits, roster: Roster): readonly NeedReason[] {
  const { language, labels } = traits;
  const { selector, unspoken, unskilled = [] } = caseNeed(traits, roster);
  const rules = fittingRules(roster.routing ?? NO_ROUTING, traits);
  return [
    ...rules.map(({ rule, because }): NeedReason => {
      const skill = rule.skill.trim();
      const isAsked = !unskilled.some((each) => isSameName(each, skill));
      return { kind: 'rule', skill, ruleId: rule.id, because, isAsked };
    }),
    ...(language === null ? [] : [{ kind: 'language' as const, language, isAsked: unspoken === null }]),
    ...selector.tiers.flatMap((tier) =>
      labels.filter((label) => isSameName(label, tier)).map((label): NeedReason => ({ kind: 'tier', tier, label })),
    ),
    ...selector.skills.flatMap((skill) =>
      labels.filter((label) => isSameName(label, skill)).map((label): NeedReason => ({ kind: 'label', skill, label })),
    ),
  ];
}
