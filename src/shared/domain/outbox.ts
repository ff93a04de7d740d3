/**
 * queued: waiting for its time and the network. sending: the network is being used; `handed over` once the last byte was
 * released. sent: accepted by the channel. failed: certain that nobody got it and trying again is pointless.
 * unknown: it may or may not have arrived. held: the thread changed after it was written; a person decides.
 */
export const OUTBOX_STATES = ['queued', 'sending', 'sent', 'failed', 'unknown', 'held', 'cancelled'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** Reasons that the thread gives. */
export const THREAD_HOLD_REASONS = ['colleague-replied', 'customer-wrote', 'owner-changed', 'accept-pending', 'status-changed'] as const;
export type ThreadHoldReason = (typeof THREAD_HOLD_REASONS)[number];

export const HOLD_REASONS = [...THREAD_HOLD_REASONS, 'time-missed', 'clock-moved', 'guard'] as const;
/**
 * `accept-pending`: its writer has accepted the case, and the team's log has not confirmed that it is theirs. Of what was to leave at a time of its
 * own: `time-missed`: that was too long ago; `clock-moved`: only a clock that jumped says that it is time; `guard`: the guardrails refuse it now.
 */
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What the thread looked like when the reply was written, and what it looks like now. Ids, because servers tell only seconds. */
export interface ThreadGlance {
  readonly lastInboundId: string | null;
  readonly lastOutboundId: string | null;
  /** The ownership of the case. */
  readonly epoch: number;
  readonly status: string;
  /** The ownership that it was written on, when its sender has looked at a later one and sends it all the same. */
  readonly writtenEpoch?: number;
}

/**
 * Why a queued reply must be looked at again before it goes out, or null when nothing changed under it.
 * @param seen the thread as the writer saw it
 * @param now the thread now
 * @param isOwn whether a message was sent from this very outbox, which is no surprise to its writer
 * @param ownership what the ownership of the case says, as `outboundHold` tells
 */
export function holdReason(
  seen: ThreadGlance,
  now: ThreadGlance,
  isOwn: (messageId: string) => boolean,
  ownership: 'stale-epoch' | 'accept-pending' | null = null,
): ThreadHoldReason | null {
  if (now.lastInboundId !== seen.lastInboundId) return 'customer-wrote';
  if (now.lastOutboundId !== null && now.lastOutboundId !== seen.lastOutboundId && !isOwn(now.lastOutboundId)) return 'colleague-replied';
  if (now.epoch !== seen.epoch || ownership === 'stale-epoch') return 'owner-changed';
  if (ownership === 'accept-pending') return 'accept-pending';
  return now.status === seen.status ? null : 'status-changed';
}

/**
 * The status that a case gets because a reply to it has left; null where none was wanted, or where it is not what its writer saw any more: the
 * customer may have written before it was known that the reply had left.
 * @param seen the thread as its writer, or whoever wanted it sent, saw it last
 */
export function statusAfterSend<Status extends string>(
  wanted: Status | undefined,
  seen: Pick<ThreadGlance, 'lastInboundId' | 'status'>,
  now: Pick<ThreadGlance, 'lastInboundId' | 'status'>,
): Status | null {
  if (wanted === undefined || wanted === now.status) return null;
  return now.lastInboundId === seen.lastInboundId && now.status === seen.status ? wanted : null;
}

/** The code of a reply of unknown fate that nobody wants sent any more. It may have arrived all the same, and is shown. */
export const DROPPED = 'dropped';

export const MAX_ATTEMPTS = 12;

/** Milliseconds to wait after the n-th failed attempt (1-based): 5 s doubling to 15 min, spread by up to 20 % so that a team does not retry in step. */
export function retryDelayMs(attempt: number, spread: number): number {
  const base = Math.min(15 * 60_000, 5_000 * 2 ** Math.max(0, attempt - 1));
  return Math.round(base * (1 + 0.2 * Math.min(1, Math.max(0, spread))));
}

/** Where a row found in `sending` belongs after a crash: before the hand-over nobody can have got it. */
export function afterCrash(handedOver: boolean): 'queued' | 'unknown' {
  return handedOver ? 'unknown' : 'queued';
}
