import type { UseCaseContext } from './context.ts';
import type { RuleRun } from './rule-runs.ts';
import { isFine, problemsOf, proposedConfig } from './sla-proposal.ts';
import { hoursOf, newestPolicyFor } from './sla-rules.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { readHubs } from '../store/roster.store.ts';
import { openCaseUids, readCalendars, readPolicies } from '../store/sla.store.ts';
import type { SlaConfig, SlaEffect, SlaPreview, SlaProposal } from '../../../shared/contract/sla.contract.ts';
import { slaEventsOf } from '../../../shared/domain/sla/case-sla-events.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import { evaluate } from '../../../shared/domain/sla/evaluate.ts';
import type { SlaEvent } from '../../../shared/domain/sla/sla-event.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Cases that are worked out before everybody else has the thread. */
const SLICE = 25;
const APPLIED = 'preview';

/**
 * What the proposal would do to the open cases: first what happens by itself, because changed hours count for every case,
 * then what applying the newest policies would add to that. Null when it was cancelled.
 */
export async function previewRules(context: UseCaseContext, proposal: SlaProposal, run: RuleRun): Promise<SlaPreview | null> {
  const now = context.clock.now();
  const current = context.store.read((db) => ({ policies: readPolicies(db), calendars: readCalendars(db) }));
  const next = proposedConfig(current, proposal, now);
  const problems = problemsOf(next, proposal, context.store.read(readHubs));
  const hoursNow = hoursOf(context, current);
  const hoursNext = hoursOf(context, next);
  const open = context.store.read(openCaseUids);
  const hours = { changed: 0, breachAtOnce: 0 };
  const applied = { changed: 0, breachAtOnce: 0 };
  if (isFine(problems)) {
    for (const [index, uid] of open.entries()) {
      if (index % SLICE === 0) await run.pause(index, open.length);
      if (run.isCancelled) return null;
      const events = slaEventsOf(context.store.read((db) => eventsOfCase(db, uid)));
      const before = evaluate(events, current.policies, hoursNow, now);
      const byHours = evaluate(events, next.policies, hoursNext, now);
      count(hours, before, byHours);
      count(applied, byHours, evaluate([...events, ...application(events, next, now)], next.policies, hoursNext, now));
    }
  }
  return { problems, openCases: open.length, hours, applied };
}

type Counts = { -readonly [Name in keyof SlaEffect]: SlaEffect[Name] };

function count(effect: Counts, before: readonly Instance[], after: readonly Instance[]): void {
  const was = new Map(before.map((instance) => [keyOf(instance), instance]));
  const open = after.filter(goesOn);
  if (open.some((instance) => was.get(keyOf(instance))?.dueAt !== instance.dueAt) || open.length !== before.filter(goesOn).length)
    effect.changed += 1;
  if (open.some((instance) => isTightened(instance) || (instance.state === 'overdue' && was.get(keyOf(instance))?.state !== 'overdue')))
    effect.breachAtOnce += 1;
}

function keyOf({ metric, number }: Instance): string {
  return `${metric} ${number}`;
}

function goesOn({ endedAt }: Instance): boolean {
  return endedAt === null;
}

/** Over its new target already: the rule that a change breaches nothing in the same second gives it a quarter of it. */
function isTightened({ steps }: Instance): boolean {
  return steps.some((step) => step.kind === 'tightened' && step.eventId === APPLIED);
}

/** The event that would give an open case the newest version of the policy it belongs to. */
function application(events: readonly SlaEvent[], { policies }: SlaConfig, now: Instant): readonly SlaEvent[] {
  const policy = newestPolicyFor(events, policies, now);
  if (policy === null) return [];
  const body = { type: 'policy-applied', policyId: policy.id, version: policy.version } as const;
  return [{ id: APPLIED, sequence: Number.MAX_SAFE_INTEGER, at: now, body }];
}
