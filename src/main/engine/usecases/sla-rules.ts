import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { turn } from './rule-runs.ts';
import type { RuleRun } from './rule-runs.ts';
import { isFine, problemsOf, proposedConfig } from './sla-proposal.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { readHubs } from '../store/roster.store.ts';
import { openCaseUids, readCalendars, readPolicies, saveCalendar, savePolicy } from '../store/sla.store.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { SlaConfig, SlaProposal } from '../../../shared/contract/sla.contract.ts';
import type { CaseId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { slaEventsOf } from '../../../shared/domain/sla/case-sla-events.ts';
import { defaultRules } from '../../../shared/domain/sla/default-rules.ts';
import { choosePolicy } from '../../../shared/domain/sla/policy.ts';
import type { CaseAttributes, Policy } from '../../../shared/domain/sla/policy.ts';
import { PLAIN_ATTRIBUTES } from '../../../shared/domain/sla/sla-event.ts';
import type { SlaEvent } from '../../../shared/domain/sla/sla-event.ts';
import type { OpenHours } from '../../../shared/domain/time/calendar.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Gives a workspace that has no SLA rules the ones to start from. */
export function ensureRules(context: UseCaseContext, zone: string, from: Instant): void {
  if (context.store.read(readPolicies).length > 0) return;
  const rules = defaultRules(zone, from);
  context.store.write((tx) => {
    for (const calendar of rules.calendars) saveCalendar(tx, calendar);
    for (const policy of rules.policies) savePolicy(tx, policy);
    context.ledger.recordTeamEvent(tx, 'sla', 'sla.rulesSaved', rules, { actor: null });
  });
  context.ledger.forget();
}

/** What policies are chosen by, as a case's events leave it. */
function attributesOf(events: readonly SlaEvent[]): CaseAttributes {
  let attributes = PLAIN_ATTRIBUTES;
  for (const { body } of events) {
    if (body.type === 'opened') attributes = { ...attributes, ...body.attributes };
    if (body.type === 'attributes-changed') attributes = { ...attributes, ...body.to };
  }
  return attributes;
}

/** Everything that these rules may promise: calendars, and the shifts of the published plan. Hand in the same array again. */
export function hoursOf(context: UseCaseContext, { policies, calendars }: SlaConfig): readonly OpenHours[] {
  return [...calendars, ...context.store.read((db) => context.ledger.shiftHours(db, policies))];
}

/** The policy, in its newest version, that a case belongs to; null when none takes it. */
export function newestPolicyFor(events: readonly SlaEvent[], policies: readonly Policy[], now: Instant): Policy | null {
  return choosePolicy(policies, attributesOf(events), now);
}

/** Saves the proposal as new versions. Nothing is changed when anything is wrong with it. */
export function saveRules(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly proposal: SlaProposal; readonly applyToOpen: boolean },
): Result<{ readonly changed: number; readonly appliedTo: number }, CallError> {
  const result = once(context, input.opId, 'sla.save', (tx) => {
    const now = context.clock.now();
    const current = { policies: readPolicies(tx), calendars: readCalendars(tx) };
    const next = proposedConfig(current, input.proposal, now);
    if (!isFine(problemsOf(next, input.proposal, readHubs(tx)))) throw new CommandFailure('has-problems');
    const policies = next.policies.filter((policy) => !current.policies.includes(policy));
    const calendars = next.calendars.filter((calendar) => !current.calendars.includes(calendar));
    for (const policy of policies) savePolicy(tx, policy);
    for (const calendar of calendars) saveCalendar(tx, calendar);
    if (policies.length + calendars.length > 0)
      context.ledger.recordTeamEvent(tx, 'sla', 'sla.rulesSaved', { policies, calendars }, { actor: requireMe(tx).agentId });
    return { value: { changed: policies.length + calendars.length, appliedTo: input.applyToOpen ? openCaseUids(tx).length : 0 } };
  });
  // What is kept in memory was worked out by the old rules.
  context.ledger.forget();
  return result;
}

/** Works out the clocks of the open cases anew, in slices, and applies the newest policies where a lead said so. */
export async function reevaluateOpen(
  context: UseCaseContext,
  options: { readonly apply: boolean; readonly signal: AbortSignal; readonly run?: RuleRun },
): Promise<number> {
  const open = context.store.read(openCaseUids);
  const policies = context.store.read(readPolicies);
  let done = 0;
  for (let start = 0; start < open.length && !options.signal.aborted; start += 25) {
    context.store.write((tx) => {
      for (const uid of open.slice(start, start + 25)) {
        if (options.apply) applyPolicy(context, tx, uid, policies);
        else context.ledger.retime(tx, uid);
        done += 1;
      }
    });
    await (options.run?.pause(done, open.length) ?? turn());
  }
  return done;
}

function applyPolicy(
  context: UseCaseContext,
  tx: Parameters<Parameters<UseCaseContext['store']['write']>[0]>[0],
  uid: CaseId,
  policies: readonly Policy[],
): void {
  const events = slaEventsOf(eventsOfCase(tx, uid));
  const policy = newestPolicyFor(events, policies, context.clock.now());
  const has = context.ledger.clocks(tx, uid).findLast((instance) => instance.endedAt === null);
  if (policy === null || (has !== undefined && has.policyId === policy.id && has.policyVersion === policy.version))
    context.ledger.retime(tx, uid);
  else context.ledger.append(tx, uid, [{ type: 'case.policyApplied', policyId: policy.id, version: policy.version }], { actor: null });
}
