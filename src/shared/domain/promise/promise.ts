import type { AgentId, MessageId, PromiseId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { LocalDateTime } from '../time/local-time.ts';

/**
 * The promise ledger of a case: what a customer was told will happen by when. A promise belongs to the case, so whoever
 * owns the case next owes it. States are a pure fold over events and the time; whatever order events arrive in, the
 * same events give the same ledger.
 */

export const PROMISE_SOURCES = ['typed', 'detected'] as const;
/** Written down by an agent, or found in the text of a message and confirmed. */
export type PromiseSource = (typeof PROMISE_SOURCES)[number];

export const PROMISE_STATES = ['open', 'kept', 'broken', 'released'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

export const RELEASE_REASONS = ['withdrawn', 'replaced', 'not-a-promise'] as const;
/**
 * Why nobody owes a promise any more: the customer was told so; a later one took its place; or the text never
 * promised anything. The last is a correction, and the only one that counts after the promise was due.
 */
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

type MadeBody = Omit<Made, 'type'>;

/** Facts about the promises of a case as the team's log has them; they are in the stream of the case. */
export type PromiseLedgerBody =
  | ({ readonly type: 'promise.made' } & MadeBody)
  | { readonly type: 'promise.kept'; readonly promiseId: PromiseId }
  | { readonly type: 'promise.released'; readonly promiseId: PromiseId; readonly reason: ReleaseReason };

/** What can happen to the promises of a case. */
export type PromiseEventBody =
  | {
      readonly type: 'promise-made';
      readonly promiseId: PromiseId;
      /** The words that the customer read, or what was said on the phone. */
      readonly text: string;
      /** IANA zone of the customer. */
      readonly zone: string;
      readonly dueAt: Instant;
      /** What the customer's clock shows at `dueAt`, as it was promised. */
      readonly dueLocal: LocalDateTime;
      /** The message that carries it; null when it was made another way, such as by phone. */
      readonly messageId: MessageId | null;
      readonly source: PromiseSource;
    }
  /** Somebody says that it was kept in a way that no message shows. */
  | { readonly type: 'promise-kept'; readonly promiseId: PromiseId }
  | { readonly type: 'promise-released'; readonly promiseId: PromiseId; readonly reason: ReleaseReason }
  /** The channel accepted a public message of ours; the event's time is the channel's. */
  | { readonly type: 'message-accepted'; readonly messageId: MessageId; readonly by: 'human' | 'auto' }
  /** An accepted message came back for good: the customer never got it, and it counts for nothing. */
  | { readonly type: 'message-failed'; readonly messageId: MessageId }
  | { readonly type: 'owner-changed'; readonly ownerId: AgentId | null };

/** An event as the fold sees it. `sequence` is its place in the log: it orders what happened at the same instant. */
export interface PromiseEvent {
  readonly id: string;
  readonly sequence: number;
  readonly at: Instant;
  readonly actor: AgentId | null;
  readonly body: PromiseEventBody;
}

/** What ended a promise; null while it is open. */
export interface PromiseSettlement {
  readonly at: Instant;
  readonly by: 'message' | 'agent' | 'time';
  /** Kept by a message: that message. */
  readonly messageId: MessageId | null;
  /** Who said so, for what agents do. */
  readonly actor: AgentId | null;
  /** `not-sent`: it fell due before the message that carries it was accepted, so the customer was promised nothing. */
  readonly reason: ReleaseReason | 'not-sent' | null;
}

/** A dated commitment to a customer. */
export interface CustomerPromise {
  readonly promiseId: PromiseId;
  readonly text: string;
  readonly zone: string;
  readonly dueAt: Instant;
  readonly dueLocal: LocalDateTime;
  readonly madeAt: Instant;
  readonly madeBy: AgentId | null;
  readonly messageId: MessageId | null;
  readonly source: PromiseSource;
  /** Since when the customer knows of it; null while the message that carries it is not accepted. */
  readonly toldAt: Instant | null;
  /** Who owes it: the owner of the case, up to the time at which it was settled. */
  readonly ownerId: AgentId | null;
  readonly state: PromiseState;
  readonly settlement: PromiseSettlement | null;
}

type Made = Extract<PromiseEventBody, { type: 'promise-made' }>;
type EventOf<Type extends PromiseEventBody['type']> = PromiseEvent & { readonly body: Extract<PromiseEventBody, { type: Type }> };

/**
 * The promises of a case as they stand at `now`, by due time. Later events do not exist yet.
 *
 * Kept: a person's public message other than the one that made it was accepted after the customer was told and at or
 * before the due instant, or an agent said so by then. Broken: the due instant is past. What comes first counts, and an
 * ended promise stays as it is; only a message that came back for good, and a text that was no promise, are corrected.
 */
export function promisesAt(events: readonly PromiseEvent[], now: Instant): readonly CustomerPromise[] {
  const ledger = new Ledger(events, now);
  return ledger.promises().sort((a, b) => a.dueAt - b.dueAt || (a.promiseId < b.promiseId ? -1 : 1));
}

/** The open promises that are due before an instant, by due time. */
export function promisesDueBefore(promises: readonly CustomerPromise[], at: Instant): readonly CustomerPromise[] {
  return promises.filter((each) => each.state === 'open' && each.dueAt < at).sort((a, b) => a.dueAt - b.dueAt);
}

/** The open promise that is due first; null when nothing is owed. */
export function nextOpenPromise(promises: readonly CustomerPromise[]): CustomerPromise | null {
  let next: CustomerPromise | null = null;
  for (const each of promises) if (each.state === 'open' && (next === null || each.dueAt < next.dueAt)) next = each;
  return next;
}

/** The last instant at which every state still holds if nothing happens: just after it a promise is broken. Null: nothing is owed. */
export function promisesHoldUntil(promises: readonly CustomerPromise[]): Instant | null {
  return nextOpenPromise(promises)?.dueAt ?? null;
}

class Ledger {
  readonly #now: Instant;
  readonly #made: EventOf<'promise-made'>[] = [];
  readonly #said: (EventOf<'promise-kept'> | EventOf<'promise-released'>)[] = [];
  readonly #accepted: EventOf<'message-accepted'>[] = [];
  readonly #owners: EventOf<'owner-changed'>[] = [];

  constructor(events: readonly PromiseEvent[], now: Instant) {
    this.#now = now;
    const failed = new Map<string, PromiseEvent>();
    const seen = new Set<string>();
    for (const event of [...events].sort(inOrder)) {
      if (event.at > now || seen.has(event.id)) continue;
      seen.add(event.id);
      if (isOf(event, 'promise-made')) this.#made.push(event);
      else if (isOf(event, 'promise-kept') || isOf(event, 'promise-released')) this.#said.push(event);
      else if (isOf(event, 'message-accepted')) this.#accepted.push(event);
      else if (isOf(event, 'owner-changed')) this.#owners.push(event);
      else if (isOf(event, 'message-failed')) failed.set(event.body.messageId, event);
    }
    // a message that was sent again after it came back counts from then on
    this.#accepted = this.#accepted.filter((each) => {
      const failure = failed.get(each.body.messageId);
      return failure === undefined || inOrderBefore(failure, each);
    });
  }

  promises(): CustomerPromise[] {
    const first = new Map<PromiseId, EventOf<'promise-made'>>();
    for (const event of this.#made) if (!first.has(event.body.promiseId)) first.set(event.body.promiseId, event);
    return [...first.values()].map((event) => this.#promise(event));
  }

  #promise(made: EventOf<'promise-made'>): CustomerPromise {
    const { body } = made;
    const toldAt = body.messageId === null ? made.at : (this.#accepted.find((each) => each.body.messageId === body.messageId)?.at ?? null);
    const ending = this.#ending(made, body, toldAt);
    return {
      promiseId: body.promiseId,
      text: body.text,
      zone: body.zone,
      dueAt: body.dueAt,
      dueLocal: body.dueLocal,
      madeAt: made.at,
      madeBy: made.actor,
      messageId: body.messageId,
      source: body.source,
      toldAt,
      ownerId: this.#ownerAt(ending?.settlement.at ?? this.#now, made),
      state: ending?.state ?? 'open',
      settlement: ending?.settlement ?? null,
    };
  }

  #ending(
    made: PromiseEvent,
    body: Made,
    toldAt: Instant | null,
  ): { readonly state: PromiseState; readonly settlement: PromiseSettlement } | null {
    const said = this.#said.filter((each) => each.body.promiseId === body.promiseId && !inOrderBefore(each, made));
    const inTime = said.find((each) => each.at <= body.dueAt);
    const answer = toldAt === null ? undefined : this.#answer(body, toldAt);
    if (answer !== undefined && (inTime === undefined || inOrderBefore(answer, inTime))) {
      return {
        state: 'kept',
        settlement: { at: answer.at, by: 'message', messageId: answer.body.messageId, actor: answer.actor, reason: null },
      };
    }
    if (inTime !== undefined) return saidEnding(inTime);
    if (this.#now <= body.dueAt) return null;
    const corrected = said.find((each) => isOf(each, 'promise-released') && each.body.reason === 'not-a-promise');
    if (corrected !== undefined) return saidEnding(corrected);
    const isTold = toldAt !== null;
    return {
      state: isTold ? 'broken' : 'released',
      settlement: { at: body.dueAt, by: 'time', messageId: null, actor: null, reason: isTold ? null : 'not-sent' },
    };
  }

  #answer(body: Made, toldAt: Instant): EventOf<'message-accepted'> | undefined {
    return this.#accepted.find(
      (each) => each.body.by === 'human' && each.body.messageId !== body.messageId && each.at > toldAt && each.at <= body.dueAt,
    );
  }

  #ownerAt(at: Instant, made: PromiseEvent): AgentId | null {
    const last = this.#owners.filter((each) => each.at <= at).at(-1);
    // in a case that nobody owned, who made it owes it until somebody does
    if (last === undefined || (last.body.ownerId === null && inOrderBefore(last, made))) return made.actor;
    return last.body.ownerId;
  }
}

function saidEnding(event: EventOf<'promise-kept'> | EventOf<'promise-released'>): {
  readonly state: PromiseState;
  readonly settlement: PromiseSettlement;
} {
  const reason = event.body.type === 'promise-released' ? event.body.reason : null;
  return {
    state: event.body.type === 'promise-released' ? 'released' : 'kept',
    settlement: { at: event.at, by: 'agent', messageId: null, actor: event.actor, reason },
  };
}

function isOf<Type extends PromiseEventBody['type']>(event: PromiseEvent, type: Type): event is EventOf<Type> {
  return event.body.type === type;
}

function inOrder(one: PromiseEvent, other: PromiseEvent): number {
  return one.at - other.at || one.sequence - other.sequence || (one.id < other.id ? -1 : 1);
}

function inOrderBefore(one: PromiseEvent, other: PromiseEvent): boolean {
  return inOrder(one, other) < 0;
}
