import type { Instant } from '../time.ts';
import type { CaseAttributes, SlaStatus } from './policy.ts';

/** What a case's clocks look at. Everything else that happens to a case moves none of them. */
export type SlaEventBody =
  /** How the case began; counts from its first event on, whatever its own time. A case without one has the plain attributes. */
  | { readonly type: 'opened'; readonly attributes: CaseAttributes; readonly isHeldByBot: boolean }
  /** A public message of the customer. */
  | { readonly type: 'customer-message' }
  /** A public message of ours that the channel accepted at `at`. */
  | { readonly type: 'our-message'; readonly by: 'human' | 'bot' | 'auto' }
  /** The message of event `messageEventId` was not delivered after all: as if it had never been. */
  | { readonly type: 'message-failed'; readonly messageEventId: string }
  | { readonly type: 'note' }
  /** The bot has the conversation from here on: until a person is asked for, nobody owes a first reply. */
  | { readonly type: 'bot-started' }
  /** The bot hands over, or the customer asks for a person. */
  | { readonly type: 'human-requested' }
  | { readonly type: 'no-reply-needed' }
  | { readonly type: 'status-changed'; readonly to: SlaStatus }
  /** Any of the attributes that policies are chosen by. */
  | { readonly type: 'attributes-changed'; readonly to: Partial<CaseAttributes> }
  /** A lead applied this version of a policy to the open case. */
  | { readonly type: 'policy-applied'; readonly policyId: string; readonly version: number }
  | { readonly type: 'handoff-offered'; readonly handoffId: string }
  | { readonly type: 'handoff-ended'; readonly handoffId: string; readonly how: 'accepted' | 'declined' | 'withdrawn' | 'expired' };

export interface SlaEvent {
  /** Of the event in the log; what "why this timer" points to. */
  readonly id: string;
  /** Position in the log: simultaneous events apply in this order. */
  readonly sequence: number;
  /** When it counts: for messages the channel's time. */
  readonly at: Instant;
  readonly body: SlaEventBody;
}

export const PLAIN_ATTRIBUTES: CaseAttributes = {
  channel: 'email',
  tier: 'standard',
  priority: null,
  language: null,
  team: null,
  labels: [],
};

export function compareEvents(a: SlaEvent, b: SlaEvent): number {
  return a.at - b.at || a.sequence - b.sequence;
}

/**
 * The events that count at `now`, in the order in which they apply: those after `now` do not exist yet, nor do messages
 * whose failure is known. The order in which they arrived plays no part.
 */
export function countingEvents(events: readonly SlaEvent[], now: Instant): readonly SlaEvent[] {
  const present = events.filter((event) => event.at <= now);
  const failed = new Set<string>();
  for (const { body } of present) {
    if (body.type === 'message-failed') failed.add(body.messageEventId);
  }
  return present.filter((event) => !failed.has(event.id)).sort(compareEvents);
}
