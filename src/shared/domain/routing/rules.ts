import type { Tier } from '../case.ts';
import { isSameName, speaks } from '../coverage/qualify.ts';
import type { AccountId } from '../ids.ts';
import type { Channel } from '../message.ts';

/** What is known of a case that says who can take it. Null where it is not known: a rule that asks for it does not fit. */
export interface CaseTraits {
  /** BCP 47. */
  readonly language: string | null;
  readonly labels: readonly string[];
  readonly channel: Channel | null;
  readonly accountId: AccountId | null;
  readonly tier: Tier | null;
}

export const UNKNOWN_CASE: CaseTraits = { language: null, labels: [], channel: null, accountId: null, tier: null };

/**
 * A skill that a team asks for. Of each list that is not empty one entry must fit, and all lists must; all lists empty: every case.
 * Rules are read in their order, and every one that fits adds its skill, until one that `isLast`.
 */
export interface RoutingRule {
  readonly id: string;
  readonly accountIds: readonly AccountId[];
  readonly channels: readonly Channel[];
  readonly labels: readonly string[];
  /** BCP 47; `zh` fits `zh-Hans`, too. */
  readonly languages: readonly string[];
  readonly tiers: readonly Tier[];
  /** The name of a skill, as it is in people's profiles. */
  readonly skill: string;
  /** No rule below is looked at for a case that fits. */
  readonly isLast: boolean;
  readonly isActive: boolean;
}

export interface RoutingRules {
  readonly rules: readonly RoutingRule[];
}

export const NO_ROUTING: RoutingRules = { rules: [] };

/** What of a case made a rule fit; empty for a rule that asks for nothing. */
export type RuleCause =
  | { readonly kind: 'account'; readonly accountId: AccountId }
  | { readonly kind: 'channel'; readonly channel: Channel }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'language'; readonly language: string }
  | { readonly kind: 'tier'; readonly tier: Tier };

export interface FittingRule {
  readonly rule: RoutingRule;
  readonly because: readonly RuleCause[];
}

/** The rules that fit a case, in order, with what of the case made them fit. */
export function fittingRules({ rules }: RoutingRules, traits: CaseTraits): readonly FittingRule[] {
  const found: FittingRule[] = [];
  for (const rule of rules) {
    const because = rule.isActive && rule.skill.trim() !== '' ? causesOf(rule, traits) : null;
    if (because === null) continue;
    found.push({ rule, because });
    if (rule.isLast) break;
  }
  return found;
}

/** Null when the rule does not fit. */
function causesOf(rule: RoutingRule, { language, labels, channel, accountId, tier }: CaseTraits): readonly RuleCause[] | null {
  const label = labels.find((each) => rule.labels.some((asked) => isSameName(asked, each)));
  const isSpoken = language !== null && rule.languages.some((asked) => speaks(asked, language));
  const asked: readonly (readonly [isAsked: boolean, cause: RuleCause | null])[] = [
    [rule.accountIds.length > 0, accountId !== null && rule.accountIds.includes(accountId) ? { kind: 'account', accountId } : null],
    [rule.channels.length > 0, channel !== null && rule.channels.includes(channel) ? { kind: 'channel', channel } : null],
    [rule.labels.length > 0, label === undefined ? null : { kind: 'label', label }],
    [rule.languages.length > 0, isSpoken ? { kind: 'language', language } : null],
    [rule.tiers.length > 0, tier !== null && rule.tiers.includes(tier) ? { kind: 'tier', tier } : null],
  ];
  const causes = asked.flatMap(([isAsked, cause]) => (isAsked ? [cause] : []));
  return causes.every((cause) => cause !== null) ? causes : null;
}
