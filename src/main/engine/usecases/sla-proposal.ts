import type { ProposalProblems, ProposedCalendar, ProposedPolicy, SlaConfig, SlaProposal } from '../../../shared/contract/sla.contract.ts';
import type { Hub } from '../../../shared/domain/coverage/roster.ts';
import { policyProblems } from '../../../shared/domain/sla/policy.ts';
import type { Policy, PolicyProblem } from '../../../shared/domain/sla/policy.ts';
import { calendarProblems } from '../../../shared/domain/time/calendar.ts';
import type { BusinessCalendar, CalendarVersion } from '../../../shared/domain/time/calendar.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The rules as they would be if the proposal were saved at `now`: unchanged parts keep their version, what is left out goes out of use. */
export function proposedConfig(current: SlaConfig, proposal: SlaProposal, now: Instant): SlaConfig {
  return { policies: proposedPolicies(current.policies, proposal, now), calendars: proposedCalendars(current.calendars, proposal, now) };
}

function proposedPolicies(current: readonly Policy[], proposal: SlaProposal, now: Instant): readonly Policy[] {
  const policies = [...current];
  const latest = latestPolicies(current);
  proposal.policies.forEach((proposed, position) => {
    const known = latest.get(proposed.id);
    latest.delete(proposed.id);
    if (known !== undefined && known.isActive && isSamePolicy(known, proposed, position)) return;
    policies.push({ ...proposed, position, version: (known?.version ?? 0) + 1, effectiveFrom: now, isActive: true });
  });
  for (const left of latest.values())
    if (left.isActive) policies.push({ ...left, version: left.version + 1, effectiveFrom: now, isActive: false });
  return policies;
}

/** A calendar out of use keeps its versions: clocks of old cases go on by them. */
function proposedCalendars(current: readonly BusinessCalendar[], proposal: SlaProposal, now: Instant): readonly BusinessCalendar[] {
  const proposed = new Map(proposal.calendars.map((calendar) => [calendar.id, calendar]));
  const kept = current.map((known) => {
    const next = proposed.get(known.id);
    proposed.delete(known.id);
    if (next !== undefined) return withVersion(known, next, now);
    return known.isRetired === true ? known : { ...known, isRetired: true as const };
  });
  return [...kept, ...[...proposed.values()].map((calendar) => firstVersion(calendar, now))];
}

/** Of each policy its newest version, whether in use or not. */
export function latestPolicies(policies: readonly Policy[]): Map<string, Policy> {
  const latest = new Map<string, Policy>();
  for (const policy of policies) if ((latest.get(policy.id)?.version ?? 0) < policy.version) latest.set(policy.id, policy);
  return latest;
}

function isSamePolicy(known: Policy, proposed: ProposedPolicy, position: number): boolean {
  const { version: _version, effectiveFrom: _from, isActive: _active, ...rest } = known;
  return stable(rest) === stable({ ...proposed, position });
}

/** JSON with sorted keys: equal content gives equal text. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** The first version also applies to the time before it, so it can not begin later than now. */
function firstVersion({ id, name, ...version }: ProposedCalendar, now: Instant): BusinessCalendar {
  return { id, name, versions: [{ ...version, effectiveFrom: earlier(version.effectiveFrom, now) }] };
}

function withVersion(known: BusinessCalendar, { id, name, ...proposed }: ProposedCalendar, now: Instant): BusinessCalendar {
  const last = known.versions.at(-1);
  const hasBegun = last !== undefined && (known.versions.length === 1 || last.effectiveFrom <= now);
  const isUntouched = last !== undefined && isSameHours(last, proposed) && (hasBegun || last.effectiveFrom === proposed.effectiveFrom);
  if (isUntouched) return known.name === name && known.isRetired !== true ? known : { id, name, versions: known.versions };
  // What has been counted by is never rewritten; a version that has not begun gives way to the one that is edited.
  const version = { ...proposed, effectiveFrom: later(proposed.effectiveFrom, now) };
  const kept = known.versions
    .filter((each, index) => index === 0 || each.effectiveFrom <= now)
    .map((each, index) => (index === 0 ? { ...each, effectiveFrom: earlier(each.effectiveFrom, now) } : each))
    .filter((each) => each.effectiveFrom < version.effectiveFrom);
  // Moving a version that has not begun to where the same hours apply already leaves nothing of it.
  const before = kept.at(-1);
  return { id, name, versions: before !== undefined && isSameHours(before, version) ? kept : [...kept, version] };
}

function isSameHours(one: CalendarVersion, other: CalendarVersion): boolean {
  const { effectiveFrom: _a, ...is } = one;
  const { effectiveFrom: _b, ...was } = other;
  return stable(is) === stable(was);
}

function earlier(one: Instant, other: Instant): Instant {
  return instant(Math.min(one, other));
}

function later(one: Instant, other: Instant): Instant {
  return instant(Math.max(one, other));
}

/**
 * What keeps the proposal from being saved. `config` is what it would make of the rules. Shifts are promised of one of the hubs, in use or not,
 * or of all of them.
 */
export function problemsOf(config: SlaConfig, proposal: SlaProposal, hubs: readonly Hub[] = []): ProposalProblems {
  const calendars = new Map(config.calendars.map((calendar) => [calendar.id, calendar]));
  const hoursProblems = (policy: Policy): PolicyProblem[] => {
    const { promise } = policy;
    if (promise.kind === 'coverage') {
      const isKnown = promise.team === '' || hubs.some((hub) => hub.hubId === promise.team);
      return isKnown ? [] : [{ priority: null, metric: null, code: 'no-hours' }];
    }
    const promised = promise.calendarIds.map((id) => calendars.get(id));
    const nowhere = { priority: null, metric: null };
    return [
      ...(promised.includes(undefined) ? [{ ...nowhere, code: 'no-hours' as const }] : []),
      ...(promised.some((calendar) => calendar?.isRetired === true) ? [{ ...nowhere, code: 'retired-hours' as const }] : []),
    ];
  };
  return {
    policies: [...latestPolicies(config.policies).values()]
      .filter((policy) => proposal.policies.some((each) => each.id === policy.id))
      .flatMap((policy) => [...policyProblems(policy), ...hoursProblems(policy)].map((problem) => ({ policyId: policy.id, problem }))),
    calendars: config.calendars
      .filter((calendar) => proposal.calendars.some((each) => each.id === calendar.id))
      .flatMap((calendar) => calendarProblems(calendar).map((problem) => ({ calendarId: calendar.id, problem }))),
  };
}

/** Whether nothing keeps the proposal from being saved. */
export function isFine(problems: ProposalProblems): boolean {
  return problems.policies.length === 0 && problems.calendars.length === 0;
}
