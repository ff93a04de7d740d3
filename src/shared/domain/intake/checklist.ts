import type { FactField } from './fact-fields.ts';

/** One fact of a checklist. */
export interface ChecklistItem {
  /** One of `FACT_FIELDS`, or one that the team made (`own-…`). */
  readonly field: string;
  /** Needed ones make up the completeness and are asked for; others are shown when they are known. */
  readonly isNeeded: boolean;
  /** What people of the team call it; for those that the team made. */
  readonly name?: string | undefined;
  /** Other words for the question, by BCP 47 language; a fact that the team made has no others. */
  readonly questions?: readonly { readonly language: string; readonly text: string }[] | undefined;
}

/** A kind of case, how it is told, and what is asked for. */
export interface CaseKind {
  readonly id: string;
  /** Null: the name that Meridian has for it. */
  readonly name: string | null;
  /** A label of the case that says so. */
  readonly labels: readonly string[];
  /** Words of customers that the team adds to those that Meridian knows; in any language. */
  readonly words: readonly string[];
  readonly items: readonly ChecklistItem[];
  readonly isActive: boolean;
}

/** What a team asks its customers for. */
export interface IntakeRules {
  readonly kinds: readonly CaseKind[];
}

/** The kinds that Meridian knows words for. `other` is what is left. */
export const KIND_IDS = ['deposit', 'withdrawal', 'sign-in', 'identity', 'app', 'security', 'trading', 'other'] as const;
export type KindId = (typeof KIND_IDS)[number];
export const OTHER_KIND = 'other';

export const MOST_KINDS = 30;
export const MOST_ITEMS = 20;

function kind(id: KindId, labels: readonly string[], needed: readonly FactField[], others: readonly FactField[]): CaseKind {
  const items = [...needed.map((field) => ({ field, isNeeded: true })), ...others.map((field) => ({ field, isNeeded: false }))];
  return { id, name: null, labels, words: [], items, isActive: true };
}

/** For a platform for digital assets, until a lead says otherwise. */
export const DEFAULT_RULES: IntakeRules = {
  kinds: [
    kind(
      'deposit',
      ['deposit', 'deposits'],
      ['when', 'coin', 'amount', 'network', 'transaction', 'address', 'account'],
      ['screenshot', 'order', 'happened'],
    ),
    kind(
      'withdrawal',
      ['withdrawal', 'withdrawals'],
      ['when', 'coin', 'amount', 'network', 'address', 'account'],
      ['transaction', 'order', 'errorText', 'screenshot'],
    ),
    kind(
      'sign-in',
      ['sign-in', 'login', '2fa'],
      ['account', 'when', 'did', 'errorText', 'device', 'os'],
      ['appVersion', 'screenshot', 'happened'],
    ),
    kind(
      'identity',
      ['identity', 'kyc', 'verification'],
      ['account', 'when', 'document', 'errorText', 'device'],
      ['os', 'screenshot', 'did'],
    ),
    kind(
      'app',
      ['app', 'bug'],
      ['device', 'os', 'appVersion', 'when', 'did', 'happened'],
      ['expected', 'errorText', 'screenshot', 'account'],
    ),
    kind(
      'security',
      ['security', 'fraud', 'account-abnormal'],
      ['account', 'when', 'happened', 'did'],
      ['transaction', 'address', 'coin', 'amount', 'device', 'screenshot'],
    ),
    kind(
      'trading',
      ['trading', 'fees', 'fee'],
      ['account', 'when', 'order', 'coin', 'amount', 'expected'],
      ['happened', 'screenshot', 'errorText'],
    ),
    kind('other', [], ['account', 'when', 'did', 'happened'], ['expected', 'device', 'os', 'appVersion', 'screenshot']),
  ],
};

/** The kind of this name; undefined when the team has none, or none any more. */
export function kindOf(rules: IntakeRules, id: string): CaseKind | undefined {
  return rules.kinds.find((each) => each.id === id && each.isActive);
}
