import { PRIORITIES } from '../case.ts';
import type { Priority, Status, Tier } from '../case.ts';
import type { Channel } from '../message.ts';
import { HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';

export const METRICS = ['first-reply', 'next-reply', 'resolution', 'handoff-acceptance'] as const;
/** What an SLA promises; every run of a metric is a clock of its own. */
export type Metric = (typeof METRICS)[number];

/** The run that applies saved rules to the open cases, as `sla.progress` knows it. */
export const APPLYING = 'applying';

/** Open time per metric, in milliseconds. A metric without a target is not promised. */
export type Targets = { readonly [Name in Metric]?: number };

/** A case's status for its clocks; a closed case is one that can not be opened again. */
export type SlaStatus = Status | 'closed';

/** What policies are chosen by. */
export interface CaseAttributes {
  readonly channel: Channel;
  readonly tier: Tier;
  /** Null while nobody has set one: the policy's default priority counts. */
  readonly priority: Priority | null;
  /** BCP 47 tag, or null when it is not known. */
  readonly language: string | null;
  readonly team: string | null;
  readonly labels: readonly string[];
}

/** Every list that is there must hold the case's value; of labels one is enough. An empty list matches nothing. */
export interface PolicyConditions {
  readonly channels?: readonly Channel[];
  readonly tiers?: readonly Tier[];
  readonly priorities?: readonly Priority[];
  /** `pt` also matches `pt-BR`. */
  readonly languages?: readonly string[];
  readonly teams?: readonly string[];
  readonly labels?: readonly string[];
}

/** Whose hours were promised to the customer. Coverage: the union of a team's published shifts. */
export type PromisedHours =
  | { readonly kind: 'calendars'; readonly calendarIds: readonly string[] }
  | { readonly kind: 'coverage'; readonly team: string };

/**
 * One version of a policy. All versions of all policies are kept: a case keeps the one it got, until an attribute leads
 * it to another policy or a lead applies a newer version to it.
 */
export interface Policy {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** Place in the ordered list, lowest first. */
  readonly position: number;
  /** Cases are given this version from then on, until the next version's `effectiveFrom`. */
  readonly effectiveFrom: Instant;
  /** False in the version that takes the policy out of use. */
  readonly isActive: boolean;
  readonly conditions: PolicyConditions;
  readonly promise: PromisedHours;
  readonly targets: { readonly [Name in Priority]: Targets };
  readonly defaultPriority: Priority;
  /** Statuses in which the resolution clock stands still. */
  readonly pauseOn: readonly SlaStatus[];
  /** A customer's message on a solved case re-opens it for this long; later it opens a linked case. */
  readonly reopenWindowMs: number;
}

export const DEFAULT_PAUSE_ON: readonly SlaStatus[] = ['pending'];
export const DEFAULT_REOPEN_WINDOW_MS = 72 * HOUR_MS;

/** The policy for a case with these attributes at an instant: of the versions then in force the first in the list that matches. */
export function choosePolicy(policies: readonly Policy[], attributes: CaseAttributes, at: Instant): Policy | null {
  const inForce = new Map<string, Policy>();
  for (const policy of policies) {
    const known = inForce.get(policy.id);
    if (policy.effectiveFrom <= at && (known === undefined || policy.version > known.version)) inForce.set(policy.id, policy);
  }
  let chosen: Policy | null = null;
  for (const policy of inForce.values()) {
    if (!policy.isActive || !matchesPolicy(policy, attributes)) continue;
    if (chosen === null || comesBefore(policy, chosen)) chosen = policy;
  }
  return chosen;
}

/** Equal positions (two leads moved policies at once) are told apart by id, so that everybody chooses alike. */
function comesBefore(a: Policy, b: Policy): boolean {
  return a.position === b.position ? a.id < b.id : a.position < b.position;
}

/** Whether a case with these attributes fulfils a policy's conditions. */
export function matchesPolicy(policy: Policy, attributes: CaseAttributes): boolean {
  const { channels, tiers, priorities, languages, teams, labels } = policy.conditions;
  return (
    holds(channels, attributes.channel) &&
    holds(tiers, attributes.tier) &&
    holds(priorities, priorityFor(policy, attributes)) &&
    (languages === undefined || languages.some((wanted) => speaks(attributes.language, wanted))) &&
    (teams === undefined || (attributes.team !== null && teams.includes(attributes.team))) &&
    (labels === undefined || labels.some((label) => attributes.labels.includes(label)))
  );
}

function holds<Value>(wanted: readonly Value[] | undefined, value: Value): boolean {
  return wanted === undefined || wanted.includes(value);
}

function speaks(language: string | null, wanted: string): boolean {
  if (language === null) return false;
  const spoken = language.toLowerCase();
  return spoken === wanted.toLowerCase() || spoken.startsWith(`${wanted.toLowerCase()}-`);
}

/** The case's priority, or the policy's default: never none. */
export function priorityFor(policy: Policy, attributes: CaseAttributes): Priority {
  return attributes.priority ?? policy.defaultPriority;
}

/** What a policy promises a case with these attributes, in milliseconds of open time; null when nothing. */
export function targetFor(policy: Policy | null, attributes: CaseAttributes, metric: Metric): number | null {
  return policy === null ? null : (policy.targets[priorityFor(policy, attributes)][metric] ?? null);
}

/** Whether a customer's message at `at` re-opens a case solved at `solvedAt`, or opens a linked one. Without a policy the default window counts. */
export function reopensCase(policy: Policy | null, solvedAt: Instant, at: Instant): boolean {
  return at - solvedAt <= (policy?.reopenWindowMs ?? DEFAULT_REOPEN_WINDOW_MS);
}

export interface PolicyProblem {
  /** retired-hours: it promises a calendar that is out of use. */
  readonly code: 'bad-target' | 'bad-reopen-window' | 'no-hours' | 'retired-hours' | 'pauses-on-solved';
  readonly priority: Priority | null;
  readonly metric: Metric | null;
}

/** No promise may be longer than this; it also keeps a slip of the pen from searching calendars for centuries. */
export const LONGEST_TARGET_MS = 366 * 24 * HOUR_MS;

/** What must be put right before a policy may be saved; empty when it is fine. */
export function policyProblems(policy: Policy): readonly PolicyProblem[] {
  const nowhere = { priority: null, metric: null };
  const problems: PolicyProblem[] = [];
  for (const priority of PRIORITIES) {
    for (const metric of METRICS) {
      const target = policy.targets[priority][metric];
      if (target !== undefined && !(Number.isSafeInteger(target) && target > 0 && target <= LONGEST_TARGET_MS)) {
        problems.push({ code: 'bad-target', priority, metric });
      }
    }
  }
  if (!(Number.isSafeInteger(policy.reopenWindowMs) && policy.reopenWindowMs >= 0))
    problems.push({ ...nowhere, code: 'bad-reopen-window' });
  if (policy.promise.kind === 'calendars' && policy.promise.calendarIds.length === 0) problems.push({ ...nowhere, code: 'no-hours' });
  if (policy.pauseOn.some((status) => status === 'solved' || status === 'closed')) problems.push({ ...nowhere, code: 'pauses-on-solved' });
  return problems;
}
