import type { UseCaseContext } from './context.ts';
import type { RuleRun } from './rule-runs.ts';
import { isFine, problemsOf, proposedConfig } from './sla-proposal.ts';
import { Tally } from './sla-tally.ts';
import { hoursOf } from './sla-rules.ts';
import { tierFromNumber } from '../store/contacts.store.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { readHubs } from '../store/roster.store.ts';
import { casesActiveSince, readCalendars, readPolicies } from '../store/sla.store.ts';
import type { Simulation, SlaProposal, TierRule } from '../../../shared/contract/sla.contract.ts';
import { slaEventsOf } from '../../../shared/domain/sla/case-sla-events.ts';
import { evaluate } from '../../../shared/domain/sla/evaluate.ts';
import type { Policy } from '../../../shared/domain/sla/policy.ts';
import type { SlaEvent } from '../../../shared/domain/sla/sla-event.ts';
import type { BusinessCalendar } from '../../../shared/domain/time/calendar.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';

/** What is replayed: rules as if they had always been in force, and tiers as if they had been given otherwise. */
export interface Replay {
  readonly proposal: SlaProposal;
  readonly days: number;
  /** Customers of a tier count as another one; a tier that is not named stays what it is. */
  readonly tiers: TierRule;
}

/** Cases that are replayed before everybody else has the thread. */
const SLICE = 25;

/**
 * Replays the last days of local history by the rules as they were and as if the proposal had always been in force.
 * Nothing is saved. Null when it was cancelled.
 */
export async function simulateRules(context: UseCaseContext, { proposal, days, tiers }: Replay, run: RuleRun): Promise<Simulation | null> {
  const now = context.clock.now();
  const from = after(now, -days * DAY_MS);
  const current = context.store.read((db) => ({ policies: readPolicies(db), calendars: readCalendars(db) }));
  const problems = problemsOf(proposedConfig(current, proposal, now), proposal, context.store.read(readHubs));
  const always = instant(0);
  const policies: Policy[] = proposal.policies.map((policy, position) => ({
    ...policy,
    position,
    version: 1,
    effectiveFrom: always,
    isActive: true,
  }));
  const calendars: BusinessCalendar[] = [
    ...current.calendars.filter((calendar) => proposal.calendars.every((each) => each.id !== calendar.id)),
    ...proposal.calendars.map(({ id, name, ...version }) => ({ id, name, versions: [{ ...version, effectiveFrom: always }] })),
  ];
  const cases = isFine(problems) ? context.store.read((db) => casesActiveSince(db, from)) : [];
  const hoursBefore = hoursOf(context, current);
  const hoursLater = hoursOf(context, { policies, calendars });
  const tally = new Tally();
  for (const [index, each] of cases.entries()) {
    if (index % SLICE === 0) await run.pause(index, cases.length);
    if (run.isCancelled) return null;
    const events = slaEventsOf(context.store.read((db) => eventsOfCase(db, each.uid)));
    const replayed = events.filter((event) => event.body.type !== 'policy-applied').map((event) => asTier(event, tiers));
    const before = evaluate(events, current.policies, hoursBefore, now).filter((instance) => instance.startedAt >= from);
    const later = evaluate(replayed, policies, hoursLater, now).filter((instance) => instance.startedAt >= from);
    tally.add({ caseId: each.uid, subject: each.subject }, tierFromNumber(each.tier), before, later);
  }
  return { problems, from, to: now, cases: cases.length, metrics: tally.metrics(), changed: tally.changed() };
}

/** The event as if the customer's tier had been the one that the rule names. */
function asTier(event: SlaEvent, tiers: TierRule): SlaEvent {
  const { body } = event;
  if (body.type === 'opened') {
    const { tier } = body.attributes;
    return { ...event, body: { ...body, attributes: { ...body.attributes, tier: tiers[tier] ?? tier } } };
  }
  if (body.type === 'attributes-changed' && body.to.tier !== undefined)
    return { ...event, body: { ...body, to: { ...body.to, tier: tiers[body.to.tier] ?? body.to.tier } } };
  return event;
}
