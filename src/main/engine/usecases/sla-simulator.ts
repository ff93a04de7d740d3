import type { UseCaseContext } from './context.ts';
import type { RuleRun } from './rule-runs.ts';
import { isFine, problemsOf, proposedConfig } from './sla-proposal.ts';
import { tierFromNumber } from '../store/contacts.store.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { casesActiveSince, readCalendars, readPolicies } from '../store/sla.store.ts';
import type { SimulatedMetric, Simulation, SlaProposal, TierRule } from '../../../shared/contract/sla.contract.ts';
import type { Tier } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { slaEventsOf } from '../../../shared/domain/sla/case-sla-events.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import { evaluate } from '../../../shared/domain/sla/evaluate.ts';
import type { Metric, Policy } from '../../../shared/domain/sla/policy.ts';
import type { SlaEvent } from '../../../shared/domain/sla/sla-event.ts';
import type { BusinessCalendar } from '../../../shared/domain/time/calendar.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';

type Outcome = 'met' | 'breached' | 'waived' | 'open';

function outcomeOf(instance: Instance): Outcome | null {
  switch (instance.state) {
    case 'met':
      return 'met';
    case 'breached':
    case 'overdue':
      return 'breached';
    case 'waived':
      return 'waived';
    case 'running':
    case 'paused':
      return 'open';
    case 'cancelled':
      return null;
  }
}

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
  const problems = problemsOf(proposedConfig(current, proposal, now), proposal);
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
  const tally = new Tally();
  for (const [index, each] of cases.entries()) {
    if (index % SLICE === 0) await run.pause(index, cases.length);
    if (run.isCancelled) return null;
    const events = slaEventsOf(context.store.read((db) => eventsOfCase(db, each.uid)));
    const replayed = events.filter((event) => event.body.type !== 'policy-applied').map((event) => asTier(event, tiers));
    const before = evaluate(events, current.policies, current.calendars, now).filter((instance) => instance.startedAt >= from);
    const later = evaluate(replayed, policies, calendars, now).filter((instance) => instance.startedAt >= from);
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

type Counts = { met: number; breached: number; waived: number; open: number };

type ChangedClock = Simulation['changed'][number];

class Tally {
  readonly #metrics = new Map<string, { readonly metric: Metric; readonly tier: Tier; readonly before: Counts; readonly after: Counts }>();
  readonly #changed: ChangedClock[] = [];

  add(
    of: { readonly caseId: CaseId; readonly subject: string },
    tier: Tier,
    before: readonly Instance[],
    later: readonly Instance[],
  ): void {
    for (const instance of before) this.#count(instance, tier, 'before');
    for (const instance of later) this.#count(instance, tier, 'after');
    const key = (instance: Instance): string => `${instance.metric} ${instance.startedAt}`;
    const byKey = new Map(later.map((instance) => [key(instance), instance]));
    for (const instance of before) {
      const other = byKey.get(key(instance));
      byKey.delete(key(instance));
      if (other === undefined || outcomeOf(other) !== outcomeOf(instance))
        this.#changed.push({ ...of, metric: instance.metric, before: instance.state, after: other?.state ?? 'none' });
    }
    for (const instance of byKey.values()) this.#changed.push({ ...of, metric: instance.metric, before: 'none', after: instance.state });
  }

  #count(instance: Instance, tier: Tier, side: 'before' | 'after'): void {
    const outcome = outcomeOf(instance);
    if (outcome === null) return;
    const key = `${instance.metric} ${tier}`;
    let row = this.#metrics.get(key);
    if (row === undefined) {
      row = {
        metric: instance.metric,
        tier,
        before: { met: 0, breached: 0, waived: 0, open: 0 },
        after: { met: 0, breached: 0, waived: 0, open: 0 },
      };
      this.#metrics.set(key, row);
    }
    row[side][outcome] += 1;
  }

  metrics(): SimulatedMetric[] {
    return [...this.#metrics.values()].sort((a, b) => a.metric.localeCompare(b.metric) || a.tier.localeCompare(b.tier));
  }

  /** What would turn into a breach first: that is what a lead looks for. */
  changed(): Simulation['changed'] {
    const worse = (each: ChangedClock): number => (each.after === 'breached' || each.after === 'overdue' ? 0 : 1);
    return [...this.#changed].sort((a, b) => worse(a) - worse(b)).slice(0, 200);
  }
}
