import type { Instant } from '../time.ts';

/**
 * The state of one outgoing reply in the team's log: the stream `send.<outboxId>`, whose events are appended with compare-and-set.
 * Whoever holds the channel writes `send.started` before it touches the network, and hands the message over only once the log has it.
 * A started attempt without an end may have reached the customer: nobody sends again until the channel or a person has said.
 */

export type SendEventBody =
  /** `fence`: of the lease of the channel; it grows with every change of holder. */
  | { readonly type: 'send.started'; readonly fence: number; readonly attempt: number; readonly workstation: string }
  /** The channel took it, or was found to have it. `key`: the Message-ID. */
  | { readonly type: 'send.done'; readonly at: Instant; readonly key: string }
  /** It is certain that nobody got it. `fence`, `attempt`: what failed. `permanent`: trying again is pointless. */
  | {
      readonly type: 'send.failed';
      readonly fence: number;
      readonly attempt: number;
      readonly workstation: string;
      readonly code: string;
      readonly permanent: boolean;
    }
  /** A person has decided about a reply of unknown fate. `attempt`: the last one that they knew of. `dropped`: it is not to be sent any more. */
  | { readonly type: 'send.settled'; readonly as: 'sent' | 'send-again' | 'dropped'; readonly attempt: number };

export interface SendEvent {
  readonly id: string;
  readonly body: SendEventBody;
}

/** The attempt that counts. */
export interface SendAttempt {
  readonly fence: number;
  readonly attempt: number;
  readonly workstation: string;
}

/**
 * idle: nobody has tried, or what was tried is certain to have failed, or a person wants it sent again. underway: begun, and nobody
 * knows how it ended. sent: the customer has it, or a person says so. failed: nobody got it, and trying again is pointless. dropped: a
 * person does not want it sent any more; whether the last attempt arrived is not known.
 */
export type SendState =
  | { readonly kind: 'idle'; readonly attempts: number; readonly fence: number }
  | { readonly kind: 'underway'; readonly attempt: SendAttempt; readonly fence: number }
  | { readonly kind: 'sent'; readonly at: Instant | null; readonly key: string | null; readonly fence: number }
  | { readonly kind: 'failed'; readonly code: string; readonly attempts: number; readonly fence: number }
  | { readonly kind: 'dropped'; readonly attempts: number; readonly fence: number };

/** `fence` of a state: the largest that began an attempt; 0 when none was. What has a smaller one is void. */
export function foldSend(events: readonly SendEvent[]): SendState {
  let state: SendState = { kind: 'idle', attempts: 0, fence: 0 };
  const seen = new Set<string>();
  for (const { id, body } of events) {
    if (seen.has(id)) continue;
    seen.add(id);
    state = next(state, body);
  }
  return state;
}

function next(state: SendState, body: SendEventBody): SendState {
  const { fence } = state;
  // the customer has it: whatever is said later, nobody sends it again
  if (state.kind === 'sent') return state;
  switch (body.type) {
    case 'send.started': {
      if (state.kind !== 'idle' || body.fence < fence || body.attempt !== state.attempts + 1) return state;
      const { attempt, workstation } = body;
      return { kind: 'underway', attempt: { fence: body.fence, attempt, workstation }, fence: body.fence };
    }
    case 'send.done':
      return { kind: 'sent', at: body.at, key: body.key, fence };
    case 'send.failed':
      if (state.kind !== 'underway' || !isSame(state.attempt, body)) return state;
      return body.permanent
        ? { kind: 'failed', code: body.code, attempts: body.attempt, fence }
        : { kind: 'idle', attempts: body.attempt, fence };
    case 'send.settled':
      if (body.as === 'sent') return { kind: 'sent', at: null, key: null, fence };
      // who decided about an earlier attempt knew nothing of this one
      if (attemptsOf(state) !== body.attempt || state.kind === 'dropped') return state;
      if (body.as === 'dropped') return { kind: 'dropped', attempts: body.attempt, fence };
      return state.kind === 'idle' ? state : { kind: 'idle', attempts: body.attempt, fence };
    default:
      // a newer kind: it is kept in the log and changes nothing here
      return state;
  }
}

function isSame(one: SendAttempt, other: SendAttempt): boolean {
  return one.fence === other.fence && one.attempt === other.attempt && one.workstation === other.workstation;
}

/** How often it was tried. */
export function attemptsOf(state: SendState): number {
  switch (state.kind) {
    case 'underway':
      return state.attempt.attempt;
    case 'idle':
    case 'failed':
    case 'dropped':
      return state.attempts;
    case 'sent':
      return 0;
  }
}

/**
 * start: append `startedBy` with compare-and-set, and hand over only when the log has stored it. done: nothing is left to do. unknown:
 * an attempt has no end (one's own, too: after a crash nobody knows): look it up at the channel, else a person decides; never send.
 * stale: a later holder of the channel has taken over; leave it alone.
 */
export type SendVerdict = 'start' | 'done' | 'unknown' | 'stale';

/** What a sender does with a reply now. `events` must be all that the log has of it when the compare-and-set is asked for. */
export function judgeSend(events: readonly SendEvent[], mine: { readonly fence: number; readonly workstation: string }): SendVerdict {
  const state = foldSend(events);
  if (state.kind === 'sent' || state.kind === 'failed' || state.kind === 'dropped') return 'done';
  if (mine.fence < state.fence) return 'stale';
  return state.kind === 'underway' ? 'unknown' : 'start';
}

/** The event that begins the next attempt, after `judgeSend` said `start`. */
export function startedBy(
  events: readonly SendEvent[],
  mine: { readonly fence: number; readonly workstation: string },
): Extract<SendEventBody, { readonly type: 'send.started' }> {
  return { type: 'send.started', fence: mine.fence, attempt: attemptsOf(foldSend(events)) + 1, workstation: mine.workstation };
}

/** Whether an attempt that was begun is the one that counts: only then may its message be handed over. */
export function isUnderway(events: readonly SendEvent[], attempt: SendAttempt): boolean {
  const state = foldSend(events);
  return state.kind === 'underway' && isSame(state.attempt, attempt);
}
