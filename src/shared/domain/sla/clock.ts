import type { Priority } from '../case.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { OpenTime } from '../time/open-time.ts';
import type { Metric } from './policy.ts';

/**
 * running and paused go on; overdue: still going on, past its due time; met and breached: ended in or after time;
 * waived: ended without having been fulfilled, reported apart; cancelled: no longer promised.
 */
export type SlaState = 'running' | 'paused' | 'overdue' | 'met' | 'breached' | 'waived' | 'cancelled';

/** Why a clock is as it is, in order: each step with the event that caused it. */
export interface SlaStep {
  /** tightened: a change of target that would have breached at once, so a quarter of the new target counts from the change. */
  readonly kind: 'started' | 'paused' | 'resumed' | 'retargeted' | 'tightened' | 'ended';
  readonly at: Instant;
  readonly eventId: string;
  /** What counts from here on, in milliseconds of open time. */
  readonly targetMs: number;
}

/** Why there is no due time: a mistake in the configuration that leads are shown. It never means that nothing is promised. */
export type SlaProblem = 'never-opens' | 'unknown-hours';

/** One run of a metric, as it is at the instant that was asked about. Plain data. */
export interface Instance {
  readonly metric: Metric;
  /** 1 for the first run of its metric in the case, and so on. */
  readonly number: number;
  readonly startedAt: Instant;
  readonly state: SlaState;
  /** Null while paused, and when there is a `problem`. */
  readonly dueAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Open time that counts since `countedFrom`, in milliseconds. */
  readonly targetMs: number;
  /** `startedAt`, or the change of target after which a quarter counts. */
  readonly countedFrom: Instant;
  /** When 50 % and 80 % of the target are used; null when it is paused or ended, and with a problem. */
  readonly halfAt: Instant | null;
  readonly fourFifthsAt: Instant | null;
  /** Whole pauses so far, and the begin of the one that goes on. */
  readonly pauses: readonly Span[];
  readonly pausedAt: Instant | null;
  /** The version of the policy that set the target, and the priority it was set for. */
  readonly policyId: string;
  readonly policyVersion: number;
  readonly priority: Priority;
  readonly steps: readonly SlaStep[];
  readonly problem: SlaProblem | null;
}

/** What a clock counts: which open time, how much of it, and by whose promise. */
export interface Terms {
  readonly policyId: string;
  readonly policyVersion: number;
  readonly priority: Priority;
  readonly targetMs: number;
  /** Null when the promised hours are not known. */
  readonly openTime: OpenTime | null;
}

export interface Cause {
  readonly at: Instant;
  readonly eventId: string;
}

/** One run of a metric while events are applied to it, from its start to its end. Once it has ended nothing changes it. */
export class SlaClock {
  readonly metric: Metric;
  readonly number: number;
  readonly startedAt: Instant;
  /** Names what the run is about when several of a metric may go on at once: a handoff. */
  readonly subject: string | null;
  #terms: Terms;
  /** Differs from the terms' after a tightened change. */
  #targetMs: number;
  #countedFrom: Instant;
  #pauses: readonly Span[] = [];
  #pausedAt: Instant | null = null;
  /** As if a pause that goes on had not begun; null when the hours never open. */
  #dueAt: Instant | null;
  #ended: { readonly at: Instant; readonly state: SlaState; readonly dueAt: Instant | null } | null = null;
  #steps: readonly SlaStep[];
  #instance: Instance | null = null;

  constructor(metric: Metric, number: number, terms: Terms, cause: Cause, subject: string | null) {
    this.metric = metric;
    this.number = number;
    this.startedAt = cause.at;
    this.subject = subject;
    this.#terms = terms;
    this.#targetMs = terms.targetMs;
    this.#countedFrom = cause.at;
    this.#dueAt = this.#due(terms.targetMs, cause.at, []);
    this.#steps = [{ kind: 'started', ...cause, targetMs: terms.targetMs }];
  }

  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  /** Whether just this version of a policy, for just this priority, set the target. */
  isBy(policyId: string, version: number, priority: Priority | null): boolean {
    return this.#terms.policyId === policyId && this.#terms.policyVersion === version && this.#terms.priority === priority;
  }

  /** Stands still from now on. A clock that has used up its target stays as it is: a pause hides no overdue clock. */
  pause(cause: Cause): void {
    if (this.hasEnded || this.#pausedAt !== null || (this.#dueAt !== null && this.#dueAt <= cause.at)) return;
    this.#pausedAt = cause.at;
    this.#step('paused', cause);
  }

  resume(cause: Cause): void {
    if (this.hasEnded || this.#pausedAt === null) return;
    this.#pauses = this.#pausesUntil(cause.at);
    this.#pausedAt = null;
    this.#dueAt = this.#due(this.#targetMs, this.#countedFrom, this.#pauses);
    this.#step('resumed', cause);
  }

  /**
   * Another target, or none any more. Start and pauses stay. A clock at or past its due time is left alone; one that
   * the new target would put there gets a quarter of it, counted from the change. While paused it is judged as if the
   * pause ended at the change.
   */
  retarget(terms: Terms | null, cause: Cause): void {
    if (this.hasEnded) return;
    const dueAt = this.#dueIfResumed(cause.at);
    if (dueAt !== null && dueAt <= cause.at) return;
    if (terms === null) {
      this.#end('cancelled', dueAt, cause);
      return;
    }
    this.#terms = terms;
    const whole = this.#due(terms.targetMs, this.startedAt, this.#pausesUntil(cause.at));
    const isTightened = whole !== null && whole <= cause.at;
    this.#countedFrom = isTightened ? cause.at : this.startedAt;
    this.#targetMs = isTightened ? Math.ceil(terms.targetMs / 4) : terms.targetMs;
    this.#dueAt = this.#due(this.#targetMs, this.#countedFrom, this.#pauses);
    this.#step(isTightened ? 'tightened' : 'retargeted', cause);
  }

  /** What was promised was done: in time or not. */
  fulfil(cause: Cause): void {
    if (this.hasEnded) return;
    const dueAt = this.#dueIfResumed(cause.at);
    this.#end(dueAt === null || cause.at <= dueAt ? 'met' : 'breached', dueAt, cause);
  }

  /** Nobody has to do it any more. */
  waive(cause: Cause): void {
    if (!this.hasEnded) this.#end('waived', this.#dueIfResumed(cause.at), cause);
  }

  /** The clock as it is at `now`, which no event that was applied may be after. */
  at(now: Instant): Instance {
    const state = this.#stateAt(now);
    const known = this.#instance;
    if (known?.state === state) return known;
    const dueAt = this.#ended === null ? (state === 'paused' ? null : this.#dueAt) : this.#ended.dueAt;
    const isCounting = state === 'running' || state === 'overdue';
    this.#instance = {
      metric: this.metric,
      number: this.number,
      startedAt: this.startedAt,
      state,
      dueAt,
      endedAt: this.#ended?.at ?? null,
      targetMs: this.#targetMs,
      countedFrom: this.#countedFrom,
      halfAt: isCounting ? this.#due(Math.ceil(this.#targetMs / 2), this.#countedFrom, this.#pauses) : null,
      fourFifthsAt: isCounting ? this.#due(Math.ceil((this.#targetMs * 4) / 5), this.#countedFrom, this.#pauses) : null,
      pauses: this.#pauses,
      pausedAt: this.#ended === null ? this.#pausedAt : null,
      policyId: this.#terms.policyId,
      policyVersion: this.#terms.policyVersion,
      priority: this.#terms.priority,
      steps: this.#steps,
      problem: this.#terms.openTime === null ? 'unknown-hours' : this.#dueAt === null ? 'never-opens' : null,
    };
    return this.#instance;
  }

  #stateAt(now: Instant): SlaState {
    if (this.#ended !== null) return this.#ended.state;
    if (this.#pausedAt !== null) return 'paused';
    return this.#dueAt !== null && now > this.#dueAt ? 'overdue' : 'running';
  }

  #end(state: SlaState, dueAt: Instant | null, cause: Cause): void {
    this.#pauses = this.#pausesUntil(cause.at);
    this.#ended = { at: cause.at, state, dueAt };
    this.#step('ended', cause);
  }

  #step(kind: SlaStep['kind'], { at, eventId }: Cause): void {
    this.#steps = [...this.#steps, { kind, at, eventId, targetMs: this.#targetMs }];
    this.#instance = null;
  }

  #pausesUntil(at: Instant): readonly Span[] {
    const from = this.#pausedAt;
    return from === null || at <= from ? this.#pauses : [...this.#pauses, { from, to: at }];
  }

  #dueIfResumed(at: Instant): Instant | null {
    return this.#pausedAt === null ? this.#dueAt : this.#due(this.#targetMs, this.#countedFrom, this.#pausesUntil(at));
  }

  #due(targetMs: number, from: Instant, pauses: readonly Span[]): Instant | null {
    return this.#terms.openTime?.due(from, targetMs, pauses) ?? null;
  }
}
