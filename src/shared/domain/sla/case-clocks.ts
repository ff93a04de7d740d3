import type { Instant } from '../time.ts';
import type { OpenHours } from '../time/calendar.ts';
import { SlaClock } from './clock.ts';
import type { Cause, Instance, Terms } from './clock.ts';
import { METRICS, choosePolicy, priorityFor, targetFor } from './policy.ts';
import type { CaseAttributes, Metric, Policy, SlaStatus } from './policy.ts';
import { promisedTime } from './promise.ts';
import { PLAIN_ATTRIBUTES } from './sla-event.ts';
import type { SlaEvent, SlaEventBody } from './sla-event.ts';

type Body<Type extends SlaEventBody['type']> = Extract<SlaEventBody, { readonly type: Type }>;

/**
 * The clocks of one case while its events are applied to them, in the order of `compareEvents`. From its begin to the
 * last event that counts; what happened after an event that comes late is worked out anew by a new one.
 */
export class CaseClocks {
  readonly #policies: readonly Policy[];
  readonly #hours: readonly OpenHours[];
  #attributes: CaseAttributes = PLAIN_ATTRIBUTES;
  #policy: Policy | null = null;
  #status: SlaStatus = 'open';
  #isHeldByBot = false;
  #hasBegun = false;
  /** The first customer message (or request for a human) has come: what makes first reply start comes once. */
  #hasAsked = false;
  #isFirstReplySettled = false;
  /** The oldest unanswered message came after first reply was settled; later ones start nothing, had it a target or not. */
  #isNextReplyAsked = false;
  readonly #clocks: SlaClock[] = [];

  constructor(policies: readonly Policy[], hours: readonly OpenHours[]) {
    this.#policies = policies;
    this.#hours = hours;
  }

  /** @param at when the event counts: its own time, but for an opening that was written down after the first messages */
  apply(event: SlaEvent, at: Instant): void {
    const cause = { at, eventId: event.id };
    if (!this.#hasBegun) this.#begin(event.body, cause);
    this.#applyBody(event.body, cause);
  }

  /** All clocks at `now`, by metric and in the order they started. */
  instances(now: Instant): readonly Instance[] {
    const all = this.#clocks.map((clock) => clock.at(now));
    return METRICS.flatMap((metric) => all.filter((instance) => instance.metric === metric));
  }

  #begin(body: SlaEventBody, cause: Cause): void {
    this.#hasBegun = true;
    if (body.type === 'opened') {
      this.#attributes = body.attributes;
      this.#isHeldByBot = body.isHeldByBot;
    }
    this.#policy = choosePolicy(this.#policies, this.#attributes, cause.at);
    this.#start('resolution', cause);
    this.#pauseOrResume(cause);
  }

  #applyBody(body: SlaEventBody, cause: Cause): void {
    switch (body.type) {
      case 'customer-message':
        this.#customerWrote(cause);
        break;
      case 'our-message':
        if (body.by === 'human') this.#humanReplied(cause);
        break;
      case 'bot-started':
        this.#isHeldByBot = true;
        break;
      case 'human-requested':
        if (!this.#isHeldByBot) break;
        this.#isHeldByBot = false;
        this.#askFirstReply(cause);
        break;
      case 'no-reply-needed':
        if (this.#live('first-reply') !== undefined) this.#isFirstReplySettled = true;
        this.#waiveReplies(cause);
        break;
      case 'status-changed':
        this.#setStatus(body.to, cause);
        break;
      case 'attributes-changed':
        this.#attributesChanged(body.to, cause);
        break;
      case 'policy-applied':
        this.#policyApplied(body, cause);
        break;
      case 'handoff-offered':
        this.#start('handoff-acceptance', cause, body.handoffId);
        break;
      case 'handoff-ended':
        this.#clocks.find((clock) => clock.metric === 'handoff-acceptance' && clock.subject === body.handoffId)?.fulfil(cause);
        break;
      case 'opened':
      case 'note':
      case 'message-failed':
        break;
    }
  }

  #customerWrote(cause: Cause): void {
    // nothing opens a closed case: what the customer writes then is about the case that follows it
    if (this.#status === 'closed') return;
    if (this.#status === 'pending' || this.#status === 'solved') this.#setStatus('open', cause);
    if (this.#isFirstReplySettled) {
      if (!this.#isNextReplyAsked) this.#start('next-reply', cause);
      this.#isNextReplyAsked = true;
    } else if (!this.#isHeldByBot) {
      this.#askFirstReply(cause);
    }
  }

  #askFirstReply(cause: Cause): void {
    if (this.#isFirstReplySettled || this.#hasAsked) return;
    this.#hasAsked = true;
    this.#start('first-reply', cause);
  }

  #humanReplied(cause: Cause): void {
    this.#isFirstReplySettled = true;
    this.#isNextReplyAsked = false;
    this.#live('first-reply')?.fulfil(cause);
    this.#live('next-reply')?.fulfil(cause);
  }

  #waiveReplies(cause: Cause): void {
    this.#isNextReplyAsked = false;
    this.#live('first-reply')?.waive(cause);
    this.#live('next-reply')?.waive(cause);
  }

  #setStatus(to: SlaStatus, cause: Cause): void {
    this.#status = to;
    if (isDone(to)) {
      this.#isFirstReplySettled = true;
      this.#waiveReplies(cause);
      this.#live('resolution')?.fulfil(cause);
    }
    this.#pauseOrResume(cause);
  }

  #pauseOrResume(cause: Cause): void {
    const resolution = this.#live('resolution');
    if (this.#policy?.pauseOn.includes(this.#status) === true) resolution?.pause(cause);
    else resolution?.resume(cause);
  }

  #attributesChanged(to: Body<'attributes-changed'>['to'], cause: Cause): void {
    this.#attributes = { ...this.#attributes, ...to };
    const chosen = choosePolicy(this.#policies, this.#attributes, cause.at);
    // an open case keeps the version it has while it stays with its policy
    this.#setPolicy(chosen?.id === this.#policy?.id ? this.#policy : chosen, cause);
  }

  #policyApplied({ policyId, version }: Body<'policy-applied'>, cause: Cause): void {
    const applied = this.#policies.find((policy) => policy.id === policyId && policy.version === version);
    if (applied !== undefined) this.#setPolicy(applied, cause);
  }

  #setPolicy(policy: Policy | null, cause: Cause): void {
    this.#policy = policy;
    const priority = policy === null ? null : priorityFor(policy, this.#attributes);
    for (const clock of this.#clocks) {
      const isSame = policy !== null && clock.isBy(policy.id, policy.version, priority);
      if (!clock.hasEnded && !isSame) clock.retarget(this.#terms(clock.metric), cause);
    }
    this.#pauseOrResume(cause);
  }

  #start(metric: Metric, cause: Cause, subject: string | null = null): void {
    const terms = this.#terms(metric);
    if (terms === null) return;
    const number = this.#clocks.filter((clock) => clock.metric === metric).length + 1;
    this.#clocks.push(new SlaClock(metric, number, terms, cause, subject));
  }

  #terms(metric: Metric): Terms | null {
    const policy = this.#policy;
    const targetMs = targetFor(policy, this.#attributes, metric);
    if (policy === null || targetMs === null) return null;
    return {
      policyId: policy.id,
      policyVersion: policy.version,
      priority: priorityFor(policy, this.#attributes),
      targetMs,
      openTime: promisedTime(policy.promise, this.#hours),
    };
  }

  #live(metric: Metric): SlaClock | undefined {
    return this.#clocks.find((clock) => clock.metric === metric && !clock.hasEnded);
  }
}

function isDone(status: SlaStatus): boolean {
  return status === 'solved' || status === 'closed';
}
