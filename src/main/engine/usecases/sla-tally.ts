import type { SimulatedMetric, Simulation } from '../../../shared/contract/sla.contract.ts';
import type { Tier } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import type { Metric } from '../../../shared/domain/sla/policy.ts';

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

type Counts = { met: number; breached: number; waived: number; open: number };

type ChangedClock = Simulation['changed'][number];

/** Clocks by metric and start; of several that start at once, as two mails of one second do, by their order. */
function startsOf(instances: readonly Instance[]): Map<string, Instance> {
  const starts = new Map<string, Instance>();
  for (const instance of instances) {
    let place = 0;
    while (starts.has(`${instance.metric} ${instance.startedAt} ${place}`)) place += 1;
    starts.set(`${instance.metric} ${instance.startedAt} ${place}`, instance);
  }
  return starts;
}

/** How clocks ended by two sets of rules: counted by metric and tier, and those that ended otherwise. */
export class Tally {
  readonly #metrics = new Map<string, { readonly metric: Metric; readonly tier: Tier; readonly before: Counts; readonly after: Counts }>();
  readonly #changed: ChangedClock[] = [];

  /** Adds the clocks of one case as they were and as they would have been. */
  add(
    of: { readonly caseId: CaseId; readonly subject: string },
    tier: Tier,
    before: readonly Instance[],
    later: readonly Instance[],
  ): void {
    for (const instance of before) this.#count(instance, tier, 'before');
    for (const instance of later) this.#count(instance, tier, 'after');
    const byStart = startsOf(later);
    for (const [start, instance] of startsOf(before)) {
      const other = byStart.get(start);
      byStart.delete(start);
      if (other === undefined || outcomeOf(other) !== outcomeOf(instance))
        this.#changed.push({ ...of, metric: instance.metric, before: instance.state, after: other?.state ?? 'none' });
    }
    for (const instance of byStart.values()) this.#changed.push({ ...of, metric: instance.metric, before: 'none', after: instance.state });
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
