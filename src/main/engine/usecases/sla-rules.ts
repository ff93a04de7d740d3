import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { casesActiveSince, openCaseUids, readCalendars, readPolicies, saveCalendar, savePolicy } from '../store/sla.store.ts';
import { tierFromNumber } from '../store/contacts.store.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type {
  ProposalProblems,
  ProposedCalendar,
  ProposedPolicy,
  Simulation,
  SimulatedMetric,
  SlaConfig,
  SlaPreview,
  SlaProposal,
} from '../../../shared/contract/sla.contract.ts';
import type { Tier } from '../../../shared/domain/case.ts';
import type { CaseId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { slaEventsOf } from '../../../shared/domain/sla/case-sla-events.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import { defaultRules } from '../../../shared/domain/sla/default-rules.ts';
import { evaluate, nextDue } from '../../../shared/domain/sla/evaluate.ts';
import { choosePolicy, policyProblems } from '../../../shared/domain/sla/policy.ts';
import type { CaseAttributes, Metric, Policy } from '../../../shared/domain/sla/policy.ts';
import { PLAIN_ATTRIBUTES } from '../../../shared/domain/sla/sla-event.ts';
import type { SlaEvent } from '../../../shared/domain/sla/sla-event.ts';
import { calendarProblems } from '../../../shared/domain/time/calendar.ts';
import type { BusinessCalendar } from '../../../shared/domain/time/calendar.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';
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

/** The rules as they would be if the proposal were saved at `now`: unchanged parts keep their version, left-out policies go out of use. */
export function proposedConfig(current: SlaConfig, proposal: SlaProposal, now: Instant): SlaConfig {
  const policies = [...current.policies];
  const latest = latestPolicies(current.policies);
  proposal.policies.forEach((proposed, position) => {
    const known = latest.get(proposed.id);
    latest.delete(proposed.id);
    if (known !== undefined && known.isActive && isSamePolicy(known, proposed, position)) return;
    policies.push({ ...proposed, position, version: (known?.version ?? 0) + 1, effectiveFrom: now, isActive: true });
  });
  for (const left of latest.values())
    if (left.isActive) policies.push({ ...left, version: left.version + 1, effectiveFrom: now, isActive: false });
  const calendars = new Map(current.calendars.map((calendar) => [calendar.id, calendar]));
  for (const proposed of proposal.calendars) calendars.set(proposed.id, withVersion(calendars.get(proposed.id), proposed));
  return { policies, calendars: [...calendars.values()] };
}

function latestPolicies(policies: readonly Policy[]): Map<string, Policy> {
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

function withVersion(known: BusinessCalendar | undefined, proposed: ProposedCalendar): BusinessCalendar {
  const { id, name, ...version } = proposed;
  const last = known?.versions.at(-1);
  if (known !== undefined && last !== undefined) {
    const { effectiveFrom: _a, ...was } = last;
    const { effectiveFrom: _b, ...is } = version;
    if (stable(was) === stable(is)) return known.name === name ? known : { ...known, name };
  }
  // A version that has not begun before the new one is replaced by it.
  const kept = (known?.versions ?? []).filter((each) => each.effectiveFrom < version.effectiveFrom);
  return { id, name, versions: [...kept, version] };
}

export function problemsOf(config: SlaConfig, proposal: SlaProposal): ProposalProblems {
  const known = new Set(config.calendars.map((calendar) => calendar.id));
  const policies = [...latestPolicies(config.policies).values()].filter((policy) =>
    proposal.policies.some((each) => each.id === policy.id),
  );
  return {
    policies: policies.flatMap((policy) => {
      const missing = policy.promise.kind === 'calendars' && policy.promise.calendarIds.some((id) => !known.has(id));
      const problems = policyProblems(policy);
      return [...problems, ...(missing ? [{ code: 'no-hours' as const, priority: null, metric: null }] : [])].map((problem) => ({
        policyId: policy.id,
        problem,
      }));
    }),
    calendars: config.calendars
      .filter((calendar) => proposal.calendars.some((each) => each.id === calendar.id))
      .flatMap((calendar) => calendarProblems(calendar).map((problem) => ({ calendarId: calendar.id, problem }))),
  };
}

function isFine(problems: ProposalProblems): boolean {
  return problems.policies.length === 0 && problems.calendars.length === 0;
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

/** The event that gives an open case the newest version of the policy it belongs to, or null when it has it already. */
function application(events: readonly SlaEvent[], policies: readonly Policy[], now: Instant): Policy | null {
  return choosePolicy(policies, attributesOf(events), now);
}

const TURN = 100;

/** Lets everybody else have the thread between two parts of a long piece of work. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What the proposal would do to the open cases, if it were applied to them now. */
export async function previewRules(context: UseCaseContext, proposal: SlaProposal): Promise<SlaPreview> {
  const now = context.clock.now();
  const current = context.store.read((db) => ({ policies: readPolicies(db), calendars: readCalendars(db) }));
  const next = proposedConfig(current, proposal, now);
  const problems = problemsOf(next, proposal);
  const open = context.store.read(openCaseUids);
  let changed = 0;
  let breachAtOnce = 0;
  if (isFine(problems)) {
    for (const [index, uid] of open.entries()) {
      if (index % TURN === TURN - 1) await turn();
      const events = slaEventsOf(context.store.read((db) => eventsOfCase(db, uid)));
      const before = nextDue(evaluate(events, current.policies, current.calendars, now));
      const policy = application(events, next.policies, now);
      const applied: SlaEvent[] =
        policy === null
          ? []
          : [
              {
                id: 'preview',
                sequence: Number.MAX_SAFE_INTEGER,
                at: now,
                body: { type: 'policy-applied', policyId: policy.id, version: policy.version },
              },
            ];
      const later = nextDue(evaluate([...events, ...applied], next.policies, next.calendars, now));
      if ((before?.dueAt ?? null) !== (later?.dueAt ?? null)) changed += 1;
      if (later?.state === 'overdue' && before?.state !== 'overdue') breachAtOnce += 1;
    }
  }
  return { problems, openCases: open.length, changed, breachAtOnce };
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
    if (!isFine(problemsOf(next, input.proposal))) throw new CommandFailure('has-problems');
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
  options: { readonly apply: boolean; readonly signal: AbortSignal },
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
    await turn();
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
  const policy = application(events, policies, context.clock.now());
  const has = context.ledger.clocks(tx, uid).findLast((instance) => instance.endedAt === null);
  if (policy === null || (has !== undefined && has.policyId === policy.id && has.policyVersion === policy.version))
    context.ledger.retime(tx, uid);
  else context.ledger.append(tx, uid, [{ type: 'case.policyApplied', policyId: policy.id, version: policy.version }], { actor: null });
}

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

/**
 * Replays the last days of local history by the rules as they were and as if the proposal had always been in force.
 * Nothing is saved.
 */
export async function simulateRules(context: UseCaseContext, proposal: SlaProposal, days: number): Promise<Simulation> {
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
    if (index % TURN === TURN - 1) await turn();
    const events = slaEventsOf(context.store.read((db) => eventsOfCase(db, each.uid)));
    const replayed = events.filter((event) => event.body.type !== 'policy-applied');
    const before = evaluate(events, current.policies, current.calendars, now).filter((instance) => instance.startedAt >= from);
    const later = evaluate(replayed, policies, calendars, now).filter((instance) => instance.startedAt >= from);
    tally.add({ caseId: each.uid, subject: each.subject }, tierFromNumber(each.tier), before, later);
  }
  return { problems, from, to: now, cases: cases.length, metrics: tally.metrics(), changed: tally.changed() };
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
