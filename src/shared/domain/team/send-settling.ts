import { attemptsOf, foldSend } from './send-fold.ts';
import type { SendEvent, SendEventBody, SendState } from './send-fold.ts';
import type { MessageId, OutboxId } from '../ids.ts';
import type { OutboxState } from '../outbox.ts';
import { after, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';

/**
 * What somebody may decide about a reply of which nobody knows whether it arrived. Any member tells it in the case
 * (`case.replySettled`), because whoever holds the channel may be asleep; who holds it, now or next, carries it out. The true result of
 * the attempt wins while it is not carried out, and a decision about one attempt says nothing of a later one.
 */

/** sent: it arrived. again: send it once more, though the customer may get two. dropped: leave it; it may have arrived all the same. */
export const SETTLED_AS = ['sent', 'again', 'dropped'] as const;
export type SettledAs = (typeof SETTLED_AS)[number];

export interface Settling {
  readonly as: SettledAs;
  /** The last attempt that whoever decided knew of; 0 when the log knows of none. */
  readonly attempt: number;
}

/** The event of a case by which somebody decides. */
export interface ReplySettled extends Settling {
  readonly type: 'case.replySettled';
  readonly messageId: MessageId;
  readonly outboxId: OutboxId;
}

/** Whoever sends has so long to tell how it ended, before others are asked. */
export const FATE_UNKNOWN_AFTER_MS = 2 * MINUTE_MS;

/** From when on a reply that was begun at `since` may be decided about. */
export function unknownFrom(since: Instant): Instant {
  return after(since, FATE_UNKNOWN_AFTER_MS);
}

/** How far a reply is now, by how it was told: what somebody else is sending is of unknown fate when the time for that is over. */
export function stateAt(told: { readonly state: OutboxState; readonly underwaySince: Instant | null }, now: Instant): OutboxState {
  const { state, underwaySince } = told;
  return state === 'sending' && underwaySince !== null && now >= unknownFrom(underwaySince) ? 'unknown' : state;
}

/** What stands in the stream of the reply when a decision is carried out. */
export function settledBy({ as, attempt }: Settling): Extract<SendEventBody, { readonly type: 'send.settled' }> {
  return { type: 'send.settled', as: as === 'again' ? 'send-again' : as, attempt };
}

/**
 * Whether a decision is to be carried out. `late`: how the attempt ended is known, or another one was begun, or somebody decided
 * before. Dropping holds for what is certain to have failed and was not begun anew: nobody wants it sent.
 */
export function judgeSettling(state: SendState, { as, attempt }: Settling): 'apply' | 'late' {
  if (state.kind === 'sent' || state.kind === 'dropped' || attemptsOf(state) !== attempt) return 'late';
  // of what was never begun in this log only the outbox knows
  if (state.kind === 'underway' || attempt === 0) return 'apply';
  return as === 'dropped' ? 'apply' : 'late';
}

/** `waits`: for whoever holds the channel. `counts`: it was carried out. `late`: it had no effect. */
export type SettlingOutcome = 'waits' | 'counts' | 'late';

/** What came of a decision, as the stream of the reply tells. */
export function outcomeOf(events: readonly SendEvent[], settling: Settling): SettlingOutcome {
  const { as } = settledBy(settling);
  const at = events.findIndex(({ body }) => body.type === 'send.settled' && body.as === as && body.attempt === settling.attempt);
  if (at !== -1 && judgeSettling(foldSend(events.slice(0, at)), settling) === 'apply') return 'counts';
  return judgeSettling(foldSend(events), settling) === 'apply' ? 'waits' : 'late';
}
